"""Where rolls come from: a caller hands a source to `Character.act`, and without one there are none.

A source takes dice, such as `2d6+3`, and gives a whole number. Write your own where a table rolls real dice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from rulecore.errors import Refused
from rulecore.finding import Finding
from rulecore.formula.dice import Dice

Source: TypeAlias = "Callable[[Dice], int]"
"""Takes dice, and gives what comes of them, with what is added."""


def seeded(seed: float | str) -> Source:
    """Give a source of chance that rolls the same again from the same seed, on every machine."""
    from random import Random

    chance = Random(seed)  # noqa: S311 - nobody guesses a secret from it
    return _of_sides(lambda sides: chance.randint(1, sides))


def scripted(numbers: Iterable[int]) -> Source:
    """Give a source that shows given numbers, one after the other, in the order in which dice are written: fewest sides first.

    Refused where dice have no such side, and where there are no more.
    """
    left = iter(numbers)

    def face(sides: int) -> int:
        found = next(left, None)
        if found is None or not 1 <= found <= sides:
            words = f"this rolls a d{sides}, and the script has {'no more numbers' if found is None else f'a {found}'}"
            raise Refused("nothing was changed", [Finding("dice.script", words, expected=sides, found=found)])
        return found

    return _of_sides(face)


def average() -> Source:
    """Give a source that rolls the mean each time, rounded down."""
    return lambda dice: int(dice.average // 1)


def _of_sides(face: Callable[[int], int]) -> Source:
    def roll(dice: Dice) -> int:
        total = dice.constant
        for sides, count in dice.terms:
            sign = 1 if count > 0 else -1
            total += sum(sign * face(sides) for _ in range(abs(count)))
        return total

    return roll
