"""What is said at the end of an interview: what is open still, and what was given and not used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rulecore.cli.console import has_errors, show_notes
from rulecore.cli.outcome import ERRORS_FOUND, GOOD
from rulecore.cli.unfilled import unfilled
from rulecore.finding import Severity

if TYPE_CHECKING:
    from rulecore.cli.interview import Interview


def closing(interview: Interview) -> int:
    """Say what a person should know of the document that was made, and give the exit code."""
    hero, tell = interview.hero, interview.dialogue.tell
    tell()
    for choice in interview.left_open():
        why = "" if choice.legal else ", and nothing on offer may be taken now"
        tell(f"still open: {choice.label} ({choice.id}){why}", "yellow")
    for line in unfilled(hero):
        tell(line)
    left = interview.given.left()
    for name in left:
        tell(f"not asked, so what was given for it is not used: {name}", "dim" if name in interview.given.spare else "yellow")
    wrong = [finding for finding in hero.findings if finding.severity is Severity.ERROR]
    show_notes(wrong)
    return ERRORS_FOUND if has_errors(wrong) or set(left) - interview.given.spare else GOOD
