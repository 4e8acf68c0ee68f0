"""How well faults are found and repaired, kind by kind, over the catalogue of the tests: `python -m benchmarks.validation`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Any

from benchmarks.report import table

OF_EACH = 50
SEVERAL = 300
POOL = 400
SIZES = (2, 3)
_HEAD = ("kind", "of", "found", "first", "certain fixes", "repaired")

scoring: Any = import_module("tests.catalogue.scoring")


def share(part: int, whole: int) -> str:
    """Write a share in percent, nothing where there is nothing to share."""
    return f"{100 * part / whole:.1f} %" if whole else ""


def row(name: str, score: Any) -> tuple[str, ...]:
    """Write one line of the table."""
    return (
        name,
        str(score.reports),
        share(score.found, score.seeded),
        share(score.first, score.reports),
        share(score.sound, score.certain),
        share(score.repaired, score.reports),
    )


def rows(of_each: int, several: int, legals: Sequence[Any]) -> Iterable[tuple[str, ...]]:
    """Give a line for each kind, for all together, and for several faults at once; what went wrong goes to the terminal."""
    every = scoring.Score()
    for kind in scoring.kinds():
        score = scoring.total(scoring.judged(each) for each in scoring.instances(kind, legals, of_each))
        every += score
        yield row(f"{kind.number} {kind.name}", score)
        told(score.missed)
    yield row("**all**", every)
    for size in SIZES:
        score = scoring.total(scoring.judged(each) for each in scoring.several(scoring.kinds(), legals, size, several))
        yield row(f"{size} at once", score)
        told(score.missed)


def told(missed: Iterable[str]) -> None:
    """Print what was missed beside the table."""
    for each in missed:
        print(f"  {each}", file=sys.stderr)


def detection(of_each: int = OF_EACH, several: int = SEVERAL, pool: int = POOL) -> str:
    """Seed and judge so many faults of each kind, and write the table."""
    return table(_HEAD, rows(of_each, several, scoring.pool(pool)))


if __name__ == "__main__":
    print(detection(*map(int, sys.argv[1:])))
