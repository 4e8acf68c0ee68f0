"""What is done to a whole sheet at once: built, forked, explained, kept in memory."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from time import perf_counter_ns

from benchmarks.harness import Spread, spread
from benchmarks.sheet_edits import SCORE, STRUCTURAL
from benchmarks.sheets import Counts, Document, bare_document, counts, full_document, sheet_values, standard_rules
from rulecore import Character, Ruleset

KEPT = 6
EXPLAINED = "armor_class"
MOST_EDITS_IN_A_BLOCK, BLOCK, WARM_UPS = 500, 20_000_000, 3
# The bytes that a character may take: a number, or so many for each slot where the rules have more than the prototype had.
BARE_LIMIT, FULL_LIMIT = 10_000, 40_000
BYTES_A_SLOT, BYTES_BESIDE = 20, 4_000


def build(document: Document) -> Character:
    """Give the sheet of a document; its values are worked out when they are read."""
    return standard_rules().character(document)


def build_alone(document: Document) -> Character:
    """Give the sheet of a document under a ruleset that has derived nothing alike: a full derivation."""
    return Ruleset(standard_rules().rules).character(document)


def read_all(hero: Character, paths: list[str]) -> None:
    """Read every value of a sheet."""
    for path in paths:
        hero[path]


def nanoseconds(make: Callable[[], object], times: int = 1) -> float:
    """Time something, with the garbage collector off."""
    gc.collect()
    gc.disable()
    try:
        start = perf_counter_ns()
        for _ in range(times):
            make()
        return (perf_counter_ns() - start) / times
    finally:
        gc.enable()


@dataclass(frozen=True, slots=True)
class Whole:
    """What was measured: nanoseconds of a full derivation, and of the others as parts of one in the same round.

    `read` is one of which every value is read, all of them worked out by the interpreter; an explanation is a part of that, and
    so is `restructured`: an edit of structure on a sheet that has been read, and every value read again.
    """

    full: Spread
    read: Spread
    fork: Spread
    built: Spread
    explain: Spread
    explained_edit: Spread
    restructured: Spread


def measure_whole(rounds: int) -> Whole:
    """Time building, forking and explaining the full sheet, and an edit of a sheet that has been explained."""
    document = full_document()
    hero, other, explained = build(document), build(document), build(document)
    full, paths = partial(build_alone, document), list(sheet_values(hero))
    names = ("full", "read", "fork", "built", "explain", "plain", "explained", "restructured")
    times: dict[str, list[float]] = {name: [] for name in names}
    taken = [nanoseconds(partial(both_ways, each)) for _ in range(WARM_UPS) for each in (explained, other)]
    edits = max(1, min(MOST_EDITS_IN_A_BLOCK, int(BLOCK / taken[-1])))
    for _ in range(rounds):
        times["full"].append(nanoseconds(full))
        times["read"].append(nanoseconds(lambda: read_all(full(), paths)))
        times["restructured"].append(nanoseconds(_restructuring(full(), paths)))
        times["fork"].append(nanoseconds(hero.fork))
        times["built"].append(nanoseconds(lambda: build(document)))
        times["explain"].append(nanoseconds(lambda: hero.explain(EXPLAINED)))
        explained.explain(EXPLAINED)
        times["plain"].append(nanoseconds(lambda: both_ways(other), edits))
        times["explained"].append(nanoseconds(lambda: both_ways(explained), edits))
    full_times = times["full"]
    return Whole(
        full=spread(full_times),
        read=spread(times["read"]),
        fork=_parts(times["fork"], full_times),
        built=_parts(times["built"], full_times),
        explain=_parts(times["explain"], times["read"]),
        explained_edit=_parts(times["explained"], times["plain"]),
        restructured=_parts(times["restructured"], times["read"]),
    )


def _restructuring(hero: Character, paths: list[str]) -> Callable[[], None]:
    """Give what edits a sheet that has been read and reads it again."""
    read_all(hero, paths)
    other = hero.fork()
    other.edit(STRUCTURAL)
    there = [path for path in paths if path in other]

    def edited() -> None:
        hero.edit(STRUCTURAL)
        read_all(hero, there)

    return edited


def both_ways(hero: Character) -> None:
    """Make an edit and take it back by another."""
    hero.edit({SCORE.path: SCORE.first})
    hero.edit({SCORE.path: SCORE.second})


def _parts(some: list[float], all_: list[float]) -> Spread:
    return spread([one / another for one, another in zip(some, all_, strict=True)])


@dataclass(frozen=True, slots=True)
class Memory:
    """What one of several characters takes that are kept alive, beside what they share."""

    title: str
    counts: Counts
    size: float
    limit: float | None


def measure_memory() -> list[Memory]:
    """Weigh the bare character and the full one, each beside others that are alike, and alone."""
    rows = (("bare", bare_document(), BARE_LIMIT), ("the sheet", full_document(), FULL_LIMIT))
    return [each for row in rows for each in (_weighed(*row), _weighed_alone(*row[:2]))]


def _weighed(title: str, document: Document, limit: float) -> Memory:
    # the first one fills what all share
    first = build(document)
    counted = counts(first)
    return Memory(title, counted, _size(partial(build, document)), max(limit, BYTES_A_SLOT * counted.fields + BYTES_BESIDE))


def _weighed_alone(title: str, document: Document) -> Memory:
    return Memory(f"{title}, no other alike", counts(build(document)), _size(partial(build_alone, document)), None)


def _size(make: Callable[[], object]) -> float:
    gc.collect()
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        kept = [make() for _ in range(KEPT)]
        gc.collect()
        return (tracemalloc.get_traced_memory()[0] - before) / len(kept)
    finally:
        tracemalloc.stop()
