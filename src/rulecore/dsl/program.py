"""One load at work: what is declared, the tables made of it, and the entries whose names formulas hold."""

from __future__ import annotations

from typing import Any

from rulecore.dsl import ast
from rulecore.dsl.declare import Declarations, Declared
from rulecore.dsl.kinds import Hierarchy
from rulecore.dsl.member import Member
from rulecore.dsl.members import Members
from rulecore.dsl.reach import Reach
from rulecore.dsl.report import Report
from rulecore.dsl.scope import Lookup, Scope
from rulecore.formula import ast as f
from rulecore.formula import types as t
from rulecore.formula.defaults import default_of
from rulecore.model.entry import Entry
from rulecore.names import label_of
from rulecore.source import Span


class Program:
    """Everything the lowering steps share.

    Entries are made empty at first, since formulas hold them before their own lines are read; `finish` fills them in.
    """

    def __init__(self, declared: Declarations, report: Report) -> None:
        """Build hierarchy, member tables and reach from the declarations."""
        self.declared, self.report = declared, report
        self.hierarchy = Hierarchy(declared, report)
        self.members = Members(declared, self.hierarchy, report)
        self.reach = Reach(self.members)
        self.lookup = Lookup(self.members)
        self._entries: dict[tuple[str, str], Entry] = {}
        self._declared: dict[str, Declared] = {}
        self._defaults: dict[int, Any] = {}
        self._sequenced: set[str] | None = None
        self._places: dict[str, Span] | None = None
        report.where = self.place_of
        for order, (key, thing) in enumerate(declared.entries.items()):
            self._entries[key] = self._empty(thing, order)
            self._declared[f"{thing.word}.{thing.name}"] = thing

    def _empty(self, thing: Declared, order: int) -> Entry:
        descent = self.hierarchy.ancestors.get(f"kind {thing.word}", ())
        kinds = frozenset(name.removeprefix("kind ") for name in descent)
        label = thing.label or label_of(thing.name)
        outer = self.members.bodies[self.members.entry_shape(thing)].outer
        return Entry(thing.word, thing.name, label, kinds, thing.pack, order, outer=outer, span=thing.span)

    def entry(self, thing: Declared) -> Entry:
        """Give the entry that a declaration makes."""
        return self._entries[thing.word, thing.name]

    def declared_of(self, entry: Entry) -> Declared:
        """Give the declaration of an entry."""
        return self._declared[entry.id]

    def place_of(self, name: str) -> Span | None:
        """Give where a name is declared first: as a word, an entry or a member."""
        if self._places is None:
            self._places = {}
            tables = ("kinds", "records", "entities", "phrases", "tables", "rulings", "events")
            for thing in (each for table in tables for each in getattr(self.declared, table).values()):
                self._places.setdefault(thing.name, thing.span)
            for (_kind, entry), thing in self.declared.entries.items():
                self._places.setdefault(entry, thing.span)
            shapes = [self.members.of(shape) for shape in self.members.bodies]
            families = [self.members.family(entity, kind) for entity, kinds in self.members.families.items() for kind in kinds]
            for member in (each for table in (*shapes, *families) for each in table.by_key.values()):
                self._places.setdefault(member.name, member.span)
        return self._places.get(name)

    def property_default(self, member: Member) -> Any:
        """Give what a property reads as where an entry's kind lacks it."""
        return self._defaults.get(id(member.node), default_of(member.type))

    def keep_default(self, member: Member, value: Any) -> None:
        """Remember the written default of a property."""
        self._defaults[id(member.node)] = value

    def is_on_read(self, of: t.Type) -> bool:
        """Tell whether a type is that of records which are worked out only when asked for."""
        if not isinstance(of, t.InstanceType | t.InstancesType):
            return False
        descent = self.hierarchy.ancestors.get(of.shape, ()) if of.shape.startswith("record ") else ()
        nodes = (self.declared.records[shape.removeprefix("record ")].node for shape in descent)
        return any(isinstance(node, ast.TypeDeclaration) and node.on_read for node in nodes)

    def is_sequenced(self, shape: str) -> bool:
        """Tell whether a record stands in an ordered list somewhere, so that its elements have a position."""
        if self._sequenced is None:
            self._sequenced = {
                member.type.shape
                for body in self.members.bodies
                for member in self.members.of(body).by_key.values()
                if isinstance(member.node, ast.Field)
                and member.node.type.word == "sequence"
                and isinstance(member.type, t.InstancesType)
            }
        return any(self.hierarchy.is_a(each, shape) for each in self._sequenced)

    def member_names(self, of: f.Formula, scope: Scope) -> list[str]:
        """Give the names of the members of what a formula gives, for suggestions."""
        if isinstance(of.type, t.InstanceType | t.InstancesType):
            shape = of.type.shape
            if shape.startswith("family "):
                entity, kind = shape.removeprefix("family ").split(".")
                return sorted(self.members.family(entity, kind).by_name)
            return sorted(self.members.of(shape).by_name)
        if not isinstance(of.type, t.RefType | t.SetType) or of.type.kind not in self.declared.kinds:
            return []
        names: set[str] = set()
        for kind in self.hierarchy.subkinds(of.type.kind):
            names |= set(self.members.of(f"kind {kind}").by_name)
            for entity in scope.entities:
                names |= set(self.members.family(entity, kind).by_name)
        if isinstance(of, f.Constant) and isinstance(of.value, Entry):
            names |= set(self.members.of(self.members.entry_shape(self.declared_of(of.value))).by_name)
        return sorted(names)
