"""Resources, speeds, what is carried, and money."""

from benchmarks.formulas.draft import Draft
from benchmarks.formulas.names import ATTUNED_ITEMS, CARRIED_ITEMS

# How many uses each resource has.
_USES = {
    "rages": "rages_by_level[barbarian_level]",
    "focus": "monk_level if monk_level >= 2 else 0",
    "sorcery": "sorcerer_level if sorcerer_level >= 2 else 0",
    "channel_divinity": ("(2 + (1 if cleric_level >= 6 else 0) + (1 if cleric_level >= 18 else 0)) if cleric_level >= 2 else 0"),
    "lay_on_hands": "5 * paladin_level",
    "second_wind": ("(2 + (1 if fighter_level >= 4 else 0) + (1 if fighter_level >= 10 else 0)) if fighter_level > 0 else 0"),
    "action_surge": "(1 + (1 if fighter_level >= 17 else 0)) if fighter_level >= 2 else 0",
    "wild_shape": "(2 + (1 if druid_level >= 6 else 0)) if druid_level >= 2 else 0",
    "bardic_inspiration": "max(1, charisma_modifier) if bard_level > 0 else 0",
    "arcane_recovery": "(wizard_level + 1) // 2",
    "indomitable": ("(1 if fighter_level >= 9 else 0) + (1 if fighter_level >= 13 else 0) + (1 if fighter_level >= 17 else 0)"),
    "heroic_inspiration": "1",
    "luck": "proficiency_bonus",
    "relentless": "1",
    "superiority_dice": "4 + (1 if fighter_level >= 7 else 0) + (1 if fighter_level >= 15 else 0)",
}


def declare_resources(draft: Draft) -> None:
    """Declare how many uses there are, and what is left."""
    for name, uses in _USES.items():
        draft.field(f"{name}_most", uses)
        draft.field(f"{name}_left", f"max(0, {name}_most - {name}_used)")
    draft.field("martial_die", "martial_die_by_level[monk_level]")
    draft.field("sneak_attack_dice", "(rogue_level + 1) // 2")


def declare_travel(draft: Draft) -> None:
    """Declare weight and speeds."""
    weak = "armor_worn == 1 and armor_kind == 3 and strength_score < armor_strength_needed"
    draft.field("armor_slowness", f"10 if {weak} else 0")
    draft.field("carried_weight", " + ".join(f"item_{number}_weight * item_{number}_count" for number in CARRIED_ITEMS))
    draft.field("carrying_capacity", "strength_score * 15 * (2 if size > 2 else 1)")
    draft.field("lifting_capacity", "carrying_capacity * 2")
    draft.field("encumbered", "1 if carried_weight > carrying_capacity else 0")
    draft.field("full_speed", "base_speed - armor_slowness - 5 * exhaustion", added="speed")
    [factor] = draft.taken("speed factor")
    free = f"5 if encumbered == 1 else max(0, full_speed * (1 + {factor}))"
    draft.field("walking_speed", f"0 if grappled == 1 or restrained == 1 else ({free})")
    draft.field("climbing_speed", "walking_speed // 2")
    draft.field("swimming_speed", "walking_speed // 2")
    draft.field("flying_speed", "0", at_least="flight floor")
    draft.field("long_jump", "strength_score")
    draft.field("high_jump", "max(0, 3 + strength_modifier)")


def declare_possessions(draft: Draft) -> None:
    """Declare money and attunement."""
    draft.field("wealth", "copper_coins + 10 * silver_coins + 50 * electrum_coins + 100 * gold_coins + 1000 * platinum_coins")
    draft.field("attuned_items", " + ".join(f"{item}_worn" for item in ATTUNED_ITEMS))
    draft.field("attunement_kept", "1 if attuned_items <= 3 else 0")
