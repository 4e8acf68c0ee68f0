"""What a path means: where it starts, and each step behind a dot."""

from __future__ import annotations

from typing import Any

from rulecore.dsl import ast
from rulecore.dsl.arithmetic import with_zero
from rulecore.dsl.declare import Declared
from rulecore.dsl.kinds import UNKNOWN
from rulecore.dsl.member import Member
from rulecore.dsl.program import Program
from rulecore.dsl.scope import Scope
from rulecore.formula import ast as f
from rulecore.formula import types as t
from rulecore.source import Span

FAULT = f.Constant(UNKNOWN, None)
"""Stands for what is reported already; fits every type."""


class Paths:
    """Resolves paths to typed formulas."""

    def __init__(self, program: Program) -> None:
        """Resolve against everything the packs declare."""
        self.program = program
        self.declared, self.hierarchy, self.lookup = program.declared, program.hierarchy, program.lookup
        self.report = program.report
        self._unconditional: dict[int, f.Formula] = {}
        self._declared_at: dict[int, tuple[f.Formula, Span]] = {}

    def resolve(self, path: ast.Path, scope: Scope, want: t.Type | None = None) -> f.Formula:
        """Give what a path means in a scope; where a type is expected, its words and entries come first."""
        start, rest = self._start(path, scope, want)
        for index, name in enumerate(rest):
            if start.type == UNKNOWN:
                return FAULT
            start = self.step(start, name, path, scope, len(path.names) - len(rest) + index)
        return start

    def _start(self, path: ast.Path, scope: Scope, want: t.Type | None) -> tuple[f.Formula, tuple[str, ...]]:
        head, rest = path.names[0], path.names[1:]
        if head in scope.variables:
            return scope.variables[head], rest
        if not rest and want is not None:
            meant = self._expected(head, want, path, scope)
            if meant is not None:
                return meant, ()
        if rest and (head, rest[0]) in self.declared.entries:
            return self._entry(self.declared.entries[head, rest[0]], path, scope), rest[1:]
        found = self._engine_word(head, scope) or self._member(head, path, scope) or self._named(head, path, scope)
        return (found, rest) if found is not None else (self._unknown(path, scope), rest)

    def _expected(self, name: str, want: t.Type, path: ast.Path, scope: Scope) -> f.Formula | None:
        if isinstance(want, t.EnumType):
            return f.Constant(want, name) if name in want.words else None
        if isinstance(want, t.RefType) and want.kind == "event":
            return f.Constant(want, name) if name in self.declared.events else None
        if isinstance(want, t.RefType | t.SetType | t.MapType):
            for kind in self.hierarchy.subkinds(want.kind):
                entry = self.declared.entries.get((kind, name))
                if entry is not None and self.declared.visible(scope.pack, entry.pack):
                    return self._entry(entry, path, scope)
        return None

    def _engine_word(self, name: str, scope: Scope) -> f.Formula | None:
        if name in {"it", "owner"} and scope.key_kind is not None:
            return f.EntryOf(t.RefType(scope.key_kind), f.This(t.InstanceType(scope.shape)))
        if name == "self":
            if not scope.selves:
                return f.This(t.InstanceType(scope.shape))
            return f.Self(t.InstanceType(self.hierarchy.join(scope.selves) or scope.selves[0]))
        if name == "at_level" and scope.number is not None:
            return f.Constant(t.IntType(scope.number, scope.number), scope.number)
        if name == "gained":
            return f.Gained(t.IntType(0, None), scope.counted, scope.number or 0)
        if name == "position" and self.program.is_sequenced(scope.shape):
            return f.Position(t.IntType(1, None))
        return None

    def _member(self, name: str, path: ast.Path, scope: Scope) -> f.Formula | None:
        for of in self.places(scope):
            assert isinstance(of.type, t.InstanceType)
            shape = of.type.shape
            key = scope.local.get(name, name) if shape == scope.shape else name
            member = self.lookup.in_shape(shape, key, scope.entities)
            if member is not None and self.declared.visible(scope.pack, member.pack):
                return self._read(of, member)
            if member is None and shape == scope.shape and self._is_numbered(shape, name, path):
                return FAULT
        return None

    def _is_numbered(self, shape: str, name: str, path: ast.Path) -> bool:
        word = shape.partition(" ")[0]
        several = self.program.members.of(shape).by_name.get(name, []) if word != "family" else []
        if len(several) > 1:
            self.report.error(
                "name.numbered",
                path.span,
                f"`{name}` is declared once for each number of an `at` line, so it needs the number",
                expected=[member.key for member in several],
                related=[("declared", several[0].span)],
            )
        return len(several) > 1

    def places(self, scope: Scope) -> list[f.Formula]:
        """Give where a bare name is sought, in order: own shape, enclosing ones, `self`, the entities."""
        found: list[f.Formula] = [f.This(t.InstanceType(scope.shape))]
        found += [f.Outer(t.InstanceType(shape), shape) for shape in scope.outers]
        found += [f.Self(t.InstanceType(shape)) for shape in scope.selves if shape != scope.shape]
        found += [f.Entity(t.InstanceType(f"entity {name}")) for name in scope.entities]
        return found

    def holders(self, path: ast.Path, scope: Scope) -> list[f.Formula]:
        """Give where the last name of a path is sought: in what the names before it lead to, or where a bare name is."""
        above = path.names[:-1]
        return [self.resolve(ast.Path(path.span, above), scope)] if above else self.places(scope)

    def _named(self, name: str, path: ast.Path, scope: Scope) -> f.Formula | None:
        if name in self.declared.entities:
            return f.Entity(t.InstanceType(f"entity {name}"))
        ruling = self.declared.rulings.get(name)
        if ruling is not None and self.declared.visible(scope.pack, ruling.pack):
            assert isinstance(ruling.node, ast.Ruling)
            return f.RulingValue(self.hierarchy.type_of(ruling.node.type, ruling.pack), name)
        entries = [entry for entry in self.declared.entries_named.get(name, []) if self.declared.visible(scope.pack, entry.pack)]
        if len(entries) > 1:
            kinds = ", ".join(f"`{entry.word}.{name}`" for entry in entries)
            self.report.error(
                "name.ambiguous",
                path.span,
                f"`{name}` is the name of several entries",
                expected=[f"{e.word}.{name}" for e in entries],
                hint=f"say which: {kinds}",
                related=[(f"{entry.word} `{name}`", entry.span) for entry in entries],
            )
            return FAULT
        if entries:
            return self._entry(entries[0], path, scope)
        if name in self.declared.events:
            return f.Constant(t.RefType("event"), name)
        return None

    def _entry(self, entry: Declared, path: ast.Path, scope: Scope) -> f.Formula:
        if not self.declared.visible(scope.pack, entry.pack):
            self.report.error(
                "name.unused",
                path.span,
                f"`{path}` belongs to pack `{entry.pack}`, which `{scope.pack}` does not use",
                hint=f"add a `uses {entry.pack}` line to the pack",
            )
            return FAULT
        return f.Constant(t.RefType(entry.word), self.program.entry(entry))

    def _unknown(self, path: ast.Path, scope: Scope) -> f.Formula:
        name = path.names[0]
        self.report.error(
            "name.unknown",
            path.span,
            f"there is nothing called `{name}` here",
            found=name,
            known=self.lookup.names_in(scope),
        )
        return FAULT

    # ---- steps

    def step(self, of: f.Formula, name: str, path: ast.Path, scope: Scope, index: int) -> f.Formula:
        """Give the member `name` of what a formula gives."""
        if not scope.play and self.program.is_on_read(of.type) and not self.program.is_on_read(t.InstanceType(scope.shape)):
            self.report.error(
                "read.on_read",
                path.span,
                f"{of.type} is worked out only when somebody asks, so no formula may read it",
                related=(),
                hint="read what it is made of",
            )
            return FAULT
        members = self.members_of(of, name, scope)
        if not members:
            container = self._container(of)
            if container is not None and self.members_of(container, name, scope):
                return self.step(container, name, path, scope, index)
            return self._no_member(of, name, path, scope, index)
        if len({member.form for member in members}) > 1:
            members = [member for member in members if member.form == members[0].form]
        shared: t.Type | None = members[0].type
        for member in members[1:]:
            shared = None if shared is None else self.hierarchy.joined(shared, member.type)
        if shared is None:
            self.report.error(
                "name.types",
                path.span,
                f"`{name}` has different types for different kinds",
                related=[(f"{member.type}", member.span) for member in members],
                hint="give the properties different names, or ask one kind alone",
            )
            return FAULT
        return self._read(of, members[0], shared)

    def _container(self, of: f.Formula) -> f.Formula | None:
        """Give what carries an instance of a record that is nested in another: what is in an element knows the element."""
        if not isinstance(of.type, t.InstanceType | t.InstancesType) or not of.type.shape.startswith("record "):
            return None
        descent = self.hierarchy.ancestors.get(of.type.shape, ())
        outer = next((body.outer for shape in descent if (body := self.program.members.bodies[shape]).outer is not None), None)
        return None if outer is None else f.Container(type(of.type)(outer), of, outer)

    def members_of(self, of: f.Formula, name: str, scope: Scope) -> list[Member]:
        """Give the members called `name` of what a formula gives."""
        if isinstance(of, f.Constant) and isinstance(of.type, t.RefType) and of.type.kind != "event" and of.value is not None:
            entry = self.program.declared_of(of.value)
            member = self.lookup.in_entry(entry, name, scope.entities)
            return [] if member is None else [member]
        if isinstance(of.type, t.RefType | t.SetType):
            return self.lookup.in_kind(of.type.kind, name, scope.entities)
        if isinstance(of.type, t.InstanceType | t.InstancesType):
            member = self.lookup.in_shape(of.type.shape, name, scope.entities)
            return [] if member is None else [member]
        return []

    def _read(self, of: f.Formula, member: Member, of_type: t.Type | None = None) -> f.Formula:
        result = of_type or member.type
        if isinstance(of.type, t.SetType | t.InstancesType):
            result = _through_several(result)
        elif not self._certain(of):
            result = with_zero(result)
        if member.form == "property" and not isinstance(of.type, t.InstanceType):
            return f.Property(result, of, member.key, self._property_default(member))
        if member.form == "property" and self._of_entry(of):
            return f.Property(result, f.EntryOf(t.RefType("entry"), of), member.key, self._property_default(member))
        made = f.Read(result, of, member.key)
        self._declared_at[id(made)] = (made, member.span)
        if member.form == "part" and getattr(member.node, "when", None) is None:
            self._unconditional[id(made)] = made
        return made

    def declared_at(self, formula: f.Formula) -> list[tuple[str, Span]]:
        """Give where the member that a formula reads is declared."""
        made, span = self._declared_at.get(id(formula), (None, None))
        return [("declared", span)] if made is formula and span is not None else []

    def _certain(self, of: f.Formula) -> bool:
        """Tell whether a formula gives an instance or entry in every document: what may be missing reads as zero."""
        match of:
            case f.Read():
                return self._unconditional.get(id(of)) is of and self._certain(of.of)
            case f.Constant():
                return of.value is not None
            case f.Variable() | f.This() | f.Self() | f.Entity() | f.EntryOf() | f.Container():
                return True
            case _:
                return False

    @staticmethod
    def _of_entry(of: f.Formula) -> bool:
        return isinstance(of.type, t.InstanceType) and of.type.shape.partition(" ")[0] in {"entry", "kind", "family"}

    def _property_default(self, member: Member) -> Any:
        return self.program.property_default(member)

    def _no_member(self, of: f.Formula, name: str, path: ast.Path, scope: Scope, index: int) -> f.Formula:
        before = ".".join(path.names[:index])
        known = self.program.member_names(of, scope)
        self.report.error(
            "name.member",
            path.span,
            f"`{before}` ({of.type}) has no `{name}`",
            found=name,
            known=known,
            hint=None if known else f"a value of type {of.type} has no members",
        )
        return FAULT


def _through_several(of: t.Type) -> t.Type:
    """Give the type of a member read through several instances or entries."""
    match of:
        case t.RefType():
            return t.SetType(of.kind)
        case t.InstanceType():
            return t.InstancesType(of.shape)
        case t.SetType() | t.InstancesType() | t.ListType():
            return of
        case _:
            return t.ListType(of)
