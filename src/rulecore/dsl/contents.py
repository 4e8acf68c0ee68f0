"""Kinds and entries: their properties, and what they do while active."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rulecore.dsl import ast
from rulecore.dsl.bodies import Bodies
from rulecore.dsl.constants import NotConstant, as_type, constant
from rulecore.dsl.declare import Declared
from rulecore.dsl.program import Program
from rulecore.dsl.scope import Scope
from rulecore.formula import types as t
from rulecore.formula.defaults import default_of
from rulecore.model.entry import Entry, Kind, PropertyType
from rulecore.model.shape import Block, Shape
from rulecore.names import label_of


class Contents:
    """Lowers kinds and entries."""

    def __init__(self, program: Program, bodies: Bodies) -> None:
        """Use one checker for all bodies."""
        self.program, self.report, self.bodies = program, program.report, bodies
        self.declared, self.members, self.reach = program.declared, program.members, program.reach
        self.expressions = bodies.expressions

    def keep_defaults(self) -> None:
        """Evaluate the defaults of all properties, before any formula reads one."""
        for thing in self.declared.kinds.values():
            for member in self.members.of(thing.shape).by_key.values():
                if isinstance(member.node, ast.Property) and member.node.default is not None:
                    scope = Scope(thing.shape, member.pack, ())
                    value = self.constant(member.node.default, member.type, scope, "the default of a property")
                    self.program.keep_default(member, value)

    def constant(self, expression: ast.Expression, of: t.Type, scope: Scope, what: str) -> Any:
        """Give the constant value of an expression; what depends on the sheet is reported."""
        formula = self.expressions.check(expression, scope, of)
        try:
            return as_type(constant(formula), of)
        except NotConstant:
            self.report.error(
                "property.constant",
                expression.span,
                f"{what} is constant, and this depends on the sheet",
                hint="for something that is computed, declare a field",
            )
            return default_of(of)

    def kind(self, thing: Declared) -> Kind:
        """Give a kind with its properties and the members of its entries."""
        properties = {
            member.name: PropertyType(
                member.name,
                getattr(member.node, "label", None) or label_of(member.name),
                member.type,
                self.program.property_default(member),
                getattr(member.node, "default", None) is None and not isinstance(member.type, t.SetType | t.MapType),
                member.span,
            )
            for member in self.members.of(thing.shape).by_key.values()
            if member.form == "property"
        }
        names = self.program.hierarchy.ancestors[thing.shape]
        ancestors = frozenset(name.removeprefix("kind ") for name in names)
        block = self.bodies.block(thing.segments, self._content_scope(thing.shape, thing.name, thing.pack, ()))
        shape = (
            None
            if block == Block()
            else Shape(thing.shape, thing.label or label_of(thing.name), frozenset(names), block, span=thing.span)
        )
        return Kind(thing.name, thing.label or label_of(thing.name), ancestors, properties, shape, thing.span)

    def _content_scope(self, shape: str, kind: str, pack: str, outers: tuple[str, ...]) -> Scope:
        return Scope(shape, pack, self.reach.of(kind), outers, self.reach.selves(kind), key_kind=kind)

    def entry(self, thing: Declared) -> Entry:
        """Give an entry, finished."""
        entry = self.program.entry(thing)
        shape_name = self.members.entry_shape(thing)
        outers = self.outers(shape_name)
        scope = self._content_scope(shape_name, thing.word, thing.pack, outers)
        block = self.bodies.block(thing.segments, scope)
        shape = Shape(shape_name, entry.label, frozenset({shape_name}), block, outers[0] if outers else None, span=thing.span)
        lines = [line for segment in thing.segments for line in segment.lines]
        finished = {
            "properties": self._properties(thing, scope),
            "shape": None if block == Block() else shape,
            "text": next((line.text for line in lines if isinstance(line, ast.Prose)), None),
            "citation": next((line.text for line in lines if isinstance(line, ast.Cite)), None),
        }
        for name, value in finished.items():
            # formulas hold the entry already, so it is filled in place, once, before anybody else has it
            object.__setattr__(entry, name, value)
        return entry

    def outers(self, shape: str) -> tuple[str, ...]:
        """Give the shapes in whose text a shape is nested, nearest first."""
        found = []
        outer = self.members.bodies[shape].outer
        while outer is not None:
            found.append(outer)
            outer = self.members.bodies[outer].outer
        return tuple(found)

    def _properties(self, thing: Declared, scope: Scope) -> dict[str, Any]:
        table = self.members.of(f"kind {thing.word}")
        known = {name: member for name, member in table.by_key.items() if member.form == "property"}
        values: dict[str, Any] = {}
        for segment in thing.segments:
            self.report.once(
                "property.duplicate", ((str(line.key), line.span) for line in segment.lines if isinstance(line, ast.Meta))
            )
            for line in segment.lines:
                if isinstance(line, ast.Meta):
                    member = known.get(str(line.key))
                    place = thing.span if member is None else member.span
                    with self.report.within("the property" if member is not None else f"the {thing.word}", place):
                        self._property(line, known, thing, replace(scope, pack=segment.pack), values)
        for name, member in known.items():
            needed = isinstance(member.node, ast.Property) and member.node.default is None
            if name not in values and needed and not isinstance(member.type, t.SetType | t.MapType):
                self.report.error(
                    "property.missing",
                    thing.span,
                    f"{thing.word} `{thing.name}` needs its `{name}`",
                    expected=f"{name}: {member.type}",
                    hint=f"add `{name}: …`",
                    related=[("the property", member.span)],
                )
        return values

    def _property(self, line: ast.Meta, known: Mapping[str, Any], thing: Declared, scope: Scope, values: dict[str, Any]) -> None:
        member = known.get(str(line.key))
        if member is None:
            self.report.error(
                "property.unknown",
                line.span,
                f"{thing.word} has no property `{line.key}`",
                found=str(line.key),
                known=known,
            )
            return
        self._suffixes(line, member.type)
        outside = replace(scope, key_kind=None)
        if isinstance(member.type, t.MapType):
            values[member.name] = self._map(line, member.type, outside)
            return
        expressions = [item.value for item in line.items]
        wanted = expressions[0] if len(expressions) == 1 else ast.ListOf(line.span, tuple(expressions))
        values[member.name] = self.constant(wanted, member.type, outside, f"`{member.name}`")

    def _suffixes(self, line: ast.Meta, of: t.Type) -> None:
        """Check what stands behind a value: the unit of the property, and nothing else."""
        unit = of.unit if isinstance(of, t.IntType | t.NumberType) else None
        for item in line.items:
            suffix = item.suffix if isinstance(item, ast.Operand) else None
            if suffix is not None and suffix not in self.program.hierarchy.units:
                self.report.error(
                    "property.suffix",
                    item.span,
                    f"`{suffix}` behind the value of `{line.key}` is no unit",
                    found=suffix,
                    known=self.program.hierarchy.units,
                    hint=f"if it is another value, put a comma in front of it: `, {suffix}`",
                )
            elif suffix is not None and suffix != unit:
                self.report.error(
                    "unit.mismatch", item.span, f"`{line.key}` is in {unit or 'no unit'}, not in {suffix}", expected=unit
                )

    def _map(self, line: ast.Meta, of: t.MapType, scope: Scope) -> dict[Entry, Any]:
        values = {}
        for item in line.items:
            if not isinstance(item, ast.Pair):
                self.report.error(
                    "property.map",
                    item.span,
                    f"`{line.key}` gives a value to each key",
                    hint=f"write `{line.key}: key -> value`",
                )
                continue
            key = self.constant(item.key, t.RefType(of.kind), scope, "a key")
            values[key] = self.constant(item.value, of.value, scope, "a value")
        return values
