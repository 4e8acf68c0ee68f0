"""Inputs that are set often: their plans are made for the values that all else has, and given up when those change."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from rulecore.derive.link.code import Key
from rulecore.derive.plan import Bound

# To make a narrow plan takes as long as some hundreds of edits, so that it is made for inputs that are seen to come again.
ENOUGH = 50
LATER = 16
Narrow = Callable[[int], tuple[Bound, frozenset[Key]] | None]


class Often:
    """Who is called when an input is set: `plans` has that for each, by its slot, and is changed in place.

    A plan that waits to be made narrow counts its calls. One that would shift what a narrow plan has taken for settled
    first gives that plan up. All others are the bare plans, so that watching costs them nothing.
    """

    def __init__(self, narrow: Narrow) -> None:
        """Know no input yet; `narrow` makes the narrow plan of one, with the fields that it takes for settled."""
        self.plans: list[Bound] = []
        self._narrow = narrow
        self._wide: dict[int, Bound] = {}
        self._own: dict[int, Bound] = {}
        self._movable: dict[int, frozenset[Key]] = {}
        self._wanted: dict[int, int] = {}
        self._assumed: dict[int, frozenset[Key]] = {}

    def __contains__(self, slot: object) -> bool:
        """Tell whether the plan of an input is here."""
        return slot in self._wide

    def admit(self, slot: int, plan: Bound, movable: Iterable[Key]) -> None:
        """Take the plan of an input, and all fields that it may move."""
        self._wide[slot], self._movable[slot], self._wanted[slot] = plan, frozenset(movable), ENOUGH
        self._own[slot] = self._counting(slot)
        self.plans.extend(_no_plan for _ in range(len(self.plans), slot + 1))
        self._settle(slot)

    def shift(self, slot: int) -> None:
        """Give up every narrow plan that takes for settled what an input may shift, as somebody has set or will set it."""
        endangered = self._endangered(slot)
        for other in endangered:
            del self._assumed[other]
            # To and fro between two inputs must not ask for a narrow plan each time.
            self._wanted[other] *= LATER
            self._own[other] = self._counting(other)
        for each in self._wide if endangered else ():
            self._settle(each)

    def forget(self) -> None:
        """Give up every narrow plan."""
        for slot in self._assumed:
            self._own[slot] = self._counting(slot)
        self._assumed.clear()
        for slot in self._wide:
            self._settle(slot)

    def _endangered(self, slot: int) -> list[int]:
        movable = self._movable[slot]
        return [other for other, assumed in self._assumed.items() if other != slot and not movable.isdisjoint(assumed)]

    def _settle(self, slot: int) -> None:
        self.plans[slot] = self._guarding(slot) if self._endangered(slot) else self._own[slot]

    def _guarding(self, slot: int) -> Bound:
        def guarding(value: Any) -> None:
            self.shift(slot)
            self.plans[slot](value)

        return guarding

    def _counting(self, slot: int) -> Bound:
        plan, left = self._wide[slot], self._wanted[slot]

        def counting(value: Any) -> None:
            nonlocal left
            left -= 1
            if left < 0:
                self._make_narrow(slot)
                self._own[slot](value)
            else:
                plan(value)

        return counting

    def _make_narrow(self, slot: int) -> None:
        found = self._narrow(slot)
        if found is None:
            self._own[slot] = self._wide[slot]
        else:
            self._own[slot], self._assumed[slot] = found
        for each in self._wide:
            self._settle(each)


def _no_plan(_value: Any) -> None:
    raise KeyError("a slot without a plan is set")
