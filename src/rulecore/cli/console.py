"""Where output goes: data to stdout, findings to stderr; colour and width as the terminal has them."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from rulecore.finding import Finding, Severity

if TYPE_CHECKING:
    from rich.console import Console

WIDTH_WITHOUT_TERMINAL = 100
NARROWEST = 40
MOST_NOTES = 4

_STYLE = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


class Format(StrEnum):
    """What a command writes: text for people, JSON for programs."""

    TEXT = "text"
    JSON = "json"


def console(*, errors: bool = False) -> Console:
    """Give the console of stdout, or of stderr."""
    from rich.console import Console

    stream = sys.stderr if errors else sys.stdout
    fixed = None if stream.isatty() or "COLUMNS" in os.environ else WIDTH_WITHOUT_TERMINAL
    made = Console(file=stream, width=fixed, highlight=False, markup=False, emoji=False)
    made.width = max(made.width, NARROWEST)
    return made


def fits(text: str) -> bool:
    """Tell whether stdout can write these characters."""
    try:
        text.encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def write_json(value: Any) -> None:
    """Write a value to stdout as JSON."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    sys.stdout.write((text if fits(text) else json.dumps(value, indent=2)) + "\n")


def write_lines(lines: Iterable[str]) -> None:
    """Write plain lines to stdout."""
    for line in lines:
        sys.stdout.write(line + "\n")


def show_findings(findings: Iterable[Finding]) -> None:
    """Write findings to stderr, each with its place, its excerpt and what to do."""
    target = None
    for finding in findings:
        target = target or console(errors=True)
        target.print(_coloured(finding), soft_wrap=True)


def show_notes(findings: Iterable[Finding]) -> None:
    """Write the findings of a document to stderr, one line each, the graver first."""
    signs = {Severity.ERROR: "✗" if fits("✗") else "x", Severity.WARNING: "!", Severity.NOTE: "·" if fits("·") else "-"}
    ordered = sorted(findings, key=lambda finding: list(Severity).index(finding.severity))
    if not ordered:
        return
    target = console(errors=True)
    grave = sum(finding.severity is not Severity.NOTE for finding in ordered)
    shown = ordered if len(ordered) - grave <= MOST_NOTES else ordered[: grave + MOST_NOTES - 1]
    for finding in shown:
        target.print(_note(finding, signs[finding.severity]), soft_wrap=True)
    if len(ordered) > len(shown):
        target.print(f"{signs[Severity.NOTE]} and {len(ordered) - len(shown)} notes more: --format json has all", soft_wrap=True)


def _note(finding: Finding, mark: str) -> Any:
    from rich.text import Text

    from rulecore.cli.wrapping import printable

    place = finding.pointer or ""
    near = f"; did you mean `{finding.nearest}`?" if finding.nearest else ""
    return Text.assemble(
        (f"{mark} ", _STYLE[finding.severity]), printable(finding.message + near), (f"  {printable(place)}", "dim")
    )


def _coloured(finding: Finding) -> Any:
    from rich.text import Text

    from rulecore.cli.wrapping import UNPRINTABLE

    text = Text(
        "\n".join("".join(each if each.isprintable() else UNPRINTABLE for each in line) for line in str(finding).split("\n"))
    )
    text.highlight_regex(rf"(?<=: ){finding.severity}(?=:)", _STYLE[finding.severity])
    text.highlight_regex(r"(?m)^ *\^+$", _STYLE[finding.severity])
    text.highlight_regex(r"\A[^\s]+?:\d+:\d+", "bold")
    text.highlight_regex(r"(?m)^  hint: ", "cyan")
    return text


def has_errors(findings: Iterable[Finding]) -> bool:
    """Tell whether any finding is an error."""
    return any(finding.severity is Severity.ERROR for finding in findings)


def counted(number: int, word: str) -> str:
    """Write a number with its word: `1 error`, `2 errors`."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def summary(findings: Iterable[Finding]) -> str:
    """Count findings by severity in words."""
    severities = [finding.severity for finding in findings]
    numbers = [(severities.count(each), str(each)) for each in Severity]
    shown = [counted(number, word) for number, word in numbers if number]
    return ", ".join(shown) or "no findings"
