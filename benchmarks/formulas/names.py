"""The words and tables from which the formulas are made."""

ABILITIES = ("strength", "dexterity", "constitution", "intelligence", "wisdom", "charisma")

# Each skill with its ability.
SKILLS = {
    "acrobatics": "dexterity",
    "animal_handling": "wisdom",
    "arcana": "intelligence",
    "athletics": "strength",
    "deception": "charisma",
    "history": "intelligence",
    "insight": "wisdom",
    "intimidation": "charisma",
    "investigation": "intelligence",
    "medicine": "wisdom",
    "nature": "intelligence",
    "perception": "wisdom",
    "performance": "charisma",
    "persuasion": "charisma",
    "religion": "intelligence",
    "sleight_of_hand": "dexterity",
    "stealth": "dexterity",
    "survival": "wisdom",
}

# Each class with the sides of its hit die.
CLASSES = {
    "barbarian": 12,
    "bard": 8,
    "cleric": 8,
    "druid": 8,
    "fighter": 10,
    "monk": 8,
    "paladin": 10,
    "ranger": 10,
    "rogue": 8,
    "sorcerer": 6,
    "warlock": 8,
    "wizard": 6,
}
# Each class that casts spells with its ability.
CASTERS = {
    "bard": "charisma",
    "cleric": "wisdom",
    "druid": "wisdom",
    "paladin": "charisma",
    "ranger": "wisdom",
    "sorcerer": "charisma",
    "warlock": "charisma",
    "wizard": "intelligence",
}
FULL_CASTERS = ("bard", "cleric", "druid", "sorcerer", "wizard")
HALF_CASTERS = ("paladin", "ranger")

DAMAGE_TYPES = (
    "acid",
    "bludgeoning",
    "cold",
    "fire",
    "force",
    "lightning",
    "necrotic",
    "piercing",
    "poison",
    "psychic",
    "radiant",
    "slashing",
    "thunder",
)
CONDITIONS = (
    "poisoned",
    "restrained",
    "prone",
    "frightened",
    "grappled",
    "raging",
    "blessed",
    "hasted",
    "concentrating",
    "shielded",
    "mage_armored",
    "inspired",
)
FEATS = (
    "tough",
    "alert",
    "mobile",
    "great_weapon",
    "sharpshooter",
    "dueling",
    "defense",
    "archery",
    "observant",
    "dual_wielder",
)
ATTUNED_ITEMS = (
    "ring_of_protection",
    "cloak_of_protection",
    "ogre_gauntlets",
    "giant_belt",
    "speed_boots",
    "defense_bracers",
    "luck_stone",
    "intellect_headband",
    "health_amulet",
    "quick_gloves",
    "strength_stone",
    "dexterity_stone",
    "protection_stone",
    "winged_boots",
)
WORN_ITEMS = ("armor", "shield", "elven_cloak", "eagle_eyes", "healing_periapt", "dragon_mail", *ATTUNED_ITEMS)

WEAPONS = range(1, 11)
CARRIED_ITEMS = range(1, 31)
SLOT_LEVELS = range(1, 10)
HIT_DICE = (12, 10, 8, 6)

# The tables: from which level on there is how much.
TABLES = {
    "slots_1": {0: 0, 1: 2, 2: 3, 3: 4},
    "slots_2": {0: 0, 3: 2, 4: 3},
    "slots_3": {0: 0, 5: 2, 6: 3},
    "slots_4": {0: 0, 7: 1, 8: 2, 9: 3},
    "slots_5": {0: 0, 9: 1, 10: 2, 18: 3},
    "slots_6": {0: 0, 11: 1, 19: 2},
    "slots_7": {0: 0, 13: 1, 20: 2},
    "slots_8": {0: 0, 15: 1},
    "slots_9": {0: 0, 17: 1},
    "pact_slots_by_level": {0: 0, 1: 1, 2: 2, 11: 3, 17: 4},
    "pact_slot_level_by_level": {0: 0, 1: 1, 3: 2, 5: 3, 7: 4, 9: 5},
    "martial_die_by_level": {0: 4, 1: 6, 6: 8, 12: 10, 18: 12},
    "rages_by_level": {0: 0, 1: 2, 3: 3, 6: 4, 12: 5, 17: 6},
    "spells_by_level": dict(enumerate((0, 4, 5, 6, 7, 9, 10, 11, 12, 14, 15, 16, 16, 17, 17, 18, 18, 19, 20, 21, 22))),
    "cantrips_by_level": {0: 0, 1: 3, 4: 4, 10: 5},
}
LAST_LEVEL = 20
