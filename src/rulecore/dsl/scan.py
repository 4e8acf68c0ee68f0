"""The first look at a text, before the grammar: characters, quotes, brackets, indentation, and which lines belong together."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from rulecore.dsl.faults import Faults
from rulecore.dsl.indentation import DEEPEST, INDENT, Indentation, Line

UNREADABLE = "\N{REPLACEMENT CHARACTER}"  # stands for signs that no text has, and is reported as them
LONGEST_LINE = 10_000
MOST_LINES = 10_000
LONGEST_NUMBER = 18
DENSE = 60

_CLOSES = {")": "(", "]": "["}
_OPENS = {opening: closing for closing, opening in _CLOSES.items()}
_OPERATOR = re.compile(r"[-+*/(\[]|\b(?:if|else|not|and|or)\b")
_BAD_ESCAPE = re.compile(r'\\(?:\\|["nt])|(\\.)')
_TOKEN = re.compile(
    r"""
    (?P<long>\"{3}[\s\S]*?\"{3}) | (?P<open_long>\"{3}[\s\S]*) | (?P<string>"(?:[^"\\\n]|\\.)*") | (?P<open_string>"[^\n]*)
    | (?P<comment>\#[^\n]*) | (?P<newline>\n) | (?P<open>[(\[]) | (?P<close>[)\]])
    | (?P<number>(?<![a-z0-9_.])\d[a-z0-9_]*(?:\.[a-z0-9_]+)*) | (?P<capital>[a-z0-9_]*[A-Z]\w*)
    | (?P<space>[ \t]+) | (?P<plain>[a-z0-9_.,:=<>+*/|-]+|!=) | (?P<strange>[^ \t\n])
    """,
    re.VERBOSE,
)
_NUMBER = re.compile(r"\d+(?:\.\d+){0,2}|\d+d\d+|\d+(?:\.\d+)?(?!d\b)[a-z]+")


@dataclass(slots=True)
class Scan:
    """What the first look gives: the lines that say something, and those among them that may hold a very deep formula."""

    lines: list[Line] = field(default_factory=list)
    dense: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class _Bracket:
    sign: str
    line: int
    column: int


class _Scanner:
    def __init__(self, text: str, faults: Faults, *, by_layout: bool) -> None:
        self.text = text
        self.faults = faults
        self.by_layout = by_layout
        self.starts = [0]
        self.brackets: list[_Bracket] = []
        self.opened = 0
        self.joined: set[int] = set()
        self.faulty: set[int] = set()

    def run(self) -> Scan:
        for found in _TOKEN.finditer(self.text):
            kind = found.lastgroup or ""
            if kind not in {"plain", "space", "comment"}:
                getattr(self, f"_{kind}")(found[0], found.start())
        if self.brackets:
            self._unclosed(self.brackets[0])
        return self._lines()

    # ---- tokens

    def _fault(self, code: str, offset: int, length: int, message: str, hint: str | None = None) -> None:
        line = len(self.starts)
        if line not in self.faulty:
            self.faulty.add(line)
            self.faults.add(code, line, offset - self.starts[-1] + 1, length, message, hint=hint)

    def _newline(self, _token: str, offset: int) -> None:
        self.starts.append(offset + 1)
        line = len(self.starts)
        if not self.brackets:
            return
        if self.by_layout and self._begins_a_line(offset + 1):
            self._unclosed(self.brackets[0])
            self.brackets.clear()
        else:
            self.joined.add(line)

    def _begins_a_line(self, start: int) -> bool:
        """Tell whether a line inside brackets is no deeper than the line of the bracket, as if that had been forgotten."""
        rest = self.text[start : start + LONGEST_LINE].partition("\n")[0]
        content = rest.lstrip(" \t")
        if not content or content.startswith(("#", ")", "]")):
            return False
        own = INDENT.match(self.text, self.starts[self.opened - 1])
        return len(rest) - len(content) <= (len(own[0]) if own else 0)

    def _long(self, token: str, offset: int) -> None:
        at = offset
        for part in token.split("\n")[:-1]:
            at += len(part) + 1
            self.starts.append(at)
            self.joined.add(len(self.starts))

    def _open_long(self, token: str, offset: int) -> None:
        self._fault(
            "syntax.unclosed_text",
            offset,
            3,
            'this long text is opened by `"""` and closed nowhere',
            'write `"""` where the text ends; what follows was not checked',
        )
        self._long(token, offset)

    def _string(self, token: str, offset: int) -> None:
        if "\\" not in token:
            return
        for found in _BAD_ESCAPE.finditer(token):
            if found[1]:
                self._fault(
                    "syntax.escape",
                    offset + found.start(),
                    2,
                    f"`{found[1]}` means nothing in a quoted text",
                    'after a `\\` stands `"`, `\\`, `n` (new line) or `t` (tab)',
                )

    def _open_string(self, token: str, offset: int) -> None:
        self._fault(
            "syntax.unclosed_quote",
            offset,
            len(token.rstrip()),
            "this quoted text is not closed before the line ends",
            f'write `{shortened(token.rstrip())}"`',
        )

    def _open(self, token: str, offset: int) -> None:
        if len(self.brackets) == DEEPEST:
            self._fault(
                "syntax.nesting",
                offset,
                1,
                f"brackets are nested more than {DEEPEST} deep",
                "give parts of it names, as fields",
            )
        if not self.brackets:
            self.opened = len(self.starts)
            while self.opened in self.joined:
                self.opened -= 1
        self.brackets.append(_Bracket(token, len(self.starts), offset - self.starts[-1] + 1))

    def _close(self, token: str, offset: int) -> None:
        if not self.brackets:
            self._fault(
                "syntax.bracket",
                offset,
                1,
                f"`{token}` closes nothing",
                f"remove it, or write the `{_CLOSES[token]}` that it closes",
            )
            return
        opened = self.brackets.pop()
        if opened.sign != _CLOSES[token]:
            self._fault("syntax.bracket", offset, 1, f"`{token}` cannot close `{opened.sign}`", f"write `{_OPENS[opened.sign]}`")

    def _unclosed(self, bracket: _Bracket) -> None:
        if bracket.line not in self.faulty:
            self.faulty.add(bracket.line)
            self.faults.add(
                "syntax.unclosed_bracket",
                bracket.line,
                bracket.column,
                1,
                f"this `{bracket.sign}` is not closed",
                hint=f"write `{_OPENS[bracket.sign]}` where it ends",
            )

    def _number(self, token: str, offset: int) -> None:
        if len(token) > LONGEST_NUMBER:
            message = f"a number has at most {LONGEST_NUMBER} signs, and this one has {len(token)}"
            self._fault("syntax.number", offset, len(token), message)
        elif not _NUMBER.fullmatch(token):
            message = f"`{token}` is neither a number, as `12` and `7.5`, nor dice, as `2d6`"
            self._fault("syntax.number", offset, len(token), message)

    def _capital(self, token: str, offset: int) -> None:
        lower = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", token).lower()
        message = f"names are written in lower case, and `{shortened(token)}` is not"
        self._fault("syntax.capital", offset, len(token), message, f"write `{shortened(lower)}`, or a quoted text")

    def _strange(self, token: str, offset: int) -> None:
        if token == UNREADABLE:
            self.faulty.add(len(self.starts))
            return
        message = f"the sign `{token}` means nothing outside a quoted text"
        self._fault("syntax.character", offset, 1, message, _INSTEAD.get(token))

    # ---- lines

    def _lines(self) -> Scan:
        scan, indentation = Scan(), Indentation(self.text, self.faults)
        ends = [*(start - 1 for start in self.starts[1:]), len(self.text)]
        for number, (start, end) in enumerate(zip(self.starts, ends, strict=True), 1):
            if number in self.joined and scan.lines:
                last = scan.lines[-1]
                last.last, last.end = number, end
                last.faulty = last.faulty or number in self.faulty
            elif self.text[start:end].strip(" \t") and not self.text[start:end].lstrip(" \t").startswith("#"):
                line = Line(number, number, start, end, faulty=number in self.faulty)
                indentation.place(line)
                scan.lines.append(line)
        scan.dense = [
            line
            for line in scan.lines
            if line.end - line.start > DENSE and len(_OPERATOR.findall(self.text, line.start, line.end)) > DENSE
        ]
        return scan


# Signs that look like others are the very point of this table.
_INSTEAD = {
    "“": 'write `"`',
    "”": 'write `"`',
    "„": 'write `"`',
    "'": 'a text is quoted with `"`',
    "`": 'a text is quoted with `"`',
    "’": 'write `"`',  # noqa: RUF001
    "&": "write `and`",
    "!": "write `not`, or `!=` for unequal",
    "%": "there is no remainder; percent is written as a fraction",
    "^": "write the product",
    "×": "write `*`",  # noqa: RUF001
    "÷": "write `/`",
    "−": "write `-`",  # noqa: RUF001
    "–": "write `-`",  # noqa: RUF001
    "≤": "write `<=`",
    "≥": "write `>=`",
    "≠": "write `!=`",
    "→": "write `->`",
    ";": "write one statement a line",
    "{": "a block is indented by two spaces",
    "}": "a block is indented by two spaces",
    "\\": "a line ends where it ends, except inside brackets",
    "…": "a range is written `1..10`",
}


def shortened(text: str, most: int = 60) -> str:
    """Shorten a text for a message."""
    return text if len(text) <= most else text[: most - 1] + "…"


def scan(text: str, faults: Faults, *, by_layout: bool = False) -> Scan:
    """Look through a text; `by_layout`, a line that is no deeper than its open bracket means that the bracket was forgotten."""
    return _Scanner(text, faults, by_layout=by_layout).run()
