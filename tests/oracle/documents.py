"""Legal characters as documents, made up from the facts of the book alone: the engine is not asked what is legal.

`documents()` is a Hypothesis strategy; `made(seed)` gives one document after another without Hypothesis.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from tests.oracle import (
    make_feats,
    make_gear,
    make_goods,
    make_origin,
    make_spells,
    make_state,
    make_training,
    make_warlock,
)
from tests.oracle.book import ABILITIES, CLASSES, CLASSES_IN_SCOPE
from tests.oracle.chooser import Chooser
from tests.oracle.draft import Draft

MOST_CLASSES = 3
MULTICLASS = 13


def documents() -> st.SearchStrategy[dict[str, Any]]:
    """Give legal characters of all classes, levels and origins, in all sorts of states.

    Half are drawn decision by decision, so that they shrink; half come from a seed, which spreads them evenly.
    """
    return st.one_of(_drawn(), st.uuids().map(lambda name: made(name.int)))


@st.composite
def _drawn(draw: st.DrawFn) -> dict[str, Any]:
    return character(Chooser.of_hypothesis(draw))


def made(seed: int) -> dict[str, Any]:
    """Give the legal character of a seed."""
    return character(Chooser.of_seed(seed))


def of_classes(names: Sequence[str], level: int) -> dict[str, Any]:
    """Give a legal character of these classes, the first of them from the start, with so many levels in all."""
    return character(Chooser.of_seed(level), names, level)


def character(choose: Chooser, names: Sequence[str] = (), level: int = 0) -> dict[str, Any]:
    """Make up a character in the order of the book: class, origin, abilities, what each level brings, then its state."""
    d = Draft(choose)
    _levels(d, *((names, level) if names else _classes(d)))
    _abilities(d)
    make_state.rulings(d)
    make_origin.fill(d)
    make_gear.weapons_carried(d)
    make_training.skills(d)
    make_spells.cantrips(d)
    make_feats.fill(d)
    make_warlock.fill(d)
    make_training.fill(d)
    make_spells.fill(d)
    make_gear.fill(d)
    make_state.fill(d)
    make_goods.fill(d)
    make_gear.starting_equipment(d)
    make_state.body(d)
    return d.document


def _classes(d: Draft) -> tuple[list[str], int]:
    """Draw one to three classes, and how many levels."""
    total = d.choose.number(1, 20) if d.choose.chance(70) else d.choose.one([20, 20, 20, 19, 16, 12, 8, 5])
    count = min(d.choose.one([1, 1, 2, 2, 3]), total, MOST_CLASSES)
    return d.choose.some(CLASSES_IN_SCOPE, count), total


def _levels(d: Draft, names: Sequence[str], total: int) -> None:
    """Each level has the fixed Hit Points or a roll; the first takes the whole die."""
    order = list(names)
    while len(order) < total:
        order.append(d.choose.one(names) if d.choose.chance(40) else order[-1])
    for place, name in enumerate(order):
        level: dict[str, Any] = {"class": name}
        if place and d.choose.chance(20):
            level["rolled"] = d.choose.number(1, CLASSES[name]["hit_die"])
        d.collections.setdefault("levels", []).append(level)
    d.take_levels(order)


def _abilities(d: Draft) -> None:
    """Scores of 3 to 18, and 13 where multiclassing asks for it ("Prerequisites")."""
    scores = {ability: d.choose.number(3, 18) for ability in ABILITIES}
    if len(d.classes) > 1:
        for name in d.classes:
            primary = CLASSES[name]["primary"]
            needed = primary["of"] if primary["how"] == "all" else [d.choose.one(primary["of"])]
            for ability in needed:
                scores[ability] = max(scores[ability], d.choose.number(MULTICLASS, 18))
    d.base = scores
    d.fields.update({f"{ability}.base": score for ability, score in scores.items()})
