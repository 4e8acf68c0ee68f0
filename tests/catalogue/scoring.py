"""Judges seeded faults: whether each is found, whether one of them stands first, and whether what is offered repairs it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain, islice
from random import Random
from typing import Any

from rulecore.finding import Finding, Safety, Severity
from rulecore.validation import validate
from tests.catalogue import classes, creation, gear, names, numbers, shape, spells  # noqa: F401 - they register their kinds
from tests.catalogue.fault import KINDS, Kind, Seeded, broken
from tests.catalogue.legal import Legal, examples, generated, golden, ruleset
from tests.catalogue.patching import Mismatch, patched

ROUNDS = 3
MOST_TRIED = 40
"""So many legal characters are tried for each instance of a kind that few characters can have."""

Place = tuple[str, str | None]


@dataclass(frozen=True)
class Instance:
    """One broken document, and what was broken in it."""

    legal: Legal
    kinds: tuple[Kind, ...]
    seeds: tuple[Seeded, ...]
    claiming: bool

    @property
    def data(self) -> Any:
        return broken(self.legal, self.seeds, claiming=self.claiming)


@dataclass
class Score:
    """How many faults were found, how many reports have one of them first, how many were repaired."""

    seeded: int = 0
    found: int = 0
    reports: int = 0
    first: int = 0
    certain: int = 0
    sound: int = 0
    repaired: int = 0
    missed: list[str] = field(default_factory=list)

    def __add__(self, other: Score) -> Score:
        return Score(
            self.seeded + other.seeded,
            self.found + other.found,
            self.reports + other.reports,
            self.first + other.first,
            self.certain + other.certain,
            self.sound + other.sound,
            self.repaired + other.repaired,
            [*self.missed, *other.missed],
        )

    def __str__(self) -> str:
        return (
            f"found {self.found}/{self.seeded}, first {self.first}/{self.reports}, "
            f"certain fixes {self.sound}/{self.certain}, repaired {self.repaired}/{self.reports}"
        )


def pool(count: int, first: int = 0) -> list[Legal]:
    """The examples, the golden documents, and so many generated characters."""
    return [*examples(), *golden(), *islice(generated(first), count)]


def instances(kind: Kind, legals: Sequence[Legal], count: int) -> list[Instance]:
    """Up to so many instances of a kind, of different characters as far as there are."""
    random = Random(f"{kind.number} {kind.name}")  # noqa: S311 - a test, no secret
    found: list[Instance] = []
    order = list(legals)
    random.shuffle(order)
    for legal in islice(chain.from_iterable(order for _ in range(count)), max(len(order), MOST_TRIED * count)):
        if len(found) == count:
            break
        seeded = kind.make(legal, random)
        if seeded is not None:
            found.append(Instance(legal, (kind,), (seeded,), claiming=random.random() < 0.5))
    return found


def several(kinds: Sequence[Kind], legals: Sequence[Legal], size: int, count: int) -> list[Instance]:
    """So many documents with several faults each, of different kinds and at places that do not meet."""
    random = Random(size)  # noqa: S311 - a test, no secret
    found: list[Instance] = []
    while len(found) < count:
        legal = random.choice(legals)
        picked: list[tuple[Kind, Seeded]] = []
        for kind in random.sample(kinds, min(len(kinds), 8 * size)):
            seeded = kind.make(legal, random) if all(kind.number != each.number for each, _seed in picked) else None
            if seeded is not None and not any(seeded.meets(other) for _kind, other in picked):
                picked.append((kind, seeded))
            if len(picked) == size:
                break
        if len(picked) == size:
            claiming = random.random() < 0.5
            found.append(Instance(legal, tuple(each for each, _ in picked), tuple(each for _, each in picked), claiming))
    return found


# ---- judging


def place(finding: Finding) -> Place:
    return finding.cause, finding.pointer


def judged(instance: Instance, *, repairing: bool = True) -> Score:
    """The score of one broken document."""
    report = validate(instance.data, ruleset())
    found = {place(finding) for finding in report.findings}
    seeded: list[Place] = [(seed.cause, seed.pointer) for seed in instance.seeds]
    score = Score(seeded=len(seeded), reports=1, found=sum(each in found for each in seeded))
    score.first = int(bool(report.roots) and place(report.roots[0].finding) in seeded)
    for each in seeded:
        if each not in found:
            score.missed.append(f"{instance.legal.name}: {each} is not among {sorted(found, key=str)[:4]}")
    if repairing:
        for finding, sound in certain_fixes(report):
            score.certain += 1
            score.sound += sound
            if not sound:
                score.missed.append(f"{instance.legal.name}: the certain fix of {place(finding)} does not work")
        random = Random(instance.legal.name)  # noqa: S311 - a test, no secret
        score.repaired = int(repaired(report, random))
        if not score.repaired:
            score.missed.append(f"{instance.legal.name}: {seeded} is not repaired")
    return score


def total(scores: Iterable[Score]) -> Score:
    return sum(scores, Score())


# ---- repairing


def wrong(report: Any) -> set[tuple[str, str | None, str]]:
    return {(each.cause, each.pointer, str(each.found)) for each in report.verdict if each.severity is not Severity.NOTE}


def certain_fixes(report: Any) -> Iterator[tuple[Finding, bool]]:
    """Each finding with a certain fix, and whether that takes it away and adds none."""
    if report.data is None:
        return
    before = wrong(report)
    for root in report.roots:
        for fix in root.finding.fixes:
            if fix.safety is Safety.CERTAIN and fix.patch:
                after = wrong(report.revised(patched(report.data, fix.patch)))
                own = (root.finding.cause, root.finding.pointer, str(root.finding.found))
                yield root.finding, own not in after and not after - before


def repaired(report: Any, random: Random) -> bool:
    """Whether a repairer that knows nothing ends within a few rounds with a legal character.

    In each round it takes any fix of each root, and then what is certain is done, as the repair loop does it.
    """
    if report.data is None:
        return False
    current = report.fixed(Safety.CERTAIN)
    for _round in range(ROUNDS):
        if current.ok and not any(each.severity is Severity.WARNING for each in current.verdict):
            return True
        data = current.data
        for root in current.roots:
            fixes = [fix for fix in root.finding.fixes if fix.patch]
            if fixes and root.finding.severity is not Severity.NOTE:
                with suppress(Mismatch):
                    data = patched(data, random.choice(fixes).patch)
        current = report.revised(data).fixed(Safety.CERTAIN)
    return bool(current.ok)


def kinds() -> list[Kind]:
    """All kinds of faults, by their numbers."""
    return sorted(KINDS, key=lambda kind: (kind.number, kind.name))
