"""Hunger, thirst and lack of breath, as the Rules Glossary of the SRD 5.2.1 has them: they tire, and what they took stays."""

from __future__ import annotations

from typing import Any

import pytest

import rulecore as rc

# A human of Medium size needs 1 pound of food and 1 gallon of water a day.
ENOUGH = {"food": 1, "water": 1}


def tired(hero: Any) -> int:
    return hero["exhaustion.level"]


# ---- Exhaustion


def test_each_time_exhaustion_is_received_it_grows_by_a_level_up_to_death(made):
    hero = made({"fighter": 1})
    for level in range(1, 7):
        hero.act("gains_condition", {"what": "exhaustion"})
        assert tired(hero) == level
    assert hero["dead"]
    assert len(hero.document["collections"]["conditions"]) == 1
    hero.act("gains_condition", {"what": "exhaustion"})
    assert tired(hero) == 6


def test_another_condition_has_no_levels_to_grow(made):
    hero = made({"fighter": 1})
    for _ in range(2):
        hero.act("gains_condition", {"what": "prone"})
    assert hero["prone.level"] == 1


# ---- thirst


def test_less_than_half_the_water_of_a_day_tires_and_half_of_it_does_not(made):
    hero = made({"fighter": 1})
    hero.act("day_ends", {"food": 1, "water": 0.5})
    assert tired(hero) == 0
    hero.act("day_ends", {"food": 1, "water": 0.4})
    assert tired(hero) == 1


def test_exhaustion_from_thirst_stays_until_the_water_of_a_whole_day_is_drunk(made):
    hero = made({"fighter": 1})
    hero.act("gains_condition", {"what": "exhaustion"})
    hero.act("day_ends", {"food": 1, "water": 0})
    assert tired(hero) == 2
    for left in (1, 1):
        hero.act("long_rest")
        assert tired(hero) == left
    hero.act("day_ends", {"food": 1, "water": 0.9})
    hero.act("long_rest")
    assert tired(hero) == 1
    hero.act("day_ends", ENOUGH)
    assert tired(hero) == 1
    hero.act("long_rest")
    assert tired(hero) == 0
    assert not hero.document["collections"].get("conditions")


# ---- hunger: DC 10, Constitution 10, so the roll alone


def test_who_eats_less_than_half_saves_or_tires(made):
    hero = made({"wizard": 1})
    hero.act("day_ends", {"food": 0.4, "water": 1}, dice=rc.dice.scripted([10]))
    assert tired(hero) == 0
    hero.act("day_ends", {"food": 0.4, "water": 1}, dice=rc.dice.scripted([9]))
    assert tired(hero) == 1


def test_half_the_food_of_a_day_asks_for_no_save(made):
    outcome = made({"wizard": 1}).act("day_ends", {"food": 0.5, "water": 1})
    assert outcome.rolls == ()


def test_the_fifth_day_without_food_tires_and_so_does_each_one_after_it(made):
    hero = made({"fighter": 1})
    seen = []
    for _ in range(7):
        hero.act("day_ends", {"food": 0, "water": 1})
        seen.append(tired(hero))
    assert seen == [0, 0, 0, 0, 1, 2, 3]
    hero.act("day_ends", {"food": 0.5, "water": 1})
    assert (tired(hero), hero["days_without_food"]) == (3, 0)
    hero.act("long_rest")
    assert tired(hero) == 3
    hero.act("day_ends", ENOUGH)
    hero.act("long_rest")
    assert tired(hero) == 2


def test_hunger_and_thirst_of_one_day_tire_twice(made):
    hero = made({"wizard": 1})
    hero.act("day_ends", {"food": 0.1, "water": 0}, dice=rc.dice.scripted([1]))
    assert tired(hero) == 2
    hero.act("day_ends", {"food": 0.5, "water": 1})
    hero.act("long_rest")
    hero.act("long_rest")
    assert tired(hero) == 1


def test_a_monk_of_level_10_goes_without_food_and_drink(made):
    hero = made({"monk": 10})
    for _ in range(6):
        hero.act("day_ends", {"food": 0, "water": 0})
    assert tired(hero) == 0


# ---- breath


def test_each_turn_without_breath_tires_and_the_first_breath_takes_all_of_it(made):
    hero = made({"fighter": 1})
    hero.act("gains_condition", {"what": "exhaustion"})
    hero.act("gains_effect", {"what": "suffocating"})
    for level in (2, 3):
        hero.act("turn_ends")
        assert tired(hero) == level
    hero.act("loses_effect", {"what": "suffocating"})
    assert (tired(hero), hero["breathless"]) == (1, 0)
    hero.act("turn_ends")
    assert tired(hero) == 1


def test_who_was_not_tired_before_is_not_tired_after_the_first_breath(made):
    hero = made({"fighter": 1})
    hero.act("gains_effect", {"what": "suffocating"})
    hero.act("turn_ends")
    hero.act("loses_effect", {"what": "suffocating"})
    assert tired(hero) == 0
    assert not hero.document["collections"].get("conditions")


# ---- falls and fire


@pytest.mark.parametrize(("feet", "dice"), [(9, 0), (10, 1), (35, 3), (200, 20), (1000, 20)])
def test_a_fall_deals_1d6_for_each_10_feet_and_at_most_20d6(made, feet, dice):
    hero = made({"barbarian": 20}, **{"constitution.base": 30})
    hero.act("creature_falls", {"distance": feet}, dice=rc.dice.scripted([1] * dice))
    assert hero["hit_point_maximum"] - hero["hit_points"] == dice


def test_who_falls_lies_prone_but_not_after_a_fall_that_does_no_damage(made):
    hero = made({"fighter": 1})
    hero.act("creature_falls", {"distance": 9})
    assert not hero.document["collections"].get("conditions")
    hero.act("creature_falls", {"distance": 10}, dice=rc.dice.scripted([1]))
    assert [*hero.document["collections"]["conditions"]] == ["prone"]


def test_who_burns_is_hurt_at_the_start_of_each_turn(made):
    hero = made({"fighter": 1})
    hero.act("gains_effect", {"what": "burning"})
    hero.act("turn_starts", dice=rc.dice.scripted([3]))
    assert hero["hit_points"] == hero["hit_point_maximum"] - 3


def test_the_armor_class_of_objects_is_that_of_their_substance(standard):
    found = {entry.name: entry.properties["armor_class"] for entry in standard.entries("substance")}
    assert sorted(found.values()) == [11, 13, 15, 17, 19, 21, 23]
    assert (found["cloth_paper_rope"], found["wood"], found["stone"], found["adamantine"]) == (11, 15, 17, 23)
