"""What is wrong with a text or a document, where, what was expected, and what to write instead."""

from __future__ import annotations

from enum import StrEnum

from rulecore.dataclass import dataclass
from rulecore.source import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Severity(StrEnum):
    """How much a finding matters: an error is wrong, a warning is suspicious, a note is for information."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Safety(StrEnum):
    """How sure a repair is: the one right answer, the answer that was most likely meant, or one of several legal answers."""

    CERTAIN = "certain"
    LIKELY = "likely"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Fix:
    """A way to repair a fault: a JSON Patch that first tests that what it mends is still there.

    An empty patch says that reading has mended it: the data as read no longer have the fault.
    """

    title: str
    safety: Safety
    patch: tuple[dict[str, Any], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Give the fix as plain JSON."""
        return {"title": self.title, "safety": str(self.safety), "patch": list(self.patch)}


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault, in one shape for packs (a span) and documents (a JSON pointer).

    `code` is stable and names one cause; where packs declare what is broken, `subject` is their name of it. `expected` is
    machine-readable. `nearest` is the nearest known name. `related` are other places that belong to the fault, each with a
    word on what stands there. `terms` are those of the explanation of a value that was expected.
    """

    code: str
    message: str
    severity: Severity = Severity.ERROR
    span: Span | None = None
    pointer: str | None = None
    expected: Any = None
    found: Any = None
    nearest: str | None = None
    fixes: tuple[Fix, ...] = ()
    hint: str | None = None
    excerpt: str | None = None
    related: tuple[tuple[str, Span], ...] = ()
    citation: str | None = None
    subject: str | None = None
    terms: tuple[Any, ...] = ()

    @property
    def cause(self) -> str:
        """Give the name of the cause: the code, and where packs declare what is broken, a slash and their name of it."""
        return self.code if self.subject is None else f"{self.code}/{self.subject}"

    def to_json(self) -> dict[str, Any]:
        """Give the finding as plain JSON, leaving out what is empty."""
        record: dict[str, Any] = {"code": self.code, "severity": str(self.severity), "message": self.message}
        if self.span is not None:
            record["place"] = str(self.span)
        optional = {
            "pointer": self.pointer,
            "expected": self.expected,
            "found": self.found,
            "nearest": self.nearest,
            "fixes": [fix.to_json() for fix in self.fixes],
            "hint": self.hint,
            "citation": self.citation,
            "subject": self.subject,
            "terms": [term.to_json() for term in self.terms],
            "related": [{"what": what, "place": str(span)} for what, span in self.related],
        }
        return record | {key: value for key, value in optional.items() if value not in (None, [])}

    def __str__(self) -> str:
        """Show the finding to people: place, code, sentence, excerpt, hint."""
        where = str(self.span) if self.span is not None else (self.pointer or "")
        lines = [f"{where}: {self.severity}: {self.message} [{self.code}]".removeprefix(": ")]
        if self.excerpt:
            lines.append(self.excerpt)
        lines += [f"  {what}: {span}" for what, span in self.related]
        if self.hint:
            lines.append(f"  hint: {self.hint}")
        elif self.nearest:
            lines.append(f"  hint: did you mean `{self.nearest}`?")
        return "\n".join(lines)
