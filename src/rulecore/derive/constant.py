"""Fields that a constant alone determines: there are as many as of all others, and each is worked out once for a ruleset."""

from __future__ import annotations

from rulecore.derive.combine import Combined, combine
from rulecore.formula.ast import Constant
from rulecore.formula.defaults import default_of
from rulecore.model.shape import Field, Mode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rulecore.derive.compute import Computation
    from rulecore.derive.instance import Instance


def constant(world: Computation, instance: Instance, field: Field) -> Combined | None:
    """Give the value of a field that nothing determines but a constant, none where anything else may have a say."""
    name = field.name
    if field.mode is not Mode.DERIVED or name in instance.fixed or (instance.bindings and (name,) in instance.bindings):
        return None
    if world.contributions.may_aim_at(instance, name):
        return None
    known, number = world.structure.index.constants, id(field)
    if number not in known:
        known[number] = _worked_out(field)
    return known[number]


def _worked_out(field: Field) -> Combined | None:
    parts = (field.formula, field.low, field.high)
    if not all(each is None or isinstance(each, Constant) for each in parts):
        return None
    start, low, high = (each.value if isinstance(each, Constant) else None for each in parts)
    return combine(field.type, default_of(field.type) if field.formula is None else start, (), low, high)
