"""Sheets: every value that follows from a document, as plain JSON. Never stored as truth, never edited."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from rulecore.dataclass import dataclass
from rulecore.finding import Finding
from rulecore.formula.dice import Dice
from rulecore.formula.values import InstanceValue, many
from rulecore.model.entry import Entry

SHEET_FORMAT = "rulecore-sheet/1"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The values of a derivation: `fields` by dotted id; `records` are elements and what entries bring, each with its type."""

    ruleset: Mapping[str, Any]
    entity: str
    fields: Mapping[str, Any]
    records: Mapping[str, Mapping[str, Any]]
    findings: tuple[Finding, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Give the sheet as plain JSON."""
        return {
            "format": SHEET_FORMAT,
            "ruleset": dict(self.ruleset),
            "entity": self.entity,
            "fields": dict(self.fields),
            "records": {path: dict(record) for path, record in self.records.items()},
            "findings": [finding.to_json() for finding in self.findings],
        }


def json_of(value: Any) -> Any:
    """Give the JSON form of a value: entries by name, dice with their average, sets as lists in order of declaration."""
    match value:
        case None | bool() | int() | str():
            return value
        case Fraction():
            return int(value) if value.denominator == 1 else float(value)
        case Dice():
            return {"dice": str(value), "average": json_of(value.average)}
        case Entry():
            return value.name
        case InstanceValue():
            return getattr(value, "path", None)
        case frozenset() | tuple() | list():
            return [json_of(member) for member in (many(value) if isinstance(value, frozenset) else value)]
        case Mapping():
            return {str(json_of(key)): json_of(member) for key, member in value.items()}
    return str(value)
