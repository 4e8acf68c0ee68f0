"""What is offered repairs: a certain fix takes its finding away and adds none, and three rounds of any fixes end legally."""

from __future__ import annotations

import os

import pytest

from tests.catalogue.legal import Legal
from tests.catalogue.patching import Mismatch, patched
from tests.catalogue.scoring import Score, instances, judged, kinds, pool, total

DEEP = os.environ.get("HYPOTHESIS_PROFILE") == "deep"
POOL = 400 if DEEP else 12
REPAIRED = 0.95
PARTS = 4


@pytest.fixture(scope="module")
def legals() -> list[Legal]:
    return pool(POOL)


@pytest.mark.parametrize("part", range(PARTS))
def test_faults_are_repaired(part: int, legals: list[Legal]):
    score = Score()
    for kind in kinds() if DEEP else kinds()[part::PARTS][:: PARTS // 2]:
        score += total(judged(each) for each in instances(kind, legals, 50 if DEEP else 1))
        if DEEP and part:
            break
    assert score.sound == score.certain, score.missed
    assert score.repaired >= REPAIRED * score.reports - (0 if DEEP else 1), score.missed


def test_patches_are_applied_as_the_standard_says():
    document = {"a": {"b": [1, 2]}, "c/d": 3}
    patch = [
        {"op": "test", "path": "/a/b/1", "value": 2},
        {"op": "replace", "path": "/a/b/0", "value": 7},
        {"op": "add", "path": "/a/b/-", "value": 9},
        {"op": "move", "from": "/c~1d", "path": "/e"},
        {"op": "remove", "path": "/a/b/1"},
    ]
    assert patched(document, patch) == {"a": {"b": [7, 9]}, "e": 3}
    assert document == {"a": {"b": [1, 2]}, "c/d": 3}


@pytest.mark.parametrize(
    "operation",
    [
        {"op": "test", "path": "/a", "value": 2},
        {"op": "remove", "path": "/b"},
        {"op": "replace", "path": "/b", "value": 1},
        {"op": "replace", "path": "/a/x", "value": 1},
        {"op": "jump", "path": "/a"},
    ],
)
def test_a_patch_that_does_not_fit_is_refused(operation):
    with pytest.raises(Mismatch):
        patched({"a": 1}, [operation])
