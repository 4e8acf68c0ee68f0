"""The words of a ruleset: what they name, in its ids, its labels and its vocabulary. Made once for each ruleset."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rulecore.dataclass import dataclass
from rulecore.derive.derivation import Derivation
from rulecore.derive.index import blocks
from rulecore.derive.instance import Instance
from rulecore.formula import types as t
from rulecore.model.entry import Entry
from rulecore.model.shape import Block, Field, Mode
from rulecore.validation.importing.words import Words, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rulecore.ruleset import Ruleset

_DEEPEST = 2
_EVERY = "every "
_kept: dict[int, Lexicon] = {}
MOST_KEPT = 4


def lexicon_of(rules: Ruleset) -> Lexicon:
    """Give the words of a ruleset: the same ones each time, as long as few others are asked for."""
    found = _kept.get(id(rules.rules))
    if found is None or found.rules is not rules.rules:
        found = Lexicon(rules)
        for old in list(_kept)[: len(_kept) + 1 - MOST_KEPT]:
            _kept.pop(old, None)
        _kept[id(rules.rules)] = found
    return found


@dataclass(frozen=True, slots=True)
class Named:
    """A field that words may name: its path, from the entity or from a member of a family or record, and the field."""

    path: str
    field: Field

    @property
    def is_number(self) -> bool:
        """Tell whether it holds a number or dice."""
        return isinstance(self.field.type, t.IntType | t.NumberType | t.DiceType)

    @property
    def is_sign(self) -> bool:
        """Tell whether it says yes or no, or how much of something."""
        return isinstance(self.field.type, t.BoolType | t.EnumType)


Names = dict[Words, list[Named]]


class Lexicon:
    """What words name. `kind` is the entity that sheets are about.

    `top` has the fields of the entity, `tails` by kind those of each family's member, `records` by record those of an element.
    `contexts` say of which kinds the entries are that stand below a word, and `lists` which collections it names.
    """

    def __init__(self, rules: Ruleset) -> None:
        """Collect all words of a ruleset."""
        self.rules, self.kind = rules.rules, rules.usual
        self.aliases = self.rules.vocabularies.get(self.kind, {})
        self.blank = rules.new(self.kind).derivation
        self.entries: dict[Words, list[Entry]] = {}
        self.top: Names = {}
        self.tails: dict[str, Names] = {}
        self.records: dict[str, Names] = {}
        self.contexts: dict[Words, set[str]] = {}
        self.lists: dict[Words, set[str]] = {}
        self.options: set[Words] = set()
        self.signs: set[Words] = set()
        self.kinds: dict[Words, set[str]] = {}
        self.kind_names: dict[str, list[Words]] = {}
        self._entries()
        self._kinds()
        self._fields(self.blank)
        self._records()
        self._of_content()
        self.main = dict(self._main())
        self.known = {*self.top, *self.contexts, *(name for names in self.tails.values() for name in names)}
        self.longest = max((len(each) for each in self.entries), default=1)

    def alias(self, key: str) -> Iterator[Words]:
        """Give the other words of something."""
        for text in self.aliases.get(key, ()):
            yield words(text)

    # ---- entries and kinds

    def _entries(self) -> None:
        for entry in self.rules.entries.values():
            for name in {words(entry.name), words(entry.label), *self.alias(entry.id)}:
                self.entries.setdefault(name, []).append(entry)

    def _kinds(self) -> None:
        for kind in self.rules.kinds.values():
            for name in {words(kind.name), words(kind.label), *self.alias(f"kind.{kind.name}")}:
                self.kinds.setdefault(name, set()).add(kind.name)
                self.contexts.setdefault(name, set()).add(kind.name)
                self.kind_names.setdefault(kind.name, []).append(name)

    def of(self, name: Words, kinds: Iterable[str] | None = None) -> list[Entry]:
        """Give the entries of a name, of some kinds alone if these are given."""
        found = self.entries.get(name, [])
        return found if kinds is None else [each for each in found if not each.kinds.isdisjoint(kinds)]

    def subkinds(self, kind: str) -> set[str]:
        """Give a kind with all kinds that are of it."""
        return {name for name, each in self.rules.kinds.items() if kind in each.ancestors}

    # ---- fields

    def _fields(self, derivation: Derivation) -> None:
        entity = derivation.structure.entity
        for path, names, field in _members(entity, ""):
            self._name(self.top, names, Named(path, field))
            if "." not in path and isinstance(field.type, t.RefType | t.SetType):
                for each in {words(field.name), words(field.label), *self.alias(path)}:
                    self.contexts.setdefault(each, set()).add(field.type.kind)
        seen: set[str] = set()
        for entry, instance in derivation.structure.families.items():
            if entry.kind not in seen:
                seen.add(entry.kind)
                self._family(entry, instance)
        for path in [path for path in self.aliases if not path.startswith(_EVERY)]:
            named = self._at(derivation, path)
            if named is not None:
                self._first(self.top, path, named)
        self._lists_of(self.rules.entities[self.kind].shape.block, "", frozenset())

    def _at(self, derivation: Derivation, path: str) -> Named | None:
        from rulecore.errors import FieldError

        try:
            return Named(path, derivation.field(path)[1])
        except FieldError:
            return None

    def _family(self, entry: Entry, instance: Instance) -> None:
        names = self.tails.setdefault(entry.kind, {})
        tails = {path: Named(path, field) for path, _name, field in _members(instance, "")}
        for path, name, field in _members(instance, ""):
            self._name(names, name, Named(path, field))
        for kind in sorted(entry.kinds, key=lambda each: each != entry.kind):
            for path, named in tails.items():
                self._first(names, f"{_EVERY}{kind}.{path}", named)
                for alias in self.alias(f"{_EVERY}{kind}.{path}") if named.is_sign else ():
                    self.signs.add(alias)
                    self.contexts.setdefault(alias, set()).add(entry.kind)

    def _name(self, names: Names, several: Iterable[Words], named: Named) -> None:
        for name in several:
            into = names.setdefault(name, [])
            if all(each.path != named.path for each in into):
                into.append(named)

    def _first(self, names: Names, key: str, named: Named) -> None:
        """Put what a vocabulary says before what labels say."""
        for name in self.alias(key):
            into = names.setdefault(name, [])
            into[:] = [named, *(each for each in into if each.path != named.path)]

    # ---- records and lists

    def _records(self) -> None:
        for record in self.rules.records.values():
            names: Names = {}
            for field in record.block.fields:
                self._name(names, (words(field.name), words(field.label)), Named(field.name, field))
            for key in self.aliases:
                shape, _, ending = key.removeprefix(_EVERY).partition(".")
                if f"record {shape}" in record.ancestors:
                    inner = self._inner(record.block, ending)
                    if inner is not None:
                        self._first(names, key, Named(ending, inner))
            self.records[record.name.removeprefix("record ")] = names
            self._lists_of(record.block, "", record.ancestors)

    def references(self, shape: str) -> Iterator[tuple[str, str]]:
        """Give the fields by which an element of a list names entries, with the kinds of these."""
        for field in self.rules.records[shape].block.fields:
            if field.mode is Mode.EDITABLE and isinstance(field.type, t.RefType):
                yield field.name, field.type.kind

    def _main(self) -> Iterator[tuple[str, Words]]:
        """Give the kinds of what an entity is made of: those that its references are called by, and of its sequences."""
        entity = self.blank.structure.entity
        kinds = [
            each.type.kind
            for name, each in entity.fields.items()
            if each.mode is Mode.EDITABLE
            and isinstance(each.type, t.RefType)
            and words(name) in self.kind_names.get(each.type.kind, ())
        ]
        kinds += [kind for each in entity.collections.values() if each.ordered for _name, kind in self.references(each.shape)]
        for kind in kinds:
            yield kind, self.kind_names[kind][0]

    def _inner(self, block: Block, ending: str) -> Field | None:
        head, _, rest = ending.partition(".")
        for inner in blocks(block):
            for field in inner.fields:
                if field.name == ending:
                    return field
            for part in inner.parts:
                if part.name == head and rest:
                    return self._inner(self.rules.records[part.shape].block, rest)
        return None

    def _of_content(self) -> None:
        for entry in self.rules.entries.values():
            if entry.shape is not None:
                self._lists_of(entry.shape.block, entry.name, frozenset())
        for _entry, shape in self.rules.entities[self.kind].keys:
            self._lists_of(shape.block, "", shape.ancestors)

    def _lists_of(self, block: Block, owner: str, shapes: frozenset[str]) -> None:
        for inner in blocks(block):
            for each in inner.collections:
                name = each.name.rpartition(".")[2]
                kinds = list(self.references(each.shape))[:1]
                keys = [f"{_EVERY}{shape.partition(' ')[2]}.{name}" for shape in shapes] + [f"{owner}.{name}", name]
                aliases = [alias for key in keys for alias in self.alias(key)]
                for text in {words(name), words(each.label), *aliases}:
                    self.lists.setdefault(text, set()).add(name)
                    self.contexts.setdefault(text, set()).update(kind for _name, kind in kinds)
            for choice in inner.choices:
                self.options.update(words(option.name) for option in choice.options)
                for text in {words(choice.name.rpartition(".")[2]), words(choice.label)}:
                    self.contexts.setdefault(text, set()).update(entry.kind for entry in choice.entries[:400])


def _members(instance: Instance, prefix: str) -> Iterator[tuple[str, tuple[Words, ...], Field]]:
    """Give path, names and field of all that an instance and its parts have."""
    for name, field in instance.fields.items():
        plain = (words(name), words(field.label))
        yield f"{prefix}{name}", plain, field
    for name, part in instance.parts.items():
        if prefix.count(".") < _DEEPEST and not part.on_read:
            own = {words(name), words(part.label)}
            for path, inner, field in _members(part, f"{prefix}{name}."):
                yield path, tuple({(*front, *back) for front in own for back in inner}), field
