"""Documents by the thousand: one a line, judged on all cores, one line of report each, in their order."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from rulecore.cli.outcome import ERRORS_FOUND, GOOD
from rulecore.finding import Safety

if TYPE_CHECKING:
    from rulecore.ruleset import Ruleset

CHUNK = 16
"""How many lines a process judges at a time."""

_rules: list[Ruleset] = []
"""The ruleset of a process that judges, loaded once."""


def validate_lines(lines: Sequence[bytes], packs: Sequence[str], fix: Safety | None, jobs: int | None) -> int:
    """Judge each line and write a line of JSON for it; give the exit code."""
    code = GOOD
    for text, ok in _progressing(_judged(lines, packs, fix, jobs or os.cpu_count() or 1), len(lines)):
        sys.stdout.write(text + "\n")
        code = code if ok else ERRORS_FOUND
    return code


def _judged(lines: Sequence[bytes], packs: Sequence[str], fix: Safety | None, jobs: int) -> Iterator[tuple[str, bool]]:
    chunks = [(place, lines[place : place + CHUNK], fix) for place in range(0, len(lines), CHUNK)]
    if jobs == 1 or len(chunks) < 2:
        _load(tuple(packs))
        for chunk in chunks:
            yield from _judge(chunk)
        return
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(min(jobs, len(chunks)), initializer=_load, initargs=(tuple(packs),)) as pool:
        for judged in pool.map(_judge, chunks):
            yield from judged


def _load(packs: tuple[str, ...]) -> None:
    from rulecore.cli.opening import open_rules

    _rules[:] = [open_rules(packs)]


def _judge(chunk: tuple[int, Sequence[bytes], Safety | None]) -> list[tuple[str, bool]]:
    from rulecore.validation import validate

    place, lines, fix = chunk
    found = []
    for number, line in enumerate(lines, place + 1):
        report = validate(line, _rules[0])
        report = report if fix is None else report.fixed(fix)
        record: dict[str, Any] = {"line": number} | report.to_json()
        found.append((json.dumps(record, ensure_ascii=False), report.ok))
    return found


def _progressing(judged: Iterable[tuple[str, bool]], total: int) -> Iterator[tuple[str, bool]]:
    """Show on a terminal how far it is."""
    if not sys.stderr.isatty():
        yield from judged
        return
    from rich.progress import MofNCompleteColumn, Progress, TimeRemainingColumn

    from rulecore.cli.console import console

    columns = (*Progress.get_default_columns()[:2], MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console(errors=True)) as progress:
        yield from progress.track(judged, total=total, description="judged")
