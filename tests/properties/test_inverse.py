"""To apply and then remove is to do nothing; what is un-chosen leaves no trace, and what hung on it comes back with it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rulecore as rc

from .heroes import bounded, character, differences, documents, examples, names, rules, seeded, sheet_text

SEEDS = st.integers(0, 2**32 - 1)
KINDS = {"inventory": ("item", "item"), "effects": ("effect", "lasting_effect"), "conditions": ("condition", "condition")}


def state(hero: Any) -> tuple[Any, str]:
    return hero.document, sheet_text(hero)


def unchanged(hero: Any, before: tuple[Any, str]) -> None:
    document, sheet = before
    assert hero.document == document
    assert list(hero.document) == list(document)
    now = sheet_text(hero)
    assert now == sheet, differences(now, sheet)


def test_every_entry_that_can_be_carried_or_suffered():
    """All of a kind come and go, sixty in one transaction."""
    hero = character(examples()["monk_barbarian"])
    before = state(hero)
    for collection, (reference, kind) in KINDS.items():
        for start in range(0, len(names(kind)), 60):
            values = [{reference: name} for name in names(kind)[start : start + 60]]
            if collection == "inventory":
                values = [value | {"equipped": True, "attuned": True} for value in values]
            created = hero.edit([rc.Add(collection, value) for value in values]).created
            elements = [path for path in created if path.count(".") == 1 and path.startswith(f"{collection}.")]
            written = [path for path in elements if path.partition(".")[2] in hero.document["collections"][collection]]
            assert len(written) == len(values)
            hero.edit([rc.Remove(path) for path in written])
            unchanged(hero, before)


@bounded(5)
@given(documents(), SEEDS)
def test_an_element_of_any_document(document: dict[str, Any], seed: int):
    random = seeded(seed)
    collection, (reference, kind) = random.choice(sorted(KINDS.items()))
    hero = character(document)
    before = state(hero)
    hero.edit([rc.Add(collection, {reference: random.choice(names(kind))}, id="new")])
    hero.edit([rc.Remove(f"{collection}.new")])
    unchanged(hero, before)


@bounded(5)
@given(documents(), st.sampled_from(["barbarian", "fighter", "monk", "paladin", "ranger", "warlock", "wizard"]))
def test_a_level(document: dict[str, Any], name: str):
    hero = character(document)
    before = state(hero)
    levels = document.get("collections", {}).get("levels", [])
    if len(levels) >= 20:
        return
    hero.edit([rc.Add("levels", {"class": name})])
    hero.edit([rc.Remove(f"levels.{len(levels) + 1}")])
    unchanged(hero, before)


def sample(choices: list[Any]) -> list[Any]:
    """A few in the CI profile, all in a deep run."""
    return seeded(len(choices)).sample(choices, min(len(choices), bounded(2).max_examples))


def answered(hero: Any) -> list[Any]:
    return [each for each in hero.options(decided=True) if each.form == "choice" and each.picked]


@pytest.mark.parametrize("name", sorted(examples()))
def test_what_is_un_chosen_parks_its_inner_answers_and_comes_back(name: str):
    """Choices on which others hang, and a few more: each is un-chosen alone, and chosen again."""
    hero = character(examples()[name])
    before = state(hero)
    choices = answered(hero)
    outer = [each for each in choices if any(other.id.startswith(f"{each.id}.") for other in choices)]
    for choice in [*sample(outer), *sample(choices)]:
        hero.choose(choice.id, [])
        kept = {key: value for key, value in before[0]["choices"].items() if key != choice.id}
        assert hero.document["choices"] == kept
        assert all(each.code == "choice.parked" or str(each.severity) != "note" for each in hero.findings)
        hero.choose(choice.id, list(choice.picked))
        document, sheet = state(hero)
        assert document == before[0]
        assert sheet == before[1], differences(sheet, before[1])


@bounded(5)
@given(documents(), SEEDS)
def test_choosing_what_was_open_and_un_choosing_leaves_no_trace(document: dict[str, Any], seed: int):
    hero, random = character(document), seeded(seed)
    still_open = [each for each in hero.options() if each.form == "choice" and not each.picked and each.candidates]
    if not still_open or any(each.id in document.get("choices", {}) for each in still_open):
        return
    choice = random.choice(still_open)
    before = state(hero)
    hero.choose(choice.id, [random.choice(choice.candidates)])
    hero.choose(choice.id, [])
    unchanged(hero, before)


@bounded(5)
@given(documents(), st.sampled_from(["species", "background"]), SEEDS)
def test_an_origin(document: dict[str, Any], field: str, seed: int):
    hero = character(document)
    before = state(hero)
    name = seeded(seed).choice([entry.name for entry in rules().entries(field)])
    if field in document.get("fields", {}):
        hero.edit({field: name})
        hero.edit({field: document["fields"][field]}) if not isinstance(
            document["fields"][field], (list, dict, bool, float)
        ) else None
        if hero.document["fields"][field] == document["fields"][field]:
            assert sheet_text(hero) == before[1]
        return
    hero.edit({field: name})
    hero.edit([rc.Remove(field)])
    unchanged(hero, before)
