"""Answers that are taken: each judged after those before, all of them or none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

from rulecore.cli.given import split_names
from rulecore.cli.questions import Unfit, fitting, may_be_taken
from rulecore.derive.asking import OpenList, asked
from rulecore.derive.options import CHOICE, Offered, OpenChoice
from rulecore.errors import FieldError, Refused
from rulecore.model.edit import Add, Remove

if TYPE_CHECKING:
    from rulecore.character import Character

Pickable: TypeAlias = "OpenChoice | OpenList"
"""What is answered by picking from what is on offer."""


def lists(hero: Character) -> list[OpenList]:
    """Give the lists that the interview of a sheet names, with room or without."""
    return [each for each in asked(hero.derivation) if isinstance(each, OpenList) and (each.most or each.written)]


def take(hero: Character, choice: Pickable, picked: Sequence[Offered]) -> None:
    """Take options one after another; Unfit says why one cannot be, and then none is."""
    start = len(hero.log)
    try:
        for option in picked:
            now = _now(hero, choice)
            may_be_taken(now, option)
            put(hero, now, option.id)
    except (Unfit, Refused) as error:
        undo_to(hero, start)
        raise Unfit(reasons(error) if isinstance(error, Refused) else str(error)) from error


def put(hero: Character, choice: Pickable, name: str) -> None:
    """Answer by one name more."""
    if isinstance(choice, OpenList):
        hero.edit([Add(choice.id, {choice.reference: name})])
    else:
        hero.choose(choice.id, [*choice.picked, name] if choice.form == CHOICE else [name])


def drop(hero: Character, choice: OpenList, text: str) -> list[str]:
    """Take elements out of a list again, and give their labels; what rules have put there cannot be."""
    there = [Offered(name, choice.label_of(name)) for name in choice.written]
    if not there:
        raise Unfit("there is nothing in it that could be taken out")
    found = [fitting(name, there) for name in split_names(text)]
    hero.edit([Remove(choice.written[each.id]) for each in dict.fromkeys(found)])
    return [each.label for each in dict.fromkeys(found)]


def _now(hero: Character, choice: Pickable) -> Pickable:
    found: Sequence[Pickable] = lists(hero) if isinstance(choice, OpenList) else hero.options()
    return next((each for each in found if each.id == choice.id), choice)


def undo_to(hero: Character, transactions: int) -> None:
    """Take back all but so many transactions."""
    while len(hero.log) > transactions:
        hero.undo()


def reasons(error: Refused | FieldError) -> str:
    """Give the reasons of a refusal in a line."""
    told = [each.message + (f"; did you mean `{each.nearest}`?" if each.nearest else "") for each in error.findings]
    return "; ".join(told) or error.message
