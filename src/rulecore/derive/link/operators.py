"""Code of operators: tests, comparisons, sums and steps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from rulecore.dataclass import replace
from rulecore.derive.link.code import (
    Code,
    Known,
    Linked,
    Place,
    Range,
    followed_by_sum,
    is_amount,
    is_exact,
    is_number,
    is_whole,
    may_be_none,
    number_code,
    reads_of,
)
from rulecore.formula import ast as f
from rulecore.formula import types as t
from rulecore.formula.scalar import product, quotient
from rulecore.formula.values import entry_of, rank, same

if TYPE_CHECKING:
    from rulecore.derive.link.linker import Linker

_ORDERED = (t.IntType, t.NumberType, t.DiceType, t.EnumType)


def all_known(parts: Sequence[Linked]) -> bool:
    """Tell whether nothing is left to be computed."""
    return all(isinstance(part, Known) for part in parts)


def is_true(linker: Linker, linked: Linked, of: t.Type) -> Linked:
    """Give what counts as true or false as a truth."""
    if isinstance(linked, Known):
        return Known(bool(linked.value))
    return linked if isinstance(of, t.BoolType) and not linked.may_be_none else linker.call(bool, [linked])


# ---- truths


def _if(linker: Linker, e: f.If, place: Place) -> Linked:
    condition = linker.link(e.condition, place)
    if isinstance(condition, Known):
        return linker.link(e.then if condition.value else e.otherwise, place)
    return either(linker, condition, linker.link(e.then, place), linker.link(e.otherwise, place))


def either(linker: Linker, condition: Linked, then: Linked, otherwise: Linked) -> Linked:
    """Give code of one of two values."""
    if isinstance(condition, Known):
        return then if condition.value else otherwise
    both = (then, otherwise)
    if isinstance(then, Known) and isinstance(otherwise, Known) and same_value(then.value, otherwise.value):
        return then
    text = f"({linker.text(then)} if {condition.text} else {linker.text(otherwise)})"
    low, high = _union(both)
    reads, candidates = reads_of((condition, *both)), _either_candidates(both)
    return Code(text, reads, may_be_none=any(map(may_be_none, both)), low=low, high=high, candidates=candidates)


def same_value(left: Any, right: Any) -> bool:
    """Tell whether two settled values are one: of one type and equal."""
    return left is right or (type(left) is type(right) and bool(left == right))


def _either_candidates(both: Sequence[Linked]) -> tuple[Any, ...] | None:
    found: dict[Any, None] = {}
    for each in both:
        values = each.candidates if isinstance(each, Code) else _led_to(each.value)
        if values is None:
            return None
        found |= dict.fromkeys(values)
    return tuple(found)


def _led_to(value: Any) -> tuple[Any, ...] | None:
    """Give the entries and instances that a settled value is or has, none where it is something else."""
    values = value if isinstance(value, tuple | frozenset) else (value,)
    return tuple(values) if all(each is None or hasattr(each, "kinds") or hasattr(each, "shapes") for each in values) else None


def bounds(linked: Linked) -> Range:
    """Give the least and the greatest whole number that code gives, as far as known."""
    if isinstance(linked, Known):
        return (linked.value, linked.value) if type(linked.value) is int else (None, None)
    return linked.low, linked.high


def _union(both: Sequence[Linked]) -> Range:
    lows, highs = zip(*map(bounds, both), strict=True)
    return None if None in lows else min(lows), None if None in highs else max(highs)


def _and(linker: Linker, e: f.And, place: Place) -> Linked:
    return _joined(linker, e, place, "and", stops=False)


def _or(linker: Linker, e: f.Or, place: Place) -> Linked:
    return _joined(linker, e, place, "or", stops=True)


def _joined(linker: Linker, e: f.And | f.Or, place: Place, word: str, *, stops: bool) -> Linked:
    left = is_true(linker, linker.link(e.left, place), e.left.type)
    if isinstance(left, Known):
        return Known(stops) if left.value is stops else is_true(linker, linker.link(e.right, place), e.right.type)
    right = is_true(linker, linker.link(e.right, place), e.right.type)
    return connected([left, right], word, stops=stops)


def connected(tests: Sequence[Linked], word: str, *, stops: bool) -> Linked:
    """Give code of truths joined by `and` or `or`; `stops` is the truth that decides alone."""
    if any(isinstance(each, Known) and each.value is stops for each in tests):
        return Known(stops)
    open_ones = [each for each in tests if isinstance(each, Code)]
    if len(open_ones) < 2:
        return open_ones[0] if open_ones else Known(not stops)
    return Code("(" + f" {word} ".join(each.text for each in open_ones) + ")", reads_of(open_ones))


def _not(linker: Linker, e: f.Not, place: Place) -> Linked:
    operand = linker.link(e.operand, place)
    return Known(not operand.value) if isinstance(operand, Known) else Code(f"(not {operand.text})", operand.reads)


# ---- comparisons


def _compare(linker: Linker, e: f.Compare, place: Place) -> Linked:
    left, right = linker.link(e.left, place), linker.link(e.right, place)
    if all_known((left, right)):
        return linker.settled(e, place)
    reads = reads_of((left, right))
    if e.operator in {"=", "!="}:
        return _equal(linker, e, (left, right), reads)
    if is_number(e.left.type, left) and is_number(e.right.type, right):
        return Code(f"({linker.text(left)} {e.operator} {linker.text(right)})", reads)
    order = linker.constant(e.left.type)
    sides = [f"{linker.constant(rank)}({linker.text(each)}, {order})" for each in (left, right)]
    return Code(f"({sides[0]} {e.operator} {sides[1]})", reads)


def _equal(linker: Linker, e: f.Compare, sides: tuple[Linked, Linked], reads: frozenset[int]) -> Linked:
    types = (e.left.type, e.right.type)
    operator = "==" if e.operator == "=" else "!="
    texts = [linker.text(each) for each in sides]
    if all(is_whole(of, each) for of, each in zip(types, sides, strict=True)) or _are_words(types, sides):
        return Code(f"({texts[0]} {operator} {texts[1]})", reads)
    if all(_is_entry(of, each) for of, each in zip(types, sides, strict=True)):
        return Code(f"({texts[0]} {'is' if e.operator == '=' else 'is not'} {texts[1]})", reads)
    negated = "" if e.operator == "=" else "not "
    return Code(f"({negated}{linker.constant(same)}({texts[0]}, {texts[1]}))", reads)


def _are_words(types: tuple[t.Type, t.Type], sides: tuple[Linked, Linked]) -> bool:
    return all(_is_word(of, each) for of, each in zip(types, sides, strict=True))


def _is_word(of: t.Type, linked: Linked) -> bool:
    if isinstance(linked, Known):
        return isinstance(linked.value, str | bool)
    return isinstance(of, t.EnumType | t.BoolType | t.TextType) and not linked.may_be_none


def _is_entry(of: t.Type, linked: Linked) -> bool:
    """Tell whether code gives an entry or none, never an instance that stands for one."""
    if isinstance(linked, Known):
        return linked.value is None or hasattr(linked.value, "kinds")
    if not isinstance(of, t.RefType) or linked.candidates is None:
        return False
    return not any(hasattr(each, "shapes") for each in linked.candidates)


def _has(linker: Linker, e: f.Has, place: Place) -> Linked:
    left, right = linker.link(e.left, place), linker.link(e.right, place)
    if all_known((left, right)):
        return linker.settled(e, place)
    if isinstance(e.left.type, t.SetType) and _is_entry(e.right.type, right):
        return Code(f"({linker.text(right)} in {linker.text(left)})", reads_of((left, right)))
    return linker.interpreted(e, place, reads_of((left, right)))


def _is(linker: Linker, e: f.Is, place: Place) -> Linked:
    operand = linker.link(e.operand, place)
    if isinstance(operand, Known):
        return linker.settled(e, place)
    if operand.candidates is None:
        return linker.interpreted(e, place, operand.reads)
    such = frozenset(each for each in operand.candidates if _is_such(each, e.names))
    return Code(f"({operand.text} in {linker.constant(such)})", operand.reads)


def _is_such(value: Any, names: frozenset[str]) -> bool:
    if hasattr(value, "shapes") and not value.shapes.isdisjoint(names):
        return True
    entry = entry_of(value)
    return entry is not None and entry.kind in names


# ---- amounts


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
    if isinstance(right, Known) and right.value == 0 and operator in "+-":
        return left
    if isinstance(left, Known) and left.value == 0 and operator == "+":
        return right
    text = f"({linker.text(left)} {operator} {linker.text(right)})"
    follows = () if operator == "*" else followed_by_sum(left, right, -1 if operator == "-" else 1)
    found = number_code(text, reads_of((left, right)), _range(operator, bounds(left), bounds(right)), follows)
    averaged = any(isinstance(each, Code) and each.averaged for each in (left, right))
    return replace(found, exact=is_exact(left) and is_exact(right), averaged=averaged)


def _range(operator: str, left: Range, right: Range) -> Range:
    if operator == "-":
        right = (None if right[1] is None else -right[1], None if right[0] is None else -right[0])
    if operator not in "+-":
        return None, None
    low, high = (None if one is None or other is None else one + other for one, other in zip(left, right, strict=True))
    return low, high


def _divided(linker: Linker, e: f.Arithmetic, left: Linked, right: Linked) -> Linked:
    by = right.value if isinstance(right, Known) else None
    if type(by) is int and by > 0 and is_whole(e.left.type, left) and isinstance(e.type, t.IntType):
        low, high = (None if bound is None else bound // by for bound in bounds(left))
        return number_code(f"({linker.text(left)} // {by})", reads_of((left,)), (low, high))

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
    f.If: _if,
    f.And: _and,
    f.Or: _or,
    f.Not: _not,
    f.Compare: _compare,
    f.Has: _has,
    f.Is: _is,
    f.Arithmetic: _arithmetic,
    f.Negative: _negative,
}
