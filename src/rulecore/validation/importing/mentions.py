"""From facts to what they name: entries, each with what its surroundings say it is there for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rulecore.dataclass import dataclass
from rulecore.model.entry import Entry
from rulecore.validation.importing.facts import Fact, Facts, Place
from rulecore.validation.importing.lexicon import Lexicon
from rulecore.validation.importing.reading import joined
from rulecore.validation.importing.values import truth, whole
from rulecore.validation.importing.words import LONGEST_NAME, Piece, Words, parts, piece, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MOST_PARTS = 80
_LONGEST_LIST = 2000
_LONGEST_LINE = 8
_IDENTITY = ("name",)


@dataclass(frozen=True, slots=True)
class Context:
    """What surroundings say of the entries that stand there: of which kinds they are, and under which word.

    `exact` tells whether a whole key says so; `own` whether it is the key of the value itself.
    """

    name: Words = ()
    kinds: frozenset[str] = frozenset()
    exact: bool = False
    own: bool = False


@dataclass(eq=False, slots=True)
class Mention:
    """Something named: the entries that may be meant, none where nobody knows the name; `piece` is how it was written."""

    piece: Piece
    entries: tuple[Entry, ...]
    context: Context
    pointer: str
    place: Place
    keys: tuple[Words, ...]
    facts: tuple[Fact, ...] = ()
    value: Any = None
    used: bool = False

    @property
    def written(self) -> str:
        """Give the name as it was written."""
        return self.piece.name or self.piece.text

    @property
    def is_name(self) -> bool:
        """Tell whether it could be the name of something: a number alone is none."""
        return any(sign.isalpha() for sign in self.written)

    def of(self, kinds: Iterable[str]) -> Entry | None:
        """Give the entry that is meant where one of some kinds is."""
        return next((each for each in self.entries if not each.kinds.isdisjoint(kinds)), None)


class Mentioning:
    """Finds entries in texts and keys."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Use the words of a ruleset."""
        self.lexicon = lexicon
        self._contexts: dict[tuple[Words, ...], Context] = {}

    def all(self, facts: Facts) -> list[Mention]:
        """Give all that is named, in order."""
        found = [each for fact in facts.facts for each in self._of_fact(fact)]
        for key, place in facts.keyed:
            found += self._of_key(key, place.keys[:-1], place, (), None)
        return found

    # ---- texts

    def _of_fact(self, fact: Fact) -> Iterator[Mention]:
        context = self.context(fact.keys)
        if not fact.is_listed and not context.own:
            yield from self._of_key(fact.key, fact.keys[:-1], fact.place, (fact,), fact.value)
        if not fact.text or len(fact.text) > _LONGEST_LIST:
            return
        if not fact.is_listed and not context.own and not self._is_name(fact):
            context = Context(context.name, context.kinds)
        yield from self._pieces(fact, context)

    def _is_name(self, fact: Fact) -> bool:
        return fact.keys[-1:] == (_IDENTITY,) or (len(fact.keys) > 0 and fact.keys[-1][-1:] == _IDENTITY)

    def _pieces(self, fact: Fact, context: Context) -> Iterator[Mention]:
        alone = piece(fact.text)
        if self._entries(alone, context.kinds) or not context.kinds:
            several = [alone]
        else:
            several = [piece(each) for each in parts(fact.text)[:MOST_PARTS]]
        if not context.kinds:
            for text in parts(fact.text)[:MOST_PARTS]:
                yield from self._headline(piece(text), fact)
        for each in several:
            if len(each.name) <= LONGEST_NAME:
                yield from self._mention(each, context, fact)

    def _mention(self, each: Piece, context: Context, fact: Fact) -> Iterator[Mention]:
        entries = self._entries(each, context.kinds)
        more: list[tuple[Entry, ...]] = []
        if not entries and context.kinds:
            entries, more = self._within(words(each.name), context.kinds)
        if not entries and context.name in self.lexicon.signs:
            entries, context = self._entries(each, ()), Context()
        yield Mention(each, entries, context, fact.pointer, fact.place, fact.keys, (fact,))
        for other in more:
            yield Mention(each, other, Context(), fact.pointer, fact.place, fact.keys, (fact,))
        for text in each.inner:
            inner = piece(text)
            yield Mention(inner, self._entries(inner, ()), Context(), fact.pointer, fact.place, fact.keys, (fact,))

    def _entries(self, each: Piece, kinds: Iterable[str]) -> tuple[Entry, ...]:
        wanted = frozenset(kinds)
        fuller, _, _rest = each.text.rpartition("(")
        for name in (each.text, fuller, each.name, each.name.partition(":")[2], each.name.partition(":")[0]):
            found = self.lexicon.of(words(name), wanted or None) if name else []
            if found:
                return tuple(found)
        return ()

    def _within(self, name: Words, kinds: frozenset[str]) -> tuple[tuple[Entry, ...], list[tuple[Entry, ...]]]:
        """Find the longest name of a wanted kind among some words, where the words beside it are known as well."""
        for length in range(min(len(name), self.lexicon.longest) - 1, 0, -1):
            for start in range(len(name) - length + 1):
                found = self.lexicon.of(name[start : start + length], kinds)
                rest = [each for each in (name[:start], name[start + length :]) if each]
                if found and (name in self.lexicon.options or all(self._belongs(each, found[0]) for each in rest)):
                    return tuple(found), [tuple(others) for each in rest if (others := self.lexicon.of(each))]
        return (), []

    def _belongs(self, name: Words, entry: Entry) -> bool:
        """Tell whether some words may stand beside the name of an entry: they say what follows, or what is a part of it."""
        is_part = any(entry in each.properties.values() for each in self.lexicon.of(name))
        return is_part or name in self.lexicon.known or name in self.lexicon.options

    def _headline(self, each: Piece, fact: Fact) -> Iterator[Mention]:
        """Read a line that says in a few words what the entity is made of, and nothing else."""
        left, found = words(each.name), []
        while left and len(left) <= _LONGEST_LINE:
            length = next((length for length in range(len(left), 0, -1) if self._is_main(left[:length])), 0)
            if not length and left[:1] not in self.lexicon.known:
                return
            if length:
                found.append(self.lexicon.of(left[:length], self.lexicon.main)[0])
            left = left[length or 1 :]
        for entry in found:
            kind = next(kind for kind in self.lexicon.main if kind in entry.kinds)
            context = Context(self.lexicon.main[kind], frozenset({kind}), exact=True, own=True)
            yield Mention(each, (entry,), context, fact.pointer, fact.place, fact.keys, (fact,))

    def _is_main(self, name: Words) -> bool:
        return bool(self.lexicon.of(name, self.lexicon.main))

    # ---- keys

    def _of_key(self, key: str, above: tuple[Words, ...], place: Place, facts: Sequence[Fact], value: Any) -> Iterator[Mention]:
        """Give the entry that is named by a key, where the words above say that entries stand there."""
        if not key or len(key) > LONGEST_NAME or truth(value) is False:
            return
        context = self.context(above)
        if not context.kinds:
            return
        each = piece(key)
        entries = self._entries(each, context.kinds)
        if entries:
            number = each.number if each.number is not None else None if isinstance(value, bool) else whole(value)
            counted = Piece(each.text, each.name, number, each.signed, each.inner)
            place.is_keyed = True
            yield Mention(counted, entries, context, self._pointer(place, facts), place, above, tuple(facts), value)

    @staticmethod
    def _pointer(place: Place, facts: Sequence[Fact]) -> str:
        return facts[0].pointer if facts else place.pointer

    # ---- surroundings

    def context(self, keys: tuple[Words, ...]) -> Context:
        """Say what stands below some keys, by the nearest that says anything."""
        found = self._contexts.get(keys)
        if found is None:
            found = self._contexts[keys] = self._context(keys)
        return found

    def _context(self, keys: tuple[Words, ...]) -> Context:
        contexts, last = self.lexicon.contexts, len(keys) - 1
        for place in range(last, -1, -1):
            for name in (joined(keys[max(0, place - 1) : place + 1]), keys[place]):
                if name in contexts:
                    return Context(name, frozenset(contexts[name]), exact=True, own=place == last)
        for place in range(last, -1, -1):
            key = keys[place]
            for length in range(len(key) - 1, 0, -1):
                for start in range(len(key) - length, -1, -1):
                    name = key[start : start + length]
                    if name in contexts:
                        return Context(name, frozenset(contexts[name]), own=place == last)
        return Context()
