"""The features of classes and subclasses against the facts of the book: each at its level, and what it comes to in numbers."""

import math
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.packs.facts import ABILITIES, entries, facts, hero_of, named, of, sheet_of

CLASSES = facts("class_features")
SUBCLASSES = facts("subclasses")
CLASS_TABLES = facts("classes")
BREW = Path(__file__).parents[2] / "packs" / "srd-2024" / "classes"
# What the table of a class says of its subclass; the subclass has the features.
OF_SUBCLASSES = re.compile(r"Subclass feature|.* Subclass")
# Headings that are no features of a level.
HEADINGS = re.compile(r"Core .* Traits|Becoming an? .*|Expanding and Replacing a Spellbook")
# The book has two names for a feature and what becomes of it, the pack one place where both stand: the level of the first.
GROWS = {
    "Improved Blessed Strikes": "Blessed Strikes",
    "Improved Elemental Fury": "Elemental Fury",
    "Deflect Energy": "Deflect Attacks",
    "Aura Expansion": "Aura of Protection",
    "Foe Slayer": "Favored Enemy",
    "Improved Cunning Strike": "Cunning Strike",
    "Eldritch Master": "Magical Cunning",
    "Sorcery Incarnate": "Metamagic",
}
# One heading in the text of the book, several rows with words in brackets in its table.
ROWS = {"Action Surge": {2, 17}, "Indomitable": {9, 13, 17}, "Mystic Arcanum": {11, 13, 15, 17}}
# Headings below which the pack grants spells at later levels, too.
SPELLS = re.compile(r".* Spells|Dragon Companion")


@cache
def cited(name: str, word: str) -> dict[str, set[int]]:
    """The headings that the class or subclass of a file cites, with the levels of the `at` around each; 0 without one."""
    found: dict[str, set[int]] = {}
    for head, levels, heading in lines_of((BREW / f"{name}.brew").read_text(encoding="utf-8")):
        parts = heading.removeprefix("Classes: ").split(", ")
        if head == word and len(parts) == (2 if word == "class" else 3):
            for feature in parts[-1].split("; "):
                found.setdefault(feature, set()).update(levels)
    return found


def lines_of(text: str) -> Iterator[tuple[str, list[int], str]]:
    """Each line that cites: the word of its entry, the levels of the nearest `at` around it, the heading."""
    head, around = "", []
    for line in filter(str.strip, text.splitlines()):
        depth = len(line) - len(line.lstrip())
        around = [(above, levels) for above, levels in around if above < depth]
        if depth == 0:
            head = line.split()[0]
        elif at := re.fullmatch(r"at (?:class\.)?level ([\d, ]+)", line.strip()):
            around.append((depth, [int(level) for level in at[1].split(",")]))
        elif cite := re.fullmatch(r'cite "SRD 5\.2\.1, (.*)"', line.strip()):
            yield head, around[-1][1] if around else [0], cite[1]


@pytest.mark.parametrize("name", CLASSES)
def test_the_features_of_a_class_stand_at_their_levels(name: str):
    book: dict[str, set[int]] = {}
    for level, row in enumerate(CLASSES[name], 1):
        for feature in row:
            if not OF_SUBCLASSES.fullmatch(feature):
                book.setdefault(feature.partition(" (")[0], set()).add(level)
    pack = {feature: levels for feature, levels in cited(name, "class").items() if not HEADINGS.fullmatch(feature)}
    assert set(pack) == set(book)
    for feature, levels in book.items():
        # without an `at` a line is in force from level 1 on, and says for itself what grows later
        found = {max(1, level) for level in pack[feature]}
        if feature in ROWS:
            assert levels == ROWS[feature], feature
            assert min(found) == min(levels), feature
            assert found <= levels, feature
        elif feature in GROWS:
            assert found <= book[GROWS[feature]] | levels, feature
        else:
            assert levels <= found, feature
            assert found - levels <= {1}, feature


@pytest.mark.parametrize("name", SUBCLASSES)
def test_the_features_of_a_subclass_stand_at_their_levels(name: str):
    row = SUBCLASSES[name]
    book = {feature["name"]: feature["level"] for feature in row["features"]}
    pack = cited(row["class"], "subclass")
    assert (entries("subclass")[name].label, of(entries("subclass")[name], "class")) == (row["name"], row["class"])
    assert set(pack) == set(book)
    for feature, level in book.items():
        found = {least or 3 for least in pack[feature]}
        assert level in found, feature
        assert found == {level} or SPELLS.fullmatch(feature) or found - {level} == {3}, feature


def test_every_subclass_is_there():
    assert set(SUBCLASSES) == set(entries("subclass"))
    assert set(CLASSES) == set(entries("class"))


# ---- numbers: with every score at 16, so that each modifier is 3

SCORES = {f"{name}.base": 16 for name in ABILITIES}
MODIFIER = 3
WITH_NUMBERS = ("path_of_the_berserker", "life_domain", "circle_of_the_land", "champion", "thief", "draconic_sorcery")


def gained(name: str, level: int) -> dict[str, dict[str, Any]]:
    """The facts of the features that a subclass has given by a level."""
    return {each["name"]: each["facts"] for each in SUBCLASSES[name]["features"] if each["level"] <= level}


def stepped(rows: dict[str, str], level: int) -> str:
    return rows[str(max(int(least) for least in rows if int(least) <= level))]


def numbers(name: str, level: int) -> dict[str, Any]:
    """What the facts come to on the sheet, by address; `SELF` is the subclass. None is a field that is not there yet."""
    own = gained(name, level)
    found: dict[str, Any] = {}
    if name == "path_of_the_berserker":
        damage = CLASS_TABLES["barbarian"]["table"][level - 1]["rage_damage"]
        found["SELF.frenzy"] = f"{damage}{own['Frenzy']['extra_damage'][-2:]}" if "Frenzy" in own else None
    elif name == "life_domain":
        for feature, fact in (("Disciple of Life", "extra_healing"), ("Blessed Healer", "self_heal")):
            found[f"SELF.{named(feature)}"] = int(own[feature][fact].partition("+")[0]) if feature in own else None
        found["SELF.preserve_life"] = int(own["Preserve Life"]["pool"].partition("*")[0]) * level if own else None
    elif name == "circle_of_the_land":
        found["SELF.lands_aid"] = stepped(own["Land's Aid"]["dice"], level) if own else None
        half = "Natural Recovery" in own and own["Natural Recovery"]["slot_levels"] == "ceil(level/2)"
        found["SELF.natural_recovery_levels"] = math.ceil(level / 2) if half else None
    elif name == "champion":
        critical = own.get("Superior Critical", own.get("Improved Critical", {"crit_range": 20}))
        better = [*own.get("Remarkable Athlete", {}).get("advantage", []), own.get("Survivor", {}).get("advantage")]
        found["unarmed_strike.critical_on"] = critical["crit_range"]
        found["initiative.advantage"] = "Initiative" in better
        found["athletics.check.advantage"] = "Athletics" in better
        found["death_save.advantage"] = "Death Saving Throws" in better
    elif name == "thief":
        found["climb.speed"] = 30 if own.get("Second-Story Work", {}).get("climb_speed") == "speed" else 0
        found["attunement_maximum"] = own.get("Use Magic Device", {"attunement_max": 3})["attunement_max"]
    else:
        tough = own.get("Draconic Resilience", {})
        bonus = 2 * MODIFIER if tough.get("base_ac") == "10+DEX+CHA" else MODIFIER
        more = level if tough.get("hp_max", "").startswith("+3 at level 3, +1 per") else 0
        found["armor_class"] = 10 + bonus
        found["hit_point_maximum"] = 6 + 4 * (level - 1) + MODIFIER * level + more
    return found


@pytest.mark.parametrize("name", WITH_NUMBERS)
def test_the_numbers_of_a_subclass(name: str):
    """At each level at which something comes or grows, and below it."""
    kind = SUBCLASSES[name]["class"]
    for level in (2, 3, 5, 6, 9, 10, 12, 13, 14, 15, 16, 17, 18, 20):
        hero = hero_of(kind, level, {f"{kind}.3.subclass": name} if level >= 3 else {}, **SCORES)
        sheet = sheet_of(hero)
        wanted = {field.replace("SELF", f"{kind}.3.subclass.{name}"): value for field, value in numbers(name, level).items()}
        found = {field: sheet.get(field) for field in wanted}
        dice = {field: value["dice"] for field, value in found.items() if isinstance(value, dict)}
        assert found | dice == wanted, level


def test_the_immunities_and_resistances_of_subclasses():
    """Nature's Ward by land, Aura of Devotion, Mindless Rage: the conditions and damage types of the facts and no other."""
    ward = next(each["facts"] for each in SUBCLASSES["circle_of_the_land"]["features"] if each["name"] == "Nature's Ward")
    for land, kind in ward["resistance"].items():
        path = "druid.3.subclass"
        for level, there in ((9, False), (10, True)):
            hero = hero_of("druid", level, {path: "circle_of_the_land", f"{path}.circle_of_the_land.land": land.lower()})
            assert {each for each in entries("damage_type") if hero[f"{each}.resistant"]} == ({kind.lower()} if there else set())
            immune = {each for each in entries("condition") if hero[f"{each}.immune"]}
            assert immune == ({each.lower() for each in ward["immune"]} if there else set())
    rage = next(each["facts"] for each in SUBCLASSES["path_of_the_berserker"]["features"] if each["name"] == "Mindless Rage")
    for level, there in ((5, False), (6, True)):
        hero = hero_of("barbarian", level, {"barbarian.3.subclass": "path_of_the_berserker"}, **{"barbarian.raging": True})
        immune = {each for each in entries("condition") if hero[f"{each}.immune"]}
        assert immune == ({each.lower() for each in rage["immune"]} if there else set())
