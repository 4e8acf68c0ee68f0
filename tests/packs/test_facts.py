"""The packs against the facts of the book, record by record: every row of every class table, every weapon, suit and tool."""

import json
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import rulecore as rc
from tests.conformance.corpus import shown

FACTS = Path(__file__).parents[1] / "facts"
LEVELS = range(1, 21)


def facts(name: str) -> Any:
    return json.loads((FACTS / f"{name}.json").read_text(encoding="utf-8"))[name]


@cache
def ruleset() -> rc.Ruleset:
    return rc.load_ruleset()


def entries(kind: str) -> dict[str, rc.Entry]:
    return {entry.name: entry for entry in ruleset().entries(kind)}


def things() -> dict[str, rc.Entry]:
    return {name: entry for kind in ("item", "weapon", "armor", "shield", "tool") for name, entry in entries(kind).items()}


def of(entry: rc.Entry, name: str) -> Any:
    """A property of an entry or the default of its kind, with names for entries and a list for a set."""
    defaults = {name: each.default for kind in entry.kinds for name, each in ruleset().kinds[kind].properties.items()}
    found = entry.properties.get(name, defaults[name])
    if isinstance(found, frozenset | tuple):
        return sorted(each.name for each in found)
    return float(found) if isinstance(found, Fraction) else getattr(found, "name", shown(found))


# ---- classes: 240 rows

CLASSES = facts("classes")
# Where a column of a class table stands on the sheet; `CLASS` and `SOURCE` are those of the class.
COLUMNS = {
    "bardic_die": "CLASS.bardic_inspiration.die",
    "cantrips": "SOURCE.cantrips_maximum",
    "channel_divinity": "CLASS.channel_divinity.maximum",
    "favored_enemy": "CLASS.favored_enemy.maximum",
    "focus_points": "CLASS.focus.maximum",
    "martial_arts_die": "CLASS.die",
    "pact_slot_level": "pact_slot_level",
    "pact_slots": "pact_slots.maximum",
    "prepared_spells": "SOURCE.prepared_maximum",
    "rage_damage": "CLASS.rage_damage",
    "rages": "CLASS.rage.maximum",
    "second_wind": "CLASS.second_wind.maximum",
    "sneak_attack": "CLASS.sneak_attack",
    "sorcery_points": "CLASS.sorcery_points.maximum",
    "unarmored_movement": "speed_bonus",
    "weapon_mastery": "CLASS.mastery_kinds",
    "wild_shape": "CLASS.wild_shape.maximum",
}


def of_level(name: str, level: int) -> rc.Character:
    return ruleset().new("character", {"collections": {"levels": [{"class": name}] * level}})


def wanted(value: Any) -> Any:
    return f"1{value}" if str(value).startswith("d") else value or 0


@pytest.mark.parametrize("name", CLASSES)
def test_the_table_of_a_class(name: str):
    source = "warlock.pact_magic" if name == "warlock" else f"{name}.magic"
    for level, row in zip(LEVELS, CLASSES[name]["table"], strict=True):
        hero = of_level(name, level)
        for column, value in row.items():
            if column == "spell_slots":
                slots = [hero[f"level_{number}_slots.maximum"] for number in range(1, 10)]
                assert slots == [*value, *[0] * (9 - len(value))], (level, column)
            elif column == "eldritch_invocations":
                [asked] = [each for each in hero.options(decided=True) if each.id == "warlock.invocations"]
                assert asked.count == value, (level, column)
            else:
                field = COLUMNS[column].replace("CLASS", name).replace("SOURCE", source)
                found = shown(hero[field]) if field in hero else 0
                assert found == wanted(value), (level, column)


@pytest.mark.parametrize("name", CLASSES)
def test_the_traits_of_a_class(name: str):
    book, hero = CLASSES[name], of_level(name, 1)
    assert of(entries("class")[name], "hit_die") == f"d{book['hit_die']}_hit_point_dice"
    assert of(entries("class")[name], "primary") == sorted(book["primary"]["of"])
    saves = {
        save for save in hero.sheet().to_json()["fields"] if save.endswith(".save.proficiency") and hero[save] == "proficient"
    }
    assert saves == {f"{ability}.save.proficiency" for ability in book["saves"]}
    assert set(hero.members("armor_training")) == {f"{each}_armor" if each != "shield" else "shields" for each in book["armor"]}
    assert set(hero.members("weapon_training")) == {f"{each}_weapons" for each in book["weapons"]["categories"]}
    [skills] = [each for each in hero.options() if each.id == f"{name}.skills"]
    offered = {each.id for each in skills.options}
    everything = {entry.name for entry in ruleset().entries("skill")}
    assert (skills.count, offered) == (book["skills"]["choose"], set(book["skills"]["from"] or everything))
    twenty = {each.id for each in of_level(name, 20).options(decided=True)}
    assert {each for each in twenty if each.endswith(".improvement")} == {
        f"{name}.{at}.improvement" for at in book["improvements"]
    }
    assert f"{name}.{book['boon']}.boon" in twenty


# ---- things


@pytest.mark.parametrize("name", facts("weapons"))
def test_a_weapon(name: str):
    book, entry = facts("weapons")[name], entries("weapon")[name]
    assert of(entry, "weapon_category") == f"{book['category']}_weapons"
    assert of(entry, "ranged") is (book["kind"] == "ranged")
    assert of(entry, "damage") == (int(book["damage"]) if book["damage"].isdecimal() else book["damage"])
    assert of(entry, "versatile_damage") == (book["versatile"] or 0)
    assert (of(entry, "damage_type"), of(entry, "mastery")) == (book["damage_type"], book["mastery"])
    assert of(entry, "properties") == sorted(book["properties"])
    assert [of(entry, "range"), of(entry, "long_range")] == [book["range"] or 0, book["long_range"] or 0]
    assert of(entry, "weight") == book["weight"]


def test_armor():
    book = facts("armor")
    suits, shields = entries("armor"), entries("shield")
    for name, line in book.items():
        if name in shields:
            assert of(shields[name], "bonus") == line["bonus"]
            continue
        entry = suits[name]
        assert of(entry, "armor_category") == f"{line['category']}_armor"
        assert of(entry, "armor_class") == line["base"]
        assert (of(entry, "strength") or None) == line["strength"]
        assert of(entry, "noisy") is line["stealth_disadvantage"]
        assert of(entry, "weight") == line["weight"]
    assert len(book) == 13


# A type of damage has the name, so that the thing has another.
NAMED = {"acid": "acid_vial"}


def test_tools_and_gear():
    tools = entries("tool")
    groups = {"musical_instrument": "musical_instruments", "gaming_set": "gaming_sets"}
    for name, line in facts("tools").items():
        assert (of(tools[name], "ability"), of(tools[name], "group")) == (
            line["ability"],
            groups.get(line["group"], line["group"]),
        ), name
    items, book = things(), {NAMED.get(name, name): weight for name, weight in facts("gear").items()}
    assert {name: of(items[name], "weight") for name in book} == book


def test_prices():
    """In copper pieces in the book, in gold pieces here."""
    items, book = things(), facts("prices")
    assert {name: of(items[name], "cost") * 100 for name in book} == book


# ---- origins and feats


def test_species_backgrounds_feats_and_invocations():
    species = entries("species")
    for name, line in facts("species").items():
        assert (of(species[name], "speed"), of(species[name], "creature_type")) == (line["speed"], line["creature_type"]), name
        assert of(species[name], "size") in line["sizes"], name
    backgrounds = entries("background")
    for name, line in facts("backgrounds").items():
        assert of(backgrounds[name], "abilities") == sorted(line["abilities"]), name
    feats = entries("feat")
    for name, line in facts("feats").items():
        assert (of(feats[name], "category"), of(feats[name], "repeatable")) == (line["category"], line["repeatable"]), name
    assert set(entries("invocation")) == set(facts("invocations"))


@pytest.mark.parametrize(("name", "least"), facts("invocations").items())
def test_an_invocation_asks_for_a_level(name: str, least: int | None):
    """One level below what the book says it is refused for that reason; at that level for no such reason."""
    for level, refused in ((max(1, (least or 1) - 1), (least or 1) > 1), (least or 1, False)):
        hero = of_level("warlock", level)
        hero.edit({"warlock.invocations": [name]})
        reasons = [finding.message for finding in hero.findings if "Warlock level" in finding.message]
        assert bool(reasons) is refused, (level, reasons)
