"""JSON read strictly: what is no document at all is refused, with every cause and its place."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from os import PathLike

from rulecore.dataclass import dataclass
from rulecore.errors import DocumentError
from rulecore.finding import Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

LARGEST_TEXT = 2_000_000
LARGEST_NUMBER = 10**15
LONGEST_CHARACTER = 4
"""The bytes of UTF-8 that one character takes at most."""
BEYOND_NUMBERS = 10**16
DEEPEST = 32
MOST_FINDINGS = 200
LONGEST_KEY = 1_000
LONGEST_NUMBER = 20


def escape(segment: str) -> str:
    """Write one segment of a JSON pointer."""
    return segment.replace("~", "~0").replace("/", "~1")


def unescape(segment: str) -> str:
    """Read one segment of a JSON pointer."""
    return segment.replace("~1", "/").replace("~0", "~")


def read_text(given: str | bytes | Path) -> str:
    """Give the text of a file or of bytes; what is longer than any document is not read to its end."""
    try:
        if isinstance(given, PathLike):
            with open(given, "rb") as file:  # noqa: PTH123 - a start needs no pathlib
                # A byte more than is allowed is enough to know that it is too long; no character takes more than four.
                given = file.read(LONGEST_CHARACTER * LARGEST_TEXT + 1)
        return (
            given.decode("utf-8-sig", "strict" if len(given) <= LONGEST_CHARACTER * LARGEST_TEXT else "replace")
            if isinstance(given, bytes)
            else given
        )
    except (OSError, UnicodeDecodeError) as error:
        raise no_document(Finding("document.unreadable", f"the document cannot be read: {error}")) from error


def parse_text(text: str) -> Any:
    """Read JSON text strictly; what JSON does not have is left as a `NotJson` in its place."""
    if len(text) > LARGEST_TEXT:
        raise no_document(Finding("document.length", f"a document has at most {LARGEST_TEXT} characters", found=len(text)))
    try:
        return json.loads(text, object_pairs_hook=_object_of, parse_constant=_constant, parse_int=_whole)
    except RecursionError as error:
        raise no_document(_too_deep("")) from error
    except ValueError as error:
        raise no_document(Finding("document.syntax", f"this is not JSON: {error}")) from error


@dataclass(frozen=True, slots=True)
class NotJson:
    """Stands where a text has what JSON does not: a code, and what to say."""

    code: str
    message: str
    found: str


def _object_of(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, value in pairs:
        message = f"the key {key!r} stands twice in one object"
        values[key] = NotJson("document.duplicate", message, key) if key in values else value
    return values


def _constant(word: str) -> NotJson:
    return NotJson("document.constant", f"JSON has no {word}", word)


def _whole(digits: str) -> Any:
    return int(digits) if len(digits) <= LONGEST_NUMBER else BEYOND_NUMBERS


def no_document(*findings: Finding) -> DocumentError:
    """Give the error that says why something is no document."""
    return DocumentError("this is no document", findings)


def check_values(raw: Mapping[str, Any]) -> None:
    """Refuse what holds something that no JSON document holds."""
    if is_sound(raw):
        return
    faults: dict[str, Finding] = {}
    for finding in _not_json(raw):
        faults.setdefault(f"{finding.code} {finding.pointer}" if finding.code == "document.duplicate" else finding.code, finding)
        if len(faults) == MOST_FINDINGS:
            break
    if faults:
        raise no_document(*faults.values())


def is_sound(value: Any, *, within: int = 0) -> bool:
    """Tell quickly that a value, inside so many others, is nothing but JSON's own; no means that one must look more closely."""
    return _is_sound(value, within + 1, set())


def _is_sound(value: Any, depth: int, seen: set[int]) -> bool:
    kind = value.__class__
    if kind is str:
        return bool(value.isascii())
    if kind is int or kind is float:
        return bool(abs(value) <= LARGEST_NUMBER)
    if kind is not dict and kind is not list:
        return value is None or kind is bool
    if depth >= DEEPEST or id(value) in seen:
        return False
    seen.add(id(value))
    if kind is list:
        return all(_is_sound(each, depth + 1, seen) for each in value)
    for key, each in value.items():
        if key.__class__ is not str or len(key) > LONGEST_KEY or not key.isascii() or not _is_sound(each, depth + 1, seen):
            return False
    return True


def _not_json(raw: Mapping[str, Any]) -> Iterator[Finding]:
    """Find what no JSON document holds, or what is beyond all measure."""
    reached: list[tuple[int, str, Any]] = [(1, "", raw)]
    seen: dict[int, int] = {}
    while reached:
        depth, pointer, value = reached.pop()
        if depth > DEEPEST:
            yield _too_deep(pointer)
            return
        if isinstance(value, Mapping | list | tuple):
            if seen.get(id(value), 0) >= depth:
                continue
            seen[id(value)] = depth
        if isinstance(value, Mapping):
            yield from _keys(value, pointer)
            reached.extend((depth + 1, f"{pointer}/{escape(str(key)[:LONGEST_KEY])}", each) for key, each in value.items())
        elif isinstance(value, list | tuple):
            reached.extend((depth + 1, f"{pointer}/{place}", each) for place, each in enumerate(value))
        else:
            yield from _single(value, pointer)


def _keys(value: Mapping[str, Any], pointer: str) -> Iterator[Finding]:
    keys: list[Any] = list(value)
    for key in keys:
        if not isinstance(key, str):
            yield Finding("document.keys", "the keys of an object are text", pointer=pointer, expected="text")
        elif len(key) > LONGEST_KEY:
            message = f"a key in a document has at most {LONGEST_KEY} characters"
            yield Finding("document.key_length", message, pointer=pointer, expected=LONGEST_KEY, found=len(key))
        else:
            yield from _surrogate(key, pointer)


def _single(value: Any, pointer: str) -> Iterator[Finding]:
    if isinstance(value, NotJson):
        yield Finding(value.code, value.message, pointer=pointer, found=value.found)
    elif isinstance(value, str):
        yield from _surrogate(value, pointer)
    elif isinstance(value, int | float) and not abs(value) <= LARGEST_NUMBER:
        message = f"a number in a document is at most {LARGEST_NUMBER}"
        yield Finding("document.number", message, pointer=pointer, expected=LARGEST_NUMBER)
    elif value is not None and not isinstance(value, int | float):
        yield Finding("document.value", f"JSON has no {type(value).__name__}", pointer=pointer, found=type(value).__name__)


def _surrogate(text: str, pointer: str) -> Iterator[Finding]:
    try:
        text.encode()
    except UnicodeEncodeError:
        yield Finding("document.surrogate", "this text holds a part of a character, which no file can keep", pointer=pointer)


def _too_deep(pointer: str) -> Finding:
    return Finding("document.depth", f"a document is nested at most {DEEPEST} deep", pointer=pointer, expected=DEEPEST)
