"""Lays the engine's sheet beside the oracle's: the same document, two independent readings of the book."""

from __future__ import annotations

from typing import Any

from tests.oracle import oracle

# The oracle was written from the book without a look at the packs, so it names some things otherwise.
NAMES = {
    "weapon_training": {"simple": "simple_weapons", "martial": "martial_weapons"},
    "armor_training": {"light": "light_armor", "medium": "medium_armor", "heavy": "heavy_armor", "shield": "shields"},
}
SIZES = {"tiny": 0, "small": 1, "medium": 2, "large": 3, "huge": 4, "gargantuan": 5}
NO_LIMIT = 2000


def expected(document: dict[str, Any]) -> dict[str, object]:
    """Give the oracle's sheet in the engine's names."""
    return {field: translated(field, value) for field, value in oracle.sheet(document).items()}


def translated(field: str, value: object) -> object:
    if field in NAMES and isinstance(value, list):
        return sorted(NAMES[field].get(each, each) for each in value)
    if field == "carrying_size":
        return SIZES[str(value)]
    if field == "speed_maximum" and value is None:
        return NO_LIMIT
    return value


def shown(value: Any) -> Any:
    """Give a value of the public API in the oracle's forms: dice as text, sets as sorted lists."""
    if isinstance(value, set | frozenset | tuple | list):
        return sorted(str(each) for each in value)
    if isinstance(value, bool | int | str) or value is None:
        return value
    if hasattr(value, "average"):
        return str(value)
    number = float(value)
    return int(number) if number.is_integer() else number


def differences(document: dict[str, Any], hero: Any) -> dict[str, tuple[object, object]]:
    """Give the fields on which oracle and engine differ: (oracle, engine)."""
    found: dict[str, tuple[object, object]] = {}
    for field, wanted in expected(document).items():
        try:
            got = shown(hero[field])
        except KeyError:
            got = "no such field"
        # What a character does not have yet, the engine leaves out and the oracle gives as nothing.
        if got == "no such field" and wanted in (0, False):
            continue
        if got != wanted:
            found[field] = (wanted, got)
    return found
