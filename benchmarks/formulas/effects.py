"""The 40 effects: when each is in force, and what it gives to whom."""

from benchmarks.formulas.draft import Draft

_Effect = tuple[str, str, str, str]

# For whom, its name, when, and how much.
_ABILITIES: tuple[_Effect, ...] = (
    ("strength floor", "ogre_gauntlets_strength", "ogre_gauntlets_worn == 1", "19"),
    ("strength floor", "giant_belt_strength", "giant_belt_worn == 1", "21"),
    ("strength", "strength_stone_strength", "strength_stone_worn == 1", "2"),
    ("dexterity", "dexterity_stone_dexterity", "dexterity_stone_worn == 1", "2"),
    ("intelligence floor", "headband_intelligence", "intellect_headband_worn == 1", "19"),
    ("constitution floor", "amulet_constitution", "health_amulet_worn == 1", "19"),
    ("dexterity floor", "gloves_dexterity", "quick_gloves_worn == 1", "17"),
)
_ARMOR_CLASS: tuple[_Effect, ...] = (
    ("armor class", "ring_armor_class", "ring_of_protection_worn == 1", "1"),
    ("armor class", "cloak_armor_class", "cloak_of_protection_worn == 1", "1"),
    ("armor class", "stone_armor_class", "protection_stone_worn == 1", "1"),
    ("armor class", "defense_armor_class", "defense_feat == 1 and armor_worn == 1", "1"),
    ("armor class", "haste_armor_class", "hasted == 1", "2"),
    ("armor class", "shield_spell_armor_class", "shielded == 1", "5"),
    ("armor class", "bracers_armor_class", "defense_bracers_worn == 1 and armor_worn == 0 and shield_worn == 0", "2"),
    ("armor class", "dragon_mail_armor_class", "dragon_mail_worn == 1 and armor_worn == 1", "1"),
)
_TESTS: tuple[_Effect, ...] = (
    ("saves", "ring_saves", "ring_of_protection_worn == 1", "1"),
    ("saves", "cloak_saves", "cloak_of_protection_worn == 1", "1"),
    ("saves", "luck_stone_saves", "luck_stone_worn == 1", "1"),
    ("saves", "aura_saves", "paladin_level >= 6", "max(charisma_modifier, 1)"),
    ("saves", "blessing_saves", "blessed == 1", "2"),
    ("checks", "luck_stone_checks", "luck_stone_worn == 1", "1"),
    ("stealth", "elven_cloak_stealth", "elven_cloak_worn == 1", "2"),
    ("perception", "eagle_eyes_perception", "eagle_eyes_worn == 1", "2"),
    ("medicine", "periapt_medicine", "healing_periapt_worn == 1", "1"),
    ("passive perception", "observant_perception", "observant_feat == 1", "5"),
    ("passive investigation", "observant_investigation", "observant_feat == 1", "5"),
    ("initiative", "alert_initiative", "alert_feat == 1", "proficiency_bonus"),
    ("initiative", "luck_stone_initiative", "luck_stone_worn == 1", "1"),
)
_THE_REST: tuple[_Effect, ...] = (
    ("speed", "mobile_speed", "mobile_feat == 1", "10"),
    ("speed", "monk_speed", "monk_level >= 2 and armor_worn == 0", "10 + (monk_level - 2) // 4 * 5"),
    ("speed", "barbarian_speed", "barbarian_level >= 5 and armor_kind < 3", "10"),
    ("speed factor", "boots_speed_factor", "speed_boots_worn == 1", "1"),
    ("hit points", "tough_hit_points", "tough_feat == 1", "2 * level"),
    (
        "melee damage",
        "rage_damage",
        "raging == 1",
        "2 + (1 if barbarian_level >= 9 else 0) + (1 if barbarian_level >= 16 else 0)",
    ),
    ("melee damage", "dueling_damage", "dueling_feat == 1", "2"),
    ("ranged attacks", "archery_attacks", "archery_feat == 1", "2"),
    ("attacks", "blessing_attacks", "blessed == 1", "2"),
    ("flight floor", "winged_boots_flight", "winged_boots_worn == 1", "60"),
    ("spell difficulty", "stone_spell_difficulty", "protection_stone_worn == 1", "1"),
    ("spell attacks", "blessing_spell_attacks", "blessed == 1", "2"),
)


def declare_effects(draft: Draft) -> None:
    """Declare all effects; the fields that take them come after."""
    for target, name, condition, value in (*_ABILITIES, *_ARMOR_CLASS, *_TESTS, *_THE_REST):
        draft.effect(target, name, condition, value)
