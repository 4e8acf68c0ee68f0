"""Armor class, hit points and resistances."""

from benchmarks.formulas.draft import Draft
from benchmarks.formulas.names import CLASSES, DAMAGE_TYPES, HIT_DICE

_HELD_BY_RAGE = ("bludgeoning", "piercing", "slashing")


def declare_armor_class(draft: Draft) -> None:
    """Declare the six ways to an armor class, and what comes on top of the best."""
    ways = {
        "plain": "10 + dexterity_modifier if armor_worn == 0 else 0",
        "mage": "13 + dexterity_modifier if mage_armored == 1 and armor_worn == 0 else 0",
        "barbarian": "10 + dexterity_modifier + constitution_modifier if barbarian_level > 0 and armor_worn == 0 else 0",
        "monk": "10 + dexterity_modifier + wisdom_modifier if monk_level > 0 and armor_worn == 0 and shield_worn == 0 else 0",
        "draconic": "10 + dexterity_modifier + charisma_modifier if sorcerer_level >= 3 and armor_worn == 0 else 0",
    }
    for way, formula in ways.items():
        draft.field(f"{way}_armor_class", formula)
    light_or_medium = "dexterity_modifier if armor_kind == 1 else (min(dexterity_modifier, 2) if armor_kind == 2 else 0)"
    draft.field("armor_dexterity", light_or_medium)
    draft.field("worn_armor_class", "armor_base + armor_dexterity if armor_worn == 1 else 0")
    draft.field("best_armor_class", f"max({', '.join(f'{way}_armor_class' for way in ways)}, worn_armor_class)")
    draft.field("shield_armor_class", "2 if shield_worn == 1 else 0")
    draft.field("extra_armor_class", "0", added="armor class")
    draft.field("armor_class", "best_armor_class + shield_armor_class + extra_armor_class")


def declare_hit_points(draft: Draft) -> None:
    """Declare hit points by class, what is left of them, and hit dice."""
    for name, sides in CLASSES.items():
        draft.field(f"{name}_hit_points", f"{name}_level * {sides // 2 + 1}")
    draft.field("first_level_bonus", _first_level_bonus())
    draft.field("constitution_hit_points", "constitution_modifier * level")
    by_class = " + ".join(f"{name}_hit_points" for name in CLASSES)
    total = f"{by_class} + first_level_bonus + constitution_hit_points{draft.terms('hit points')}"
    draft.field("hit_point_maximum", f"max(level, {total})")
    draft.field("hit_points", "min(hit_point_maximum, max(0, hit_point_maximum - damage))")
    draft.field("hit_point_buffer", "temporary_hit_points")
    draft.field("bloodied", "1 if hit_points * 2 <= hit_point_maximum else 0")
    draft.field("massive_damage", "hit_point_maximum")
    for sides in HIT_DICE:
        levels = " + ".join(f"{name}_level" for name, of_class in CLASSES.items() if of_class == sides)
        draft.field(f"d{sides}_hit_dice", levels)
        draft.field(f"d{sides}_hit_dice_left", f"max(0, d{sides}_hit_dice - d{sides}_hit_dice_used)")
        draft.field(f"d{sides}_hit_dice_average", f"max(1, {sides // 2 + 1} + constitution_modifier)")


def _first_level_bonus() -> str:
    large = "fighter_level > 0 or paladin_level > 0 or ranger_level > 0"
    small = "bard_level > 0 or rogue_level > 0 or cleric_level > 0"
    return f"4 if {large} else (5 if barbarian_level > 0 else (3 if {small} else 2))"


def declare_resistances(draft: Draft) -> None:
    """Declare for each type of damage whether it is halved."""
    for name in DAMAGE_TYPES:
        rage = " or raging == 1" if name in _HELD_BY_RAGE else ""
        draft.field(f"{name}_resistance", f"1 if {name}_resistance_given == 1{rage} else 0")
