"""The strategies on the packs that come along: all legal, much covered, and told what.

Each part draws its own sheets, so that the parts can run at once; together they draw everything at least twenty times.
HYPOTHESIS_PROFILE=deep draws thousands.
"""

import os
import sys
from pathlib import Path
from typing import Any

import pytest

import rulecore as rc
from rulecore.strategies import Coverage, sheets
from rulecore.strategies.player import Player

PACKS = Path(__file__).parents[2] / "packs"
PARTS = 4
LEAST = 20
SHEETS = 4000 if os.environ.get("HYPOTHESIS_PROFILE") == "deep" else 560
KINDS = ["class", "subclass", "species", "background", "feat", "operation", "ruling", "armor kind"]
EDITED = 6
"""Of so many sheets one is edited for good, and looked at again."""


@pytest.fixture(scope="module")
def rules() -> rc.Ruleset:
    return rc.load_ruleset(PACKS / "core-2024", PACKS / "srd-2024")


def errors(hero: Any) -> list[rc.Finding]:
    return [finding for finding in hero.findings if finding.severity is rc.Severity.ERROR]


def leading_to_armor(rules: rc.Ruleset) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {"none": [], "light": [], "medium": [], "heavy": [], "shield": []}
    for armor in rules.entries("armor"):
        found[armor.properties["armor_category"].properties["weight"]].append(armor.name)
    return found


def armor_kinds(hero: rc.Character, leading: dict[str, list[str]]) -> set[str]:
    """What is worn, and what is carried."""
    carried = {each.get("item") for each in hero.document.get("collections", {}).get("inventory", {}).values()}
    found = {kind for kind, names in leading.items() if not carried.isdisjoint(names)}
    return found | {hero.text("armor_weight"), *(["shield"] if hero["has_shield"] else [])}


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_the_standard_packs_are_covered(part: int, rules: rc.Ruleset, capsys: pytest.CaptureFixture[str]):
    coverage = Coverage(rules)
    armors = leading_to_armor(rules)
    coverage.expect("armor kind", armors)
    for seed, hero in enumerate(sheets(rules, range(part, SHEETS, PARTS), coverage)):
        assert errors(hero) == []
        coverage.count("armor kind", armor_kinds(hero, armors))
        drawn = Player(rules, hero.document, seed, derivation=hero.derivation).edits()
        coverage.add_edits(drawn, hero)
        if seed % EDITED == 0:
            hero.edit(drawn)
            assert errors(hero) == []
    with capsys.disabled():
        sys.stderr.write(f"\npart {part + 1} of {PARTS}: {coverage.table(KINDS)}\n")
    assert coverage.short_of(LEAST // PARTS, KINDS) == {}
    assert coverage.structural >= 0.2


def test_the_same_seeds_give_the_same_sheets(rules: rc.Ruleset):
    first, second = ([hero.document for hero in sheets(rules, range(7, 11), Coverage(rules))] for _ in range(2))
    assert first == second
