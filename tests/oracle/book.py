"""The tables of the book, read once from tests/facts; nothing here computes."""

import json
import math
from pathlib import Path
from typing import Any

_FACTS = Path(__file__).resolve().parent.parent / "facts"

ABILITIES = ("strength", "dexterity", "constitution", "intelligence", "wisdom", "charisma")
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
MOVEMENTS = ("walk", "burrow", "climb", "fly", "swim")
SENSES = ("darkvision", "blindsight", "tremorsense", "truesight")
SIZES = ("tiny", "small", "medium", "large", "huge", "gargantuan")
ARMOR_WEIGHTS = ("none", "light", "medium", "heavy")


def _facts(name: str, table: str = "") -> Any:
    return json.loads((_FACTS / f"{name}.json").read_text(encoding="utf-8"))[table or name]


CLASSES = _facts("classes")
CLASSES_IN_SCOPE = tuple(CLASSES)
ALWAYS_PREPARED = _facts("always_prepared")
SPECIES = _facts("species")
BACKGROUNDS = _facts("backgrounds")
FEATS = _facts("feats")
WEAPONS = _facts("weapons")
ARMOR = _facts("armor")
TOOLS = _facts("tools")
GEAR = _facts("gear")
GEAR_USES = _facts("gear_uses")
TOOL_USES = _facts("tool_uses")
GOODS = _facts("goods")
PRICES = _facts("prices")
WORLD = _facts("world")
STARTING_EQUIPMENT = _facts("starting_equipment")
OTHER_WEIGHTS = _facts("starting_equipment", "weights")
SPELLS = _facts("spells")
CONDITIONS = _facts("conditions")
MAGIC_ITEMS = _facts("magic_items")
BOOKS_READ = _facts("books_read")
ENCHANTMENTS = _facts("enchantments")
TABLES = _facts("tables")
BEASTS = _facts("beasts")
SKILLS = TABLES["skills"]
HOLY_SYMBOLS = ("holy_symbol_amulet", "holy_symbol_emblem", "holy_symbol_reliquary")
# Equipment, "Arcane Focus" and "Druidic Focus": a staff is also a Quarterstaff.
STAFFS = ("arcane_focus_staff", "druidic_focus_wooden_staff")


def plain(name: str) -> str:
    """`srd_2024:weapon.longsword#2` is a longsword."""
    return name.rpartition(":")[2].rpartition(".")[2].partition("#")[0]


def tools_of(group: str) -> list[str]:
    """The tools of a group: Artisan's Tools, Gaming Sets, Musical Instruments."""
    return [tool for tool, facts in TOOLS.items() if facts["group"] == group]


def is_cantrip(spell: str) -> bool:
    """A spell of level 0."""
    return spell in SPELLS and SPELLS[spell]["level"] == 0


def modifier(score: int) -> int:
    """Playing the Game, "Ability Modifiers" (table); rounded down."""
    return (score - 10) // 2


def half_up(number: int) -> int:
    """Half of a number, where the text says "round up"."""
    return math.ceil(number / 2)


def mode(advantage: bool, disadvantage: bool) -> str:
    """Playing the Game, "Advantage/Disadvantage": they cancel, whatever their number."""
    if advantage and not disadvantage:
        return "advantage"
    if disadvantage and not advantage:
        return "disadvantage"
    return "normal"


def roll(dice: str | None, number: int) -> int | str:
    """`1d8+3` in writing; a plain number where there are no dice."""
    if not dice:
        return number
    if "d" not in dice:
        return int(dice) + number
    return f"{dice}{number:+d}" if number else dice


def average(dice: str) -> float:
    """The average of `2d6`; of `1`, one."""
    count, _, faces = dice.partition("d")
    return int(count) * (int(faces) + 1) / 2 if faces else float(count)


def whole(number: float) -> int | float:
    """A weight without a needless `.0`."""
    return int(number) if number == int(number) else number
