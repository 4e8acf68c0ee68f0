"""What becomes of things in play and in between: coins, ammunition, what is used up, Attunement, scrolls in the making."""

from typing import Any

import pytest

import rulecore as rc
from tests.packs.facts import entries, of, ruleset


def owner_of(levels: list[str], *items: str, choices: dict[str, list[str]] | None = None, **fields: Any) -> rc.Character:
    """A character of some classes who carries some things, called i0, i1 and so on."""
    collections = {
        "levels": [{"class": name} for name in levels],
        "inventory": {f"i{place}": {"item": name} for place, name in enumerate(items)},
    }
    document = {"fields": {name.replace("__", "."): value for name, value in fields.items()}, "collections": collections}
    return ruleset().new("character", document | {"choices": choices or {}})


def complaints(who: rc.Character) -> str:
    return " | ".join(finding.message for finding in who.findings)


def quantity(who: rc.Character, thing: str) -> int:
    return who[f"inventory.{thing}.quantity"]


# ---- coins


def test_what_coins_are_worth_and_weigh():
    assert {name: float(of(coin, "gold")) for name, coin in entries("coin").items()} == {
        "copper_piece": 0.01,
        "silver_piece": 0.1,
        "electrum_piece": 0.5,
        "gold_piece": 1,
        "platinum_piece": 10,
    }
    who = owner_of(["fighter"], purse=30)
    who.edit(rc.Add("coins", {"coin": "silver_piece"}, "c"))
    who.edit({"coins.c.pieces": 70})
    assert who["coins.c.in_gold"] == 7
    assert who["load"] == 2


# ---- ammunition, and what is used up


@pytest.mark.parametrize(
    ("weapon", "missile"),
    [
        ("shortbow", "arrow"),
        ("longbow", "arrow"),
        ("light_crossbow", "bolt"),
        ("hand_crossbow", "bolt"),
        ("heavy_crossbow", "bolt"),
        ("sling", "bullet_sling"),
        ("musket", "bullet_firearm"),
        ("pistol", "bullet_firearm"),
        ("blowgun", "needle"),
    ],
)
def test_a_shot_takes_a_piece_of_the_right_ammunition(weapon: str, missile: str):
    who = owner_of(["fighter"], weapon, missile, "dart")
    shot = {"weapon": "inventory.i0", "missile": "inventory.i1"}
    with pytest.raises(rc.Refused, match="not what this weapon shoots"):
        who.act("shoots_with", shot | {"missile": "inventory.i2"})
    who.act("shoots_with", shot)
    assert quantity(who, "i1") == 0
    with pytest.raises(rc.Refused, match="no ammunition"):
        who.act("shoots_with", shot)


def test_every_weapon_that_asks_for_ammunition_has_one():
    asking = {name for name, each in entries("weapon").items() if "ammunition" in of(each, "weapon_properties")}
    assert asking == {name for name, each in entries("weapon").items() if of(each, "shoots")}


def test_half_of_what_was_shot_is_found_again():
    who = owner_of(["fighter"], "arrow")
    who.act("picks_up", {"missile": "inventory.i0", "shot": 7})
    assert quantity(who, "i0") == 1 + 3


def test_one_shot_an_action_with_what_must_be_loaded():
    who = owner_of(["fighter"], "light_crossbow", "longbow")
    assert [who[f"inventory.i{place}.attack.one_shot"] for place in (0, 1)] == [True, False]


def test_what_is_used_up_is_gone():
    who = owner_of(["wizard"], "rations", "spell_scroll_level_1")
    who.act("uses_up", {"thing": "inventory.i0"})
    assert quantity(who, "i0") == 0
    with pytest.raises(rc.Refused, match="not so many"):
        who.act("uses_up", {"thing": "inventory.i0"})
    who.edit({"inventory.i1.equipped": True})
    who.act("inventory.i1.spell_scroll_level_1.read_scroll")
    assert quantity(who, "i1") == 0


def test_a_component_pouch_is_at_hand_while_there_is_one():
    assert owner_of(["wizard"], "component_pouch")["components_at_hand"]
    assert not owner_of(["wizard"], "pouch")["components_at_hand"]


# ---- magic items


def test_attuning_takes_a_short_rest_and_no_fourth_item():
    rings = ("ring_of_protection", "cloak_of_protection", "cloak_of_elvenkind", "boots_of_speed", "torch")
    who = owner_of(["warlock"], *rings, pact_slots__spent=1)
    who.act("attunes", {"thing": "inventory.i0"})
    assert who["inventory.i0.attuned"]
    assert who["pact_slots.spent"] == 0
    with pytest.raises(rc.Refused, match="asks for no Attunement"):
        who.act("attunes", {"thing": "inventory.i4"})
    for thing in ("i1", "i2"):
        who.act("attunes", {"thing": f"inventory.{thing}"})
    with pytest.raises(rc.Refused, match="as many items as can be"):
        who.act("attunes", {"thing": "inventory.i3"})
    who.edit({"pact_slots.spent": 1})
    who.act("ends_attunement", {"thing": "inventory.i0"})
    assert not who["inventory.i0.attuned"]
    assert who["pact_slots.spent"] == 0
    with pytest.raises(rc.Refused, match="not attuned"):
        who.act("ends_attunement", {"thing": "inventory.i0"})
    who.act("attunes", {"thing": "inventory.i3"})
    assert who["attuned_count"] == 3


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("boots_of_elvenkind", "winged_boots"),
        ("gauntlets_of_ogre_power", "gloves_of_swimming_and_climbing"),
        ("bracers_of_defense", "bracers_of_archery"),
        ("cloak_of_protection", "mantle_of_spell_resistance"),
        ("headband_of_intellect", "headband_of_intellect"),
    ],
)
def test_two_things_are_not_worn_in_one_place(first: str, second: str):
    who = owner_of(["fighter"], first, second, "ring_of_swimming")
    who.edit({"inventory.i0.equipped": True, "inventory.i2.equipped": True})
    assert "worn in one place" not in complaints(who)
    who.edit({"inventory.i1.equipped": True})
    assert "worn in one place" in complaints(who)


# ---- tools and scrolls


def test_a_tool_in_training_helps_where_a_skill_applies_too():
    trained = owner_of(["fighter"], background="criminal")
    assert len(trained.explain("thieves_tools.check.advantage").situational) == 1
    assert trained.explain("drum.check.advantage").situational == ()
    assert not trained["thieves_tools.check.advantage"]


SCROLLS = {
    "light": (1, 15),
    "shield": (1, 25),
    "web": (3, 100),
    "fireball": (5, 150),
    "banishment": (10, 1000),
    "telekinesis": (25, 1500),
    "disintegrate": (40, 10000),
    "teleport": (50, 12500),
    "maze": (60, 15000),
    "wish": (120, 50000),
}


@pytest.mark.parametrize("spell", SCROLLS)
def test_what_a_scroll_takes(spell: str):
    who = owner_of(["wizard"])
    who.edit(rc.Add("scrolls", {"spell": f"spell.{spell}"}, "s"))
    assert (who["scrolls.s.days"], who["scrolls.s.materials"]) == SCROLLS[spell]
    who.edit({"scrolls.s.days_done": 1})
    assert who["scrolls.s.days_left"] == SCROLLS[spell][0] - 1


def test_who_can_write_a_scroll():
    """Intelligence 16 and proficiency 2: 8 + 3 + 2; a sage knows Arcana and Calligrapher's Supplies."""
    who = owner_of(["wizard"], intelligence__base=16)
    who.edit(rc.Add("scrolls", {"spell": "spell.shield"}, "s"))
    assert "not prepared" in complaints(who)
    assert not who["scrolls.s.able"]
    who.edit(rc.Add("wizard.magic.prepared", {"spell": "spell.shield"}, "p"))
    assert "the spell is not prepared" not in complaints(who)
    assert who["scrolls.s.difficulty"] == 13
    who.edit({"background": "sage"})
    assert who["scrolls.s.able"]
