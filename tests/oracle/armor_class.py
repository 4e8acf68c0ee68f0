"""Armor Class: the best base calculation, then bonuses, then Barkskin (Rules Glossary, "Armor Class"; Equipment)."""

from tests.oracle.content_classes import monk_free, subclass
from tests.oracle.content_feats import has
from tests.oracle.inventory import armor_facts, enchanted
from tests.oracle.paper import Item, Paper

BARKSKIN = 17


def fill(p: Paper) -> None:
    """Armor Class."""
    for item in p.items:
        _suit(p, item)
    total = max(base_calculations(p)) + _shield(p) + _bonuses(p)
    p.out["armor_class"] = max(total, BARKSKIN) if p.effects("barkskinned") else total


def _suit(p: Paper, item: Item) -> None:
    """The row of the Armor table beside a suit or Shield carried; its enchantment counts in use."""
    facts = armor_facts(item)
    kind = "shield" if facts and facts["category"] == "shield" else "armor"
    bonus = enchanted(item, kind)
    p.out[f"inventory.{item.id}.bonus"] = bonus
    if facts is None or kind == "shield":
        return
    at = f"inventory.{item.id}.as_armor"
    p.out[f"{at}.item"] = item.name
    p.out[f"{at}.base"] = _armor(p, item)
    p.out[f"{at}.magic_bonus"] = bonus
    p.out[f"{at}.trained"] = facts["category"] in p.armor_training
    p.out[f"{at}.strength_needed"] = facts["strength"] or 0
    p.out[f"{at}.noisy"] = bool(facts["stealth_disadvantage"])


def base_calculations(p: Paper) -> list[int]:
    """All that are open to the character; only one is used, so the best. Armor that is worn says what the base is."""
    dexterity = p.mod["dexterity"]
    ways = [_armor(p, item) for item in p.worn] or [10 + dexterity]
    if p.unarmored and p.of("barbarian"):
        ways.append(10 + dexterity + p.mod["constitution"])
    if p.of("monk") and monk_free(p):
        ways.append(10 + dexterity + p.mod["wisdom"])
    if p.unarmored and subclass(p, "sorcerer"):
        ways.append(10 + dexterity + p.mod["charisma"])
    if p.unarmored and p.effects("mage_armored"):
        ways.append(13 + dexterity)
    if p.form:
        ways.append(p.form["armor_class"])
    if p.unarmored:
        ways.extend(base + dexterity for base in p.forces("base_armor_class"))
    return ways


def _armor(p: Paper, item: Item) -> int:
    """Light: all of Dexterity; Medium: at most 2, also negative; Heavy: none. Plus its enchantment."""
    facts = armor_facts(item) or {}
    dexterity = {"full": p.mod["dexterity"], "max_2": min(p.mod["dexterity"], 2), "none": 0}[facts["dexterity"]]
    return facts["base"] + dexterity + enchanted(item, "armor")


def _shield(p: Paper) -> int:
    """One Shield, and only with training; +1 to +3 in addition."""
    if "shield" not in p.armor_training:
        return 0
    return max(((armor_facts(i) or {})["bonus"] + enchanted(i, "shield") for i in p.shields), default=0)


def _bonuses(p: Paper) -> int:
    """Defense, items, Haste, Shield of Faith, Shield."""
    defense = 1 if has(p, "defense") and not p.unarmored else 0
    spells = {"hasted": 2, "shielded_by_faith": 2, "shielded": 5}
    return defense + sum(p.forces("armor_class")) + sum(n for name, n in spells.items() if p.effects(name))
