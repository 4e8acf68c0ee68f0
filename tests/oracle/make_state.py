"""Rulings, conditions, lasting effects, what is spent, Rage (Rules Glossary; Spells)."""

from __future__ import annotations

from typing import Any

from tests.oracle.book import BOOKS_READ, CLASSES, CONDITIONS, TABLES
from tests.oracle.draft import Draft
from tests.oracle.levels import caster_levels

RULINGS = (
    "score_floor_first",
    "half_casters_on_sum",
    "double_before_adding",
    "exhaustion_lowers_passives",
    "proficiency_joins_initiative_score",
    "prerequisites_count_items",
    "boon_at_ability_score_improvement",
    "masteries_of_classes_add",
    "duplicate_proficiency_chooses_again",
    "increases_in_order_gained",
)
EFFECTS = (
    "blessed",
    "mage_armored",
    "barkskinned",
    "hasted",
    "aided",
    "shielded",
    "shielded_by_faith",
    "longstriding",
    "protected",
    "heroes_feasted",
    *BOOKS_READ,
)

# Resources that a column of the class table counts.
COLUMNS = (
    ("cleric", "cleric.channel_divinity", "channel_divinity"),
    ("druid", "druid.wild_shape", "wild_shape"),
    ("sorcerer", "sorcerer.sorcery_points", "sorcery_points"),
)


def rulings(d: Draft) -> None:
    """Each ruling is switched now and then."""
    for name in RULINGS:
        if d.choose.chance(25):
            d.rulings[name] = d.choose.chance(50)


def fill(d: Draft) -> None:
    """What has befallen the character."""
    if sum(count > 1 for count in d.known.values()):
        d.rulings.pop("duplicate_proficiency_chooses_again", None)
    _conditions(d)
    _effects(d)
    _spent(d)
    if d.of("barbarian") and d.choose.chance(60):
        d.fields["barbarian.raging"] = True
    if d.of("barbarian") >= 2 and d.choose.chance(40):
        d.fields["barbarian.reckless"] = True
    if d.of("monk") >= 6 and d.choose.chance(30):
        d.fields["monk.empowered"] = True
    if d.of("sorcerer"):
        _sorcery(d)
    if d.of("druid") >= 2 and d.choose.chance(50):
        _shape(d)
    if d.choose.chance(20):
        d.fields["experience"] = d.choose.number(0, 400_000)
    if d.choose.chance(15):
        d.fields["surprised"] = True
    if d.choose.chance(20):
        d.fields["hit_points"] = d.choose.number(0, d.level)
    if d.choose.chance(10):
        d.fields["death_failures"] = d.choose.number(1, 3)


def body(d: Draft) -> None:
    """How tall the character is, and what hunger and thirst have done to it."""
    if d.choose.chance(30):
        d.fields["stature"] = d.choose.number(2, 12)
    for want in ("hunger", "thirst"):
        if d.choose.chance(10):
            d.fields[want] = d.choose.number(1, 4)


def _sorcery(d: Draft) -> None:
    """Innate Sorcery that lasts; the wings of Draconic Sorcery 14."""
    if d.choose.chance(50):
        d.fields["sorcerer.innate_sorcery_active"] = True
    if "sorcerer" in d.subclasses and d.of("sorcerer") >= 14 and d.choose.chance(50):
        d.put("effects", "e", {"effect": "dragon_winged"})


def _shape(d: Draft) -> None:
    """One of the known forms, which wears some of what is carried."""
    d.fields["other_form"] = d.choose.one(d.choices["druid.2.beast_forms"])
    for element in d.collections.get("inventory", {}).values():
        if d.choose.chance(40):
            element["worn_by_form"] = True


def _conditions(d: Draft) -> None:
    if d.choose.chance(30):
        d.put("conditions", "c", {"condition": "exhaustion", "level": d.choose.number(1, 6)})
    others = [name for name in CONDITIONS if name != "exhaustion"]
    for name in d.choose.some(others, d.choose.one([0, 0, 0, 1, 2])):
        d.put("conditions", "c", {"condition": name})


def _effects(d: Draft) -> None:
    """One Haste at most; the others may be cast twice, which adds nothing."""
    for _ in range(d.choose.one([0, 0, 1, 2, 4])):
        held = [each["effect"] for each in d.collections.get("effects", {}).values()]
        name = d.choose.one([each for each in EFFECTS if each not in {"hasted", *BOOKS_READ} or each not in held])
        element: dict[str, Any] = {"effect": name}
        if name == "aided":
            element["level"] = d.choose.number(2, 9)
        if name == "protected":
            element["modifier"] = d.choose.number(-1, 5)
        if name == "heroes_feasted" and d.choose.chance(70):
            element["heroes_feasted.rolled"] = d.choose.number(2, 20)
        d.put("effects", "e", element)


def _spent(d: Draft) -> None:
    """Slots and Hit Point Dice, never more than there are."""
    if d.choose.chance(60):
        return
    by_class = sum(caster_levels(name, count) for name, count in d.classes.items())
    rounded = by_class if not d.rulings.get("half_casters_on_sum") else 0
    for place, most in enumerate(TABLES["multiclass_spell_slots"].get(str(rounded), []), start=1):
        if most:
            d.fields[f"level_{place}_slots.spent"] = d.choose.number(0, most)
    if d.of("warlock"):
        d.fields["pact_slots.spent"] = d.choose.number(0, d.row("warlock")["pact_slots"])
    if d.of("monk") >= 2:
        d.fields["monk.focus.spent"] = d.choose.number(0, d.of("monk"))
    for name, field, column in COLUMNS:
        if d.of(name) and d.row(name)[column]:
            d.fields[f"{field}.spent"] = d.choose.number(0, d.row(name)[column])
    if d.of("bard"):
        d.fields["bard.bardic_inspiration.spent"] = d.choose.number(0, 1)
    if d.of("sorcerer"):
        d.fields["sorcerer.innate_sorcery.spent"] = d.choose.number(0, 2)
    if d.of("paladin"):
        d.fields["paladin.lay_on_hands.spent"] = d.choose.number(0, 5 * d.of("paladin"))
    for name, count in d.classes.items():
        d.fields[f"d{CLASSES[name]['hit_die']}_hit_point_dice.spent"] = d.choose.number(0, count)
