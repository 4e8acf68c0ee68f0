"""Documents: what a person may change, read from anywhere, its envelope checked with every fault at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from json import dumps

from rulecore.dataclass import dataclass
from rulecore.finding import Finding, Fix, Safety, Severity
from rulecore.model.strict import (
    check_values,
    escape,
    is_sound,
    no_document,
    parse_text,
    read_text,
    unescape,
)
from rulecore.names import nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

FORMAT = "rulecore/1"

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
    packs: Mapping[str, Any]
    rulings: Mapping[str, Any]
    inputs: Mapping[str, Any]
    fields: Mapping[str, Any]
    collections: Mapping[str, Any]
    choices: Mapping[str, Any]
    waivers: Mapping[str, Any]
    raw: Mapping[str, Any]
    findings: tuple[Finding, ...] = ()

    @property
    def name(self) -> str | None:
        """Give the name, none where there is no sound one."""
        found = self.raw.get("name")
        return found if isinstance(found, str) else None

    def to_json(self) -> dict[str, Any]:
        """Give a fresh copy of all of it, to keep."""
        from copy import deepcopy

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


def read_document(given: Document | Mapping[str, Any] | str | bytes | Path) -> Document:
    """Read a document from a dict, JSON text or a file; what is none raises a DocumentError that names every cause."""
    if isinstance(given, Document):
        return given
    raw = given if isinstance(given, Mapping) else parse_text(read_text(given))
    if not isinstance(raw, Mapping):
        raise no_document(
            Finding("document.type", "a document is a JSON object", pointer="", expected="object", found=_word(raw))
        )
    check_values(raw)
    return _document(raw)


def edited_document(raw: Mapping[str, Any], patch: Iterable[Mapping[str, Any]]) -> Document:
    """Read what a patch has made of a sound document: of its values, those of the patch alone are new."""
    if not all(is_sound(operation.get("value"), within=str(operation["path"]).count("/")) for operation in patch):
        check_values(raw)
    return _document(raw)


def _document(raw: Mapping[str, Any]) -> Document:
    findings = [*_envelope(raw)]
    sound = {key: value for key, value in raw.items() if key in _ENVELOPE and _is(value, _ENVELOPE[key][0])}
    if "kind" not in raw:
        findings.append(Finding("document.kind", "a document says what it is about", pointer="/kind", expected="text"))
    if "kind" not in sound:
        raise no_document(*findings)
    objects = {key: sound.get(key, {}) for key in ("packs", "rulings", "inputs", "fields", "collections", "choices", "waivers")}
    return Document(kind=sound["kind"], raw=raw, findings=tuple(findings), **objects)


def _envelope(raw: Mapping[str, Any]) -> Iterator[Finding]:
    for key, value in raw.items():
        pointer = f"/{escape(str(key))}"
        if key not in _ENVELOPE:
            yield unknown("document.key", f"{key!r} is no key of a document", pointer, str(key), _ENVELOPE)
        elif not _is(value, _ENVELOPE[key][0]):
            yield wrong_type(pointer, _ENVELOPE[key][1], value, "document.part")
    if raw.get("format") != FORMAT and isinstance(raw.get("format", ""), str):
        yield _other_format(raw)
    for key in ("packs", "waivers"):
        yield from _texts(raw.get(key), f"/{key}")
    if "name" in raw and isinstance(raw.get("fields"), Mapping) and "name" in raw["fields"]:
        message = "the name stands twice, and the one among the fields counts"
        yield Finding("document.name", message, Severity.WARNING, pointer="/fields/name")
    for key in ("collections", "choices"):
        yield from _inside(raw.get(key), f"/{key}", dict | list if key == "collections" else list)


def _texts(values: Any, pointer: str) -> Iterator[Finding]:
    for key, value in values.items() if isinstance(values, Mapping) else ():
        if not isinstance(value, str):
            yield wrong_type(f"{pointer}/{escape(str(key))}", "text", value, f"document{pointer.replace('/', '.')}")


def _other_format(raw: Mapping[str, Any]) -> Finding:
    message = f"this version reads {FORMAT}"
    fix = (
        replacing("/format", raw["format"], FORMAT, Safety.CERTAIN)
        if "format" in raw
        else adding(raw, "/format", FORMAT, Safety.CERTAIN)
    )
    return Finding(
        "document.format", message, Severity.WARNING, pointer="/format", expected=FORMAT, found=raw.get("format"), fixes=(fix,)
    )


def adding(raw: Mapping[str, Any], pointer: str, value: Any, safety: Safety) -> Fix:
    """Give the fix that writes what is missing, if something else, short where there is such, still is as it was."""
    keys = sorted(raw, key=lambda key: isinstance(raw[key], Mapping | list))
    tests = [{"op": "test", "path": f"/{escape(key)}", "value": raw[key]} for key in keys[:1]]
    return Fix(f"write {value}", safety, (*tests, {"op": "add", "path": pointer, "value": value}))


def removing(pointer: str, stored: Any, safety: Safety, title: str = "leave it out") -> Fix:
    """Give the fix that takes a value away, if it is still there."""
    return Fix(title, safety, ({"op": "test", "path": pointer, "value": stored}, {"op": "remove", "path": pointer}))


def replacing(pointer: str, stored: Any, value: Any, safety: Safety, title: str | None = None) -> Fix:
    """Give the fix that writes another value, if what it replaces is still there."""
    written = title or f"write {value if isinstance(value, str | int | float) and not isinstance(value, bool) else dumps(value)}"
    patch = ({"op": "test", "path": pointer, "value": stored}, {"op": "replace", "path": pointer, "value": value})
    return Fix(written, safety, patch)


def _inside(values: Any, pointer: str, wanted: Any) -> Iterator[Finding]:
    code = "choice.type" if wanted is list else "collection.shape"
    for key, value in values.items() if isinstance(values, Mapping) else ():
        if not isinstance(value, wanted):
            yield wrong_type(f"{pointer}/{escape(str(key))}", "array" if wanted is list else "object", value, code)


def _is(value: Any, wanted: type) -> bool:
    return isinstance(value, Mapping if wanted is dict else wanted)


def wrong_type(pointer: str, expected: str, found: Any, code: str = "value.type") -> Finding:
    """Say that a value has another type than its place wants."""
    return Finding(
        code,
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
