"""Histories of edits: what a player does, and any value for any editable field, legal or not."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

import rulecore as rc
from rulecore.formula import types as t
from rulecore.model.shape import Mode
from rulecore.strategies.player import Player
from tests.properties.heroes import rules


def any_value(hero: Any, random: Random) -> list[Any]:
    """An edit of one editable field to a value of its type, in its range or not, or back to nothing."""
    found = [
        (instance.join(name), field.type)
        for instance in hero.derivation.structure.instances
        if not instance.on_read
        for name, field in instance.fields.items()
        if field.mode is Mode.EDITABLE and name not in instance.fixed
    ]
    path, of = random.choice(found)
    value = drawn(of, random)
    return [rc.Remove(path)] if value is None and random.random() < 0.5 else [rc.Set(path, value)]


def drawn(of: Any, random: Random) -> Any:
    match of:
        case t.BoolType():
            return random.random() < 0.5
        case t.IntType() | t.NumberType():
            return random.choice([0, 1, random.randint(1, 30), random.randint(1, 30), 99, 600])
        case t.DiceType():
            return random.choice(["1d4", "2d6+1", 3])
        case t.EnumType():
            return random.choice(of.words)
        case t.RefType():
            return random.choice([None, *(entry.name for entry in rules().entries(of.kind))]) if of.kind != "event" else None
        case t.TextType():
            return random.choice(["", "somebody"])
    return None


def some_edits(hero: Any, random: Random) -> list[Any]:
    """One transaction: mostly what a player does, often a single value, sometimes several of them together."""
    fate = random.random()
    if fate < 0.45:
        return list(Player(rules(), hero.document, random.randrange(2**32), derivation=hero.derivation).edits())
    return [edit for _ in range(1 if fate < 0.85 else 3) for edit in any_value(hero, random)]


def live(hero: Any, seed: int, length: int) -> Iterator[Any]:
    """Let a character live through so many transactions; what is refused does not count. Gives each change."""
    random = Random(seed)  # noqa: S311 - a test, no secret
    done = 0
    for _ in range(4 * length):
        if done == length:
            return
        edits = some_edits(hero, random)
        try:
            change = hero.edit(edits) if edits else None
        except rc.Refused:
            continue
        if change is not None:
            done += 1
            yield change
            if hero.log and random.random() < 0.1:
                hero.undo()
                if random.random() < 0.5:
                    hero.redo()
