"""What a document of one entity can hold and its sheet can show: every field, collection and choice by its static id.

In an id `list[]` stands for any element, and `*.name` for an entry wherever it is active.
"""

from __future__ import annotations

from collections.abc import Iterator

from rulecore.dataclass import dataclass
from rulecore.formula import types as t
from rulecore.model.entry import Entry
from rulecore.model.rules import Rules
from rulecore.model.shape import Block, Choice, Collection, Entity, Field


@dataclass(frozen=True, slots=True)
class FieldInfo:
    """One field: its static id, and what is said about it."""

    id: str
    label: str
    type: str
    mode: str
    text: str | None = None
    citation: str | None = None
    pack: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """One place of a document or sheet and what stands there."""

    address: str
    content: Field | Collection | Choice


def catalogue(rules: Rules, entity: Entity) -> Iterator[Spot]:
    """Give every spot of an entity: its own, its families', and those of all entries that can be active in it."""
    yield from _Walk(rules, entity).spots()


def fields(rules: Rules, entity: Entity) -> Iterator[FieldInfo]:
    """Give every field of an entity in the same order."""
    for spot in catalogue(rules, entity):
        field = spot.content
        if isinstance(field, Field):
            mode = str(field.mode)
            yield FieldInfo(spot.address, field.label, str(field.type), mode, field.text, field.citation, field.pack)


class _Walk:
    def __init__(self, rules: Rules, entity: Entity) -> None:
        self.rules, self.entity = rules, entity
        self.keys = {entry.id for entry, _shape in entity.keys}
        self.reached: dict[str, Entry] = {}
        self.by_kind: dict[str, list[Entry]] = {}
        for entry in rules.entries.values():
            for kind in entry.kinds:
                self.by_kind.setdefault(kind, []).append(entry)

    def spots(self) -> Iterator[Spot]:
        yield from self._block("", self.entity.shape.block, ())
        for entry, shape in self.entity.keys:
            yield from self._block(entry.name, shape.block, ())
        done: set[str] = set()
        while set(self.reached) - done:
            for name in list(self.reached):
                if name not in done:
                    done.add(name)
                    yield from self._entry(self.reached[name])

    def _entry(self, entry: Entry) -> Iterator[Spot]:
        address = entry.name if entry.id in self.keys else f"*.{entry.name}"
        for shape in self.rules.shapes_of(entry):
            yield from self._block(address, shape.block, ())

    def _block(self, address: str, block: Block, around: tuple[str, ...]) -> Iterator[Spot]:
        for field in block.fields:
            yield Spot(_join(address, field.name), field)
        for part in block.parts:
            yield from self._record(_join(address, part.name), part.shape, around)
        for collection in block.collections:
            key = _join(address, collection.name)
            yield Spot(key, collection)
            yield from self._record(f"{key}[]", collection.shape, around)
        for choice in block.choices:
            key = _join(address, choice.name)
            yield Spot(key, choice)
            for option in choice.options:
                yield from self._block(_join(key, option.name), option.shape.block, around)
            self._reach(choice.entries)
        for activation in block.activations:
            of = activation.entries.type
            if isinstance(of, t.RefType | t.SetType):
                self._reach(self.by_kind.get(of.kind, ()))
        for inner in block.blocks:
            yield from self._block(address, inner, around)

    def _record(self, address: str, shape: str, around: tuple[str, ...]) -> Iterator[Spot]:
        if shape not in around:
            yield from self._block(address, self.rules.records[shape].block, (*around, shape))

    def _reach(self, entries: tuple[Entry, ...] | list[Entry]) -> None:
        for entry in entries:
            self.reached.setdefault(entry.id, entry)


def _join(address: str, name: str) -> str:
    return f"{address}.{name}" if address else name
