"""Where each field of a cone stands in its plan: inside the test of the last slot through which every way to it leads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from rulecore.derive.link.cone import Cone

DEEPEST = 60


class Nesting:
    """`above` gives for each slot the one inside whose test it stands, `below` the reverse; `flagged` are read across tests."""

    def __init__(self, cone: Cone) -> None:
        """Work out all of it."""
        self._cone = cone
        self.above = _dominators(cone)
        self.below: dict[int, list[int]] = defaultdict(list)
        for slot in cone.order:
            self.below[self.above[slot]].append(slot)
        self.flagged = {read for slot in cone.order if self.is_join(slot) for read in cone.reads[slot]}

    def is_join(self, slot: int) -> bool:
        """Tell whether a slot hangs on several, each of which may have changed or not."""
        return self.above[slot] not in self._cone.reads[slot]

    def flags(self, above: int) -> set[int]:
        """Give the slots below one whose change must be remembered there."""
        return {read for slot in self.below[above] if self.is_join(slot) for read in self._cone.reads[slot]}


def _dominators(cone: Cone) -> dict[int, int]:
    """Give for each slot the last one through which every way from the source leads, not too deep for Python's blocks."""
    above: dict[int, int] = {}
    depth = {cone.source: 0}
    place = {cone.source: -1} | {slot: place for place, slot in enumerate(cone.order)}
    for slot in cone.order:
        found, *others = cone.reads[slot]
        for other in others:
            found = _common(found, other, above, place)
        while depth[found] >= DEEPEST:
            found = above[found]
        above[slot] = found
        depth[slot] = depth[found] + 1
    return above


def _common(one: int, other: int, above: Mapping[int, int], place: Mapping[int, int]) -> int:
    while one != other:
        if place[one] < place[other]:
            other = above[other]
        else:
            one = above[one]
    return one
