"""The 266 inputs: a fighter, wizard and rogue of level 9 with ten weapons and thirty things."""

from benchmarks.formulas.draft import Draft
from benchmarks.formulas.names import (
    ABILITIES,
    CARRIED_ITEMS,
    CLASSES,
    CONDITIONS,
    DAMAGE_TYPES,
    FEATS,
    HIT_DICE,
    LAST_LEVEL,
    SKILLS,
    SLOT_LEVELS,
    WEAPONS,
    WORN_ITEMS,
)

_SCORES = {"strength": 16, "dexterity": 14, "constitution": 15, "intelligence": 10, "wisdom": 13, "charisma": 12}
_INCREASES = {"strength": 2, "constitution": 1}
_LEVELS = {"fighter": 5, "wizard": 3, "rogue": 1}
_SKILL_TRAINING = (0, 1, 0, 2, 0)
_SAVES = ("strength", "constitution")
_WORN = ("armor", "shield", "cloak_of_protection", "ring_of_protection")
_HAD_FEATS = ("tough", "defense")
_RANGED_WEAPONS = (4, 8)
_DICE = (6, 8, 10, 12, 4)
_COINS = ("gold", "silver", "copper", "platinum", "electrum")
RESOURCES = (
    "rages",
    "focus",
    "sorcery",
    "channel_divinity",
    "lay_on_hands",
    "second_wind",
    "action_surge",
    "wild_shape",
    "bardic_inspiration",
    "arcane_recovery",
    "indomitable",
    "heroic_inspiration",
    "luck",
    "relentless",
    "superiority_dice",
)


def declare_inputs(draft: Draft) -> None:
    """Declare all inputs, in the order in which they are numbered."""
    _declare_build(draft)
    _declare_state(draft)
    _declare_weapons(draft)
    _declare_carried(draft)
    _declare_spent(draft)


def _declare_build(draft: Draft) -> None:
    for ability in ABILITIES:
        draft.input(f"{ability}_base", _SCORES[ability], highest=30, lowest=1)
        draft.input(f"{ability}_increase", _INCREASES.get(ability, 0), highest=20)
    for name in CLASSES:
        draft.input(f"{name}_level", _LEVELS.get(name, 0), highest=LAST_LEVEL)
    for index, skill in enumerate(SKILLS):
        draft.input(f"{skill}_training", _SKILL_TRAINING[index % len(_SKILL_TRAINING)], highest=2)
    for ability in ABILITIES:
        draft.input(f"{ability}_save_training", int(ability in _SAVES), highest=1)
    for feat in FEATS:
        draft.input(f"{feat}_feat", int(feat in _HAD_FEATS), highest=1)


def _declare_state(draft: Draft) -> None:
    draft.input("exhaustion", 0, highest=6)
    for condition in CONDITIONS:
        draft.input(condition, 0, highest=1)
    for item in WORN_ITEMS:
        draft.input(f"{item}_worn", int(item in _WORN), highest=1)
    draft.input("armor_kind", 3, highest=3)
    draft.input("armor_base", 16, highest=20)
    draft.input("armor_strength_needed", 13, highest=20)
    draft.input("armor_noisy", 1, highest=1)
    draft.input("base_speed", 30, highest=120)
    draft.input("damage", 7, highest=999)
    draft.input("temporary_hit_points", 0, highest=999)
    draft.input("size", 2, highest=5)


def _declare_weapons(draft: Draft) -> None:
    for number in WEAPONS:
        index = number - 1
        draft.input(f"weapon_{number}_finesse", int(index % 3 == 0), highest=1)
        draft.input(f"weapon_{number}_ranged", int(number in _RANGED_WEAPONS), highest=1)
        draft.input(f"weapon_{number}_trained", 1, highest=1)
        draft.input(f"weapon_{number}_magic", index % 3, highest=3)
        draft.input(f"weapon_{number}_die", _DICE[index % len(_DICE)], highest=20)
        draft.input(f"weapon_{number}_held", int(index < 3), highest=1)


def _declare_carried(draft: Draft) -> None:
    for number in CARRIED_ITEMS:
        index = number - 1
        draft.input(f"item_{number}_weight", index * 7 % 11, highest=500)
        draft.input(f"item_{number}_count", 1 + index % 3, highest=99)
    for coin in _COINS:
        draft.input(f"{coin}_coins", 25, highest=999999)


def _declare_spent(draft: Draft) -> None:
    for level in SLOT_LEVELS:
        draft.input(f"slots_{level}_spent", 0, highest=9)
    draft.input("pact_slots_spent", 0, highest=9)
    for resource in RESOURCES:
        draft.input(f"{resource}_used", 0, highest=99)
    for sides in HIT_DICE:
        draft.input(f"d{sides}_hit_dice_used", 0, highest=LAST_LEVEL)
    for damage_type in DAMAGE_TYPES:
        draft.input(f"{damage_type}_resistance_given", 0, highest=1)
