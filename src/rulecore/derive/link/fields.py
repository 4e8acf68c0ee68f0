"""Code of fields: where they start, what contributes to them, and their bounds. `Computation` does the same by value."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from rulecore.derive.combine import combine
from rulecore.derive.instance import Instance
from rulecore.derive.link.code import Code, Known, Linked, Place, number_code, reads_of
from rulecore.derive.link.effects import bound_of, combined, offers, with_offers
from rulecore.derive.link.operators import all_known, bounds
from rulecore.derive.link.typed import as_typed, fitted
from rulecore.formula import types as t
from rulecore.formula.ast import Formula
from rulecore.formula.defaults import default_of
from rulecore.formula.values import fit, number
from rulecore.model.shape import Field, Mode

if TYPE_CHECKING:
    from rulecore.derive.link.linker import Linker


def link_field(linker: Linker, instance: Instance, name: str) -> Linked:
    """Give the code of a field of an instance."""
    field = instance.fields[name]
    start, of = _start(linker, instance, field)
    judged = list(offers(linker, instance, field)) if field.mode is Mode.DERIVED else []
    found = start if not judged else with_offers(linker, field.type, start, judged)
    if found is None:
        return combined(linker, instance, field, start, judged)
    low, high = bound_of(linker, instance, field.low), bound_of(linker, instance, field.high)
    return _finished(linker, field.type, of, found, (low, high))


# ---- the start


def _start(linker: Linker, instance: Instance, field: Field) -> tuple[Linked, t.Type]:
    """Give the code of what a field is before any effect, and the type that it certainly has."""
    if field.name in instance.fixed:
        return Known(fitted(instance.fixed[field.name], field.type)), field.type
    bound = instance.bindings.get((field.name,))
    formula, scope = (field.formula, instance) if bound is None else (bound.formula, bound.scope)
    default: Linked = Known(default_of(field.type))
    of = field.type
    if formula is not None:
        default, of = _default(linker, (instance, field), formula, Place(scope, {})), formula.type
    if field.mode is not Mode.EDITABLE:
        return default, of
    slot = linker.written_slot((instance, field.name))
    text = f"({linker.text(default)} if v[{slot}] is {linker.constant(linker.nothing)} else v[{slot}])"
    may_be_none = isinstance(field.type, t.RefType | t.InstanceType)
    return Code(text, reads_of([default]) | {slot}, may_be_none=may_be_none), of


def _default(linker: Linker, of: tuple[Instance, Field], formula: Formula, place: Place) -> Linked:
    """Give the code of what a formula gives to a field; an average that is floored at the end stays dice until then."""
    instance, field = of
    linked = linker.link_amount(formula, place)
    is_floored = isinstance(field.type, t.IntType) and field.low is None and field.high is None and field.mode is Mode.DERIVED
    if not is_floored or linker.contributions.fixed.get((instance, field.name)):
        linked = linker.plainly(linked)
    return as_typed(linker, field.type, formula.type, linked)


# ---- the end


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
    if unbounded and isinstance(found, Code) and isinstance(want, t.IntType):
        return linker.floored(found, of)
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
