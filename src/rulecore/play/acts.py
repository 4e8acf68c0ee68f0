"""What can be done: every event of a sheet and every part that may be used, with what it asks and why it may not be done now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rulecore.dataclass import dataclass
from rulecore.derive import Derivation
from rulecore.derive.instance import Instance
from rulecore.formula.ast import Call, Formula, Variable
from rulecore.formula.scalar import Scope, evaluate
from rulecore.formula.traverse import every_part
from rulecore.model.play import Deed, Demand, Let
from rulecore.model.sheet import json_of
from rulecore.play.places import deeds, path_of, responses
from rulecore.play.world import Scene, Table


@dataclass(frozen=True, slots=True)
class Asked:
    """What an act has to be told: a name, a type as Brew writes it, and whether it may be left out."""

    name: str
    type: str
    optional: bool


@dataclass(frozen=True, slots=True)
class Act:
    """Something that can be done, by its `path`.

    `sort` is `event`, or the record of the part that is used; then `values` are the part's fields, as JSON. `obstacle` says
    why it cannot be done now, as far as that is known without arguments and dice; none where nothing is in the way.
    """

    path: str
    label: str
    sort: str
    parameters: tuple[Asked, ...] = ()
    values: Mapping[str, Any] | None = None
    obstacle: str | None = None
    text: str | None = None
    citation: str | None = None

    @property
    def is_possible(self) -> bool:
        """Tell whether nothing is in the way."""
        return self.obstacle is None


def acts(derivation: Derivation) -> tuple[Act, ...]:
    """Give all that can be done on a sheet, without events that nobody answers: the entity's first, then its content's."""
    return tuple(
        _act(derivation, instance, deed)
        for instance, deed in deeds(derivation)
        if deed.steps or not deed.is_event or responses(derivation, deed.name)
    )


def _act(derivation: Derivation, instance: Instance, deed: Deed) -> Act:
    is_part = not deed.is_event
    return Act(
        path_of(instance, deed),
        instance.label if is_part else deed.label,
        instance.shape.removeprefix("record ") if is_part else "event",
        tuple(Asked(each.name, str(each.type), each.default is not None) for each in deed.parameters),
        {name: json_of(derivation.computation.value(instance, name)) for name in instance.fields} if is_part else {},
        _obstacle(derivation, instance, deed),
        deed.text,
        deed.citation,
    )


def _obstacle(derivation: Derivation, instance: Instance, deed: Deed) -> str | None:
    """Give the first demand that does not hold, of those that depend on no argument and no roll."""
    unknown = {each.name for each in deed.parameters}
    scope = Scope(Scene(derivation, Table(None)), instance)
    for step in deed.steps:
        match step:
            case Let() if _depends(step.value, unknown):
                unknown.add(step.name)
            case Let():
                scope = scope.bind(step.name, evaluate(step.value, scope))
            case Demand() if not _depends(step.condition, unknown) and not evaluate(step.condition, scope):
                return step.words
    return None


def _depends(formula: Formula, unknown: Iterable[str]) -> bool:
    """Tell whether a formula depends on names that nobody knows yet, or on dice."""
    return any(
        (isinstance(part, Variable) and part.name in unknown) or (isinstance(part, Call) and part.function == "roll")
        for part in every_part(formula)
    )
