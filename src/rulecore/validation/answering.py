"""Answers of a model: a patch, remarks, and what it disputes, read as far as they can be read."""

from __future__ import annotations

from collections.abc import Mapping

from rulecore.dataclass import dataclass
from rulecore.model.strict import escape
from rulecore.validation.reading import read

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


@dataclass(frozen=True, slots=True)
class Note:
    """A remark about a place, or why a finding is meant as it is: `about` is a JSON pointer or the identity of a finding."""

    about: str
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model has answered; `fault` says what it should have been."""

    patch: tuple[Mapping[str, Any], ...]
    notes: tuple[Note, ...]
    disputes: tuple[Note, ...]
    fault: str | None = None


def answered(text: str) -> Answer:
    """Read the answer of a model as far as it can be read."""
    value = read(text).value
    if isinstance(value, list):
        value = {"patch": value}
    if not isinstance(value, Mapping):
        return Answer((), (), (), 'it is no JSON object with "patch"')
    patch = value.get("patch", [])
    if not isinstance(patch, list) or not all(isinstance(each, Mapping) for each in patch):
        return Answer((), (), (), '"patch" is a list of JSON Patch operations')
    notes = _notes(value.get("notes"), "pointer", "text")
    return Answer(tuple(map(_pointed, patch)), notes, _notes(value.get("disputes"), "fingerprint", "reason"))


def _pointed(operation: Mapping[str, Any]) -> Mapping[str, Any]:
    """Give an operation whose path starts with a slash, which models leave out."""
    path = operation.get("path")
    return {**operation, "path": f"/{path}"} if isinstance(path, str) and path and not path.startswith("/") else operation


def _notes(value: Any, about: str, text: str) -> tuple[Note, ...]:
    if isinstance(value, Mapping):
        return tuple(Note(f"/{escape(str(key))}", str(each)) for key, each in value.items())
    found = value if isinstance(value, list) else [] if value is None else [value]
    return tuple(
        Note(str(each.get(about, "")), str(each.get(text, ""))) if isinstance(each, Mapping) else Note("", str(each))
        for each in found
    )
