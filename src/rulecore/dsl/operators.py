"""Literals and operators: what they mean, and of which types."""

from __future__ import annotations

from rulecore.dsl import arithmetic, ast, signatures
from rulecore.dsl.fitting import TRUTH, Fitting, is_none, plain
from rulecore.dsl.kinds import UNKNOWN
from rulecore.dsl.paths import FAULT
from rulecore.dsl.scope import Scope
from rulecore.formula import ast as f
from rulecore.formula import types as t


class Operators(Fitting):
    """Types literals and operators."""

    def _number(self, e: ast.Number, _scope: Scope, _want: t.Type | None) -> f.Formula:
        make = t.IntType if isinstance(e.value, int) else t.NumberType
        return f.Constant(make(e.value, e.value), e.value)

    def _dice(self, e: ast.Dice, _scope: Scope, _want: t.Type | None) -> f.Formula:
        if e.count < 1 or e.sides < 1:
            return self.fault("dice.sides", e, f"{e.count}d{e.sides} are no dice", hint="write at least 1d1")
        one = f.Constant(t.IntType(), e.count), f.Constant(t.IntType(), e.sides)
        return f.Call(t.DiceType(), "dice", one)

    def _text(self, e: ast.Text, _scope: Scope, _want: t.Type | None) -> f.Formula:
        return f.Constant(t.TextType(), e.value)

    def _literal(self, e: ast.Truth, _scope: Scope, _want: t.Type | None) -> f.Formula:
        return f.Constant(TRUTH, e.value)

    def _nothing(self, _e: ast.Nothing, _scope: Scope, want: t.Type | None) -> f.Formula:
        if isinstance(want, t.EnumType) and "none" in want.words:
            return f.Constant(want, "none")
        holds = isinstance(want, t.RefType | t.SetType | t.InstanceType)
        return f.Constant(want if holds and want is not None else t.NoneType(), None)

    def _list(self, e: ast.ListOf, scope: Scope, want: t.Type | None) -> f.Formula:
        inner = signatures.element_of(want) if want is not None else None
        items = [self.check(item, scope, inner) for item in e.items]
        if isinstance(want, t.SetType):
            return f.Call(want, "set", tuple(items))
        shared: t.Type | None = items[0].type if items else UNKNOWN
        for item in items[1:]:
            shared = None if shared is None else self.hierarchy.joined(shared, item.type)
        if shared is None:
            return self.fault("type.list", e, "the members of this list are of different types")
        of = want if isinstance(want, t.ListType) else signatures.collection_of(shared)
        return f.Call(of, "list", tuple(items))

    def _if(self, e: ast.If, scope: Scope, want: t.Type | None) -> f.Formula:
        condition = self.truth(e.condition, scope)
        then, otherwise = self.infer(e.then, scope, want), self.infer(e.otherwise, scope, want)
        shared = self.hierarchy.joined(then.type, otherwise.type)
        if shared is None:
            return self.fault("type.branches", e, f"one branch gives {then.type}, the other {otherwise.type}")
        return f.If(shared, condition, then, otherwise)

    def _or(self, e: ast.Or, scope: Scope, _want: t.Type | None) -> f.Formula:
        return f.Or(TRUTH, self.truth(e.left, scope), self.truth(e.right, scope))

    def _and(self, e: ast.And, scope: Scope, _want: t.Type | None) -> f.Formula:
        return f.And(TRUTH, self.truth(e.left, scope), self.truth(e.right, scope))

    def _not(self, e: ast.Not, scope: Scope, _want: t.Type | None) -> f.Formula:
        return f.Not(TRUTH, self.truth(e.operand, scope))

    def _pair(self, left: ast.Expression, right: ast.Expression, scope: Scope) -> tuple[f.Formula, f.Formula]:
        """Check two sides that are compared: a bare word on the right is understood by the type of the left."""
        first = self.infer(left, scope, None)
        second = self.infer(right, scope, plain(first.type))
        return first, second

    def _compare(self, e: ast.Compare, scope: Scope, _want: t.Type | None) -> f.Formula:
        left, right = self._pair(e.left, e.right, scope)
        if UNKNOWN in (left.type, right.type):
            return f.Constant(TRUTH, value=False)
        if e.operator in {"=", "!="}:
            if not self._comparable(left, right):
                return self.fault("type.compare", e, f"{left.type} is never equal to {right.type}")
        elif not self._ordered(left.type, right.type):
            return self.fault(
                "type.order",
                e,
                f"{left.type} and {right.type} have no order",
                hint="compare numbers, dice, or words of one list",
            )
        return f.Compare(TRUTH, left, e.operator, right)

    def _comparable(self, left: f.Formula, right: f.Formula) -> bool:
        if is_none(left) or is_none(right) or self.hierarchy.joined(left.type, right.type) is not None:
            return True
        kinds = [of.type.kind for of in (left, right) if isinstance(of.type, t.RefType)]
        shapes = [of.type.shape for of in (left, right) if isinstance(of.type, t.InstanceType)]
        if len(kinds) == 2:
            return any(self.hierarchy.kind_is(a, b) for a, b in (kinds, kinds[::-1]))
        return bool(kinds and shapes and shapes[0].split(" ")[0] in {"entry", "kind", "family"})

    def _ordered(self, left: t.Type, right: t.Type) -> bool:
        if arithmetic.is_numeric(left) and arithmetic.is_numeric(right):
            return True
        return isinstance(left, t.EnumType) and isinstance(right, t.EnumType) and self.hierarchy.joined(left, right) is not None

    def _has(self, e: ast.Has, scope: Scope, _want: t.Type | None) -> f.Formula:
        left = self.infer(e.left, scope, None)
        inner = signatures.element_of(left.type)
        if left.type == UNKNOWN:
            return f.Constant(TRUTH, value=False)
        if inner is None:
            return self.fault("type.has", e, f"`has` asks a set or a list, and this is {left.type}")
        return f.Has(TRUTH, left, self.check(e.right, scope, inner))

    def _is(self, e: ast.Is, scope: Scope, _want: t.Type | None) -> f.Formula:
        operand, name = self.infer(e.left, scope, None), str(e.type)
        shape = f"kind {name}" if name in self.declared.kinds else self.hierarchy.shape_named(name)
        if shape is None:
            known = [*self.declared.kinds, *self.declared.records]
            self.report.error("name.unknown", e.type.span, f"there is no kind or record `{name}`", found=name, known=known)
            return f.Constant(TRUTH, value=False)
        names = frozenset(sub.removeprefix("kind ") for sub in self.hierarchy.descendants(shape))
        return f.Is(TRUTH, operand, names)

    def _arithmetic(self, e: ast.Arithmetic, scope: Scope, want: t.Type | None) -> f.Formula:
        wanted = want if want is not None and arithmetic.is_numeric(want) else None
        left, right = self.infer(e.left, scope, wanted), self.infer(e.right, scope, wanted)
        if UNKNOWN in (left.type, right.type):
            return FAULT
        if (
            e.operator == "/"
            and arithmetic.contains_zero(arithmetic.bounds(right.type))
            and not isinstance(right.type, t.DiceType)
        ):
            low, high = ("?" if bound is None else bound for bound in arithmetic.bounds(right.type))
            return self.fault(
                "range.division",
                e.right,
                f"this divides by {low}..{high}, which may be zero",
                hint="divide by `highest(1, …)`",
            )
        if e.operator in "+-" and not self._units_agree(left.type, right.type):
            return self.fault("unit.mismatch", e, f"{left.type} {e.operator} {right.type}: the units differ")
        result = arithmetic.combined(left.type, e.operator, right.type)
        if result is None:
            return self.fault("type.arithmetic", e, f"{left.type} {e.operator} {right.type} has no meaning")
        return f.Arithmetic(result, left, e.operator, right)

    def _negative(self, e: ast.Negative, scope: Scope, want: t.Type | None) -> f.Formula:
        operand = self.infer(e.operand, scope, want)
        result = arithmetic.negated(operand.type)
        if operand.type == UNKNOWN:
            return FAULT
        if result is None:
            return self.fault("type.arithmetic", e, f"-{operand.type} has no meaning")
        if isinstance(operand, f.Constant):
            return f.Constant(result, -operand.value)
        return f.Negative(result, operand)
