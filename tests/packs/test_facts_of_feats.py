"""The 17 feats against the facts of the book: what each asks for, raises and moves on a sheet, and that it moves nothing else."""

from typing import Any

import pytest

import rulecore as rc
from tests.packs.facts import ABILITIES, SHORT, entries, facts, made, moved, of, sheet_of

FEATS = facts("feats")
BEARERS = {
    "sword": {"item": "greatsword", "equipped": True},
    "bow": {"item": "shortbow", "equipped": True},
    "mail": {"item": "chain_shirt", "equipped": True},
}
# A class that has the feature, one that lacks it, and the words of the finding.
FEATURES = {
    "fighting_style": ("fighter", "wizard", "a Fighting Style feature"),
    "spellcasting": ("wizard", "fighter", "a Spellcasting feature"),
}
# They only follow from what is compared here.
FOLLOWING = (".passive", "initiative_score", ".proficiency_sources", ".proficiency_part")


def human(name: str, level: int, choices: dict[str, Any] | None = None, **scores: int) -> rc.Character:
    """A Human of a class; `human.feat` takes any feat for being versatile, offered or not."""
    fields = {"species": "human"} | {f"{ability}.base": score for ability, score in scores.items()}
    lists = {"levels": [{"class": name}] * level, "inventory": BEARERS}
    return made(lists, choices or {}, fields)


def taken(feat: str, **answers: Any) -> dict[str, Any]:
    """The choices with which the feat is taken and what it asks is answered."""
    return {"human.feat": feat} | {f"human.feat.{feat}.{name}": answer for name, answer in answers.items()}


def messages(hero: rc.Character, feat: str) -> set[str]:
    """What the prerequisites of the feat complain about."""
    return {found.message.partition(": ")[2] for found in hero.findings if f"human.feat.{feat})" in found.message}


def offered(hero: rc.Character) -> dict[str, tuple[int, list[str]]]:
    return {each.id: (each.count, [option.id for option in each.options]) for each in hero.options(decided=True)}


def test_all_feats_are_there():
    assert set(entries("feat")) == set(FEATS)
    assert len(FEATS) == 17


@pytest.mark.parametrize("name", FEATS)
def test_the_row_of_a_feat(name: str):
    row, entry = FEATS[name], entries("feat")[name]
    assert (entry.label, of(entry, "category"), of(entry, "repeatable")) == (row["name"], row["category"], row["repeatable"])
    assert of(entry, "tags") == []


@pytest.mark.parametrize("name", FEATS)
def test_a_feat_asks_for_what_the_book_says_and_nothing_else(name: str):
    row = FEATS[name]
    has, lacks, words = FEATURES.get(row["feature"], ("fighter", "", ""))
    able = dict.fromkeys(row["scores"], 13)
    for level in (1, 3, 4, 18, 19):
        hero = human(has, level, taken(name), **able)
        assert messages(hero, name) == ({f"level {row['level']}"} if level < (row["level"] or 1) else set()), level
    if lacks:
        hero = human(lacks, 19, taken(name))
        assert messages(hero, name) == {words}
    for ability in row["scores"]:
        for score, refused in ((12, True), (13, False)):
            hero = human("fighter", 4, taken(name), **{ability: score})
            assert bool(messages(hero, name)) is refused, (ability, score)


@pytest.mark.parametrize("name", [name for name in FEATS if name != "ability_score_improvement"])
def test_a_feat_raises_one_score_up_to_its_maximum(name: str):
    row = FEATS[name]
    asked = offered(human("fighter", 19, taken(name))).get(f"human.feat.{name}.raised", (0, []))
    assert asked == ((1, row["raises"]) if row["raises"] else (0, []))
    for ability in row["raises"]:
        others = dict.fromkeys(set(ABILITIES) - {ability}, 0)
        # at the maximum itself once: the limit belongs to the effect, not to the ability
        for base in (row["cap"] - 1, row["cap"])[: 2 if ability == row["raises"][0] else 1]:
            hero = human("fighter", 19, taken(name, raised=ability), **{ability: base})
            rise = {each: hero[f"{each}.score"] - hero[f"{each}.base"] for each in ABILITIES}
            assert rise == others | {ability: row["cap"] - base}, base


def test_ability_score_improvement():
    row, name = FEATS["ability_score_improvement"]["facts"], "ability_score_improvement"
    ways = {1: "two_points", 2: "one_each"}
    path = f"human.feat.{name}.increase"
    assert set(offered(human("fighter", 19, taken(name)))[path][1]) == {ways[way["choose"]] for way in row["options"]}
    for way in row["options"]:
        chosen = list(ABILITIES[: way["choose"]])
        asked = f"{path}.{ways[way['choose']]}.raised"
        answers = taken(name, increase=ways[way["choose"]]) | {asked: chosen}
        for base in (10, row["max"] - 1, row["max"]):
            hero = human("fighter", 19, answers, **dict.fromkeys(ABILITIES, base))
            scores = [hero[f"{ability}.score"] for ability in ABILITIES]
            assert scores == [min(row["max"], base + way["by"])] * len(chosen) + [base] * (6 - len(chosen))
        assert offered(hero)[asked] == (way["choose"], list(ABILITIES))


def expected(name: str, before: dict[str, Any]) -> dict[str, Any]:
    """What the facts of a feat move on the sheet; a choice not made moves nothing."""
    row, path = FEATS[name]["facts"], f"human.feat.{name}"
    found: dict[str, Any] = {}
    if row.get("initiative_bonus") == "PB":
        found |= {"initiative.proficiency": "proficient", "initiative.bonus": before["proficiency_bonus"]}
    if "attack_bonus" in row:
        found |= {"inventory.bow.attack.bonus": before["inventory.bow.attack.bonus"] + row["attack_bonus"]}
    if "ac_bonus" in row:
        found |= {"armor_class": before["armor_class"] + row["ac_bonus"]}
    if "damage_die_1_or_2_becomes" in row:
        found |= {"inventory.sword.attack.least_die": row["damage_die_1_or_2_becomes"]}
    if "light_extra_attack" in row:
        found |= {f"inventory.{arm}.attack.off_hand_modifier": True for arm in ("bow", "sword")}
    if "truesight" in row:
        found |= {"truesight.range": row["truesight"]}
    if "natural_20_extra_damage" in row:
        # the score that was raised, and none is chosen
        found |= {f"{path}.overwhelming_strike": 0}
    if "resistance_in_dim_or_dark" in row:
        found |= {f"{path}.in_shadows": False}
    uses = {
        "modify_d20": ("improve_fate", str(row.get("modify_d20")).removeprefix("+/-")),
        "miss_becomes_hit": ("peerless_aim", 0),
    }
    for fact, (resource, die) in uses.items():
        if fact in row:
            numbers = {"maximum": 1, "spent": 0, "remaining": 1}
            found |= {f"{path}.{resource}.{part}": number for part, number in numbers.items()} | {f"{path}.{resource}.die": die}
    return found


@pytest.mark.parametrize("name", [name for name in FEATS if name != "magic_initiate"])
def test_a_feat_moves_what_the_book_says_and_nothing_else(name: str):
    before, after = sheet_of(human("fighter", 19)), sheet_of(human("fighter", 19, taken(name)))
    change = {field: value for field, value in moved(before, after).items() if not field.endswith(FOLLOWING)}
    dice = {field: value["dice"] for field, value in change.items() if isinstance(value, dict)}
    assert change | dice == expected(name, before)


def test_magic_initiate():
    row, name, path = FEATS["magic_initiate"]["facts"], "magic_initiate", "human.feat.magic_initiate"
    asked = offered(human("fighter", 1, taken(name)))
    assert asked[f"{path}.source"] == (1, [each.lower() for each in row["lists"]])
    assert asked[f"{path}.ability"] == (1, [SHORT[each] for each in row["spell_ability"]])
    for source in asked[f"{path}.source"][1]:
        offers = offered(human("fighter", 1, taken(name, source=source)))
        for choice, level, count in (("cantrips", 0, row["cantrips"]), ("spell", 1, row["level_1_spells"])):
            number, names = offers[f"{path}.{choice}"]
            spells = {name for name, each in facts("spells").items() if each["level"] == level and source in each["lists"]}
            assert (number, set(names)) == (count, spells), (source, choice)
    hero = human("fighter", 1, taken(name, source="wizard", cantrips=["light", "mending"], spell="shield"))
    records = {place: each["fields"] for place, each in hero.sheet().to_json()["records"].items() if place.startswith(path)}
    found = {place.removeprefix(f"{path}.magic."): each["free"] for place, each in records.items() if each.get("always")}
    free = int(row["free_cast"].partition("/")[0])
    assert found == {"cantrips.light": 0, "cantrips.mending": 0, "prepared.shield": free}


def test_skilled():
    count, names = offered(human("fighter", 1, taken("skilled")))["human.feat.skilled.training"]
    assert (count, set(names)) == (FEATS["skilled"]["facts"]["proficiencies"], set(entries("skill")) | set(entries("tool")))


def test_the_resistances_of_the_night_spirit():
    hero = human("fighter", 19, taken("boon_of_the_night_spirit"))
    hero.edit({"human.feat.boon_of_the_night_spirit.in_shadows": True})
    resisted = {name for name in entries("damage_type") if hero[f"{name}.resistant"]}
    but = FEATS["boon_of_the_night_spirit"]["facts"]["resistance_in_dim_or_dark"].removeprefix("all except ").lower().split(", ")
    assert resisted == set(entries("damage_type")) - set(but)
