"""What a contribution offers to its field at the moment."""

from __future__ import annotations

from rulecore.derive.collect import Contribution
from rulecore.derive.combine import Offer
from rulecore.formula.scalar import Scope, evaluate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rulecore.derive.compute import Computation


def applies(world: Computation, each: Contribution, scope: Scope) -> bool:
    """Tell whether a contribution, whose scope is given, counts now."""
    if not world.acts(each.owner, of_entry=each.of_entry):
        return False
    return all(formula is None or evaluate(formula, scope) for formula in (each.effect.where, each.effect.when))


def offer_of(world: Computation, each: Contribution) -> Offer | None:
    """Give what one contribution adds, or none where it does not apply or its value is none."""
    scope, effect = world.scope_of(each), each.effect
    if not applies(world, each, scope):
        return None
    value = evaluate(effect.value, scope)
    if value is None or value in (frozenset(), ()):
        return None
    cap = None if effect.cap is None else evaluate(effect.cap, scope)
    turn = 0 if effect.turn is None else evaluate(effect.turn, scope)
    return Offer(effect.operation, value, cap, effect.stack, each, turn)
