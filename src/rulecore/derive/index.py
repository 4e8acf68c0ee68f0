"""A ruleset by what a derivation asks for: entries by name, and which kinds their holders activate."""

from __future__ import annotations

from collections.abc import Iterator

from rulecore.formula import types as t
from rulecore.model.entry import Entry
from rulecore.model.rules import Rules
from rulecore.model.shape import Block, Field, Mode, Shape
from rulecore.names import nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rulecore.derive.combine import Combined


def blocks(block: Block) -> Iterator[Block]:
    """Give a block and all blocks inside it, those of its options too."""
    yield block
    for inner in block.blocks:
        yield from blocks(inner)
    for choice in block.choices:
        for option in choice.options:
            yield from blocks(option.shape.block)


MOST_KEPT = 4
_kept: dict[int, Index] = {}


def index_of(rules: Rules) -> Index:
    """Give the index of a ruleset: the same one each time, as long as few others are asked for."""
    found = _kept.get(id(rules))
    if found is None or found.rules is not rules:
        found = Index(rules)
        # An index holds its rules, so that the number of a kept one is not given to others.
        for old in list(_kept)[: len(_kept) + 1 - MOST_KEPT]:
            _kept.pop(old, None)
        _kept[id(rules)] = found
    return found


class Index:
    """Answers about the entries of one ruleset; it never changes but for what it remembers."""

    def __init__(self, rules: Rules) -> None:
        """Sort the entries by name."""
        self.rules = rules
        self._first: dict[str, Entry] = {}
        self._more: dict[str, list[Entry]] = {}
        for entry in rules.entries.values():
            if self._first.setdefault(entry.name, entry) is not entry:
                self._more.setdefault(entry.name, []).append(entry)
        self.held_kinds = frozenset(self._held_kinds())
        self.mentioned: dict[int, frozenset[str]] = {}
        self.constants: dict[int, Combined | None] = {}
        self._fields: dict[int, dict[str, Field]] = {}
        self._editable: frozenset[str] | None = None
        self._choices: frozenset[str] | None = None
        self._found: dict[tuple[str, str], Entry] = {}
        self._of_kind: dict[str, tuple[Entry, ...]] = {}

    def named(self, name: str) -> tuple[Entry, ...]:
        """Give the entries of a name, of whatever kind."""
        first = self._first.get(name)
        return () if first is None else (first, *self._more.get(name, ()))

    def fields(self, block: Block) -> dict[str, Field]:
        """Give the fields of a block of these rules by name."""
        found = self._fields.get(id(block))
        if found is None:
            found = self._fields[id(block)] = {field.name: field for field in block.fields}
        return found

    def is_choice(self, name: str) -> bool:
        """Tell whether anything at all may ask a choice of this name."""
        if self._choices is None:
            shapes = [*self._holders(), *(entry.shape for entry in self.rules.entries.values() if entry.shape is not None)]
            shapes += [kind.shape for kind in self.rules.kinds.values() if kind.shape is not None]
            found = (choice.name for shape in shapes for block in blocks(shape.block) for choice in block.choices)
            self._choices = frozenset(each.rpartition(".")[2] for each in found)
        return name in self._choices

    def _held_kinds(self) -> Iterator[str]:
        for shape in self._holders():
            for block in blocks(shape.block):
                for activation in block.activations:
                    of = activation.entries.type
                    if activation.holds and isinstance(of, t.RefType | t.SetType):
                        yield of.kind

    def _holders(self) -> Iterator[Shape]:
        yield from self.rules.records.values()
        for entity in self.rules.entities.values():
            yield entity.shape
            yield from (shape for _entry, shape in entity.keys)

    def is_held(self, entry: Entry) -> bool:
        """Tell whether entries of this kind act where something holds them: choosing one is naming it, no more."""
        return not self.held_kinds.isdisjoint(entry.kinds)

    def find(self, written: str, kind: str) -> Entry | None:
        """Give the entry of a kind that is written `name`, `kind.name` or `pack:kind.name`, old names included."""
        found = self._found.get((written, kind)) or self._find(written, kind)
        if found is not None:
            self._found[written, kind] = found
        return found

    def _find(self, written: str, kind: str) -> Entry | None:
        name = written.rpartition(":")[2]
        for known in self.named(name.rpartition(".")[2]):
            if kind in known.kinds and self._is_written(known, name) and self._of_pack(known, written):
                return known
        return self._renamed(name, kind)

    @staticmethod
    def _is_written(entry: Entry, name: str) -> bool:
        kind, dot, rest = name.rpartition(".")
        return rest == entry.name and (not dot or kind in entry.kinds)

    def other_kind(self, written: str, kind: str) -> str | None:
        """Give the kind of what is written, where entries of that name are all of other kinds than the one wanted."""
        found = self.named(written.rpartition(":")[2].rpartition(".")[2])
        return None if not found or any(kind in each.kinds for each in found) else found[0].kind

    @staticmethod
    def _of_pack(entry: Entry, written: str) -> bool:
        pack, colon, _rest = written.rpartition(":")
        return not colon or entry.pack == pack

    def _renamed(self, name: str, kind: str) -> Entry | None:
        for old, new in self.rules.renamed.items():
            entry = self.rules.entries.get(new)
            if entry is not None and kind in entry.kinds and name in {old, old.partition(".")[2]}:
                return entry
        return None

    def nearest(self, written: str, kind: str) -> str | None:
        """Give the name of the entry of a kind that is most like what is written."""
        return nearest(written.rpartition(".")[2], (entry.name for entry in self.of_kind(kind)))

    def of_kind(self, kind: str) -> Iterator[Entry]:
        """Give all entries of a kind, in order of declaration."""
        if kind not in self._of_kind:
            self._of_kind[kind] = tuple(entry for entry in self.rules.entries.values() if kind in entry.kinds)
        return iter(self._of_kind[kind])

    def may_be_parked(self, path: str) -> bool:
        """Tell whether a path may lead to an editable field of content that is not active now."""
        *owners, name = path.split(".")
        if self._editable is None:
            self._editable = frozenset(self._editable_names())
        return name in self._editable and any(self.named(owner.partition("#")[0]) for owner in owners)

    def _editable_names(self) -> Iterator[str]:
        shapes = [*self._holders(), *(entry.shape for entry in self.rules.entries.values() if entry.shape is not None)]
        shapes += [kind.shape for kind in self.rules.kinds.values() if kind.shape is not None]
        for shape in shapes:
            for block in blocks(shape.block):
                yield from (field.name for field in block.fields if field.mode is Mode.EDITABLE)
