"""The table of rules is whole: everything that a character is made of has its lines, and each says what the packs make of it."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import rulecore as rc
from tests.coverage.lines import Astray, line_at
from tests.coverage.table import read

ROWS = read()
TESTS = Path(__file__).parents[1]
KINDS = {"number", "proficiency", "resource", "choice", "action", "effect"}
TOUCHED = {"sheet", "resource", "choice", "action", "play", "none"}
ASKED = {"sheet", "resource", "choice"}
STATUS = {"executable", "untried", "text", "play", "missing", "none"}
HELD = {"executable", "untried"}
ENOUGH = 0.98


def test_lines_are_sound():
    assert [name for name, count in Counter(row["id"] for row in ROWS).items() if count > 1] == []
    assert [row["id"] for row in ROWS if not re.fullmatch(r"[a-z0-9_]+(\.[a-z0-9_]+)+", row["id"])] == []
    assert [row["id"] for row in ROWS if not re.match(r"[A-Z][A-Za-z ]+: .", row["section"]) or not row["rule"]] == []
    assert {row["kind"] for row in ROWS} == KINDS
    assert {row["touches"] for row in ROWS} == TOUCHED
    assert {row["status"] for row in ROWS} <= STATUS


def test_everything_that_a_character_is_made_of_has_lines():
    rules = rc.load_ruleset()
    sections = " | ".join(row["section"] for row in ROWS)
    for kind in ("class", "subclass", "species", "background", "feat", "invocation", "metamagic"):
        assert [entry.label for entry in rules.entries(kind) if entry.label not in sections] == [], kind


def test_what_is_executable_names_a_line_and_a_test():
    assert [row["id"] for row in ROWS if row["status"] in HELD and not row["line"]] == []
    assert [row["id"] for row in ROWS if (row["status"] == "executable") != bool(row["test"])] == []


def test_a_line_that_is_named_is_there():
    assert list(filter(None, (astray(row["line"]) for row in ROWS if row["line"]))) == []


def test_a_test_that_is_named_is_there():
    named = {row["test"].partition("[")[0] for row in ROWS if row["test"]}
    assert [test for test in sorted(named) if f"def {test.rpartition('::')[2]}(" not in text_of(test.partition("::")[0])] == []


@cache
def text_of(file: str) -> str:
    return (TESTS / file).read_text(encoding="utf-8")


def astray(way: str) -> str:
    try:
        line_at(way)
    except Astray as error:
        return str(error)
    return ""


def test_what_is_not_executable_says_why():
    assert [row["id"] for row in ROWS if row["status"] in {"text", "play", "missing"} and not row["reason"]] == []


def test_most_of_what_touches_a_sheet_a_resource_or_a_choice_is_missed_by_a_test_without_its_line():
    asked = [row for row in ROWS if row["touches"] in ASKED]
    assert sum(row["status"] == "executable" for row in asked) >= ENOUGH * len(asked)
