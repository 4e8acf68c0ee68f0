"""Single values as a text writes them: words, numbers and texts, each with the codes of what is wrong with it."""

from __future__ import annotations

import re

from rulecore.model.strict import LARGEST_NUMBER, LONGEST_NUMBER

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

HOLE: Any = object()
"""Stands for a value that is left out."""
PLAIN: Any = object()
"""Stands for a word that is neither number nor constant."""

_EXACT = {"true": True, "false": False, "null": None}
_LITERALS = {**_EXACT, "none": None, "nil": None, "undefined": None}
_CONSTANTS = {"nan", "infinity", "inf"}
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*+)(\.[0-9]++)?(?:[eE][+-]?[0-9]++)?")
_NUMERAL = re.compile(r"[+-]?(?:[0-9]++(?:_[0-9]++)*+(?:\.[0-9]*+)?|\.[0-9]++)(?:[eE][+-]?[0-9]++)?")
_HEXADECIMAL = re.compile(r"[+-]?0[xX][0-9A-Fa-f]++")
_HEXADECIMAL_BASE = 16

_ESCAPED = re.compile(r"\\(u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|.|\Z)|[\x00-\x1f]", re.DOTALL)
_UNUSUAL = re.compile(r"[\x00-\x1f\\\ud800-\udfff]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_REPLACEMENT = "\ufffd"


def is_whole(word: str) -> bool:
    """Tell whether nothing that could follow makes another value of a word."""
    return word in _EXACT


def scalar(word: str) -> tuple[Any, str | None]:
    """Give the value of a word and the code of what is wrong with it; PLAIN where it is a text without quotes."""
    if word in _EXACT:
        return _EXACT[word], None
    match = _NUMBER.fullmatch(word)
    if match:
        return _number(word)
    lowered = word.lower()
    if lowered in _LITERALS:
        return _LITERALS[lowered], "document.literal"
    if lowered.lstrip("+-") in _CONSTANTS:
        return HOLE, "document.constant"
    return _numeral(word)


def _numeral(word: str) -> tuple[Any, str | None]:
    if _HEXADECIMAL.fullmatch(word):
        value: Any = int(word, _HEXADECIMAL_BASE) if len(word) <= LONGEST_NUMBER else HOLE
        return (HOLE, "document.number") if value is HOLE or abs(value) > LARGEST_NUMBER else (value, "document.numeral")
    if not _NUMERAL.fullmatch(word):
        return PLAIN, "document.unquoted"
    sign = "-" if word.startswith("-") else ""
    digits = word.lstrip("+-").replace("_", "")
    bare = digits.lstrip("0")
    value, code = _number(f"{sign}{bare if bare[:1].isdigit() else f'0{bare}'}")
    return value, code or "document.numeral"


def _number(word: str) -> tuple[Any, str | None]:
    if word.lstrip("-").isdigit():
        value: Any = int(word) if len(word) <= LONGEST_NUMBER else HOLE
    else:
        value = float(word)
    return (value, None) if value is not HOLE and abs(value) <= LARGEST_NUMBER else (HOLE, "document.number")


def decoded(content: str) -> tuple[str, dict[str, int | None]]:
    """Give the text that stands between quotes, and the codes of what is wrong in it, each with its first place.

    What is wrong with all of it has none.
    """
    if not _UNUSUAL.search(content):
        return content, {}
    faults: dict[str, int | None] = {}

    def written(match: re.Match[str]) -> str:
        sort = match[1]
        if sort is None:
            faults.setdefault("document.control", match.start())
            return match[0]
        if sort in _ESCAPES:
            return _ESCAPES[sort]
        if sort[:1] == "u" and len(sort) > 1:
            return chr(int(sort[1:], _HEXADECIMAL_BASE))
        faults.setdefault("document.escape", match.start())
        if sort[:1] == "x" and len(sort) > 1:
            return chr(int(sort[1:], _HEXADECIMAL_BASE))
        # Before a letter a backslash was meant, as in a path; before any other sign it was meant to keep it.
        return match[0] if sort.isalnum() else sort

    text, is_torn = whole_characters(_ESCAPED.sub(written, content))
    return text, {**faults, "document.surrogate": None} if is_torn else faults


def whole_characters(text: str) -> tuple[str, bool]:
    """Give a text whose characters are all whole, and tell whether parts of some had to be replaced."""
    if not _SURROGATES.search(text):
        return text, False
    # What two escapes write as two parts is one character.
    joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    whole = _SURROGATES.sub(_REPLACEMENT, joined)
    return whole, whole != joined
