"""Recipes are legal, mutations are wrong where they say, and the fixtures of the pytest plugin find both."""

from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings

import rulecore as rc
from rulecore.strategies import MUTATION_KINDS, Mutation, documents, mutations, near_legal, recipes
from rulecore.strategies.mutations import mutated
from rulecore.strategies.playing import played
from rulecore.validation import validate

pytest_plugins = "pytester"


def seeded(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - a test, no secret


LANTERNS = Path(__file__).parents[1] / "packs" / "other_game"
RULES = rc.load_ruleset(LANTERNS)
STANDARD = rc.load_ruleset()
# The small game has no choice and no field that takes a part of a kind, and no field of words.
NOT_IN_LANTERNS = {"answer not on offer", "reference not on offer", "word unknown"}
NOWHERE = {"reference not on offer"}  # on an empty sheet: needs a list of the spellbook


@given(recipes(RULES))
def test_every_recipe_is_legal(recipe: Any):
    report = validate(recipe, RULES, form="recipe")
    assert report.ok, [str(each) for each in report.findings]
    assert all(isinstance(value, str | int | float | list) for value in recipe.values())


@settings(max_examples=15)
@given(recipes(STANDARD))
def test_every_recipe_of_the_standard_packs_is_legal(recipe: Any):
    report = validate(recipe, STANDARD, form="recipe")
    assert report.ok, [str(each) for each in report.findings]


@given(mutations(RULES))
def test_a_mutation_is_wrong_at_its_place_and_was_legal_before(mutation: Mutation):
    assert validate(mutation.good, RULES).ok
    findings = validate(mutation.bad, RULES).verdict
    assert mutation.faults[0].is_in(findings), (mutation.faults, [str(each) for each in findings])


@settings(max_examples=15)
@given(near_legal(STANDARD))
def test_what_is_nearly_legal_has_every_fault_it_tells(mutation: Mutation):
    findings = validate(mutation.bad, STANDARD).verdict
    assert all(fault.is_in(findings) for fault in mutation.faults), (mutation.faults, [str(each) for each in findings])


@pytest.mark.parametrize("kind", [kind for kind in MUTATION_KINDS if kind not in NOWHERE])
def test_every_kind_is_found(kind: str):
    for rules in [STANDARD] if kind in NOT_IN_LANTERNS else [RULES, STANDARD]:
        made = [
            mutated(rules, played(rules, None, seed, 5, elements=seed % 4, plain=seed % 4 == 0), [kind], seeded(seed))
            for seed in range(4)
        ]
        found = [each for each in made if each is not None]
        assert found
        for each in found:
            assert each.kind == kind
            assert each.faults[0].is_in(validate(each.bad, rules).verdict), each.faults


@settings(max_examples=10)
@given(mutations(RULES, ["claim off", "answer missing"]))
def test_kinds_may_be_named(mutation: Mutation):
    assert mutation.kind in {"claim off", "answer missing"}


def test_a_kind_that_there_is_not_is_refused():
    with pytest.raises(ValueError, match="answer misspelled"):
        mutations(RULES, ["answer misspelled"])
    with pytest.raises(ValueError, match="answer missing"):
        mutations(RULES, [])


@settings(max_examples=10)
@given(documents(RULES))
def test_what_is_mutated_is_left_as_it_is(document: Any):
    before = deepcopy(document)
    for seed in range(10):
        mutated(RULES, document, MUTATION_KINDS, seeded(seed), 2)
    assert document == before


# ---- the plugin, as pytest finds it by its entry point


def test_the_fixtures_judge(pytester: pytest.Pytester):
    pytester.makeini(f"[pytest]\nrulecore_packs = {LANTERNS}\n")
    pytester.makepyfile(
        """
        LEGAL = {"format": "rulecore/1", "kind": "wayfarer", "fields": {"dread": 1}}

        def test_rules(rulecore_rules):
            assert [pack.name for pack in rulecore_rules.packs] == ["lanterns"]

        def test_legal(assert_legal, rulecore_validate):
            assert assert_legal(LEGAL).ok
            assert rulecore_validate({"dread": 1}, form="recipe").form == "recipe"

        def test_faulty(assert_faulty):
            assert_faulty({**LEGAL, "fields": {"dread": -1}}, "value.range")
            assert_faulty({**LEGAL, "fields": {"dread": -1}}, "value.range", "/fields/dread")

        def test_of_what_is_wrong(assert_legal):
            assert_legal({**LEGAL, "fields": {"dread": -1}})

        def test_of_what_is_right(assert_faulty):
            assert_faulty(LEGAL, "value.range")
        """
    )
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider")
    result.assert_outcomes(passed=3, failed=2)
    result.stdout.fnmatch_lines(["*value.range*", "*value.range at any place is not among*"])


def test_without_configuration_the_standard_packs_are_loaded(pytester: pytest.Pytester):
    pytester.makepyfile("def test_it(rulecore_rules): assert 'srd_2024' in [pack.name for pack in rulecore_rules.packs]")
    pytester.runpytest_subprocess("-p", "no:cacheprovider").assert_outcomes(passed=1)
