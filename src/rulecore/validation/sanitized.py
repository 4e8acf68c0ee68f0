"""Values of Python made plain JSON: what JSON does not have is told and left out, however the values are woven together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rulecore.finding import Finding, Fix, Safety
from rulecore.model.strict import DEEPEST, LARGEST_NUMBER, LARGEST_TEXT, LONGEST_KEY
from rulecore.validation.faults import Faults, pointer_of
from rulecore.validation.scalars import HOLE, whole_characters

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

SHORTEST_VALUE = 2
"""What a value takes in a text at least: one sign, and what divides it from the next."""


class _TooLong(Exception):
    """Stops what would never end."""


class _Open:
    """A container that is being copied: what it has been made of, and what of it is still to come."""

    __slots__ = ("given", "key", "rest", "values")

    def __init__(self, given: Any) -> None:
        self.given = given
        is_list = isinstance(given, list | tuple)
        self.values: Any = [] if is_list else {}
        self.rest: Iterator[tuple[Any, Any]] = enumerate(list(given)) if is_list else iter(list(given.items()))
        self.key: str | None = None


def sanitized(given: Any) -> tuple[Any, tuple[Finding, ...]]:
    """Give a fresh value that is nothing but JSON, and what was wrong with the given one."""
    copier = _Copier()
    try:
        value = copier.copied(given)
    except _TooLong:
        return None, (Finding("document.length", f"a document has at most {LARGEST_TEXT} characters", expected=LARGEST_TEXT),)
    value = None if value is HOLE else value
    return value, copier.faults.findings(value)


class _Copier:
    """Copies one value, one container after the other; `length` is about how long its text is."""

    def __init__(self) -> None:
        self.faults = Faults()
        self.opened: list[_Open] = []
        self.length = 0

    def copied(self, given: Any) -> Any:
        """Give the copy of a value, HOLE where nothing of it is JSON."""
        value = self._begun(given)
        while self.opened:
            level = self.opened[-1]
            for key, each in level.rest:
                if self._enter(level, key):
                    depth = len(self.opened)
                    made = self._begun(each)
                    if len(self.opened) > depth:
                        break
                    self._attach(level, made)
            else:
                value = self.opened.pop().values
                if self.opened:
                    self._attach(self.opened[-1], value)
        return value

    def _begun(self, value: Any) -> Any:
        """Give the copy of a single value; a container is opened instead."""
        self._count(SHORTEST_VALUE)
        if isinstance(value, Mapping | list | tuple):
            depth = len(self.opened) + 1
            if depth > DEEPEST or (depth == DEEPEST and len(value)) or any(level.given is value for level in self.opened):
                return self._hole("document.depth", type(value).__name__)
            self.opened.append(_Open(value))
            return None
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, int | float):
            return self._number(value)
        return self._hole("document.value", type(value).__name__)

    def _text(self, value: str) -> str:
        self._count(len(value))
        whole, is_torn = whole_characters(str.__str__(value))
        if is_torn:
            self.faults.add("document.surrogate", self._pointer())
        return whole

    def _number(self, value: float) -> Any:
        if isinstance(value, int):
            return int(value) if abs(value) <= LARGEST_NUMBER else self._hole("document.number")
        if value != value or value in {float("inf"), float("-inf")}:  # noqa: PLR0124 - only NaN differs from itself
            return self._hole("document.constant", str(value))
        return float(value) if abs(value) <= LARGEST_NUMBER else self._hole("document.number", str(value))

    def _enter(self, level: _Open, key: Any) -> bool:
        """Tell whether a key has a place in JSON; it is kept for the value to come."""
        if isinstance(level.values, list):
            return True
        level.key = None
        if not isinstance(key, str):
            if type(key) is not int or abs(key) > LARGEST_NUMBER or str(key) in level.given:
                self._hole("document.keys", type(key).__name__, at=len(self.opened))
                return False
            self._numbered(key)
            key = str(key)
        self._count(len(key))
        if len(key) > LONGEST_KEY:
            self._hole("document.key_length", len(key), at=len(self.opened))
            return False
        level.key, is_torn = whole_characters(str.__str__(key))
        if is_torn:
            self.faults.add("document.surrogate", self._pointer())
        return True

    def _numbered(self, key: int) -> None:
        fix = Fix("taken as text", Safety.CERTAIN)
        message = "a key is text, and this is a number"
        pointer = pointer_of([*self._keys(self.opened[:-1]), str(key)])
        self.faults.put(Finding("document.keys", message, pointer=pointer, expected="text", found=key, fixes=(fix,)))

    def _attach(self, level: _Open, value: Any) -> None:
        if value is HOLE:
            return
        if isinstance(level.values, list):
            level.values.append(value)
        else:
            level.values[level.key] = value

    def _count(self, length: int) -> None:
        self.length += length
        if self.length > LARGEST_TEXT:
            raise _TooLong

    def _hole(self, code: str, found: Any = None, *, at: int | None = None) -> Any:
        """Tell that a value is left out, at the container in which it stood."""
        if not self.faults.is_full(code):
            opened = self.opened[:-1] if at is None else self.opened[: at - 1]
            self.faults.add(code, pointer_of(self._keys(opened)), found=found)
        return HOLE

    def _pointer(self) -> str:
        return pointer_of(self._keys(self.opened))

    def _keys(self, opened: list[_Open]) -> list[str | int]:
        return [len(level.values) if isinstance(level.values, list) else level.key or "" for level in opened]
