"""Sheets: every value that follows from a document, as plain JSON. Never stored as truth, never edited."""

from __future__ import annotations

from collections.abc import Mapping

from rulecore.dataclass import dataclass
from rulecore.finding import Finding
from rulecore.formula.dice import Dice
from rulecore.formula.values import InstanceValue, is_number, many
from rulecore.model.entry import Entry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_PLAIN = frozenset({type(None), bool, int, str})
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
    if value.__class__ in _PLAIN:
        return value
    match value:
        case None | bool() | int() | str():
            return value
        case Dice():
            doubled = value.doubled_average
            return {"dice": str(value), "average": doubled / 2 if doubled % 2 else doubled // 2}
        case Entry():
            return value.name
        case InstanceValue():
            return getattr(value, "path", None)
        case frozenset() | tuple() | list():
            return [json_of(member) for member in (many(value) if isinstance(value, frozenset) else value)]
        case Mapping():
            return {str(json_of(key)): json_of(member) for key, member in value.items()}
        case _ if is_number(value):
            return int(value) if value.denominator == 1 else float(value)
    return str(value)
