"""What a document answers to the choices that are asked: too few, too many, unknown, twice, or not on offer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rulecore.dataclass import replace
from rulecore.derive.activate import answer
from rulecore.derive.instance import Instance, Question
from rulecore.derive.stored import written_names
from rulecore.derive.written import Near, anywhere
from rulecore.finding import Finding, Severity
from rulecore.formula.scalar import Scope, evaluate
from rulecore.formula.values import number
from rulecore.model.document import unknown, wrong_type
from rulecore.model.strict import escape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rulecore.derive.derivation import Derivation


def asked_faults(derivation: Derivation, near: Near = anywhere) -> Iterator[Finding]:
    """Give what is wrong with the answers that are near, and which of them wait for a choice that nothing asks now."""
    if not near("/choices"):
        return
    asked = {question.path for _owner, question in derivation.structure.questions}
    for owner, question in derivation.structure.questions:
        if near(f"/choices/{escape(question.path)}"):
            name = question.choice.name.rpartition(".")[2]
            yield from (replace(found, subject=name) for found in _question(derivation, owner, question))
    for path in derivation.document.choices:
        pointer = f"/choices/{escape(path)}"
        if path in asked or not near(pointer):
            continue
        if derivation.structure.index.is_choice(path.rpartition(".")[2]):
            message = f"nothing that is active now asks {path!r}; the answer is kept"
            name = path.rpartition(".")[2]
            yield Finding("choice.parked", message, Severity.NOTE, pointer=pointer, found=path, subject=name)
        else:
            yield unknown(
                "choice.unasked",
                f"nothing ever asks {path!r}; the answer is kept",
                pointer,
                path,
                asked,
                severity=Severity.WARNING,
            )


def _question(derivation: Derivation, owner: Instance, question: Question) -> Iterator[Finding]:
    pointer = f"/choices/{escape(question.path)}"
    written = derivation.document.choices.get(question.path, [])
    if question.preset is not None:
        if question.path in derivation.document.choices:
            message = f"{question.choice.label} is decided already: {', '.join(question.preset)}"
            yield Finding(
                "choice.preset", message, Severity.WARNING, pointer=pointer, expected=list(question.preset), found=written
            )
        return
    if not isinstance(written, list | tuple):
        return
    for place, name in enumerate(written):
        if not isinstance(name, str):
            yield wrong_type(f"{pointer}/{place}", "text", name, "choice.type")
        elif answer(derivation.structure, question, name) is None:
            yield _unknown_answer(question, name, f"{pointer}/{place}")
    yield from _number_of(derivation, owner, question, len(written), pointer)
    yield from _repeated(derivation, owner, question, pointer)
    yield from _not_offered(derivation, owner, question, pointer)


def _unknown_answer(question: Question, name: str, pointer: str) -> Finding:
    choice = question.choice
    known = [option.name for option in choice.options] or [entry.name for entry in choice.entries]
    return unknown("choice.unknown", f"{choice.label} does not offer {name!r}", pointer, name, known)


def _number_of(derivation: Derivation, owner: Instance, question: Question, given: int, pointer: str) -> Iterator[Finding]:
    choice = question.choice
    wanted = number(evaluate(choice.count, Scope(derivation.computation, owner)))
    if given == wanted:
        return
    expected = {"count": wanted, "of": [option.name for option in choice.options] or str(choice.type)}
    missing = given < wanted
    message = f"{choice.label}: choose {wanted}, and {given or 'none'} {'is' if given == 1 else 'are'} chosen"
    yield Finding(
        "choice.missing" if missing else "choice.too_many",
        message,
        Severity.WARNING if missing else Severity.ERROR,
        related=(("asked", choice.span),),
        pointer=pointer,
        expected=expected,
        found=given,
        citation=choice.citation,
    )


def _scope(derivation: Derivation, owner: Instance, value: Any) -> Scope:
    return Scope(derivation.computation, owner, {"it": value})


def _repeated(derivation: Derivation, owner: Instance, question: Question, pointer: str) -> Iterator[Finding]:
    choice = question.choice
    for name, count in Counter(pick.name for pick in question.picks).items():
        value = next(pick.value for pick in question.picks if pick.name == name)
        if count > 1 and (choice.repeat is None or not evaluate(choice.repeat, _scope(derivation, owner, value))):
            message = f"{choice.label}: {name!r} may be chosen once"
            yield Finding("choice.repeated", message, pointer=pointer, found=name, citation=choice.citation)


def _not_offered(derivation: Derivation, owner: Instance, question: Question, pointer: str) -> Iterator[Finding]:
    choice = question.choice
    names = written_names(derivation.document.choices.get(question.path))
    for pick in question.picks:
        if choice.where is not None and not evaluate(choice.where, _scope(derivation, owner, pick.value)):
            message = f"{choice.label} does not offer {pick.name!r} here"
            place = f"{pointer}/{names.index(pick.name)}"
            yield Finding("choice.where", message, pointer=place, found=pick.name, citation=choice.citation)
