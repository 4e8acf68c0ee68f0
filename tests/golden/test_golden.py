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
    *("level", "proficiency_bonus", "armor_class", "hit_point_maximum", "initiative.bonus", "passive_*", "grapple_dc"),
    *("attacks_per_action", "languages", "armor_training", "weapon_training", "trained_weapons", "mastered"),
    *("load", "carrying_capacity", "caster_level", "attuned_count", "unarmed_strike.bonus", "unarmed_strike.damage"),
    *("*.score", "*.modifier", "*.save.bonus", "SKILL.check.bonus", "MOVEMENT.speed", "SENSE.range", "*.resistant", "*.immune"),
    *("inventory.*.attack.bonus", "inventory.*.attack.damage", "inventory.*.attack.damage_type"),
    *("*.save_dc", "*.cantrips_maximum", "*.prepared_maximum", "*.cantrips_count", "*.prepared_count", "*.highest_level"),
    *("*_slots.maximum", "*.maximum"),
)
"""What every player reads; what is zero, false or empty needs no row. A word in capitals stands for each entry of a kind."""
UNWANTED = "*.free_casts.maximum"
"""Stands under an id that a rule makes, which nobody knows who has only the book."""


@cache
def ruleset() -> rc.Ruleset:
    return rc.load_ruleset()


def derived(golden: Golden) -> rc.Character:
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


def first_class(golden: Golden) -> str:
    name: str = golden.document["collections"]["levels"][0]["class"]
    return name


@EACH
def test_the_document_is_legal(golden: Golden):
    # The sheets write out what they carry: a package of the class or of the background would come on top of that.
    left_open = {giver + ".equipment" for giver in (golden.document["fields"]["background"], first_class(golden))}
    hero = derived(golden)
    assert [told for told in serious(hero) if not any(told.startswith(f"/choices/{choice}: ") for choice in left_open)] == []
    assert {choice.id for choice in hero.options() if choice.form == "choice"} == left_open


@cache
def patterns() -> list[str]:
    kinds = {"SKILL": "skill", "MOVEMENT": "movement", "SENSE": "sense"}
    found = []
    for wanted in WANTED:
        kind = kinds.get(wanted.partition(".")[0])
        names = [""] if kind is None else [entry.name for entry in ruleset().entries(kind)]
        found += [wanted if kind is None else f"{name}.{wanted.partition('.')[2]}" for name in names]
    return found


def values(hero: rc.Character) -> dict[str, Any]:
    """Every value of the sheet, those of records as well."""
    shown = hero.sheet().to_json()
    records = ((path, record["fields"]) for path, record in shown["records"].items())
    return shown["fields"] | {f"{path}.{name}": found for path, fields in records for name, found in fields.items()}


@EACH
def test_nothing_that_a_player_reads_is_without_a_row(golden: Golden):
    said = {row.field for row in golden.rows}
    wanted = [
        name
        for name, found in values(derived(golden)).items()
        if found and not fnmatchcase(name, UNWANTED) and any(fnmatchcase(name, pattern) for pattern in patterns())
    ]
    assert len(wanted) >= 60
    assert [name for name in wanted if name not in said] == []


def test_each_of_what_is_wanted_stands_on_some_sheet():
    there = {name for golden in GOLDENS for name, found in values(derived(golden)).items() if found}
    for wanted in WANTED:
        shape = wanted if wanted.partition(".")[0].islower() or wanted[0] == "*" else "*." + wanted.partition(".")[2]
        assert any(fnmatchcase(name, shape) for name in there), wanted


def is_of_class(golden: Golden, name: str, level: int) -> bool:
    return golden.classes == {name} and len(golden.document["collections"]["levels"]) == level


def test_each_class_has_two():
    classes: set[Any] = {name for golden in GOLDENS for name in golden.classes}
    assert len(classes) == 12
    for name in classes:
        for level in (5, 20):
            assert any(is_of_class(golden, name, level) for golden in GOLDENS), (name, level)
    assert sum(len(golden.classes) > 1 for golden in GOLDENS) == 6
