"""Where content acts: the entities in which entries of a kind can be active, and the records that then are their `self`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rulecore.dsl import ast
from rulecore.dsl.declare import Declared
from rulecore.dsl.members import Members
from rulecore.formula import types as t


class Reach:
    """For each kind, the entities that can activate its entries and the records whose elements do.

    `rooted` are the kinds whose entries an entity activates itself, so that their paths start with the entry's name.
    """

    def __init__(self, members: Members) -> None:
        """Follow `activate` and `choose` from the entities through the kinds until nothing new is reached."""
        self.members = members
        self.hierarchy = members.hierarchy
        self.declared = members.declared
        self.entities: dict[str, set[str]] = {kind: set() for kind in self.declared.kinds}
        self.holders: dict[str, set[str]] = {kind: set() for kind in self.declared.kinds}
        self.rooted: set[str] = set()
        self._start()
        self._spread()

    def of(self, kind: str) -> tuple[str, ...]:
        """Give the entities in which entries of a kind act, the most widest ones alone; all leaves where none activates it."""
        found = self.entities.get(kind) or self.leaves()
        widest = [name for name in found if not any(self._inherits(name, other) for other in found if other != name)]
        return tuple(sorted(widest, key=list(self.declared.entities).index))

    def selves(self, kind: str) -> tuple[str, ...]:
        """Give the records whose elements activate entries of a kind."""
        return tuple(sorted(self.holders.get(kind, ())))

    def _inherits(self, entity: str, ancestor: str) -> bool:
        return self.hierarchy.is_a(f"entity {entity}", f"entity {ancestor}")

    def leaves(self) -> set[str]:
        """Give the entities from which no other inherits."""
        names = set(self.declared.entities)
        return {name for name in names if not any(self._inherits(other, name) for other in names if other != name)}

    def _start(self) -> None:
        for entity in self.declared.entities.values():
            for line, kind in self._asked(entity, entity.shape):
                self._mark(kind, entity.name, None)
                if isinstance(line, ast.Activate):
                    self.rooted.update(self.hierarchy.subkinds(kind))
        for record in self.declared.records.values():
            for line, kind in self._asked(record, record.shape):
                holder = record.shape if isinstance(line, ast.Activate) else None
                for name in self.owners(record):
                    self._mark(kind, name, holder)

    def owners(self, record: Declared) -> tuple[str, ...]:
        """Give the entities in whose text a record is nested; all leaves for one at the top."""
        outer = record.outer
        while outer is not None and outer.word != "entity":
            outer = outer.outer
        return (outer.name,) if outer is not None else tuple(self.leaves())

    def _mark(self, kind: str, entity: str, holder: str | None) -> None:
        for each in self.hierarchy.subkinds(kind):
            self.entities.setdefault(each, set()).add(entity)
            if holder is not None:
                self.holders.setdefault(each, set()).add(holder)

    def _asked(self, thing: Declared, shape: str) -> Iterator[tuple[ast.Statement, str]]:
        for segment in thing.segments:
            yield from self._lines(segment.lines, segment.pack, shape, None)

    def _lines(
        self, lines: Sequence[ast.Statement], pack: str, shape: str, family: str | None
    ) -> Iterator[tuple[ast.Statement, str]]:
        for line in lines:
            match line:
                case ast.Activate():
                    kind = self._activated(line, pack, shape, family)
                    if kind is not None:
                        yield line, kind
                case ast.Choose():
                    written = self.members.choice_type(line, pack)
                    if isinstance(written, t.RefType | t.SetType):
                        yield line, written.kind
                    yield from self._lines(line.body, pack, shape, family)
                case ast.Each():
                    yield from self._lines(line.body, pack, shape, str(line.path))
                case ast.While() | ast.At() | ast.Option():
                    yield from self._lines(line.body, pack, shape, family)
                case _:
                    pass

    def _activated(self, line: ast.Activate, pack: str, shape: str, family: str | None) -> str | None:
        names = line.path.names
        if names == ("it",):
            return family
        member = self._member(names[-1], shape, family) if len(names) == 1 else None
        if member is not None and isinstance(member, t.RefType | t.SetType):
            return member.kind
        if len(names) == 2 and (names[0], names[1]) in self.declared.entries:
            return names[0]
        return self.members.listed_kind([line.path], pack) if len(names) == 1 else None

    def _member(self, name: str, shape: str, family: str | None) -> t.Type | None:
        if family is not None and shape.startswith("entity "):
            found = self.members.family(shape.removeprefix("entity "), family).find(name)
            if found is not None:
                return found.type
        found = self.members.of(shape).find(name)
        return None if found is None else found.type

    def _spread(self) -> None:
        edges: set[tuple[str, str]] = set()
        for entry in self.declared.entries.values():
            for _line, kind in self._asked(entry, self.members.entry_shape(entry)):
                edges.update((entry.word, each) for each in self.hierarchy.subkinds(kind))
        for thing in self.declared.kinds.values():
            for _line, kind in self._asked(thing, thing.shape):
                edges.update((sub, each) for sub in self.hierarchy.subkinds(thing.name) for each in self.hierarchy.subkinds(kind))
        moved = True
        while moved:
            moved = False
            for start, end in edges:
                new = self.entities.get(start, set()) - self.entities.setdefault(end, set())
                if new:
                    self.entities[end] |= new
                    moved = True
