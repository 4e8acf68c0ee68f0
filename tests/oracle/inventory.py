"""What is carried, worn and attuned (Equipment, "Armor"; "Magic Items", "Attunement")."""

from typing import Any

from tests.oracle import starting_equipment
from tests.oracle.book import (
    ARMOR,
    ARMOR_WEIGHTS,
    ENCHANTMENTS,
    GEAR,
    GEAR_USES,
    MAGIC_ITEMS,
    OTHER_WEIGHTS,
    STAFFS,
    TOOLS,
    WEAPONS,
    plain,
    whole,
)
from tests.oracle.content_classes import subclass_level
from tests.oracle.paper import Item, Paper

WEIGHTLESS = 0
COINS_PER_POUND = 50


def fill(p: Paper) -> None:
    """List the items and say which are in force."""
    seen: set[str] = set()
    for key, element in p.collection("inventory").items():
        p.items.append(_item(p, key, element, seen))
    for name, number in starting_equipment.given(p).items():
        p.items.append(_item(p, name, {"item": f"item.{name}", "quantity": number}, seen))
    p.out["starting_gold"] = starting_equipment.gold(p)
    p.worn = [i for i in p.items if i.equipped and _category(i) in {"light", "medium", "heavy"}]
    p.shields = [i for i in p.items if i.equipped and _category(i) == "shield"]
    p.armor_weight = max((_category(i) for i in p.worn), key=ARMOR_WEIGHTS.index, default="none")
    p.out["armor_weight"] = p.armor_weight
    p.out["has_shield"] = bool(p.shields)
    p.out["unarmored"] = p.unarmored
    p.out["attunement_maximum"] = 4 if subclass_level(p, "rogue") >= 13 else 3  # Use Magic Device of the Thief
    p.out["attuned_count"] = sum(i.attuned and bool(MAGIC_ITEMS.get(i.name, {}).get("attunement")) for i in p.items)
    for item in p.items:
        p.out[f"inventory.{item.id}.in_force"] = item.in_force
        p.out[f"inventory.{item.id}.weight"] = whole(weight(item))


def _item(p: Paper, key: str, element: dict[str, Any], seen: set[str]) -> Item:
    name = plain(str(element.get("item")))
    enchantment = plain(str(element["enchantment"])) if element.get("enchantment") else None
    # what merges with a form has no effect there
    at_hand = p.form is None or bool(element.get("worn_by_form"))
    p.out[f"inventory.{key}.at_hand"] = at_hand
    equipped, attuned = at_hand and bool(element.get("equipped")), bool(element.get("attuned"))
    used = equipped or (at_hand and (name in GEAR_USES["carried"] or bool(MAGIC_ITEMS.get(name, {}).get("carried"))))
    return Item(key, name, element, enchantment, equipped, attuned, used and _magic_works(p, name, attuned, seen))


def _magic_works(p: Paper, name: str, attuned: bool, seen: set[str]) -> bool:
    """Attunement where needed, its class prerequisite, and no second copy of the same item."""
    facts = MAGIC_ITEMS.get(name)
    if facts is None or not facts["attunement"]:
        return True
    able = not facts.get("classes") or any(p.of(c) for c in facts["classes"])
    if not attuned or not able or name in seen:
        return False
    seen.add(name)
    return True


def armor_facts(item: Item) -> dict[str, Any] | None:
    """The row of the Armor table; a Sentinel Shield is a Shield."""
    return ARMOR.get(MAGIC_ITEMS.get(item.name, {}).get("armor", item.name))


def weapon_name(item: Item) -> str:
    """The row of the Weapons table to look at; some staffs are Quarterstaffs."""
    return "quarterstaff" if item.name in STAFFS else item.name


def _category(item: Item) -> str:
    facts = armor_facts(item)
    return facts["category"] if facts else "none"


def enchanted(item: Item, kind: str) -> int:
    """The +1, +2 or +3 of an item that is of the right kind; magic acts in the hand or on the body."""
    facts = ENCHANTMENTS.get(item.enchantment or "")
    return facts["bonus"] if facts and facts["kind"] == kind and item.equipped else 0


def weight(item: Item) -> float:
    """Pounds of the whole line: weight of one times quantity."""
    facts = WEAPONS.get(item.name) or armor_facts(item) or TOOLS.get(item.name)
    one = facts["weight"] if facts else (GEAR | OTHER_WEIGHTS).get(item.name, WEIGHTLESS)
    return one * item.element.get("quantity", 1)


def load(p: Paper) -> float:
    """All that is carried; fifty coins weigh a pound (Equipment, "Coins"), rounded down."""
    pieces = sum(each["pieces"] for each in p.collection("coins").values())
    return whole(
        sum(weight(i) for i in p.items) + int((p.value("purse", starting_equipment.gold(p)) + pieces) // COINS_PER_POUND)
    )
