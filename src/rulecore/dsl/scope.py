"""Where a name is looked up: bound names, the shape itself, what encloses it, `self`, the entity, rulings, entries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from rulecore.dsl.declare import Declared
from rulecore.dsl.member import Member
from rulecore.dsl.members import Members
from rulecore.formula import ast as f
from rulecore.formula import types as t


@dataclass(frozen=True, slots=True)
class Scope:
    """The place of a line. `shape` owns it, `outers` enclose it (nearest first), `selves` are the records that may be `self`.

    `family` is the (entities, kind) of a family's lines, `key_kind` the kind of the entry that `it` and `owner` name.
    `local` leads from the plain names of an `at` block with several numbers to the keys of this number.
    """

    shape: str
    pack: str
    entities: tuple[str, ...]
    outers: tuple[str, ...] = ()
    selves: tuple[str, ...] = ()
    key_kind: str | None = None
    family: bool = False
    play: bool = False
    copies: int = 1
    number: int | None = None
    counted: f.Formula | None = None
    several: bool = False
    local: Mapping[str, str] = field(default_factory=dict)
    variables: Mapping[str, f.Formula] = field(default_factory=dict)

    def bind(self, name: str, formula: f.Formula) -> Scope:
        """Give the scope with one more bound name."""
        return replace(self, variables={**self.variables, name: formula})

    def bind_type(self, name: str, of: t.Type) -> Scope:
        """Give the scope with one more variable of a type."""
        return self.bind(name, f.Variable(of, name))


class Lookup:
    """Finds the members that a name may mean in a scope."""

    def __init__(self, members: Members) -> None:
        """Look names up in the given member tables."""
        self.members = members
        self.declared = members.declared
        self.hierarchy = members.hierarchy

    def in_shape(self, shape: str, name: str, entities: tuple[str, ...]) -> Member | None:
        """Give the member of a shape; for an entry also its kind's, its properties and those of its families."""
        word, _, rest = shape.partition(" ")
        if word == "family":
            entity, kind = rest.split(".")
            return self.members.family(entity, kind).find(name) or self._of_kind(kind, name, (), subkinds=False)
        found = self.members.of(shape).find(name)
        if found is None and word == "entry":
            found = self._of_kind(rest.split(".")[0], name, entities, subkinds=False)
        elif word == "kind" and (found is None or found.form == "property"):
            found = self._of_kind(rest, name, entities, subkinds=False) or found
        return found

    def in_entry(self, entry: Declared, name: str, entities: tuple[str, ...]) -> Member | None:
        """Give the member of one entry."""
        return self.in_shape(self.members.entry_shape(entry), name, entities)

    def in_kind(self, kind: str, name: str, entities: tuple[str, ...]) -> list[Member]:
        """Give what a name means for entries of a kind: one member, or those of its subkinds where only they have it."""
        found = self._of_kind(kind, name, entities, subkinds=False)
        if found is not None:
            return [found]
        below = (self._of_kind(sub, name, entities, subkinds=True) for sub in self.hierarchy.subkinds(kind) if sub != kind)
        return [member for member in below if member is not None]

    def _of_kind(self, kind: str, name: str, entities: tuple[str, ...], *, subkinds: bool) -> Member | None:
        found = self.members.of(f"kind {kind}").find(name) if kind in self.declared.kinds else None
        if found is not None:
            return found
        for entity in self._wide(entities) if subkinds else entities:
            found = self.members.family(entity, kind).find(name)
            if found is not None:
                return found
        return None

    def _wide(self, entities: tuple[str, ...]) -> tuple[str, ...]:
        return entities

    def names_in(self, scope: Scope) -> Iterator[str]:
        """Give every name that a scope knows, for suggestions."""
        yield from scope.variables
        for shape in (scope.shape, *scope.outers, *scope.selves, *(f"entity {entity}" for entity in scope.entities)):
            yield from self.members.of(shape).by_name if not shape.startswith("family") else ()
        if scope.key_kind is not None:
            yield from self.members.of(f"kind {scope.key_kind}").by_name
            for entity in scope.entities:
                yield from self.members.family(entity, scope.key_kind).by_name
        yield from self.declared.rulings
        for name, entries in self.declared.entries_named.items():
            if any(self.declared.visible(scope.pack, entry.pack) for entry in entries):
                yield name
