"""What single traits of species and single feats do in play, as the SRD 5.2.1 has them."""

from __future__ import annotations

from typing import Any

import pytest

import rulecore as rc
from tests.play.conftest import Making

TARGET = {"target": "Brann"}


def goliath(made: Making, ancestry: str) -> Any:
    return made({"fighter": 1}, choices={"goliath.ancestry": [ancestry]}, species="goliath")


@pytest.mark.parametrize(
    ("ancestry", "event", "rolled", "damage"), [("fires_burn", "burn", 9, "fire"), ("frosts_chill", "chill", 5, "cold")]
)
def test_a_gift_of_fire_or_frost_deals_its_die(made, ancestry, event, rolled, damage):
    hero = goliath(made, ancestry)
    outcome = hero.act(f"goliath.ancestry.{ancestry}.{event}", TARGET, dice=rc.dice.scripted([rolled]))
    assert [(each.name, each.arguments["amount"], each.arguments["kind_of"]) for each in outcome.sent] == [
        ("take_damage", rolled, damage)
    ]
    assert hero["goliath.giant_gift.spent"] == 1


def test_the_gift_of_the_hill_knocks_prone(made):
    outcome = goliath(made, "hills_tumble").act("goliath.ancestry.hills_tumble.tumble", TARGET)
    assert [(each.name, each.arguments, each.to) for each in outcome.sent] == [("gains_condition", {"what": "prone"}, "Brann")]


def test_an_orc_rushes_with_temporary_hit_points_of_the_proficiency_bonus(made):
    hero = made({"fighter": 5}, species="orc")
    hero.act("orc.adrenaline_rush")
    assert hero["temporary_hit_points"] == 3


def test_an_orc_endures_at_1_hit_point_once_until_a_long_rest(made):
    hero = made({"fighter": 1}, species="orc", hit_points=0)
    hero.act("orc.endure")
    assert hero["hit_points"] == 1
    hero.edit({"hit_points": 0})
    with pytest.raises(rc.Refused):
        hero.act("orc.endure")


def test_a_slot_that_is_recalled_is_there_again(made):
    hero = made(
        {"wizard": 19},
        choices={"wizard.19.boon": ["boon_of_spell_recall"]},
        **{"level_3_slots.spent": 2, "level_5_slots.spent": 1},
    )
    hero.act("wizard.19.boon.boon_of_spell_recall.slot_kept", {"slot": "level_3_slots"})
    assert hero["level_3_slots.spent"] == 1
    with pytest.raises(rc.Refused):
        hero.act("wizard.19.boon.boon_of_spell_recall.slot_kept", {"slot": "level_5_slots"})


def test_whoever_merges_with_shadows_is_invisible(made):
    hero = made({"rogue": 19}, choices={"rogue.19.boon": ["boon_of_the_night_spirit"]})
    hero.act("rogue.19.boon.boon_of_the_night_spirit.merge_with_shadows")
    assert [*hero.document["collections"]["conditions"]] == ["invisible"]


def test_a_grappler_attacks_the_grappled_with_advantage(made):
    hero = made({"fighter": 4}, choices={"fighter.4.improvement": ["grappler"]}, **{"strength.base": 13})
    told = [term.against for term in hero.explain("unarmed_strike.advantage").situational]
    assert told == ["a creature grappled by you"]
