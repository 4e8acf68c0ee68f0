"""A report on the terminal: each root with its place, its repairs, and what follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rulecore.cli.console import console, counted, fits
from rulecore.cli.wrapping import printable
from rulecore.finding import Severity

if TYPE_CHECKING:
    from rulecore.finding import Finding
    from rulecore.validation import Report
    from rulecore.validation.analysis import Root

MOST_FIXES = 3
MOST_NOTES = 5
_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
_GRADES = {
    "legal": ("bold green", "legal"),
    "legal_with_waivers": ("bold green", "legal, with waivers"),
    "incomplete": ("bold yellow", "no error, and not complete"),
    "repairable": ("bold red", "not legal; every error has a repair"),
    "illegal": ("bold red", "not legal"),
    "rejected": ("bold red", "nothing can be made of it"),
}


def write_verdict(report: Report) -> None:
    """Write a report for people to stdout: what it comes to, then the roots, the gravest first."""
    from rich.text import Text

    target = console()
    style, words = _GRADES[str(report.grade)]
    name = (report.data or {}).get("name")
    target.print(Text.assemble((f"{printable(name)}: " if isinstance(name, str) else ""), (words, style)), soft_wrap=True)
    graves = [root for root in report.roots if root.finding.severity is not Severity.NOTE]
    notes = [root for root in report.roots if root.finding.severity is Severity.NOTE]
    for root in [*graves, *notes[:MOST_NOTES]]:
        for line in _lines(report, root):
            target.print(line, soft_wrap=True)
    if len(notes) > MOST_NOTES:
        target.print(f"and {len(notes) - MOST_NOTES} notes more: --format json has all", soft_wrap=True)


def _lines(report: Report, root: Root) -> list[Any]:
    finding = root.finding
    lines = [_headline(report, finding)]
    lines += [f"    {fix.safety}: {printable(fix.title)}" for fix in finding.fixes[:MOST_FIXES]]
    if len(finding.fixes) > MOST_FIXES:
        lines.append(f"    or one of {len(finding.fixes) - MOST_FIXES} others")
    if root.consequences:
        shown = printable(root.consequences[0].message)
        more = f", and {counted(len(root.consequences) - 1, 'other')}" if len(root.consequences) > 1 else ""
        lines.append(f"    from this follows: {shown}{more}")
    return lines


def _headline(report: Report, finding: Finding) -> Any:
    from rich.text import Text

    signs = {Severity.ERROR: "✗" if fits("✗") else "x", Severity.WARNING: "!", Severity.NOTE: "·" if fits("·") else "-"}
    place = report.source(finding) or finding.pointer or ""
    return Text.assemble(
        (f"{signs[finding.severity]} ", _STYLES[finding.severity]),
        printable(finding.message),
        (f"  {printable(place)}  [{printable(finding.cause)}]", "dim"),
    )
