"""The actions that everybody has, with their checks, saves and difficulties, as the Rules Glossary of the SRD 5.2.1 has them."""

from __future__ import annotations

from typing import Any

import pytest

PHYSICAL = ["strength", "dexterity"]
# Rules Glossary: each action under its own name; jumps, climbing, swimming and falling into water under theirs.
CHECKS = {
    "hide_action": (["stealth"], 15),
    "influence_action": (["animal_handling", "deception", "intimidation", "performance", "persuasion"], 15),
    "search_action": (["insight", "medicine", "perception", "survival"], 0),
    "study_action": (["arcana", "history", "investigation", "nature", "religion"], 0),
    "first_aid": (["medicine"], 10),
    "land_in_rough": (["acrobatics"], 10),
    "clear_obstacle": (["athletics"], 10),
    "climb_slippery": (["athletics"], 15),
    "swim_rough": (["athletics"], 15),
    "enter_water": (["acrobatics", "athletics"], 15),
}
ACTIONS = (
    *("attack_action", "dash_action", "disengage_action", "dodge_action", "help_action", "hide_action", "influence_action"),
    *("magic_action", "ready_action", "search_action", "study_action", "utilize_action"),
)


def cards(hero: Any) -> dict[str, Any]:
    return {act.path: act for act in hero.actions()}


@pytest.mark.parametrize("name", CHECKS)
def test_a_check_is_made_by_these_skills_against_this(made, name):
    card = cards(made({"rogue": 1}, **{"strength.base": 14}))[name]
    assert (sorted(card.values["check_of"]), card.values["difficulty"]) == (sorted(CHECKS[name][0]), CHECKS[name][1])


@pytest.mark.parametrize("name", ["grapple", "shove"])
def test_a_grapple_and_a_shove_ask_for_a_save_against_8_and_strength_and_proficiency(made, name):
    card = cards(made({"fighter": 5}, **{"strength.base": 18}))[name]
    assert (sorted(card.values["saves"]), card.values["difficulty"]) == (sorted(PHYSICAL), 8 + 4 + 3)


def test_a_dash_goes_as_far_as_the_speed(made):
    assert cards(made({"monk": 2}))["dash_action"].values["range"] == 30 + 10


def test_the_twelve_actions_are_actions_and_an_opportunity_attack_is_a_reaction(made):
    found = cards(made({"wizard": 1}))
    assert {found[name].sort for name in ACTIONS} == {"action"}
    assert found["opportunity_attack"].sort == "reaction"
