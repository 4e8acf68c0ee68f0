"""A live sheet is its document: kept and read again, taken back, forked, asked what if, and watched."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rulecore as rc
from rulecore.strategies.player import Player

from .heroes import bounded, character, differences, documents, examples, rules, sheet_text

SEEDS = st.integers(0, 2**32 - 1)


def again(hero: Any) -> Any:
    return rules().character(json.loads(json.dumps(hero.document)))


def same(one: Any, other: Any) -> None:
    assert one.document == other.document
    left, right = sheet_text(one), sheet_text(other)
    assert left == right, differences(left, right)


def steps(hero: Any, seed: int, count: int) -> list[Any]:
    """Legal edits, each made on the document that the ones before have left."""
    player = Player(rules(), hero.document, seed)
    return [edits for edits in (player.edits() for _ in range(count)) if edits]


@bounded(6)
@given(documents())
def test_what_is_kept_is_read_again(document: dict[str, Any]):
    hero = character(document)
    assert hero.document == document
    same(hero, again(hero))
    same(hero, rules().character(json.dumps(hero.document, ensure_ascii=False).encode()))


@bounded(2)
@given(documents(), SEEDS)
def test_a_history_of_edits(document: dict[str, Any], seed: int):
    """After every edit the sheet is that of its document; all of it is taken back, and done again."""
    hero = character(document)
    states = [(hero.document, sheet_text(hero))]
    for edits in steps(hero, seed, 4):
        logged = len(hero.log)
        expected = hero.what_if(edits)
        assert (hero.document, len(hero.log)) == (states[-1][0], logged)
        fork = hero.fork()
        told: list[Any] = []
        stop = hero.watch("*", told.append)
        before = values(hero)
        change = hero.edit(edits)
        stop()
        assert change == expected
        assert told == ([change] if change else [])
        net(change, before, values(hero))
        assert (fork.document, sheet_text(fork)) == states[-1]
        fork.edit(edits)
        same(fork, hero)
        same(hero, again(hero))
        if len(hero.log) > logged:
            states.append((hero.document, sheet_text(hero)))
    for document_before, sheet in reversed(states[:-1]):
        hero.undo()
        assert (hero.document, sheet_text(hero)) == (document_before, sheet)
    for document_after, sheet in states[1:]:
        hero.redo()
        assert (hero.document, sheet_text(hero)) == (document_after, sheet)


def values(hero: Any) -> dict[str, Any]:
    derivation = hero.derivation
    shown = (instance for instance in derivation.structure.instances if not instance.on_read)
    return {instance.join(name): hero[instance.join(name)] for instance in shown for name in instance.fields}


def net(change: Any, before: dict[str, Any], after: dict[str, Any]) -> None:
    """What changed is the difference of the values, each told once with its first and its last."""
    wanted = {path: (before[path], after[path]) for path in after if path in before and before[path] != after[path]}
    assert dict(change.changed) == wanted
    assert not set(change.created) & set(change.removed)


@pytest.mark.parametrize("name", ["elf_wizard_20", "warlock_paladin"])
def test_one_net_change_for_what_goes_to_and_fro(name: str):
    hero = character(examples()[name])
    base = hero["strength.base"]
    told: list[Any] = []
    hero.watch("strength.*", told.append)
    hero.edit([rc.Set("strength.base", 3), rc.Set("strength.base", 18), rc.Set("strength.base", 5)])
    hero.edit([rc.Set("strength.base", 9), rc.Set("strength.base", 5)])
    hero.edit({"charisma.base": 9})
    assert [change.changed["strength.base"] for change in told] == [(base, 5)]


@bounded(3)
@given(documents(), documents())
def test_what_if_of_another_document_changes_nothing(document: dict[str, Any], other: dict[str, Any]):
    """The whole of another document, as a patch: asked, and perhaps refused; made in a fork, the original stays."""
    hero = character(document)
    before = json.dumps(hero.document), sheet_text(hero)
    parts = ("fields", "collections", "choices", "rulings")
    patch = [{"op": "add", "path": f"/{part}", "value": other.get(part, {})} for part in parts]
    fork = hero.fork()
    try:
        expected = hero.what_if(patch)
        assert fork.edit(patch) == expected
        same(fork, again(fork))
    except rc.Refused:
        assert (json.dumps(fork.document), sheet_text(fork)) == before
    assert (json.dumps(hero.document), sheet_text(hero)) == before
