"""Code of what contributes to a field. `combine` does the same by value.

Effects of the plain sorts are written out, in their order; for everything else, the code calls `combine` itself with the
offers of the moment.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rulecore.dataclass import replace
from rulecore.derive.collect import Contribution, may_aim
from rulecore.derive.combine import Offer, combine
from rulecore.derive.instance import Instance
from rulecore.derive.link.amounts import operated
from rulecore.derive.link.code import (
    Code,
    Known,
    Linked,
    Place,
    Range,
    Unlinkable,
    is_amount,
    is_certainly_whole,
    is_whole,
    joined_candidates,
    may_be_none,
    number_code,
    reads_of,
)
from rulecore.derive.link.gates import acting
from rulecore.derive.link.operators import bounds, connected, either, is_true, same_value
from rulecore.derive.link.typed import as_typed
from rulecore.formula import types as t
from rulecore.formula.ast import Formula
from rulecore.formula.values import rank
from rulecore.model.effect import Operation
from rulecore.model.shape import Field

if TYPE_CHECKING:
    from rulecore.derive.link.linker import Linker

NOTHING_OFFERED = object()
Judged = tuple[Contribution, Linked, Linked]


def bound_of(linker: Linker, instance: Instance, limit: Formula | None) -> Linked:
    """Give the code of a bound, settled as none where there is none."""
    return Known(None) if limit is None else linker.link(limit, Place(instance, {}))


def offers(linker: Linker, instance: Instance, field: Field) -> Sequence[Judged]:
    """Give what contributes to a field: each contribution with the code of its test and of its value."""
    for owner, effect, _of_entry in linker.contributions.floating.get(field.name, ()):
        if may_aim(effect.of.type, instance):
            raise Unlinkable(f"{effect.span} aims at what derived values name: {owner.path}")
    found = linker.contributions.settled(instance, field.name)
    judged = (_judged(linker, each) for each in sorted(found, key=lambda each: each.place) if each.effect.against is None)
    return [each for each in judged if not (isinstance(each[1], Known) and not each[1].value) and not _is_void(each[2])]


def _is_void(linked: Linked) -> bool:
    return isinstance(linked, Known) and (linked.value is None or linked.value in (frozenset(), ()))


def _judged(linker: Linker, each: Contribution) -> Judged:
    effect, place = each.effect, Place(each.owner, {"it": each.it})
    tests = [acting(linker, each.owner, of_entry=each.of_entry)]
    wanted = (formula for formula in (effect.where, effect.when) if formula is not None)
    tests += [is_true(linker, linker.link(formula, place), formula.type) for formula in wanted]
    return each, connected(tests, "and", stops=False), linker.link(effect.value, place)


def with_offers(linker: Linker, of: t.Type, start: Linked, judged: Sequence[Judged]) -> Linked | None:
    """Give code for effects of the plain sorts in their order, none where `combine` itself is needed."""
    if any(each.effect.stack is not None for each, _condition, _value in judged):
        return None
    if isinstance(of, t.IntType):
        return _whole_numbers(linker, start, judged)
    if any(each.effect.cap is not None for each, _condition, _value in judged):
        return None
    operations = {each.effect.operation for each, _condition, _value in judged}
    if operations == {Operation.SET} and isinstance(of, t.BoolType | t.EnumType | t.TextType | t.RefType):
        return _all_set(linker, of, start, judged)
    if operations == {Operation.ADD} and isinstance(of, t.DiceType):
        return _added(linker, start, judged)
    if operations == {Operation.ADD} and isinstance(of, t.SetType):
        return _united(linker, of, start, judged)
    if operations == {Operation.AT_LEAST} and isinstance(of, t.EnumType):
        return _raised(linker, of, start, judged)
    return None


def _of(judged: Sequence[Judged], operation: Operation) -> list[Judged]:
    return [each for each in judged if each[0].effect.operation is operation]


def _whole_numbers(linker: Linker, start: Linked, judged: Sequence[Judged]) -> Linked | None:
    if not all(is_whole(each.effect.value.type, value) for each, _condition, value in judged) or _of(judged, Operation.MULTIPLY):
        return None
    if may_be_none(start):
        return None
    best = start
    for _each, condition, value in _of(judged, Operation.BASE):
        best = _better(linker, best, condition, value, ">")
    additions = _of(judged, Operation.ADD)
    found = _capped(linker, best, [each for each in additions if each[0].effect.cap is not None])
    found = found and _added(linker, found, [each for each in additions if each[0].effect.cap is None])
    for operation, sign in ((Operation.AT_LEAST, ">"), (Operation.AT_MOST, "<")):
        for _each, condition, value in _of(judged, operation):
            found = None if found is None else _better(linker, found, condition, value, sign)
    settings = _of(judged, Operation.SET)
    return found if found is None or not settings else _all_set(linker, t.IntType(), found, settings)


def _better(linker: Linker, found: Linked, condition: Linked, value: Linked, sign: str) -> Linked:
    """Give the better of two numbers where a condition holds."""
    name = linker.temporary()
    offered = linker.text(value)
    if isinstance(found, Known) and isinstance(value, Known):
        better = value.value > found.value if sign == ">" else value.value < found.value
        return either(linker, condition, value, found) if better else found
    if _is_no_better(found, value, sign):
        return found
    text, reads = linker.text(found), reads_of((found, condition, value))
    test = "" if isinstance(condition, Known) else f" and {condition.text}"
    better_text = f"({offered} if {offered} {sign} ({name} := {text}){test} else {name})"
    whole = is_certainly_whole(found) and is_certainly_whole(value)
    return replace(number_code(better_text, reads, _reach(found, value, sign)), whole=whole)


def _is_no_better(found: Linked, value: Linked, sign: str) -> bool:
    """Tell whether a number is no better than the one found, in any case."""
    (low, high), (other_low, other_high) = bounds(found), bounds(value)
    one, other = (low, other_high) if sign == ">" else (other_low, high)
    return one is not None and other is not None and one >= other


def _reach(found: Linked, value: Linked, sign: str) -> Range:
    """Give the range of the better of two numbers, of which one may not apply."""
    (low, high), (other_low, other_high) = bounds(found), bounds(value)
    if sign == ">":
        return low, None if high is None or other_high is None else max(high, other_high)
    return None if low is None or other_low is None else min(low, other_low), high


def _capped(linker: Linker, start: Linked, judged: Sequence[Judged]) -> Linked | None:
    """Give code of additions that stop at a cap, where both are settled: by turn, then by rising cap."""
    settled: list[Any] = []
    for each, condition, value in judged:
        place = Place(each.owner, {"it": each.it})
        cap = linker.link(each.effect.cap, place) if each.effect.cap is not None else Known(None)
        turn = Known(0) if each.effect.turn is None else linker.link(each.effect.turn, place)
        numbers = [known.value for known in (turn, cap, value) if isinstance(known, Known) and type(known.value) is int]
        if len(numbers) < len((turn, cap, value)):
            return None
        settled.append((*numbers, condition))
    found = start
    for _turn, cap, amount, condition in sorted(settled, key=lambda known: known[:2]):
        if amount <= 0:
            return None
        test, name = linker.named(linker.text(found))
        total = linker.temporary()
        reached = f"({total} if ({total} := {test} + {amount}) <= {cap} else {name} if {name} > {cap} else {cap})"
        found = either(linker, condition, number_code(reached, reads_of([found])), found)
    return found


def _raised(linker: Linker, of: t.EnumType, start: Linked, judged: Sequence[Judged]) -> Linked | None:
    """Give code of a word that some settled words raise."""
    found = start
    for each, condition, value in judged:
        if not isinstance(value, Known) or not isinstance(each.effect.value.type, t.EnumType):
            return None
        lower = frozenset(word for word in of.words if rank(word, of) < rank(value.value, of))
        test, name = linker.named(linker.text(found))
        joined = "" if isinstance(condition, Known) else f" and {condition.text}"
        text = f"({linker.text(value)} if {test} in {linker.constant(lower)}{joined} else {name})"
        found = Code(text, reads_of([found, condition]))
    return found


def _added(linker: Linker, start: Linked, judged: Sequence[Judged]) -> Linked | None:
    total = start
    for each, condition, value in judged:
        if not is_amount(each.effect.value.type, value):
            return None
        total = operated(linker, total, "+", either(linker, condition, value, Known(0)))
    return total


def _united(linker: Linker, of: t.SetType, start: Linked, judged: Sequence[Judged]) -> Linked:
    nothing: Linked = Known(frozenset())
    found = start
    for each, condition, value in judged:
        added = either(linker, condition, as_typed(linker, of, each.effect.value.type, value), nothing)
        if isinstance(found, Known) and isinstance(added, Known):
            found = Known(found.value | added.value)
        else:
            text, candidates = f"({linker.text(found)} | {linker.text(added)})", joined_candidates((found, added))
            found = Code(text, reads_of((found, added)), candidates=candidates)
    return found


def _all_set(linker: Linker, of: t.Type, start: Linked, judged: Sequence[Judged]) -> Linked | None:
    """Give code of what all agree on, where each of them sets the same settled value, or there is only one."""
    typed = [as_typed(linker, of, each.effect.value.type, value) for each, _condition, value in judged]
    first = typed[0]
    if len(typed) > 1:
        values = [each.value for each in typed if isinstance(each, Known)]
        if len(values) < len(typed) or not all(same_value(values[0], each) for each in values):
            return None
    elif isinstance(first, Code) and first.may_be_none:
        return None
    return either(linker, connected([condition for _each, condition, _value in judged], "or", stops=True), first, start)


def combined(linker: Linker, instance: Instance, field: Field, start: Linked, judged: Sequence[Judged]) -> Linked:
    """Give code that lets `combine` do it, with the offers of the moment."""
    limits = [bound_of(linker, instance, field.low), bound_of(linker, instance, field.high)]
    effects = [each for each, _condition, _value in judged]
    offered = [either(linker, condition, value, Known(NOTHING_OFFERED)) for _each, condition, value in judged]
    places = [Place(each.owner, {"it": each.it}) for each in effects]
    both = zip(effects, places, strict=True)
    asked = [(each.effect.cap, each.effect.turn, place) for each, place in both]
    caps = [Known(None) if cap is None else linker.link(cap, place) for cap, _turn, place in asked]
    turns = [Known(0) if turn is None else linker.link(turn, place) for _cap, turn, place in asked]
    count = len(effects)

    def combined_now(*values: Any) -> Any:
        first, low, high, *rest = values
        offers = [
            Offer(each.effect.operation, value, cap, each.effect.stack, each, turn)
            for each, value, cap, turn in zip(effects, rest[:count], rest[count : 2 * count], rest[2 * count :], strict=True)
            if value is not NOTHING_OFFERED and value is not None and value not in (frozenset(), ())
        ]
        return combine(field.type, first, offers, low, high).value

    leads = isinstance(field.type, t.RefType | t.InstanceType)
    return linker.call(combined_now, [start, *limits, *offered, *caps, *turns], may_be_none=leads)
