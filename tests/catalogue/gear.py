"""Kinds 53 to 56: what is worn, held and attuned, and states that cannot be."""

from __future__ import annotations

from random import Random

from tests.catalogue.classes import claim
from tests.catalogue.fault import Change, Seeded, kind, pointer, put
from tests.catalogue.legal import Legal

ATTUNED = "SRD 5.2.1, Equipment: Magic Items, Attunement"
INVENTORY = pointer("collections", "inventory")
FREELY_ATTUNED = (
    "amulet_of_health",
    "ring_of_evasion",
    "ring_of_protection",
    "brooch_of_shielding",
    "stone_of_good_luck",
    "periapt_of_health",
)


def _things(legal: Legal, *elements: dict[str, object]) -> tuple[Change, ...]:
    if "inventory" not in legal.collections:
        return (put("collections", "inventory", value={f"seeded{place}": each for place, each in enumerate(elements)}),)
    return tuple(put("collections", "inventory", f"seeded{place}", value=each) for place, each in enumerate(elements))


def _carried(legal: Legal) -> list[dict[str, object]]:
    return list(legal.collections.get("inventory", {}).values())


@kind(53, "SRD 5.2.1, Equipment: Armor, Armor Training (no spells in armor without training)")
def spells_in_armor_without_training(legal: Legal, _random: Random) -> Seeded | None:
    if not legal.sheet.get("untrained_armor"):
        return None
    return claim("can_cast", "can_cast", value=True)


@kind(54, ATTUNED + " (no more than three)")
def attuned_to_too_many(legal: Legal, random: Random) -> Seeded | None:
    room = legal.sheet["attunement_maximum"] - legal.sheet["attuned_count"] + 1
    held = {each.get("item") for each in _carried(legal)}
    fresh = [name for name in FREELY_ATTUNED if name not in held]
    if not 0 < room <= len(fresh):
        return None
    names = random.sample(fresh, room)
    things = _things(legal, *({"item": name, "attuned": True} for name in names))
    return Seeded("requires.failed/character.too_many_attuned_items", INVENTORY, things)


@kind(54, ATTUNED + " (no two copies of an item)")
def attuned_to_two_copies(legal: Legal, random: Random) -> Seeded | None:
    if legal.sheet["attunement_maximum"] - legal.sheet["attuned_count"] < 2:
        return None
    name = random.choice(FREELY_ATTUNED)
    if any(each.get("item") == name for each in _carried(legal)):
        return None
    things = _things(legal, {"item": name, "attuned": True}, {"item": name, "attuned": True})
    return Seeded("requires.failed/character.attuned_to_two_copies_of_one_item", INVENTORY, things)


@kind(54, ATTUNED + " (prerequisite of the item)")
def attuned_without_the_prerequisite(legal: Legal, _random: Random) -> Seeded | None:
    if legal.sheet["attunement_maximum"] <= legal.sheet["attuned_count"]:
        return None
    # In another form things merge with it and do nothing, so that nothing is asked of who wears them.
    if {"sorcerer", "warlock", "wizard"} & set(legal.levels) or legal.sheet.get("other_form"):
        return None
    things = _things(legal, {"item": "robe_of_the_archmagi", "equipped": True, "attuned": True})
    cause = "requires.failed/item.only_a_sorcerer_warlock_or_wizard_attunes_to_it"
    return Seeded(cause, f"{INVENTORY}/seeded0/item", things)


@kind(55, "SRD 5.2.1, Equipment: Armor, Shield (one at a time)")
def two_shields(legal: Legal, _random: Random) -> Seeded | None:
    held = sum(each.get("item") == "shield" and bool(each.get("equipped")) for each in _carried(legal))
    if any("shield" in str(each.get("item")) and each.get("item") != "shield" for each in _carried(legal)):
        return None
    things = _things(legal, *({"item": "shield", "equipped": True} for _ in range(2 - held)))
    return Seeded("requires.failed/character.only_one_shield_at_a_time", INVENTORY, things)


@kind(55, "SRD 5.2.1, Equipment: Armor (one suit at a time)")
def two_suits_of_armor(legal: Legal, random: Random) -> Seeded | None:
    if legal.sheet.get("armor_weight") == "none":
        return None
    things = _things(legal, {"item": random.choice(["leather_armor", "breastplate", "chain_mail"]), "equipped": True})
    return Seeded("requires.failed/character.only_one_suit_of_armor_at_a_time", INVENTORY, things)


@kind(55, "SRD 5.2.1, Equipment: Magic Items, Multiple Items of the Same Kind")
def two_pairs_of_boots(legal: Legal, _random: Random) -> Seeded | None:
    things = _things(legal, {"item": "boots_of_elvenkind", "equipped": True}, {"item": "winged_boots", "equipped": True})
    return Seeded("requires.failed/character.two_things_worn_in_one_place", INVENTORY, things)


@kind(56, "SRD 5.2.1, Playing the Game: Hit Points (no more than the maximum)")
def more_hit_points_than_the_maximum(legal: Legal, random: Random) -> Seeded | None:
    value = legal.sheet["hit_point_maximum"] + random.choice([1, 5, 30])
    return Seeded("value.bound", "/fields/hit_points", (put("fields", "hit_points", value=value),))


@kind(56, "SRD 5.2.1, Spells: Spell Slots (no more spent than there are)")
def more_spent_than_there_are(legal: Legal, random: Random) -> Seeded | None:
    found = [
        path.removesuffix("maximum") + "spent"
        for path, value in legal.sheet.items()
        if path.endswith(("_slots.maximum", "_dice.maximum")) and value and path.count(".") == 1
    ]
    if not found:
        return None
    key = random.choice(found)
    value = legal.sheet[key.removesuffix("spent") + "maximum"] + random.choice([1, 3])
    return Seeded("value.bound", pointer("fields", key), (put("fields", key, value=value),))


@kind(56, "SRD 5.2.1, Playing the Game: Dropping to 0 Hit Points, Death Saving Throws (three end it)")
def four_death_saves(_legal: Legal, random: Random) -> Seeded | None:
    key = random.choice(["death_failures", "death_successes"])
    return Seeded("value.range", pointer("fields", key), (put("fields", key, value=random.choice([4, 5, -1])),))


@kind(56, "SRD 5.2.1, Rules Glossary: Condition (Concentration is none)")
def concentrating_as_a_condition(_legal: Legal, _random: Random) -> Seeded | None:
    keys = ("collections", "conditions", "seeded", "condition")
    return Seeded("entry.unknown", pointer(*keys), (put(*keys, value="concentrating"),))
