"""Faults in the answers to choices: too few, too many, names that are not on offer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rulecore.derive.instance import Instance, Question
from rulecore.derive.options import CHOICE, options
from rulecore.formula.scalar import Scope, evaluate
from rulecore.formula.values import number
from rulecore.strategies.seeding import Seed, View, leave_out, pointer_to, write

CHOICES = "choices"
ANY_NUMBER = 7


def answer_missing(view: View) -> Iterator[Seed]:
    """Give one answer less than a choice asks for."""
    for owner, question, names in view.answered:
        if len(names) <= _count(view, owner, question):
            place = view.random.randrange(len(names))
            change = leave_out(CHOICES, question.path, place) if len(names) > 1 else leave_out(CHOICES, question.path)
            yield Seed("choice.missing", pointer_to(CHOICES, question.path), change)


def answer_too_many(view: View) -> Iterator[Seed]:
    """Give one answer more than a choice asks for, which is on offer otherwise."""
    offered = {each.id: each.candidates for each in options(view.derivation, decided=True) if each.form == CHOICE}
    for owner, question, names in view.answered:
        others = [name for name in offered.get(question.path, ()) if name not in names]
        if others and len(names) == _count(view, owner, question):
            change = write(CHOICES, question.path, value=[*names, view.random.choice(others)])
            yield Seed("choice.too_many", pointer_to(CHOICES, question.path), change)


def answer_unknown(view: View) -> Iterator[Seed]:
    """Give an answer that nobody has heard of."""
    for _owner, question, names in view.answered:
        yield _other(view, "choice.unknown", question, names, view.invented())


def answer_misspelt(view: View) -> Iterator[Seed]:
    """Give an answer that is nearly a right one."""
    for _owner, question, names in view.answered:
        place = view.random.randrange(len(names))
        wrong = view.misspelt(names[place])
        if wrong is not None and wrong not in _names(question):
            yield Seed(
                "choice.unknown", pointer_to(CHOICES, question.path, place), write(CHOICES, question.path, place, value=wrong)
            )


def answer_of_another_choice(view: View) -> Iterator[Seed]:
    """Give an answer that another choice would take."""
    every = sorted({name for _owner, question, _names_ in view.answered for name in _names(question)})
    for _owner, question, names in view.answered:
        own = _names(question)
        others = [name for name in every if name not in own]
        if own and others:
            yield _other(view, "choice.unknown", question, names, view.random.choice(others))


def answer_not_on_offer(view: View) -> Iterator[Seed]:
    """Give an answer that the choice would take at another time, or of somebody else."""
    for owner, question, names in view.answered:
        where = question.choice.where
        for entry in question.choice.entries:
            scope = Scope(view.derivation.computation, owner, {"it": entry})
            if where is not None and entry.name not in names and not evaluate(where, scope):
                yield _other(view, "choice.where", question, names, entry.name)


def answer_twice(view: View) -> Iterator[Seed]:
    """Give one answer twice where each may be given once."""
    for _owner, question, names in view.answered:
        if len(set(names)) > 1 and question.choice.repeat is None:
            one, two = view.random.sample(range(len(names)), 2)
            if names[one] != names[two]:
                change = write(CHOICES, question.path, one, value=names[two])
                yield Seed("choice.repeated", pointer_to(CHOICES, question.path), change)


def answer_is_a_number(view: View) -> Iterator[Seed]:
    """Give a number for a name."""
    for _owner, question, names in view.answered:
        yield _other(view, "choice.type", question, names, ANY_NUMBER)


def answer_to_nothing(view: View) -> Iterator[Seed]:
    """Answer a choice that nothing ever asks."""
    path = view.invented()
    yield Seed("choice.unasked", pointer_to(CHOICES, path), write(CHOICES, path, value=[view.invented()]))


def _other(view: View, code: str, question: Question, names: list[str], value: Any) -> Seed:
    place = view.random.randrange(len(names))
    return Seed(code, pointer_to(CHOICES, question.path, place), write(CHOICES, question.path, place, value=value))


def _names(question: Question) -> frozenset[str]:
    """Give every name that a choice could ever take; none where it takes elements."""
    choice = question.choice
    return frozenset((*(each.name for each in choice.options), *(each.name for each in choice.entries)))


def _count(view: View, owner: Instance, question: Question) -> int:
    return int(number(evaluate(question.choice.count, Scope(view.derivation.computation, owner))))


ANSWERS = {
    "answer missing": answer_missing,
    "answer too many": answer_too_many,
    "answer unknown": answer_unknown,
    "answer misspelt": answer_misspelt,
    "answer of another choice": answer_of_another_choice,
    "answer not on offer": answer_not_on_offer,
    "answer twice": answer_twice,
    "answer is a number": answer_is_a_number,
    "answer to nothing": answer_to_nothing,
}
