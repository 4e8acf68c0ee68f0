"""The engine of one derivation: values in numbered slots, brought up to date by the plan of each input that is set."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from rulecore.derive.basis import Basis
from rulecore.derive.compute import Computation
from rulecore.derive.instance import Instance
from rulecore.derive.link.code import Key, Unlinkable
from rulecore.derive.often import Often
from rulecore.derive.plan import Bound, bound
from rulecore.model.shape import Field


class Engine:
    """Sets inputs and keeps all that follows up to date. `values` holds what the slots hold.

    `set` gives an input, by its slot, a value; the document is not told.

    `plans` has what is called when an input is set; it changes with use, and who calls it himself says that the computation
    is edited.
    """

    def __init__(self, world: Computation, basis: Basis, field: Callable[[str], tuple[Instance, Field]]) -> None:
        """Start from the values of a computation; from now on its fields that have a slot are read there.

        `field` finds a field by its dotted id.
        """
        self.world, self._basis, self._field = world, basis, field
        self._programs = programs = basis.programs
        self._often = Often(self._narrow)
        self.plans = self._often.plans
        self.set = _setting(self.plans, world)
        self.values: list[Any] = list(world.values)
        world.slots, world.values = programs.slots, self.values

    def slot(self, path: str) -> int | None:
        """Give the slot of an input by its dotted id; none where an edit may do more than move values. FieldError as ever."""
        instance, field = self._field(path)
        return self.input((instance, field.name))

    def input(self, key: Key) -> int | None:
        """Give the slot of an input: an editable field on which nothing depends but values; none for any other."""
        if not self.world.structure.is_input(*key):
            return None
        try:
            slot, plan = self._programs.plan(key)
        except Unlinkable:
            return None
        if slot not in self._often:
            self._basis.let_move(key)
            for start in self._programs.starts[len(self.values) :]:
                self.values.append(start(self.world))
            self._often.admit(slot, bound(plan, self.values, self.world), self._programs.moved(key))
        return slot

    def _narrow(self, slot: int) -> tuple[Bound, frozenset[Key]] | None:
        found = self._programs.narrow(slot, self.world)
        # What was worked out for it is forgotten before anything changes.
        self.world.is_edited = True
        return None if found is None else (bound(found[0], self.values, self.world), found[1])

    def recover(self) -> None:
        """Let the interpreter work out every slot, from the document: the way back where a plan has failed."""
        self._often.forget()
        self.values.clear()
        self.world.is_edited = True
        for start in self._programs.starts:
            self.values.append(start(self.world))
        self.world.is_edited = True

    def trace(self, slot: int, value: Any) -> tuple[list[Key], dict[Key, Any]]:
        """Set an input, and give the fields that were evaluated, and the old values of those that changed."""
        seen: list[int] = []
        was: list[tuple[int, Any]] = []
        self._often.shift(slot)
        self._programs.traced(slot)(value, self.values, self.world, seen.append, was.append)
        self.world.is_edited = True
        keys = self._programs.keys
        evaluated = [key for each in seen if (key := keys[each]) is not None]
        return evaluated, {key: old for each, old in was if (key := keys[each]) is not None}


def _setting(plans: Sequence[Bound], world: Computation) -> Callable[[int, Any], None]:
    """Give what sets an input; it is a closure, as the way over attributes takes as long as a short plan."""

    def put(slot: int, value: Any) -> None:
        plans[slot](value)
        world.is_edited = True

    return put
