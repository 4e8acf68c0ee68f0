"""Fields are read as plain values, typed where the caller says so."""

import json
from pathlib import Path
from typing import Any

import pytest

import rulecore as rc


def test_fields_are_plain_values(hero: Any):
    assert hero["grace.stature"] == 2
    assert hero["calling"] == "ferrier"
    assert hero["trembling"] is False
    assert hero["ferrier.knacks"] == {"steady_hands", "sure_foot"}
    assert str(hero["grace.trial.pips"]) == "2d6+4"


def test_typed_reads(hero: Any):
    assert hero.integer("bulk_limit") == 8
    assert hero.text("calling") == "ferrier"
    assert hero.dice("grace.trial.pips") == rc.Dice(((6, 2),), 4)
    assert hero.dice("grace.stature") == rc.Dice((), 2)
    assert hero.members("ferrier.knacks") == ("steady_hands", "sure_foot")
    assert hero.members("satchel") == ("satchel.s1",)


@pytest.mark.parametrize(
    ("read", "path"),
    [("integer", "calling"), ("integer", "trembling"), ("text", "bulk_limit"), ("dice", "calling"), ("members", "calling")],
)
def test_a_read_of_another_type_says_so(hero: Any, read: str, path: str):
    with pytest.raises(rc.FieldTypeError, match=path):
        getattr(hero, read)(path)


def test_an_unknown_field_names_the_nearest(hero: Any):
    with pytest.raises(KeyError) as raised:
        hero["bulk_limt"]
    assert raised.value.nearest == "bulk_limit"
    assert "bulk_limt" not in hero
    assert "bulk_limit" in hero


def test_a_document_comes_from_a_dict_text_or_file(rules: Any, hero: Any, tmp_path: Path):
    text = json.dumps(hero.document)
    path = tmp_path / "odo.json"
    path.write_text(text)
    assert rules.character(text).sheet() == rules.character(path).sheet() == hero.sheet()


def test_a_document_out_is_the_document_in_and_a_copy(rules: Any, hero: Any):
    document = hero.document
    document["fields"]["grace.grown"] = 3
    assert hero["grace.grown"] == 1
    assert rules.character(hero.document).document == hero.document


def test_a_sheet_is_json_and_has_every_field(hero: Any):
    sheet = json.loads(json.dumps(hero.sheet().to_json()))
    assert sheet["fields"]["grace.trial.pips"] == {"dice": "2d6+4", "average": 11}
    assert sheet["records"]["satchel.s1"] == {"type": "bundle", "fields": sheet["records"]["satchel.s1"]["fields"]}


def test_what_is_no_document_says_why(rules: Any):
    with pytest.raises(rc.DocumentError) as raised:
        rules.character('{"kind": "wayfarer", "kind": "x"}')
    assert raised.value.findings[0].code == "document.duplicate"


def test_an_explanation_adds_up(hero: Any):
    explanation = hero.explain("bulk_limit")
    assert explanation.value == 8
    assert [term.value for term in explanation.terms] == [6, 2]
    assert json.dumps(explanation.to_json())
