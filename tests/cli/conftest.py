"""Runs the command in this process, and shows what it wrote where."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from rulecore.cli import main

from .conversing import Types, typing

ROOT = Path(__file__).parents[2]
LANTERNS = ROOT / "tests" / "packs" / "other_game"
ROOK = LANTERNS / "documents" / "rook.json"


@dataclass
class Finished:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Finished]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("NO_COLOR", "1")

    def call(*arguments: object) -> Finished:
        code = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Finished(code, captured.out, captured.err)

    return call


@pytest.fixture
def rook(run: Run) -> Run:
    """Runs a command on the document of the other game, with its pack."""
    return lambda command, *rest: run(command, ROOK, *rest, "--pack", LANTERNS)


@pytest.fixture
def types(monkeypatch: pytest.MonkeyPatch) -> Types:
    """Gives the lines that are typed, or come from a pipe."""
    return typing(monkeypatch)
