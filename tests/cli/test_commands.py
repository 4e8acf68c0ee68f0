"""The other commands: each teaches by example, keeps to its streams, and says by its exit code how it went."""

from pathlib import Path

import jsonschema
import pytest

import rulecore.cli.outcome
from rulecore.cli import main

from .conftest import LANTERNS, ROOK, Run

COMMANDS = [
    ("sheet",),
    ("new",),
    ("level-up",),
    ("validate",),
    ("explain",),
    ("show",),
    ("fields",),
    ("schema",),
    ("graph",),
    ("pack", "check"),
    ("pack", "fmt"),
]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_help_teaches_by_example(run: Run, words: tuple[str, ...]):
    finished = run(*words, "--help")
    assert finished.code == 0
    assert f"  rulecore {' '.join(words)} " in finished.out


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("fly",),
        ("sheet",),
        ("sheet", "nowhere.json"),
        ("sheet", ROOK, "--pack", "nowhere"),
        ("sheet", ROOK, "--format", "xml"),
        ("show", "gear.poole", "--pack", LANTERNS),
        ("graph", "grace.statur", "--pack", LANTERNS),
        ("pack", "check", "nowhere"),
        ("pack", "fmt", "nowhere"),
        ("schema", "--kind", "fish", "--pack", LANTERNS),
    ],
    ids=lambda words: " ".join(Path(str(word)).name for word in words) or "nothing",
)
def test_misuse_is_2_and_says_so_on_stderr(run: Run, words: tuple[object, ...]):
    finished = run(*words)
    assert finished.code == 2
    assert finished.out == ""
    assert finished.err.strip()
    assert "Traceback" not in finished.err


def test_a_file_that_is_no_document_is_an_error(run: Run, tmp_path: Path):
    path = tmp_path / "broken.json"
    path.write_text("{")
    finished = run("sheet", path, "--pack", LANTERNS)
    assert finished.code == 1
    assert "this is not JSON" in finished.err


def test_a_fault_of_ours_says_how_to_report_it(run: Run, monkeypatch: pytest.MonkeyPatch):
    def broken(_file: str, _packs: object) -> None:
        raise ZeroDivisionError("planted")

    monkeypatch.setattr("rulecore.cli.sheet.open_sheet", broken)
    finished = run("sheet", ROOK)
    assert finished.code == 3
    assert "Please report it" in finished.err
    assert "ZeroDivisionError: planted" in finished.err


def test_an_interrupt_is_130(monkeypatch: pytest.MonkeyPatch):
    def interrupted(_arguments: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(rulecore.cli.outcome, "_invoke", interrupted)
    assert main(["fields"]) == 130


def test_fields_are_listed(run: Run):
    lines = run("fields", "satchel*", "--pack", LANTERNS).out.splitlines()
    assert lines[0].split() == ["satchel[].gear", "editable", "ref", "gear", "Gear"]
    assert run("fields", "satchel*", "--format", "json", "--pack", LANTERNS).json[0]["id"] == "satchel[].gear"


def test_the_schema_is_one(run: Run):
    jsonschema.Draft202012Validator.check_schema(run("schema", "--pack", LANTERNS).json)


def test_the_graph_has_edges(run: Run):
    assert "grace.trial.bearing -> grace.stature" in run("graph", "grace.stature", "--pack", LANTERNS).out.splitlines()
    graph = run("graph", "--pack", LANTERNS, "--format", "json").json
    assert {"from", "to", "place", "entry"} == set(graph["edges"][0])
    assert "grace.stature" in graph["nodes"]


def test_an_entry_is_shown(run: Run):
    out = run("show", "gear.pole", "--pack", LANTERNS).out
    for wanted in ("Pole", "gear.pole", "Notches", "Bulky", "add 1 to", "lanterns.brew:"):
        assert wanted in out
    assert run("show", "ferrier", "--pack", LANTERNS, "--format", "json").json["properties"] == {"favourite": "grace"}


def test_a_good_pack_is_good(run: Run):
    finished = run("pack", "check", LANTERNS)
    assert (finished.code, finished.err) == (0, "")
    assert "lanterns 0.1.0" in finished.out
    assert "no findings" in finished.out


def test_every_fault_of_a_pack_is_told_with_its_line(run: Run, tmp_path: Path):
    pack = tmp_path / "pack.brew"
    text = (LANTERNS / "lanterns.brew").read_text()
    pack.write_text(text.replace("favourite: grace", "favourite: grce").replace("bulk_limit = 8", "bulk_limit = 9"))
    finished = run("pack", "check", tmp_path)
    assert finished.code == 1
    assert "^^^^" in finished.err
    assert "did you mean `grace`?" in finished.err
    assert "[example.failed]" in finished.err
    report = run("pack", "check", tmp_path, "--format", "json").json
    assert len(report["findings"]) == 2
    assert all(":" in finding["place"] for finding in report["findings"])


def test_fmt_writes_the_one_form(run: Run, tmp_path: Path):
    pack = tmp_path / "pack.brew"
    text = (LANTERNS / "lanterns.brew").read_text()
    pack.write_text(text.replace("notches: 2", "notches:   2"))
    finished = run("pack", "fmt", tmp_path, "--check")
    assert (finished.code, finished.out.splitlines()[-1]) == (1, "1 file would change")
    assert run("pack", "fmt", tmp_path).code == 0
    assert run("pack", "fmt", tmp_path, "--check").code == 0
    assert run("pack", "check", tmp_path).code == 0
