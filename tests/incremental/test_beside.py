"""To and fro between two structures: no derivation, and the document that edits of a new character lead to."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

import rulecore as rc
import rulecore.character.live
import rulecore.derive.alike
from rulecore.character.patch import applied
from tests.properties.heroes import character, examples, sheet_text

from .histories import any_value

LENGTH = 15
TOGGLES: dict[str, list[Any]] = {
    "human_paladin_13": [{"inventory.i1.item": "leather_armor"}, {"inventory.i1.item": "plate_armor"}],
    "monk_barbarian": [[rc.Add("conditions", {"condition": "prone"}, "lying")], [rc.Remove("conditions.lying")]],
    "ranger_wizard": [[rc.Add("levels", {"class": "ranger"})], None],
    "elf_wizard_20": [[rc.Add("inventory", {"item": "shield", "equipped": True}, "s")], [rc.Remove("inventory.s")]],
}


def toggles(hero: Any, name: str) -> list[Any]:
    first, second = TOGGLES[name]
    return [first, second or [rc.Remove(f"levels.{len(hero.document['collections']['levels']) + 1}")]]


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("name", TOGGLES)
def test_it_leads_where_the_same_edits_lead_a_new_character(name: str, seed: int):
    """Between edits to and fro come edits of any field: of what they touch, of what only one structure has, and refused ones."""
    random = Random(seed)  # noqa: S311 - a test, no secret
    hero = character(examples()[name])
    both = toggles(hero, name)
    side = 0
    for _ in range(LENGTH):
        fate, before = random.random(), hero.document
        edits = both[side] if fate < 0.6 else any_value(hero, random)
        refused = expected = None
        try:
            expected = character(before)
            expected.edit(edits)
        except rc.Refused as error:
            refused = error
        try:
            hero.edit(edits)
            assert refused is None
            side ^= fate < 0.6
        except rc.Refused:
            assert refused is not None
        if fate > 0.9 and hero.log:
            moved = hero.document
            hero.undo()
            # what was refused, or is there already, left no step of its own to take back
            assert before in (moved, hero.document)
            hero.redo()
            assert hero.document == moved
        assert expected is not None
        assert hero.document == expected.document
        assert refused is not None or hero.log == () or is_logged(hero, before)
    assert sheet_text(hero) == sheet_text(character(hero.document))
    last = hero.document
    count = len(hero.log)
    for _ in range(count):
        hero.undo()
    assert hero.document == examples()[name]
    for _ in range(count):
        hero.redo()
    assert hero.document == last


def is_logged(hero: Any, before: Any) -> bool:
    """Whether the log tells of the last transaction what it did, and how it is taken back."""
    if hero.document == before:
        return True
    last = hero.log[-1]
    return applied(before, last.patch) == hero.document and applied(hero.document, last.inverse) == before


@pytest.mark.parametrize(("name", "path"), [("ranger_wizard", "levels.3.rolled"), ("elf_wizard_20", "inventory.i1.quantity")])
def test_the_log_tells_what_was_done_when_it_was_done(name: str, path: str):
    """What goes to and fro may stand in one list with a value that is edited in between."""
    hero = character(examples()[name])
    both = toggles(hero, name)
    for edits in (*both, *both, {path: 5}, *both, both[0], {path: 3}, both[1], *both):
        before = hero.document
        hero.edit(edits)
        assert is_logged(hero, before)


def test_a_refused_transaction_that_leads_beside_leaves_no_trace():
    hero = character(examples()["human_paladin_13"])
    there, back = TOGGLES["human_paladin_13"]
    hero.edit(there)
    hero.edit(back)
    wrong = {"op": "test", "path": "/fields/strength.base", "value": 1}
    with pytest.raises(rc.Refused):
        hero.edit([rc.Set("inventory.i1.item", "leather_armor"), rc.Set("dexterity.base", 3), wrong])
    assert hero["dexterity.base"] == examples()["human_paladin_13"]["fields"]["dexterity.base"]
    hero.edit(there)
    assert hero["dexterity.base"] == examples()["human_paladin_13"]["fields"]["dexterity.base"]


@pytest.fixture
def none_derived(monkeypatch: pytest.MonkeyPatch):
    """Let nothing be derived and no document be compared from the call on."""
    monkeypatch.delenv("RULECORE_VERIFY_EDITS")

    def begin() -> None:
        monkeypatch.setattr(rulecore.derive.alike, "derive", None)
        monkeypatch.setattr(rulecore.character.live, "difference", None)

    return begin


@pytest.mark.parametrize("name", TOGGLES)
def test_the_third_time_nothing_is_derived_or_compared(name: str, none_derived: Any):
    hero = character(examples()[name])
    both = toggles(hero, name)
    changes = [hero.edit(each) for each in both]
    none_derived()
    hero.edit({"strength.base": 9})
    hero.edit({"hit_points": 3})
    for change, edits in zip(changes, both, strict=True):
        again = hero.edit(edits)
        assert (again.created, again.removed, again.patch) == (change.created, change.removed, change.patch)
    hero.undo()
    hero.redo()
    expected = character(examples()[name])
    expected.edit({"strength.base": 9, "hit_points": 3})
    assert (hero.document, sheet_text(hero)) == (expected.document, sheet_text(expected))


def test_what_was_asked_what_if_is_beside(none_derived: Any):
    hero = character(examples()["human_paladin_13"])
    edit = TOGGLES["human_paladin_13"][0]
    told = hero.what_if(edit)
    none_derived()
    assert hero.edit(edit).changed == told.changed


def test_a_value_in_what_was_touched_is_not_lost():
    """What is put back as it was, after it was edited, is what the edit says and not what there was."""
    hero = character(examples()["elf_wizard_20"])
    thing = {"item": "rope", "quantity": 1}
    for _ in range(2):
        hero.edit([rc.Add("inventory", thing, "r")])
        hero.edit([rc.Remove("inventory.r")])
    hero.edit([rc.Add("inventory", thing, "r")])
    hero.edit({"inventory.r.quantity": 5})
    hero.edit([rc.Remove("inventory.r")])
    hero.edit([rc.Add("inventory", thing, "r")])
    assert hero["inventory.r.quantity"] == 1
    for expected in (None, 5, 1):
        hero.undo()
        assert ("inventory.r.quantity" in hero and hero["inventory.r.quantity"]) == (expected or False)


def test_what_was_asked_counts_as_it_was_then():
    """Whoever asked may change the very object and ask again: that is another edit."""
    hero = character(examples()["elf_wizard_20"])
    thing = {"item": "rope", "quantity": 1}
    for quantity in (1, 1, 2, 1, 3):
        thing["quantity"] = quantity
        hero.edit([rc.Add("inventory", thing, "r")])
        assert hero["inventory.r.quantity"] == quantity
        hero.edit([rc.Remove("inventory.r")])


def test_true_is_not_one():
    hero = character(examples()["elf_wizard_20"])
    for _ in range(2):
        hero.edit([rc.Add("inventory", {"item": "rope", "quantity": 1}, "r")])
        hero.edit([rc.Remove("inventory.r")])
    for other in (True, 1.5):
        with pytest.raises(rc.Refused):
            hero.edit([rc.Add("inventory", {"item": "rope", "quantity": other}, "r")])


def test_watchers_are_told(none_derived: Any):
    hero = character(examples()["human_paladin_13"])
    both = TOGGLES["human_paladin_13"]
    changes = [hero.edit(each) for each in both]
    told: list[Any] = []
    hero.watch("armor_class", told.append)
    none_derived()
    for change, edits in zip(changes, both, strict=True):
        hero.edit(edits)
        assert told[-1].changed == {"armor_class": change.changed["armor_class"]}
