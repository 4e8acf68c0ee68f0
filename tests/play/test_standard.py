"""What the standard packs play: rests, resources, harm and healing, as the SRD has them."""

from __future__ import annotations

from typing import Any

import pytest

import rulecore as rc
from tests.play.conftest import Making


def spent(hero: Any, *paths: str) -> list[int]:
    return [hero[f"{path}.spent"] for path in paths]


# ---- rests: (levels, resource, spent before, spent after a Short Rest); all come back on a Long Rest


@pytest.mark.parametrize(
    ("levels", "path", "before", "after"),
    [
        ({"barbarian": 3}, "barbarian.rage", 3, 2),
        ({"bard": 4}, "bard.bardic_inspiration", 3, 3),
        ({"bard": 5}, "bard.bardic_inspiration", 3, 0),
        ({"cleric": 2}, "cleric.channel_divinity", 2, 1),
        ({"druid": 2}, "druid.wild_shape", 2, 1),
        ({"fighter": 2}, "fighter.second_wind", 2, 1),
        ({"fighter": 2}, "fighter.action_surge", 1, 0),
        ({"fighter": 9}, "fighter.indomitable", 1, 1),
        ({"monk": 4}, "monk.focus", 4, 0),
        ({"paladin": 3}, "paladin.channel_divinity", 2, 1),
        ({"paladin": 3}, "paladin.lay_on_hands", 11, 11),
        ({"ranger": 10}, "ranger.tireless", 3, 3),
        ({"rogue": 20}, "rogue.stroke_of_luck", 1, 0),
        ({"sorcerer": 3}, "sorcerer.sorcery_points", 3, 3),
        ({"sorcerer": 3}, "sorcerer.innate_sorcery", 2, 2),
        ({"warlock": 5}, "pact_slots", 2, 0),
        ({"warlock": 5}, "warlock.cunning", 1, 1),
        ({"wizard": 3}, "wizard.recovery", 1, 1),
        ({"wizard": 3}, "level_2_slots", 2, 2),
        ({"sorcerer": 5}, "level_3_slots", 2, 2),
    ],
)
def test_what_a_rest_gives_back(made, levels, path, before, after):
    hero = made(levels, **{"charisma.base": 16, "wisdom.base": 16, f"{path}.spent": before})
    assert spent(hero, path) == [before]
    hero.act("short_rest")
    assert spent(hero, path) == [after]
    hero.act("long_rest")
    assert spent(hero, path) == [0]


def test_a_long_rest_gives_back_hit_points_and_all_hit_point_dice(made):
    dice = "d10_hit_point_dice"
    hero = made({"fighter": 5}, hit_points=3, temporary_hit_points=4, **{f"{dice}.spent": 4})
    hero.act("long_rest")
    assert (hero["hit_points"], hero["temporary_hit_points"], hero[f"{dice}.remaining"]) == (hero["hit_point_maximum"], 0, 5)


def test_nobody_rests_at_0_hit_points(made):
    with pytest.raises(rc.Refused, match="at least 1 Hit Point"):
        made({"fighter": 1}, hit_points=0).act("long_rest")


# ---- the use of resources


@pytest.mark.parametrize(
    ("levels", "act", "resource", "cost"),
    [
        ({"bard": 1}, "bard.inspire", "bard.bardic_inspiration", 1),
        ({"cleric": 2}, "cleric.turn_undead", "cleric.channel_divinity", 1),
        ({"druid": 2}, "druid.assume_shape", "druid.wild_shape", 1),
        ({"fighter": 1}, "fighter.take_second_wind", "fighter.second_wind", 1),
        ({"paladin": 3}, "paladin.divine_sense", "paladin.channel_divinity", 1),
        ({"sorcerer": 1}, "sorcerer.begin_innate_sorcery", "sorcerer.innate_sorcery", 1),
        ({"warlock": 2}, "warlock.magical_cunning", "warlock.cunning", 1),
    ],
)
def test_an_act_costs_what_it_says_until_nothing_is_left(made, levels, act, resource, cost):
    hero = made(levels, **{"charisma.base": 16})
    for used in range(cost, hero[f"{resource}.maximum"] + 1, cost):
        assert {each.path: each.is_possible for each in hero.actions()}[act]
        hero.act(act, dice=rc.dice.average())
        assert spent(hero, resource) == [used]
    before = hero.document
    assert not {each.path: each.is_possible for each in hero.actions()}[act]
    with pytest.raises(rc.Refused):
        hero.act(act, dice=rc.dice.average())
    assert hero.document == before


def test_a_rage_begins_with_its_act_and_ends_with_a_long_rest(made):
    hero = made({"barbarian": 1})
    hero.act("barbarian.enter_rage")
    assert hero["slashing.resistant"]
    hero.act("take_damage", {"amount": 9, "kind_of": "slashing"})
    assert hero["hit_points"] == 12 - 4
    hero.act("long_rest")
    assert not hero["barbarian.raging"]


def test_magical_cunning_gives_back_half_of_the_pact_slots_rounded_up(made):
    hero = made({"warlock": 11}, **{"pact_slots.spent": 3})
    hero.act("warlock.magical_cunning")
    assert spent(hero, "pact_slots") == [1]


def test_eldritch_master_gives_back_all_of_them(made):
    hero = made({"warlock": 20}, **{"pact_slots.spent": 4})
    hero.act("warlock.magical_cunning")
    assert spent(hero, "pact_slots") == [0]


def test_second_wind_heals_1d10_and_the_level(made):
    hero = made({"fighter": 4}, hit_points=5)
    hero.act("fighter.take_second_wind", dice=rc.dice.scripted([7]))
    assert hero["hit_points"] == 5 + 7 + 4


def test_sorcery_points_make_slots_and_slots_make_points(made):
    hero = made({"sorcerer": 5}, **{"level_2_slots.spent": 1, "sorcerer.sorcery_points.spent": 2})
    hero.act("sorcerer.create_slot.points_to_slot", {"slot": "level_2_slots"})
    assert spent(hero, "level_2_slots", "sorcerer.sorcery_points") == [0, 5]
    hero.act("sorcerer.slot_to_points", {"slot": "level_3_slots"})
    assert spent(hero, "level_3_slots", "sorcerer.sorcery_points") == [1, 2]


def test_arcane_recovery_takes_slots_of_half_the_level_two_of_one_level_too(made):
    hero = made({"wizard": 4}, **{"level_1_slots.spent": 3, "level_2_slots.spent": 2})
    with pytest.raises(rc.Refused, match="half your Wizard level"):
        hero.act("wizard.arcane_recovery", {"slots": ["level_1_slots", "level_2_slots"]})
    hero.act("wizard.arcane_recovery", {"slots": ["level_1_slots", "level_1_slots"]})
    assert spent(hero, "level_1_slots", "level_2_slots", "wizard.recovery") == [1, 2, 1]


# ---- harm and healing


def test_temporary_hit_points_are_lost_first(made):
    hero = made({"fighter": 1}, temporary_hit_points=5)
    hero.act("take_damage", {"amount": 8, "kind_of": "fire"})
    assert (hero["temporary_hit_points"], hero["hit_points"]) == (0, 10 - 3)


def test_resistance_halves_downwards_before_temporary_hit_points(made):
    hero = made({"fighter": 1}, species="dwarf", temporary_hit_points=1)
    hero.act("take_damage", {"amount": 7, "kind_of": "poison"})
    assert (hero["temporary_hit_points"], hero["hit_points"]) == (0, 11 - 2)


def test_temporary_hit_points_do_not_stack(made):
    hero = made({"fighter": 1})
    for amount in (5, 3):
        hero.act("gain_temporary", {"amount": amount})
    assert hero["temporary_hit_points"] == 5


def test_dropping_to_0_makes_unconscious_and_healing_wakes(made):
    hero = made({"fighter": 1})
    change = hero.act("take_damage", {"amount": 12, "kind_of": "fire"})
    assert hero["hit_points"] == 0
    assert "conditions.unconscious" in change.created
    assert len(hero.log) == 1
    hero.act("heal", {"amount": 4})
    assert hero["hit_points"] == 4
    assert "unconscious" not in hero.document["collections"].get("conditions", {})


def test_as_much_as_the_maximum_beyond_0_kills(made):
    hero = made({"fighter": 1})
    hero.act("take_damage", {"amount": 20, "kind_of": "fire"})
    assert hero["dead"]
    with pytest.raises(rc.Refused, match="the dead are not healed"):
        hero.act("heal", {"amount": 1})


@pytest.mark.parametrize(("rolled", "successes", "failures"), [(1, 0, 2), (2, 0, 1), (9, 0, 1), (10, 1, 0), (19, 1, 0)])
def test_death_saving_throws_are_counted(made, rolled, successes, failures):
    hero = made({"fighter": 1}, hit_points=0)
    hero.act("death_saving_throw", {"rolled": rolled})
    assert (hero["death_successes"], hero["death_failures"]) == (successes, failures)


def test_a_20_on_a_death_saving_throw_gives_1_hit_point_and_forgets_the_others(made):
    hero = made({"fighter": 1}, hit_points=0, death_failures=2, death_successes=1)
    hero.act("death_saving_throw", {"rolled": 20})
    assert (hero["hit_points"], hero["death_successes"], hero["death_failures"]) == (1, 0, 0)


def test_damage_at_0_hit_points_is_a_failure_and_a_critical_hit_two(made):
    hero = made({"fighter": 3}, hit_points=0)
    hero.act("take_damage", {"amount": 1, "kind_of": "fire"})
    assert hero["death_failures"] == 1
    hero.act("take_damage", {"amount": 1, "kind_of": "fire", "critical": True})
    assert hero["dead"]


# ---- levels


def test_a_level_is_gained_with_what_was_rolled(made):
    hero = made({"fighter": 1}, **{"constitution.base": 14})
    hero.act("gain_level", {"class": "fighter", "rolled": 8})
    assert (hero["fighter.level"], hero["hit_point_maximum"]) == (2, 12 + 8 + 2)
    with pytest.raises(rc.Refused, match="multiclassing"):
        hero.act("gain_level", {"class": "wizard"})
    hero.undo()
    assert hero["level"] == 1


# ---- Hit Point Dice, one at a time


def test_a_hit_point_die_is_spent_and_heals_at_least_1(made):
    dice = "d12_hit_point_dice"
    hero = made({"barbarian": 2}, hit_points=1, **{"constitution.base": 6})
    hero.act("spend_hit_point_die", {"die": dice}, dice=rc.dice.scripted([1]))
    assert (hero["hit_points"], hero[f"{dice}.remaining"]) == (2, 1)
    hero.act("spend_hit_point_die", {"die": dice}, dice=rc.dice.scripted([8]))
    assert (hero["hit_points"], hero[f"{dice}.remaining"]) == (2 + 8 - 2, 0)
    with pytest.raises(rc.Refused, match="no such Hit Point Die is left"):
        hero.act("spend_hit_point_die", {"die": dice}, dice=rc.dice.average())


def test_healing_stops_at_the_maximum(made):
    hero = made({"fighter": 1}, hit_points=8)
    hero.act("heal", {"amount": 30})
    assert hero.document["fields"]["hit_points"] == 10


# ---- Concentration


@pytest.mark.parametrize(
    ("damage", "d20", "keeps"), [(8, 9, True), (8, 8, False), (19, 9, True), (24, 10, False), (24, 11, True)]
)
def test_concentration_is_tested_against_10_or_half_the_damage(made, damage, d20, keeps):
    hero = made({"wizard": 9}, concentrating_on="hasted", **{"constitution.base": 12})
    hero.act("take_damage", {"amount": damage, "kind_of": "cold"}, dice=rc.dice.scripted([d20]))
    assert hero["concentrating_on"] == ("hasted" if keeps else None)


def test_a_concentration_that_ends_takes_its_effect_along_with_what_that_leaves(made):
    hero = made({"wizard": 5})
    hero.act("gains_effect", {"what": "hasted"})
    hero.edit({"concentrating_on": "hasted"})
    hero.act("concentration_lost")
    assert hero["concentrating_on"] is None
    assert [*hero.document["collections"]["effects"]] == ["lethargic"]
    assert hero["walk.speed"] == 0
    hero.act("turn_ends")
    assert hero["walk.speed"] == 30


def test_advantage_on_the_save_rolls_twice(made):
    hero = made({"sorcerer": 1}, concentrating_on="blessed")
    hero.act("gains_effect", {"what": "foreseeing"})
    change = hero.act("concentration_tested", {"damage": 4}, dice=rc.dice.scripted([3, 12]))
    assert [roll.dice for roll in change.rolls] == ["1d20", "1d20"]
    assert hero["concentrating_on"] == "blessed"


@pytest.mark.parametrize("condition", ["incapacitated", "stunned", "unconscious"])
def test_a_condition_that_incapacitates_ends_concentration(made, condition):
    hero = made({"wizard": 1}, concentrating_on="blurred")
    hero.act("gains_condition", {"what": condition})
    assert hero["concentrating_on"] is None


def test_dropping_to_0_ends_concentration_without_a_roll(made):
    hero = made({"wizard": 1}, concentrating_on="blurred")
    hero.act("take_damage", {"amount": 7, "kind_of": "cold"})
    assert hero["concentrating_on"] is None


# ---- conditions and effects


def test_who_wakes_is_prone(made):
    hero = made({"fighter": 1})
    hero.act("take_damage", {"amount": 10, "kind_of": "fire"})
    hero.act("heal", {"amount": 1})
    assert [*hero.document["collections"]["conditions"]] == ["prone"]


def test_a_condition_one_is_immune_to_is_not_gained(made):
    hero = made({"paladin": 10})
    assert not hero.act("gains_condition", {"what": "frightened"})


def test_a_long_rest_takes_one_level_of_exhaustion(made):
    hero = made({"fighter": 1})
    hero.act("gains_condition", {"what": "exhaustion"})
    hero.edit({"conditions.exhaustion.level": 2})
    hero.act("long_rest")
    assert hero["exhaustion.level"] == 1
    hero.act("long_rest")
    assert hero["exhaustion.level"] == 0
    assert not hero.document["collections"].get("conditions")


def test_aid_gives_hit_points_with_the_maximum(made):
    hero = made({"fighter": 1}, hit_points=4)
    hero.act("gains_effect", {"what": "aided", "level": 3})
    assert (hero["hit_point_maximum"], hero["hit_points"]) == (20, 14)


def test_wings_begin_with_their_act(made):
    hero = made({"fighter": 5}, choices={"dragonborn.ancestry": ["fire"]}, species="dragonborn")
    hero.act("dragonborn.draconic_flight")
    assert hero["fly.speed"] == 30
    assert spent(hero, "dragonborn.flight") == [1]


def test_a_breath_is_used_and_its_damage_is_for_those_who_fail(made):
    hero = made({"fighter": 5}, choices={"dragonborn.ancestry": ["fire"]}, species="dragonborn")
    hero.act("dragonborn.breath_weapon")
    assert spent(hero, "dragonborn.breath") == [1]
    failed = hero.act("dragonborn.breath_weapon.fail", dice=rc.dice.scripted([9, 6]))
    assert [(each.name, each.arguments, each.to) for each in failed.sent] == [
        ("take_damage", {"amount": 15, "kind_of": "fire", "critical": False}, "target")
    ]
    saved = hero.act("dragonborn.breath_weapon.success", dice=rc.dice.scripted([9, 6]))
    assert saved.sent[0].arguments["amount"] == 7


def test_lay_on_hands_on_oneself_and_on_another(made):
    hero = made({"paladin": 2}, hit_points=5)
    hero.act("paladin.lay_hands.touch", {"points": 4, "target": "self"})
    assert (hero["hit_points"], hero["paladin.lay_on_hands.remaining"]) == (9, 6)
    other = hero.act("paladin.lay_hands.touch", {"points": 6, "target": "Mira"})
    assert [(each.name, each.arguments, each.to) for each in other.sent] == [("heal", {"amount": 6}, "Mira")]
    with pytest.raises(rc.Refused):
        hero.act("paladin.lay_hands.touch", {"points": 1})


# ---- spells


def cleric(made: Making) -> Any:
    hero = made({"cleric": 3}, **{"wisdom.base": 16})
    hero.edit([rc.Add("cleric.magic.prepared", {"spell": name}, name) for name in ("bless", "aid")])
    return hero


def test_a_spell_uses_a_slot_of_its_level_or_above(made):
    hero = cleric(made)
    hero.act("cast", {"spell": "cleric.magic.prepared.bless", "slot": "level_2_slots"})
    assert spent(hero, "level_1_slots", "level_2_slots") == [0, 1]
    with pytest.raises(rc.Refused, match="below the level of the spell"):
        hero.act("cast", {"spell": "cleric.magic.prepared.aid", "slot": "level_1_slots"})
    hero.edit({"level_1_slots.spent": 4})
    with pytest.raises(rc.Refused, match="no slot of this level is left"):
        hero.act("cast", {"spell": "cleric.magic.prepared.bless", "slot": "level_1_slots"})


def test_another_spell_of_concentration_ends_the_one_before(made):
    hero = cleric(made)
    hero.edit({"concentrating_on": "shielded_by_faith"})
    hero.act("cast", {"spell": "cleric.magic.prepared.aid", "slot": "level_2_slots"})
    assert hero["concentrating_on"] == "shielded_by_faith"
    hero.act("cast", {"spell": "cleric.magic.prepared.bless", "slot": "level_1_slots"})
    assert hero["concentrating_on"] is None


def test_a_casting_without_a_slot_is_spent_and_comes_back_on_a_long_rest(made):
    hero = made({"paladin": 5}, **{"charisma.base": 14})
    steed = "paladin.magic.prepared.find_steed"
    hero.act("cast_without_slot", {"spell": steed})
    assert spent(hero, f"{steed}.free_casts", "level_2_slots") == [1, 0]
    with pytest.raises(rc.Refused, match="no casting without a slot is left"):
        hero.act("cast_without_slot", {"spell": steed})
    hero.act("short_rest")
    assert spent(hero, f"{steed}.free_casts") == [1]
    hero.act("long_rest")
    assert spent(hero, f"{steed}.free_casts") == [0]


def test_pact_magic_has_slots_of_its_own(made):
    hero = made({"warlock": 3}, **{"charisma.base": 16})
    hero.edit([rc.Add("warlock.pact_magic.prepared", {"spell": "suggestion"}, "suggestion")])
    spell = {"spell": "warlock.pact_magic.prepared.suggestion"}
    hero.act("cast_with_pact_slot", spell)
    hero.act("cast_with_pact_slot", spell)
    with pytest.raises(rc.Refused, match="no Pact Magic slot is left"):
        hero.act("cast_with_pact_slot", spell)
    hero.act("short_rest")
    assert spent(hero, "pact_slots") == [0]
