"""Golden sheets: worked out by hand from the book; the engine agrees with every row, and no number of a sheet is without one."""

import re
from collections import Counter
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

import pytest

import rulecore as rc
from tests.conformance.corpus import serious, value, worked
from tests.golden.golden import Golden, as_text, goldens, in_order

GOLDENS = goldens()
EACH = pytest.mark.parametrize("golden", GOLDENS, ids=lambda golden: golden.name)

WANTED = (
    "level",
    "proficiency_bonus",
    "armor_class",
    "hit_point_maximum",
    "initiative.bonus",
    "passive_*",
    "grapple_dc",
    "attacks_per_action",
    "languages",
    "armor_training",
    "weapon_training",
    "trained_weapons",
    "mastered",
    "load",
    "carrying_capacity",
    "caster_level",
    "unarmed_strike.bonus",
    "unarmed_strike.damage",
    "*.score",
    "*.save.bonus",
    "*_hit_point_dice.maximum",
    "inventory.*.attack.bonus",
    "inventory.*.attack.damage",
    "*.save_dc",
    "*.cantrips_maximum",
    "*.prepared_maximum",
    "*.highest_level",
    "*_slots.maximum",
    "*.resistant",
)
"""What every player reads; what is zero, false or empty needs no row."""


@cache
def ruleset() -> rc.Ruleset:
    return rc.load_ruleset()


def derived(golden: Golden) -> rc.Character:
    """The live sheet of a golden; a class that is not written yet has a golden all the same."""
    missing = golden.classes - {entry.name for entry in ruleset().entries("class")}
    if missing:
        pytest.skip(f"not written yet: {', '.join(sorted(missing))}")
    return ruleset().character(golden.document)


@EACH
def test_the_arithmetic_is_true(golden: Golden):
    wrong = []
    for row in golden.rows:
        if row.is_worked:
            found, said = worked(row.how) if "=" in row.how else (row.how, "an equation")
            if not found == (said.replace(" ", "") if isinstance(said, str) else said) == row.value:
                wrong.append(f"{row.field}: {row.value!r} is not {row.how}, which comes to {found!r}")
    assert not wrong, "\n".join(wrong)


@EACH
def test_rows_are_sound(golden: Golden):
    assert [field for field, count in Counter(row.field for row in golden.rows).items() if count > 1] == []
    assert [row.field for row in golden.rows if not re.match(r"[A-Z][A-Za-z ]+: ", row.source)] == []
    assert len(golden.rows) >= 60


@EACH
def test_the_sheet_is_that(golden: Golden):
    hero = derived(golden)
    shown = [(row, as_text(value(hero, row.field))) for row in golden.rows]
    wrong = [
        f"{row.field}: by hand {row.value!r} ({row.how}), engine {found!r}"
        for row, found in shown
        if in_order(row.value) != found
    ]
    assert not wrong, "\n".join(wrong)


@EACH
def test_the_document_is_legal(golden: Golden):
    hero = derived(golden)
    assert serious(hero) == []
    assert [choice.id for choice in hero.options() if choice.form == "choice"] == []


@EACH
def test_nothing_that_a_player_reads_is_without_a_row(golden: Golden):
    fields = derived(golden).sheet().to_json()["fields"]
    said = {row.field for row in golden.rows}
    wanted = [name for name, found in fields.items() if found and any(fnmatchcase(name, pattern) for pattern in WANTED)]
    assert [name for name in wanted if name not in said] == []


def is_of_class(golden: Golden, name: str, level: int) -> bool:
    return golden.classes == {name} and len(golden.document["collections"]["levels"]) == level


def test_each_class_has_two():
    classes: set[Any] = {name for golden in GOLDENS for name in golden.classes}
    assert len(classes) == 12
    for name in classes:
        for level in (5, 20):
            assert any(is_of_class(golden, name, level) for golden in GOLDENS), (name, level)
    assert sum(len(golden.classes) > 1 for golden in GOLDENS) == 6
