"""Claims: numbers that somebody has written for what the rules derive, held against what comes out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rulecore.dataclass import replace
from rulecore.derive.explain import explain
from rulecore.derive.explanation import SIGNS, Term
from rulecore.derive.instance import Form, Instance
from rulecore.derive.stored import Fault, read_stored
from rulecore.finding import Finding, Safety, Severity
from rulecore.formula.format import format_value
from rulecore.model.document import replacing, wrong_type
from rulecore.model.shape import Field
from rulecore.model.sheet import json_of
from rulecore.model.strict import escape
from rulecore.validation.possible import possible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rulecore.derive.derivation import Derivation

CLAIMS = "claims"
_PLAIN = frozenset({"formula", "default", "granted", "written in the document"})


def claim_faults(derivation: Derivation, claims: Mapping[str, Any], *, told: bool = True) -> Iterator[Finding]:
    """Give what is wrong with claims: no such field, a value of another type, or another value than comes out.

    Unless they are to be `told`, what is known of wrong values is only that they are wrong.
    """
    for path, claimed in claims.items():
        pointer = f"/{CLAIMS}/{escape(path)}"
        found = derivation.find(path)
        if found is None or found[1] not in found[0].fields:
            message = f"there is no field {path!r} of which anything could be claimed"
            yield Finding("claim.unknown", message, pointer=pointer, found=path)
            continue
        instance, field = found[0], found[0].fields[found[1]]
        actual = derivation.computation.value(instance, field.name)
        stored = read_stored(claimed, field.type, derivation.structure)
        if isinstance(stored, Fault):
            wrong = wrong_type(pointer, str(field.type), claimed, "claim.type")
            right = replacing(pointer, claimed, json_of(actual), Safety.CERTAIN)
            yield replace(wrong, expected={"=": json_of(actual)}, fixes=(right,))
        elif stored != actual and told:
            yield _differing(derivation, instance, field, claimed, pointer)
        elif stored != actual:
            subject = subject_of(instance, field.name)
            yield Finding("claim.differs", "it comes out otherwise", pointer=pointer, found=claimed, subject=subject)


def _differing(derivation: Derivation, instance: Instance, field: Field, claimed: Any, pointer: str) -> Finding:
    path = instance.join(field.name)
    explanation = explain(derivation, path)
    shown = format_value(explanation.value)
    sums = _sum(explanation.terms)
    message = f"{explanation.label} is written as {claimed}, and {f'{sums} = ' if sums else 'it is '}{shown}"
    right = replacing(pointer, claimed, json_of(explanation.value), Safety.CERTAIN)
    span = possible(derivation, instance, field) if isinstance(claimed, int) else None
    facts = {
        "pointer": pointer,
        "found": claimed,
        "citation": field.citation,
        "subject": subject_of(instance, field.name),
        "terms": explanation.terms,
    }
    if span is None:
        return Finding("claim.differs", message, expected={"=": json_of(explanation.value)}, fixes=(right,), **facts)
    expected = {"=": json_of(explanation.value), "between": [span.least, span.most]}
    if not span.least <= claimed <= span.most:
        beyond = f"{message}; what can be made of it is {span.least} to {span.most}"
        return Finding("claim.impossible", beyond, expected=expected, fixes=(right,), **facts)
    written = span.reaching(derivation, claimed)
    other = replacing(pointer, claimed, json_of(explanation.value), Safety.CHOICE)
    return Finding(
        "claim.open",
        f"{message}; it could be {claimed} if {span.words} were written accordingly",
        Severity.WARNING,
        expected=expected,
        fixes=(*written, other),
        **facts,
    )


def _sum(terms: tuple[Term, ...]) -> str:
    """Tell the terms of an explanation as a sum that can be read in one line; nothing where there is no more than a formula."""
    terms = tuple(term for term in terms if term.operation != "add" or term.value != 0)
    if len(terms) < 2:
        return ""
    return " ".join(" ".join(filter(None, (SIGNS.get(each.operation), format_value(each.value), _of(each)))) for each in terms)


def _of(term: Term) -> str:
    """Name a term: what brings it, or where that is nothing in particular, its formula."""
    if term.label in _PLAIN:
        return ""
    return term.label if term.owner or term.entry else f"({term.text})"


def subject_of(instance: Instance, name: str) -> str:
    """Name a field by the sort of what has it, whichever of its sort that is."""
    words: list[str] = [name]
    step: Instance | None = instance
    while step is not None and step.owner is not None:
        if step.form is Form.PART:
            words.insert(0, step.path.rpartition(".")[2])
        else:
            words.insert(0, step.entry.kind if step.entry is not None else step.shape.rpartition(" ")[2])
            break
        step = step.owner
    return ".".join(words)
