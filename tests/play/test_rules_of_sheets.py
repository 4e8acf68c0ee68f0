"""Rules of whole sheets in play and in what they refuse, as the SRD 5.2.1 has them, where no other test looks."""

from __future__ import annotations

from typing import Any

import pytest

import rulecore as rc
from tests.play.conftest import Making


def bloodied(made: Making, hit_points: int) -> Any:
    return made({"fighter": 1}, hit_points=hit_points)["bloodied"]


def test_half_of_the_hit_points_or_fewer_are_bloodied(made):
    assert [bloodied(made, left) for left in (6, 5, 1)] == [False, True, True]


@pytest.mark.parametrize("act", ["short_rest", "long_rest"])
def test_nobody_rests_without_a_hit_point(made, act):
    with pytest.raises(rc.Refused, match="at least 1 Hit Point"):
        made({"fighter": 1}, hit_points=0).act(act)


def test_a_death_saving_throw_is_made_at_0_hit_points_alone(made):
    with pytest.raises(rc.Refused, match="only at 0 Hit Points"):
        made({"fighter": 1}, hit_points=1).act("death_saving_throw", {"rolled": 10})


@pytest.mark.parametrize(
    ("points", "level"), [(0, 1), (299, 1), (300, 2), (899, 2), (900, 3), (2700, 4), (6500, 5), (14000, 6), (23000, 7)]
)
def test_experience_points_earn_a_level(made, points, level):
    assert made({"fighter": 1}, experience=points)["experience_level"] == level


@pytest.mark.parametrize(
    ("points", "level"),
    [(34000, 8), (48000, 9), (64000, 10), (85000, 11), (100000, 12), (120000, 13), (140000, 14), (165000, 15), (195000, 16)],
)
def test_more_experience_points_earn_more(made, points, level):
    assert [made({"fighter": 1}, experience=each)["experience_level"] for each in (points - 1, points)] == [level - 1, level]


def test_rests_take_1_and_8_hours(made):
    hero = made({"fighter": 1})
    assert (hero["short_rest_hours"], hero["long_rest_hours"]) == (1, 8)


@pytest.mark.parametrize(("cover", "bonus"), [("half", 2), ("three_quarters", 5)])
def test_cover_adds_to_armor_class_and_dexterity_saves(made, cover, bonus):
    hero = made({"fighter": 1})
    before = hero["armor_class"], hero["dexterity.save.bonus"]
    hero.edit({"cover": cover})
    assert (hero["armor_class"], hero["dexterity.save.bonus"]) == (before[0] + bonus, before[1] + bonus)


@pytest.mark.parametrize(("level", "dice"), [(1, 1), (4, 1), (5, 2), (10, 2), (11, 3), (16, 3), (17, 4)])
def test_cantrips_deal_more_dice_at_5_11_and_17(made, level, dice):
    assert made({"wizard": level})["cantrip_dice"] == dice


# ---- Attunement


def attuning(made: Making, **fields: Any) -> Any:
    rings = {name: {"item": item, "equipped": True} for name, item in (("ring", "ring_of_protection"), ("rope", "rope"))}
    return made({"fighter": 1}, collections={"inventory": rings}, **fields)


def test_attunement_takes_a_short_rest_to_begin_and_to_end(made):
    hero = attuning(made)
    for act, attuned in (("attunes", True), ("ends_attunement", False)):
        outcome = hero.act(act, {"thing": "inventory.ring"})
        assert hero["inventory.ring.attuned"] is attuned
        assert "short_rest" in [event.name for event in outcome.events]
    with pytest.raises(rc.Refused, match="asks for no Attunement"):
        hero.act("attunes", {"thing": "inventory.rope"})


def test_nobody_attunes_to_a_fourth_item(made):
    names = ("ring_of_protection", "cloak_of_protection", "amulet_of_health", "belt_of_dwarvenkind")
    things = {name: {"item": name, "equipped": True, "attuned": name != names[3]} for name in names}
    hero = made({"fighter": 1}, collections={"inventory": things})
    with pytest.raises(rc.Refused, match="as many items as can be"):
        hero.act("attunes", {"thing": f"inventory.{names[3]}"})


# ---- castings without a slot


@pytest.mark.parametrize(("rest", "spent"), [("short_rest", 1), ("long_rest", 0)])
def test_castings_of_a_lineage_come_back_with_a_long_rest(made, rest, spent):
    chosen = {"tiefling.legacy": ["infernal"], "tiefling.ability": ["charisma"]}
    hero = made({"fighter": 3}, choices=chosen, species="tiefling")
    rebuke = "tiefling.legacy_magic.prepared.hellish_rebuke"
    hero.act("cast_without_slot", {"spell": rebuke})
    hero.act(rest)
    assert hero[f"{rebuke}.free_casts.spent"] == spent


# ---- creature types


FEY = """pack glade 1.0.0 "Glade"
  uses core_2024 ">=1.0"
  uses srd_2024 ">=1.0"
species glade_folk "Glade Folk"
  creature_type: fey
"""


@pytest.fixture(scope="module")
def glade(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("glade")
    (folder / "pack.brew").write_text(FEY, encoding="utf-8")
    return rc.load_ruleset(folder, strict=True)


@pytest.mark.parametrize("form", [None, "wolf"])
@pytest.mark.parametrize(("species", "creature_type"), [("glade_folk", "fey"), ("elf", "humanoid"), (None, "humanoid")])
def test_the_species_gives_the_creature_type_and_a_form_keeps_it(glade, form, species, creature_type):
    hero = glade.character(
        {
            "kind": "character",
            "fields": {"species": species, "other_form": form},
            "collections": {"levels": [{"class": "druid"}, {"class": "druid"}]},
            "choices": {"druid.2.beast_forms": ["wolf", "rat", "cat", "spider"]},
        }
    )
    assert (hero["creature_type"], hero["other_form"]) == (creature_type, form)


# ---- what a whole sheet may not hold


def errors(hero: Any) -> list[str]:
    return [finding.message for finding in hero.findings if finding.severity == "error"]


def test_expertise_in_one_skill_is_gained_once(made):
    chosen = {"rogue.skills": ["stealth", "acrobatics", "insight", "deception"], "rogue.1.expertise": ["stealth", "insight"]}
    assert errors(made({"rogue": 6}, choices=chosen | {"rogue.6.expertise": ["acrobatics", "deception"]})) == []
    [told] = errors(made({"rogue": 6}, choices=chosen | {"rogue.6.expertise": ["acrobatics", "stealth"]}))
    assert "gained once" in told


@pytest.mark.parametrize(("spell", "told"), [("fire_bolt", []), ("shield", ["a spell with a level is no cantrip"])])
def test_a_cantrip_is_a_spell_without_a_level(made, spell, told):
    hero = made({"wizard": 1}, collections={"wizard.magic.cantrips": {"one": {"spell": spell}}})
    assert [message.partition(": ")[2] for message in errors(hero)] == told


# ---- why something may not be taken


def why_not(hero: Any, choice: str, option: str) -> Any:
    asked = next(each for each in hero.options() if each.id == choice)
    return next(each.why_not for each in asked.options if each.id == option)


def test_a_reason_names_whose_law_it_is_unless_that_is_what_would_be_taken(made):
    hero = made({"warlock": 3}, **{"charisma.base": 12, "strength.base": 13})
    assert why_not(hero, "warlock.invocations", "lifedrinker") == "Warlock level 9"
    assert why_not(hero, "levels", "fighter") == "Warlock (warlock): multiclassing needs 13 in the primary ability of every class"
    assert why_not(made({"fighter": 1}, **{"strength.base": 13}), "levels", "wizard").startswith("multiclassing needs 13")
