"""The bundled packs: no finding, every example true, written in the canonical layout, nothing of the game in Python."""

from __future__ import annotations

from pathlib import Path

import pytest

from rulecore.cli.examples import failures
from rulecore.dsl.format import format_source
from rulecore.packs.load import load

ROOT = Path(__file__).parents[2]
PACKS = ROOT / "packs"
FILES = sorted(path for folder in (PACKS, ROOT / "tests" / "packs") for path in folder.rglob("*.brew"))


def test_the_standard_packs_and_the_example_load_without_a_finding():
    loaded = load("srd_2024", "example_homebrew")
    assert [str(finding) for finding in loaded.findings] == []


def test_every_example_of_a_pack_comes_true():
    loaded = load("srd_2024", "example_homebrew")
    assert len(loaded.examples) > 50
    assert [str(finding) for finding in failures(loaded.examples, loaded.rules)] == []


@pytest.mark.parametrize("path", FILES, ids=[path.relative_to(ROOT).as_posix() for path in FILES])
def test_a_file_stands_in_the_canonical_layout(path: Path):
    text = path.read_text(encoding="utf-8")
    assert format_source(text, path.name) == text


def test_packs_hold_text_and_nothing_else():
    assert {path.suffix for path in PACKS.rglob("*") if path.is_file()} <= {".brew", ".md"}


def test_every_standard_entry_that_acts_says_where_its_rule_stands():
    rules = load("srd_2024").rules
    bare = [entry.id for entry in rules.entries.values() if entry.shape is not None and not entry.citation]
    assert bare == []


def test_the_hard_part_of_the_book_is_there():
    rules = load("srd_2024").rules
    count = {kind: sum(1 for entry in rules.entries.values() if kind in entry.kinds) for kind in rules.kinds}
    # SRD 5.2.1, Equipment: Weapons (38), Armor (12 suits and the Shield); Feats (17); Character Origins (9 and 4).
    assert (count["weapon"] >= 38, count["armor"] >= 12, count["shield"] >= 1) == (True, True, True)
    assert (count["class"], count["species"], count["background"], count["feat"], count["condition"]) == (12, 9, 4, 17, 15)
    assert (count["subclass"], count["invocation"], count["metamagic"]) == (12, 28, 10)
    assert count["spell"] == 339
