"""Collections that have room still: those with a field `NAME_maximum` and a field `NAME_count` beside them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rulecore.cli.cells import label_of_instance
from rulecore.formula import types as t
from rulecore.model.shape import Mode

if TYPE_CHECKING:
    from rulecore.derive import Derivation
    from rulecore.derive.instance import Instance
    from rulecore.model.shape import Collection


def unfilled(derivation: Derivation) -> Iterator[str]:
    """Say of each thing with such collections how many elements they can still take, and the edit that adds one."""
    for instance in derivation.structure.instances:
        room = [(each, _room(derivation, instance, each)) for each in instance.collections.values()]
        open_still = [(each, number) for each, number in room if number > 0]
        if open_still:
            numbers = ", ".join(f"{each.label} {number}" for each, number in open_still)
            edit = _edit(derivation, instance, open_still[0][0])
            yield f"{label_of_instance(instance)}, still to choose: {numbers}. One is added by {edit}"


def _room(derivation: Derivation, instance: Instance, collection: Collection) -> int:
    bounds = [f"{collection.name}_maximum", f"{collection.name}_count"]
    if not all(isinstance(getattr(instance.fields.get(name), "type", None), t.IntType) for name in bounds):
        return 0
    most, there = (int(derivation.computation.value(instance, name)) for name in bounds)
    return most - there


def _edit(derivation: Derivation, instance: Instance, collection: Collection) -> str:
    fields = derivation.rules.records[collection.shape].block.fields
    reference = next((each.name for each in fields if each.mode is Mode.EDITABLE and isinstance(each.type, t.RefType)), None)
    value = "{}" if reference is None else f'{{"{reference}": "NAME"}}'
    return f'hero.edit([rc.Add("{instance.join(collection.name)}", {value})])'
