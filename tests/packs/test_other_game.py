"""A second game, with nothing of the first: it loads alone, derives, edits, explains and prints."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import rulecore as rc

GAME = Path(__file__).parent / "other_game"
DOCUMENT = json.loads((GAME / "documents" / "rook.json").read_text())
EXPECTED: dict[str, Any] = json.loads((GAME / "documents" / "rook.expected.json").read_text())["expect"]


@pytest.fixture(scope="module")
def rules() -> rc.Ruleset:
    return rc.load_ruleset(GAME, strict=True)


def shown(value: Any) -> Any:
    return str(value) if isinstance(value, rc.Dice) else value


def test_it_loads_alone(rules: rc.Ruleset):
    assert [pack.name for pack in rules.packs] == ["lanterns"]
    assert rules.findings == ()


@pytest.mark.parametrize("field", EXPECTED)
def test_a_number_comes_out_as_worked_by_hand(rules: rc.Ruleset, field: str):
    assert shown(rules.character(DOCUMENT)[field]) == EXPECTED[field]


def test_it_is_edited_and_the_change_is_told(rules: rc.Ruleset):
    hero = rules.character(DOCUMENT)
    change = hero.edit({"grace.grown": 2})
    assert change.changed["grace.stature"] == (1, 2)
    assert change.changed["grace.trial.bearing"] == (3, 4)
    hero.undo()
    assert hero["grace.trial.bearing"] == 3


def test_a_number_is_explained(rules: rc.Ruleset):
    explanation = rules.character(DOCUMENT).explain("grace.trial.bearing")
    assert explanation.value == 3
    assert [term.operation for term in explanation.terms] == ["formula", "add", "add"]


def test_its_sheet_is_printed():
    command = [sys.executable, "-m", "rulecore.cli", "sheet", "--pack", str(GAME), str(GAME / "documents" / "rook.json")]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Rook" in done.stdout
    assert "2d6+3" in done.stdout
