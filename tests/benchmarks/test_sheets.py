"""The whole sheet of the benchmarks: what stands on it, and the twin beside full derivations after any of the timed edits."""

import random
from collections.abc import Iterator
from typing import Any

import pytest

from benchmarks.contestants.sheets import Twin
from benchmarks.harness import Disagreement
from benchmarks.sheet_checks import check_twin, moved
from benchmarks.sheet_edits import LEVEL, SHEET_EDITS, THING, SheetEdit
from benchmarks.sheet_fields import editable_fields, other_values
from benchmarks.sheets import USUAL_WEAPONS, Counts, bare_document, counts, full_document, sheet_values, standard_rules
from rulecore import Add, Remove, Set

LEVELS, MOST_LEVELS = 16, 20
HISTORIES, LENGTH = 24, 6
EDITS = {edit.path: edit for edit in SHEET_EDITS if edit.weapons == USUAL_WEAPONS and not edit.further_levels}
VALUES: dict[str, tuple[Any, ...]] = {
    "strength.base": tuple(range(3, 21)),
    "effects.bless.effect": ("blessed", None),
    "inventory.weapon_2.attack.wanted_ability": ("strength", "dexterity", None),
    "inventory.weapon_1.two_hands": (True, False),
    "inventory.weapon_1.enchantment": ("weapon_plus_1", "weapon_plus_2", "weapon_plus_3"),
    "fighter.second_wind.spent": (0, 1, 2),
    "inventory.cloak_of_protection.equipped": (True, False),
}


@pytest.mark.parametrize(
    ("weapons", "expected"),
    [
        (0, Counts(fields=2525, records=114, attacks=7, sources=6, resources=15, items=40)),
        (10, Counts(fields=3015, records=124, attacks=17, sources=6, resources=15, items=50)),
        (40, Counts(fields=4485, records=154, attacks=47, sources=6, resources=15, items=80)),
    ],
)
def test_the_sheet_has_what_the_page_says_and_nothing_is_wrong_with_it(weapons: int, expected: Counts):
    hero = standard_rules().character(full_document(weapons))
    assert hero.findings == ()
    assert counts(hero) == expected


def test_the_bare_character_lacks_nothing_but_an_answer():
    hero = standard_rules().character(bare_document())
    assert [finding.code for finding in hero.findings] == ["choice.missing"]
    assert counts(hero).items == 0


def test_each_edit_changes_something():
    hero = standard_rules().character(full_document())
    for edit in EDITS.values():
        assert hero.what_if(edit.asked(edit.first)), edit.title


@pytest.mark.parametrize("seed", range(HISTORIES))
def test_the_twin_agrees_with_a_full_derivation_after_any_of_the_edits(seed: int):
    hero = standard_rules().character(full_document())
    twin, asked = Twin(hero), []
    for edit, value in history(random.Random(seed), twin):  # noqa: S311 - the same edits in every run
        twin.setter(edit)(value)
        asked += [value] if edit.structural else [Set(edit.path, value)]
    change = hero.edit(asked)
    right, found = sheet_values(standard_rules().character(hero.document)), twin.values()
    assert {name: value for name, value in found.items() if right.get(name, "nothing") != value} == {}
    assert [name for name in moved(change, right) if name not in found] == []


def history(generator: random.Random, twin: Twin) -> Iterator[tuple[SheetEdit, Any]]:
    for _ in range(LENGTH):
        edit, level = EDITS[generator.choice(list(EDITS))], twin.sheet.level
        if edit.path == "levels":
            grows = level == LEVELS or (level < MOST_LEVELS and generator.random() < 0.7)
            yield edit, Add("levels", LEVEL) if grows else Remove(f"levels.{level}")
        elif edit.path == "inventory":
            carried = edit.first.id in twin.sheet.items
            yield edit, Remove(f"inventory.{edit.first.id}") if carried else Add("inventory", THING, edit.first.id)
        else:
            yield edit, generator.choice(VALUES[edit.path])


def test_every_editable_field_of_the_sheet_is_found_once_with_another_value_for_it():
    hero = standard_rules().character(full_document())
    found = editable_fields(hero)
    assert len(found) == 628
    assert {"hit_points", "levels.16.class", "inventory.second_wand.wand_of_magic_missiles.charges.spent"} <= found.keys()
    assert not {"armor_class", "level", "strength.score", "inventory.rope.weight"} & found.keys()
    assert [path for path, type_ in found.items() if next(other_values(type_, hero[path]), hero[path]) == hero[path]] == []


def test_a_twin_that_forgets_a_field_is_found_and_it_is_named(monkeypatch: pytest.MonkeyPatch):
    edit = next(edit for edit in SHEET_EDITS if edit.path == "fighter.second_wind.spent")
    monkeypatch.setattr("benchmarks.contestants.sheet_twin.set_spent", lambda _resource, _spent: None)
    with pytest.raises(Disagreement, match=r"fighter\.second_wind\.spent 0, not 1"):
        check_twin(edit)
