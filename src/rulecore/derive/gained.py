"""When something was gained: the place, in an ordered list, of the element that opened its `at` block.

`at PATH 4` opens when a field that counts elements reaches 4; what stands inside was gained with the fourth element counted.
What no `at` block brought was there from the start: its place is 0.
"""

from __future__ import annotations

from rulecore.derive.instance import Instance
from rulecore.formula import ast as f
from rulecore.formula.scalar import Scope, evaluate
from rulecore.formula.values import many
from rulecore.model.entry import Entry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rulecore.derive.compute import Computation


def gained(world: Computation, node: f.Gained, instance: Instance) -> int:
    """Give the place at which the text of a formula, or the instance that owns it, was gained."""
    if node.counted is not None:
        return _place(world, node.counted, node.number, instance)
    asked: Instance | None = instance
    while asked is not None and asked.owner is not None:
        choice = next(
            (each.choice for each in asked.owner.questions.values() if any(pick.acting is asked for pick in each.picks)), None
        )
        if choice is not None and choice.counted is not None:
            return _place(world, choice.counted, choice.number, asked.owner)
        asked = asked.owner
    return 0


def _place(world: Computation, counted: f.Formula, number: int, owner: Instance) -> int:
    """Give the place of the element with which a count reached a number."""
    if not isinstance(counted, f.Read):
        return number
    of = evaluate(counted.of, Scope(world, owner))
    holder = world.standing(of) if isinstance(of, Entry) else of
    field = holder.fields.get(counted.name) if isinstance(holder, Instance) else None
    if not isinstance(holder, Instance) or field is None or field.formula is None:
        return number
    elements = _counted(world, field.formula, holder)
    return elements[number - 1].position if len(elements) >= number else number


def _counted(world: Computation, formula: f.Formula, holder: Instance) -> list[Instance]:
    """Give the elements that a counting formula counts, in their order; none where it counts otherwise."""
    scope = Scope(world, holder)
    if isinstance(formula, f.Call) and formula.function == "count":
        found = list(many(evaluate(formula.arguments[0], scope)))
    elif isinstance(formula, f.Comprehension) and formula.function == "count":
        where, name = formula.where, formula.variable
        found = [
            each for each in many(evaluate(formula.collection, scope)) if where is None or evaluate(where, scope.bind(name, each))
        ]
    else:
        found = []
    return [each for each in found if isinstance(each, Instance)]
