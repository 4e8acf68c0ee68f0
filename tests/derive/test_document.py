"""Reading documents: from anywhere, strictly, with every fault at once."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rulecore.errors import DocumentError
from rulecore.model.document import read_document
from rulecore.model.strict import DEEPEST, LARGEST_TEXT, escape, unescape

WHOLE = {"format": "rulecore/1", "kind": "hero", "name": "Mara", "fields": {"might.base": 2}}


def codes(error):
    return [finding.code for finding in error.value.findings]


def test_a_document_is_read_from_a_dict_a_text_bytes_or_a_file(tmp_path):
    path = tmp_path / "mara.json"
    path.write_text(json.dumps(WHOLE))
    for given_form in (WHOLE, json.dumps(WHOLE), json.dumps(WHOLE).encode(), path, read_document(WHOLE)):
        document = read_document(given_form)
        assert (document.kind, document.name, document.fields, document.findings) == ("hero", "Mara", {"might.base": 2}, ())


def test_a_copy_to_keep_is_fresh():
    document = read_document(WHOLE)
    document.to_json()["fields"]["might.base"] = 3
    assert document.fields == {"might.base": 2}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"kind": "hero", "kind": "hero"}', "document.duplicate"),
        ('{"kind": "hero", "fields": {"a": NaN}}', "document.constant"),
        ('{"kind": "hero", "fields": {"a": -Infinity}}', "document.constant"),
        ("{", "document.syntax"),
        ("[" * 100_000, "document.depth"),
        ("[1]", "document.type"),
        ("null", "document.type"),
        ('{"format": "rulecore/1"}', "document.kind"),
        ('{"kind": 3}', "document.part"),
        (" " * (LARGEST_TEXT + 1), "document.length"),
        (b"\xff\xfe", "document.unreadable"),
        ('{"kind": "hero", "notes": ' + "[" * DEEPEST + "]" * DEEPEST + "}", "document.depth"),
    ],
)
def test_what_is_no_document_is_refused(text, code):
    with pytest.raises(DocumentError) as error:
        read_document(text)
    assert code in codes(error)
    assert code in str(error.value)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (10**400, "document.number"),
        (float("inf"), "document.number"),
        (float("nan"), "document.number"),
        ({1: 2}, "document.keys"),
        ({1, 2}, "document.value"),
        (b"x", "document.value"),
    ],
)
def test_what_json_does_not_have_is_refused_in_a_dict_too(value, code):
    with pytest.raises(DocumentError) as error:
        read_document({"kind": "hero", "fields": {"a": [value]}})
    assert codes(error) == [code]


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(DocumentError) as error:
        read_document(tmp_path / "nobody.json")
    assert codes(error) == ["document.unreadable"]


def test_all_faults_of_the_envelope_are_told_at_once():
    inside = {"feilds": {}, "fields": [], "choices": {"a": "b"}, "collections": {"bag/x": 3}, "name": None}
    document = read_document({"format": "rulecore/9", "kind": "hero"} | inside)
    assert {(finding.code, finding.pointer) for finding in document.findings} == {
        ("document.format", "/format"),
        ("document.key", "/feilds"),
        ("document.part", "/fields"),
        ("choice.type", "/choices/a"),
        ("collection.shape", "/collections/bag~1x"),
        ("document.part", "/name"),
    }
    assert next(finding for finding in document.findings if finding.code == "document.key").nearest == "fields"


ADDRESSES = {
    "might.base": "/fields/might.base",
    "bag.a.worn": "/collections/bag/a/worn",
    "bag.a.strike.spent": "/collections/bag/a/strike.spent",
    "rungs.2.stat": "/collections/rungs/1/stat",
    "rungs.3.stat": "/fields/rungs.3.stat",
    "bag.c.worn": "/fields/bag.c.worn",
    "bag.a.inside.b.worn": "/collections/bag.a.inside/b/worn",
}
PLACED = read_document({"kind": "hero", "collections": {"bag": {"a": {}}, "rungs": [{}, {}], "bag.a.inside": {"b": {}}}})


@pytest.mark.parametrize(("path", "pointer"), ADDRESSES.items())
def test_a_dotted_id_and_a_pointer_are_one_address(path, pointer):
    assert PLACED.pointer(path) == pointer
    assert PLACED.path(pointer) == path


def test_other_pointers_have_ids_too():
    assert PLACED.path("/choices/elder.talents") == "elder.talents"
    assert PLACED.path("/name") == "name"


@given(st.text(max_size=20))
def test_escaping_is_undone(segment):
    assert unescape(escape(segment)) == segment
    assert "/" not in escape(segment)


@given(
    st.dictionaries(
        st.sampled_from(["kind", "fields", "choices", "x"]), st.none() | st.integers() | st.text() | st.lists(st.none())
    )
)
def test_whatever_is_given_is_read_or_refused_with_findings(raw):
    if isinstance(raw.get("kind"), str):
        assert read_document(raw).kind == raw["kind"]
        return
    with pytest.raises(DocumentError) as error:
        read_document(raw)
    told = {"document.kind", "document.part", "document.format", "document.key", "document.number", "choice.type"}
    assert {*codes(error)} <= told
