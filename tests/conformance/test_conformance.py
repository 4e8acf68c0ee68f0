"""The corpus is whole and its arithmetic is right; the engine agrees with every record that is checked."""

import re
from collections import Counter
from typing import Any

import pytest

from tests.conformance.corpus import EXAMPLES, Record, character, differences, example_records, records, slug, worked

RULES = range(1, 93)
RULES_WITH_A_RULING = {9, 14, 18, 19, 36, 39, 47, 53, 59, 78}
KEYS = {
    "checked": {"rule", "title", "citation", "status", "document", "expect"},
    "later": {"rule", "title", "citation", "status", "reason"},
}
OPTIONAL_KEYS = {"acts", "arithmetic", "findings", "absent_findings", "absent", "no_findings"}
REASON = re.compile(r"play: .{5}")
NAME = r"[a-z0-9_]+(#[2-9])?"
ID = re.compile(rf"[a-z][a-z0-9_]*(\.{NAME})*")
PARTS_OF_A_DOCUMENT = {
    "format",
    "packs",
    "kind",
    "name",
    "rulings",
    "inputs",
    "fields",
    "collections",
    "choices",
    "notes",
}

CORPUS = records()
EXAMPLE_RECORDS = example_records()
CHECKED = [record for record in CORPUS if record["status"] == "checked"]
WORKED = CHECKED + EXAMPLE_RECORDS

each_worked = pytest.mark.parametrize("record", WORKED, ids=slug)


# The corpus itself, without the engine.


def test_every_rule_has_a_record():
    assert {record["rule"] for record in CORPUS} == set(RULES)


def test_every_record_has_the_keys_of_its_status():
    for record in CORPUS:
        keys = KEYS[record["status"]]
        extra = OPTIONAL_KEYS if record["status"] == "checked" else set()
        assert keys <= set(record) <= keys | extra, record["title"]


def test_titles_are_unique():
    counted = Counter(record["title"] for record in CORPUS + EXAMPLE_RECORDS)
    assert [title for title, count in counted.items() if count > 1] == []


def test_every_record_cites_the_book():
    for record in CORPUS + EXAMPLE_RECORDS:
        assert re.fullmatch(r"SRD 5\.2\.1, [A-Z].+", record["citation"]), record["title"]


def test_later_has_an_allowed_reason():
    for record in CORPUS:
        if record["status"] == "later":
            assert REASON.match(record["reason"]), record["title"]


def test_every_ruling_is_tested_both_ways():
    for rule in RULES_WITH_A_RULING:
        switched = [record for record in CHECKED if record["rule"] == rule and "rulings" in record["document"]]
        default = [record for record in CHECKED if record["rule"] == rule and "rulings" not in record["document"]]
        assert switched, rule
        assert default, rule


def test_every_checked_record_says_something():
    for record in CHECKED:
        assert record["expect"] or record.get("findings") or record.get("absent_findings"), record["title"]


@each_worked
def test_arithmetic_is_true(record: Record):
    arithmetic = record.get("arithmetic", {})
    assert set(arithmetic) == {field for field, value in record["expect"].items() if needs_arithmetic(value)}
    for field, line in arithmetic.items():
        result, said = worked(line)
        assert result == said == record["expect"][field], f"{field}: {line}"


def needs_arithmetic(value: Any) -> bool:
    if isinstance(value, str):
        return re.match(r"\d+d\d", value) is not None
    return isinstance(value, int | float) and not isinstance(value, bool)


@each_worked
def test_ids_are_well_formed(record: Record):
    document = record["document"]
    assert set(document) <= PARTS_OF_A_DOCUMENT
    parts = ["fields", "collections", "choices", "rulings"]
    ids = [name for part in parts for name in document.get(part, {})] + list(record["expect"]) + record.get("absent", [])
    assert [name for name in ids if not ID.fullmatch(name)] == []
    for choice, options in document.get("choices", {}).items():
        assert options, choice
        assert [option for option in options if not re.fullmatch(NAME, option)] == [], choice
    assert [dangling for dangling in inner_choices_without_an_outer(document) if dangling] == []


def inner_choices_without_an_outer(document: dict[str, Any]) -> list[str]:
    """The choices that hang below an option nobody has picked, such as the increase of a feat not chosen."""
    choices = document.get("choices", {})
    return [
        inner
        for inner in choices
        for outer, options in choices.items()
        if inner.startswith(f"{outer}.") and not any(inner.startswith(f"{outer}.{option}.") for option in options)
    ]


def test_every_example_has_a_record():
    assert {record["example"] for record in EXAMPLE_RECORDS} == {path.name for path in EXAMPLES.glob("*.json")}


def test_the_examples_show_every_class():
    levels = [level["class"] for record in EXAMPLE_RECORDS for level in record["document"]["collections"]["levels"]]
    assert set(levels) == {"barbarian", "fighter", "monk", "paladin", "ranger", "warlock", "wizard"}


# The engine against the corpus.


@pytest.fixture(scope="session")
def rules() -> Any:
    import rulecore as rc

    return rc.load_ruleset()


@each_worked
def test_engine_agrees(rules: Any, record: Record):
    wrong = differences(character(rules, record), record)
    assert wrong == [], "\n".join([record["title"], record["citation"], *wrong])
