"""The ranges of sums, products and quotients: what a formula of bounded fields can give."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from rulecore.formula import types as t

Bound = int | Fraction | None


def bounds(of: t.Type) -> tuple[Bound, Bound]:
    """Give the constant bounds of a numeric type, none where open."""
    return (of.low, of.high) if isinstance(of, t.IntType | t.NumberType) else (None, None)


def is_numeric(of: t.Type) -> bool:
    """Tell whether values of a type can be added up."""
    return isinstance(of, t.IntType | t.NumberType | t.DiceType)


def combined(left: t.Type, operator: str, right: t.Type) -> t.Type | None:
    """Give the type of `left operator right`, or none where it has no meaning."""
    if not (is_numeric(left) and is_numeric(right)):
        return None
    if isinstance(left, t.DiceType) or isinstance(right, t.DiceType):
        return _with_dice(left, operator, right)
    whole = isinstance(left, t.IntType) and isinstance(right, t.IntType)
    low, high = _range(bounds(left), operator, bounds(right))
    unit = (
        (left.unit or right.unit)
        if operator in "+-" and isinstance(left, t.IntType | t.NumberType) and isinstance(right, t.IntType | t.NumberType)
        else None
    )
    if not whole:
        return t.NumberType(low, high, unit)
    if operator == "/":
        low, high = (None if bound is None else bound // 1 for bound in (low, high))
    return t.IntType(low, high, unit)


def with_zero(of: t.Type) -> t.Type:
    """Give the type of a value that may be missing, and then reads as zero."""
    low, high = bounds(of)
    least = None if low is None else min(low, 0)
    most = None if high is None else max(high, 0)
    if isinstance(of, t.IntType):
        return t.IntType(least, most, of.unit)
    return t.NumberType(least, most, of.unit) if isinstance(of, t.NumberType) else of


def _with_dice(left: t.Type, operator: str, right: t.Type) -> t.Type | None:
    if operator in "+-":
        fits = not isinstance(left, t.NumberType) and not isinstance(right, t.NumberType)
        return t.DiceType() if fits else None
    both = isinstance(left, t.DiceType) and isinstance(right, t.DiceType)
    by_whole = isinstance(left, t.IntType) or isinstance(right, t.IntType)
    return t.DiceType() if operator == "*" and not both and by_whole else None


def _range(left: tuple[Bound, Bound], operator: str, right: tuple[Bound, Bound]) -> tuple[Bound, Bound]:
    if operator == "+":
        return _plus(left[0], right[0]), _plus(left[1], right[1])
    if operator == "-":
        return _plus(left[0], _minus(right[1])), _plus(left[1], _minus(right[0]))
    if None in left or None in right:
        return None, None
    if operator == "/" and contains_zero(right):
        return None, None
    results = [a * b if operator == "*" else Fraction(a) / b for a, b in product(left, right)]  # type: ignore[operator,arg-type]
    return min(results), max(results)


def contains_zero(of: tuple[Bound, Bound]) -> bool:
    """Tell whether a range may be zero."""
    low, high = of
    return (low is None or low <= 0) and (high is None or high >= 0)


def _plus(left: Bound, right: Bound) -> Bound:
    return None if left is None or right is None else left + right


def _minus(bound: Bound) -> Bound:
    return None if bound is None else -bound


def negated(of: t.Type) -> t.Type | None:
    """Give the type of `-x`, or none where it has no meaning."""
    if isinstance(of, t.IntType):
        return t.IntType(_minus(of.high), _minus(of.low))
    if isinstance(of, t.NumberType):
        return t.NumberType(_minus(of.high), _minus(of.low))
    return of if isinstance(of, t.DiceType) else None


def never_inside(of: t.Type, want: t.Type) -> bool:
    """Tell whether no value of a numeric type lies in the range that is wanted."""
    (low, high), (least, most) = bounds(of), bounds(want)
    below = high is not None and least is not None and high < least
    return below or (low is not None and most is not None and low > most)
