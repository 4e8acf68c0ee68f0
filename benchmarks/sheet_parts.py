"""What the character of the benchmarks is made of: levels, weapons, things, spells, answers."""

from typing import Any

ABILITIES = {"strength": 16, "dexterity": 14, "constitution": 14, "intelligence": 14, "wisdom": 14, "charisma": 14}

# Four of the classes bring spells, species and background two sources more; the fighter comes last and goes on.
CLASSES = {"paladin": 3, "ranger": 2, "wizard": 1, "warlock": 2, "monk": 2, "barbarian": 2, "fighter": 4}

WEAPONS: tuple[dict[str, Any], ...] = (
    {"item": "longsword", "equipped": True, "enchantment": "weapon_plus_1"},
    {"item": "rapier", "equipped": True},
    {"item": "longbow"},
    {"item": "greatsword"},
    {"item": "dagger", "enchantment": "weapon_plus_1"},
    {"item": "handaxe", "thrown": True},
    {"item": "shortsword"},
    {"item": "warhammer"},
    {"item": "light_crossbow"},
    {"item": "glaive"},
)

_WORN: dict[str, Any] = {"equipped": True}
_ATTUNED: dict[str, Any] = {"equipped": True, "attuned": True}

GEAR: dict[str, dict[str, Any]] = {
    "breastplate": {**_WORN, "enchantment": "armor_plus_1"},
    "shield": {**_WORN, "enchantment": "shield_plus_1"},
    "cloak_of_protection": _ATTUNED,
    "winged_boots": _ATTUNED,
    "ring_of_evasion": _ATTUNED,
    "wand_of_magic_missiles": _WORN,
    "second_wand": {"item": "wand_of_magic_missiles", **_WORN},
    "goggles_of_night": _WORN,
    # one pair of footwear is worn, the other carried
    "boots_of_elvenkind": {},
    "eyes_of_the_eagle": _WORN,
    "ring_of_swimming": _WORN,
    **{f"ring_of_resistance_{kind}": _WORN for kind in ("acid", "cold", "fire", "lightning", "poison", "thunder")},
    **{
        name: {}
        for name in (
            "bag_of_holding",
            "backpack",
            "bedroll",
            "bell",
            "blanket",
            "candle",
            "component_pouch",
            "arcane_focus_crystal",
            "holy_symbol_amulet",
            "ink",
            "ink_pen",
            "magnifying_glass",
            "map",
            "mirror",
            "oil",
            "paper",
            "parchment",
            "perfume",
            "potion_of_healing",
            "pouch",
            "quiver",
            "rations",
            "rope",
        )
    },
}

SPELLS: dict[str, tuple[str, ...]] = {
    "paladin.magic.prepared": ("bless", "command", "cure_wounds"),
    "ranger.magic.prepared": ("cure_wounds", "entangle", "goodberry"),
    "wizard.magic.cantrips": ("fire_bolt", "light", "mage_hand"),
    "wizard.magic.prepared": ("mage_armor", "shield", "magic_missile", "sleep"),
    "wizard.spellbook": (
        "mage_armor",
        "shield",
        "magic_missile",
        "sleep",
        "identify",
        "feather_fall",
        "burning_hands",
        "charm_person",
    ),
    "warlock.pact_magic.cantrips": ("eldritch_blast", "minor_illusion"),
    "warlock.pact_magic.prepared": ("hex", "charm_person", "hellish_rebuke"),
}

CHOICES: dict[str, tuple[str, ...]] = {
    "sage.increase": ("two_and_one",),
    "sage.equipment": ("package_b",),
    "paladin.equipment": ("package_b",),
    "sage.increase.two_and_one.two": ("wisdom",),
    "sage.increase.two_and_one.one": ("constitution",),
    "sage.magic_initiate.ability": ("intelligence",),
    "sage.magic_initiate.cantrips": ("shocking_grasp", "ray_of_frost"),
    "sage.magic_initiate.spell": ("false_life",),
    "known_languages": ("elvish", "draconic"),
    "elf.senses": ("perception",),
    "elf.ability": ("intelligence",),
    "elf.lineage": ("high_elf",),
    "elf.lineage.high_elf.cantrip": ("prestidigitation",),
    "paladin.skills": ("athletics", "persuasion"),
    "paladin.masteries": ("longsword", "warhammer"),
    "paladin.2.fighting_style": ("feat_style",),
    "paladin.2.fighting_style.feat_style.style": ("defense",),
    "paladin.3.subclass": ("oath_of_devotion",),
    "ranger.skills": ("stealth",),
    "ranger.masteries": ("longbow", "rapier"),
    "ranger.2.explorer_expertise": ("perception",),
    "ranger.2.explorer_languages": ("giant", "goblin"),
    "ranger.2.fighting_style": ("feat_style",),
    "ranger.2.fighting_style.feat_style.style": ("archery",),
    "warlock.invocations": ("eldritch_mind", "fiendish_vigor", "devils_sight"),
    "barbarian.masteries": ("handaxe", "glaive"),
    "fighter.fighting_style": ("two_weapon_fighting",),
    "fighter.masteries": ("shortsword", "dagger", "greatsword", "light_crossbow"),
    "fighter.3.subclass": ("champion",),
    "fighter.4.improvement": ("ability_score_improvement",),
    "fighter.4.improvement.ability_score_improvement.increase": ("one_each",),
    "fighter.4.improvement.ability_score_improvement.increase.one_each.raised": ("constitution", "charisma"),
}
