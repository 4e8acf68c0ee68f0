"""Anything that may hold JSON is read: what is sound comes back as it is, what is not with each fault at its place, in bounds."""

from __future__ import annotations

import json
import random
import re
from collections import OrderedDict
from enum import IntEnum, StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rulecore.finding import Finding, Safety, Severity
from rulecore.model.strict import DEEPEST, LARGEST_NUMBER, LARGEST_TEXT, LONGEST_KEY, MOST_FINDINGS, check_values
from rulecore.validation.faults import CAUSES, LONGEST_EXCERPT
from rulecore.validation.reading import Read, read

# ---- a table of texts


def codes(found: Read) -> list[str]:
    return [f"{finding.code.removeprefix('document.')} {finding.pointer}".strip() for finding in found.findings]


CASES: list[tuple[str, Any, list[str]]] = [
    # commas
    ('{"a": 1,}', {"a": 1}, ["comma"]),
    ('{"a": [1, 2,],}', {"a": [1, 2]}, ["comma /a", "comma"]),
    ("[1,, 2]", [1, 2], ["comma"]),
    ("[, 1]", [1], ["comma"]),
    ("{,}", {}, ["comma"]),
    ('{"a": 1 "b": 2}', {"a": 1, "b": 2}, ["missing_comma /b"]),
    ('{"a": 1\n "b": 2}', {"a": 1, "b": 2}, ["missing_comma /b"]),
    ("[1 2 3]", [1, 2, 3], ["missing_comma /1", "missing_comma /2"]),
    ('["a" "b"]', ["a", "b"], ["missing_comma /1"]),
    ("[{} []]", [{}, []], ["missing_comma /1"]),
    ('{"a": {} b: 1}', {"a": {}, "b": 1}, ["missing_comma /b", "unquoted /b"]),
    ('{"a": 1; "b": 2;}', {"a": 1, "b": 2}, ["semicolon /a", "semicolon /b", "comma"]),
    # colons
    ('{"a" 1}', {"a": 1}, ["missing_colon /a"]),
    ('{"a" "b", "c" {}}', {"a": "b", "c": {}}, ["missing_colon /a", "missing_colon /c"]),
    ('{"a" = 1, "b" => 2}', {"a": 1, "b": 2}, ["missing_colon /a", "missing_colon /b"]),
    ('{"a":: 1}', {"a": 1}, ["sign"]),
    ("[1: 2]", [1, 2], ["sign", "missing_comma /1"]),
    # values and keys that are missing
    ('{"a": , "b": 1}', {"b": 1}, ["missing_value"]),
    ('{"a", "b": 1}', {"b": 1}, ["missing_value"]),
    ('{"b": 1, "a": }', {"b": 1}, ["missing_value"]),
    ('{"b": 1, "a"}', {"b": 1}, ["missing_value"]),
    ('{"x": {"a": "b": 1}}', {"x": {"b": 1}}, ["missing_value /x"]),
    ('{"a": 1, {"b": 2}, "c": 3}', {"a": 1, "c": 3}, ["missing_key"]),
    # quotation marks
    ("{'a': 'b'}", {"a": "b"}, ["quotes /a", "quotes /a"]),
    ("['it's', 'the dogs\\' bowl']", ["it's", "the dogs' bowl"], ["quotes /0", "quotes /1", "escape /1"]),
    ('{“a”: “say "b" now”}', {"a": 'say "b" now'}, ["quotes /a", "quotes /a"]),
    ('[«a», „b“, “c"]', ["a", "b", "c"], ["quotes /0", "quotes /1", "quotes /2"]),
    ('{"a": "She said "no" to us", "b": 1}', {"a": 'She said "no" to us', "b": 1}, ["inner_quotes /a"]),
    ('{"a": "Bob,\n "b": 1}', {"a": "Bob", "b": 1}, ["unclosed /a"]),
    ('{"b": 1, "a": "Bob\n}', {"b": 1, "a": "Bob"}, ["unclosed /a"]),
    ("{a: 1, $b_2: 2, c-d: 3}", {"a": 1, "$b_2": 2, "c-d": 3}, ["unquoted /a", "unquoted /$b_2", "unquoted /c-d"]),
    ('{"a": 30 feet, full name: Bob Smith}', {"a": "30 feet", "full name": "Bob Smith"},
     ["unquoted /a", "unquoted /full name", "unquoted /full name"]),
    ("[a, b c]", ["a", "b c"], ["unquoted /0", "unquoted /1"]),
    ("{1: 2}", {"1": 2}, ["unquoted /1"]),
    # words and numbers
    ("[True, FALSE, None, undefined, nil]", [True, False, None, None, None], [f"literal /{place}" for place in range(5)]),
    ('{"a": NaN, "b": [1, -Infinity, 2], "c": +inf}', {"b": [1, 2]}, ["constant", "constant /b", "constant"]),
    ("[+5, 05, .5, 5., -.5e1, 0x1F, 1_000, -007]", [5, 5, 0.5, 5.0, -5.0, 31, 1000, -7], [f"numeral /{n}" for n in range(8)]),
    ("[00, 0.50, -0]x", [0, 0.5, 0], ["numeral /0", "prose"]),
    ('{"a": 1e400, "b": 10000000000000000, "c": 1}', {"c": 1}, ["number", "number"]),
    (f'{{"a": {"9" * 5000}, "b": 0x{"f" * 5000}}}', {}, ["number", "number"]),
    # escapes
    (r'{"a": "C:\dir \x41 \_ \u00e9"}', {"a": r"C:\dir A _ é"}, ["escape /a"]),
    ('{"a": "x\ny\tz"}', {"a": "x\ny\tz"}, ["control /a"]),
    (r'["\ud800", "\ud83d\ude00", "\udc00\ud800"]', ["\ufffd", "😀", "\ufffd\ufffd"], ["surrogate /0", "surrogate /2"]),
    ('["\ud800"]', ["\ufffd"], ["surrogate /0"]),
    ("[1,\u00a02]", [1, 2], ["control /1"]),
    # brackets
    ('{"a": [1, 2}', {"a": [1, 2]}, ["bracket /a"]),
    ('{"a": [1, 2], "b": {"c": [3}, "d": 4}', {"a": [1, 2], "b": {"c": [3]}, "d": 4}, ["bracket /b/c"]),
    ('{"a": {"b": 1], "c": 2}', {"a": {"b": 1}, "c": 2}, ["bracket /a"]),
    ("[[1, 2}, [3]]", [[1, 2], [3]], ["bracket /0"]),
    ('{"a": [1, 2]], "b": 3}', {"a": [1, 2], "b": 3}, ["bracket"]),
    ('{"a": {"b": 1}}, "c": 3}', {"a": {"b": 1}, "c": 3}, ["bracket"]),
    ('{"a": 1}}', {"a": 1}, ["bracket"]),
    ('{{"a": 1}}', {"a": 1}, ["bracket", "bracket"]),
    # comments
    ('{"a": 1, // one\n # two\n "b": /* three\n */ 2}', {"a": 1, "b": 2}, ["comment /a", "comment /a", "comment /b"]),
    ('{"a": "http://x#y /* z */",}', {"a": "http://x#y /* z */"}, ["comma"]),
    ('{"a": [1, ...], "b": 2}', {"a": [1], "b": 2}, ["comma /a", "sign /a"]),
    # the end comes too early
    ('{"a": 1, "b": [1, 2', {"a": 1, "b": [1]}, ["truncated /b"]),
    ('{"a": 1, "b": [1, 2 ', {"a": 1, "b": [1, 2]}, ["truncated /b"]),
    ('{"a": "x", "b": "y', {"a": "x"}, ["truncated"]),
    ('{"a": "x", "b', {"a": "x"}, ["truncated"]),
    ('{"a": true, "b": nul', {"a": True}, ["truncated"]),
    ("[true", [True], ["truncated"]),
    ("{", {}, ["truncated"]),
    ('```json\n{"a": [1, 2\n```\nI hope this helps.', {"a": [1, 2]}, ["fence", "prose", "truncated /a"]),
    # twice
    ('{"a": 1, "a": 1}', {"a": 1}, ["duplicate /a"]),
    ('{"x": [0, {"a/b": 1, "a/b": [2]}]}', {"x": [0, {"a/b": [2]}]}, ["duplicate /x/1/a~1b"]),
    ('{"a": 1, "a": 2, "a": 3}', {"a": 3}, ["duplicate /a"]),
    ('{"a": 1, "a": true}', {"a": True}, ["duplicate /a"]),
    # measures
    (f'{{"a": 1, "{"k" * (LONGEST_KEY + 1)}": 2}}', {"a": 1}, ["key_length"]),
    # around
    ('```json\n{"a": 1}\n```', {"a": 1}, ["fence"]),
    ('~~~\n{"a": 1}\n~~~\n', {"a": 1}, ["fence"]),
    ('Here you are:\n\n```json5 x\n{"a": 1}\n```\nEnjoy!', {"a": 1}, ["fence", "prose"]),
    ('Use {curly} and {b: like [this].\n```\n{"a": 1}\n```', {"a": 1}, ["fence", "prose"]),
    ('Sure! {"a": 1} Anything else?', {"a": 1}, ["prose"]),
    ('[Note: it\'s done]\n{"a": 1}', {"a": 1}, ["several"]),
    ('{"a": 1}\n{"a": 1, "b": 2}', {"a": 1, "b": 2}, ["several"]),
    ('{"a": 1}\n{"b": 2}', {"a": 1}, ["several"]),
    ("{} [1, 2, 3]", {}, ["several"]),
    ('{"a": 1};', {"a": 1}, ["semicolon"]),
    ('\ufeff{"a": 1}', {"a": 1}, []),
    # values alone
    ("42", 42, []),
    ('"text"', "text", []),
    ("null", None, []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value", "expected"), CASES, ids=[repr(text[:40]) for text, *_ in CASES])
def test_a_text_is_read(text: str, value: Any, expected: list[str]):
    found = read(text)
    assert (found.value, codes(found), found.found) == (value, expected, True)
    assert json.dumps(found.value) == json.dumps(value)
    assert_bounded(found)


def test_every_cause_has_a_case():
    told = {f"document.{code.partition(' ')[0]}" for *_, expected in CASES for code in expected}
    assert set(CAUSES) - told == {"document.depth", "document.keys", "document.value"}


NOTHING = [
    ("", "document.empty"),
    (" \n", "document.empty"),
    ("Hello there.", None),
    ("# Bob\n\n- [ ] one\n- [x] two\n[link](there)", None),
    ("Dear {name},", "document.syntax"),
    ("NaN", "document.constant"),
    ("1e999", "document.number"),
    ("x" * (LARGEST_TEXT + 1), "document.length"),
    (b"\xff\xfe{", "document.unreadable"),
    (Path("/no/such/file"), "document.unreadable"),
    (Path("/"), "document.unreadable"),
]


@pytest.mark.parametrize(("given", "code"), NOTHING, ids=[repr(given)[:30] for given, _ in NOTHING])
def test_where_there_is_no_json_none_is_found(given: str | bytes | Path, code: str | None):
    found = read(given)
    assert (found.value, found.found) == (None, False)
    assert [finding.code for finding in found.findings] == ([code] if code else [])


def test_a_text_without_json_is_kept_and_words_around_json_are():
    sheet = "# Bob\n\nLevel 3, [link](there)"
    assert read(sheet).text == sheet
    assert read('Above.\n```json\n{"a": 1}\n```\nBelow.').text.split() == ["Above.", "Below."]


def test_bytes_and_files_are_read(tmp_path: Path):
    path = tmp_path / "x.json"
    path.write_bytes(b'\xef\xbb\xbf{"a": "\xc3\xa9"}')
    assert read(path) == read(path.read_bytes()) == Read({"a": "é"}, ())


# ---- what a finding says


def only(found: Read) -> Finding:
    (finding,) = found.findings
    return finding


def test_a_finding_has_the_line_and_the_column():
    found = only(read('{\n  "a": 1,\n  "b": [1, True]\n}'))
    assert found.message.startswith("line 3, column 12: true, false or null is expected")
    assert (found.pointer, found.found, found.severity) == ("/b/1", "True", Severity.ERROR)
    assert [(fix.safety, fix.patch) for fix in found.fixes] == [(Safety.CERTAIN, ())]


def test_findings_stand_in_the_order_of_the_text():
    places = [re.match(r"line (\d+), column (\d+)", each.message) for each in read("[True,\n'a', {b: 1,}\n nil;").findings]
    numbers = [tuple(map(int, place.groups())) for place in places if place]
    assert len(numbers) == 8
    assert numbers == sorted(numbers)


def test_what_is_around_and_in_between_is_a_warning():
    found = read('Look:\n```\n{"a": 1 // one\n}\n```')
    assert {finding.severity for finding in found.findings} == {Severity.WARNING}


def test_the_end_is_mended_as_likely_and_a_hole_not_at_all():
    assert [fix.safety for fix in only(read('{"a": 1')).fixes] == [Safety.LIKELY]
    hole = only(read('{"a": [1, NaN, 2]}'))
    assert hole.fixes == ()
    assert "left out" in hole.message


def test_equal_keys_are_a_warning_and_different_values_a_choice():
    same = only(read('{"a": {"b": 1}, "a": {"b": 1}}'))
    assert (same.severity, [fix.safety for fix in same.fixes]) == (Severity.WARNING, [Safety.CERTAIN])
    other = only(read('{"x": [{"a": 1, "a": 2}]}'))
    (fix,) = other.fixes
    assert (other.severity, fix.safety) == (Severity.ERROR, Safety.CHOICE)
    assert list(fix.patch) == [
        {"op": "test", "path": "/x/0/a", "value": 2},
        {"op": "replace", "path": "/x/0/a", "value": 1},
    ]


def test_a_choice_between_values_that_are_gone_is_not_offered():
    found = read('{"a": {"b": 1, "b": 2}, "a": 3}')
    inner, outer = found.findings
    assert (inner.pointer, inner.fixes) == ("/a", ())
    assert (outer.pointer, len(outer.fixes)) == ("/a", 1)


def test_many_faults_of_one_sort_leave_room_for_others():
    found = read("{" + ", ".join(f"'k{place}': 'v'" for place in range(1000)) + ", 'last': True}")
    told = {finding.code for finding in found.findings}
    assert told == {"document.quotes", "document.literal", "findings.more"}
    assert found.findings[-1].code == "findings.more"
    assert len(found.value) == 1001


# ---- depth


def nested(depth: int, inside: str = "1") -> str:
    return '{"a":' * depth + inside + "}" * depth


@pytest.mark.parametrize("depth", [1, DEEPEST - 2, DEEPEST - 1])
def test_what_is_not_too_deep_is_sound(depth: int):
    assert read(nested(depth)).findings == ()
    assert read(nested(depth, "{}")).findings == ()
    assert read(json.loads(nested(depth, "[]"))).findings == ()
    assert codes(read(nested(depth, "[,]")))[0].startswith("comma") or depth == DEEPEST - 1


@pytest.mark.parametrize("depth", [DEEPEST, DEEPEST + 1, 10_000, 100_000])
def test_what_is_too_deep_is_left_out(depth: int):
    found = read(nested(depth))
    assert [finding.code for finding in found.findings] == ["document.depth"]
    check_values(found.value)
    assert read("[1, " + nested(depth) + ", 2]").value[::2] == [1, 2]


# ---- values of Python


class Word(StrEnum):
    ONE = "one"


class Count(IntEnum):
    ONE = 1


class Strange:
    pass


VALUES: list[tuple[Any, Any, list[str]]] = [
    ({"a": [1, 2.5, True, None, "x"]}, {"a": [1, 2.5, True, None, "x"]}, []),
    (MappingProxyType({"a": (1, 2)}), {"a": [1, 2]}, []),
    (OrderedDict(a={"b": ()}), {"a": {"b": []}}, []),
    ({"a": Word.ONE, "b": Count.ONE, Word.ONE: 1}, {"a": "one", "b": 1, "one": 1}, []),
    ({"a": float("nan"), "b": [1, float("inf"), 2]}, {"b": [1, 2]}, ["constant", "constant /b"]),
    ({"a": LARGEST_NUMBER, "b": LARGEST_NUMBER + 1, "c": -1e300}, {"a": LARGEST_NUMBER}, ["number", "number"]),
    ({"a": 10**5000}, {}, ["number"]),
    ({"a": {1, 2}, "b": [b"x", Strange(), 1]}, {"b": [1]}, ["value", "value /b", "value /b"]),
    ({1: "a", None: "b", "x": {(1,): 2}}, {"1": "a", "x": {}}, ["keys /1", "keys", "keys /x"]),
    ({1: "a", "1": "b"}, {"1": "b"}, ["keys"]),
    ({10**5000: "a"}, {}, ["keys"]),
    ({"k" * (LONGEST_KEY + 1): 1, "b": 2}, {"b": 2}, ["key_length"]),
    ({"a": "\ud800", "\udc00": 1}, {"a": "\ufffd", "\ufffd": 1}, ["surrogate /a", "surrogate /\ufffd"]),
    ({"b": "\ud83d\ude00"}, {"b": "😀"}, []),
    ([], [], []),
]  # fmt: skip


@pytest.mark.parametrize(("given", "value", "expected"), VALUES)
def test_a_value_of_python_is_made_plain(given: Any, value: Any, expected: list[str]):
    found = read(given)
    assert (found.value, codes(found)) == (value, expected)
    assert json.dumps(found.value) == json.dumps(value)
    assert found.value is not given


def test_nothing_of_what_is_given_is_in_what_comes_out():
    given = {"a": {"b": [1]}}
    found = read(given)
    found.value["a"]["b"].append(2)
    assert given == {"a": {"b": [1]}}


def test_circles_are_left_out():
    circle: dict[str, Any] = {"a": 1}
    circle["self"] = circle
    circle["list"] = [circle, [circle], 2]
    found = read(circle)
    assert found.value == {"a": 1, "list": [[], 2]}
    assert codes(found) == ["depth", "depth /list", "depth /list/0"]


def test_what_would_never_end_is_not_read(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("rulecore.validation.sanitized.LARGEST_TEXT", 20_000)
    value: Any = 1
    for _ in range(30):
        value = [value] * 10
    found = read([value])
    assert (found.value, [finding.code for finding in found.findings]) == (None, ["document.length"])


def test_one_value_that_stands_in_two_places_is_no_circle():
    shared = [1]
    assert read({"a": shared, "b": shared}) == Read({"a": [1], "b": [1]}, ())


# ---- laws

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-LARGEST_NUMBER, LARGEST_NUMBER)
    | st.floats(-LARGEST_NUMBER, LARGEST_NUMBER)
    | st.text(max_size=12)
)


def containers(keys: st.SearchStrategy[str], scalars: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    def extend(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        return st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4)

    return extend(st.recursive(scalars, extend, max_leaves=12))


JSON = containers(st.text(max_size=8), SCALARS)
LAYOUT = st.fixed_dictionaries({"indent": st.sampled_from([None, 0, 2, "\t"]), "ensure_ascii": st.booleans()})


def same(left: Any, right: Any) -> bool:
    return json.dumps(left) == json.dumps(right)


@given(JSON | SCALARS, LAYOUT)
def test_sound_json_comes_back_as_it_is(value: Any, layout: dict[str, Any]):
    found = read(json.dumps(value, **layout))
    assert found.findings == ()
    assert same(found.value, value)
    assert same(read([value]).value, [value])


def holds(part: Any, whole: Any) -> bool:
    """Tell whether every value of a part stands in the whole at the same pointer."""
    if isinstance(part, dict):
        return isinstance(whole, dict) and all(key in whole and holds(part[key], whole[key]) for key in part)
    if isinstance(part, list):
        return isinstance(whole, list) and len(part) <= len(whole) and all(map(holds, part, whole))
    return same(part, whole)


@given(JSON, LAYOUT, st.data())
def test_a_text_that_is_cut_gives_the_beginning_of_what_it_held(value: Any, layout: dict[str, Any], data: st.DataObject):
    text = json.dumps(value, **layout)
    cut = data.draw(st.integers(1, len(text) - 1))
    found = read(text[:cut])
    assert [finding.code for finding in found.findings] == ["document.truncated"]
    assert_bounded(found)
    assert holds(found.value, value)


TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}:,]|[^\s\[\]{}:,"]+')
PLAIN_KEY = re.compile(r'"[A-Za-z_]\w*"', re.ASCII)


def trailing_comma(tokens: list[str], place: int) -> list[str] | None:
    fits = tokens[place] in "]}" and tokens[place - 1] not in "[{"
    return [*tokens[:place], ",", *tokens[place:]] if fits else None


def comment(tokens: list[str], place: int) -> list[str] | None:
    word = ('/* a, "b": { */', "// it's\n", "# [1\n")[place % 3]
    return [*tokens[:place], word, *tokens[place:]] if place else None


def single_quotes(tokens: list[str], place: int) -> list[str] | None:
    token = tokens[place]
    fits = token[0] == '"' and not re.search(r"['\\]", token)
    return [*tokens[:place], f"'{token[1:-1]}'", *tokens[place + 1 :]] if fits else None


def literal(tokens: list[str], place: int) -> list[str] | None:
    words = {"true": "True", "false": "FALSE", "null": "None"}
    return [*tokens[:place], words[tokens[place]], *tokens[place + 1 :]] if tokens[place] in words else None


def dropped_comma(tokens: list[str], place: int) -> list[str] | None:
    return [*tokens[:place], *tokens[place + 1 :]] if tokens[place] == "," else None


def dropped_colon(tokens: list[str], place: int) -> list[str] | None:
    return [*tokens[:place], *tokens[place + 1 :]] if tokens[place] == ":" else None


def unquoted_key(tokens: list[str], place: int) -> list[str] | None:
    fits = PLAIN_KEY.fullmatch(tokens[place]) and tokens[place + 1] == ":"
    return [*tokens[:place], tokens[place][1:-1], *tokens[place + 1 :]] if fits else None


def fence(tokens: list[str], _place: int) -> list[str] | None:
    return ["```json\n", *tokens, "\n```"]


def prose(tokens: list[str], place: int) -> list[str] | None:
    return ["Here's the sheet: ", *tokens] if place % 2 else [*tokens, "\n\nTell me if that's right."]


FAULTS = {
    trailing_comma: "document.comma",
    comment: "document.comment",
    single_quotes: "document.quotes",
    literal: "document.literal",
    dropped_comma: "document.missing_comma",
    dropped_colon: "document.missing_colon",
    unquoted_key: "document.unquoted",
    fence: "document.fence",
    prose: "document.prose",
}
WORDS = st.text("ab'\"\\{}[],:; \n/#é", max_size=8) | st.sampled_from(["name", "true", "x y"])
OBJECTS = st.dictionaries(
    WORDS, containers(WORDS, SCALARS | WORDS) | st.booleans() | st.none() | WORDS, min_size=1, max_size=5
)  # fmt: skip


@pytest.mark.parametrize("spoil", FAULTS, ids=[spoil.__name__ for spoil in FAULTS])
@given(OBJECTS, st.randoms(use_true_random=False), st.sampled_from([" ", "\n"]))
def test_one_fault_changes_nothing_and_has_one_code(spoil: Any, value: dict[str, Any], chance: random.Random, space: str):
    tokens = TOKEN.findall(json.dumps(value))
    spoilt = [made for place in range(len(tokens)) if (made := spoil(tokens, place)) is not None]
    if not spoilt:
        return
    found = read(space.join(chance.choice(spoilt)))
    assert [finding.code for finding in found.findings] == [FAULTS[spoil]]
    assert same(found.value, value)


def assert_bounded(found: Read):
    assert len(found.findings) <= MOST_FINDINGS + 1
    for finding in found.findings:
        assert len(str(finding.found)) <= LONGEST_EXCERPT
        assert resolves(found.value, finding.pointer or "")
    json.dumps(found.value, ensure_ascii=False, allow_nan=False).encode()
    if isinstance(found.value, dict):
        check_values(found.value)


def resolves(value: Any, pointer: str) -> bool:
    for segment in pointer.split("/")[1:]:
        key = segment.replace("~1", "/").replace("~0", "~")
        if isinstance(value, list) and int(key) < len(value):
            value = value[int(key)]
        elif isinstance(value, dict) and key in value:
            value = value[key]
        else:
            return False
    return True


JSONISH = st.lists(
    st.sampled_from([*"{}[]\",:;'=\\/*#\n `~a1-.+ “”«»é\ud800\udc00\x01\u00a0", '"a"', '"b":', "```", "/*", "*/", "//", "NaN",
                     "true", "True", "1e9", "0x1", "=>", "{{", '"a": 1,', "\\u00", "1e400"]),
    max_size=60,
).map("".join)  # fmt: skip


@given(JSONISH)
def test_no_text_breaks_the_reader(text: str):
    for opened in (text, "{" + text, '{"a": [' + text + "]}"):
        found = read(opened)
        assert_bounded(found)
        assert read(opened) == found


@given(st.text() | st.binary())
def test_no_text_or_bytes_break_the_reader(text: str | bytes):
    assert_bounded(read(text))


STRANGE = st.none() | st.floats() | st.integers() | st.text(st.characters()) | st.binary() | st.just(Strange())


@given(
    st.recursive(
        STRANGE,
        lambda inner: st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(STRANGE, inner),
        max_leaves=20,
    ).map(lambda value: [value])
)
def test_no_value_breaks_the_reader(value: list[Any]):
    assert_bounded(read(value))
    assert_bounded(read({"a": value}))


HOSTILE = [
    "{", "[", "[1,", '"a":', '{"a":', '{"a":]', "[}", "[[}", '"', "'", "\\", '{"a":"\\', "/*", "//\n", "```\n", "```\n{", "{}",
    "{{", "“", '"\n\\', "a ", "1 ", "\ud800", "- [ ] ", '"a "b" ', '"a\nb',
]  # fmt: skip


@pytest.mark.parametrize("part", HOSTILE)
@pytest.mark.parametrize("opened", ["", "{", "[", '{"a":'])
def test_what_is_repeated_without_end_is_bounded(opened: str, part: str):
    assert_bounded(read(opened + part * 20_000))
