"""The strategies on the packs that come along: all legal, much covered, and told what.

HYPOTHESIS_PROFILE=deep makes enough sheets that each class, species, feat ... is drawn twenty times.
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
SHEETS, LEAST = (500, 20) if os.environ.get("HYPOTHESIS_PROFILE") == "deep" else (24, 1)
KINDS = ["class", "species", "background", "operation", "ruling", "shield"] + (
    ["feat", "subclass", "condition"] if LEAST > 1 else []
)


def errors(hero: Any) -> list[rc.Finding]:
    return [finding for finding in hero.findings if finding.severity is rc.Severity.ERROR]


@pytest.mark.slow
def test_the_standard_packs_are_covered(capsys: pytest.CaptureFixture[str]):
    rules = rc.load_ruleset(PACKS / "core-2024", PACKS / "srd-2024")
    coverage = Coverage(rules)
    for seed, hero in enumerate(sheets(rules, SHEETS, coverage)):
        assert errors(hero) == []
        drawn = Player(rules, hero.document, seed).edits()
        coverage.add_edits(drawn, hero)
        hero.edit(drawn)
        assert errors(hero) == []
    with capsys.disabled():
        sys.stdout.write(f"\n{coverage}\n")
    assert coverage.short_of(LEAST, KINDS) == {}
    assert coverage.structural >= 0.2
