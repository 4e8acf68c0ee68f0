"""What is generated is legal, varied, and of any game: shown on the small one, and on the packs that come along."""

import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rulecore as rc
from rulecore.strategies import Coverage, characters, documents, edits
from rulecore.strategies.player import Player

LANTERNS = Path(__file__).parents[1] / "packs" / "other_game"
RULES = rc.load_ruleset(LANTERNS)


def errors(hero: Any) -> list[Any]:
    return [finding for finding in hero.findings if finding.severity is rc.Severity.ERROR]


@given(characters(RULES))
def test_every_sheet_is_legal(hero: Any):
    assert errors(hero) == []


@given(documents(RULES, "wayfarer"))
def test_every_document_fits_the_schema(document: Any):
    import jsonschema

    jsonschema.validate(document, RULES.schema())


@settings(max_examples=20)
@given(st.data())
def test_every_edit_is_legal_and_can_be_taken_back(data: Any):
    hero = data.draw(characters(RULES))
    before = hero.document
    for _step in range(6):
        hero.edit(data.draw(edits(hero)))
        assert errors(hero) == []
    while hero.log:
        hero.undo()
    assert hero.document == before


def test_all_of_a_small_game_is_covered():
    coverage = Coverage(RULES)
    for seed in range(120):
        hero = RULES.character(Player(RULES, RULES.character().document, seed).play(3))
        drawn = Player(RULES, hero.document, seed).edits()
        coverage.add(hero)
        coverage.add_edits(drawn, hero)
    assert coverage.short_of(20, ["calling", "knack", "woe", "gear", "ruling"]) == {}
    assert coverage.structural >= 0.2
    assert "calling: 2 of 2" in str(coverage)


def test_the_same_seed_gives_the_same_document():
    first, second = (Player(RULES, RULES.character().document, 7).play(5) for _ in range(2))
    assert first == second


def test_without_hypothesis_the_command_to_install_it_is_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "hypothesis", None)
    with pytest.raises(rc.MissingExtra, match=r"pip install 'rulecore\[testing\]'"):
        characters(RULES)
