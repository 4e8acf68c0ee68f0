"""The log of a character is a history of its documents, whichever way each transaction went."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import rulecore as rc
from tests.properties.heroes import bounded, examples, rules

EDITS: Sequence[Any] = (
    {"strength.base": 12},
    {"strength.base": 13},
    {"strength.base": 12, "dexterity.base": 9},
    [rc.Set("strength.base", 14)],
    [rc.Add("inventory", {"item": "shield", "equipped": True}, "s")],
    [rc.Remove("inventory.s")],
    {"strength.base": 99},
)
MOVES = ("undo", "redo", "fork", "what_if", "pickled")


class Model:
    """The documents that led here and those that were taken back."""

    def __init__(self, hero: rc.Character) -> None:
        self.hero = hero
        self.before: list[Any] = []
        self.after: list[Any] = []

    def edit(self, edits: Any) -> None:
        was = self.hero.document
        try:
            self.hero.edit(edits)
        except rc.Refused:
            assert self.hero.document == was
            return
        if self.hero.document != was:
            self.before.append(was)
            self.after.clear()

    def move(self, word: str) -> None:
        was = self.hero.document
        source, target = (self.before, self.after) if word == "undo" else (self.after, self.before)
        if not source:
            with pytest.raises(rc.Refused):
                getattr(self.hero, word)()
            return
        getattr(self.hero, word)()
        assert self.hero.document == source.pop()
        target.append(was)

    def other(self, word: str) -> None:
        match word:
            case "fork":
                self.hero = self.hero.fork()
            case "pickled":
                made, arguments, state = self.hero.__reduce__()
                self.hero = made(*arguments)
                self.hero.__setstate__(state)
            case "what_if":
                self.hero.what_if(EDITS[0])


@bounded(30)
@example([0, "undo", 1, "redo"])
@example([4, 5, 4, 1, "undo", "undo", 0, "redo", "fork", "undo", "redo"])
@given(steps=st.lists(st.sampled_from([*range(len(EDITS)), *MOVES]), max_size=25))
def test_it_is_a_history_of_documents(steps: list[Any]):
    model = Model(rules().character(examples()["dwarf_fighter_1"]))
    for each in steps:
        if isinstance(each, int):
            model.edit(EDITS[each])
        elif each in {"undo", "redo"}:
            model.move(each)
        else:
            model.other(each)
        assert len(model.hero.log) == len(model.before)
    for _each in model.hero.log:
        model.move("undo")
    assert not model.before
