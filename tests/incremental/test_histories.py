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
from tests.properties.heroes import character, differences, examples, mutated, played, rules, seeds, sheet_text

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
    # In thousands of histories, every step back and forth again would take twice the time of all edits.
    if DEEP and seed % 10:
        hero._observers.clear()
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
    return len(structure.instances), len(structure.by_path), fields, sum(map(len, contributions.single.values()))


@pytest.mark.parametrize("name", ["elf_wizard_20", "monk_barbarian"])
def test_slots_do_not_grow_with_use(name: str):
    """An input set time and again, taken back and done again has the slots that it had after the first time."""
    hero = character(examples()[name])
    hero.edit({"strength.base": 9})
    slots = len(hero.engine.values)
    for score in range(30):
        hero.edit({"strength.base": 8 + score % 9})
    for _ in range(15):
        hero.undo()
    hero.what_if({"strength.base": 20})
    assert len(hero.engine.values) == slots


FORGOTTEN = range(8)


def test_planted_faults_are_found(monkeypatch: pytest.MonkeyPatch):
    """Plans that each forget one field: an edit that moves the field is not what the document gives."""
    from rulecore.derive import plan

    usual = plan.text_of
    found = []
    for forgotten in FORGOTTEN:
        monkeypatch.setattr(
            plan, "text_of", lambda cone, forgotten=forgotten, **more: without_leaf(usual(cone, **more), forgotten)
        )
        hero = rc.Ruleset(rules().rules).character(examples()["human_paladin_13"])
        try:
            hero.edit({"strength.base": 3})
        except rc.RulecoreError as error:
            found.append(str(error))
        monkeypatch.undo()
        monkeypatch.setenv(verification.VARIABLE, "1")
    assert len(found) >= len(FORGOTTEN) * 3 / 4
    assert all("an edit did not give what a new derivation gives" in message for message in found)


def without_leaf(text: str, place: int) -> str:
    """The text of a plan without the line that sets one of the fields that nothing else reads."""
    lines = text.splitlines()
    leaves = [number for number, line in enumerate(lines) if line.strip().startswith("v[") and " = x" not in line]
    leaf = leaves[place]
    lines[leaf] = lines[leaf].partition("v[")[0] + "None"
    return "\n".join(lines) + "\n"


def test_what_is_kept_after_edits_is_the_document(tmp_path: Any):
    hero = character(examples()["ranger_wizard"])
    for value in (8, 15, 20):
        hero.edit({"wisdom.base": value})
    path = tmp_path / "hero.json"
    path.write_text(json.dumps(hero.document))
    assert sheet_text(character(json.loads(path.read_text()))) == sheet_text(hero)
