"""Reports in words and as JSON: for programs, for people, and for models that write."""

from __future__ import annotations

import json
from collections.abc import Iterator

from rulecore.finding import Finding, Severity
from rulecore.validation.analysis import Root
from rulecore.validation.level import level_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rulecore.validation.report import Report

CHARACTERS_IN_A_TOKEN = 3.2
"""How many characters of such text make a token, rather too few than too many: JSON and names take more tokens than prose."""

MOST_FIXES = 4
LONGEST_PATCH = 700
DOCS = "findings/#"

_ASKED = """Answer with JSON alone: {"patch": [JSON Patch operations], "notes": [{"pointer", "text"}], "disputes": \
[{"fingerprint", "reason"}]}. Remarks go into `notes`; what is meant as it is goes into `disputes`."""


def as_json(report: Report) -> dict[str, Any]:
    """Give a report as plain JSON."""
    return {
        "grade": str(report.grade),
        "ok": report.ok,
        "complete": report.complete,
        "form": None if report.form is None else str(report.form),
        "ruleset": {"hash": report.rules.hash, "packs": {pack.name: pack.version for pack in report.rules.packs}},
        "findings": [_root(report, root) for root in report.roots],
        "data": report.data,
    }


def _root(report: Report, root: Root) -> dict[str, Any]:
    record = _finding(report, root.finding)
    if root.consequences:
        record["consequences"] = [_finding(report, each) for each in root.consequences]
    return record


def _finding(report: Report, finding: Finding) -> dict[str, Any]:
    named = {"level": str(level_of(finding)), "fingerprint": identity(finding), "docs": DOCS + finding.code}
    source = report.source(finding)
    return finding.to_json() | named | ({} if source is None else {"source": source})


def identity(finding: Finding) -> str:
    """Name a finding in one word, the same as long as it is there."""
    return f"{finding.cause}:{finding.pointer or ''}"


# ---- for people


def as_markdown(report: Report) -> str:
    """Give a report as Markdown."""
    lines = [f"# {_heading(report)}", ""]
    for root in report.roots:
        lines += [*_told(report, root.finding), *_followers(root), ""]
    return "\n".join(lines).rstrip() + "\n"


def _heading(report: Report) -> str:
    name = (report.data or {}).get("name")
    return f"{name}: {report.grade}" if isinstance(name, str) else str(report.grade)


def _told(report: Report, finding: Finding) -> Iterator[str]:
    place = report.source(finding) or finding.pointer or ""
    yield f"- **{finding.severity}** {finding.message}  "
    yield f"  `{finding.cause}`{f' at `{place}`' if place else ''}{f' [{finding.citation}]' if finding.citation else ''}"
    for fix in finding.fixes[:MOST_FIXES]:
        yield f"    - {fix.safety}: {fix.title}"
    if len(finding.fixes) > MOST_FIXES:
        yield f"    - and {len(finding.fixes) - MOST_FIXES} more"


def _followers(root: Root) -> Iterator[str]:
    if root.consequences:
        yield f"    - from this follow: {'; '.join(each.message for each in root.consequences[:MOST_FIXES])}"
        if len(root.consequences) > MOST_FIXES:
            yield f"      and {len(root.consequences) - MOST_FIXES} more"


# ---- for models that write


def as_prompt(report: Report, most: int) -> str:
    """Give what a model needs to repair what it wrote, within a number of tokens."""
    room = int(most * CHARACTERS_IN_A_TOKEN)
    grave = [root for root in report.roots if root.finding.severity is not Severity.NOTE]
    head = (
        f"The character is {report.grade}: {_counted(len(grave), 'finding')}. {_ASKED}"
        if grave
        else f"The character is {report.grade}."
    )
    text, told = head[:room], 0
    for number, root in enumerate(grave, 1):
        block = _fitting(number, root, room - len(text))
        if not block:
            break
        text, told = text + block, number
    left = f"\n{_counted(len(grave) - told, 'finding')} more when these are mended."
    return text + left if told < len(grave) and len(text) + len(left) <= room else text


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _fitting(number: int, root: Root, room: int) -> str:
    """Give a finding with as many of its repairs as there is room for; nothing where it does not fit at all."""
    for most in range(MOST_FIXES, -1, -1):
        block = "\n" + "\n".join(_prompted(number, root, most))
        if len(block) <= room:
            return block
    return ""


def _prompted(number: int, root: Root, most: int) -> Iterator[str]:
    finding = root.finding
    yield f"{number}. {finding.severity} {identity(finding)}"
    yield f"   {finding.message}{f' [{finding.citation}]' if finding.citation else ''}"
    if finding.expected is not None:
        yield f"   expected: {json.dumps(finding.expected, ensure_ascii=False)[:LONGEST_PATCH]}"
    if root.consequences:
        yield f"   {_counted(len(root.consequences), 'other finding')} from this one"
    for fix in finding.fixes[:most]:
        patch = json.dumps(fix.patch, ensure_ascii=False)
        yield f"   {fix.safety}: {fix.title}{f': {patch}' if fix.patch and len(patch) <= LONGEST_PATCH else ''}"
