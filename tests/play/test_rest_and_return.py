"""What rests, returns from death, castings and origins do in the standard packs, beyond the resources of classes."""

from __future__ import annotations

from typing import Any

import pytest

import rulecore as rc
from tests.play.conftest import Making


def exhausted(level: int) -> dict[str, Any]:
    return {"conditions": {"exhaustion": {"condition": "exhaustion", "level": level}}}


# ---- rests


def test_a_long_rest_takes_one_level_of_exhaustion_until_none_is_left(made):
    hero = made({"fighter": 1}, collections=exhausted(2))
    hero.act("long_rest")
    assert hero["exhaustion.level"] == 1
    hero.act("long_rest")
    assert hero["exhaustion.level"] == 0


def test_a_long_rest_gives_back_what_was_taken_off_the_hit_point_maximum(made):
    hero = made({"fighter": 2}, hit_point_reduction=5, hit_points=3)
    assert hero["hit_point_maximum"] == 16 - 5
    hero.act("long_rest")
    assert (hero["hit_point_maximum"], hero["hit_points"]) == (16, 16)


def test_a_long_rest_gives_back_reduced_ability_scores_and_their_hit_points(made):
    # Constitution 14 - 4 is 10, 2 less for each of 2 levels
    hero = made({"fighter": 2}, hit_points=1, **{"constitution.base": 14, "constitution.reduced": 4, "strength.reduced": 3})
    assert (hero["constitution.score"], hero["strength.score"], hero["hit_point_maximum"]) == (10, 7, 16)
    hero.act("long_rest")
    assert (hero["constitution.score"], hero["strength.score"]) == (14, 10)
    assert (hero["hit_point_maximum"], hero["hit_points"]) == (20, 20)


@pytest.mark.parametrize(("hours", "pact_slots_spent"), [(0, 1), (1, 0)])
def test_an_interrupted_long_rest_counts_as_a_short_one_after_an_hour_and_takes_an_hour_more(made, hours, pact_slots_spent):
    hero = made({"warlock": 1}, hit_points=3, **{"pact_slots.spent": 1})
    assert (hero["long_rest_hours"], hero["short_rest_hours"]) == (8, 1)
    hero.act("long_rest_interrupted", {"hours": hours})
    assert (hero["pact_slots.spent"], hero["hit_points"], hero["long_rest_hours"]) == (pact_slots_spent, 3, 9)
    hero.act("long_rest")
    assert hero["long_rest_hours"] == 8


def test_elves_rest_for_4_hours_and_are_not_put_to_sleep(made):
    hero = made({"fighter": 1}, species="elf")
    assert hero["long_rest_hours"] == 4
    assert "magic that puts you to sleep" in str(hero.explain("unconscious.immune"))


# ---- death and life


def test_whoever_returns_to_life_is_one_level_less_exhausted_and_attuned_to_nothing(made):
    ring = {"inventory": {"ring": {"item": "ring_of_protection", "equipped": True, "attuned": True}}}
    hero = made({"fighter": 3}, collections=exhausted(6) | ring, hit_points=0, death_failures=3)
    assert (hero["dead"], hero["attuned_count"]) == (True, 1)
    hero.act("revive", {"amount": 5})
    assert (hero["dead"], hero["hit_points"], hero["death_failures"]) == (False, 5, 0)
    assert (hero["exhaustion.level"], hero["attuned_count"]) == (5, 0)


def test_the_living_do_not_return_to_life(made):
    with pytest.raises(rc.Refused, match="only the dead"):
        made({"fighter": 1}).act("revive")


def test_whoever_is_stable_makes_no_death_saving_throw_until_hurt_again(made):
    hero = made({"fighter": 3}, hit_points=0, death_successes=3)
    with pytest.raises(rc.Refused, match="Stable"):
        hero.act("death_saving_throw", {"rolled": 5})
    hero.act("take_damage", {"amount": 1, "kind_of": "fire"})
    assert (hero["death_successes"], hero["death_failures"]) == (0, 1)
    hero.act("death_saving_throw", {"rolled": 5})
    assert hero["death_failures"] == 2


def test_prone_stays_when_healing_ends_unconscious(made):
    hero = made({"fighter": 1})
    hero.act("take_damage", {"amount": 12, "kind_of": "fire"})
    hero.act("heal", {"amount": 4})
    assert (hero["unconscious.level"], hero["prone.level"], hero["incapacitated.level"]) == (0, 1, 0)


@pytest.mark.parametrize(
    ("condition", "lost"),
    [("blinded", "can_see"), ("deafened", "can_hear"), ("incapacitated", "can_act"), ("stunned", "can_act")],
)
def test_a_condition_takes_away_one_ability_of_the_body(made, condition, lost):
    hero = made({"fighter": 1}, collections={"conditions": {condition: {"condition": condition}}})
    assert [name for name in ("can_see", "can_hear", "can_act") if not hero[name]] == [lost]


# ---- castings


def test_heroic_inspiration_is_used_once(made):
    hero = made({"fighter": 1}, heroic_inspiration=True)
    hero.act("use_inspiration")
    assert not hero["heroic_inspiration"]
    with pytest.raises(rc.Refused, match="no Heroic Inspiration"):
        hero.act("use_inspiration")


def casting(made: Making) -> Any:
    spells = {"detect": {"spell": "detect_magic"}, "fireball": {"spell": "fireball"}}
    return made({"wizard": 5, "warlock": 3}, collections={"wizard.magic.prepared": spells}, concentrating_on="blessed")


def test_pact_magic_slots_cast_the_spells_of_another_class(made):
    hero = casting(made)
    with pytest.raises(rc.Refused, match="below the level"):
        hero.act("cast_with_pact_slot", {"spell": "wizard.magic.prepared.fireball"})
    hero.act("cast_with_pact_slot", {"spell": "wizard.magic.prepared.detect"})
    assert (hero["pact_slots.spent"], hero["level_1_slots.spent"], hero["concentrating_on"]) == (1, 0, None)


def test_a_ritual_costs_no_slot_and_ends_another_concentration(made):
    hero = casting(made)
    with pytest.raises(rc.Refused, match="no Ritual"):
        hero.act("cast_ritual", {"spell": "wizard.magic.prepared.fireball"})
    hero.act("cast_ritual", {"spell": "wizard.magic.prepared.detect"})
    assert (hero["pact_slots.spent"], hero["level_1_slots.spent"], hero["concentrating_on"]) == (0, 0, None)


def test_a_spell_of_a_lineage_is_cast_once_without_a_slot(made):
    choices = {"tiefling.legacy": ["infernal"], "tiefling.ability": ["charisma"]}
    hero = made({"fighter": 3}, choices=choices, species="tiefling")
    spell = "tiefling.legacy_magic.prepared.hellish_rebuke"
    hero.act("cast_without_slot", {"spell": spell})
    assert hero[f"{spell}.free_casts.remaining"] == 0
    with pytest.raises(rc.Refused, match="no casting without a slot"):
        hero.act("cast_without_slot", {"spell": spell})
    hero.act("long_rest")
    assert hero[f"{spell}.free_casts.remaining"] == 1


# ---- origins and levels


def test_a_rock_gnome_keeps_three_devices_at_a_time(made):
    hero = made({"fighter": 1}, choices={"gnome.lineage": ["rock"]}, species="gnome")
    for _ in range(3):
        hero.act("gnome.lineage.rock.make_device")
    with pytest.raises(rc.Refused):
        hero.act("gnome.lineage.rock.make_device")
    hero.act("gnome.lineage.rock.device_ends")
    assert hero["gnome.lineage.rock.devices.remaining"] == 1
    hero.act("long_rest")
    assert hero["gnome.lineage.rock.devices.remaining"] == 3


def test_a_halfling_rolls_a_1_again(made):
    outcome = made({"fighter": 1}, species="halfling").act("halfling.luck", {"test": "stealth.check"})
    assert [event.name for event in outcome.events] == ["halfling.luck", "rerolled"]


@pytest.mark.parametrize(("cover", "armor_class", "save"), [("none", 12, 2), ("half", 14, 4), ("three_quarters", 17, 7)])
def test_cover_helps_armor_class_and_dexterity_saves(made, cover, armor_class, save):
    hero = made({"wizard": 1}, cover=cover, **{"dexterity.base": 14})
    assert (hero["armor_class"], hero["dexterity.save.bonus"]) == (armor_class, save)


@pytest.mark.parametrize(("level", "experience"), [(1, 0), (2, 300), (10, 64000), (20, 355000)])
def test_a_level_takes_the_experience_that_reaches_it(made, level, experience):
    hero = made({"wizard": level}, experience=experience)
    assert (hero["least_experience"], hero["experience_level"], hero["level"]) == (experience, level, level)


@pytest.mark.parametrize(("level", "experience", "feats"), [(20, 384999, 0), (20, 385000, 1), (20, 415000, 2), (19, 415000, 0)])
def test_after_level_20_each_30000_experience_points_are_a_feat(made, level, experience, feats):
    hero = made({"wizard": level}, experience=experience)
    assert hero["further_feats_earned"] == feats
    asked = [finding for finding in hero.findings if "Feats after level 20" in str(finding)]
    assert len(asked) == (feats > 0)
    hero = made({"wizard": level}, choices={"further_feats": ["alert", "savage_attacker"][:feats]}, experience=experience)
    assert hero["initiative.proficiency"] == ("proficient" if feats else "none")


@pytest.mark.parametrize(("level", "dice"), [(4, 1), (5, 2), (11, 3), (17, 4)])
def test_cantrips_grow_with_the_level_of_the_character(made, level, dice):
    assert made({"wizard": 4, "fighter": level - 4})["cantrip_dice"] == dice


def test_an_alignment_is_one_of_nine_or_none(made):
    assert made({"wizard": 1})["alignment"] == "unaligned"
    hero = made({"wizard": 1}, alignment="chaotic_good")
    assert hero["alignment"] == "chaotic_good"
    with pytest.raises(rc.Refused):
        hero.edit({"alignment": "chaotic_neat"})
