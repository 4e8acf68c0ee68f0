"""Sheets in words: Markdown, or the text of a block of numbers, brought into the same tree as JSON."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

MOST_LINES = 6000
LONGEST_LINE = 4000
_HEADING = re.compile(r"(#{1,6})\s*(.+?)\s*#*$")
_BULLET = re.compile(r"(\s*)(?:[-*+\u2022]|\d+[.)])\s+(.*)$")
_MARKS = re.compile(r"\*\*|__|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)")
_KEY = re.compile(r"([^:|]{1,60}?):\s+(.+)$|([^:|]{1,60}?):$")
_RULE = re.compile(r"[\s|:=-]+$")
_BOLD = re.compile(r"\*\*([^*:]{1,60}):?\*\*:?\s*([^*]*)")


class Line(str):
    """A text that knows on which line of the source it stands."""

    __slots__ = ("pointer",)
    pointer: str

    @classmethod
    def at(cls, text: str, number: int) -> Line:
        """Give a text of a line."""
        made = cls(text)
        made.pointer = f"/{number}"
        return made


def tree_of(text: str, split: Callable[[str], list[tuple[str, str]]]) -> dict[str, Any]:
    """Give the tree of a text; `split` finds names and values in a line that has no colon."""
    return _Reader(split).read(text)


class _Reader:
    """Reads line by line. Headings nest, bullets and tables are lists, lines with a colon are members."""

    def __init__(self, split: Callable[[str], list[tuple[str, str]]]) -> None:
        self.split = split
        self.root: dict[str, Any] = {}
        self.open: list[tuple[int, dict[str, Any]]] = [(0, self.root)]
        self.header: list[str] | None = None
        self.under: str | None = None

    @property
    def here(self) -> dict[str, Any]:
        return self.open[-1][1]

    def read(self, text: str) -> dict[str, Any]:
        for number, line in enumerate(each[:LONGEST_LINE] for each in text.splitlines()[:MOST_LINES]):
            if "|" in line and line.count("|") > 1:
                self._row(line, number)
                continue
            self.header = None
            self._line(line.rstrip(), number)
        return self.root

    def _line(self, line: str, number: int) -> None:
        heading, bullet = _HEADING.match(line), _BULLET.match(line)
        if not line.strip():
            self.under = None
        elif heading is not None:
            self._heading(len(heading[1]), _plain(heading[2]))
        elif len(_BOLD.findall(line)) > 1:
            for key, value in _BOLD.findall(line):
                self._member(_plain(key), value.strip(" |,;\u00b7\u2022"), number)
        elif bullet is not None:
            self._bullet(_plain(bullet[2]), number, indented=bool(bullet[1]))
        else:
            self._text(_plain(line), number)

    def _heading(self, depth: int, title: str) -> None:
        while self.open[-1][0] >= depth:
            self.open.pop()
        self.under = None
        key = _KEY.match(title)
        if depth == 1 and not self.root.get("name"):
            self.root["name"] = Line.at(title.partition(",")[0].partition(" \u2014 ")[0], 0)
            self._text(title.partition(",")[2].strip(), 0)
            return
        if key is not None and key[2]:
            self._member(key[1], key[2], 0)
        inner: dict[str, Any] = {}
        self._put(self.here, title, inner)
        self.open.append((depth, inner))

    def _bullet(self, text: str, number: int, *, indented: bool) -> None:
        if indented and self.under is not None:
            self._listed(self.under, text, number)
            return
        key = _KEY.match(text)
        if key is not None and key[3]:
            self.under = key[3]
        elif key is not None:
            self._member(key[1], key[2], number)
        else:
            self._listed(self.under or "", text, number)

    def _text(self, text: str, number: int) -> None:
        key = _KEY.match(text)
        if key is not None and key[3]:
            self.under = key[3]
        elif key is not None:
            self._member(key[1], key[2], number)
        else:
            found = self.split(text)
            for name, value in found:
                self._member(name, value, number)
            if not found and text:
                self._listed("", text, number)

    def _row(self, line: str, number: int) -> None:
        cells = [_plain(cell) for cell in line.strip().strip("|").split("|")]
        if _RULE.fullmatch(line):
            return
        if self.header is None:
            self.header = cells
            return
        row = {
            name or f"column {place}": Line.at(cell, number)
            for place, (name, cell) in enumerate(zip(self.header, cells, strict=False))
        }
        self.here.setdefault("", []).append(row) if isinstance(self.here.setdefault("", []), list) else None

    def _member(self, key: str, value: str, number: int) -> None:
        self._put(self.here, key.strip(" *_"), Line.at(value.strip(), number))

    def _listed(self, key: str, text: str, number: int) -> None:
        several = self.here.setdefault(key, [])
        if isinstance(several, list):
            several.append(Line.at(text, number))

    @staticmethod
    def _put(into: dict[str, Any], key: str, value: Any) -> None:
        if key not in into:
            into[key] = value
            return
        # A second one of a name stands in a list of such, so that none is lost.
        several = into.setdefault("", [])
        if isinstance(several, list):
            several.append({key: value})


def _plain(text: str) -> str:
    return _MARKS.sub("", text).strip()
