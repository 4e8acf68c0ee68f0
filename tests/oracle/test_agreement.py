"""Oracle and engine read the same documents and give the same numbers."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

import rulecore
from rulecore.derive import derive
from rulecore.model.rules import Rules
from tests.oracle import agreement, oracle
from tests.oracle.book import CLASSES_IN_SCOPE
from tests.oracle.core_fields import derived_scalars
from tests.oracle.documents import documents, made, of_classes
from tests.oracle.draft import ENVELOPE
from tests.oracle.patterns import pattern_of

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*.json"))
CORPUS = sorted((ROOT / "tests" / "conformance").glob("[0-9]*.json"))
FIELDS = json.loads((Path(__file__).parent / "fields.json").read_text(encoding="utf-8"))
PARTS = 4
IN_CI = 50  # of each sort in each part
SEEDS = 1000
ENOUGH = 0.95

# Documents of the corpus that the oracle does not follow, each with its reason.
BEYOND: dict[str, str] = {}


@pytest.fixture(scope="module")
def rules() -> Rules:
    return rulecore.load_ruleset().rules


def check(document: Mapping[str, Any], rules: Rules, *, legal: bool = False) -> None:
    derivation = derive(document, rules)
    if legal:
        assert agreement.errors(derivation) == []
    found = agreement.differences(document, derivation)
    assert not found, f"{agreement.report(derivation, found)}\n{json.dumps(document)}"


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_examples(path, rules):
    check(json.loads(path.read_text(encoding="utf-8")), rules)


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_the_corpus(path, rules):
    records = json.loads(path.read_text(encoding="utf-8"))
    judged = [r for r in records if r["status"] == "checked" and not r.get("findings") and r["title"] not in BEYOND]
    assert judged
    for record in judged:
        check(ENVELOPE | record["document"], rules)


def seeded(part: int) -> Callable[[Any], Any]:
    """In CI each part has documents of its own, the same in every run; the deep profile draws new ones."""
    return seed(part) if settings().derandomize else lambda test: test


@pytest.mark.parametrize("part", range(PARTS))
def test_made_up_characters(part, rules):
    number = IN_CI if settings().derandomize else settings().max_examples // PARTS
    # A smaller document is worth minutes at night, not in CI.
    phases = (Phase.explicit, Phase.generate) if settings().derandomize else tuple(Phase)

    @seeded(part)
    @settings(max_examples=number, phases=phases, suppress_health_check=list(HealthCheck))
    @given(documents())
    def agree(document):
        check(document, rules, legal=True)

    agree()


@pytest.mark.parametrize("part", range(PARTS))
def test_characters_spread_evenly(part, rules):
    """Hypothesis likes to repeat itself; these are all different."""
    number = IN_CI if settings().derandomize else SEEDS
    for place in range(part * SEEDS, part * SEEDS + number):
        check(made(place), rules, legal=True)


@pytest.mark.parametrize("part", range(PARTS))
def test_every_class_and_every_pair_of_them_at_every_level(part, rules):
    """In CI each has one level, and each level several; in the deep profile each has every level."""
    each = [*permutations(CLASSES_IN_SCOPE, 1), *permutations(CLASSES_IN_SCOPE, 2)]
    wanted = [(names, 2 + place % 19) for place, names in enumerate(each)]
    if not settings().derandomize:
        wanted = [(names, level) for names in each for level in range(len(names), 21)]
    for names, level in wanted[part::PARTS]:
        check(of_classes(names, level), rules, legal=True)


@pytest.mark.parametrize("counted", [True, False], ids=["with", "without"])
def test_disciplined_survivor_and_death_saves_by_the_ruling(counted, rules):
    monk = {"collections": {"levels": [{"class": "monk"}] * 14}, "rulings": {"all_saves_include_death_saves": counted}}
    check(ENVELOPE | monk, rules)


# What is compared


def test_the_oracle_covers_what_core_derives(rules):
    core = derived_scalars(rules)
    covered = core & set(FIELDS["covered"])
    assert len(covered) >= ENOUGH * len(core)
    assert core - covered <= set(FIELDS["omitted"])


def test_every_pattern_is_compared_somewhere(rules):
    """A pattern is listed as covered only if the engine has such a field in one of these documents."""
    waiting = set(FIELDS["covered"])
    for number in range(SEEDS):
        document = made(number)
        fields = {field: value for field, value in agreement.expected(document).items() if pattern_of(field) in waiting}
        if number > 120 and not any(fields.values()):
            continue  # what is left comes with the last levels of one class
        paths = set(derive(document, rules).paths())
        waiting -= {pattern_of(field) for field in fields if field in paths}
        if not waiting:
            break
    assert not waiting


def test_nothing_is_left_out_in_silence():
    document = made(3)
    missing = set(oracle.sheet(document)) - set(agreement.expected(document))
    assert all(pattern_of(field) in " ".join(FIELDS["left_out"]) for field in missing)
