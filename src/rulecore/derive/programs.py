"""The programs of one structure: a plan for each input that some character of this structure has edited."""

from __future__ import annotations

from threading import RLock

from rulecore.derive import plan as plans
from rulecore.derive.collect import Contributions
from rulecore.derive.compute import Computation
from rulecore.derive.link.code import Key, Unlinkable
from rulecore.derive.link.cone import Cone, Readers
from rulecore.derive.link.linker import Linker
from rulecore.derive.link.narrowed import narrowed
from rulecore.derive.structure import Structure


class Programs:
    """Plans by the slot of their input, made when first asked for. All derivations of one structure share them, in any thread."""

    def __init__(self, structure: Structure, contributions: Contributions) -> None:
        """Have none yet."""
        self._linker = Linker(structure, contributions)
        self._readers: Readers | None = None
        self._cones: dict[int, Cone] = {}
        self._plans: dict[int, plans.Plan] = {}
        self._traced: dict[int, plans.Traced] = {}
        self._guard = RLock()
        self.slots, self.keys, self.starts = self._linker.slots, self._linker.keys, self._linker.starts

    def plan(self, key: Key) -> tuple[int, plans.Plan]:
        """Give the slot of what is written for an editable field, and its plan."""
        with self._guard:
            slot = self._linker.written_slot(key)
            if slot not in self._plans:
                self._plans[slot] = plans.made(self._cone(key), self._linker.constants)
            return slot, self._plans[slot]

    def moved(self, key: Key) -> set[Key]:
        """Give all fields that an edit of an editable field may move."""
        with self._guard:
            return {moved for slot in self._cone(key).order if (moved := self.keys[slot]) is not None}

    def _cone(self, key: Key) -> Cone:
        slot = self._linker.written_slot(key)
        if slot not in self._cones:
            self._readers = self._readers or Readers(self._linker)
            self._cones[slot] = self._readers.cone(key)
        return self._cones[slot]

    def narrow(self, slot: int, world: Computation) -> tuple[plans.Plan, frozenset[Key]] | None:
        """Give the plan of an input for the sheet of a world alone, and the fields that it takes for settled."""
        with self._guard:
            try:
                found = narrowed(self._linker, self._cones[slot], world)
                return plans.made(found.cone, found.constants), found.assumed
            except Unlinkable:
                return None

    def traced(self, slot: int) -> plans.Traced:
        """Give the plan of an input that tells what it does."""
        with self._guard:
            if slot not in self._traced:
                self._traced[slot] = plans.traced(self._cones[slot], self._linker.constants)
            return self._traced[slot]
