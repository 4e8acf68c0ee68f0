"""From the lines of a body to the block of a shape."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from rulecore.dsl import ast
from rulecore.dsl.choices import Choices
from rulecore.dsl.declare import Segment
from rulecore.dsl.draft import Around, Draft
from rulecore.dsl.grants import Grants
from rulecore.dsl.member import MOST_COPIES, numbered
from rulecore.dsl.phrases import expand
from rulecore.dsl.scope import Scope
from rulecore.dsl.signatures import candidate
from rulecore.dsl.strata import conjunction
from rulecore.dsl.words import LINE_WORDS
from rulecore.formula import ast as f
from rulecore.formula import types as t
from rulecore.model import shape as m
from rulecore.names import label_of


class Bodies(Choices, Grants):
    """Lowers bodies; one method a sort of line."""

    def block(self, segments: Sequence[Segment], scope: Scope) -> m.Block:
        """Give the block of a shape's lines, which several packs may have written."""
        draft = Draft()
        for segment in segments:
            self._lines(segment.lines, replace(scope, pack=segment.pack), draft, Around())
        return draft.block()

    def _lines(self, lines: Sequence[ast.Statement], scope: Scope, draft: Draft, around: Around) -> None:
        cited = next((line.text for line in lines if isinstance(line, ast.Cite)), around.citation)
        around = replace(around, citation=cited)
        for line in lines:
            self._line(line, scope, draft, around)

    def _line(self, line: ast.Statement, scope: Scope, draft: Draft, around: Around) -> None:
        match line:
            case ast.Base() | ast.Add() | ast.Set() | ast.Multiply():
                draft.put("effects", *self.effects.lower(line, scope, around.when, around.citation))
            case ast.While():
                self._while(line, scope, draft, around)
            case ast.At():
                self._at(line, scope, draft, around)
            case ast.OpenLine():
                self._open(line, scope, draft, around)
            case ast.Requires():
                condition = self.expressions.truth(line.condition, scope)
                if around.when is not None:
                    condition = f.Or(t.BoolType(), f.Not(t.BoolType(), around.when), condition)
                message = line.message or "a requirement is not met"
                draft.put("requirements", m.Requirement(condition, message, around.citation, line.span))
            case ast.On():
                self.play.hook(line, scope, conjunction(draft.gates, around.when))
                draft.put("hooks", m.Hook(str(line.path), line.span))
            case ast.Event():
                self.play.event(line, scope, conjunction(draft.gates, around.when), around.citation)
            case ast.Field() | ast.Choose() | ast.Grant() | ast.Activate():
                self._structural(line, scope, draft, around)
            case ast.Relation():
                self.report.error(
                    "relation.unsupported",
                    line.span,
                    "relations are not run by this version",
                    hint="leave the line out until a version of the engine that has relations",
                )
            case _:
                pass

    def _structural(
        self, line: ast.Field | ast.Choose | ast.Grant | ast.Activate, scope: Scope, draft: Draft, around: Around
    ) -> None:
        if around.derived is not None:
            self.inside_derived(line.span, around.derived)
            return
        if isinstance(line, ast.Activate):
            self._activate_when(line, scope, draft)
            return
        draft = self.gated(line.when, scope, draft)
        match line:
            case ast.Field():
                self._field(line, scope, draft, around)
            case ast.Choose():
                self._choose(line, scope, draft, around)
            case ast.Grant():
                self._grant(line, scope, draft, around)

    def _while(self, line: ast.While, scope: Scope, draft: Draft, around: Around) -> None:
        gate = self.expressions.truth(line.condition, scope)
        if self.strata.derived_read(gate, scope) is None:
            self.strata.require(gate, scope, "this `while`", line.condition.span)
            self._lines(line.body, scope, draft.inner(gate), around)
            return
        joined = conjunction(around.when, gate)
        self._lines(line.body, scope, draft, Around(joined, around.citation, line.condition.span))

    def _at(self, line: ast.At, scope: Scope, draft: Draft, around: Around) -> None:
        value = self.expressions.check(line.path, scope, t.IntType())
        several = len(line.numbers) > 1
        copies = scope.copies * len(line.numbers)
        if copies > MOST_COPIES:
            self.report.error("at.product", line.span, f"these `at` lines stand for more than {MOST_COPIES} copies of their body")
            return
        if any(after <= before for before, after in pairwise(line.numbers)):
            self.report.error(
                "at.order", line.span, "the numbers of an `at` line rise, each once", expected=sorted(set(line.numbers))
            )
        for number in line.numbers:
            gate = f.Compare(t.BoolType(), value, ">=", f.Constant(t.IntType(number, number), number))
            self.strata.require(value, scope, "this `at`", line.path.span)
            local = dict(scope.local)
            for inner in _declaring(line.body):
                form = "choice" if isinstance(inner, ast.Choose) else "field"
                name = inner.name if isinstance(inner, ast.Choose | ast.Field) else self.part_name(inner)
                if name is not None:
                    local[name] = numbered(name, number, form, several=several)
            inside = replace(scope, copies=copies, counted=value, number=number, several=several, local=local)
            self._lines(line.body, inside, draft.inner(gate), around)

    def _open(self, line: ast.OpenLine, scope: Scope, draft: Draft, around: Around) -> None:
        declared = self.program.declared
        if line.head in declared.phrases:
            for inner, place in expand(line, declared, self.program.hierarchy, self.report):
                with self.report.within(f"phrase `{line.head}`", place):
                    self._line(inner, scope, draft, around)
        elif line.head in declared.records:
            if around.derived is not None:
                self.inside_derived(line.span, around.derived)
            else:
                self._part(line, scope, self.gated(line.when, scope, draft), around)
        elif line.head not in declared.kinds:
            self.unknown_head(line)

    def unknown_head(self, line: ast.OpenLine) -> None:
        """Report a line whose first word nothing declares."""
        known = [*self.program.declared.heads(), *LINE_WORDS]
        self.report.error(
            "line.unknown",
            line.span,
            f"a line cannot start with `{line.head}`: no kind, record or phrase has this name",
            found=line.head,
            known=known,
        )

    def _field(self, line: ast.Field, scope: Scope, draft: Draft, around: Around) -> None:
        key = numbered(line.name, scope.number, "field", several=scope.several)
        written = self.expressions.hierarchy.type_of(line.type, scope.pack)
        label = line.label or label_of(line.name)
        cited = next((inner.text for inner in line.body if isinstance(inner, ast.Cite)), around.citation)
        if isinstance(written, t.InstancesType):
            ordered = line.type.word == "sequence"
            draft.collections[key] = m.Collection(key, label, written.shape, line.type.maximum or 1000, ordered, line.span)
            return
        if line.type.word == "record" and isinstance(written, t.InstanceType):
            bindings, effects = self._part_body(line, scope, key, replace(around, citation=cited))
            draft.fields.pop(key, None)
            draft.parts[key] = m.Part(key, label, written.shape, bindings, effects, cited, line.span)
            return
        formula = None if line.value is None else self.expressions.check(line.value, scope, written)
        if line.mode == "structural" and formula is not None:
            self.strata.require(formula, scope, f"the structural field `{line.name}`", line.span)
        low, high = (self._limit(limit, scope) for limit in (line.type.low, line.type.high))
        where = None
        if line.where is not None:
            where = self.expressions.truth(line.where, scope.bind_type("it", candidate(written)))
        prose = next((inner.text for inner in line.body if isinstance(inner, ast.Prose)), None)
        draft.fields[key] = m.Field(
            key, label, written, m.Mode(line.mode), formula, low, high, where, prose, cited, scope.pack, line.span
        )
        self._field_lines(line, scope, draft, replace(around, citation=cited))

    def _field_lines(self, line: ast.Field, scope: Scope, draft: Draft, around: Around) -> None:
        for inner in line.body:
            if not isinstance(inner, ast.Cite | ast.Prose):
                self._line(inner, scope, draft, around)

    def _limit(self, limit: ast.Limit | None, scope: Scope) -> f.Formula | None:
        if limit is None:
            return None
        if isinstance(limit.value, ast.Path):
            return self.expressions.check(limit.value, scope, t.NumberType())
        make = t.IntType if isinstance(limit.value, int) else t.NumberType
        return f.Constant(make(limit.value, limit.value), limit.value)


def _declaring(lines: Sequence[ast.Statement]) -> list[ast.Field | ast.Choose | ast.OpenLine]:
    found: list[ast.Field | ast.Choose | ast.OpenLine] = []
    for line in lines:
        if isinstance(line, ast.Field | ast.Choose | ast.OpenLine):
            found.append(line)
        elif isinstance(line, ast.While):
            found += _declaring(line.body)
    return found
