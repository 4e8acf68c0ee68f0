"""`rulecore new`: whole characters from a blank, typed and given beforehand; nothing is overwritten."""

import json
import os
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import pytest

import rulecore as rc
import rulecore.cli.saving
from rulecore.cli.taking import lists, put

from .conftest import LANTERNS, ROOT, Run
from .conversing import Types, playing

RULES = rc.load_ruleset()
LEVELS = 4
CLASSES = ["fighter", "monk", "paladin", "wizard"]
SCORES = "*.base=15,14,13,12,10,8"
FERRIER = ["ferrier", "old", "1, 3", "skip"]


def document(path: Path) -> Any:
    return json.loads(path.read_text())


def settled(found: Any) -> Any:
    """Give the live sheet of a document in which nothing is open and nothing wrong."""
    hero = RULES.character(found)
    assert [each.id for each in hero.options() if each.form != "element"] == []
    assert [str(finding) for finding in hero.findings if finding.severity == "error"] == []
    assert [each.id for each in lists(hero) if each.missing] == []
    return hero


# ---- whole characters


@pytest.fixture
def unverified(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spares whole characters a derivation after every edit: what comes of them is derived at the end."""
    monkeypatch.delenv("RULECORE_VERIFY_EDITS", raising=False)


@pytest.fixture
def inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("list.json").write_text("[]")
    Path("deep.json").write_text('{"calling": {"ferrier": 1}}')


@pytest.mark.usefixtures("unverified")
@pytest.mark.parametrize("name", CLASSES)
def test_a_whole_character_is_typed(run: Run, types: Types, capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str):
    told: list[str] = []
    keyboard = types(playing(capsys, told, levels=[f"{name} x{LEVELS}"]))
    path = tmp_path / "hero.json"
    finished = run("new", path, "--name", "Ash", "--set", SCORES)
    assert (finished.code, finished.out) == (0, f"{path} is written\n"), "".join(told) + finished.err
    assert keyboard.read > LEVELS
    hero = settled(document(path))
    assert (hero["name"], hero["level"], hero[f"{name}.level"]) == ("Ash", LEVELS, LEVELS)


@pytest.mark.usefixtures("unverified")
@pytest.mark.parametrize("name", CLASSES)
def test_answers_of_a_file_leave_no_question(run: Run, types: Types, tmp_path: Path, name: str):
    wanted = walked(name)
    scores = {key: value for key, value in wanted["fields"].items() if key.endswith(".base")}
    origin = {key: [wanted["fields"][key]] for key in ("species", "background")}
    levels = [each["class"] for each in wanted["collections"]["levels"]]
    answers = tmp_path / "answers.json"
    spells = {key: [each["spell"] for each in found.values()] for key, found in wanted["collections"].items() if key != "levels"}
    answers.write_text(json.dumps({**scores, **origin, "levels": levels, **wanted["choices"], **spells}))
    types([])
    finished = run("new", "--answers", answers)
    assert finished.code == 0, finished.err
    assert "> " not in finished.err
    assert finished.json == wanted
    settled(finished.json)


def walked(name: str) -> Any:
    """Give the document of a walk by what `options()` offers."""
    random = Random(name)  # noqa: S311 - a test, no secret
    hero = RULES.character()
    hero.edit({f"{entry.name}.base": 15 for entry in RULES.entries("ability")})
    for _level in range(LEVELS):
        hero.choose("levels", name)
        while asked := [each for each in hero.options() if each.form != "element"]:
            hero.choose(asked[0].id, [*asked[0].picked, random.choice(asked[0].legal)])
        while room := [each for each in lists(hero) if each.missing]:
            put(hero, room[0], random.choice([name for name in room[0].entries if room[0].why_not(name) is None]))
    return hero.document


def test_another_game_is_played(run: Run, types: Types):
    types(FERRIER[:-1])
    finished = run("new", "--pack", LANTERNS, "--set", "*.grown=1")
    assert finished.code == 0, finished.err
    assert finished.json["fields"] == {"calling": "ferrier"} | {f"{each}.grown": 1 for each in ("nerve", "grace", "wit", "heart")}
    assert finished.json["choices"] == {"ferrier.charm": ["old_rope"], "ferrier.knacks": ["steady_hands", "sure_foot"]}


# ---- what is given


def test_picks_answer_and_the_rest_is_asked(run: Run, types: Types):
    types(["quiet oar", "sure, steady"])
    finished = run("new", "--pack", LANTERNS, "--pick", "calling=ferrier")
    assert finished.code == 0
    assert "Calling: Ferrier" in finished.err
    assert "Calling: choose" not in finished.err
    assert finished.json["choices"]["ferrier.knacks"] == ["sure_foot", "steady_hands"]


def test_a_pick_that_does_not_fit_is_told_and_asked(run: Run, types: Types):
    types(["lamplighter", "steady"])
    finished = run("new", "--pack", LANTERNS, "--pick", "calling=old rope")
    assert "Calling (calling): 'old rope' is none of these" in finished.err
    assert finished.json["fields"] == {"calling": "lamplighter"}


def test_what_was_not_asked_is_told(run: Run, types: Types, tmp_path: Path):
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({"lamplighter.knacks": "sure_foot", "somebody.else": ["x"]}))
    types([])
    finished = run("new", "--pack", LANTERNS, "--pick", "calling=lamplighter", "--answers", answers)
    assert finished.code == 0
    assert "not used: somebody.else" in finished.err
    finished = run(
        "new", "--pack", LANTERNS, "--pick", "ferrier.charm=old", "--pick", "calling=lamplighter", "--answers", answers
    )
    assert finished.code == 1
    assert "not used: ferrier.charm" in finished.err
    assert finished.json["fields"] == {"calling": "lamplighter"}


@pytest.mark.usefixtures("inside")
@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--set", "grace.grown=9"], "grace.grown"),
        (["--set", "grace.grown=NaN"], "grace.grown"),
        (["--set", "grace.grown=" + "9" * 5000], "grace.grown"),
        (["--set", "grace.grown=" + "[" * 5000], "grace.grown"),
        (["--set", "name=\udcff"], "name"),
        (["--name", "\udcff"], "name"),
        (["--set", "grace.gron=1"], "did you mean `grace.grown`?"),
        (["--set", "*.grown=1,2"], "takes 4 values, and 2 are given"),
        (["--set", "*.nothing=1"], "no editable field fits"),
        (["--set", "grace.grown"], "--set takes ID=VALUE"),
        (["--pick", "=ferrier"], "--pick takes ID=NAME"),
        (["--pick", "caling=ferrier"], "nothing is called `caling`; did you mean `calling`?"),
        (["--pick", "calling=ferier"], "nothing is called 'ferier'; did you mean Ferrier?"),
        (["--pick", "calling=ferrier", "--pick", "ferrier.charm=old rope, qiet oar"], "did you mean Quiet oar?"),
        (["--answers", "list.json"], "holds no object"),
        (["--answers", "deep.json"], "`calling` is answered by names"),
        (["--kind", "fish"], "there is no entity `fish`"),
    ],
    ids=lambda each: ascii(" ".join(each)[:40]) if isinstance(each, list) else "",
)
def test_misuse_is_told_before_anything_is_asked(run: Run, types: Types, words: list[str], told: str):
    keyboard = types(FERRIER)
    finished = run("new", "hero.json", "--pack", LANTERNS, *words)
    assert (finished.code, finished.out, keyboard.read) == (2, "", 0)
    assert told in finished.err
    assert "Traceback" not in finished.err
    assert not Path("hero.json").exists()


@pytest.mark.parametrize("text", ["{", b"\xff", '{"a": NaN}'], ids=["syntax", "bytes", "constant"])
def test_a_broken_file_of_answers_is_told(run: Run, types: Types, tmp_path: Path, text: str | bytes):
    path = tmp_path / "answers.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    types([])
    finished = run("new", "--pack", LANTERNS, "--answers", path)
    assert finished.code in {1, 2}
    assert finished.out == ""
    assert "fault of rulecore" not in finished.err


# ---- what is typed


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("", "a number from 1 to 2 or a name is expected"),
        ("3", "a number from 1 to 2 or a name is expected"),
        ("0", "'0' is none of these"),
        ("ferier", "did you mean Ferrier?"),
        ("1, 2", "2 are too many: 1 to choose"),
        ("1 x2", "2 are too many: 1 to choose"),
        (",", "',' is none of these"),
        ("back", "there is no answer to take back"),
        ("? 7", "'7' is none of these"),
        ("set grace.grown=9", "grace.grown"),
        ("set", "--set takes ID=VALUE"),
        ("\x1b[2J\x00", "is none of these"),
        ("9" * 5000, "is none of these"),
    ],
    ids=lambda each: repr(each[:12]),
)
def test_wrong_input_says_what_was_expected_and_asks_again(run: Run, types: Types, wrong: str, told: str):
    types([wrong, *FERRIER])
    finished = run("new", "--pack", LANTERNS)
    assert finished.code == 0
    assert told in finished.err
    assert "\x1b" not in finished.err
    assert finished.json["fields"] == {"calling": "ferrier"}


def test_what_may_not_be_taken_says_why(run: Run, types: Types):
    types(["ferrier", "1", "?2", "long memory", "1, 2", "1,1", "1,3"])
    finished = run("new", "--pack", LANTERNS)
    assert finished.code == 0
    assert "(not now: 2 Long memory: Wit of at least 1)" in finished.err
    assert finished.err.count("Long memory cannot be taken: Wit of at least 1") == 2
    assert "Steady hands cannot be taken: it is chosen already" in finished.err
    assert finished.json["choices"]["ferrier.knacks"] == ["steady_hands", "sure_foot"]


def test_more_is_told_of_an_option_before_it_is_taken(run: Run, types: Types):
    types(["?1", "?", "ferrier", "? old", *FERRIER[1:]])
    finished = run("new", "--pack", LANTERNS)
    assert finished.code == 0
    told = finished.err.partition("Calling: Ferrier")[0]
    for wanted in (
        "calling.ferrier",
        "add 1 to grace.gift",
        "Grace: Stature +0 → +1",
        "It asks: Ferrier, Charm; Ferrier, Knacks",
        "quit.",
    ):
        assert wanted in told
    assert "Bulk borne 0/5 → 0/7" in finished.err


def test_back_takes_back_what_was_typed_last(run: Run, types: Types):
    types(["lamplighter", "back", "set grace.grown=2", "back", "ferrier", "old", "back", "skip", "back", "quiet", "1,3"])
    finished = run("new", "--pack", LANTERNS)
    assert finished.code == 0
    assert finished.json["fields"] == {"calling": "ferrier"}
    assert finished.json["choices"] == {"ferrier.charm": ["quiet_oar"], "ferrier.knacks": ["steady_hands", "sure_foot"]}


def test_back_takes_back_what_was_given_after_it(run: Run, types: Types):
    types(["ferrier", "back", "lamplighter", "1"])
    finished = run("new", "--pack", LANTERNS, "--pick", "ferrier.charm=old rope")
    assert finished.code == 1
    assert "Charm: Old rope" in finished.err
    assert "not used: ferrier.charm" in finished.err
    assert finished.json["choices"] == {"lamplighter.knacks": ["steady_hands"]}


def test_what_is_skipped_stays_open_and_is_told(run: Run, types: Types):
    types(["ferrier", "skip", "1", "skip"])
    finished = run("new", "--pack", LANTERNS)
    assert finished.code == 0
    assert "still open: Ferrier, Charm (ferrier.charm)" in finished.err
    assert "still open: Ferrier, Knacks (ferrier.knacks)" in finished.err
    assert finished.json["choices"] == {"ferrier.knacks": ["steady_hands"]}


def test_lists_with_room_are_told(run: Run, types: Types):
    types(["skip"] * 20)
    finished = run("new", "--pick", "levels=wizard", "--pick", "species=orc", "--pick", "background=soldier")
    told = [line for line in finished.err.splitlines() if line.startswith("still room")]
    # Nothing can be prepared that is not in the book.
    assert told == [
        "still room: Wizard spells, Cantrips: 0 of 3 (wizard.magic.cantrips)",
        "still room: Wizard, Spellbook: 0 of 6 (wizard.spellbook)",
        "still room: Wizard spells, Prepared spells: 0 of 4 (wizard.magic.prepared)",
    ]


# ---- stopping and writing


@pytest.mark.parametrize("lines", [[], ["quit"], ["ferrier", "1", "QUIT"], ["ferrier"]], ids=" ".join)
def test_to_quit_and_the_end_of_input_write_nothing(run: Run, types: Types, tmp_path: Path, lines: list[str]):
    types(lines)
    finished = run("new", tmp_path / "hero.json", "--pack", LANTERNS)
    assert (finished.code, finished.out) == (1, "")
    assert "nothing is written" in finished.err
    assert list(tmp_path.iterdir()) == []


def test_an_interrupt_writes_nothing(run: Run, types: Types, tmp_path: Path):
    def interrupted():
        yield "ferrier"
        raise KeyboardInterrupt

    types(interrupted())
    assert run("new", tmp_path / "hero.json", "--pack", LANTERNS).code == 130
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_never_overwritten_unless_that_is_asked_for(run: Run, types: Types, tmp_path: Path):
    path = tmp_path / "hero.json"
    path.write_text("mine")
    keyboard = types(FERRIER)
    finished = run("new", path, "--pack", LANTERNS)
    assert (finished.code, path.read_text(), keyboard.read) == (2, "mine", 0)
    assert "--replace" in finished.err
    assert run("new", path, "--pack", LANTERNS, "--replace").code == 0
    assert document(path)["fields"] == {"calling": "ferrier"}


def test_a_file_that_came_meanwhile_is_not_overwritten(run: Run, types: Types, tmp_path: Path):
    path = tmp_path / "hero.json"

    def lines():
        path.write_text("mine")
        yield from FERRIER

    types(lines())
    assert run("new", path, "--pack", LANTERNS).code == 2
    assert path.read_text() == "mine"


@pytest.mark.parametrize("name", ["nowhere/hero.json", "."])
def test_a_place_that_cannot_be_written_is_told_at_once(run: Run, types: Types, tmp_path: Path, name: str):
    keyboard = types(FERRIER)
    finished = run("new", tmp_path / name, "--pack", LANTERNS, "--replace")
    assert (finished.code, keyboard.read) == (2, 0)
    assert list(tmp_path.iterdir()) == []


def test_a_failure_to_write_leaves_the_old_file(run: Run, types: Types, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def full(_file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(rulecore.cli.saving.os, "fsync", full)
    path = tmp_path / "hero.json"
    path.write_text("mine")
    types(FERRIER)
    finished = run("new", path, "--pack", LANTERNS, "--replace")
    assert finished.code == 2
    assert "No space left on device" in finished.err
    assert finished.json["fields"] == {"calling": "ferrier"}
    assert [each.read_text() for each in tmp_path.iterdir()] == ["mine"]


@pytest.mark.parametrize("given", [b"", b"\xff\xfe\nquit\n", b"ferrier"], ids=["closed", "no text", "no end of line"])
def test_it_works_on_a_real_stream(tmp_path: Path, given: bytes):
    program = [sys.executable, "-m", "rulecore.cli", "new", "hero.json", "--pack", LANTERNS]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    closed = (lambda: os.close(0)) if not given else None
    finished = subprocess.run(
        program, cwd=tmp_path, env=environment, input=given, capture_output=True, preexec_fn=closed, check=False
    )
    assert (finished.returncode, finished.stdout) == (1, b"")
    assert b"nothing is written" in finished.stderr
    assert list(tmp_path.iterdir()) == []
