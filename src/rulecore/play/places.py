"""Where the playbook stands on a sheet: the shapes of an instance under which it has lines, and what of it counts."""

from __future__ import annotations

from collections.abc import Iterator

from rulecore.derive import Derivation
from rulecore.derive.instance import Form, Instance
from rulecore.formula.ast import Formula
from rulecore.formula.scalar import Scope, evaluate
from rulecore.model.play import Deed, Response
from rulecore.names import nearest

_OF_ENTRY = ("entry ", "kind ")


def places(instance: Instance) -> Iterator[str]:
    """Give the places of the playbook in which an instance may have lines: its shapes, and its name in those of its owner."""
    yield from sorted(instance.shapes)
    if instance.form is Form.PART and instance.owner is not None:
        name = instance.path.removeprefix(instance.owner.join(""))
        for shape in sorted(instance.owner.shapes):
            yield f"{shape}/{name}"


def deeds(derivation: Derivation) -> Iterator[tuple[Instance, Deed]]:
    """Give all that may happen or be done now, with whose it is: the entity's own first."""
    written = derivation.rules.playbook.deeds
    for instance in derivation.structure.instances:
        for place in places(instance):
            for deed in written.get(place, ()):
                if is_in_force(derivation, instance, place, deed.gate):
                    yield instance, deed


def responses(derivation: Derivation, event: str) -> list[tuple[Instance, Response]]:
    """Give all that answer to an event now, by the id of the entry in whose text the answer is."""
    written = derivation.rules.playbook.responses.get(event)
    if not written:
        return []
    found = [
        (instance, response)
        for instance in derivation.structure.instances
        for place in places(instance)
        for response in written.get(place, ())
        if is_in_force(derivation, instance, place, response.gate)
    ]
    return sorted(found, key=_in_order)


def _in_order(answer: tuple[Instance, Response]) -> tuple[str, str]:
    entry = answer[0].content()
    return "" if entry is None else entry.id, answer[0].path


def is_in_force(derivation: Derivation, instance: Instance, place: str, gate: Formula | None) -> bool:
    """Tell whether lines of a place count for an instance now: their own gate holds, and those of all that brought it."""
    world = derivation.computation
    if not world.acts(instance, of_entry=place.startswith(_OF_ENTRY)):
        return False
    return gate is None or bool(evaluate(gate, Scope(world, instance)))


def path_of(instance: Instance, deed: Deed) -> str:
    """Give the path by which something is done: the event's name behind its owner's path, or the path of the part."""
    return instance.join(deed.name) if deed.name else instance.path


def found(derivation: Derivation, name: str) -> tuple[Instance, Deed] | str | None:
    """Give what a path means, or the bare name of an event that only one has; else the nearest name there is, or none."""
    every = [(path_of(instance, deed), instance, deed) for instance, deed in deeds(derivation)]
    exact = [(instance, deed) for path, instance, deed in every if path == name]
    named = [(instance, deed) for _path, instance, deed in every if deed.name == name]
    for several in (exact, named):
        if len(several) == 1:
            return several[0]
    return nearest(name, [path for path, _instance, _deed in every])


def event_of(derivation: Derivation, event: str, near: Instance) -> tuple[Instance, Deed | None]:
    """Give whose an event is that something raises: of what is around it, of the entity, or of whoever else has it."""
    have = {instance: deed for instance, deed in deeds(derivation) if deed.name == event}
    around: Instance | None = near
    while around is not None:
        if around in have:
            return around, have[around]
        around = around.owner
    instance = next(iter(have), derivation.structure.entity)
    return instance, have.get(instance)
