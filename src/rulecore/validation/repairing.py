"""The repair loop: a model is told what is wrong, answers with a patch, and what makes it better is kept. It never gets worse."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

from rulecore.character.patch import applied, found_at
from rulecore.dataclass import dataclass
from rulecore.dataclass import field as given
from rulecore.errors import RulecoreError
from rulecore.finding import Finding, Severity
from rulecore.validation.answering import Answer, Note, answered
from rulecore.validation.rendering import identity
from rulecore.validation.report import Report

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TextIO, TypeAlias


Model: TypeAlias = "Callable[[str], str]"
"""Whatever answers a prompt with a text."""

MOST_ROUNDS = 4
MOST_REPEATED = 2
"""How often the same findings are asked about: the second time with the reason why the first answer was not taken."""

LONGEST_EXCERPT = 1500
_WEIGHTS = {Severity.ERROR: 10, Severity.WARNING: 1, Severity.NOTE: 0}


class Stop(StrEnum):
    """Why a loop has ended."""

    DONE = "done"
    DISPUTED = "disputed"
    REPEATED = "repeated"
    ROUNDS = "rounds"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Round:
    """One question and what came of it: what was asked about, the answer, how much of it was taken, and why not all."""

    findings: tuple[str, ...]
    prompt: str
    answer: str
    taken: tuple[Mapping[str, Any], ...]
    refused: str | None

    def to_json(self) -> dict[str, Any]:
        """Give all of it as plain JSON."""
        told = {"findings": list(self.findings), "prompt": self.prompt, "answer": self.answer}
        return told | {"taken": [dict(each) for each in self.taken], "refused": self.refused}


@dataclass(frozen=True, slots=True)
class Repaired:
    """What a loop has led to: the report on the best there was, remarks and disputes of the model, and every round."""

    report: Report
    stopped: Stop
    rounds: tuple[Round, ...] = ()
    notes: tuple[Note, ...] = ()
    disputes: tuple[Note, ...] = ()
    decisions: tuple[str, ...] = given(default=())


def repair(
    report: Report,
    model: Model,
    *,
    task: str = "",
    rounds: int = MOST_ROUNDS,
    max_tokens: int = 1200,
    locked: Sequence[str] = (),
    settle: bool = False,
    log: TextIO | None = None,
) -> Repaired:
    """Let a model repair what a report has found; `locked` are JSON pointers that may not change.

    First every certain repair is made. Then the model is asked; of its patch is taken what makes the document better. With
    `settle` the first legal repair of what is left is made at the end, and recorded as a decision. `log` gets a line of JSON
    for each round.
    """
    loop = _Loop(report, model, task=task, most=max_tokens, locked=tuple(locked), log=log)
    return loop.run(rounds, settle=settle)


class _Loop:
    def __init__(
        self, report: Report, model: Model, *, task: str, most: int, locked: tuple[str, ...], log: TextIO | None
    ) -> None:
        self.model, self.task, self.most, self.locked, self.log = model, task, most, locked, log
        self.report = _kept(report, report.fixed(), locked)
        self.rounds: list[Round] = []
        self.notes: list[Note] = []
        self.disputes: list[Note] = []

    def run(self, rounds: int, *, settle: bool) -> Repaired:
        stopped = Stop.REJECTED if self.report.data is None else self._asked(rounds)
        decisions: tuple[str, ...] = ()
        if settle and self.report.data is not None and not _is_done(self.report):
            decided = _kept(self.report, self.report.fixed("choice"), self.locked)
            decisions = tuple(_decisions(self.report, decided))
            self.report, stopped = decided, Stop.DONE if _is_done(decided) else stopped
        return Repaired(self.report, stopped, tuple(self.rounds), tuple(self.notes), tuple(self.disputes), decisions)

    def _asked(self, rounds: int) -> Stop:
        asked: dict[tuple[str, ...], int] = {}
        refused: str | None = None
        for _round in range(rounds):
            if _is_done(self.report):
                return Stop.DONE
            open_ones = self._open()
            if not open_ones:
                return Stop.DISPUTED
            asked[open_ones] = asked.get(open_ones, 0) + 1
            if asked[open_ones] > MOST_REPEATED:
                return Stop.REPEATED
            refused = self._round(open_ones, refused)
        return Stop.DONE if _is_done(self.report) else Stop.ROUNDS

    def _open(self) -> tuple[str, ...]:
        """Give what is to be mended and not disputed."""
        disputed = {each.about for each in self.disputes}
        return tuple(sorted({identity(each) for each in _grave(self.report)} - disputed))

    # ---- one round

    def _round(self, open_ones: tuple[str, ...], refused: str | None) -> str | None:
        prompt = self._prompt(refused)
        text = self.model(prompt)
        answer = answered(text)
        self.notes += answer.notes
        known = {identity(each) for each in self.report.findings}
        self.disputes += [each for each in answer.disputes if each.about in known]
        taken, refused = self._take(answer)
        self.rounds.append(Round(open_ones, prompt, text, taken, refused))
        if self.log is not None:
            self.log.write(json.dumps(self.rounds[-1].to_json(), ensure_ascii=False) + "\n")
        return refused

    def _prompt(self, refused: str | None) -> str:
        parts = [self.task, self.report.to_llm(self.most), *self._excerpts()]
        parts += [f"These may not change: {', '.join(self.locked)}"] if self.locked else []
        parts += [f"Your last answer was not taken, or not wholly: {refused}"] if refused else []
        return "\n\n".join(part for part in parts if part)

    def _excerpts(self) -> Iterator[str]:
        """Give what stands around the places of the findings, rather than the whole document."""
        shown: dict[str, None] = {}
        for root in self.report.roots:
            pointer = root.finding.pointer or ""
            while pointer and found_at(self.report.data, pointer) is None:
                pointer = pointer.rpartition("/")[0]
            if pointer and root.finding.severity is not Severity.NOTE:
                shown[f"{pointer} = {json.dumps(_at(self.report.data, pointer), ensure_ascii=False)}"] = None
        text = "\n".join(shown)
        if text:
            yield f"As it stands:\n{text[:LONGEST_EXCERPT]}"

    def _take(self, answer: Answer) -> tuple[tuple[Mapping[str, Any], ...], str | None]:
        """Take the patch if it makes the document better, or else those of its operations that do."""
        if answer.fault is not None:
            return (), answer.fault
        if not answer.patch:
            return (), None if answer.disputes else "it has no patch"
        fault = self._try(answer.patch)
        if fault is None:
            return answer.patch, None
        taken: list[Mapping[str, Any]] = []
        for several in _groups(answer.patch):
            if len(several) < len(answer.patch) and self._try(several) is None:
                taken += several
        return tuple(taken), fault

    def _try(self, patch: Sequence[Mapping[str, Any]]) -> str | None:
        """Take a patch, or say why not."""
        moved = next((each for each in _paths(patch) if any(_meets(each, fixed_place) for fixed_place in self.locked)), None)
        if moved is not None:
            return f"{moved} may not change"
        try:
            after = self.report.revised(applied(self.report.data, patch))
        except RulecoreError as error:
            return f"the patch does not fit: {'; '.join(each.message for each in error.findings) or error}"
        if badness(after) >= badness(self.report):
            known = {identity(each) for each in self.report.verdict}
            new = [each.message for each in after.verdict if identity(each) not in known and each.severity is not Severity.NOTE]
            return f"it makes nothing better{f', and brings: {new[0]}' if new else ''}"
        self.report = _kept(after, after.fixed(), self.locked)
        return None


def badness(report: Report) -> int:
    """Give how bad a report is: errors count more than anything that is merely missing."""
    return sum(_WEIGHTS[each.severity] for each in report.verdict)


def _is_done(report: Report) -> bool:
    return report.ok and report.complete


def _grave(report: Report) -> list[Finding]:
    return [root.finding for root in report.roots if root.finding.severity is not Severity.NOTE]


def _kept(before: Report, after: Report, locked: Iterable[str]) -> Report:
    """Give what came of repairs that nobody was asked about, unless something that is locked has moved."""
    is_same = all(found_at(before.data, fixed_place) == found_at(after.data, fixed_place) for fixed_place in locked)
    return after if is_same and after.data is not None else before


def _at(data: Any, pointer: str) -> Any:
    found = found_at(data, pointer)
    return None if found is None else found[0]


def _meets(one: str, other: str) -> bool:
    return one == other or one.startswith(f"{other}/") or other.startswith(f"{one}/")


def _paths(patch: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for operation in patch:
        if operation.get("op") != "test":
            yield from (str(operation[key]) for key in ("path", "from") if key in operation)


def _groups(patch: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Mapping[str, Any], ...]]:
    """Give each operation that changes something, with the tests that stand before it."""
    tests: list[Mapping[str, Any]] = []
    for operation in patch:
        if operation.get("op") == "test":
            tests.append(operation)
        else:
            yield *tests, operation
            tests = []


def _decisions(before: Report, after: Report) -> Iterator[str]:
    from rulecore.character.patch import difference

    for operation in difference(before.data, after.data):
        yield f"{operation['op']} {operation['path']}" + (f" {json.dumps(operation['value'])}" if "value" in operation else "")
