"""Sums of dice and whole numbers, each made once: what is added changes often, between few numbers."""

from __future__ import annotations

from rulecore.formula.dice import Dice

MOST_SUMS = 200


class Sums(dict[int, Dice | int]):
    """What some dice are with a whole number added, by that number."""

    def __init__(self, dice: Dice) -> None:
        """Know no sum yet."""
        self._dice = dice

    def __missing__(self, number: int) -> Dice | int:
        """Add a number for the first time."""
        if len(self) >= MOST_SUMS:
            self.clear()
        found = self[number] = self._dice + number
        return found
