"""Code of values as a field takes them: amounts stay exact until the end, everything else is fitted at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rulecore.derive.instance import Instance
from rulecore.derive.link.code import Code, Known, Linked, is_amount
from rulecore.formula import types as t
from rulecore.formula.values import fit

if TYPE_CHECKING:
    from rulecore.derive.link.linker import Linker


def as_typed(linker: Linker, want: t.Type, of: t.Type, linked: Linked) -> Linked:
    """Give what a field takes from a formula: amounts stay exact until the end, everything else is fitted at once."""
    if isinstance(linked, Known):
        return Known(fitted(linked.value, want))
    if isinstance(want, t.IntType | t.NumberType | t.DiceType):
        return linked if is_amount(of, linked) else linker.call(_amount, [linked])
    if type(want) is type(of) and isinstance(want, t.BoolType | t.EnumType | t.TextType) and not linked.may_be_none:
        return linked
    if isinstance(want, t.RefType) and isinstance(of, t.RefType) and _entries_of(linked) == linked.candidates is not None:
        return linked

    def fitted_value(value: Any) -> Any:
        return fit(value, want)

    leads = isinstance(want, t.RefType | t.InstanceType)
    # A field of entries takes those for which instances stand, one of instances takes the instances.
    candidates = _entries_of(linked) if isinstance(want, t.RefType) else linked.candidates
    return linker.call(fitted_value, [linked], may_be_none=leads, candidates=candidates)


def _entries_of(linked: Code) -> tuple[Any, ...] | None:
    if linked.candidates is None:
        return None
    return tuple(dict.fromkeys(each.entry if isinstance(each, Instance) else each for each in linked.candidates))


def fitted(value: Any, of: t.Type) -> Any:
    """Give a settled value as a field takes it."""
    return _amount(value) if isinstance(of, t.IntType | t.NumberType | t.DiceType) else fit(value, of)


def _amount(value: Any) -> Any:
    return 0 if value is None else value
