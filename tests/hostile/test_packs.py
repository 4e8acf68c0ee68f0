"""Broken and hostile packs: each gives the findings that stand beside it, within 512 MB and 5 s of processor time.

A case is a folder in `packs`: pack files, and `expect.json` with the cause in words, the findings (code, file, line, severity,
and where it matters the related places), and whether these are all (`only`). `raises` names the code of the PackError,
`made` a maker of `generated`, and `any` allows whatever findings there are.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.hostile.generated import MAKERS

HERE = Path(__file__).parent
PACKS = HERE / "packs"
CASES = {path.parent.name: json.loads(path.read_text(encoding="utf-8")) for path in sorted(PACKS.glob("*/expect.json"))}


class Loader:
    """A process that loads each folder it is told in a process of its own, with limits."""

    def __init__(self, cache: Path) -> None:
        source = HERE.parent.parent / "src"
        environment = {**os.environ, "RULECORE_CACHE": str(cache), "PYTHONPATH": str(source), "PYTHONHASHSEED": "0"}
        environment.pop("RULECORE_PACKS", None)
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / "loader.py")],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment,
        )  # fmt: skip

    def load(self, folder: Path) -> dict[str, Any]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{folder}\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer

    def close(self) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()


@pytest.fixture(scope="module")
def loader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loader]:
    if not hasattr(os, "fork"):
        pytest.skip("limits of a process need a system that has them")
    made = Loader(tmp_path_factory.mktemp("cache"))
    yield made
    made.close()


@pytest.mark.parametrize("name", CASES)
def test_a_pack_gives_the_findings_that_stand_beside_it(name: str, loader: Loader, tmp_path: Path) -> None:
    case = CASES[name]
    folder = PACKS / name
    if "made" in case:
        folder = tmp_path / "pack"
        folder.mkdir()
        MAKERS[case["made"]](folder)
    answer = loader.load(folder)
    assert "error" not in answer, answer
    if "raises" in case:
        assert answer["raised"] == [case["raises"]]
        return
    assert "raised" not in answer, answer["shown"]
    if case.get("any"):
        return
    found = [_key(finding) for finding in answer["findings"]]
    expected = [_key(finding) for finding in case["findings"]]
    if case["only"]:
        assert sorted(found) == sorted(expected), answer["shown"]
    assert set(expected) <= set(found), answer["shown"]
    for finding in case["findings"]:
        related = [other["related"] for other in answer["findings"] if _key(other) == _key(finding)]
        assert any(set(finding.get("related", ())) <= set(places) for places in related), answer["shown"]


def _key(finding: dict[str, Any]) -> tuple[Any, ...]:
    return finding["code"], finding["file"], finding["line"], finding["severity"]


def test_there_are_enough_packs_and_causes() -> None:
    causes = {case["cause"] for case in CASES.values() if not case["cause"].startswith("good: ")}
    assert len(CASES) >= 60
    assert len(causes) >= 40


def test_no_two_causes_share_a_code() -> None:
    """Each case with one code alone stands for a cause; a code has one sentence that names its cause."""
    causes: dict[str, set[str]] = {}
    for case in CASES.values():
        codes = {finding["code"] for finding in case["findings"]} or {case.get("raises")}
        if len(codes) == 1:
            causes.setdefault(str(codes.pop()), set()).add(case["cause"])
    shared = {code: sentences for code, sentences in causes.items() if code != "None" and len(sentences) > 1}
    assert not shared


def test_every_maker_is_used() -> None:
    assert {case["made"] for case in CASES.values() if "made" in case} == set(MAKERS)
