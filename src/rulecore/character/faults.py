"""Why a transaction is refused: faults of the places that it touched, and of those alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rulecore.derive import Derivation
from rulecore.derive.asked import asked_faults
from rulecore.derive.written import Near, written_faults
from rulecore.errors import FieldError
from rulecore.finding import Finding
from rulecore.model.shape import Mode
from rulecore.names import nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

REFUSING = frozenset(
    {
        "value.type",
        "value.fraction",
        "value.word",
        "value.instance",
        "value.range",
        "entry.unknown",
        "entry.kind",
        "field.unknown",
        "field.derived",
        "field.parked",
        "collection.unknown",
        "collection.parked",
        "collection.maximum",
        "collection.shape",
        "element.type",
        "choice.unknown",
        "choice.unasked",
        "choice.type",
        "choice.parked",
        "choice.preset",
        "ruling.unknown",
        "document.key",
        "document.part",
    }
)
"""Wrong type, outside the range, unknown or derived: whatever else is wrong is told and taken all the same."""


def faults(derivation: Derivation, before: Derivation, patch: Sequence[Mapping[str, Any]]) -> list[Finding]:
    """Give what forbids the patch that led to a derivation."""
    touched = [str(operation["path"]) for operation in patch]
    near = _near(touched)
    found = [each for each in _faults(derivation, near) if near(each.pointer or " ")]
    if not found:
        return []
    known = {(each.code, each.pointer) for each in _faults(before, near)}
    return [each for each in found if (each.code, each.pointer) not in known or each.pointer in touched]


def _faults(derivation: Derivation, near: Near) -> Iterator[Finding]:
    every = (*derivation.document.findings, *written_faults(derivation, near), *asked_faults(derivation, near))
    return (found for found in every if found.code in REFUSING)


def _near(touched: Iterable[str]) -> Near:
    """Give what tells whether a place was touched, or lies in one that was, or holds one."""
    insides = [path + "/" for path in touched]

    def near(pointer: str) -> bool:
        inside = pointer + "/"
        return any(inside.startswith(each) or each.startswith(inside) for each in insides)

    return near


def unwritable(code: str, message: str, path: str) -> Finding:
    """Say why an edit cannot be made at all."""
    return Finding(code, message, found=path)


def unknown_path(path: str, derivation: Derivation) -> Finding:
    """Say that an edit leads nowhere, or to what the rules determine."""
    try:
        _instance, field = derivation.field(path)
    except FieldError:
        alike = nearest(path, editable_paths(derivation))
        return Finding("field.unknown", f"there is no field, element or choice {path!r}", found=path, nearest=alike)
    return Finding("field.derived", f"nobody sets {path!r}: it is {field.mode}", found=path)


def editable_paths(derivation: Derivation) -> Iterable[str]:
    """Give the ids of all that an edit can lead to now."""
    for instance in derivation.structure.instances:
        yield from (instance.join(name) for name, field in instance.fields.items() if field.mode is Mode.EDITABLE)
        yield from (instance.join(name) for name in (*instance.questions, *instance.collections))
