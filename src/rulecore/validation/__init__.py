"""Judging what a person or a model has written about a character: what is wrong, where, why, and the patch."""

from __future__ import annotations

from rulecore.finding import Finding, Severity
from rulecore.validation.forms import Form, normal
from rulecore.validation.reading import read
from rulecore.validation.report import Grade, Report

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rulecore.ruleset import Ruleset

__all__ = ["Form", "Grade", "Report", "validate"]


def validate(data: Any, rules: Ruleset, *, form: Form | str | None = None) -> Report:
    """Judge anything that says something of a character: JSON values or text, bytes, or the path of a file.

    It may be a document, a recipe (choices alone), a sheet whose derived values are claims, or another shape of which the
    words of the packs make something; `form` says which, if it is known. What is wrong with it is told in the report.
    """
    found = read(data)
    made = normal(found.value, found.text, rules, None if form is None else Form(form))
    is_told = made is not None or any(each.severity is Severity.ERROR for each in found.findings)
    unknown = [] if is_told else [_nothing_of(found.value)]
    return Report(rules, made, [*found.findings, *unknown])


def _nothing_of(value: Any) -> Finding:
    message = "nothing in it says anything of what the packs know: a document has `kind` and `fields`"
    return Finding("document.unrecognized", message, pointer="", expected="object", found=type(value).__name__)
