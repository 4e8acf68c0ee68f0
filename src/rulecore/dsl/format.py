"""The canonical layout: the same words, with two spaces a level, one between words, and comments where they stood."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from rulecore.dsl.grammar import parser
from rulecore.dsl.parse import parse
from rulecore.dsl.write import write
from rulecore.finding import Severity
from rulecore.source import SourceFile

if TYPE_CHECKING:
    from lark import Token

__all__ = ["format_source", "write"]

_OPENING = frozenset({"LPAR", "LSQB"})
_CLOSING = frozenset({"RPAR", "RSQB"})
_TIGHT = frozenset({"DOT", "RANGE"})
_NEVER_BEFORE = _CLOSING | _TIGHT | {"COMMA", "COLON"}
_NEVER_AFTER = _OPENING | _TIGHT
_VALUE_ENDS = _CLOSING | {"NAME", "NUMBER", "DICE", "STRING", "TRUE", "FALSE", "NONE"}
_SPACES_A_LEVEL = 2
_DEEPER_IN_BRACKETS = "    "


def format_source(text: str, name: str = "") -> str:
    """Give a text in the canonical layout; a text with faults stays as it is."""
    _, findings = parse(SourceFile(name, text))
    if any(finding.severity is Severity.ERROR for finding in findings):
        return text
    normal = text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}").replace("\r\n", "\n")
    layout = _Layout(normal)
    layout.run(parser().parse_interactive(normal + "\n").iter_parse())
    return layout.text()


class _Layout:
    """Sets token after token; what stands between two tokens are line ends, comments and spaces."""

    def __init__(self, source: str) -> None:
        self._source = source + "\n"
        self._lines: list[str] = []
        self._line = ""
        self._level = 0
        self._depth = 0
        self._end = 0
        self._previous: Token | None = None
        self._before: Token | None = None
        self._first: Token | None = None

    def run(self, tokens: Iterable[Token]) -> None:
        for token in tokens:
            if token.type in {"_NL", "_INDENT", "_DEDENT", "$END"}:
                continue
            self._between(self._source[self._end : token.start_pos])
            self._set(token)
            self._end = token.end_pos or 0
        self._between(self._source[self._end :].rstrip(" \t") or "\n", last=True)

    def text(self) -> str:
        while self._lines and not self._lines[-1]:
            self._lines.pop()
        return "".join(f"{line}\n" for line in self._lines)

    def _between(self, gap: str, *, last: bool = False) -> None:
        if "\n" not in gap:
            return
        first, *middle = gap.split("\n")
        indent = middle.pop()
        if self._previous is not None:
            self._finish_line(first)
        elif first.strip():
            middle.insert(0, first)
        next_level = 0 if last else len(indent.expandtabs(_SPACES_A_LEVEL)) // _SPACES_A_LEVEL
        for line in middle:
            self._blank_or_comment(line, next_level)
        if self._depth:
            self._line = " " * (self._level * _SPACES_A_LEVEL) + _DEEPER_IN_BRACKETS
        else:
            self._level, self._first = next_level, None
            self._line = " " * (next_level * _SPACES_A_LEVEL)
        self._before, self._previous = self._previous if self._depth else None, None

    def _finish_line(self, comment: str) -> None:
        comment = comment.strip()
        self._lines.extend((self._line + (f"  {comment}" if comment else "")).split("\n"))

    def _blank_or_comment(self, line: str, next_level: int) -> None:
        comment = line.strip()
        if not comment:
            if self._lines and self._lines[-1] and not self._depth:
                self._lines.append("")
            return
        own = -(-(len(line) - len(line.lstrip())) // _SPACES_A_LEVEL)
        level = min(max(own, next_level), max(self._level, next_level))
        indent = " " * (level * _SPACES_A_LEVEL)
        if self._depth:
            indent = " " * (self._level * _SPACES_A_LEVEL) + _DEEPER_IN_BRACKETS
        self._lines.append(indent + comment)

    def _set(self, token: Token) -> None:
        if self._previous is not None and self._is_apart(token):
            self._line += " "
        self._line += token
        if token.type in _OPENING:
            self._depth += 1
        elif token.type in _CLOSING:
            self._depth -= 1
        self._first = self._first if self._first is not None else token
        self._before, self._previous = self._previous if self._previous is not None else self._before, token

    def _is_apart(self, token: Token) -> bool:
        """Tell whether a space stands between the last token and this one."""
        last: Any = self._previous
        if token.type in _NEVER_BEFORE or last.type in _NEVER_AFTER:
            return False
        in_path = self._before is not None and self._before.type == "DOT"
        if token.type == "LPAR" and (last.type == "NAME" or (last.type == "NUMBER" and in_path)):
            declares = self._depth == 0 and self._first is not None and self._first.type in {"EVENT", "PHRASE"}
            return declares or last is self._first
        return not (last.type == "MINUS" and self._is_sign())

    def _is_sign(self) -> bool:
        """Tell whether the last token, a minus, belongs to the number behind it."""
        before = self._before
        return before is None or before is self._first or before.type not in _VALUE_ENDS
