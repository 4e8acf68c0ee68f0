"""Values as a sheet shows them: signs, units, ticks, labels in place of names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from rulecore.cli.console import fits
from rulecore.cli.wrapping import printable
from rulecore.formula import types as t
from rulecore.formula.dice import Dice
from rulecore.formula.values import InstanceValue, many
from rulecore.model.entry import Entry

TICK = "✓"
DASH = "\N{EN DASH}"
MINUS = "\N{MINUS SIGN}"
ORDINARY = frozenset({"none", "normal"})
"""Words of a `one of` that say that nothing is out of the ordinary: they are left out of tables."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A shown value; `empty` ones say nothing, and `right` ones are numbers."""

    text: str
    empty: bool = False
    right: bool = False


def cell(value: Any, of: t.Type, *, signed: bool = False) -> Cell:
    """Show a value of a type; `signed` numbers are for adding to others."""
    match value:
        case None:
            return Cell("", empty=True)
        case bool():
            return Cell(_written(TICK, "yes") if value else _written(DASH, "-"), empty=not value)
        case int() | Fraction():
            return _number(value, of, signed=signed)
        case Dice():
            return Cell(str(value).replace("-", _written(MINUS, "-")))
        case str() if isinstance(of, t.EnumType):
            return Cell(value.replace("_", " "), empty=value in ORDINARY)
    text = printable(value if isinstance(value, str) else words(value))
    return Cell(text, empty=not text)


def words(value: Any) -> str:
    """Show what has labels by them, several joined by commas."""
    match value:
        case Entry():
            return value.label
        case InstanceValue():
            return label_of_instance(value)
        case Mapping():
            return ", ".join(f"{words(key)} {words(member)}" for key, member in value.items())
        case frozenset() | tuple() | list():
            return _joined(words(member) for member in (many(value) if isinstance(value, frozenset) else value))
        case Fraction():
            return _decimal(value)
    return "" if value is None else str(value)


def _joined(labels: Iterable[str]) -> str:
    """Join labels; one that comes several times is counted."""
    counts = Counter(labels)
    return ", ".join(label if count == 1 else f"{label} ({count})" for label, count in counts.items())


def label_of_instance(instance: Any) -> str:
    """Give the label of an instance: that of its entry where it stands for one."""
    entry = instance.entry
    return str(entry.label if entry is not None else instance.label or instance.path)


def _number(value: int | Fraction, of: t.Type, *, signed: bool) -> Cell:
    unit = of.unit if isinstance(of, t.IntType | t.NumberType) else None
    nothing = value == 0 and (bool(unit) or (isinstance(of, t.DiceType) and not signed))
    before = _written(MINUS, "-") if value < 0 else "+" if signed or _may_be_negative(of) else ""
    return Cell(f"{before}{_decimal(-value if value < 0 else value)}{f' {unit}' if unit else ''}", empty=nothing, right=True)


def _may_be_negative(of: t.Type) -> bool:
    return isinstance(of, t.IntType | t.NumberType) and of.low is not None and of.low < 0


def _decimal(value: int | Fraction) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{float(value):,.6g}"


def _written(sign: str, plain: str) -> str:
    return sign if fits(sign) else plain
