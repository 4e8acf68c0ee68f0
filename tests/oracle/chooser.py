"""Whoever decides while a character is made up: Hypothesis, which can shrink, or a plain random number generator."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Protocol, TypeVar

from hypothesis import strategies as st

T = TypeVar("T")


class Numbers(Protocol):
    """A source of whole numbers."""

    def __call__(self, least: int, most: int, /) -> int:
        """Give a number within bounds."""
        ...


class Chooser:
    """Decides by whole numbers alone; 0 and the first are the simplest, to which Hypothesis shrinks."""

    def __init__(self, number: Numbers) -> None:
        """Take decisions from a source of numbers."""
        self.number = number

    @classmethod
    def of_seed(cls, seed: int) -> Chooser:
        return cls(Random(seed).randint)  # noqa: S311 - a character, not a secret

    @classmethod
    def of_hypothesis(cls, draw: st.DrawFn) -> Chooser:
        return cls(lambda least, most: draw(st.integers(least, most)))

    def chance(self, percent: int) -> bool:
        return self.number(0, 99) >= 100 - percent

    def one(self, options: Sequence[T]) -> T:
        return options[self.number(0, len(options) - 1)]

    def some(self, options: Sequence[T], count: int) -> list[T]:
        """Give so many different ones, or all if there are no more."""
        left = list(options)
        return [left.pop(self.number(0, len(left) - 1)) for _ in range(min(count, len(left)))]
