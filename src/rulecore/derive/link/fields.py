"""Code of fields: where they start, what contributes to them, and their bounds. `Computation` does the same by value."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from rulecore.dataclass import replace
from rulecore.derive.combine import combine
from rulecore.derive.instance import Instance
from rulecore.derive.link.code import Code, Known, Linked, Place, is_certainly_whole, is_number, is_whole, number_code, reads_of
from rulecore.derive.link.effects import bound_of, combined, offers, with_offers
from rulecore.derive.link.operators import bounds
from rulecore.derive.link.typed import as_typed, fitted
from rulecore.formula import types as t
from rulecore.formula.ast import Formula
from rulecore.formula.defaults import default_of
from rulecore.formula.values import fit, number, whole
from rulecore.model.shape import Field, Mode

if TYPE_CHECKING:
    from rulecore.derive.link.linker import Linker

Limits = tuple[Linked, Linked, bool]


def link_field(linker: Linker, instance: Instance, name: str) -> Linked:
    """Give the code of a field of an instance."""
    field = instance.fields[name]
    start, of = _start(linker, instance, field)
    judged = list(offers(linker, instance, field)) if field.mode is Mode.DERIVED else []
    found = start if not judged else with_offers(linker, field.type, start, judged)
    if found is None:
        return combined(linker, instance, field, start, judged)
    return _finished(linker, field, of, found, _limits(linker, instance, field))


def _limits(linker: Linker, instance: Instance, field: Field) -> Limits:
    """Give the code of both bounds, none where there is no bound, and whether they are whole numbers in any case."""
    both = bound_of(linker, instance, field.low), bound_of(linker, instance, field.high)
    formulas = zip((field.low, field.high), both, strict=True)
    return *both, all(formula is None or is_whole(formula.type, linked) for formula, linked in formulas)


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
    stored = linker.stored((instance, field.name))
    if isinstance(stored, Known):
        return (default, of) if stored.value is linker.nothing else (stored, field.type)
    text = f"({linker.text(default)} if {stored.text} is {linker.constant(linker.nothing)} else {stored.text})"
    may_be_none = isinstance(field.type, t.RefType | t.InstanceType)
    whole = isinstance(field.type, t.IntType) and is_certainly_whole(default)
    # Who sets an input sets another value: the engine is not asked for less.
    follows = tuple((slot, 0) for slot in stored.reads)
    return Code(text, reads_of([default, stored]), follows, may_be_none=may_be_none, whole=whole), of


def _default(linker: Linker, of: tuple[Instance, Field], formula: Formula, place: Place) -> Linked:
    """Give the code of what a formula gives to a field; an average that is floored at the end stays dice until then."""
    instance, field = of
    linked = linker.link_amount(formula, place)
    is_floored = isinstance(field.type, t.IntType) and field.low is None and field.high is None and field.mode is Mode.DERIVED
    if not is_floored or linker.contributions.settled(instance, field.name):
        linked = linker.plainly(linked)
    return as_typed(linker, field.type, formula.type, linked)


# ---- the end


def _finished(linker: Linker, field: Field, of: t.Type, found: Linked, limits: Limits) -> Linked:
    """Fit what was found to the type and the bounds of its field."""
    want, (low, high, are_whole) = field.type, limits
    if isinstance(found, Known) and isinstance(low, Known) and isinstance(high, Known):
        return Known(combine(want, found.value, (), low.value, high.value).value)
    if isinstance(found, Code):
        if field.low is None and field.high is None and _fits(want, of):
            return found
        if are_whole and isinstance(want, t.IntType) and isinstance(of, t.IntType):
            return _clamped(linker, found, low, high)
        if field.low is None and field.high is None and isinstance(want, t.IntType):
            return linker.floored(found, of)
        if are_whole and isinstance(want, t.NumberType) and is_number(of, found):
            return _clamped(linker, _exact(linker, found), low, high)
    candidates = found.candidates if isinstance(found, Code) else None
    leads = isinstance(want, t.RefType | t.InstanceType)
    return linker.call(partial(within, of=want), [found, low, high], may_be_none=leads, candidates=candidates)


def _exact(linker: Linker, found: Code) -> Code:
    """Give code of a number without a fraction as a whole number."""
    if found.whole:
        return found
    test, name = linker.named(found.text)
    text = f"({name} if {linker.constant(type)}({test}) is {linker.constant(int)} else {linker.constant(whole)}({name}))"
    return Code(text, found.reads, exact=True)


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
    """Give code of a number between whole bounds, without the tests that its own range makes needless."""
    (least, most), (floor, _), (_, ceiling) = bounds(found), bounds(low), bounds(high)
    parts, name = [], linker.temporary()
    if low != Known(None) and (least is None or floor is None or least < floor or isinstance(low, Code)):
        parts.append((linker.text(low), "<"))
    if high != Known(None) and (most is None or ceiling is None or most > ceiling or isinstance(high, Code)):
        parts.append((linker.text(high), ">"))
    if not parts:
        return found
    text, subject = name, f"({name} := {found.text})"
    for bound, sign in reversed(parts):
        text = f"{bound} if {{}} {sign} {bound} else {text}"
    for place in range(len(parts)):
        text = text.replace("{}", subject if place == 0 else name, 1)
    reach = _most(least, floor, max), _most(most, ceiling, min)
    code = number_code(
        f"({text})", reads_of([found, low, high]), reach if isinstance(low, Known) and isinstance(high, Known) else (None, None)
    )
    return replace(code, exact=True, whole=all(map(is_certainly_whole, [found, *_there(low, high)])))


def _there(low: Linked, high: Linked) -> list[Linked]:
    return [each for each in (low, high) if each != Known(None)]


def _most(one: int | None, other: int | None, extreme: Callable[[int, int], int]) -> int | None:
    return other if one is None else one if other is None else extreme(one, other)
