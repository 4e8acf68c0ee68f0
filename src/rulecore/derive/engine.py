"""The engine of one derivation: values in numbered slots, brought up to date by the plan of each input that is set."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rulecore.derive.basis import Basis
from rulecore.derive.compute import Computation
from rulecore.derive.instance import Instance
from rulecore.derive.link.code import Key, Unlinkable
from rulecore.derive.plan import Plan
from rulecore.model.shape import Field, Mode


class Engine:
    """Sets inputs and keeps all that follows up to date. `values` holds what the slots hold."""

    def __init__(self, world: Computation, basis: Basis, field: Callable[[str], tuple[Instance, Field]]) -> None:
        """Start from the values of a computation; from now on its fields that have a slot are read there.

        `field` finds a field by its dotted id.
        """
        self.world, self._basis, self._field = world, basis, field
        self._programs = programs = basis.programs
        self._plans: dict[int, Plan] = {}
        self.values: list[Any] = list(world.values)
        world.slots, world.values = programs.slots, self.values

    def slot(self, path: str) -> int | None:
        """Give the slot of an input by its dotted id; none where an edit may do more than move values. FieldError as ever."""
        instance, field = self._field(path)
        return self.input((instance, field.name))

    def input(self, key: Key) -> int | None:
        """Give the slot of an input: an editable field on which nothing depends but values; none for any other."""
        instance, name = key
        if instance.fields[name].mode is not Mode.EDITABLE or self._programs.is_settled(key) or instance.on_read:
            return None
        try:
            slot, plan = self._programs.plan(key)
        except Unlinkable:
            return None
        if slot not in self._plans:
            self._basis.let_move(key)
            for start in self._programs.starts[len(self.values) :]:
                self.values.append(start(self.world))
            self._plans[slot] = plan
        return slot

    def plan(self, slot: int) -> Plan:
        """Give the plan of an input; who calls it himself counts up the version of the computation."""
        return self._plans[slot]

    def set(self, slot: int, value: Any) -> None:
        """Give an input a value; the document is not told."""
        self._plans[slot](self.values, value, self.world)
        self.world.version += 1

    def recover(self) -> None:
        """Let the interpreter work out every slot, from the document: the way back where a plan has failed."""
        self.values.clear()
        self.world.version += 1
        for start in self._programs.starts:
            self.values.append(start(self.world))
        self.world.version += 1

    def trace(self, slot: int, value: Any) -> tuple[list[Key], dict[Key, Any]]:
        """Do the same, and give the fields that were evaluated, and the old values of those that changed."""
        seen: list[int] = []
        was: list[tuple[int, Any]] = []
        self._programs.traced(slot)(self.values, value, self.world, seen.append, was.append)
        self.world.version += 1
        keys = self._programs.keys
        evaluated = [key for each in seen if (key := keys[each]) is not None]
        return evaluated, {key: old for each, old in was if (key := keys[each]) is not None}
