"""From JSON to values: what an editable field of a document holds, by the field's type, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping

from rulecore.dataclass import dataclass
from rulecore.derive.structure import Structure
from rulecore.formula import types as t
from rulecore.formula.dice import total
from rulecore.model.shape import Field

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_INFINITY = float("inf")
_TERM = r"(?P<sign>[+-]?)\s*(?:(?P<count>\d{1,4})d(?P<sides>\d{1,4})|(?P<plain>\d{1,9}))\s*"


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a JSON value is none of a type: what was expected, and the nearest name where a name is not known."""

    code: str
    expected: Any
    nearest: str | None = None


def stands_alone(field: Field) -> bool:
    """Tell whether what is written for a field is what it is: no bound, and no path of an instance, has anything to say."""
    return field.low is None and field.high is None and not isinstance(field.type, t.InstanceType)


def written_names(value: Any) -> tuple[str, ...]:
    """Give the names in a JSON list, leaving out what is no text."""
    return tuple(name for name in value if isinstance(name, str)) if isinstance(value, list | tuple) else ()


def read_stored(value: Any, of: t.Type, structure: Structure) -> Any | Fault:
    """Give the value that JSON writes for a type, or its fault."""
    match of:
        case t.IntType():
            return _whole(value)
        case t.NumberType():
            return _number(value)
        case t.BoolType():
            return value if isinstance(value, bool) else Fault("value.type", "true or false")
        case t.TextType():
            return value if isinstance(value, str) else Fault("value.type", "text")
        case t.DiceType():
            return read_dice(value)
        case t.EnumType():
            return _word(value, of)
        case t.RefType():
            return _entry(value, of.kind, structure)
        case t.SetType():
            return _entries(value, of.kind, structure)
        case t.InstanceType():
            return _instance(value, of.shape, structure)
    return Fault("value.type", str(of))


def _is_int(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _whole(value: Any) -> Any | Fault:
    if _is_int(value):
        return value
    if isinstance(value, float) and abs(value) < _INFINITY:
        # JSON knows one sort of number: 15.0 is 15.
        return int(value) if value.is_integer() else Fault("value.fraction", "whole number")
    return Fault("value.type", "whole number")


def _number(value: Any) -> Any | Fault:
    if _is_int(value):
        return value
    if isinstance(value, float) and abs(value) < _INFINITY:
        from fractions import Fraction

        # The decimal that was written counts, not the binary fraction nearest to it.
        exact = Fraction(str(value))
        return int(exact) if exact.denominator == 1 else exact
    return Fault("value.type", "number")


def read_dice(value: Any) -> Any | Fault:
    """Give the dice of a JSON number, of `{"dice": "1d4+2"}` or of the text alone."""
    if _is_int(value):
        return value
    text = value.get("dice") if isinstance(value, Mapping) else value
    if not isinstance(text, str) or not text.strip():
        return Fault("value.type", "dice")
    import re

    term = re.compile(_TERM)
    terms: list[tuple[int, int]] = []
    constant, place = 0, 0
    while place < len(text):
        found = term.match(text, place)
        if found is None or (place > 0 and not found["sign"]):
            return Fault("value.type", "dice")
        sign = -1 if found["sign"] == "-" else 1
        count, sides, plain = found["count"], found["sides"], found["plain"]
        if plain is None:
            terms.append((int(sides), sign * int(count)))
        else:
            constant += sign * int(plain)
        place = found.end()
    return total(terms, constant)


def _word(value: Any, of: t.EnumType) -> Any | Fault:
    if isinstance(value, str) and value in of.words:
        return value
    return "none" if value is None and "none" in of.words else Fault("value.word", list(of.words))


def _entry(value: Any, kind: str, structure: Structure) -> Any | Fault:
    if value is None:
        return None
    if not isinstance(value, str):
        return Fault("value.type", f"name of a {kind}")
    if kind == "event":
        return value if value in structure.rules.events else Fault("entry.unknown", "event")
    found = structure.index.find(value, kind)
    if found is not None:
        return found
    other = structure.index.other_kind(value, kind)
    return Fault("entry.kind" if other else "entry.unknown", kind, structure.index.nearest(value, kind))


def _entries(value: Any, kind: str, structure: Structure) -> Any | Fault:
    if not isinstance(value, list | tuple):
        return Fault("value.type", f"list of names of {kind}")
    found = [_entry(each, kind, structure) for each in value]
    return next((each for each in found if isinstance(each, Fault)), frozenset(each for each in found if each is not None))


def _instance(value: Any, shape: str, structure: Structure) -> Any | Fault:
    if value is None:
        return None
    found = structure.by_path.get(value) if isinstance(value, str) else None
    return found if found is not None and shape in found.shapes else Fault("value.instance", shape)
