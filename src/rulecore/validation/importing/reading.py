"""From facts to what they say of fields: which field a number, a word or a mark is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rulecore.dataclass import dataclass
from rulecore.model.entry import Entry
from rulecore.model.shape import Field
from rulecore.validation.importing.facts import Fact
from rulecore.validation.importing.lexicon import Lexicon, Named
from rulecore.validation.importing.values import read_value, truth, whole
from rulecore.validation.importing.words import Words, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_ONLY_VALUE = frozenset({("value",), ("total",), ("amount",), ("average",)})
_LONGEST_LABEL = 40


@dataclass(frozen=True, slots=True)
class Said:
    """What a fact says of a field: of the entity, or of the member of a family that stands for an entry."""

    path: str
    field: Field
    value: Any
    fact: Fact
    entry: Entry | None = None
    ending: str = ""


def joined(keys: Sequence[Words]) -> Words:
    """Give several keys as one."""
    return tuple(word for key in keys for word in key)


class Reading:
    """Finds fields by the words on the way to a value."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Use the words of a ruleset."""
        self.lexicon = lexicon

    def said(self, fact: Fact) -> Said | None:
        """Give what a fact says of a field, none where its words name none."""
        if not fact.keys:
            return None
        for entry, phrases, alone in self._subjects(fact):
            named = self.ending(entry, phrases, fact.value, alone=alone and not self._is_of_list(fact))
            if named is not None:
                value = read_value(fact.value, named.field.type)
                return Said(f"{entry.name}.{named.path}", named.field, value, fact, entry, named.path)
        return self._of_entity(fact)

    # ---- members of families

    def _subjects(self, fact: Fact) -> Iterator[tuple[Entry, list[Words], bool]]:
        """Give whom a fact may be about, nearest first; the other words on the way, and whether these may say nothing."""
        keys = fact.keys
        if fact.is_listed:
            return
        for place in range(len(keys) - 1, -1, -1):
            key, others = keys[place], [*keys[:place], *keys[place + 1 :]]
            for entry in self._family(key):
                yield entry, others, not key[0].isdecimal()
            if place == len(keys) - 1 and key not in self.lexicon.top:
                yield from self._compound(key, list(keys[:-1]))
        yield from self._beside(fact)

    def _family(self, name: Words) -> list[Entry]:
        return [each for each in self.lexicon.of(name) if each.kind in self.lexicon.tails]

    def _compound(self, key: Words, others: list[Words]) -> Iterator[tuple[Entry, list[Words], bool]]:
        for cut in range(1, len(key)):
            for name, rest in ((key[:cut], key[cut:]), (key[cut:], key[:cut])):
                for entry in self._family(name):
                    if self.ending(entry, [rest], 1) or self.ending(entry, [rest], value=True):
                        yield entry, [*others, rest], False

    def _beside(self, fact: Fact) -> Iterator[tuple[Entry, list[Words], bool]]:
        """Take whom a value is about from the name that stands beside it."""
        for place in fact.place.around():
            for other in place.facts:
                if other is fact or isinstance(other.value, bool | float) or len(str(other.value)) > _LONGEST_LABEL:
                    continue
                for entry in self._family(words(str(other.value))):
                    yield entry, [joined((*fact.keys[-2:-1], words(other.key), fact.keys[-1]))], False
                    if isinstance(other.value, str):
                        yield entry, list(fact.keys), True

    def ending(self, entry: Entry, phrases: Sequence[Words], value: Any, *, alone: bool = False) -> Named | None:
        """Give which field of an entry's member some words name that can take a value."""
        names = self.lexicon.tails[entry.kind]
        own = self.lexicon.kind_names[entry.kind]
        tried = [joined(phrases[start:]) for start in range(len(phrases))]
        for phrase in [*tried, *reversed(phrases)]:
            for name in (phrase, *(phrase[len(kind) :] for kind in own if phrase[: len(kind)] == kind and phrase != kind)):
                found = fitting(names.get(name, ()), value)
                if found is not None:
                    return found
        if not alone or any(phrase in self.lexicon.contexts for phrase in phrases):
            return None
        return next((found for kind in own if (found := fitting(names.get(kind, ()), value)) is not None), None)

    # ---- the entity

    def _is_of_list(self, fact: Fact) -> bool:
        """Tell whether a fact stands in an element of a list of things."""
        place = next((each for each in fact.place.around() if each.is_item), None)
        return place is not None and any(key in self.lexicon.contexts for key in place.keys)

    def _of_entity(self, fact: Fact) -> Said | None:
        keys = list(fact.keys)
        if self._is_of_list(fact):
            return None
        while len(keys) > 1 and keys[-1] in _ONLY_VALUE and joined(keys) not in self.lexicon.top:
            if joined(keys[-2:]) in self.lexicon.top:
                break
            keys.pop()
        for start in range(len(keys)):
            named = fitting(self.lexicon.top.get(joined(keys[start:]), ()), fact.value)
            if named is not None:
                return Said(named.path, named.field, read_value(fact.value, named.field.type), fact)
        return None


def fitting(several: Sequence[Named], value: Any) -> Named | None:
    """Give the first field that can take a value: numbers go to numbers, signs to what says yes or no."""
    is_sign = isinstance(value, bool) or (isinstance(value, str) and whole(value) is None and truth(value) is not None)
    ordered = sorted(several, key=lambda each: each.is_number == is_sign) if is_sign else several
    for each in ordered:
        if read_value(value, each.field.type) is not None and (each.is_number or is_sign or not isinstance(value, int | float)):
            return each
    return None
