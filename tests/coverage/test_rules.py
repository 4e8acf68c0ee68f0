"""The table of rules is whole: every class, species, background and feat has its lines, each id is unique, each word is known."""

import csv
import re
from collections import Counter
from pathlib import Path

import rulecore as rc

ROWS = list(csv.DictReader(Path(__file__).with_name("rules.csv").read_text(encoding="utf-8").splitlines()))
KINDS = {"number", "proficiency", "resource", "choice", "action", "effect"}
TOUCHED = {"sheet", "resource", "choice", "action", "play", "none"}


def test_lines_are_sound():
    assert [name for name, count in Counter(row["id"] for row in ROWS).items() if count > 1] == []
    assert [row["id"] for row in ROWS if not re.fullmatch(r"[a-z0-9_]+(\.[a-z0-9_]+)+", row["id"])] == []
    assert [row["id"] for row in ROWS if not re.match(r"[A-Z][A-Za-z ]+: .", row["section"]) or not row["rule"]] == []
    assert {row["kind"] for row in ROWS} == KINDS
    assert {row["touches"] for row in ROWS} == TOUCHED


def test_everything_that_a_character_is_made_of_has_lines():
    rules = rc.load_ruleset()
    sections = " | ".join(row["section"] for row in ROWS)
    for kind in ("class", "subclass", "species", "background", "feat", "invocation", "metamagic"):
        assert [entry.label for entry in rules.entries(kind) if entry.label not in sections] == [], kind
