"""The sheet on the screen: boxes that close, columns that stand, and nothing wider than asked for."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

import rulecore as rc

from .conftest import LANTERNS, ROOK, ROOT, Run

NAMES = ["\x1b[31mred\x07", "line\nbreak\ttab", "a" * 300, "竜の騎士" * 30, "[bold]no markup[/]", ""]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8"}


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120, 200])
def test_every_line_is_as_wide_as_asked(rook: Run, monkeypatch: pytest.MonkeyPatch, width: int):
    monkeypatch.setenv("COLUMNS", str(width))
    finished = rook("sheet")
    assert finished.code == 0
    lines = finished.out.splitlines()
    assert {len(line) for line in lines} == {width}
    assert {line[0] for line in lines} <= set("╭│╰")
    assert {line[-1] for line in lines} <= set("╮│╯")


def test_the_sheet_shows_what_the_layout_says(rook: Run):
    out = rook("sheet").out
    for wanted in ("Wayfarer", "Dread 3/6", "Lamplight ✓", "Trembling \N{EN DASH}", "Storm lamp", "+2  2d6+2  bright"):
        assert wanted in out


def test_json_is_the_whole_sheet(rook: Run):
    sheet = rook("sheet", "--format", "json").json
    assert sheet["entity"] == "wayfarer"
    assert sheet["fields"]["grace.trial.pips"] == {"dice": "2d6+3", "average": 10}


def test_a_document_comes_from_stdin(run: Run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ROOK.read_bytes())))
    assert run("sheet", "-", "--pack", LANTERNS).code == 0


def test_an_entry_has_a_sheet(run: Run):
    finished = run("sheet", "calling.ferrier", "--pack", LANTERNS)
    assert "Calling Ferrier" in finished.out
    assert "! Charm: choose 1" in finished.err


def test_findings_go_to_stderr_and_the_sheet_is_printed_all_the_same(run: Run, tmp_path: Path):
    path = tmp_path / "wrong.json"
    path.write_text('{"kind": "wayfarer", "fields": {"calling": "ferier"}}')
    finished = run("sheet", path, "--pack", LANTERNS)
    assert finished.code == 1
    assert "Wayfarer" in finished.out
    assert "ferier" not in finished.out
    assert "✗ there is no calling 'ferier'; did you mean `ferrier`?  /fields/calling" in finished.err


def test_an_entity_without_a_layout_is_printed_too(run: Run, tmp_path: Path):
    text = (LANTERNS / "lanterns.brew").read_text()
    start, end = text.index("layout wayfarer"), text.index("example ")
    (tmp_path / "pack.brew").write_text(text[:start] + text[end:])
    finished = run("sheet", ROOK, "--pack", tmp_path)
    assert finished.code == 0
    for wanted in ("Dread brim", "Virtue", "Satchel", "Storm lamp"):
        assert wanted in finished.out


def test_explain_says_why(rook: Run):
    assert "Ferrier" in rook("explain", "grace.gift").out
    assert rook("explain", "grace.gift", "--format", "json").json["value"] == 0
    deep = rook("explain", "grace.trial.pips", "--deep").out
    assert "    Grace, Stature (grace.stature) = " in deep
    assert rook("explain", "grace.trial.pips", "--deep", "--format", "json").json["from"]


def test_an_unknown_field_is_misuse(rook: Run):
    finished = rook("explain", "grace.gfit")
    assert (finished.code, finished.out) == (2, "")
    assert "did you mean `grace.gift`?" in finished.err


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_no_encoding_breaks_it(encoding: str):
    environment = ENVIRONMENT | {"PYTHONIOENCODING": encoding, "COLUMNS": "80"}
    finished = in_a_process("sheet", str(ROOK), "--pack", str(LANTERNS), env=environment)
    assert finished.returncode == 0, finished.stderr
    assert ("│" if encoding == "utf-8" else "|").encode(encoding) in finished.stdout
    assert b"?" not in finished.stdout


def test_a_closed_pipe_is_no_fault():
    command = [sys.executable, "-m", "rulecore.cli", "fields", "--pack", str(LANTERNS)]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT)
    assert running.stdout is not None
    running.stdout.close()
    assert running.wait(60) == 0
    assert running.stderr is not None
    assert running.stderr.read() == b""
    running.stderr.close()


def test_no_colour_without_a_terminal():
    finished = in_a_process("sheet", str(ROOK), "--pack", str(LANTERNS), env=ENVIRONMENT)
    assert b"\x1b" not in finished.stdout + finished.stderr


@pytest.fixture(scope="module")
def standard() -> Any:
    return rc.load_ruleset(ROOT / "packs" / "core-2024", ROOT / "packs" / "srd-2024")


def in_a_process(*arguments: str, env: dict[str, str]) -> Any:
    return subprocess.run([sys.executable, "-m", "rulecore.cli", *arguments], capture_output=True, env=env, check=False)


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.json")), ids=lambda path: path.stem)
def test_the_examples_fill_their_boxes(run: Run, monkeypatch: pytest.MonkeyPatch, standard: Any, path: Path, width: int):
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setattr("rulecore.cli.opening.open_rules", lambda _packs: standard)
    finished = run("sheet", path)
    assert (finished.code, finished.err) == (0, "")
    assert {len(line) for line in finished.out.splitlines()} == {width}


@pytest.mark.parametrize("name", NAMES)
def test_no_name_breaks_the_boxes(run: Run, tmp_path: Path, name: str):
    path = tmp_path / "named.json"
    path.write_text(json.dumps({"format": "rulecore/1", "kind": "wayfarer", "fields": {"epithet": name, "calling": "\x1b[31m"}}))
    finished = run("sheet", path, "--pack", LANTERNS)
    assert {cell_len(line) for line in finished.out.splitlines()} == {100}
    assert "\x1b" not in finished.out + finished.err
    assert run("sheet", path, "--pack", LANTERNS, "--format", "json").json["fields"]["epithet"] == name


def test_what_was_sold_is_not_shown(run: Run, tmp_path: Path):
    """A thing that a rule gives cannot be removed, so its number becomes 0."""
    document = {
        "kind": "character",
        "collections": {"levels": [{"class": "fighter"}]},
        "choices": {"fighter.equipment": ["package_b"]},
    }
    path = tmp_path / "archer.json"
    shown = {}
    for number in (1, 0):
        path.write_text(json.dumps(document | {"fields": {"inventory.longbow.quantity": number}}))
        shown[number] = run("sheet", path).out
    # among the attacks, and in the inventory
    assert (shown[1].count("Longbow"), shown[0].count("Longbow")) == (2, 0)
    assert shown[0].count("Shortsword") == 2
