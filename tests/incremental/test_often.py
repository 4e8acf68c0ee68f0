"""Inputs that are set often have plans made for the values that all else has: narrow, shared where equal, given up in time."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

import rulecore as rc
from benchmarks.sheets import full_document
from rulecore.derive import often
from rulecore.derive.link.narrowed import narrowed
from rulecore.derive.link.sums import MOST_SUMS, Sums
from rulecore.derive.plan import made, text_of
from rulecore.formula.dice import Dice
from tests.properties.heroes import character, examples, sheet_text

from .histories import any_value

EDITS = 30
SCORES = ("strength.base", "dexterity.base", "wisdom.base", "charisma.base")
FEW, MANY = 10, 40


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch):
    """Every plan is made narrow when it is first called."""
    monkeypatch.setattr(often, "ENOUGH", 0)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch):
    """No verification: here it is looked at which plans are called."""
    monkeypatch.delenv("RULECORE_VERIFY_EDITS")


def narrow_of(hero: Any, path: str) -> Any:
    """The narrow cone of an input of a sheet, as it is made when the input has been set often."""
    slot = hero.engine.slot(path)
    programs = hero.engine._programs
    return narrowed(programs._linker, programs._cones[slot], hero.engine.world)


def fields_of(hero: Any, slots: Any) -> set[str]:
    keys = hero.engine._programs.keys
    return {keys[slot][0].join(keys[slot][1]) for slot in slots if keys[slot] is not None}


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("name", [*examples(), "the sheet"])
def test_random_edits_give_what_a_new_derivation_gives(name: str):
    """Each edit is verified; a few inputs come again and again, so that narrow plans are used and given up."""
    hero = character(full_document(FEW) if name == "the sheet" else examples()[name])
    random = Random(name)  # noqa: S311 - a test, no secret
    for _ in range(EDITS):
        common = random.random() < 0.7
        edits = [rc.Set(random.choice(SCORES), random.randint(1, 30))] if common else any_value(hero, random)
        try:
            hero.edit(edits)
        except rc.Refused:
            continue
        if random.random() < 0.1:
            hero.undo()
    assert sheet_text(hero) == sheet_text(character(hero.document))


@pytest.mark.usefixtures("quick")
def test_a_plan_is_made_narrow_when_its_input_is_set_often_and_given_up_when_something_else_moves():
    hero = character(full_document(FEW))
    engine = hero.engine
    strength, hands, worn = (
        engine.slot(path)
        for path in ("strength.base", "inventory.weapon_1.two_hands", "inventory.weapon_2.attack.wanted_ability")
    )
    general = list(engine.plans)
    for place in range(often.ENOUGH + 1):
        hero.edit({"strength.base": 8 + place % 9})
    narrow = engine.plans[strength]
    assert narrow is not general[strength]
    assert engine.plans[worn] is not general[worn], "it moves what the narrow plan takes for settled"
    hero.edit({"strength.base": 20})
    assert engine.plans[strength] is narrow
    hero.edit({"inventory.weapon_2.attack.wanted_ability": "dexterity"})
    assert engine.plans[worn] is general[worn]
    assert engine.plans[strength] is not narrow
    assert sheet_text(hero) == sheet_text(character(hero.document))
    hero.edit({"strength.base": 3, "inventory.weapon_1.two_hands": True})
    assert engine.plans[hands] is general[hands]
    assert sheet_text(hero) == sheet_text(character(hero.document))


@pytest.mark.usefixtures("quick")
def test_to_and_fro_between_two_inputs_makes_few_narrow_plans(monkeypatch: pytest.MonkeyPatch):
    hero = character(full_document(FEW))
    made_narrow: list[int] = []
    usual = hero.engine._programs.narrow
    monkeypatch.setattr(hero.engine._programs, "narrow", lambda slot, world: made_narrow.append(slot) or usual(slot, world))
    for place in range(20 * often.ENOUGH):
        hero.edit({SCORES[place % 2]: 8 + place % 7})
    assert 2 <= len(made_narrow) <= 10
    assert sheet_text(hero) == sheet_text(character(hero.document))


@pytest.mark.usefixtures("at_once", "quick")
def test_forks_and_questions_do_not_meet_the_narrow_plans_of_another():
    hero = character(full_document(FEW))
    hero.edit({"strength.base": 12})
    fork = hero.fork()
    fork.edit({"dexterity.base": 20})
    hero.what_if({"dexterity.base": 3, "strength.base": 30})
    for each in (hero, fork):
        each.edit({"strength.base": 18})
        assert sheet_text(each) == sheet_text(character(each.document))


@pytest.mark.usefixtures("at_once", "quick")
def test_recovery_gives_up_narrow_plans():
    hero = character(full_document(FEW))
    hero.edit({"strength.base": 12})
    narrow = hero.engine.plans[hero.engine.slot("strength.base")]
    hero.engine.recover()
    assert hero.engine.plans[hero.engine.slot("strength.base")] is not narrow
    hero.edit({"strength.base": 18})
    assert sheet_text(hero) == sheet_text(character(hero.document))


def test_what_has_the_same_code_stands_once_however_many_have_it():
    """Forty weapons add no line to the edit of a score: what they have is put where that of the first ones is."""
    lengths = []
    for weapons in (FEW, MANY):
        narrow = narrow_of(character(full_document(weapons)), "strength.base")
        lengths.append(len(text_of(narrow.cone).splitlines()))
        assert sum(len(others) for others in narrow.cone.also.values()) > weapons
    assert lengths[1] < lengths[0] * 1.3


def test_a_truth_that_several_share_stops_the_plan():
    """Whether Strength is too little for heavy weapons is asked once, and nothing of theirs is touched while it stays."""
    narrow = narrow_of(character(full_document(MANY)), "strength.base")
    tests = [slot for slot, code in narrow.cone.code.items() if code.text.endswith(" < 13)")]
    assert len(tests) == 1
    assert len(narrow.cone.also[tests[0]]) > 1


def test_what_cannot_move_is_left_out():
    hero = character(full_document(FEW))
    cone = narrow_of(hero, "inventory.weapon_2.attack.wanted_ability").cone
    slots = {*cone.order, *(each for others in cone.also.values() for each in others)}
    attack = "inventory.weapon_2.attack"
    assert fields_of(hero, slots) == {f"{attack}.{name}" for name in ("wanted_ability", "ability", "bonus", "passive", "damage")}


def test_dice_of_two_cases_are_added_up_beforehand():
    """Held in two hands or in one: both sums of dice are settled, and the plan takes one of them."""
    hero = character(full_document(FEW))
    narrow = narrow_of(hero, "inventory.weapon_1.two_hands")
    text = text_of(narrow.cone)
    assert "+" not in text
    assert text.count("else:") == 1, "what one truth chooses is chosen together"
    assert "(w)" not in text
    assert made(narrow.cone, narrow.constants)


def test_sums_of_dice_are_made_once_and_are_not_kept_without_end():
    dice = Dice(((8, 1),), 2)
    table = Sums(dice)
    assert all(table[number] == dice + number for number in range(-5, 2 * MOST_SUMS))
    assert table[3] is table[3]
    assert len(table) <= MOST_SUMS


def test_a_slot_without_a_plan_cannot_be_set():
    hero = character(full_document(FEW))
    slot = hero.engine.slot("strength.base")
    assert slot > 0 or hero.engine.slot("dexterity.base") > 0
    for each, plan in enumerate(hero.engine.plans):
        if plan is often._no_plan:
            with pytest.raises(KeyError):
                hero.engine.set(each, 3)
