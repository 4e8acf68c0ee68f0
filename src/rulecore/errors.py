"""What rulecore raises when it is called wrongly; faults of packs and documents are findings, collected instead.

RulecoreError
├── PackError                 packs that cannot be loaded at all
├── DocumentError             something that is no document
├── FieldError (KeyError)     no field of this name
├── FieldTypeError            a field read as another type
├── Refused                   something that is not allowed; nothing was changed
├── NeedsDecision             something that asks first; nothing was changed
├── MissingExtra              a feature whose extra is not installed
├── Diverged                  a fault of ours: an edit that gave another sheet than a new derivation, in the debug mode
└── CircularReading           a fault of ours: a value that needs itself, which is proved impossible
"""

from __future__ import annotations

from collections.abc import Sequence

from rulecore.finding import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class RulecoreError(Exception):
    """Whatever rulecore raises; `findings` say what is wrong."""

    def __init__(self, message: str, findings: Sequence[Finding] = ()) -> None:
        """Keep the findings beside the message."""
        super().__init__(message)
        self.message = message
        self.findings = tuple(findings)

    def __str__(self) -> str:
        """Show the message and every finding."""
        return "\n".join([self.message, *map(str, self.findings)])


class PackError(RulecoreError):
    """Packs that cannot be loaded at all."""


class DocumentError(RulecoreError):
    """Something that is no document."""


class FieldError(RulecoreError, KeyError):
    """No field of this name; `nearest` is the one most like it."""

    def __init__(self, message: str, nearest: str | None = None) -> None:
        """Keep the nearest known name."""
        super().__init__(message)
        self.nearest = nearest


class FieldTypeError(RulecoreError, TypeError):
    """A field read as another type."""


class Refused(RulecoreError):
    """Something that is not allowed; nothing was changed."""


class NeedsDecision(RulecoreError):
    """Something that asks first; nothing was changed. `options` are what it asks."""

    def __init__(self, message: str, options: Sequence[Any] = ()) -> None:
        """Keep the options."""
        super().__init__(message)
        self.options = tuple(options)


class MissingExtra(RulecoreError, ImportError):
    """A feature whose extra is not installed; the message says how to install it."""


class CircularReading(RulecoreError):
    """A value that needs itself; `path` is the circle."""

    def __init__(self, path: Sequence[str]) -> None:
        """Name the circle."""
        super().__init__("a value needs itself: " + " <- ".join(path))
        self.path = tuple(path)


class Diverged(RulecoreError):
    """The debug mode found a live sheet that is not what its document gives: a fault of rulecore, please report it."""


def refuse_errors(findings: Sequence[Finding], *, strict: bool) -> None:
    """Raise PackError where packs have errors, if they are to have none."""
    errors = [finding for finding in findings if strict and finding.severity is Severity.ERROR]
    if errors:
        raise PackError("these packs have faults", errors)
