"""What class and background give at the start (Classes, "Starting Equipment"; Character Origins, "Equipment")."""

from __future__ import annotations

from tests.oracle.book import HOLY_SYMBOLS, STARTING_EQUIPMENT, TOOLS
from tests.oracle.paper import Paper

FREE_CHOICE = {"holy_symbol": "holy_symbol", "musical_instrument": "instrument"}
"""The sort of a thing that is freely chosen, and the last word of the choice that asks for it."""


def sort_of(sort: str) -> list[str]:
    """Give the things of a sort."""
    return list(HOLY_SYMBOLS) if sort == "holy_symbol" else [name for name, facts in TOOLS.items() if facts["group"] == sort]


def given(p: Paper) -> dict[str, int]:
    """Give what was given, name to number; no two packages with one thing are made up."""
    found: dict[str, int] = {}
    for giver, option in _taken(p):
        facts = STARTING_EQUIPMENT[giver][option]
        found.update(facts["items"])
        asked = f"{giver}.{facts['same_as']}" if "same_as" in facts else ""
        if "one_of" in facts:
            asked = f"{giver}.equipment.{option}.{FREE_CHOICE[facts['one_of']]}"
        name = p.pick(asked)
        if name is not None:
            found[name] = 1
    return found


def gold(p: Paper) -> int:
    """Give the GP of the packages."""
    return sum(STARTING_EQUIPMENT[giver][option]["gold"] for giver, option in _taken(p))


def _taken(p: Paper) -> list[tuple[str, str]]:
    """Give whose packages are taken, and which; a class that is not the first gives none."""
    givers = [giver for giver in (p.first, p.name_in("background")) if giver is not None]
    options = ((giver, p.pick(f"{giver}.equipment", STARTING_EQUIPMENT[giver])) for giver in givers)
    return [(giver, option) for giver, option in options if option is not None]
