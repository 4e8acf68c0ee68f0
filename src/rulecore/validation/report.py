"""Reports: what is wrong with what was handed in, where, why, and the patches that repair it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cached_property

from rulecore.character.patch import applied
from rulecore.errors import RulecoreError
from rulecore.finding import Finding, Fix, Safety, Severity
from rulecore.validation.analysis import Analysis, Root
from rulecore.validation.forms import Form, Normal
from rulecore.validation.judge import Judgement

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rulecore.character import Character
    from rulecore.derive.options import OpenChoice
    from rulecore.ruleset import Ruleset

MOST_ROUNDS = 8
MISSING = frozenset({"choice.missing", "collection.empty", "reference.missing"})
"""The codes of what a finished document has."""

_SAFETIES = list(Safety)


class Grade(StrEnum):
    """What a report comes to: the gravest that holds.

    `incomplete` lacks answers and has no error. Of `repairable` each error has a repair; of `illegal` some error has none;
    `rejected` is what nothing could be made of.
    """

    LEGAL = "legal"
    LEGAL_WITH_WAIVERS = "legal_with_waivers"
    INCOMPLETE = "incomplete"
    REPAIRABLE = "repairable"
    ILLEGAL = "illegal"
    REJECTED = "rejected"


class Report:
    """All that is wrong with a document, a recipe or a sheet; `data` is what was judged: a document with `claims`.

    Findings point into `data`, and fixes are patches of it; `source` leads to what was handed in, where that had another form.
    """

    def __init__(self, rules: Ruleset, normal: Normal | None, read: Sequence[Finding] = ()) -> None:
        """Judge what was brought into the form of a document; nothing where that could not be."""
        self.rules = rules
        self.form: Form | None = None if normal is None else normal.form
        self.data: Mapping[str, Any] | None = None if normal is None else normal.data
        self._normal = normal
        self._before = (*read, *(() if normal is None else normal.findings))
        self._judgement = None if normal is None else Judgement(rules, normal.data)

    def __repr__(self) -> str:
        return f"<Report {self.form or 'nothing'}: {'ok' if self.ok else 'errors'}>"

    # ---- verdict

    @cached_property
    def verdict(self) -> tuple[Finding, ...]:
        """Give all findings as they are found, before it is asked what follows from what and what would repair it."""
        return (*self._before, *(() if self._judgement is None else self._judgement.findings))

    @property
    def ok(self) -> bool:
        """Tell whether there is no error; what is missing still, and what is waived, is none."""
        return self._judgement is not None and not any(each.severity is Severity.ERROR for each in self.verdict)

    @property
    def complete(self) -> bool:
        """Tell whether nothing is left to choose."""
        return self._judgement is not None and not any(each.code in MISSING for each in self.verdict)

    @property
    def grade(self) -> Grade:
        """Give what all of it comes to."""
        if self._judgement is None:
            return Grade.REJECTED
        if not self.ok:
            graves = [root.finding for root in self.roots if root.finding.severity is Severity.ERROR]
            return Grade.REPAIRABLE if all(each.fixes for each in graves) else Grade.ILLEGAL
        if not self.complete:
            return Grade.INCOMPLETE
        waived = any(each.code == "requires.waived" for each in self.verdict) or self._judgement.waived
        return Grade.LEGAL_WITH_WAIVERS if waived else Grade.LEGAL

    # ---- findings

    @cached_property
    def roots(self) -> tuple[Root, ...]:
        """Give the findings that follow from no other, the gravest first, each with its repairs and what follows from it."""
        if self._judgement is None:
            return tuple(Root(each) for each in self._before)
        return Analysis(self._judgement, self._before).roots()

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Give all findings: each root with its repairs, and behind it what follows from it."""
        return tuple(each for root in self.roots for each in (root.finding, *root.consequences))

    def source(self, finding: Finding) -> str | None:
        """Give the pointer in what was handed in, where that had another form than `data`."""
        return None if self._normal is None else self._normal.source(finding.pointer)

    @property
    def holes(self) -> tuple[OpenChoice, ...]:
        """Give what is still to be chosen, with what is on offer."""
        from rulecore.derive.options import options

        return () if self._judgement is None else options(self._judgement.derivation)

    @property
    def character(self) -> Character:
        """Give the live sheet of the document, without its claims; ValueError where there is none."""
        from rulecore.character import Character

        if self._judgement is None:
            raise ValueError("nothing could be made of what was handed in")
        return Character(self.rules, self._judgement.derivation.document)

    # ---- repair

    def fixed(self, safety: Safety | str = Safety.CERTAIN) -> Report:
        """Give the report on what comes of the first repair of each root that is at least as sure; it has no more errors."""
        report, wanted = self, _SAFETIES.index(Safety(safety))
        for _round in range(MOST_ROUNDS):
            after = report._once_fixed(wanted)
            if after is None:
                return report
            report = after
        return report

    def revised(self, data: Mapping[str, Any]) -> Report:
        """Give the report on other data under the same rules."""
        return Report(self.rules, Normal(Form.DOCUMENT, dict(data)))

    def _once_fixed(self, wanted: int) -> Report | None:
        if self._judgement is None:
            return None
        data, changed = self._judgement.data, bool(self._before)
        for fix in [*self._repairs(wanted)]:
            after = self._patched(data, fix)
            changed, data = changed or after is not data, after
        return self.revised(data) if changed else None

    def _repairs(self, wanted: int) -> Iterator[Fix]:
        """Give the first repair of each root that is sure enough, and changes something."""
        if self._judgement is None:
            return
        if not wanted:
            yield from (fix for fix in Analysis(self._judgement, self._before).certain() if fix.patch)
            return
        for root in self.roots:
            fixes = [each for each in root.finding.fixes if _SAFETIES.index(each.safety) <= wanted and each.patch]
            yield from fixes[:1] if root.finding.severity is not Severity.NOTE else ()

    def _patched(self, data: Mapping[str, Any], fix: Fix) -> Mapping[str, Any]:
        """Apply a fix where it still fits and brings no error, else give the data as they are."""
        try:
            after: Mapping[str, Any] = applied(data, fix.patch)
        except RulecoreError:
            return data
        return after if len(Judgement(self.rules, after).errors) <= len(Judgement(self.rules, data).errors) else data

    # ---- forms to hand on

    def to_json(self) -> dict[str, Any]:
        """Give all of it as plain JSON."""
        from rulecore.validation.rendering import as_json

        return as_json(self)

    def to_sarif(self, uri: str = "character") -> dict[str, Any]:
        """Give it in SARIF 2.1.0, for tools that show findings; `uri` names what was judged."""
        from rulecore.validation.sarif import as_sarif

        return as_sarif(self, uri)

    def to_markdown(self) -> str:
        """Give it as Markdown for people."""
        from rulecore.validation.rendering import as_markdown

        return as_markdown(self)

    def to_llm(self, max_tokens: int = 1200) -> str:
        """Give what a model needs to repair what it wrote: roots first, with their patches, in about so many tokens at most."""
        from rulecore.validation.rendering import as_prompt

        return as_prompt(self, max_tokens)
