"""The fault catalogue: every seeded fault is told by its cause at its place, alone and beside others, and stands first.

In CI a few instances of every kind; with HYPOTHESIS_PROFILE=deep 50, and 10,000 legal characters.
"""

from __future__ import annotations

import os
from itertools import combinations, islice

import pytest

from rulecore.finding import Severity
from rulecore.validation import validate
from tests.catalogue.fault import Kind
from tests.catalogue.legal import Legal, examples, generated, golden, ruleset
from tests.catalogue.scoring import instances, judged, kinds, pool, several, total

DEEP = os.environ.get("HYPOTHESIS_PROFILE") == "deep"
OF_EACH = 50 if DEEP else 1
SEVERAL = 300 if DEEP else 10
CHARACTERS = 10_000 if DEEP else 50
POOL = 400 if DEEP else 24
FOUND, BESIDE_OTHERS, FIRST = 0.99, 0.97, 0.95
FIRST_SEED = 100_000
"""The seeds of legal characters that are only judged: others than those in which faults are seeded."""

# Kinds that no document of a character can have, or that the packs do not judge, each with its reason.
NOT_SEEDED = {
    14: "a cost that names no resource is a fault of a pack: `name.unknown`, told when it is loaded",
    16: "an `extend` or `override` of nothing is a fault of a pack: `extend.unknown`, told when it is loaded",
    17: "a document does not say by which way its ability scores came about",
}
# Kinds whose causes coincide: there is no such entry, whether it was invented or misspelt, or is no condition.
ONE_CAUSE = [{9, 11, 12, 56}, {9, 11, 12, 22}, {9, 11, 12}]


@pytest.fixture(scope="module")
def legals() -> list[Legal]:
    return pool(POOL)


def test_every_kind_is_seeded_or_has_a_reason():
    assert {kind.number for kind in kinds()} | set(NOT_SEEDED) == set(range(1, 57))
    assert not {kind.number for kind in kinds()} & set(NOT_SEEDED)
    assert all(kind.rule for kind in kinds())


@pytest.mark.parametrize("number", sorted({kind.number for kind in kinds()}))
def test_a_kind_is_found(number: int, legals: list[Legal]):
    for kind in of_number(number):
        score = total(judged(each, repairing=False) for each in instances(kind, legals, OF_EACH))
        assert score.seeded, kind.name
        assert score.found >= FOUND * score.seeded, score.missed


def of_number(number: int) -> list[Kind]:
    return [kind for kind in kinds() if kind.number == number]


def test_no_two_kinds_share_a_cause_but_those_that_are_one(legals: list[Legal]):
    causes: dict[int, set[str]] = {}
    for kind in kinds():
        for each in instances(kind, legals, 3):
            causes.setdefault(kind.number, set()).update(seed.cause for seed in each.seeds)
    shared = {
        (one, two): causes[one] & causes[two]
        for one, two in combinations(causes, 2)
        if causes[one] & causes[two] and not any({one, two} <= each for each in ONE_CAUSE)
    }
    assert shared == {}


@pytest.mark.parametrize("size", [2, 3])
def test_several_at_once_cost_little(size: int, legals: list[Legal]):
    score = total(judged(each, repairing=False) for each in several(kinds(), legals, size, SEVERAL))
    assert score.found >= BESIDE_OTHERS * score.seeded, score.missed
    assert score.first >= FIRST * score.reports, score.missed


# ---- what is legal


def test_no_error_on_examples_and_golden_sheets():
    for legal in (*examples(), *golden()):
        assert_no_error(legal)


@pytest.mark.slow
def test_no_error_on_generated_characters():
    for legal in islice(generated(FIRST_SEED), CHARACTERS):
        assert_no_error(legal)


def assert_no_error(legal: Legal) -> None:
    report = validate(legal.copy(claiming=True), ruleset())
    errors = [str(each) for each in report.verdict if each.severity is Severity.ERROR]
    assert not errors, f"{legal.name}: {errors}"
