"""What the standard packs play: rests, resources, harm and healing, as the SRD has them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import rulecore as rc

Making = Callable[..., Any]


@pytest.fixture
def made(standard: Any) -> Making:
    """Give a character of some levels, `{"wizard": 3}`, with more fields, choices and collections."""

    def make(levels: dict[str, int], choices: dict[str, list[str]] | None = None, **fields: Any) -> Any:
        taken = [{"class": name} for name, count in levels.items() for _ in range(count)]
        document = {"kind": "character", "fields": fields, "collections": {"levels": taken}, "choices": choices or {}}
        return standard.character(document)

    return make


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
        ({"barbarian": 1}, "barbarian.enter_rage", "barbarian.rage", 1),
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
    hero.act("sorcerer.points_to_slot", {"slot": "level_2_slots"})
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
