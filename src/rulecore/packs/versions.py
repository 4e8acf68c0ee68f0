"""Version ranges of `uses` lines: `>=1.0,<2`."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable

_COMPARE: dict[str, Callable[[tuple[int, ...], tuple[int, ...]], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "==": operator.eq,
    "!=": operator.ne,
}
_RANGE = re.compile(r"\s*(>=|<=|==|!=|<|>)\s*(\d+(?:\.\d+)*)\s*\Z")


def parts_of(version: str) -> tuple[int, ...]:
    """Give the numbers of a version, trailing zeros left out so that 1.0 equals 1."""
    numbers = [int(number) for number in version.split(".")]
    while len(numbers) > 1 and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


def is_range(text: str) -> bool:
    """Tell whether a text is a version range."""
    return all(_RANGE.match(part) for part in text.split(","))


def satisfies(version: str, wanted: str) -> bool:
    """Tell whether a version lies in a range."""
    have = parts_of(version)
    for part in wanted.split(","):
        match = _RANGE.match(part)
        if match is None or not _COMPARE[match[1]](have, parts_of(match[2])):
            return False
    return True
