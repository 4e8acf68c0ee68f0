"""`rulecore level-up`: one element more, what it opens, what has changed; the file is written whole or not at all."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

import rulecore as rc
import rulecore.cli.saving

from .conftest import LANTERNS, ROOK, ROOT, Run
from .conversing import Types, playing

RULES = rc.load_ruleset()
EXAMPLES = ROOT / "examples"


@pytest.fixture
def hero(tmp_path: Path) -> Path:
    return Path(shutil.copy(EXAMPLES / "monk_barbarian.json", tmp_path / "hero.json"))


def read(path: Path) -> Any:
    return RULES.character(path)


def test_a_level_is_added_and_what_changed_is_shown(run: Run, types: Types, hero: Path):
    types([])
    finished = run("level-up", hero, "--pick", "levels=monk")
    assert finished.code == 0, finished.err
    wanted = {"Character", "  Level 8 → 9", "  Hit Points 75/75 → 83/83", "  Walk: Speed 40 ft → 45 ft"}
    assert wanted <= set(finished.out.splitlines())
    assert "  + Wholeness of Body: Left 2/2" in finished.out
    assert finished.out.endswith(f"{hero} is written\n")
    assert read(hero)["monk.level"] == 6


def test_what_the_level_opens_is_asked(run: Run, types: Types, hero: Path, capsys: pytest.CaptureFixture[str]):
    told: list[str] = []
    types(playing(capsys, told, levels=["barbarian"]))
    finished = run("level-up", hero)
    assert finished.code == 0
    levelled = read(hero)
    assert levelled["barbarian.level"] == 4
    assert [each.id for each in levelled.options() if each.form != "element"] == []
    assert "Feat: choose 1  barbarian.4.improvement" in "".join(told)


def test_the_class_of_the_last_level_comes_first(run: Run, types: Types, hero: Path):
    last = json.loads(hero.read_text())["collections"]["levels"][-1]["class"]
    types([])
    listed = run("level-up", hero).err
    assert re.search(r"^ +1 (\S+)", listed, re.MULTILINE)[1] == RULES.entry("class", last).label


def test_what_may_not_be_taken_says_why(run: Run, types: Types, tmp_path: Path):
    path = Path(shutil.copy(EXAMPLES / "tiefling_warlock_5.json", tmp_path / "hero.json"))
    before = path.read_bytes()
    types(["wizard", "quit"])
    finished = run("level-up", path)
    assert (finished.code, path.read_bytes()) == (1, before)
    assert re.search(r"\(not now: .*\d Barbarian, .*12 Wizard: multiclassing needs 13", finished.err)
    assert "Wizard cannot be taken: multiclassing needs 13" in finished.err


def test_several_levels_are_added_one_after_another(run: Run, types: Types, hero: Path, capsys: pytest.CaptureFixture[str]):
    types(playing(capsys, [], levels=["monk x3"]))
    assert run("level-up", hero).code == 0
    levelled = read(hero)
    assert (levelled["monk.level"], levelled["level"]) == (8, 11)
    assert [each.id for each in levelled.options() if each.form != "element"] == []


def test_what_was_open_before_stays_open(run: Run, types: Types, tmp_path: Path):
    path = tmp_path / "hero.json"
    path.write_text(json.dumps({"kind": "character", "collections": {"levels": [{"class": "monk"}]}}))
    types([])
    finished = run("level-up", path, "--pick", "levels=monk", "--pick", "species=orc")
    assert finished.code == 0, finished.err
    assert "> " not in finished.err
    assert "still open: Languages (known_languages)" in finished.err
    assert read(path)["species"] == "orc"


def test_a_dry_run_writes_nothing(run: Run, types: Types, hero: Path):
    before, changed = hero.read_bytes(), hero.stat().st_mtime_ns
    types([])
    finished = run("level-up", hero, "--pick", "levels=monk", "--dry-run")
    assert finished.code == 0
    assert "  Level 8 → 9" in finished.out.splitlines()
    assert (hero.read_bytes(), hero.stat().st_mtime_ns) == (before, changed)
    assert list(hero.parent.iterdir()) == [hero]


@pytest.mark.parametrize("lines", [[], ["quit"], ["barbarian"], ["back", "quit"]], ids=" ".join)
def test_to_quit_leaves_the_file_as_it_was(run: Run, types: Types, hero: Path, lines: list[str]):
    before = hero.read_bytes()
    types(lines)
    finished = run("level-up", hero)
    assert (finished.code, finished.out, hero.read_bytes()) == (1, "", before)
    assert "as it was" in finished.err


def test_back_leads_to_another_level(run: Run, types: Types, hero: Path):
    types(["barbarian", "back", "monk"])
    assert run("level-up", hero).code == 0
    assert (read(hero)["monk.level"], read(hero)["barbarian.level"]) == (6, 3)


@pytest.mark.parametrize("place", ["fsync", "replace"])
def test_a_failure_to_write_leaves_the_file_as_it_was(
    run: Run, types: Types, hero: Path, monkeypatch: pytest.MonkeyPatch, place: str
):
    def broken(*_arguments: object) -> None:
        raise OSError(5, "Input/output error")

    before = hero.read_bytes()
    monkeypatch.setattr(*((rulecore.cli.saving.os, "fsync") if place == "fsync" else (Path, "replace")), broken)
    types([])
    finished = run("level-up", hero, "--pick", "levels=monk")
    assert finished.code == 2
    assert "Input/output error" in finished.err
    assert hero.read_bytes() == before
    assert list(hero.parent.iterdir()) == [hero]


def test_a_file_that_has_changed_meanwhile_is_left(run: Run, types: Types, hero: Path):
    def lines():
        hero.write_text("{}")
        yield "monk"

    types(lines())
    finished = run("level-up", hero)
    assert finished.code == 2
    assert "has changed meanwhile" in finished.err
    assert hero.read_text() == "{}"


def test_rights_and_links_of_the_file_stay(run: Run, types: Types, hero: Path):
    hero.chmod(0o640)
    link = hero.with_name("link.json")
    link.symlink_to(hero)
    types([])
    assert run("level-up", link, "--pick", "levels=monk").code == 0
    assert link.is_symlink()
    assert hero.stat().st_mode & 0o777 == 0o640
    assert read(hero)["monk.level"] == 6


@pytest.fixture
def inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("broken.json").write_text("{")


@pytest.mark.usefixtures("inside")
@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["nowhere.json"], 2, "there is no file 'nowhere.json'"),
        (["-"], 2, "there is no file '-'"),
        ([EXAMPLES / "elf_wizard_20.json"], 2, "nothing can be added"),
        ([ROOK, "--pack", LANTERNS], 2, "nothing can be added"),
        (["broken.json"], 1, "this is not JSON"),
        ([], 2, "FILE"),
    ],
    ids=["nowhere", "stdin", "full", "no sequence", "broken", "nothing"],
)
def test_misuse_is_told(run: Run, types: Types, words: list[object], code: int, told: str):
    types([])
    finished = run("level-up", *words)
    assert (finished.code, finished.out) == (code, "")
    assert told in finished.err
    assert "Traceback" not in finished.err
