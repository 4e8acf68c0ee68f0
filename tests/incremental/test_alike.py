"""Characters whose documents differ in values alone stand on one structure, and each is what its own document gives."""

from __future__ import annotations

import json
from random import Random
from threading import Thread
from typing import Any

import pytest

import rulecore as rc
import rulecore.derive.alike
from rulecore.character.verification import verify
from tests.properties.heroes import character, examples, rules, sheet_text

from .histories import any_value


@pytest.fixture
def ruleset() -> Any:
    """A ruleset that has derived nothing yet."""
    return rc.Ruleset(rules().rules)


def varied(document: Any, random: Random, count: int) -> Any:
    """A document with so many other values, whatever hangs on them."""
    hero = character(document)
    for _ in range(50):
        if len(hero.log) == count:
            break
        try:
            hero.edit(any_value(hero, random))
        except rc.Refused:
            continue
    return hero.document


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", ["human_paladin_13", "monk_barbarian", "ranger_wizard"])
def test_each_is_what_its_document_gives(name: str, seed: int, ruleset: Any):
    """Made one after the other, read, edited in turn, and read again: none of them sees what another is."""
    random = Random(seed)  # noqa: S311 - a test, no secret
    documents = [examples()[name], *(varied(examples()[name], random, count) for count in (0, 1, 1, 2, 2, 4))]
    heroes = [ruleset.character(document) for document in documents]
    for hero in random.sample(heroes, len(heroes)):
        verify(hero.derivation)
    for _ in range(12):
        try:
            random.choice(heroes).edit(any_value(random.choice(heroes), random))
        except rc.Refused:
            continue
    for hero in heroes:
        verify(hero.derivation)


def test_what_is_alike_is_derived_once(ruleset: Any, monkeypatch: pytest.MonkeyPatch):
    document = examples()["human_paladin_13"]
    fields = document["fields"]
    first = ruleset.character(document)
    monkeypatch.delenv("RULECORE_VERIFY_EDITS")
    monkeypatch.setattr(rulecore.derive.alike, "derive", None)
    strong = ruleset.character({**document, "fields": {**fields, "strength.base": 20}})
    other = ruleset.character({**document, "name": "Somebody", "notes": "of the north"})
    many = ruleset.character({**document, "fields": {**fields, "strength.base": 3, "charisma.base": 3, "wisdom.base": 3}})
    assert len({id(each.derivation.structure) for each in (first, strong, other, many)}) == 1
    monkeypatch.undo()
    for hero in (first, strong, other, many):
        assert sheet_text(hero) == sheet_text(rc.Ruleset(rules().rules).character(hero.document))


def differing(document: Any) -> dict[str, Any]:
    """Documents that are not alike, though they are nearly the same."""
    fields, collections = document["fields"], document["collections"]
    other = {**collections["inventory"]["i1"], "item": "leather_armor"}
    return {
        "what exists": {**document, "collections": {**collections, "inventory": {**collections["inventory"], "i1": other}}},
        "a choice": {**document, "choices": {}},
        "a part": {key: value for key, value in document.items() if key != "collections"},
        "an unknown field": {**document, "fields": {**fields, "no_such_field": 1}},
        "a kind": {**document, "kind": "creature"},
    }


@pytest.mark.parametrize("what", ["what exists", "a choice", "a part", "an unknown field", "a kind"])
def test_what_is_not_alike_is_derived(what: str, ruleset: Any):
    document = examples()["human_paladin_13"]
    first = ruleset.character(document)
    other = ruleset.character(differing(document)[what])
    assert other.derivation.structure is not first.derivation.structure
    verify(other.derivation)


def test_one_is_not_true(ruleset: Any):
    """To Python they are equal; to a document they are not, and one of them is a fault."""
    document = examples()["human_paladin_13"]
    text = json.dumps(document)
    ruleset.character(document)
    assert '"equipped": true' in text
    wrong = ruleset.character(json.loads(text.replace('"equipped": true', '"equipped": 1')))
    assert "value.type" in {finding.code for finding in wrong.findings}
    verify(wrong.derivation)


def test_the_document_stays_as_it_was_written(ruleset: Any):
    document = examples()["human_paladin_13"]
    ruleset.character(document)
    fields = document["fields"]
    turned = {**document, "fields": {"strength.base": 9, **dict(reversed(list(fields.items())))}}
    turned["fields"]["strength.base"] = 9
    assert json.dumps(ruleset.character(turned).document) == json.dumps(turned)


def test_threads_that_make_and_edit_what_is_alike(ruleset: Any):
    """All stand on one structure, and while one links a plan the others read what it is about to move."""
    document = examples()["human_paladin_13"]
    paths = ["strength.base", "dexterity.base", "charisma.base", "hit_points"]
    failed: list[BaseException] = []

    def live(place: int) -> None:
        try:
            for turn in range(6):
                score = 3 + (place * 5 + turn) % 12
                path = paths[(place + turn) % len(paths)]
                hero = ruleset.character({**document, "fields": {**document["fields"], paths[place]: score}})
                hero.edit({path: score})
                verify(hero.derivation)
        except BaseException as error:  # noqa: BLE001 - told below
            failed.append(error)

    threads = [Thread(target=live, args=(place,)) for place in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
