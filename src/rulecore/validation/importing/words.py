"""Texts as words, so that one thing written in many ways is one: case, punctuation and plurals make no difference."""

from __future__ import annotations

import re
from functools import lru_cache

from rulecore.dataclass import dataclass

Words = tuple[str, ...]

LONGEST_NAME = 80
_JOINED = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z]{2})(?=[0-9])")
_QUOTES = re.compile("['\u2019`]")
_WORD = re.compile(r"[+]\d+|[^\W_]+")
_EMPTY = frozenset({"the", "a", "an", "of", "is", "has", "your", "my", "are"})
_NUMBER = re.compile(r"(?<![\w.])([+\u2212-]?)\s?(\d{1,9})(?:st|nd|rd|th)?(?![\w.]|\s?/)")
_TIMES = re.compile(r"(?:^|\s)[x\u00d7]\s?(\d+)$|^(\d+)\s?[x\u00d7]?\s+(?=\D)", re.IGNORECASE)
_INNER = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_APART = re.compile(r"\s*[,;|\n\u2022]\s*|\s+/\s+|\s*/\s*(?=[A-Z])|\s+&\s+|\s+and\s+")


@lru_cache(maxsize=1 << 14)
def words(text: str) -> Words:
    """Give the words of a text, in lower case and in the singular."""
    plain = _JOINED.sub(" ", _QUOTES.sub("", text[: 2 * LONGEST_NAME]))
    found = tuple(_singular(each) for each in _WORD.findall(plain.casefold()) if each not in _EMPTY)
    return found or tuple(_WORD.findall(plain.casefold()))


def _singular(word: str) -> str:
    """Give a word without the end that says there are several, the same for one and for many."""
    if len(word) > 3 and word.endswith("ies"):
        return f"{word[:-3]}y"
    one = word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
    return one[:-1] if len(one) > 4 and one.endswith("e") else one


def identifier(text: str) -> str:
    """Give a text as a name would be written: in lower case, joined by lines."""
    return "_".join(_WORD.findall(_JOINED.sub(" ", _QUOTES.sub("", text)).casefold())).replace("+", "plus_")[:LONGEST_NAME]


def number_in(text: str) -> int | None:
    """Give the first whole number of a text; what stands in brackets comes last."""
    found = _NUMBER.search(_INNER.sub(" ", text)) or _NUMBER.search(text)
    return None if found is None else int(found[2]) * (-1 if found[1] in {"-", "\u2212"} else 1)


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that a text names: its name without numbers, a count, a number with a sign, and what stands in brackets."""

    text: str
    name: str
    number: int | None = None
    signed: int | None = None
    inner: tuple[str, ...] = ()


def piece(text: str) -> Piece:
    """Read a text as the name of one thing."""
    inner = tuple(one or other for one, other in _INNER.findall(text))
    bare = _INNER.sub(" ", text).strip(" .*_-\u2013\u2014")
    number = signed = None
    times = _TIMES.search(bare)
    if times is not None:
        number, bare = int((times[1] or times[2])[:9]), _TIMES.sub(" ", bare)
    for found in _NUMBER.finditer(bare):
        if found[1]:
            signed = int(found[2]) * (1 if found[1] == "+" else -1)
        elif number is None:
            number = int(found[2])
    if number is None:
        number = next((int(each) for each in inner if each.strip().isdecimal() and len(each) < 10), None)
    return Piece(
        text, _NUMBER.sub(" ", bare).strip(" :,.-"), number, signed, tuple(each for each in inner if not each.isdecimal())
    )


def parts(text: str) -> list[str]:
    """Give the parts of a list in words; what stands in brackets stays together."""
    kept = _INNER.sub(lambda match: re.sub(r"[,;/|]|\band\b", "\x00", match[0]), text)
    if kept == text:
        return [each for each in _APART.split(text) if each.strip()]
    found, start = [], 0
    for match in _APART.finditer(_INNER.sub(lambda each: "(" + "\x00" * (len(each[0]) - 2) + ")", text)):
        found.append(text[start : match.start()])
        start = match.end()
    return [each for each in [*found, text[start:]] if each.strip()]
