"""`rulecore validate`: reports in each form, repairs, and thousands of lines."""

import json
import subprocess
import sys

import pytest

from .conftest import ROOT, Run

FIGHTER = ROOT / "examples" / "dwarf_fighter_1.json"


@pytest.fixture
def broken(tmp_path):
    document = json.loads(FIGHTER.read_text())
    document["claims"] = {"armor_class": 17}
    document["fields"]["strength.base"] = "15"
    path = tmp_path / "broken.json"
    path.write_text("```json\n" + json.dumps(document) + "\n```")
    return path


def test_a_legal_document_is_said_to_be_so(run: Run):
    finished = run("validate", FIGHTER)
    assert (finished.code, finished.out, finished.err) == (0, "Hill Guard: legal\n", "")


def test_what_is_wrong_is_told_with_its_repairs(run: Run, broken):
    finished = run("validate", broken)
    assert finished.code == 1
    assert finished.out.startswith("Hill Guard: not legal; every error has a repair\n")
    assert "+ 1 Defense = 19  /claims/armor_class  [claim.differs/armor_class]\n    certain: write 19\n" in finished.out
    assert "[document.fence]" in finished.out


def test_certain_repairs_leave_a_document_that_is_legal(run: Run, broken, tmp_path):
    finished = run("validate", broken, "--fix", "certain")
    assert (finished.code, finished.err) == (0, "")
    assert finished.json["claims"] == {"armor_class": 19}
    fixed = tmp_path / "fixed.json"
    fixed.write_text(finished.out)
    assert run("validate", fixed).out == "Hill Guard: legal\n"


@pytest.mark.parametrize(
    ("form", "sign"),
    [("json", '"grade": "repairable"'), ("sarif", '"version": "2.1.0"'), ("markdown", "# Hill Guard"), ("llm", '{"patch"')],
)
def test_each_form_goes_to_stdout(run: Run, broken, form, sign):
    finished = run("validate", broken, "--format", form)
    assert sign in finished.out
    assert (finished.code, finished.err) == (1, "")


@pytest.mark.parametrize("text", ["", "hello", "{", "[1, 2", "null", "\x00\xff", '{"kind": NaN}'])
def test_what_is_no_character_is_no_crash(run: Run, tmp_path, text):
    path = tmp_path / "odd.json"
    path.write_bytes(text.encode("latin-1"))
    finished = run("validate", path)
    assert finished.code == 1
    assert finished.out


def test_a_file_that_is_not_there_is_misuse(run: Run):
    finished = run("validate", "nowhere.json")
    assert finished.code == 2
    assert "nowhere.json" in finished.err


@pytest.mark.parametrize("jobs", [1, 2])
def test_lines_are_judged_in_their_order(run: Run, tmp_path, jobs):
    legal = json.loads(FIGHTER.read_text())
    lines = []
    for place in range(40):
        document = {**legal, "name": f"No. {place}"}
        lines.append(json.dumps(document if place % 4 else {**document, "claims": {"armor_class": place}}))
    lines[7] = '{"kind": "character", "fields": {'
    path = tmp_path / "many.jsonl"
    path.write_text("\n".join(lines) + "\n\n")
    finished = run("validate", path, "--jsonl", "--jobs", jobs)
    told = [json.loads(line) for line in finished.out.splitlines()]
    assert finished.code == 1
    assert [each["line"] for each in told] == list(range(1, 41))
    assert [each["ok"] for each in told] == [place % 4 != 0 and place != 7 for place in range(40)]
    assert told[9]["data"]["name"] == "No. 9"


def test_it_reads_from_a_pipe():
    command = [sys.executable, "-m", "rulecore.cli", "validate", "-"]
    finished = subprocess.run(command, input=FIGHTER.read_bytes(), capture_output=True, check=False)
    assert (finished.returncode, finished.stdout) == (0, b"Hill Guard: legal\n")
