"""What a written value is as one of a field's type."""

from __future__ import annotations

import re

from rulecore.formula import types as t
from rulecore.validation.importing.words import number_in, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rulecore.formula.types import Type

LARGEST = 10**9
_YES = frozenset({"yes", "true", "x", "y", "\u2713", "\u2714", "\u25cf", "\u2611", "[x]", "on", "*"})
_NO = frozenset({"no", "false", "n", "", "-", "\u2014", "\u25cb", "\u2610", "[ ]", "off", "none"})
_DICE = re.compile(r"\d*d\d+(?:\s*[+-]\s*\d+)?")
_DECIMAL = re.compile(r"-?\d{1,9}(?:\.\d{1,4})?")


def truth(value: Any) -> bool | None:
    """Read a value as yes or no; none where it is neither."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return bool(value) if value in {0, 1} else None
    text = value.strip().casefold() if isinstance(value, str) else ""
    return True if text in _YES else False if text in _NO and isinstance(value, str) else None


def whole(value: Any) -> int | None:
    """Read a value as a whole number: `+5`, `30 m` and `18 (of both)` are numbers, too."""
    if isinstance(value, bool):
        return None
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < LARGEST else None
    if isinstance(value, int):
        return value if abs(value) < LARGEST else None
    return number_in(value) if isinstance(value, str) else None


def read_value(value: Any, of: Type) -> Any:
    """Read a value as one of a type, in the form that a document has; none where it says nothing of that type."""
    match of:
        case t.IntType():
            return whole(value)
        case t.NumberType():
            return _number(value)
        case t.DiceType():
            found = _DICE.search(value) if isinstance(value, str) else None
            return whole(value) if found is None else found[0].replace(" ", "")
        case t.BoolType():
            return truth(value)
        case t.EnumType():
            return _word(value, of.words)
        case t.TextType():
            return value if isinstance(value, str) else None
        case _:
            return None


def _number(value: Any) -> int | float | None:
    if isinstance(value, float) and abs(value) < LARGEST:
        return value
    found = _DECIMAL.search(value.replace(",", "")) if isinstance(value, str) else None
    if found is not None and "." in found[0]:
        return float(found[0])
    return whole(value) if found is None else int(found[0])


def _word(value: Any, known: tuple[str, ...]) -> str | None:
    if isinstance(value, str):
        written = words(value)
        found = next((each for each in known if words(each) == written), None)
        if found is not None:
            return found
    said = truth(value)
    return None if said is None else known[-1] if said else known[0]
