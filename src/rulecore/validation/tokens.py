"""What a text is made of that is JSON or nearly: one pattern for every sort of token, each of which reads a sign once.

Every pattern gives back nothing that it has read (`++`, `*+`), so that no text takes more than its length in time.
"""

from __future__ import annotations

import re

WORD = r"[+\-]?+\.?+[\w$][\w$.+\-]*+(?:(?<=\w)['\u2019](?=\w)[\w$.+\-]++)*+"
"""A number, a constant, or a text without quotes."""

_OPENING = r"“”„‟\u2018\u2019\u201a\u201b«"
_INVISIBLE = r"\s\x00-\x1f\ufeff\u200b-\u200d\u2060"
_STRINGS = (
    r'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
    r"|'[^'\\]*+(?:(?:\\.|(?<=\w)'(?=\w))[^'\\]*+)*+'"
    r"|[“”„‟][^“”‟\"\\]*+(?:(?:\\.|\"(?!\s*+(?:[,:}\]]|\Z)))[^“”‟\"\\]*+)*+[“”‟\"]"
    r"|[\u2018\u2019\u201a\u201b][^\u2018\u2019\u201b'\\]*+(?:(?:\\.|(?<=\w)[\u2019'](?=\w))[^\u2018\u2019\u201b'\\]*+)*+[\u2018\u2019\u201b']"
    r"|«[^»\\]*+(?:\\.[^»\\]*+)*+»"
)
_COMMENTS = r"//[^\n]*+|\#[^\n]*+|/\*[^*]*+(?:\*(?!/)[^*]*+)*+(?:\*/)?+"
_FENCE = "```++|~~~++"

TOKEN = re.compile(
    rf"[ \t\n\r]*+(?:(?P<string>{_STRINGS})|(?P<unclosed>[\"'{_OPENING}])"
    rf"|(?P<comma>,)|(?P<colon>:)|(?P<open>[\[{{])|(?P<close>[\]}}])|(?P<word>{WORD})"
    rf"|(?P<equals>=>?+)|(?P<semicolon>;)|(?P<comment>{_COMMENTS})|(?P<fence>{_FENCE})|(?P<control>[{_INVISIBLE}]++)"
    rf"|(?P<sign>(?:[^\w\"'{_OPENING},:;=\[\]{{}}$`~#/+\-.{_INVISIBLE}]|[+\-.]++|.)))",
    re.DOTALL,
)
"""The next token; the group that has matched is its sort, and none has at the end of the text."""

BRACKETS = re.compile(
    rf"[\w$]++(?:['\u2019][\w$]++)*+|(?P<string>{_STRINGS})|(?P<unclosed>[\"'{_OPENING}])"
    rf"|(?P<open>[\[{{]++)|(?P<close>[\]}}]++)|{_COMMENTS}|(?P<fence>{_FENCE})",
    re.DOTALL,
)
"""The next brackets, or what may hide some."""

PHRASE = re.compile(rf"{WORD}(?:[ \t]++{WORD}(?!\s*+[:=]))*+")
"""Words of one line without quotes, up to a key."""

KEY = re.compile(rf"{WORD}(?:[ \t]++{WORD}){{0,8}}+(?=\s*+[:=])")
"""Words without quotes before a colon; not so many that trying it at each of them would matter."""

NEXT_WORD = re.compile(rf"[ \t]++({WORD})(?!\s*+[:=])")
LEADS_ON = re.compile(r"\s*+[:=]")
ENDS_STRING = re.compile(r"\s*+(?:[,:}\]=;/#`]|\Z)")
OPENS_AGAIN = re.compile(r"\{\s*+[\"'“\w]")
EMPTY = re.compile(r"\{[ \t\n\r]*+\}|\[[ \t\n\r]*+\]")
MORE_MEMBERS = re.compile(r"\s*+,\s*+(?:\"[^\"\\\n]{0,100}+\"|'[^'\\\n]{0,100}+')\s*+:")
"""What shows, behind the last bracket of an object, that it was not the last."""

INNER_QUOTES = re.compile(
    r'"[^"\\\n]{0,999}+(?<=[\s(])"(?=\w)'
    r'(?:[^"\\\n]{0,999}+"(?![ \t]*+(?:[,}\]:\n]|\Z))){0,9}+[^"\\\n]{0,999}+"(?=[ \t]*+(?:[,}\]\n]|\Z))'
)
"""A text of one line with quotes inside that have no backslash."""

LONGEST_TRY = 100_000
"""Where the end of a line is looked for in a text that may have lost its last quotation mark."""


def mended(text: str, start: int, end: int) -> tuple[int, int, str | None]:
    """Give where a text ends that seems to end too early or too late: its content, all of it, and the code of the fault."""
    inner = INNER_QUOTES.match(text, start)
    if inner is not None:
        return inner.end() - 1, inner.end(), "document.inner_quotes"
    last = text.find("\n", start, end) if end - start <= LONGEST_TRY else -1
    if last < 0:
        return end - 1, end, None
    while text[last - 1] in " \t\r":
        last -= 1
    if text[last - 1] == "," and last - 1 > start:
        last -= 1
    return last, last, "document.unclosed"


def skipped(text: str, start: int) -> int:
    """Give the end of the value that opens at a place, however deep it is: brackets are counted, of whichever sort."""
    depth = 0
    for match in BRACKETS.finditer(text, start):
        opened = match.lastgroup == "open"
        if opened:
            depth += match.end() - match.start()
        elif match.lastgroup == "close":
            closed = match.end() - match.start()
            if closed >= depth:
                return match.start() + depth
            depth -= closed
        elif match.lastgroup == "fence":
            return match.start()
        elif match.lastgroup == "unclosed":
            break
    return len(text)


def surplus(text: str, start: int) -> int:
    """Count how many more brackets are opened than closed from a place on."""
    count = 0
    for match in BRACKETS.finditer(text, start):
        if match.lastgroup == "open":
            count += match.end() - match.start()
        elif match.lastgroup == "close":
            count -= match.end() - match.start()
        elif match.lastgroup == "unclosed":
            break
    return count


class Brackets:
    """Knows whether brackets are missing or too many in what is still to read, from one count of all that follow."""

    __slots__ = ("_base", "_text", "passed")

    def __init__(self, text: str) -> None:
        self._text = text
        self._base: int | None = None
        self.passed = 0

    def to_come(self, start: int) -> int:
        """Count how many more brackets are opened than closed from a place on that has been reached."""
        if self._base is None:
            self._base = surplus(self._text, start) + self.passed
        return self._base - self.passed
