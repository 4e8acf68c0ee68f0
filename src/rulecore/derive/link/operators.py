"""Code of operators: tests, comparisons, sums and steps."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from rulecore.dataclass import replace
from rulecore.derive.link.code import (
    Code,
    Known,
    Linked,
    Place,
    Range,
    is_certainly_whole,
    is_number,
    is_whole,
    may_be_none,
    reads_of,
)
from rulecore.formula import ast as f
from rulecore.formula import types as t
from rulecore.formula.values import entry_of, rank, same

if TYPE_CHECKING:
    from rulecore.derive.link.linker import Linker

_OPPOSITE = {">=": "<", "<=": ">"}
_NOT_A_SLOT = re.compile(r"\(not (v\[\d+\])\)")
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
    opposite = _NOT_A_SLOT.fullmatch(condition.text)
    if opposite:
        condition, then, otherwise = replace(condition, text=opposite[1]), otherwise, then
    both = (then, otherwise)
    if isinstance(then, Known) and isinstance(otherwise, Known) and same_value(then.value, otherwise.value):
        return then
    text = f"({linker.text(then)} if {condition.text} else {linker.text(otherwise)})"
    low, high = _union(both)
    reads, candidates = reads_of((condition, *both)), _either_candidates(both)
    found = Code(text, reads, may_be_none=any(map(may_be_none, both)), low=low, high=high, candidates=candidates)
    found = replace(found, whole=all(map(is_certainly_whole, both)))
    if isinstance(then, Known) and isinstance(otherwise, Known):
        differ = bool(then.value != otherwise.value)
        follows = tuple((slot, 0) for slot in condition.reads if differ and condition.text == f"v[{slot}]")
        return replace(found, cases=(condition, then.value, otherwise.value), follows=follows)
    return found


def by_case(linker: Linker, parts: Sequence[Linked], function: Callable[..., Any]) -> Linked | None:
    """Give code of a function of parts of which one truth says what all of them are; none where that is not so."""
    truths = [part.cases[0] for part in parts if isinstance(part, Code) and part.cases is not None]
    both = [(part.value, part.value) if isinstance(part, Known) else part.cases and part.cases[1:] for part in parts]
    known = [each for each in both if each is not None]
    if not truths or len(known) < len(parts) or any(each.text != truths[0].text for each in truths):
        return None
    then, otherwise = (Known(function(*values)) for values in zip(*known, strict=True))
    return either(linker, truths[0], then, otherwise)


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
    return Known(not operand.value) if isinstance(operand, Known) else negated(operand)


def negated(truth: Code) -> Code:
    """Give the opposite of a truth."""
    return Code(f"(not {truth.text})", truth.reads)


# ---- comparisons


def _compare(linker: Linker, e: f.Compare, place: Place) -> Linked:
    left, right = linker.link(e.left, place), linker.link(e.right, place)
    if all_known((left, right)):
        return linker.settled(e, place)
    reads = reads_of((left, right))
    if e.operator in {"=", "!="}:
        decided = _decided_equality(linker, e, left, right)
        return _equal(linker, e, (left, right), reads) if decided is None else decided
    if is_number(e.left.type, left) and is_number(e.right.type, right):
        by_bounds = _decided_order(e.operator, bounds(left), bounds(right))
        if by_bounds is not None:
            return Known(by_bounds)
        if e.operator in _OPPOSITE:
            # One of two opposites is enough, so that who asks for either asks for the same.
            return negated(Code(f"({linker.text(left)} {_OPPOSITE[e.operator]} {linker.text(right)})", reads))
        return Code(f"({linker.text(left)} {e.operator} {linker.text(right)})", reads)
    order = linker.constant(e.left.type)
    sides = [f"{linker.constant(rank)}({linker.text(each)}, {order})" for each in (left, right)]
    return Code(f"({sides[0]} {e.operator} {sides[1]})", reads)


def _decided_order(operator: str, left: Range, right: Range) -> bool | None:
    """Tell how a comparison comes out, where the bounds of both sides leave no doubt."""
    if operator in {"<", ">="}:
        left, right = right, left
    # From here on it is about `left > right`, or its opposite.
    (low, high), (other_low, other_high) = left, right
    if low is not None and other_high is not None and low > other_high:
        return operator in "<>"
    if high is not None and other_low is not None and high <= other_low:
        return operator not in "<>"
    return None


def _decided_equality(linker: Linker, e: f.Compare, left: Linked, right: Linked) -> Linked | None:
    """Give what is left of a comparison with a settled truth, of what is one and the same, or of two cases."""
    is_equal = e.operator == "="
    if linker.text(left) == linker.text(right) and is_certainly_whole(left) and is_certainly_whole(right):
        return Known(is_equal)
    for one, other, of in ((left, right, e.left.type), (right, left, e.right.type)):
        if isinstance(one, Code) and isinstance(of, t.BoolType) and isinstance(other, Known) and type(other.value) is bool:
            return one if other.value is is_equal else negated(one)
    return by_case(linker, (left, right), same if is_equal else _differ)


def _differ(left: Any, right: Any) -> bool:
    return not same(left, right)


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


RULES: dict[type, Callable[[Any, Any, Place], Linked]] = {
    f.If: _if,
    f.And: _and,
    f.Or: _or,
    f.Not: _not,
    f.Compare: _compare,
    f.Has: _has,
    f.Is: _is,
}
