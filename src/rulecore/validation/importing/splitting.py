"""Lines that name something without a colon: the words of the packs tell where a name ends and its value begins."""

from __future__ import annotations

import re
from collections.abc import Callable

from rulecore.validation.importing.lexicon import Lexicon
from rulecore.validation.importing.words import words

_TOKEN = re.compile(r"\S+")
_LONGEST_KEY = 5
_MOST_PAIRS = 12
_PAIR = re.compile(r"([A-Za-z]{2,12})\s+(\d{1,2})(?:\s*\([+\u2212-]?\d+\))?")


def splitter(lexicon: Lexicon) -> Callable[[str], list[tuple[str, str]]]:
    """Give what splits a line of a block of numbers into names and values."""

    def split(line: str) -> list[tuple[str, str]]:
        pairs = [(key, value) for key, value in _PAIR.findall(line) if _is_member(lexicon, key)]
        if len(pairs) > 1:
            return pairs[:_MOST_PAIRS]
        has_main = any(lexicon.of((word,), lexicon.main) for word in words(line))
        tokens = list(_TOKEN.finditer(line))
        for length in range(min(_LONGEST_KEY, len(tokens) - 1), 0, -1):
            key, value = line[: tokens[length - 1].end()], line[tokens[length].start() :]
            if words(key) in lexicon.known and (
                not has_main or not lexicon.kinds.get(words(key), set()).isdisjoint(lexicon.main)
            ):
                return [(key, value)]
        return []

    return split


def _is_member(lexicon: Lexicon, key: str) -> bool:
    return any(each.kind in lexicon.tails for each in lexicon.of(words(key)))
