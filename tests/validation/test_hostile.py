"""Whatever is handed in ends in a report whose size is bounded, in every form."""

import json
from itertools import repeat

import pytest

from rulecore.validation import validate

LARGEST_LIST = 2_000_000
MOST_FINDINGS = 1_000

ITEMS = {f"i{place}": {"item": "no_such_thing"} for place in range(3_000)}
HOSTILE = {
    "forty megabytes": lambda: b'{"kind": "' + b"x" * 40_000_000 + b'"}',
    "ten thousand deep": lambda: '{"kind": "character", "fields": {"purse": ' + "[" * 10_000 + "]" * 10_000 + "}}",
    "ten thousand open": lambda: '{"kind":' * 10_000,
    "not a number": lambda: '{"kind": "character", "fields": {"purse": NaN, "strength.base": -Infinity}}',
    "keys twice": lambda: '{"kind": "character", "kind": "monster_sheet", "fields": {"purse": 1, "purse": 2}}',
    "lone surrogates": lambda: '{"kind": "character", "name": "\\ud800", "fields": {"\\udfff": 1}}',
    "unknown fields": lambda: {"kind": "character", "fields": dict(zip(map("u{}".format, range(100_000)), repeat(1)))},
    "unknown claims": lambda: {"kind": "character", "fields": {}, "claims": dict.fromkeys(map("u{}".format, range(100_000)), 1)},
    "unknown answers": lambda: {"kind": "character", "fields": {}, "choices": {f"u{each}": ["a"] * 10 for each in range(10_000)}},
    "unknown items": lambda: {"kind": "character", "collections": {"inventory": ITEMS}},
    "a hundred thousand levels": lambda: {"kind": "character", "collections": {"levels": [{"class": "fighter"}] * 100_000}},
    "a foreign heap": lambda: {f"key {place}": {"class": "fighter", "level": place} for place in range(10_000)},
    "a recipe of anything": lambda: {"levels": ["fighter"] * 5_000, "species": "x" * 100_000},
    "a sheet of anything": lambda: {
        "format": "rulecore-sheet/1",
        "fields": dict.fromkeys(map(str, range(5_000)), "x"),
        "records": 3,
    },
    "nothing but words": lambda: "level " * 100_000,
    "bytes": lambda: bytes(range(256)) * 1_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_report_is_bounded(name, rules):
    report = validate(HOSTILE[name](), rules)
    assert report.findings
    assert len(report.findings) <= MOST_FINDINGS
    told = report.to_json()
    del told["data"]
    assert len(json.dumps(told)) < LARGEST_LIST
    assert len(json.dumps(report.to_sarif()).encode()) < LARGEST_LIST
    assert len(report.to_markdown().encode()) < LARGEST_LIST
    assert len(report.to_llm(500)) <= 1_600


@pytest.mark.parametrize("form", ["document", "recipe", "sheet", "foreign"])
@pytest.mark.parametrize(
    "value", [None, 0, [], {}, [{}], "", {"kind": []}, {"fields": 3}, {"levels": {"a": []}}, {"claims": [1]}]
)
def test_a_form_that_it_has_not_is_no_crash(form, value, rules):
    validate(value, rules, form=form).to_json()
