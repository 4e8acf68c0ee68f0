"""Broken and hostile documents: each gives what stands in `documents/expect.toml`, within 512 MB and 5 s of processor time.

Nothing is raised but a DocumentError; where none is, the rest of the sheet is derived: each case names a number.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.hostile.documents.generated import MAKERS

HERE = Path(__file__).parent
DOCUMENTS = HERE / "documents"
ROOT = HERE.parent.parent
CASES: dict[str, dict[str, Any]] = tomllib.loads((DOCUMENTS / "expect.toml").read_text(encoding="utf-8"))
MOST_FINDINGS = 1000
LONGEST_TEXT = 400_000
LIMIT_SECONDS = 5

# One worker reads every document once.
pytestmark = pytest.mark.xdist_group("documents")


class Reader:
    """The process of `documents/reader.py`, and what it has answered."""

    def __init__(self) -> None:
        environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "PYTHONHASHSEED": "0"}
        environment.pop("RULECORE_PACKS", None)
        self.answers: dict[str, dict[str, Any]] = {}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.hostile.documents.reader"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT,
        )  # fmt: skip

    def read(self, name: str) -> dict[str, Any]:
        if name not in self.answers:
            case = CASES[name]
            place = f"made:{case['made']}" if "made" in case else DOCUMENTS / f"{name}.json"
            assert self.process.stdin is not None
            assert self.process.stdout is not None
            self.process.stdin.write(f"{place}\n")
            self.process.stdin.flush()
            self.answers[name] = json.loads(self.process.stdout.readline())
        return self.answers[name]

    def close(self) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    if not hasattr(os, "fork"):
        pytest.skip("limits of a process need a system that has them")
    made = Reader()
    yield made
    made.close()


@pytest.mark.parametrize("name", CASES)
def test_a_document_gives_the_findings_that_stand_beside_it(name: str, reader: Reader) -> None:
    case, answer = CASES[name], reader.read(name)
    assert "error" not in answer, answer
    assert ("raised" in answer) is case.get("raises", False), answer["shown"]
    found = answer["raised"] if "raised" in answer else answer["findings"]
    for expected in case.get("findings", ()):
        assert [each for each in found if all(each.get(key, "") == value for key, value in expected.items())], answer["shown"]
    if case.get("only", True):
        assert len(found) == len(case.get("findings", ())), answer["shown"]


@pytest.mark.parametrize("name", CASES)
def test_a_document_is_read_within_the_limits_and_the_rest_of_it_is_derived(name: str, reader: Reader) -> None:
    case, answer = CASES[name], reader.read(name)
    assert "error" not in answer, answer
    assert answer["seconds"] < LIMIT_SECONDS
    if "raised" in answer:
        assert case.get("raises", False), answer["shown"]
        assert len(answer["raised"]) <= MOST_FINDINGS
        return
    assert len(answer["findings"]) <= MOST_FINDINGS
    assert len(json.dumps(answer["findings"])) <= LONGEST_TEXT
    assert answer["shown_length"] <= LONGEST_TEXT
    assert answer["kept"]
    assert {field: answer["fields"][field] for field in case["numbers"]} == case["numbers"]


@pytest.mark.parametrize("name", CASES)
def test_a_finding_has_a_code_a_place_and_a_message(name: str, reader: Reader) -> None:
    answer = reader.read(name)
    for finding in answer.get("raised", answer.get("findings", ())):
        assert finding["message"]
        assert finding["code"].count(".") == 1
        assert "pointer" in finding or "place" in finding or "raised" in answer or finding["code"] == "findings.more"
        if finding["code"] in EXPECTING:
            assert finding["expected"]


EXPECTING = {"value.type", "value.range", "value.bound", "value.instance", "choice.missing", "choice.too_many", "document.format"}


@pytest.mark.parametrize("name", CASES)
def test_a_fix_takes_its_finding_away_and_adds_none(name: str, reader: Reader) -> None:
    answer = reader.read(name)
    fixes = answer.get("fixed", [])
    assert all(fix["gone"] for fix in fixes), fixes
    assert all(not fix["added"] for fix in fixes), fixes
    assert bool(fixes) or not CASES[name].get("fix"), answer["shown"]


def test_a_fix_begins_with_a_test_of_what_it_replaces(reader: Reader) -> None:
    fixes = [fix for name in CASES for fix in reader.read(name).get("fixed", []) if CASES[name].get("fix")]
    assert fixes
    assert [fix for fix in fixes if not fix["tested"]] == []


def test_there_are_enough_documents_and_causes() -> None:
    causes = {case["cause"] for case in CASES.values() if not case["cause"].startswith("good: ")}
    assert len(CASES) >= 60
    assert len(causes) >= 40


def test_no_two_causes_share_a_code() -> None:
    """Each case with one code alone stands for a cause; a code has one sentence that names its cause."""
    causes: dict[str, set[str]] = {}
    for case in CASES.values():
        codes = {finding["code"] for finding in case.get("findings", ())}
        if len(codes) == 1 and not case["cause"].startswith("good: "):
            causes.setdefault(codes.pop(), set()).add(case["cause"])
    assert {code: sentences for code, sentences in causes.items() if len(sentences) > 1} == {}
    assert len({sentence for sentences in causes.values() for sentence in sentences}) == len(causes)


def test_every_file_and_every_maker_is_used() -> None:
    assert {case["made"] for case in CASES.values() if "made" in case} == set(MAKERS)
    assert {name for name, case in CASES.items() if "made" not in case} == {path.stem for path in DOCUMENTS.glob("*.json")}
