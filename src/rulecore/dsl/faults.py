"""Collects what is wrong with one text: each finding with its place and the line it stands in."""

from __future__ import annotations

from typing import Any

from rulecore.finding import Finding, Severity
from rulecore.source import SourceFile, Span, excerpt

MOST = 200


class Faults:
    """The findings of one text, at most `MOST` of them."""

    def __init__(self, source: SourceFile) -> None:
        self._source = source
        self._found: list[Finding] = []
        self._left_out = False

    @property
    def crowded(self) -> bool:
        """Whether further findings are left out; who asks has one more."""
        self._left_out = self._left_out or len(self._found) >= MOST
        return self._left_out

    def __bool__(self) -> bool:
        """Tell whether anything was found."""
        return bool(self._found)

    def add(
        self,
        code: str,
        line: int,
        column: int,
        length: int,
        message: str,
        *,
        hint: str | None = None,
        expected: Any = None,
        found: str | None = None,
        nearest: str | None = None,
        severity: Severity = Severity.ERROR,
        quoted: bool = True,
    ) -> bool:
        """Add a finding; true in every case, so that a check can end with it."""
        if self.crowded:
            return True
        span = Span(self._source.name, line, column, max(1, length))
        self._found.append(
            Finding(
                code,
                message,
                severity,
                span=span,
                expected=expected,
                found=found,
                nearest=nearest,
                hint=hint,
                excerpt=excerpt(self._source, span) if quoted else None,
            )
        )
        return True

    def all(self) -> tuple[Finding, ...]:
        """Give the findings in the order of their places, and one that says so where some were left out."""
        ordered = sorted(self._found, key=lambda finding: finding.span or Span("", 0, 0))
        if self._left_out:
            ordered.append(
                Finding(
                    "syntax.more",
                    f"the file has more faults than these {MOST}; the others are shown when these are mended",
                    Severity.NOTE,
                    span=ordered[-1].span,
                )
            )
        return tuple(ordered)
