"""Incremental equals full: after every edit of long histories the live sheet is what its document gives.

Every edit of every test is verified against a new derivation (`RULECORE_VERIFY_EDITS`): values, explanations' findings and
structure. Here the edits are many and of all sorts, and at the end nothing may have stayed behind.
"""

from __future__ import annotations

import json
import os
from typing import Any

import pytest

import rulecore as rc
from rulecore.character import verification
from tests.properties.heroes import character, differences, examples, mutated, played, seeds, sheet_text

from .histories import live

DEEP = os.environ.get("HYPOTHESIS_PROFILE") == "deep"
HISTORIES = range(2000) if DEEP else range(6)
LENGTH = 50


def started(seed: int) -> Any:
    """A character from an example, from the conformance corpus, mutated, or played from nothing."""
    if seed % 3 == 0:
        return character(played(seed))
    return character(mutated(seeds()[seed % len(seeds())], seed))


@pytest.mark.parametrize("seed", HISTORIES)
def test_a_history_of_fifty_edits(seed: int):
    assert verification.is_verifying()
    hero = started(seed)
    first = hero.document, sheet_text(hero), size(hero)
    for change in live(hero, seed, LENGTH):
        assert change.recomputed >= len(change.changed)
    last = hero.document, sheet_text(hero)
    count = len(hero.log)
    for _ in range(count):
        hero.undo()
    assert hero.document == first[0]
    assert sheet_text(hero) == first[1], differences(sheet_text(hero), first[1])
    assert size(hero) == first[2]
    for _ in range(count):
        hero.redo()
    assert (hero.document, sheet_text(hero)) == last


def size(hero: Any) -> tuple[int, ...]:
    """How much there is of everything that an edit may leave behind."""
    structure, contributions = hero.derivation.structure, hero.derivation.contributions
    fields = sum(len(instance.fields) for instance in structure.instances)
    return len(structure.instances), len(structure.by_path), fields, sum(map(len, contributions.fixed.values()))


@pytest.mark.parametrize("name", sorted(examples()))
def test_slots_do_not_grow_with_use(name: str):
    """An input set a hundred times, taken back and done again has the slots that it had after the first time."""
    hero = character(examples()[name])
    hero.edit({"strength.base": 9})
    slots = len(hero.engine.values)
    for score in range(100):
        hero.edit({"strength.base": 8 + score % 9})
    for _ in range(50):
        hero.undo()
    hero.what_if({"strength.base": 20})
    assert len(hero.engine.values) == slots


def test_a_planted_fault_is_found(monkeypatch: pytest.MonkeyPatch):
    """A plan that forgets one field: the next edit of its input is not what the document gives."""
    from rulecore.derive import plan

    usual = plan.text_of

    def forgetful(cone: Any, *, traced: bool = False) -> str:
        text = usual(cone, traced=traced)
        lines = text.splitlines()
        del lines[max(place for place, line in enumerate(lines) if line.strip().startswith("v["))]
        return "\n".join(lines) + "\n"

    monkeypatch.setattr(plan, "text_of", forgetful)
    hero = character(examples()["human_paladin_13"])
    with pytest.raises(rc.RulecoreError, match="an edit did not give what a new derivation gives"):
        hero.edit({"strength.base": 3})


def test_what_is_kept_after_edits_is_the_document(tmp_path: Any):
    hero = character(examples()["ranger_wizard"])
    for value in (8, 15, 20):
        hero.edit({"wisdom.base": value})
    path = tmp_path / "hero.json"
    path.write_text(json.dumps(hero.document))
    assert sheet_text(character(json.loads(path.read_text()))) == sheet_text(hero)
