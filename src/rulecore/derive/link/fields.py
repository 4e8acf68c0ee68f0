"""Code of fields: where they start, what contributes to them, and their bounds. `combine` does the same by value.

Effects that follow the usual order on whole numbers, truths and sets are written out; for everything else, the code calls
`combine` itself with the offers of the moment.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from rulecore.derive.collect import Contribution, may_aim
from rulecore.derive.combine import Offer, combine
from rulecore.derive.instance import Instance
from rulecore.derive.link.code import Code, Known, Linked, Place, Range, Unlinkable, is_amount, is_whole, number_code, reads_of
from rulecore.derive.link.gates import acting
from rulecore.derive.link.operators import all_known, bounds, connected, either, is_true, operated, same_value
from rulecore.formula import types as t
from rulecore.formula.ast import Formula
from rulecore.formula.defaults import default_of
from rulecore.formula.values import fit, number
from rulecore.model.effect import Operation
from rulecore.model.shape import Field, Mode

if TYPE_CHECKING:
    from rulecore.derive.link.linker import Linker

NOTHING_OFFERED = object()
Judged = tuple[Contribution, Linked, Linked]


def link_field(linker: Linker, instance: Instance, name: str) -> Linked:
    """Give the code of a field of an instance."""
    field = instance.fields[name]
    start, of = _start(linker, instance, field)
    judged = list(_offers(linker, instance, field)) if field.mode is Mode.DERIVED else []
    found = start if not judged else _with_offers(linker, field.type, start, judged)
    if found is None:
        return _combined(linker, instance, field, start, judged)
    low, high = _bound(linker, instance, field.low), _bound(linker, instance, field.high)
    return _finished(linker, field.type, of, found, (low, high))


# ---- the start


def _start(linker: Linker, instance: Instance, field: Field) -> tuple[Linked, t.Type]:
    """Give the code of what a field is before any effect, and the type that it certainly has."""
    if field.name in instance.fixed:
        return Known(_fitted(instance.fixed[field.name], field.type)), field.type
    bound = instance.bindings.get((field.name,))
    formula, scope = (field.formula, instance) if bound is None else (bound.formula, bound.scope)
    default: Linked = Known(default_of(field.type))
    of = field.type
    if formula is not None:
        default, of = _as_typed(linker, field.type, formula.type, linker.link(formula, Place(scope, {}))), formula.type
    if field.mode is not Mode.EDITABLE:
        return default, of
    slot = linker.written_slot((instance, field.name))
    text = f"({linker.text(default)} if v[{slot}] is {linker.constant(linker.nothing)} else v[{slot}])"
    return Code(text, reads_of([default]) | {slot}, isinstance(field.type, t.RefType | t.InstanceType)), of


def _as_typed(linker: Linker, want: t.Type, of: t.Type, linked: Linked) -> Linked:
    """Give what a field takes from a formula: amounts stay exact until the end, everything else is fitted at once."""
    if isinstance(linked, Known):
        return Known(_fitted(linked.value, want))
    if isinstance(want, t.IntType | t.NumberType | t.DiceType):
        return linked if is_amount(of, linked) else linker.call(_amount, [linked])
    if type(want) is type(of) and isinstance(want, t.BoolType | t.EnumType | t.TextType) and not linked.may_be_none:
        return linked

    def fitted(value: Any) -> Any:
        return fit(value, want)

    leads = isinstance(want, t.RefType | t.InstanceType)
    return linker.call(fitted, [linked], may_be_none=leads, candidates=_entries_of(linked) if leads else linked.candidates)


def _entries_of(linked: Code) -> tuple[Any, ...] | None:
    if linked.candidates is None:
        return None
    return tuple(dict.fromkeys(each.entry if isinstance(each, Instance) else each for each in linked.candidates))


def _fitted(value: Any, of: t.Type) -> Any:
    return _amount(value) if isinstance(of, t.IntType | t.NumberType | t.DiceType) else fit(value, of)


def _amount(value: Any) -> Any:
    return 0 if value is None else value


# ---- effects


def _offers(linker: Linker, instance: Instance, field: Field) -> Sequence[Judged]:
    for owner, effect, _of_entry in linker.contributions.floating.get(field.name, ()):
        if may_aim(effect.of.type, instance):
            raise Unlinkable(f"{effect.span} aims at what derived values name: {owner.path}")
    found = linker.contributions.fixed.get((instance, field.name), ())
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


def _with_offers(linker: Linker, of: t.Type, start: Linked, judged: Sequence[Judged]) -> Linked | None:
    """Give code for effects of the plain sorts in their order, none where `combine` itself is needed."""
    plain = all(each.effect.cap is None and each.effect.stack is None for each, _condition, _value in judged)
    if not plain:
        return None
    if isinstance(of, t.IntType):
        return _whole_numbers(linker, start, judged)
    operations = {each.effect.operation for each, _condition, _value in judged}
    if operations == {Operation.SET} and isinstance(of, t.BoolType | t.EnumType | t.TextType | t.RefType):
        return _all_set(linker, of, start, judged)
    if operations == {Operation.ADD} and isinstance(of, t.DiceType):
        return _added(linker, start, judged)
    if operations == {Operation.ADD} and isinstance(of, t.SetType):
        return _united(linker, of, start, judged)
    return None


def _of(judged: Sequence[Judged], operation: Operation) -> list[Judged]:
    return [each for each in judged if each[0].effect.operation is operation]


def _whole_numbers(linker: Linker, start: Linked, judged: Sequence[Judged]) -> Linked | None:
    if not all(is_whole(each.effect.value.type, value) for each, _condition, value in judged) or _of(judged, Operation.MULTIPLY):
        return None
    if not (isinstance(start, Known) or not start.may_be_none):
        return None
    found: Linked | None = start
    for _each, condition, value in _of(judged, Operation.BASE):
        assert found is not None
        found = _better(linker, found, condition, value, ">")
    found = _added(linker, found or start, _of(judged, Operation.ADD))
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
    text, reads = linker.text(found), reads_of((found, condition, value))
    test = "" if isinstance(condition, Known) else f" and {condition.text}"
    better_text = f"({offered} if {offered} {sign} ({name} := {text}){test} else {name})"
    return number_code(better_text, reads, _reach(found, value, sign))


def _reach(found: Linked, value: Linked, sign: str) -> Range:
    """Give the range of the better of two numbers, of which one may not apply."""
    (low, high), (other_low, other_high) = bounds(found), bounds(value)
    if sign == ">":
        return low, None if high is None or other_high is None else max(high, other_high)
    return None if low is None or other_low is None else min(low, other_low), high


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
        added = either(linker, condition, _as_typed(linker, of, each.effect.value.type, value), nothing)
        if isinstance(found, Known) and isinstance(added, Known):
            found = Known(found.value | added.value)
        else:
            found = Code(f"({linker.text(found)} | {linker.text(added)})", reads_of((found, added)))
    return found


def _all_set(linker: Linker, of: t.Type, start: Linked, judged: Sequence[Judged]) -> Linked | None:
    """Give code of what all agree on, where each of them sets the same settled value, or there is only one."""
    typed = [_as_typed(linker, of, each.effect.value.type, value) for each, _condition, value in judged]
    first = typed[0]
    if len(typed) > 1:
        values = [each.value for each in typed if isinstance(each, Known)]
        if len(values) < len(typed) or not all(same_value(values[0], each) for each in values):
            return None
    elif isinstance(first, Code) and first.may_be_none:
        return None
    return either(linker, connected([condition for _each, condition, _value in judged], "or", stops=True), first, start)


def _combined(linker: Linker, instance: Instance, field: Field, start: Linked, judged: Sequence[Judged]) -> Linked:
    """Give code that lets `combine` do it, with the offers of the moment."""
    limits = [_bound(linker, instance, field.low), _bound(linker, instance, field.high)]
    effects = [each for each, _condition, _value in judged]
    offered = [either(linker, condition, value, Known(NOTHING_OFFERED)) for _each, condition, value in judged]
    places = [Place(each.owner, {"it": each.it}) for each in effects]
    both = zip(effects, places, strict=True)
    asked = [(each.effect.cap, each.effect.turn, place) for each, place in both]
    caps = [Known(None) if cap is None else linker.link(cap, place) for cap, _turn, place in asked]
    turns = [Known(0) if turn is None else linker.link(turn, place) for _cap, turn, place in asked]
    count = len(effects)

    def combined(*values: Any) -> Any:
        first, low, high, *rest = values
        offers = [
            Offer(each.effect.operation, value, cap, each.effect.stack, each, turn)
            for each, value, cap, turn in zip(effects, rest[:count], rest[count : 2 * count], rest[2 * count :], strict=True)
            if value is not NOTHING_OFFERED and value is not None and value not in (frozenset(), ())
        ]
        return combine(field.type, first, offers, low, high).value

    leads = isinstance(field.type, t.RefType | t.InstanceType)
    return linker.call(combined, [start, *limits, *offered, *caps, *turns], may_be_none=leads)


# ---- the end


def _bound(linker: Linker, instance: Instance, limit: Formula | None) -> Linked:
    return Known(None) if limit is None else linker.link(limit, Place(instance, {}))


def _finished(linker: Linker, want: t.Type, of: t.Type, found: Linked, limits: tuple[Linked, Linked]) -> Linked:
    """Fit what was found to the type and the bounds of its field."""
    if isinstance(found, Known) and all_known(limits):
        return Known(combine(want, found.value, (), *(each.value for each in limits if isinstance(each, Known))).value)
    unbounded = all(isinstance(each, Known) and each.value is None for each in limits)
    if isinstance(found, Code) and unbounded and _fits(want, of):
        return found
    whole = all(isinstance(each, Known) and (each.value is None or type(each.value) is int) for each in limits)
    if isinstance(found, Code) and whole and isinstance(want, t.IntType) and isinstance(of, t.IntType):
        return _clamped(linker, found, *limits)
    candidates = found.candidates if isinstance(found, Code) else None
    leads = isinstance(want, t.RefType | t.InstanceType)
    return linker.call(partial(within, of=want), [found, *limits], may_be_none=leads, candidates=candidates)


def _fits(want: t.Type, of: t.Type) -> bool:
    """Tell whether a value of a type needs no fitting to the wanted one; what is no amount was fitted at the start."""
    if isinstance(want, t.DiceType):
        return isinstance(of, t.DiceType | t.IntType)
    return isinstance(of, t.IntType) if isinstance(want, t.IntType | t.NumberType) else True


def within(value: Any, low: Any, high: Any, *, of: t.Type) -> Any:
    """Fit a value to a type and to its bounds."""
    fitted = fit(value, of)
    if low is not None and number(fitted) < number(low):
        return fit(low, of)
    return fit(high, of) if high is not None and number(fitted) > number(high) else fitted


def _clamped(linker: Linker, found: Code, low: Linked, high: Linked) -> Code:
    """Give code of a whole number between settled bounds, without the tests that its own range makes needless."""
    assert isinstance(low, Known)
    assert isinstance(high, Known)
    least, most = bounds(found)
    parts, name = [], linker.temporary()
    if low.value is not None and (least is None or least < low.value):
        parts.append((low.value, "<"))
    if high.value is not None and (most is None or most > high.value):
        parts.append((high.value, ">"))
    if not parts:
        return found
    text, subject = name, f"({name} := {found.text})"
    for bound, sign in reversed(parts):
        text = f"{bound} if {{}} {sign} {bound} else {text}"
    for place in range(len(parts)):
        text = text.replace("{}", subject if place == 0 else name, 1)
    reach = (
        low.value if least is None or (low.value is not None and least < low.value) else least,
        high.value if most is None or (high.value is not None and most > high.value) else most,
    )
    return number_code(f"({text})", found.reads, reach)
