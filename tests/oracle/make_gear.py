"""Weapons, armor, Shield, magic items: two hands, one suit, three attuned (Equipment; Magic Items)."""

from __future__ import annotations

from typing import Any

from tests.oracle.book import ARMOR, GEAR, MAGIC_ITEMS, STARTING_EQUIPMENT, WEAPONS
from tests.oracle.draft import Draft
from tests.oracle.starting_equipment import FREE_CHOICE, sort_of

# Not in the pack under this name: acid is a vial there.
ABSENT = {"acid"}
WONDERS = [name for name in MAGIC_ITEMS if name not in ABSENT and "armor" not in MAGIC_ITEMS[name]]
# One pair of footwear, of gloves, of bracers, one thing on the head, one on the shoulders.
PLACES = (("boots", "slippers"), ("gloves", "gauntlets"), ("bracers",), ("headband", "helm"), ("cloak", "mantle", "wings_of"))


def weapons_carried(d: Draft) -> None:
    """Up to three weapons, as many of them held as two hands allow."""
    hands = 2
    for name in d.choose.some(list(WEAPONS), d.choose.number(0, 3)):
        element, used = _weapon(d, name)
        if used <= hands and d.choose.chance(75):
            element["equipped"] = True
            hands -= used
        d.put("inventory", "i", element)
    d.free_hands = hands


def _weapon(d: Draft, name: str) -> tuple[dict[str, Any], int]:
    """A weapon, and the hands that it takes: thrown or versatile, the extra attack, an enchantment."""
    traits = WEAPONS[name]["properties"]
    element: dict[str, Any] = {"item": name}
    used = 2 if "two_handed" in traits else 1
    if "thrown" in traits and d.choose.chance(40):
        element["thrown"] = True
    elif "versatile" in traits and d.choose.chance(50):
        element["two_hands"] = True
        used = 2
    if "light" in traits and d.choose.chance(40):
        element["off_hand"] = True
    if d.choose.chance(40):
        element["enchantment"] = d.choose.one(["weapon_plus_1", "weapon_plus_2", "weapon_plus_3"])
    if d.choose.chance(10):
        element["quantity"] = d.choose.number(2, 20)
    return element, used


def fill(d: Draft) -> None:
    """Armor and Shield, magic items, common gear, coins."""
    _armor(d)
    _wonders(d)
    for name in d.choose.some([gear for gear in GEAR if gear not in ABSENT], d.choose.one([0, 0, 1, 3])):
        d.put("inventory", "i", {"item": name, "quantity": d.choose.number(1, 12)})
    if d.choose.chance(60):
        d.fields["purse"] = d.choose.number(0, 9000)


def _armor(d: Draft) -> None:
    suits = [name for name, facts in ARMOR.items() if facts["category"] != "shield"]
    for name in d.choose.some(suits, d.choose.one([0, 1, 1, 2])):
        worn = not any(each.get("equipped") and each["item"] in suits for each in d.collections.get("inventory", {}).values())
        d.put("inventory", "i", _protection(d, name, "armor", worn=worn and d.choose.chance(85)))
    if d.choose.chance(40):
        free = d.free_hands >= 1
        name = d.choose.one(["shield", "shield", "sentinel_shield"])
        d.put("inventory", "i", _protection(d, name, "shield", worn=free))


def _protection(d: Draft, name: str, kind: str, *, worn: bool) -> dict[str, Any]:
    element: dict[str, Any] = {"item": name, "equipped": worn}
    if d.choose.chance(40):
        element["enchantment"] = f"{kind}_plus_{d.choose.number(1, 3)}"
    return element


def _wonders(d: Draft) -> None:
    """No two of a kind, nor in one place; attunement only within three, of a Thief 13 four, and only for those who can."""
    places: set[int] = set()
    attuned, most = 0, 4 if d.of("rogue") >= 13 and "rogue" in d.subclasses else 3
    for name in d.choose.some(WONDERS, d.choose.one([0, 1, 2, 3, 5, 8])):
        facts = MAGIC_ITEMS[name]
        place = next((number for number, words in enumerate(PLACES) if any(word in name for word in words)), -1)
        element: dict[str, Any] = {"item": name, "equipped": d.choose.chance(90) and place not in places}
        places |= {place} - {-1} if element["equipped"] else set()
        able = not facts.get("classes") or any(d.of(c) for c in facts["classes"])
        if facts["attunement"] and able and attuned < most and d.choose.chance(90):
            element["attuned"] = True
            attuned += 1
        if name == "boots_of_speed" and element["equipped"] and element.get("attuned") and d.choose.chance(70):
            element["boots_of_speed.clicked"] = True
        d.put("inventory", "i", element)


def starting_equipment(d: Draft) -> None:
    """Packages of the first class and of the background, as the book gives them: nothing of them is put on.

    Where both hold one thing the background gives GP: there would be two lots of it, and no lot has a name in the book.
    """
    held: set[str] = set()
    for giver in (d.first, d.fields["background"]):
        options = [name for name, facts in STARTING_EQUIPMENT[giver].items() if not held & set(facts["items"])]
        name = d.choose.one(options)
        d.pick(f"{giver}.equipment", name)
        facts = STARTING_EQUIPMENT[giver][name]
        if "one_of" in facts:
            fresh = [thing for thing in sort_of(facts["one_of"]) if thing not in held]
            d.pick(f"{giver}.equipment.{name}.{FREE_CHOICE[facts['one_of']]}", d.choose.one(fresh))
        held |= set(facts["items"])
        held |= {thing for choice, picked in d.choices.items() if choice.startswith(f"{giver}.equipment.") for thing in picked}
