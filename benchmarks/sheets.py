"""The documents of the standard rules on which edits are timed, and what is counted on their sheets."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from benchmarks.sheet_parts import ABILITIES, CHOICES, CLASSES, GEAR, SPELLS, WEAPONS
from rulecore import Character, Ruleset, load_ruleset

Document = dict[str, Any]

USUAL_WEAPONS = 10
NO_WEAPONS, MANY_WEAPONS = 0, 40

BLESSING = "effects.bless.effect"


@cache
def standard_rules() -> Ruleset:
    """Load the standard packs, once for all that is timed."""
    return load_ruleset()


def bare_document() -> Document:
    """Give a character of whom nothing is said."""
    return standard_rules().character().document


def full_document(weapons: int = USUAL_WEAPONS, *, further_levels: int = 0) -> Document:
    """Give the character with weapons, spells, resources and items; `further_levels` of a fighter come last."""
    levels = [{"class": name} for name, count in CLASSES.items() for _ in range(count)]
    levels += [{"class": "fighter"}] * further_levels
    armed = {f"weapon_{number + 1}": dict(WEAPONS[number % len(WEAPONS)]) for number in range(weapons)}
    carried = {name: {"item": name, **marks} for name, marks in GEAR.items()}
    document = bare_document()
    scores = {f"{name}.base": score for name, score in ABILITIES.items()}
    document["fields"] = {**scores, "species": "elf", "background": "sage", "purse": 0}
    document["collections"] = {
        "levels": levels,
        "inventory": {**armed, **carried},
        "effects": {"bless": {}},
        **{name: {f"s{number + 1}": {"spell": spell} for number, spell in enumerate(spells)} for name, spells in SPELLS.items()},
    }
    document["choices"] = {name: list(picked) for name, picked in CHOICES.items()}
    return document


def sheet_values(hero: Character) -> dict[str, Any]:
    """Give every value on a sheet by its id, as JSON has it."""
    sheet = hero.sheet()
    inside = {f"{path}.{name}": value for path, record in sheet.records.items() for name, value in record["fields"].items()}
    return {**sheet.fields, **inside}


@dataclass(frozen=True, slots=True)
class Counts:
    """How much stands on a sheet."""

    fields: int
    records: int
    attacks: int
    sources: int
    resources: int
    items: int

    def __str__(self) -> str:
        return (
            f"{self.fields:,} fields, {self.records:,} records, {self.attacks} attacks, {self.sources} sources of spells, "
            f"{self.resources} resources, {self.items} things carried"
        )


def counts(hero: Character) -> Counts:
    """Count what stands on a sheet."""
    records = hero.sheet().records
    values = sheet_values(hero)
    types = [record["type"] for record in records.values()]
    return Counts(
        fields=len(values),
        records=len(records),
        attacks=sum(path.endswith(".critical_on") for path in values),
        sources=types.count("spellcasting"),
        resources=types.count("resource") + sum(path.endswith("pact_slots.maximum") for path in values),
        items=types.count("inventory_item"),
    )
