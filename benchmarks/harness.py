"""Races: everybody does the same edits in turn, round after round in one run, and only ratios within a round are compared."""

from __future__ import annotations

import gc
import statistics
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from time import perf_counter_ns
from typing import Any, Protocol

from benchmarks.contestants.contestant import Absent, Contestant, Editor

_BLOCK = 2_000_000  # nanoseconds that one block of edits should take
_MOST_PAIRS = 5_000
# Enough for whatever adapts to what is edited often: a block is counted by what an edit takes after that.
_WARM_UP_BLOCKS = 6


class Timed(Protocol):
    """Something that is set to one value and back, known by its title; `name` tells contestants which input it is."""

    @property
    def title(self) -> str:
        """Give what it is called in tables."""

    @property
    def name(self) -> str:
        """Give the name of the input."""

    @property
    def first(self) -> Any:
        """Give the value that it is set to."""

    @property
    def second(self) -> Any:
        """Give the value that it is set back to."""

    @property
    def values(self) -> tuple[Any, Any]:
        """Give both."""


class Runner(Protocol):
    """Somebody who can do edits and say how long they took, in this process or in another."""

    title: str

    def values_after(self, edit: Timed, value: Any) -> list[Any]:
        """Make an edit and give all values."""

    def nanoseconds(self, edit: Timed, pairs: int) -> float:
        """Do an edit forth and back so many times, and give the time of one."""

    def close(self) -> None:
        """Let go of what lies outside this process."""


class InProcess:
    """A contestant in this process, timed with the garbage collector off."""

    def __init__(self, contestant: Contestant) -> None:
        """Take a contestant."""
        self.contestant = contestant
        self.title = contestant.title
        self.editors: dict[str, Editor] = {}

    def _editor(self, name: str) -> Editor:
        if name not in self.editors:
            self.editors[name] = self.contestant.editor(name)
        return self.editors[name]

    def values_after(self, edit: Timed, value: Any) -> list[Any]:
        """Make an edit and give all values."""
        self._editor(edit.name)(value)
        return self.contestant.values()

    def nanoseconds(self, edit: Timed, pairs: int) -> float:
        """Do an edit forth and back so many times, and give the time of one."""
        make, first, second = self._editor(edit.name), edit.first, edit.second
        gc.collect()
        gc.disable()
        try:
            start = perf_counter_ns()
            for _ in range(pairs):
                make(first)
                make(second)
            return (perf_counter_ns() - start) / (2 * pairs)
        finally:
            gc.enable()

    def close(self) -> None:
        """Do nothing: all is in this process."""


class Disagreement(Exception):
    """Two contestants have different values after the same edits, so nothing is timed."""


def verify(runners: Sequence[Runner], names: Sequence[str], edits: Iterable[Timed]) -> None:
    """Compare all values of all runners with the first one's, on each value that will be timed."""
    judge, *others = runners
    for edit in edits:
        for value in edit.values:
            right = judge.values_after(edit, value)
            for runner in others:
                found = runner.values_after(edit, value)
                wrong = [name for name, one, other in zip(names, right, found, strict=True) if one != other]
                if wrong:
                    raise Disagreement(f"{runner.title}, {edit.name} = {value}: {', '.join(wrong[:10])}")


@dataclass(frozen=True, slots=True)
class Spread:
    """The middle of many numbers, and between which two the middle half of them lies."""

    lower: float
    median: float
    upper: float


def spread(numbers: Sequence[float]) -> Spread:
    """Give median and quartiles."""
    lower, median, upper = statistics.quantiles(numbers, n=4) if len(numbers) > 1 else [numbers[0]] * 3
    return Spread(lower, median, upper)


@dataclass(slots=True)
class Race:
    """What was measured: for each runner and edit the nanoseconds of each round."""

    times: dict[tuple[str, str], list[float]] = field(default_factory=dict)

    def __contains__(self, title: object) -> bool:
        return any(title == runner for runner, _edit in self.times)

    def has(self, title: str, edit: Timed) -> bool:
        """Tell whether somebody has made an edit."""
        return (title, edit.title) in self.times

    def cost(self, title: str, edit: Timed) -> Spread:
        """Give the nanoseconds of an edit."""
        return spread(self.times[title, edit.title])

    def ratio(self, title: str, other: str, edit: Timed) -> Spread:
        """Give how many times as long one takes as another, from the ratios within the rounds."""
        pairs = zip(self.times[title, edit.title], self.times[other, edit.title], strict=True)
        return spread([mine / theirs for mine, theirs in pairs])

    def ratio_of_edits(self, title: str, edit: Timed, other: Timed) -> Spread:
        """Give how many times as long one edit takes as another, by the same one, from the ratios within the rounds."""
        pairs = zip(self.times[title, edit.title], self.times[title, other.title], strict=True)
        return spread([one / another for one, another in pairs])


def race(runners: Sequence[Runner], edits: Sequence[Timed], rounds: int) -> Race:
    """Let everybody do every edit in each round, in turn; who is absent from an edit sits it out."""
    pairs: dict[tuple[str, str], int] = {}
    for edit in edits:
        for runner in runners:
            with suppress(Absent):
                pairs[runner.title, edit.title] = _calibrated(runner, edit)
    result = Race({key: [] for key in pairs})
    for _ in range(rounds):
        for edit in edits:
            for runner in runners:
                key = runner.title, edit.title
                if key in pairs:
                    result.times[key].append(runner.nanoseconds(edit, pairs[key]))
    return result


def _calibrated(runner: Runner, edit: Timed) -> int:
    """Find how many pairs of edits fill a block; the trials warm up what needs it."""
    pairs = 1
    for _ in range(_WARM_UP_BLOCKS):
        pairs = int(_BLOCK / (2 * runner.nanoseconds(edit, pairs)))
        pairs = min(_MOST_PAIRS, max(1, pairs))
    return pairs
