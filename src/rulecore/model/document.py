"""Documents: what a person may change, read from anywhere, its envelope checked with every fault at once."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rulecore.errors import DocumentError
from rulecore.finding import Finding, Severity
from rulecore.names import nearest

FORMAT = "rulecore/1"
LARGEST_TEXT = 2_000_000
LARGEST_NUMBER = 10**15
DEEPEST = 32
MOST_FINDINGS = 200
LONGEST_KEY = 1_000
LONGEST_NUMBER = 20

_ENVELOPE: dict[str, tuple[type, str]] = {
    "format": (str, "text"),
    "packs": (dict, "object"),
    "kind": (str, "text"),
    "name": (str, "text"),
    "rulings": (dict, "object"),
    "inputs": (dict, "object"),
    "fields": (dict, "object"),
    "collections": (dict, "object"),
    "choices": (dict, "object"),
    "waivers": (dict, "object"),
    "notes": (str, "text"),
}
"""Every key of a document, with the JSON type of its value."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document whose envelope is sound. `findings` tell what was left out of it; the inside is judged against a ruleset."""

    kind: str
    name: str | None
    packs: Mapping[str, str]
    rulings: Mapping[str, Any]
    inputs: Mapping[str, Any]
    fields: Mapping[str, Any]
    collections: Mapping[str, Any]
    choices: Mapping[str, Any]
    waivers: Mapping[str, Any]
    raw: Mapping[str, Any]
    findings: tuple[Finding, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Give a fresh copy of all of it, to keep."""
        return deepcopy(dict(self.raw))

    def pointer(self, path: str) -> str:
        """Give the JSON pointer of an editable field by its dotted id: in its element's object, or among the fields."""
        segments = path.split(".")
        for end in range(len(segments) - 2, 0, -1):
            key, element = ".".join(segments[:end]), segments[end]
            place = element_key(self.collections.get(key), element)
            if place is not None:
                return f"/collections/{escape(key)}/{escape(place)}/{escape('.'.join(segments[end + 1 :]))}"
        return f"/fields/{escape(path)}"

    def path(self, pointer: str) -> str:
        """Give the dotted id that a JSON pointer leads to; the inverse of `pointer`."""
        head, *rest = [unescape(segment) for segment in pointer.split("/")[1:]]
        if head == "collections" and len(rest) > 1 and isinstance(self.collections.get(rest[0]), list):
            rest[1] = str(int(rest[1]) + 1)
        return ".".join(rest if head in {"fields", "collections", "choices", "rulings"} else [head, *rest])


def element_key(elements: Any, name: str) -> str | None:
    """Give the key of an element in its list or object: elements of a list are named by their place from 1."""
    if isinstance(elements, list):
        return str(int(name) - 1) if name.isdecimal() and 0 < int(name) <= len(elements) else None
    return name if isinstance(elements, Mapping) and name in elements else None


def escape(segment: str) -> str:
    """Write one segment of a JSON pointer."""
    return segment.replace("~", "~0").replace("/", "~1")


def unescape(segment: str) -> str:
    """Read one segment of a JSON pointer."""
    return segment.replace("~1", "/").replace("~0", "~")


def read_document(given: Document | Mapping[str, Any] | str | bytes | Path) -> Document:
    """Read a document from a dict, JSON text or a file; what is none raises a DocumentError that names every cause."""
    if isinstance(given, Document):
        return given
    raw = given if isinstance(given, Mapping) else parse_text(_text(given))
    if not isinstance(raw, Mapping):
        raise _no_document(
            Finding("document.type", "a document is a JSON object", pointer="", expected="object", found=_word(raw))
        )
    _check_values(raw)
    findings = [*_envelope(raw)]
    sound = {key: value for key, value in raw.items() if key in _ENVELOPE and _is(value, _ENVELOPE[key][0])}
    if "kind" not in sound:
        raise _no_document(
            *findings, Finding("document.kind", "a document says what it is about", pointer="/kind", expected="text")
        )
    objects = {key: sound.get(key, {}) for key in ("packs", "rulings", "inputs", "fields", "collections", "choices", "waivers")}
    return Document(kind=sound["kind"], name=sound.get("name"), raw=raw, findings=tuple(findings), **objects)


def _text(given: str | bytes | Path) -> str:
    try:
        if isinstance(given, Path):
            with given.open("rb") as file:
                # A byte more than is allowed is enough to know that it is too long; no character takes more than four.
                given = file.read(4 * LARGEST_TEXT + 1)
        return (
            given.decode("utf-8-sig", "strict" if len(given) <= 4 * LARGEST_TEXT else "replace")
            if isinstance(given, bytes)
            else given
        )
    except (OSError, UnicodeDecodeError) as error:
        raise _no_document(Finding("document.unreadable", f"the document cannot be read: {error}")) from error


def parse_text(text: str) -> Any:
    """Read JSON text strictly: no repeated key, no value that JSON does not have."""
    if len(text) > LARGEST_TEXT:
        raise _no_document(Finding("document.length", f"a document has at most {LARGEST_TEXT} characters", found=len(text)))
    faults: list[Finding] = []

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key, value in found:
            if key in values:
                faults.append(Finding("document.duplicate", f"the key {key!r} stands twice in one object", found=key))
            values[key] = value
        return values

    def constant(word: str) -> None:
        faults.append(Finding("document.constant", f"JSON has no {word}", found=word))

    def whole(digits: str) -> int:
        if len(digits) <= LONGEST_NUMBER:
            return int(digits)
        faults.append(_too_large())
        return 0

    try:
        value = json.loads(text, object_pairs_hook=pairs, parse_constant=constant, parse_int=whole)
    except RecursionError as error:
        raise _no_document(_too_deep()) from error
    except ValueError as error:
        raise _no_document(Finding("document.syntax", f"this is not JSON: {error}")) from error
    if faults:
        raise _no_document(*faults[:MOST_FINDINGS])
    return value


def _no_document(*findings: Finding) -> DocumentError:
    return DocumentError("this is no document", findings)


def _check_values(raw: Mapping[str, Any]) -> None:
    faults = {finding.code: finding for finding in _not_json(raw)}
    if faults:
        raise _no_document(*faults.values())


def _not_json(raw: Mapping[str, Any]) -> Iterator[Finding]:
    """Find what no JSON document holds, or what is beyond all measure; one of each sort is told."""
    reached: list[tuple[int, Any]] = [(1, raw)]
    seen: dict[int, int] = {}
    while reached:
        depth, value = reached.pop()
        if depth > DEEPEST:
            yield _too_deep()
            return
        if isinstance(value, Mapping | list | tuple):
            if seen.get(id(value), 0) >= depth:
                continue
            seen[id(value)] = depth
        if isinstance(value, Mapping):
            if not all(isinstance(key, str) for key in value):
                yield Finding("document.keys", "the keys of an object are text", expected="text")
            elif any(len(key) > LONGEST_KEY for key in value):
                yield Finding(
                    "document.key_length", f"a key in a document has at most {LONGEST_KEY} characters", expected=LONGEST_KEY
                )
            reached.extend((depth + 1, each) for each in value.values())
        elif isinstance(value, list | tuple):
            reached.extend((depth + 1, each) for each in value)
        elif isinstance(value, int | float) and not abs(value) <= LARGEST_NUMBER:
            yield _too_large()
        elif not isinstance(value, str | int | float | None):
            yield Finding("document.value", f"JSON has no {type(value).__name__}", found=type(value).__name__)


def _too_deep() -> Finding:
    return Finding("document.depth", f"a document is nested at most {DEEPEST} deep", expected=DEEPEST)


def _too_large() -> Finding:
    return Finding("document.number", f"a number in a document is at most {LARGEST_NUMBER}", expected=LARGEST_NUMBER)


def _envelope(raw: Mapping[str, Any]) -> Iterator[Finding]:
    for key, value in raw.items():
        pointer = f"/{escape(str(key))}"
        if key not in _ENVELOPE:
            yield unknown("document.key", f"a document has no {key!r}", pointer, str(key), _ENVELOPE)
        elif not _is(value, _ENVELOPE[key][0]):
            yield wrong_type(pointer, _ENVELOPE[key][1], value)
    if raw.get("format") != FORMAT and isinstance(raw.get("format", ""), str):
        yield Finding(
            "document.format",
            f"this version reads {FORMAT}",
            Severity.WARNING,
            pointer="/format",
            expected=FORMAT,
            found=raw.get("format"),
            fix=({"op": "add", "path": "/format", "value": FORMAT},),
        )
    for key in ("collections", "choices"):
        yield from _inside(raw.get(key), f"/{key}", dict | list if key == "collections" else list)


def _inside(values: Any, pointer: str, wanted: Any) -> Iterator[Finding]:
    for key, value in values.items() if isinstance(values, Mapping) else ():
        if not isinstance(value, wanted):
            yield wrong_type(f"{pointer}/{escape(str(key))}", "array" if wanted is list else "object", value)


def _is(value: Any, wanted: type) -> bool:
    return isinstance(value, Mapping if wanted is dict else wanted)


def wrong_type(pointer: str, expected: str, found: Any) -> Finding:
    """Say that a value has another type than its place wants."""
    return Finding(
        "value.type",
        f"{expected} is expected here, and this is {_word(found)}",
        pointer=pointer,
        expected=expected,
        found=_shown(found),
    )


def unknown(
    code: str, message: str, pointer: str, found: str, known: Collection[str], *, severity: Severity = Severity.ERROR
) -> Finding:
    """Say that a name is not known, and which known one is nearest."""
    return Finding(code, message, severity, pointer=pointer, found=found, nearest=nearest(found, known))


def _word(value: Any) -> str:
    words = {
        bool: "true or false",
        int: "a number",
        float: "a number",
        str: "text",
        list: "an array",
        dict: "an object",
    }
    return words.get(
        type(value), "null" if value is None else "an object" if isinstance(value, Mapping) else type(value).__name__
    )


def _shown(value: Any) -> Any:
    return value if isinstance(value, str | int | float) else None
