"""What the tests of facts share: the tables of tests/facts, the bundled ruleset, and how an entry is read."""

import json
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import rulecore as rc
from tests.conformance.corpus import shown

FACTS = Path(__file__).parents[1] / "facts"
LEVELS = range(1, 21)
ABILITIES = ("strength", "dexterity", "constitution", "intelligence", "wisdom", "charisma")
SHORT = {name[:3]: name for name in ABILITIES}
# A type of damage, a condition or a sense has the name, so that the thing has another.
NAMED = {"acid": "acid_vial"}


@cache
def facts(name: str) -> Any:
    return json.loads((FACTS / f"{name}.json").read_text(encoding="utf-8"))[name]


@cache
def ruleset() -> rc.Ruleset:
    return rc.load_ruleset()


def entries(kind: str) -> dict[str, rc.Entry]:
    return {entry.name: entry for entry in ruleset().entries(kind)}


def things() -> dict[str, rc.Entry]:
    return {name: entry for kind in ("item", "weapon", "armor", "shield", "tool") for name, entry in entries(kind).items()}


def of(entry: rc.Entry, name: str) -> Any:
    """A property of an entry or the default of its kind, with names for entries and a list for a set."""
    defaults = {name: each.default for kind in entry.kinds for name, each in ruleset().kinds[kind].properties.items()}
    found = entry.properties.get(name, defaults[name])
    if isinstance(found, frozenset | tuple):
        return sorted(each.name for each in found)
    return float(found) if isinstance(found, Fraction) else getattr(found, "name", shown(found))


def named(name: str) -> str:
    """The name of an entry for a name of the book: `Land's Aid` is lands_aid."""
    words = "".join(letter if letter.isalnum() else " " for letter in name.lower().replace("'", ""))
    return "_".join(words.split())


def hero_of(name: str, level: int, choices: dict[str, Any] | None = None, **fields: Any) -> rc.Character:
    """A character with so many levels of one class and nothing else but the given choices and fields."""
    return made({"levels": [{"class": name}] * level}, choices or {}, fields)


def made(lists: dict[str, Any], choices: dict[str, Any], fields: dict[str, Any]) -> rc.Character:
    """A character of its lists, choices and fields; a choice of one may stand without brackets."""
    picks = {path: picked if isinstance(picked, list) else [picked] for path, picked in choices.items()}
    return ruleset().new("character", {"fields": fields, "collections": lists, "choices": picks})


def sheet_of(hero: rc.Character) -> dict[str, Any]:
    """Every value of a sheet by its address, those of records too."""
    sheet = hero.sheet().to_json()
    records = sheet["records"].items()
    return sheet["fields"] | {f"{path}.{name}": value for path, record in records for name, value in record["fields"].items()}


def moved(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """What differs between two sheets, as it is on the later one."""
    return {name: value for name, value in after.items() if before.get(name, value) != value or name not in before}
