"""Whether content acts: the gates that rules derive, on the way from an instance to all that called it to life.

`derive.link.gates` says the same in code.
"""

from __future__ import annotations

from rulecore.derive.instance import Caller, Form, Instance
from rulecore.formula.scalar import Scope, evaluate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rulecore.derive.compute import Computation


def acts(world: Computation, instance: Instance, *, of_entry: bool) -> bool:
    """Tell whether what the text of an instance says counts now: the gates of all that called it to life hold."""
    match instance.form:
        case Form.ENTITY:
            return True
        case Form.FAMILY if not of_entry:
            return True
        case Form.FAMILY | Form.ENTRY:
            return any(_calls(world, caller) for caller in instance.called_by)
        case Form.PART:
            inside = instance.is_record
        case _:
            inside = instance.form is Form.OPTION
    granter = instance.granted_by
    held = instance.owner is None or world.acts(instance.owner, of_entry=inside)
    return held and (granter is None or _calls(world, granter))


def _calls(world: Computation, caller: Caller) -> bool:
    gate = caller.when is None or evaluate(caller.when, Scope(world, caller.owner))
    return bool(gate) and world.acts(caller.owner, of_entry=caller.of_entry)
