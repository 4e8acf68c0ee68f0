"""Explanations: why a field has its value, for people and for programs. The terms are arithmetically complete."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rulecore.dataclass import dataclass
from rulecore.dataclass import field as given
from rulecore.formula.format import format_value
from rulecore.model.sheet import json_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

SIGNS = {
    "add": "+",
    "multiply": "times",
    "at_least": "at least",
    "at_most": "at most",
    "set": "set to",
    "floor": "rounded down to",
    "low": "not below",
    "high": "not above",
}


@dataclass(frozen=True, slots=True)
class Read:
    """A value that a formula has read, by the dotted id of its field or choice."""

    path: str
    value: Any

    def to_json(self) -> dict[str, Any]:
        """Give it as plain JSON."""
        return {"path": self.path, "value": json_of(self.value)}


@dataclass(frozen=True, slots=True)
class Term:
    """One step towards the value: what it does, with what, and who says so.

    `operation` is formula, document, fixed, base, add, multiply, at_least, at_most, set, floor, low or high. `text` is its
    formula, `reads` what that has read; `place` is file:line; `when` its condition, `reason` why it does not count.
    """

    operation: str
    value: Any
    label: str = ""
    entry: str | None = None
    owner: str | None = None
    text: str | None = None
    reads: tuple[Read, ...] = ()
    cap: Any = None
    stack: str | None = None
    when: str | None = None
    against: str | None = None
    reason: str | None = None
    place: str | None = None
    pointer: str | None = None
    citation: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Give the term as plain JSON, leaving out what is empty."""
        record = {
            "operation": self.operation,
            "value": json_of(self.value),
            "label": self.label,
            "entry": self.entry,
            "owner": self.owner,
            "text": self.text,
            "reads": [read.to_json() for read in self.reads],
            "cap": json_of(self.cap),
            "stack": self.stack,
            "when": self.when,
            "against": self.against,
            "reason": self.reason,
            "place": self.place,
            "pointer": self.pointer,
            "citation": self.citation,
        }
        return {key: value for key, value in record.items() if key in {"operation", "value"} or value not in (None, "", [])}

    def __str__(self) -> str:
        """Show the term in one line."""
        sign = SIGNS.get(self.operation, "")
        cap = "" if self.cap is None else f" up to {format_value(self.cap)}"
        why = [self.text if self.text != format_value(self.value) else None, self.when and f"when {self.when}"]
        why += [self.against and f"against {self.against}", self.reason]
        told = "; ".join(each for each in why if each)
        line = f"{sign} {format_value(self.value)}{cap}".strip()
        return f"{line:<14} {self.label}{f': {told}' if told else ''}{f'  [{self.citation}]' if self.citation else ''}".rstrip()


@dataclass(frozen=True, slots=True)
class Passed:
    """A ruling that the value depends on, directly or further down."""

    name: str
    label: str
    value: Any
    citation: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Give it as plain JSON."""
        return {"name": self.name, "label": self.label, "value": json_of(self.value), "citation": self.citation}


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a field has its value: the terms that count in order, and what does not count and why."""

    field: str
    label: str
    value: Any
    terms: tuple[Term, ...]
    lost: tuple[Term, ...] = ()
    inactive: tuple[Term, ...] = ()
    situational: tuple[Term, ...] = ()
    rulings: tuple[Passed, ...] = ()
    citation: str | None = None
    place: str | None = None
    explain: Callable[[str], Explanation | None] = given(default=lambda _path: None, repr=False, compare=False)

    @property
    def reads(self) -> tuple[Read, ...]:
        """Give everything that the terms have read, each once."""
        found = {read.path: read for term in self.terms for read in term.reads}
        return tuple(found.values())

    def tree(self) -> dict[str, Any]:
        """Give the explanation with those of all that it reads inside it, down to the document; each field once."""
        return self._tree({self.field})

    def _tree(self, told: set[str]) -> dict[str, Any]:
        record = self.to_json()
        record["from"] = [inner._tree(told) for inner in self._unfolded(told)]  # noqa: SLF001 - one of the same class
        return record

    def _unfolded(self, told: set[str]) -> Iterator[Explanation]:
        for read in self.reads:
            inner = None if read.path in told else self.explain(read.path)
            if inner is not None:
                told.add(read.path)
                yield inner

    def to_json(self) -> dict[str, Any]:
        """Give the explanation as plain JSON."""
        lists: dict[str, tuple[Term | Passed, ...]] = {
            "terms": self.terms,
            "lost": self.lost,
            "inactive": self.inactive,
            "situational": self.situational,
            "rulings": self.rulings,
        }
        record: dict[str, Any] = {"field": self.field, "label": self.label, "value": json_of(self.value)}
        record |= {name: [each.to_json() for each in several] for name, several in lists.items()}
        return record | {"citation": self.citation, "place": self.place}

    def __str__(self) -> str:
        """Show the explanation to people."""
        lines = [f"{self.label} ({self.field}) = {format_value(self.value)}{f'  [{self.citation}]' if self.citation else ''}"]
        lines += [f"  {term}" for term in self.terms]
        for heading, several in (("not counted", self.lost), ("not now", self.inactive), ("only sometimes", self.situational)):
            lines += [f"  {heading}:"] if several else []
            lines += [f"    {term}" for term in several]
        lines += [f"  ruling {passed.name} = {format_value(passed.value)}: {passed.label}" for passed in self.rulings]
        return "\n".join(lines)
