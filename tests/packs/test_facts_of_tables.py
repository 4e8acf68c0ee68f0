"""The tables of the book that belong to no class: advancement, modifiers, slots, carrying, skills, languages, Hit Points."""

from fractions import Fraction
from typing import Any

import pytest

import rulecore as rc
from tests.packs.facts import ABILITIES, entries, facts, hero_of, of, ruleset

TABLES = facts("tables")
# Not on a sheet: how scores are generated (an editable `base` takes any), and what a monster of a Challenge Rating is worth.
NOT_ON_A_SHEET = {"point_costs", "point_budget", "standard_array", "standard_array_by_class", "experience_by_challenge"}
COMPARED = {
    "ability_modifier",
    "carry_per_strength",
    "experience",
    "fixed_hit_points",
    "languages",
    "multiclass_spell_slots",
    "proficiency_bonus_by_challenge",
    "proficiency_bonus_by_level",
    "skills",
}


SIZES = ("tiny", "small", "medium", "large", "huge", "gargantuan")


def beast(rating: str) -> str:
    return f"beast_{rating.replace('/', '_')}"


@pytest.fixture(scope="module")
def homebrew(tmp_path_factory: pytest.TempPathFactory) -> rc.Ruleset:
    """A monster of each Challenge Rating, and an effect for each size that it makes a Medium creature carry as."""
    lines = ['pack rows 1.0.0 "Rows"', '  uses core_2024 ">=1.0"']
    for rating in TABLES["proficiency_bonus_by_challenge"]:
        lines += [f'monster {beast(rating)} "Beast"', f"  challenge: {float(Fraction(rating))}"]
    for steps, size in enumerate(SIZES, -2):
        lines += [f'lasting_effect as_{size} "Carries"', f"  add {steps} to carrying_steps"]
    folder = tmp_path_factory.mktemp("rows")
    (folder / "pack.brew").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return rc.load_ruleset(folder, strict=True)


def test_every_table_is_compared_or_named():
    assert set(TABLES) == COMPARED | NOT_ON_A_SHEET
    assert not COMPARED & NOT_ON_A_SHEET


@pytest.mark.parametrize("score", range(1, 31))
def test_the_modifier_of_a_score(score: int):
    hero = hero_of("fighter", 1, **{f"{ability}.base": score for ability in ABILITIES})
    assert {hero[f"{ability}.modifier"] for ability in ABILITIES} == {TABLES["ability_modifier"][str(score)]}


@pytest.mark.parametrize("level", range(1, 21))
def test_advancement(level: int):
    """The Proficiency Bonus of a level; the Experience Points that open it, and one fewer that do not."""
    assert hero_of("fighter", level)["proficiency_bonus"] == TABLES["proficiency_bonus_by_level"][str(level)]
    points = TABLES["experience"][str(level)]
    assert hero_of("fighter", 1, experience=points)["experience_level"] == level
    if points:
        assert hero_of("fighter", 1, experience=points - 1)["experience_level"] == level - 1


@pytest.mark.parametrize("level", range(1, 21))
def test_slots_of_several_classes(level: int):
    """Full casters add their levels, half casters half of them; Pact Magic adds none."""
    levels = [{"class": "wizard" if number % 2 else "cleric"} for number in range(level)]
    hero = ruleset().new("character", {"collections": {"levels": levels}})
    row = TABLES["multiclass_spell_slots"][str(level)]
    assert [hero[f"level_{number}_slots.maximum"] for number in range(1, 10)] == row
    if level >= 3:
        halves = [{"class": "paladin"}, {"class": "warlock"}, *levels[: level - 2]]
        hero = ruleset().new("character", {"collections": {"levels": halves}})
        row = TABLES["multiclass_spell_slots"][str(level - 1)]
        assert [hero[f"level_{number}_slots.maximum"] for number in range(1, 10)] == row


def test_carrying(homebrew: rc.Ruleset):
    """Six sizes, by what makes a Medium creature carry as one smaller or larger."""
    assert set(entries("size")) == set(TABLES["carry_per_strength"]) == set(SIZES)
    for size in SIZES:
        lists = {"effects": {"e": {"effect": f"as_{size}"}}}
        hero = homebrew.new("character", {"fields": {"strength.base": 13}, "collections": lists})
        assert hero["carrying_size"] == size
        assert float(hero["carrying_capacity"]) == int(13 * TABLES["carry_per_strength"][size]), size


def test_skills_and_languages():
    assert {name: of(entry, "ability") for name, entry in entries("skill").items()} == TABLES["skills"]
    languages: dict[str, Any] = {"rare": [], "standard": []}
    for name, entry in entries("language").items():
        languages["rare" if of(entry, "rare") else "standard"].append(name)
    assert {sort: sorted(names) for sort, names in languages.items()} == {
        sort: sorted(names) for sort, names in TABLES["languages"].items()
    }
    [asked] = [each for each in hero_of("fighter", 1).options() if each.id == "known_languages"]
    assert (asked.count, {each.id for each in asked.options}) == (2, set(TABLES["languages"]["standard"]) - {"common"})
    assert set(hero_of("fighter", 1).members("languages")) == {"common"}


@pytest.mark.parametrize("name", entries("class"))
def test_hit_points(name: str):
    """All of the die at level 1, the fixed value at each other level; the modifier each time."""
    faces = facts("classes")[name]["hit_die"]
    fixed = TABLES["fixed_hit_points"][f"d{faces}"]
    assert fixed == facts("classes")[name]["fixed_hit_points"]
    for level in (1, 2, 19):
        hero = hero_of(name, level, **{"constitution.base": 14})
        assert hero["hit_point_maximum"] == faces + (level - 1) * fixed + 2 * level
        assert hero[f"d{faces}_hit_point_dice.maximum"] == level


@pytest.mark.parametrize("rating", TABLES["proficiency_bonus_by_challenge"])
def test_the_proficiency_bonus_of_a_monster(rating: str, homebrew: rc.Ruleset):
    hero = homebrew.new("monster_sheet", {"fields": {"stat_block": beast(rating)}})
    assert hero["proficiency_bonus"] == TABLES["proficiency_bonus_by_challenge"][rating]
