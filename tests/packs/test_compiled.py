"""A compiled ruleset is the one that was loaded: every entry, every formula, every sheet; what is damaged is never read."""

from __future__ import annotations

import copy
import json
import marshal
import os
import pickle
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

import rulecore as rc
from rulecore.finding import Finding, Severity
from rulecore.model.rules import Rules
from rulecore.packs import compiled
from rulecore.packs.compiled import Damaged, NoRuleset, OtherMaker, pack_up, unpack
from rulecore.packs.encode import Uncompilable
from rulecore.packs.load import load
from rulecore.packs.shipped import write_shipped

from .alike import differences

ROOT = Path(__file__).parents[2]
GAME = Path(__file__).parent / "other_game"
EXAMPLES = sorted((ROOT / "examples").glob("*.json"))
FLIPS = 400
COMPILE = """
import sys
from rulecore.packs.load import load
from rulecore.packs.shipped import write_shipped
write_shipped(sys.argv[1], load(sys.argv[2]).rules)
"""
RULESETS = {"standard": (), "other_game": (GAME,), "example_homebrew": ("srd_2024", "example_homebrew")}


@pytest.fixture(scope="module", params=RULESETS)
def loaded(request: pytest.FixtureRequest) -> Rules:
    return load(*RULESETS[request.param]).rules


@pytest.fixture(scope="module")
def game() -> Rules:
    return load(GAME).rules


@pytest.fixture
def file(game: Rules, tmp_path: Path) -> Path:
    path = tmp_path / "game.rulecore"
    write_shipped(path, game)
    return path


def test_what_was_compiled_is_what_was_loaded(loaded: Rules):
    again = unpack(pack_up(loaded, "name"), "name")
    assert differences(loaded, again) == []
    assert list(again.entries) == list(loaded.entries)
    assert all(again.entries[name].id == name for name in again.entries)


def test_the_comparison_sees_what_differs(game: Rules):
    again = unpack(pack_up(game, "name"), "name")
    assert differences(game, replace(again, hash="other")) != []
    entry = next(entry for entry in again.entries.values() if entry.shape is not None)
    assert entry.shape is not None
    object.__setattr__(entry, "shape", replace(entry.shape, block=replace(entry.shape.block)))
    other = unpack(pack_up(game, "name"), "name")
    object.__setattr__(other.entries[entry.id], "shape", None)
    assert differences(game, other) != []


def test_equal_formulas_that_were_two_stay_two(game: Rules):
    rulings = {name: replace(game.rulings["fog_hides_lamps"]) for name in ("one", "two")}
    default = rulings["one"].default
    copy = replace(default)
    rules = replace(game, rulings={"one": rulings["one"], "two": replace(rulings["two"], default=copy), "three": rulings["one"]})
    again = unpack(pack_up(rules, "name"), "name").rulings
    assert again["one"].default == again["two"].default
    assert again["one"].default is not again["two"].default
    assert again["one"] is again["three"]


def test_what_nobody_asks_for_is_not_decoded():
    rules = unpack(pack_up(load().rules, "name"), "name")
    rc.Ruleset(rules).character(EXAMPLES[0]).sheet()
    late = [entry for entry in rules.entries.values() if entry.part]
    assert len(late) > len(rules.entries) / 2
    entry = late[0]
    with pytest.raises(AttributeError, match="'Entry' object has no attribute 'colour'"):
        entry.colour  # noqa: B018
    assert entry.part
    assert entry.span is entry.span
    assert not entry.part


def test_an_entry_is_the_same_for_all_who_ask_at_once(loaded: Rules):
    rules = unpack(pack_up(loaded, "name"), "name")
    with ThreadPoolExecutor(8) as pool:
        for entry in rules.entries.values():
            assert len({id(shape) for shape in pool.map(lambda each: each.shape, [entry] * 8)}) == 1


def test_an_entry_that_is_copied_or_pickled_is_whole(game: Rules):
    for again in (copy.copy, copy.deepcopy, lambda entry: pickle.loads(pickle.dumps(entry)), replace):  # noqa: S301 - our own
        rules = unpack(pack_up(game, "name"), "name")
        for entry in rules.entries.values():
            other = again(entry)
            assert differences(entry, other) == []


def test_every_sheet_is_the_same_byte_for_byte():
    rules = load().rules
    again = unpack(pack_up(rules, "name"), "name")
    for path in EXAMPLES:
        sheets = [json.dumps(rc.Ruleset(each).character(path).sheet().to_json()) for each in (rules, again)]
        assert sheets[0] == sheets[1], path.name


def test_findings_come_with_all_they_say(game: Rules):
    finding = Finding(
        "a.b", "c", Severity.WARNING, next(iter(game.entries.values())).span, "/d", ["e", 1, 2.5, None, {"f": (True,)}],
        frozenset({"g", "\ud800"}), "h", ({"op": "add"},), "i", "j", (("k", game.packs[0].span),), "l",
    )  # fmt: skip
    again = unpack(pack_up(replace(game, findings=(finding,)), "name"), "name")
    assert again.findings == (finding,)


def test_what_rules_do_not_consist_of_is_not_compiled(game: Rules):
    endless: list[object] = []
    endless.append(endless)
    for found in (object(), print, b"bytes", endless, {game.rulings["fog_hides_lamps"]: 1}, range(2)):
        with pytest.raises(Uncompilable):
            pack_up(replace(game, findings=(Finding("a.b", "c", found=found),)), "name")


def test_equal_rules_are_equal_bytes_in_every_process(file: Path):
    for seed in ("1", "2"):
        other = file.with_name(seed)
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-c", COMPILE, str(other), str(GAME)], check=True, env=environment)
        assert other.read_bytes() == file.read_bytes()


# ---- what is not as it was written


def test_a_bit_turned_over_anywhere_is_noticed(file: Path):
    content = file.read_bytes()
    chosen = random.Random(5)  # noqa: S311 - the same places every time
    places = [*range(8 * 120), *(chosen.randrange(8 * len(content)) for _ in range(FLIPS))]
    for place in places:
        turned = bytearray(content)
        turned[place // 8] ^= 1 << place % 8
        with pytest.raises((NoRuleset, OtherMaker, Damaged)):
            unpack(bytes(turned), "shipped")


def test_a_part_is_no_whole(file: Path):
    content = file.read_bytes()
    for length in (0, 1, 20, content.index(b"\n"), content.index(b"\n") + 1, len(content) // 2, len(content) - 1):
        with pytest.raises((NoRuleset, OtherMaker, Damaged)):
            unpack(content[:length], "shipped")
    with pytest.raises(Damaged):
        unpack(content + b"\0", "shipped")


@pytest.mark.parametrize(
    "value",
    [
        None,
        (),
        "text",
        ([], ([], [], [], []), {}, 0),
        ([], ([1], [], [], []), {}, 0),
        ([], ([], [("os.system", [("x",)])], [], []), {}, 0),
        ([("system", ())], ([], [], [], []), {}, 0),
    ],
)
def test_what_is_sealed_and_no_ruleset_is_refused(value: object):
    content = marshal.dumps(value)
    with pytest.raises(Damaged):
        unpack(compiled._first_line("name", content) + content, "name")


def test_another_name_another_version_and_another_python_are_refused(game: Rules, monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(Damaged):
        unpack(pack_up(game, "one"), "two")
    for name, value in (("VERSION", "99.0"), ("_PYTHON", "cpython-2")):
        with monkeypatch.context() as patch:
            patch.setattr(compiled, name, value)
            content = pack_up(game, "one")
        with pytest.raises(OtherMaker):
            unpack(content, "one")


def test_a_class_with_other_fields_is_refused(game: Rules, monkeypatch: pytest.MonkeyPatch):
    content = pack_up(game, "one")
    monkeypatch.setattr("rulecore.packs.decode.fields_of", lambda _sort: ("other",))
    with pytest.raises(Damaged):
        unpack(content, "one")


# ---- files to ship


def test_a_file_is_loaded_by_its_name(file: Path, game: Rules, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(file.parent)
    for given in (file, str(file), file.name):
        rules = rc.load_ruleset(given, strict=True)
        assert rules.hash == game.hash
        assert pickle.loads(pickle.dumps(rules)).hash == game.hash  # noqa: S301 - of our own making


def test_a_pickle_of_a_file_that_changed_is_refused(file: Path):
    text = pickle.dumps(rc.load_ruleset(file))
    write_shipped(file, load("core_2024").rules)
    with pytest.raises(rc.PackError, match="have changed"):
        pickle.loads(text)  # noqa: S301 - of our own making


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda _content: b"", "compiled.none"),
        (lambda _content: b"pack lanterns 1.0.0\n", "compiled.none"),
        (lambda content: content[:-1], "compiled.damaged"),
        (lambda content: content.replace(b"rulecore-0", b"rulecore-9", 1), "compiled.version"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(file: Path, change, code: str):
    file.write_bytes(change(file.read_bytes()))
    with pytest.raises(rc.PackError, match="cannot be used") as caught:
        rc.load_ruleset(file)
    assert [finding.code for finding in caught.value.findings] == [code]
    assert "rulecore pack compile" in str(caught.value)


def test_a_file_that_is_not_there_or_not_alone_says_so(file: Path, game: Rules):
    for asked, code in (((file.with_name("no.rulecore"),), "compiled.unreadable"), ((file, GAME), "compiled.alone")):
        with pytest.raises(rc.PackError) as caught:
            rc.load_ruleset(*asked)
        assert [finding.code for finding in caught.value.findings] == [code]
    with pytest.raises(rc.PackError) as caught:
        write_shipped(file / "inside", game)
    assert [finding.code for finding in caught.value.findings] == ["compiled.unwritable"]
    assert list(file.parent.iterdir()) == [file]


def test_a_folder_of_that_name_is_a_folder(tmp_path: Path):
    folder = tmp_path / "game.rulecore"
    folder.mkdir()
    (folder / "pack.brew").write_text((GAME / "lanterns.brew").read_text(encoding="utf-8"), encoding="utf-8")
    assert [pack.name for pack in rc.load_ruleset(folder).packs] == ["lanterns"]
