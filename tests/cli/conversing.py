"""A person at the keyboard: reads what the command has asked, and answers a line."""

import re
from collections.abc import Callable, Iterable, Iterator

import pytest

ASKED = re.compile(
    r"^(?P<label>.+): (?:choose (?P<count>\d+)|one (?:to add|more)|(?P<held>\d+) of (?P<most>\d+)).*  (?P<id>\S+)$", re.MULTILINE
)
LEGAL = re.compile(r"(?:^ {2}|\s{3}) *(?P<number>\d+) (?=\S)", re.MULTILINE)


class Keyboard:
    """A stdin that is no terminal: each line is made when it is asked for."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.lines = lines
        self.read = 0

    def isatty(self) -> bool:
        return False

    def readline(self) -> str:
        self.read += 1
        line = next(self.lines, None)
        return "" if line is None else line + "\n"


Types = Callable[[Iterable[str]], Keyboard]


def typing(monkeypatch: pytest.MonkeyPatch) -> Types:
    def types(lines: Iterable[str]) -> Keyboard:
        keyboard = Keyboard(iter(lines))
        monkeypatch.setattr("sys.stdin", keyboard)
        return keyboard

    return types


def playing(capsys: pytest.CaptureFixture[str], transcript: list[str], **grown: list[str]) -> Iterator[str]:
    """Answer each question by the first options that may be taken, and add what `grown` says to ordered collections."""
    while True:
        transcript.append(capsys.readouterr().err)
        asked = list(ASKED.finditer(transcript[-1]))[-1]
        if asked["most"] is None and asked["count"] is None:
            names = grown[asked["id"]]
            yield names.pop(0) if names else "skip"
        else:
            offered = transcript[-1][asked.end() :].splitlines()
            lines = [line for line in offered if line.startswith("  ") and "(" not in line[:8]]
            legal = [match["number"] for line in lines for match in LEGAL.finditer(line)]
            legal.sort(key=int)
            assert legal, transcript[-1]
            count = int(asked["count"] or int(asked["most"]) - int(asked["held"]))
            yield ", ".join(legal[:count])
