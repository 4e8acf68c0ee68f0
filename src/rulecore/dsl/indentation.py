"""Indentation: two spaces a level, one level at a time, and no tabs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rulecore.dsl.faults import Faults

DEEPEST = 60
INDENT = re.compile(r"[ \t]*")
_LEVEL = 2


@dataclass(slots=True)
class Line:
    """A line with the lines that its brackets and long texts join to it; `faulty` when something is known to be wrong with it."""

    first: int
    last: int
    start: int
    end: int
    level: int = 0
    faulty: bool = False
    misplaced: bool = False


class Indentation:
    """The indentations of the lines that the next line may stand in, from the outermost inward."""

    def __init__(self, text: str, faults: Faults) -> None:
        self._text = text
        self._faults = faults
        self._levels = [0]
        self._is_first = True
        self._is_deep = False
        self._tabbed = False
        self._wrong: int | None = None

    def place(self, line: Line) -> None:
        """Give a line its level, and find what is wrong with its indentation; lines that follow suit are not blamed again."""
        found = INDENT.match(self._text, line.start)
        space = found[0] if found else ""
        indent = len(space.expandtabs(_LEVEL))
        while self._levels[-1] > indent:
            self._levels.pop()
        if self._wrong is not None and indent < self._wrong:
            self._wrong = None
        if self._wrong is not None and indent in {self._wrong, self._wrong + _LEVEL}:
            line.misplaced = True
        else:
            line.misplaced = self._misplaced(line.first, space, indent - self._levels[-1])
        self._is_first = False
        if line.misplaced and indent % _LEVEL:
            self._wrong = indent if self._wrong is None else self._wrong
            indent += 1
        if indent > self._levels[-1]:
            self._levels.append(indent)
        line.level = len(self._levels) - 1
        if line.level > DEEPEST:
            line.faulty = True
            if not self._is_deep:
                self._fault(
                    "syntax.nesting",
                    line.first,
                    f"lines are nested more than {DEEPEST} deep",
                    "move the inner lines out",
                    length=indent,
                )
        self._is_deep = line.level > DEEPEST

    def _misplaced(self, line: int, space: str, deeper: int) -> bool:
        tabbed, self._tabbed = self._tabbed, "\t" in space
        if self._tabbed:
            return tabbed or self._fault(
                "syntax.tab",
                line,
                "the line is indented with a tab",
                "write two spaces for each level",
                column=space.index("\t") + 1,
            )
        if self._is_first and deeper:
            return self._fault(
                "syntax.indent_jump",
                line,
                "the first line of a file is not indented",
                "remove the spaces before it",
                length=len(space),
            )
        if deeper in {0, _LEVEL}:
            return False
        if len(space) % _LEVEL:
            message = f"the line is indented by {_spaces(len(space))}, and each level takes two"
            return self._fault("syntax.indent", line, message, _levels_near(len(space), deeper), length=len(space))
        message = f"the line is indented {deeper} spaces deeper than the line that it would stand in, and each level takes two"
        return self._fault(
            "syntax.indent_jump", line, message, f"indent it by {_spaces(len(space) - deeper + _LEVEL)}", length=len(space)
        )

    def _fault(self, code: str, line: int, message: str, hint: str, *, column: int = 1, length: int = 1) -> bool:
        return self._faults.add(code, line, column, length, message, hint=hint)


def _spaces(number: int) -> str:
    return "no spaces" if number == 0 else "1 space" if number == 1 else f"{number} spaces"


def _levels_near(indent: int, deeper: int) -> str:
    lower = indent - indent % _LEVEL
    return f"indent it by {_spaces(lower)}" + ("" if deeper > _LEVEL else f" or {_spaces(lower + _LEVEL)}")
