"""Sheets: every value as plain JSON, in fields and records."""

import json
from dataclasses import replace
from fractions import Fraction

import pytest

from rulecore.derive import derive
from rulecore.formula.dice import Dice
from rulecore.model.sheet import json_of
from tests.derive.tiny import Maker, document, rules

RULES = rules()
ENTRY = Maker().entry("kin", "elder")
PARTS = {
    "fields": {"kin": "elder"},
    "choices": {"elder.talents": ["mixed"], "elder.talents.mixed.way": ["calm"]},
    "collections": {"bag": {"a": {"gear": "sword"}}},
}


def sheet(given=RULES, **more):
    return derive(document(**PARTS), given).sheet(**more)


def test_the_sheet_is_flat_and_plain():
    shown = json.loads(json.dumps(sheet().to_json()))
    assert shown.keys() == {"format", "ruleset", "entity", "fields", "records", "findings"}
    assert (shown["format"], shown["ruleset"]) == ("rulecore-sheet/1", {"packs": {"tiny": "1.0.0"}, "hash": "tiny"})
    assert (shown["fields"]["might.test.bonus"], shown["fields"]["kin"], shown["fields"]["elder.calling"]) == (0, "elder", False)


def test_elements_and_what_entries_bring_are_records():
    records = sheet().records
    assert records["bag.a"]["type"] == "carried"
    assert {"gear", "strike.bonus"} <= records["bag.a"]["fields"].keys()
    assert records["elder.talents.mixed.fire"] == {"type": "pool", "fields": {"maximum": 3, "spent": 0}}


def test_what_is_made_when_read_is_left_out_unless_asked_for():
    pool = replace(RULES.records["record pool"], on_read=True)
    given = replace(RULES, records=RULES.records | {"record pool": pool})
    assert "elder.talents.mixed.fire" not in sheet(given).records
    assert "elder.talents.mixed.fire" in sheet(given, on_read=True).records


VALUES = [
    (None, None),
    (True, True),
    (3, 3),
    ("word", "word"),
    (Fraction(7, 2), 3.5),
    (Fraction(4, 2), 2),
    (Dice(((4, 1),), 2), {"dice": "1d4+2", "average": 4.5}),
    (ENTRY, "elder"),
    (frozenset({ENTRY}), ["elder"]),
    ((1, ENTRY), [1, "elder"]),
    ({ENTRY: 2}, {"elder": 2}),
    (object, str(object)),
]


@pytest.mark.parametrize(("value", "shown"), VALUES)
def test_a_value_has_its_json_form(value, shown):
    assert json_of(value) == shown
