"""Options are what is still open; choosing answers them, and what is un-chosen is kept."""

from typing import Any

import pytest

import rulecore as rc


def open_ids(hero: Any) -> set[str]:
    return {choice.id for choice in hero.options()}


def test_a_blank_is_asked_for_what_brings_content(rules: Any):
    hero = rules.new("wayfarer")
    [calling] = hero.options()
    assert (calling.id, calling.form, calling.count, calling.picked) == ("calling", "reference", 1, ())
    assert [(option.id, option.label) for option in calling.options] == [("ferrier", "Ferrier"), ("lamplighter", "Lamplighter")]
    hero.choose("calling", ["ferrier"])
    assert open_ids(hero) == {"ferrier.charm", "ferrier.knacks"}


def test_options_say_why_not(hero: Any):
    knacks = next(choice for choice in hero.options(decided=True) if choice.id == "ferrier.knacks")
    why = {option.id: option.why_not for option in knacks.options}
    assert why["steady_hands"] == "it is chosen already"
    assert why["long_memory"] == "Wit of at least 1"
    hero.edit({"wit.grown": 1, "ferrier.knacks": ["steady_hands"]})
    knacks = next(choice for choice in hero.options() if choice.id == "ferrier.knacks")
    assert knacks.missing == 1
    assert knacks.legal == ("long_memory", "sure_foot")
    assert knacks.to_json()["picked"] == ["steady_hands"]


def test_choosing_too_many_or_unknown_is_refused(hero: Any):
    with pytest.raises(rc.Refused, match="at most 1"):
        hero.choose("ferrier.charm", ["old_rope", "quiet_oar"])
    with pytest.raises(rc.Refused):
        hero.choose("ferrier.charm", ["gold"])
    with pytest.raises(rc.Refused):
        hero.choose("nothing", ["gold"])


def test_un_choosing_leaves_no_trace(hero: Any):
    before = hero.document
    hero.choose("ferrier.knacks", ["sure_foot"])
    hero.choose("ferrier.knacks", ["steady_hands", "sure_foot"])
    assert hero.document == before


def test_answers_to_what_is_not_asked_are_parked_and_come_back(hero: Any):
    hero.choose("calling", "lamplighter")
    assert hero.document["choices"]["ferrier.charm"] == ["old_rope"]
    assert "ferrier.charm" not in hero
    hero.choose("calling", "ferrier")
    assert hero["ferrier.charm"] == "old_rope"
    assert hero["bulk_limit"] == 8
