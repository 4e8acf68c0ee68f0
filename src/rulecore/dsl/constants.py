"""Values known when a pack loads: properties, defaults, table rows."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from rulecore.formula import ast as f
from rulecore.formula import dice
from rulecore.formula import types as t


class NotConstant(Exception):
    """The formula reads something that a document may change."""


def constant(formula: f.Formula) -> Any:
    """Give the value of a formula that reads nothing; raises NotConstant."""
    match formula:
        case f.Constant():
            return formula.value
        case f.Call() if formula.function == "dice":
            count, sides = (constant(argument) for argument in formula.arguments)
            return dice.dice_of(count, sides)
        case f.Call() if formula.function in {"set", "list"}:
            values = [constant(argument) for argument in formula.arguments]
            return frozenset(values) if isinstance(formula.type, t.SetType) else tuple(values)
        case f.Negative():
            return (
                dice.add(0, constant(formula.operand), -1)
                if isinstance(constant(formula.operand), dice.Dice)
                else -constant(formula.operand)
            )
        case f.Arithmetic() if formula.operator == "/":
            left, right = constant(formula.left), constant(formula.right)
            return left // right if isinstance(left, int) and isinstance(right, int) else Fraction(left) / right
        case f.Arithmetic() if formula.operator in "+-*":
            return _combined(constant(formula.left), formula.operator, constant(formula.right))
    raise NotConstant


def _combined(left: Any, operator: str, right: Any) -> Any:
    if operator == "*":
        return dice.times(left, right) if isinstance(left, dice.Dice) else dice.times(right, left)
    if isinstance(left, dice.Dice) or isinstance(right, dice.Dice):
        return dice.add(left, right, 1 if operator == "+" else -1)
    return left + right if operator == "+" else left - right


def as_type(value: Any, of: t.Type) -> Any:
    """Give a constant as a value of a type: one entry as a set of one, a decimal as the whole number below it."""
    if isinstance(of, t.SetType) and value is not None and not isinstance(value, frozenset):
        return frozenset({value})
    if isinstance(of, t.IntType) and value is not None:
        return value // 1
    if isinstance(of, t.EnumType) and value is None and "none" in of.words:
        return "none"
    return value
