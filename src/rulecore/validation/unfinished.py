"""What a finished document would have: entries that bring content, a sequence with elements, lists without room."""

from __future__ import annotations

from collections.abc import Iterator

from rulecore.derive.asking import OpenList, asked
from rulecore.derive.derivation import Derivation
from rulecore.derive.options import ELEMENT, entity_options
from rulecore.finding import Finding, Severity
from rulecore.model.strict import escape


def unfinished(derivation: Derivation) -> Iterator[Finding]:
    """Give a warning for what is wholly missing, and a note for each list that has room."""
    for each in entity_options(derivation):
        if each.picked:
            continue
        part = "collections" if each.form == ELEMENT else "fields"
        yield Finding(
            "collection.empty" if each.form == ELEMENT else "reference.missing",
            f"{each.label}: none is chosen",
            Severity.WARNING,
            pointer=f"/{part}/{escape(each.id)}",
            expected={"count": 1},
            citation=each.citation,
            subject=each.id,
        )
    for question in asked(derivation):
        if isinstance(question, OpenList) and question.missing:
            yield Finding(
                "collection.room",
                f"{question.label}: {question.held} of {question.most}",
                Severity.NOTE,
                pointer=f"/collections/{escape(question.id)}",
                expected={"count": question.most},
                found=question.held,
                subject=question.id.rpartition(".")[2],
            )
