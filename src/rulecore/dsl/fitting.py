"""Whether a formula fits the type that its place expects."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence

from rulecore.dsl import arithmetic, ast
from rulecore.dsl.kinds import UNKNOWN
from rulecore.dsl.paths import FAULT, Paths
from rulecore.dsl.scope import Scope
from rulecore.formula import ast as f
from rulecore.formula import types as t
from rulecore.model.entry import Entry
from rulecore.source import Span

TRUTH = t.BoolType()


class Fitting(Paths):
    """Checks expressions against expected types; what an expression means is for those who inherit."""

    @abstractmethod
    def infer(self, expression: ast.Expression, scope: Scope, want: t.Type | None) -> f.Formula:
        """Give the typed formula of an expression; by `want` its bare words are understood."""

    def check(self, expression: ast.Expression, scope: Scope, want: t.Type | None = None) -> f.Formula:
        """Give the typed formula of an expression; where a type is wanted, it fits that type or a fault is reported."""
        formula = self.infer(expression, scope, want)
        return formula if want is None else self.fit(formula, want, expression)

    def truth(self, expression: ast.Expression, scope: Scope) -> f.Formula:
        """Give the typed formula of a condition."""
        return self.check(expression, scope, TRUTH)

    def fit(self, formula: f.Formula, want: t.Type, at: ast.Expression) -> f.Formula:
        """Give the formula where it fits a type; report it otherwise."""
        of = formula.type
        if UNKNOWN in (of, want):
            return formula
        if is_none(formula):
            if isinstance(want, t.RefType | t.SetType | t.InstanceType | t.NoneType):
                return formula
            return self.fault("type.none", at, f"`none` is no value of type {want}", expected=str(want))
        if not self._units_agree(of, want):
            return self.fault(
                "unit.mismatch", at, f"a value in {_unit(want)} is expected, and this is in {_unit(of)}", expected=_unit(want)
            )
        if isinstance(formula, f.Constant) and isinstance(formula.value, Entry) and isinstance(want, t.RefType | t.SetType):
            if want.kind in formula.value.kinds:
                return formula
            return self.fault(
                "type.mismatch",
                at,
                f"a {want.kind} is expected, and `{formula.value.name}` is a {formula.value.kind}",
                expected=str(want),
            )
        if arithmetic.is_numeric(of) and isinstance(want, t.IntType | t.NumberType) and not isinstance(of, t.DiceType):
            if arithmetic.never_inside(of, want):
                low, high = arithmetic.bounds(of)
                shown = low if low == high else f"{'' if low is None else low}..{'' if high is None else high}"
                return self.fault("range.never", at, f"this gives {shown}, which is never inside {want}", expected=str(want))
            return formula
        if self._fits(of, want):
            return formula
        hint = "write `average(…)` for the mean of dice" if isinstance(of, t.DiceType) and arithmetic.is_numeric(want) else None
        message = f"a value of type {want} is expected, and this is {of}"
        return self.fault("type.mismatch", at, message, expected=str(want), hint=hint, related=self.declared_at(formula))

    @staticmethod
    def _units_agree(left: t.Type, right: t.Type) -> bool:
        return None in (_unit(left), _unit(right)) or _unit(left) == _unit(right)

    def _fits(self, of: t.Type, want: t.Type) -> bool:
        if isinstance(want, t.DiceType):
            return isinstance(of, t.IntType | t.DiceType)
        if isinstance(of, t.DiceType):
            return False
        if isinstance(want, t.RefType) and isinstance(of, t.RefType):
            return self.hierarchy.kind_is(of.kind, want.kind) or self.hierarchy.kind_is(want.kind, of.kind)
        if isinstance(want, t.SetType) and isinstance(of, t.RefType | t.SetType):
            return self.hierarchy.kind_is(of.kind, want.kind) or self.hierarchy.kind_is(want.kind, of.kind)
        if isinstance(want, t.InstanceType) and isinstance(of, t.InstanceType):
            return self.hierarchy.is_a(of.shape, want.shape) or self.hierarchy.is_a(want.shape, of.shape)
        return self.hierarchy.joined(of, want) is not None

    def fault(
        self,
        code: str,
        at: ast.Expression,
        message: str,
        *,
        hint: str | None = None,
        expected: object = None,
        related: Sequence[tuple[str, Span]] = (),
    ) -> f.Formula:
        """Report a fault of an expression and go on with a stand-in."""
        self.report.error(code, at.span, message, hint=hint, expected=expected, related=related)
        return FAULT


def plain(of: t.Type) -> t.Type:
    """Give the type by which a word next to a value is understood, without the value's range."""
    match of:
        case t.IntType():
            return t.IntType()
        case t.NumberType():
            return t.NumberType()
        case _:
            return of


def is_none(formula: f.Formula) -> bool:
    """Tell whether a formula is `none` as written."""
    return isinstance(formula, f.Constant) and formula.value is None and formula.type != UNKNOWN


def _unit(of: t.Type) -> str | None:
    return of.unit if isinstance(of, t.IntType | t.NumberType) else None
