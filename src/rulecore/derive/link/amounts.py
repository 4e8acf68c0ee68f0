"""Code of amounts: sums, products and quotients of numbers and dice."""

from __future__ import annotations

from collections.abc import Callable
from operator import add, mul, sub
from typing import TYPE_CHECKING, Any

from rulecore.dataclass import replace
from rulecore.derive.link.code import (
    Code,
    Follows,
    Known,
    Linked,
    Place,
    Range,
    followed_by_sum,
    is_amount,
    is_certainly_whole,
    is_exact,
    is_number,
    is_whole,
    number_code,
    reads_of,
)
from rulecore.derive.link.operators import all_known, bounds, by_case
from rulecore.formula import ast as f
from rulecore.formula import types as t
from rulecore.formula.dice import Dice
from rulecore.formula.scalar import product, quotient

if TYPE_CHECKING:
    from rulecore.derive.link.linker import Linker


def _arithmetic(linker: Linker, e: f.Arithmetic, place: Place) -> Linked:
    both = linker.link_amount(e.left, place), linker.link_amount(e.right, place)
    if all_known(both):
        return linker.settled(e, place)
    if e.operator in "+-" and _add_up(e, both):
        return operated(linker, _kept(linker, e.left, place, both[0]), e.operator, both[1])
    left, right = map(linker.plainly, both)
    if e.operator == "*" and is_number(e.left.type, left) and is_number(e.right.type, right):
        return operated(linker, left, e.operator, right)
    if e.operator in "+-" and is_amount(e.left.type, left) and is_amount(e.right.type, right):
        return operated(linker, left, e.operator, right)
    if e.operator == "/":
        return _divided(linker, e, left, right)
    return linker.call(product, [left, right]) if e.operator == "*" else linker.interpreted(e, place, reads_of((left, right)))


def _add_up(e: f.Arithmetic, both: tuple[Linked, Linked]) -> bool:
    """Tell whether the average of the sum is the sum of the averages: nothing but dice and whole numbers is in it."""
    if not any(isinstance(each, Code) and each.averaged for each in both):
        return isinstance(e.type, t.DiceType) and is_amount(e.left.type, both[0]) and is_amount(e.right.type, both[1])
    sides = zip((e.left.type, e.right.type), both, strict=True)
    return all(is_whole(of, each) or (isinstance(each, Code) and each.averaged) for of, each in sides)


def _kept(linker: Linker, formula: f.Formula, place: Place, linked: Linked) -> Linked:
    """Keep a sum of dice in a slot: the dice change less often than what is added to them."""
    is_sum = isinstance(formula, f.Arithmetic) and isinstance(formula.type, t.DiceType)
    return linker.lifted(formula, place, linked) if is_sum and not (isinstance(linked, Code) and linked.averaged) else linked


def operated(linker: Linker, left: Linked, operator: str, right: Linked) -> Linked:
    """Give code of two amounts with an operator of Python between them."""
    both = (left, right)
    if isinstance(right, Known) and right.value == (1 if operator == "*" else 0):
        return left
    if isinstance(left, Known) and left.value == 0 and operator == "+":
        return right
    if operator == "-" and linker.text(left) == linker.text(right) and all(map(is_certainly_whole, both)):
        return Known(0)
    averaged = any(isinstance(each, Code) and each.averaged for each in both)
    by_truth = None if averaged else by_case(linker, both, _PLAIN[operator])
    if by_truth is not None:
        return by_truth
    follows = _followed_by_product(left, right) if operator == "*" else followed_by_sum(left, right, -1 if operator == "-" else 1)
    found = number_code(_operated(linker, left, operator, right), reads_of(both), _range(operator, *map(bounds, both)), follows)
    is_certain = all(map(is_certainly_whole, both)) and not averaged
    return replace(found, exact=is_exact(left) and is_exact(right), averaged=averaged, whole=is_certain)


_PLAIN: dict[str, Callable[..., Any]] = {"+": add, "-": sub, "*": mul}


def _operated(linker: Linker, left: Linked, operator: str, right: Linked) -> str:
    """Give the text of two amounts with an operator between them; sums of settled dice and a number are made once each."""
    if operator == "+":
        for dice, number in ((left, right), (right, left)):
            if isinstance(dice, Known) and isinstance(dice.value, Dice) and is_certainly_whole(number):
                return f"{linker.constant(linker.sums(dice.value))}[{linker.text(number)}]"
    return f"({linker.text(left)} {operator} {linker.text(right)})"


def _followed_by_product(left: Linked, right: Linked) -> Follows:
    """Give the slots with which a product changes every time: those of a whole number, times another that is not zero."""
    for one, other in ((left, right), (right, left)):
        if isinstance(one, Code) and one.whole and isinstance(other, Known) and type(other.value) is int and other.value:
            return tuple((slot, 0) for slot, _sign in one.follows)
    return ()


def _range(operator: str, left: Range, right: Range) -> Range:
    if operator == "-":
        right = (None if right[1] is None else -right[1], None if right[0] is None else -right[0])
    if operator == "*":
        return _range_of_product(left, right)
    low, high = (None if one is None or other is None else one + other for one, other in zip(left, right, strict=True))
    return low, high


def _range_of_product(left: Range, right: Range) -> Range:
    (low, high), (other_low, other_high) = left, right
    if low is None or other_low is None or low < 0 or other_low < 0:
        return None, None
    return low * other_low, None if high is None or other_high is None else high * other_high


def _divided(linker: Linker, e: f.Arithmetic, left: Linked, right: Linked) -> Linked:
    by = right.value if isinstance(right, Known) else None
    if type(by) is int and by > 0 and is_whole(e.left.type, left) and isinstance(e.type, t.IntType):
        low, high = (None if bound is None else bound // by for bound in bounds(left))
        return replace(number_code(f"({linker.text(left)} // {by})", reads_of((left,)), (low, high)), whole=True)

    def divided(dividend: Any, divisor: Any) -> Any:
        return quotient(dividend, divisor, of=e.type)

    return linker.call(divided, [left, right])


def _negative(linker: Linker, e: f.Negative, place: Place) -> Linked:
    operand = linker.link(e.operand, place)
    if isinstance(operand, Known):
        return linker.settled(e, place)
    if not is_number(e.operand.type, operand):
        return linker.interpreted(e, place, operand.reads)
    return operated(linker, Code("(0)", operand.reads), "-", operand)


RULES: dict[type, Callable[[Any, Any, Place], Linked]] = {
    f.Arithmetic: _arithmetic,
    f.Negative: _negative,
}
