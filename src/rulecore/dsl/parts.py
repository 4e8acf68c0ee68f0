"""Part lines: a record that belongs to its owner, with the formulas that its owner gives it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rulecore.dsl import ast
from rulecore.dsl.draft import Around, Draft
from rulecore.dsl.lines import Lines
from rulecore.dsl.member import numbered
from rulecore.dsl.members import Members
from rulecore.dsl.scope import Scope
from rulecore.formula import ast as f
from rulecore.formula import types as t
from rulecore.model import shape as m
from rulecore.model.effect import Effect
from rulecore.names import label_of


class Parts(Lines):
    """Lowers part lines and the values that stand in them."""

    def _part(self, line: ast.OpenLine, scope: Scope, draft: Draft, around: Around) -> None:
        name = self.part_name(line)
        if name is None:
            self.report.error(
                "part.name",
                line.span,
                f"a `{line.head}` line declares a part, so one name follows the word",
                hint=f'write `{line.head} some_name "Some Name"`',
            )
            return
        key = numbered(name, scope.number, "part", several=scope.several)
        bindings, effects = self._part_body(line, scope, key, around)
        cited = next((inner.text for inner in line.body if isinstance(inner, ast.Cite)), around.citation)
        label = line.label or label_of(name)
        draft.parts[key] = m.Part(key, label, f"record {line.head}", bindings, effects, cited, line.span)

    def _part_body(
        self, line: ast.OpenLine | ast.Field, scope: Scope, key: str, around: Around
    ) -> tuple[tuple[m.Binding, ...], tuple[Effect, ...]]:
        record = f"record {line.head}" if isinstance(line, ast.OpenLine) else _record_of(self.members, line, scope)
        bindings: list[m.Binding] = []
        effects: list[Effect] = []
        if isinstance(line, ast.OpenLine):
            bindings += self._positional(line, record, scope)
        outer = (scope.shape, *scope.outers)
        inside = replace(scope, shape=record, outers=outer, local={}, key_kind=None)
        rest: list[ast.Statement] = []
        self.report.once("binding.duplicate", ((str(each.key), each.span) for each in line.body if isinstance(each, ast.Meta)))
        for inner in line.body:
            match inner:
                case ast.Meta():
                    bindings += self._binding(inner, record, scope)
                case ast.Base() | ast.Add() | ast.Set() | ast.Multiply():
                    effects += self.effects.lower(inner, inside, around.when, around.citation)
                case _:
                    rest.append(inner)
        self.play.part(rest, inside, f"{scope.shape}/{key}", line.span, around.citation)
        return tuple(bindings), tuple(effects)

    def _positional(self, line: ast.OpenLine, record: str, scope: Scope) -> list[m.Binding]:
        """Bind the fields of a record in order, where its line gives values instead of a name: `step_of x against 15`."""
        if not line.slots:
            return []
        operands = [*line.operands, *(operand for slot in line.slots for operand in slot.operands)]
        fields = [member for member in self.members.of(record).by_key.values() if member.form == "field"]
        if len(operands) > len(fields):
            self.report.error(
                "part.values", line.span, f"`{line.head}` has {len(fields)} fields, and here are {len(operands)} values"
            )
            return []
        return [
            m.Binding((member.key,), self.expressions.check(operand.value, scope, member.type))
            for member, operand in zip(fields, operands, strict=False)
        ]

    def _binding(self, line: ast.Meta, record: str, scope: Scope) -> list[m.Binding]:
        member, of = None, record
        for index, name in enumerate(line.key.names):
            member = self.members.of(of).find(name)
            if member is None:
                known = self.members.of(of).by_name
                self.report.error(
                    "binding.unknown",
                    line.span,
                    f"{of} has no field `{name}`",
                    found=name,
                    known=known,
                )
                return []
            if index < len(line.key.names) - 1:
                of = member.type.shape if isinstance(member.type, t.InstanceType) else of
        assert member is not None
        if member.mode == "editable":
            self.report.error(
                "binding.editable",
                line.span,
                f"`{line.key}` is set by a person, so its part cannot fix it",
                related=[("declared", member.span)],
            )
            return []
        with self.report.within("the field", member.span):
            value = self._items(line, member.type, scope)
        if member.mode == "structural" and member.form == "field":
            self.strata.require(value, scope, f"the structural field `{member.name}`", line.span)
        return [m.Binding(line.key.names, value)]

    def _items(self, line: ast.Meta, want: t.Type, scope: Scope) -> f.Formula:
        values = [item.value for item in line.items]
        if len(values) == 1:
            return self.expressions.check(values[0], scope, want)
        return self.expressions.check(ast.ListOf(line.span, tuple(values)), scope, want)

    def _with(self, bindings: Sequence[ast.Binding], record: str, scope: Scope) -> tuple[m.Binding, ...]:
        found = []
        for binding in bindings:
            member = self.members.of(record).find(binding.name)
            if member is None or member.form != "field":
                known = self.members.of(record).by_name
                self.report.error(
                    "binding.unknown",
                    binding.span,
                    f"{record} has no field `{binding.name}`",
                    found=binding.name,
                    known=known,
                )
                continue
            found.append(m.Binding((member.key,), self.expressions.check(binding.value, scope, member.type)))
        return tuple(found)


def _record_of(members: Members, line: ast.Field, scope: Scope) -> str:
    written = members.hierarchy.type_of(line.type, scope.pack)
    assert isinstance(written, t.InstanceType)
    return written.shape
