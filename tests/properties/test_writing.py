"""Nothing derived can be written, by no edit and in no document; what is refused has changed nothing."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rulecore as rc
from rulecore.model.shape import Mode

from .heroes import bounded, character, differences, documents, examples, in_order, seeded, sheet_text

VALUES: tuple[Any, ...] = (1, 7, True, "x", "fighter", None, {"dice": "1d4", "average": 2.5}, ["longsword"])
SEEDS = st.integers(0, 2**32 - 1)


def modes(hero: Any) -> dict[str, Mode]:
    derivation = hero.derivation
    return {path: derivation.field(path)[1].mode for path in derivation.paths()}


def unwritable(hero: Any) -> list[str]:
    return [path for path, mode in modes(hero).items() if mode is not Mode.EDITABLE]


@pytest.mark.parametrize("name", sorted(examples()))
def test_no_derived_field_can_be_edited(name: str):
    """All of them in one transaction, and a few alone: each is refused by its name."""
    hero = character(examples()[name])
    before = json.dumps(hero.document), sheet_text(hero)
    paths = unwritable(hero)
    assert len(paths) > 1000
    with pytest.raises(rc.Refused) as raised:
        hero.edit({path: VALUES[place % len(VALUES)] for place, path in enumerate(paths)})
    told = {finding.code for finding in raised.value.findings}
    assert told <= {"field.derived", "findings.more", "field.parked"}, told
    for path in seeded(name).sample(paths, min(len(paths), bounded(2).max_examples)):
        for edit in ({path: hero.sheet().fields.get(path, 3)}, [rc.Remove(path)]):
            with pytest.raises(rc.Refused) as refused:
                hero.edit(edit)
            assert {finding.code for finding in refused.value.findings} <= {"field.derived", "edit.granted"}, path
    assert (json.dumps(hero.document), sheet_text(hero)) == before


@pytest.mark.parametrize("name", sorted(examples()))
def test_no_derived_field_can_be_written_in_a_document(name: str):
    """All of them, each where its kin stand: the values are as without them, and each is told."""
    document = json.loads(json.dumps(examples()[name]))
    hero = character(document)
    paths = unwritable(hero)
    for place, path in enumerate(paths):
        written_at(hero, document, path)[leaf(hero, path)] = VALUES[place % len(VALUES)]
    other = character(document)
    assert values(other) == values(hero), differences(values(other), values(hero))
    told = [finding for finding in other.findings if finding.code == "field.derived"]
    more = sum(each.found for each in other.findings if each.code == "findings.more" and isinstance(each.found, int))
    assert {finding.pointer for finding in told} <= {hero.derivation.document.pointer(path) for path in paths}
    assert len(told) == len(paths) or more or any(each.code == "findings.more" for each in other.findings)


def written_at(hero: Any, document: Any, path: str) -> Any:
    """The object of the document in which a field would stand."""
    pointer = hero.derivation.document.pointer(path)
    holder = document
    for step in [each.replace("~1", "/").replace("~0", "~") for each in pointer.split("/")[1:-1]]:
        holder = holder[int(step)] if isinstance(holder, list) else holder.setdefault(step, {})
    return holder


def leaf(hero: Any, path: str) -> str:
    last: str = hero.derivation.document.pointer(path).rpartition("/")[2]
    return last.replace("~1", "/").replace("~0", "~")


def values(hero: Any) -> str:
    return in_order(hero.sheet().to_json() | {"findings": []})


# ---- what is refused


def wrong_edits(hero: Any, random: Random) -> list[Any]:
    return [
        {"strength.base": 31},
        {"strength.base": "15"},
        {"strength.base": True},
        {"strength.bose": 15},
        {"species": "dwarv"},
        {random.choice(unwritable(hero)): random.choice(VALUES)},
        {"rulings.nothing": True},
        {"kind": "monster"},
        {"": 1},
        {"packs": {}},
        [rc.Add("inventroy", {})],
        [rc.Add("inventory", {"item": "longswrd"})],
        [rc.Add("inventory", {"itme": "longsword"})],
        [rc.Add("levels", {"class": "longsword"})],
        [rc.Add("levels", {"class": "fighter"}) for _ in range(30)],
        [rc.Remove("inventory.nothing")],
        [rc.Remove("armor_class")],
        [{"op": "test", "path": "/kind", "value": "monster"}],
        [{"op": "remove", "path": "/kind"}],
        [{"op": "replace", "path": "/fields", "value": []}],
        [{"op": "add", "path": "/collections/levels/x", "value": {}}],
        [{"op": "move", "from": "/fields", "path": "/fields/inner"}],
        [{"op": "add", "path": "/nothing", "value": 1}],
        [rc.Set("notes", float("nan"))],
        [rc.Set("notes", "x"), rc.Set("armor_class", 40), rc.Set("experience", -1)],
    ]


@bounded(6)
@given(documents(), SEEDS)
def test_what_is_refused_has_changed_nothing(document: dict[str, Any], seed: int):
    hero, random = character(document), seeded(seed)
    told: list[Any] = []
    hero.watch("*", told.append)
    before = json.dumps(hero.document), sheet_text(hero)
    for edits in random.sample(wrong_edits(hero, random), 4):
        good = [rc.Set("temporary_hit_points", 5)] if isinstance(edits, list) else {"temporary_hit_points": 5}
        together = [*good, *edits] if isinstance(edits, list) else {**good, **edits}
        with pytest.raises(rc.Refused) as raised:
            hero.edit(together)
        assert raised.value.findings
        assert json.dumps(hero.document) == before[0], edits
    assert sheet_text(hero) == before[1]
    assert told == []
    assert hero.log == ()


def test_every_wrong_edit_is_refused():
    hero = character(examples()["ranger_wizard"])
    before = json.dumps(hero.document), sheet_text(hero)
    for edits in wrong_edits(hero, seeded(1)):
        with pytest.raises(rc.Refused):
            hero.edit(edits)
        assert json.dumps(hero.document) == before[0], edits
    assert sheet_text(hero) == before[1]
