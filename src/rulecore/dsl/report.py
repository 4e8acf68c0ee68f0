"""Where the checks put what they find, with the excerpt of its line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from rulecore.finding import Finding, Severity
from rulecore.names import candidates, nearest
from rulecore.source import SourceFile, Span, excerpt

MOST_IN_A_FILE = 100
MOST_COMPARED = 10_000


State = tuple[list[Finding], set[tuple[object, ...]], Counter[str]]


@dataclass(slots=True)
class Report:
    """The findings of one load, and the files whose lines they quote.

    `around` are places that belong to whatever is found while they are entered; `where` tells the place of a declared name,
    for the nearest of a misspelt one. Beyond a hundred findings a file says only that there are more; names are compared
    with what is known as long as that stays cheap, so that a file of nonsense takes no longer than a good one.
    """

    sources: Mapping[str, SourceFile]
    findings: list[Finding] = field(default_factory=list)
    where: Callable[[str], Span | None] | None = None
    around: list[tuple[str, Span]] = field(default_factory=list)
    _seen: set[tuple[object, ...]] = field(default_factory=set)
    _counts: Counter[str] = field(default_factory=Counter)
    _compared: int = 0

    def error(
        self,
        code: str,
        span: Span,
        message: str,
        *,
        hint: str | None = None,
        known: Iterable[str] = (),
        found: str | None = None,
        expected: Any = None,
        related: Iterable[tuple[str, Span]] = (),
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Add a finding; where `found` is like one of the `known` names, name the nearest."""
        key = (code, span, message)
        if key in self._seen:
            return
        self._seen.add(key)
        self._counts[span.file] += 1
        if self._counts[span.file] > MOST_IN_A_FILE:
            if self._counts[span.file] == MOST_IN_A_FILE + 1:
                self.findings.append(Finding("more", "there are more findings in this file, left out", Severity.NOTE, span=span))
            return
        source = self.sources.get(span.file)
        alike = self._nearest(found, known)
        related = [*related, *self.around, *self._places(found), *self._places(alike)]
        self.findings.append(
            Finding(
                code,
                message,
                severity,
                span=span,
                expected=expected,
                found=found,
                nearest=alike,
                hint=hint,
                excerpt=excerpt(source, span) if source is not None else None,
                related=tuple(related),
            )
        )

    def once(self, code: str, given: Iterable[tuple[str, Span]]) -> None:
        """Report whatever is given a second time, by its name: only one of the two would count."""
        first: dict[str, Span] = {}
        for name, span in given:
            before = first.setdefault(name, span)
            if before is not span:
                self.error(
                    code, span, f"`{name}` is given twice", related=[("first given", before)], hint="leave one of them out"
                )

    @contextmanager
    def within(self, what: str, span: Span) -> Iterator[None]:
        """Name another place that belongs to whatever is found meanwhile: the phrase, or the declaration that is followed."""
        self.around.append((what, span))
        try:
            yield
        finally:
            self.around.pop()

    def state(self) -> State:
        """Give what was found so far, to come back to."""
        return list(self.findings), set(self._seen), Counter(self._counts)

    def restore(self, state: State) -> None:
        """Go back to a state, as if nothing had been found since."""
        findings, seen, counts = state
        self.findings[:], self._seen, self._counts = findings, set(seen), Counter(counts)

    def _places(self, name: str | None) -> Iterator[tuple[str, Span]]:
        """Give where a name is declared, as something else than what was sought."""
        place = None if name is None or self.where is None else self.where(name)
        if place is not None:
            yield f"`{name}`", place

    def _nearest(self, found: str | None, known: Iterable[str]) -> str | None:
        if found is None or self._compared > MOST_COMPARED:
            return None
        near = candidates(found, known)
        self._compared += len(near)
        return nearest(found, near)
