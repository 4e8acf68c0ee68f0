"""The Beasts of the packs against the stat blocks of the book, record by record and number by number, on the sheet of each."""

import json
import math
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import rulecore as rc
from tests.conformance.corpus import shown

BOOK: dict[str, dict[str, Any]] = json.loads((Path(__file__).parents[1] / "facts" / "beasts.json").read_text(encoding="utf-8"))[
    "beasts"
]
RULES = rc.load_ruleset()


@cache
def sheet_of(name: str) -> rc.Character:
    return RULES.new("monster_sheet", {"fields": {"stat_block": name}})


def members_with(hero: rc.Character, kind: str, field: str) -> dict[str, Any]:
    """What stands in a field of each entry of a kind, those left out that have nothing there."""
    found = {entry.name: shown(hero[f"{entry.name}.{field}"]) for entry in RULES.entries(kind)}
    return {name: value for name, value in found.items() if value}


def test_the_packs_have_every_beast_of_the_book_and_no_other():
    beasts = {entry.name for entry in RULES.entries("monster") if entry.properties["creature_type"].name == "beast"}
    assert beasts == set(BOOK)
    assert len(BOOK) == 90


@pytest.mark.parametrize("name", BOOK)
def test_body_and_senses(name: str):
    book, hero, entry = BOOK[name], sheet_of(name), RULES.entry("monster", name)
    assert hero.findings == ()
    assert entry.label == book["label"]
    assert (hero["size"], hero["creature_type"]) == (book["size"], "beast")
    assert Fraction(str(hero["challenge_rating"])) == Fraction(book["challenge"])
    assert (hero["armor_class"], hero["hit_point_maximum"]) == (book["armor_class"], book["hit_points"])
    assert [hero["initiative.bonus"], hero["initiative_score"]] == book["initiative"]
    assert members_with(hero, "movement", "speed") == book["speed"]
    assert members_with(hero, "sense", "range") == book["senses"]
    assert hero["proficiency_bonus"] == book["proficiency_bonus"]
    assert set(members_with(hero, "damage_type", "resistant")) == set(book["resistances"])
    assert set(members_with(hero, "condition", "immune")) == set(book["condition_immunities"])
    assert not members_with(hero, "damage_type", "immune")
    assert not members_with(hero, "damage_type", "vulnerable")


@pytest.mark.parametrize("name", BOOK)
def test_dice_of_hit_points(name: str):
    dice = RULES.entry("monster", name).properties["hit_dice"]
    count = int(str(dice).partition("d")[0])
    added = count * sheet_of(name)["constitution.modifier"]
    assert f"{dice}{added:+}".removesuffix("+0") == BOOK[name]["hit_dice"]


@pytest.mark.parametrize("name", BOOK)
def test_scores_saves_and_skills(name: str):
    book, hero = BOOK[name], sheet_of(name)
    for ability, printed in book["abilities"].items():
        assert [hero[f"{ability}.{field}"] for field in ("score", "modifier", "save.bonus")] == printed, ability
    trained = {skill for skill, proficiency in members_with(hero, "skill", "check.proficiency").items() if proficiency != "none"}
    assert {skill: hero[f"{skill}.check.bonus"] for skill in trained} == book["skills"]
    assert hero["passive_perception"] == book["passive_perception"]


@pytest.mark.parametrize("name", BOOK)
def test_attacks(name: str):
    book, hero = BOOK[name], sheet_of(name)
    parts = [f"attack_{place}" for place in (1, 2, 3) if f"attack_{place}.bonus" in hero]
    assert [attack_on(hero, part) for part in parts] == [printed_attack(each) for each in book["attacks"]]
    assert RULES.entry("monster", name).properties.get("multiattack", 0) == book["multiattack"]


def attack_on(hero: rc.Character, part: str) -> dict[str, Any]:
    fields = ("weapon", "ability", "bonus", "reach", "range", "long_range", "damage", "damage_type", "extra_damage")
    found = {field: shown(hero[f"{part}.{field}"]) for field in fields}
    extra = bool(found["extra_damage"])
    return found | {
        "average": average(hero[f"{part}.damage"]),
        "extra_type": shown(hero[f"{part}.extra_type"]) if extra else None,
        "extra_average": average(hero[f"{part}.extra_damage"]) if extra else None,
    }


def average(damage: Any) -> int:
    """The number that a stat block prints before its dice: rounded down, and 1 at the least."""
    return max(1, math.floor(damage.average if isinstance(damage, rc.Dice) else damage))


def printed_attack(book: dict[str, Any]) -> dict[str, Any]:
    near, far = book.get("range", (0, 0))
    return {
        "weapon": book["name"],
        "ability": book["ability"],
        "bonus": book["bonus"],
        "reach": book.get("reach", 0),
        "range": near,
        "long_range": far,
        "damage": int(book["damage"]) if book["damage"].isdecimal() else book["damage"],
        "damage_type": book["type"],
        "extra_damage": book.get("extra", 0),
        "average": book["average"],
        "extra_type": book.get("extra_type"),
        "extra_average": book.get("extra_average"),
    }


@pytest.mark.parametrize("name", BOOK)
def test_traits_tags_and_swarms(name: str):
    book, properties = BOOK[name], RULES.entry("monster", name).properties
    assert {each.name for each in properties.get("traits", ())} == set(book["traits"])
    assert {each.name for each in properties.get("tags", ())} == set(book["tags"])
    assert properties.get("swarm", False) is book["swarm"]
