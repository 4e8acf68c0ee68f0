"""What all derivations of one structure stand on: what exists, who changes what, the plans of edits, and settled values."""

from __future__ import annotations

from _thread import RLock
from collections.abc import Set as AbstractSet

from rulecore.dataclass import dataclass
from rulecore.derive.collect import Contributions
from rulecore.derive.instance import Instance

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rulecore.derive.combine import Combined
    from rulecore.derive.inheritance import Inheritance
    from rulecore.derive.judging import Judging
    from rulecore.derive.noting import Topic
    from rulecore.derive.programs import Programs

Key = tuple[Instance, str]


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A value as it was, with what it was made of: it still holds if all of that is as it was. None where it cannot be asked."""

    was: Combined
    made_of: tuple[Topic, ...] | None


class Basis:
    """One structure with all that follows from it alone. Derivations in several threads may share it.

    `moving` are the fields that some plan may move: what they are, each derivation knows for itself. All other fields are
    the same in all of them, and whoever works one out adds it to `known`. A plan says what it may move before it is used, so
    that what is added late is never looked at. `inputs` are the editable fields whose plans or cones are known to it.
    `sources` are all that something known was made of; a structure that has branched off has an `inheritance` until somebody
    asks for a value. Then `affected` are all topics that may be otherwise than before, and `doubtful` those values among them.
    """

    def __init__(self, world: Judging, contributions: Contributions) -> None:
        """Know no value yet; `world` is the one in which it was judged what exists."""
        self.world, self.structure, self.contributions = world, world.structure, contributions
        self.known: dict[Key, Combined] = {}
        self.rulings: dict[str, Any] = {}
        self.sources: dict[tuple[Any, Any], tuple[Topic, ...]] = {}
        self.inheritance: Inheritance | None = None
        self.affected: AbstractSet[Topic] = frozenset()
        self.doubtful: dict[Topic, Doubtful] = {}
        self.moving: set[Key] = set()
        self.inputs: set[Key] = set()
        self._programs: Programs | None = None
        self._guard = RLock()

    @property
    def programs(self) -> Programs:
        """The plans of edits, made when one is first asked for."""
        from rulecore.derive.programs import Programs

        with self._guard:
            if self._programs is None:
                self._programs = Programs(self.structure, self.contributions)
            return self._programs

    def inherit(self) -> None:
        """Take over what still holds of the values of the structure from which this one has branched off."""
        with self._guard:
            inheritance = self.inheritance
            if inheritance is not None:
                inheritance.hand_over(self)
                self.inheritance = None

    def apart(self) -> Basis:
        """Give the same structure with the same plans, with no value together."""
        other = Basis(self.world, self.contributions)
        other._programs = self.programs
        return other

    def let_move(self, key: Key) -> None:
        """Take note that an editable field is edited from now on, or differs between documents; may raise Unlinkable."""
        if key not in self.inputs:
            moved = self.programs.moved(key)
            self.moving |= moved
            for each in moved:
                self.known.pop(each, None)
            self.inputs.add(key)
