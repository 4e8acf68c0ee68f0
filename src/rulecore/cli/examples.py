"""The examples that packs carry, run: each document derived, each expectation asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from rulecore.derive import Derivation, derive
from rulecore.errors import RulecoreError
from rulecore.finding import Finding, Severity
from rulecore.formula import ast as f
from rulecore.formula.format import format_value
from rulecore.formula.scalar import Scope, evaluate
from rulecore.model.rules import Rules

if TYPE_CHECKING:
    from rulecore.model.example import Example, Expectation

_MISWRITTEN = {
    "choice.parked",
    "choice.unasked",
    "choice.unknown",
    "collection.unknown",
    "entry.unknown",
    "field.derived",
    "field.unknown",
    "value.type",
}
"""What says that an example's document does not say what its author meant."""


def failures(examples: Iterable[Example], rules: Rules) -> Iterator[Finding]:
    """Give a finding for each expectation that does not hold."""
    for example in examples:
        try:
            derivation = derive(example.document, rules)
        except RulecoreError as error:
            yield Finding("example.document", f"example {example.title!r}: {error}", span=example.span)
            continue
        for finding in derivation.findings:
            if finding.severity is Severity.ERROR and finding.code in _MISWRITTEN:
                yield Finding("example.given", f"{example.title}: {finding.message}", span=example.span, nearest=finding.nearest)
        for expectation in example.expectations:
            yield from _judged(example, expectation, derivation)


def _judged(example: Example, expectation: Expectation, derivation: Derivation) -> Iterator[Finding]:
    if expectation.value is None:
        wanted = expectation.finding or ""
        found = [f"{each.code} {each.message}" for each in derivation.findings]
        if not any(wanted in text or wanted.replace("_", " ") in text for text in found):
            told = "; ".join(found) or "nothing was found"
            yield Finding("example.finding", f"{example.title}: no finding says {wanted!r}", span=expectation.span, hint=told)
        return
    paths = derivation.structure.by_path
    missing = [path for _name, path in expectation.elements if path not in paths]
    if missing:
        message = f"{example.title}: there is no {', '.join(missing)}"
        yield Finding("example.missing", message, span=expectation.span, found=missing)
        return
    bound = {name: paths[path] for name, path in expectation.elements}
    scope = Scope(derivation.computation, derivation.structure.entity, bound)
    if not evaluate(expectation.value, scope):
        yield Finding("example.failed", f"{example.title}: {_told(expectation.value, scope)}", span=expectation.span)


def _told(formula: f.Formula, scope: Scope) -> str:
    """Say what came out where something else was expected."""
    if isinstance(formula, f.Compare | f.Has):
        return f"the left side is {format_value(evaluate(formula.left, scope))}"
    return "this does not hold"
