"""The world that bodies read: a sheet as it is, the arguments of events, somebody else, and dice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rulecore.dataclass import dataclass
from rulecore.derive import Derivation
from rulecore.derive.instance import Instance
from rulecore.errors import Refused
from rulecore.finding import Finding
from rulecore.formula import ast as f
from rulecore.formula.dice import Dice
from rulecore.formula.values import InstanceValue, is_one_of
from rulecore.play.dice import Source


class Somebody(InstanceValue):
    """Somebody else than the one of the document: nothing is known of it but what it is called."""

    __slots__ = ("path",)
    shapes: frozenset[str] = frozenset()
    entry = None

    def __init__(self, name: str) -> None:
        """Call it something."""
        self.path = name


class Happened(InstanceValue):
    """An event with its arguments, as an answer to it reads them."""

    __slots__ = ("arguments",)
    shapes: frozenset[str] = frozenset()
    entry = None

    def __init__(self, arguments: Mapping[str, Any]) -> None:
        """Know the arguments by name."""
        self.arguments = arguments


@dataclass(frozen=True, slots=True)
class Roll:
    """Dice as they are written, and what came of them."""

    dice: str
    total: int


class Table:
    """The dice of one course of things, and all rolls."""

    def __init__(self, dice: Source | None) -> None:
        """Roll with a source, if there is one."""
        self._dice = dice
        self.rolls: list[Roll] = []

    def roll(self, dice: Any) -> Any:
        """Give what comes of a roll; a plain number is no dice. Refused where nobody has passed any dice."""
        if not isinstance(dice, Dice):
            return dice or 0
        if self._dice is None:
            finding = Finding(
                "act.dice",
                f"this rolls {dice}, and no dice were passed",
                expected=str(dice),
                hint="pass `dice=`: `rulecore.dice.seeded(…)`, `scripted(…)`, `average()`, or a function of your own",
            )
            raise Refused("nothing was changed", [finding])
        total = self._dice(dice)
        self.rolls.append(Roll(str(dice), total))
        return total


class Scene:
    """What the formulas of bodies ask: all of it is answered by a sheet, but for events, others and dice."""

    def __init__(self, derivation: Derivation, table: Table) -> None:
        """Stand on one derivation."""
        self.sheet = derivation.computation
        self.roll = table.roll

    @property
    def entity(self) -> Any:
        """The instance of the entity."""
        return self.sheet.entity

    def read(self, instance: Any, name: str, default: Any) -> Any:
        """Give what an instance has under a name, an argument of an event, or the default."""
        if isinstance(instance, Happened):
            return instance.arguments.get(name, default)
        return self.sheet.read(instance, name, default) if isinstance(instance, Instance) else default

    def referring(self, members: tuple[Any, ...], name: str, entry: Any) -> Sequence[Any] | None:
        """Give those of some members that refer to an entry by a name."""
        return self.sheet.referring(members, name, entry)

    def standing(self, entry: Any) -> Any:
        """Give the instance that stands for an entry, or none."""
        return self.sheet.standing(entry)

    def everything(self, by: str, name: str) -> tuple[Any, ...]:
        """Give all instances of a record, entry or kind, or all entries of a family."""
        return self.sheet.everything(by, name)

    def outer(self, instance: Any, shape: str) -> Any:
        """Give the nearest enclosing instance of a shape."""
        return self.sheet.outer(instance, shape) if isinstance(instance, Instance) else None

    def gained(self, node: f.Gained, instance: Any) -> int:
        """Give the place at which something was gained."""
        return self.sheet.gained(node, instance)

    def held_by(self, instance: Any) -> Any:
        """Give what `self` means for an instance."""
        return self.sheet.held_by(instance)

    def property(self, entry: Any, name: str, default: Any) -> Any:
        """Give constant data of an entry."""
        return self.sheet.property(entry, name, default)

    def ruling(self, name: str) -> Any:
        """Give the value of a ruling."""
        return self.sheet.ruling(name)

    def rows(self, table: str) -> tuple[tuple[int, f.Formula], ...]:
        """Give the rows of a table."""
        return self.sheet.rows(table)

    def instances(self, value: Any) -> int:
        """Count how many times an entry is active."""
        return self.sheet.instances(value)

    def is_one_of(self, value: Any, names: frozenset[str]) -> bool:
        """Tell whether an entry is of one of some kinds, or an instance of one of some shapes."""
        return is_one_of(value, names)
