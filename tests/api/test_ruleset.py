"""A ruleset is known by its packs, tells what it holds, and makes sheets."""

import pickle
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import rulecore as rc

from .conftest import DOCUMENT, LANTERNS


def test_entries_are_found_by_kind_and_name(rules: Any):
    assert [entry.name for entry in rules.entries("calling")] == ["ferrier", "lamplighter"]
    assert rules.entry("gear", "pole") is rules.entry("gear", "gear.pole") is rules.entry("gear", "lanterns:gear.pole")
    with pytest.raises(rc.FieldError, match="lamplighter"):
        rules.entry("calling", "lamplighte")
    with pytest.raises(rc.FieldError, match="knack"):
        rules.entries("knac")


def test_what_it_consists_of(rules: Any):
    assert set(rules.kinds) >= {"virtue", "gear", "calling"}
    assert set(rules.entities) == {"wayfarer"}
    assert [pack.name for pack in rules.packs] == ["lanterns"]
    assert len(rules.hash) == 64


def test_a_pickle_is_a_reference(rules: Any):
    text = pickle.dumps(rules)
    assert len(text) < 1000
    assert pickle.loads(text).hash == rules.hash  # noqa: S301 - of our own making


def test_a_pickle_of_packs_that_changed_is_refused(tmp_path: Path):
    pack = tmp_path / "pack.brew"
    pack.write_text((LANTERNS / "lanterns.brew").read_text())
    text = pickle.dumps(rc.load_ruleset(tmp_path))
    pack.write_text(pack.read_text() + "\nknack late_riser\n")
    with pytest.raises(rc.PackError, match="have changed"):
        pickle.loads(text)  # noqa: S301 - of our own making


def test_the_schema_takes_good_documents_and_no_others(rules: Any):
    schema = rules.schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    assert [error.message for error in validator.iter_errors(DOCUMENT)] == []
    for wrong in (
        {"kind": "fish"},
        {"kind": "wayfarer", "armour": 1},
        {"kind": "wayfarer", "fields": {"grace.grown": 9}},
        {"kind": "wayfarer", "fields": {"grace.stature": 1}},
        {"kind": "wayfarer", "collections": {"satchel": {"s1": {"lid": True}}}},
        {"kind": "wayfarer", "collections": {"satchel": []}},
        {"kind": "wayfarer", "choices": {"ferrier.charm": "old_rope"}},
        {"kind": "wayfarer", "rulings": {"fog": True}},
    ):
        assert list(validator.iter_errors(wrong)), wrong


def test_fields_have_static_ids(rules: Any):
    fields = {info.id: info for info in rules.fields()}
    assert fields["grace.trial.pips"].mode == "derived"
    assert fields["satchel[].gear"].type == "ref gear"
    assert fields["calling"].mode == "editable"


def test_the_graph_says_what_reads_what(rules: Any):
    assert "grace.stature" in rules.graph().edges["grace.trial.bearing"]


def test_an_entry_becomes_the_entity_that_refers_to_it(rules: Any):
    assert rules.entity("calling", "lamplighter")["heart.stature"] == 1
    with pytest.raises(rc.FieldError):
        rules.entity("gear", "pole")


def test_a_pack_that_is_not_there_is_named():
    with pytest.raises(rc.PackError, match="nowhere"):
        rc.load_ruleset("nowhere")
