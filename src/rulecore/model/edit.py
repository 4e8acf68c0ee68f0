"""Edits as a caller writes them: one change to a document each."""

from __future__ import annotations

from collections.abc import Mapping

from rulecore.dataclass import dataclass, field

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


@dataclass(frozen=True, slots=True)
class Set:
    """Gives an editable field, a choice or a ruling a value."""

    path: str
    value: Any


@dataclass(frozen=True, slots=True)
class Add:
    """Adds an element to a collection; `id` names it, or in an ordered collection says before which place it goes."""

    collection: str
    value: Mapping[str, Any] = field(default_factory=dict)
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Remove:
    """Takes away an element with all that belongs to it, the answer to a choice, or the value of a field."""

    path: str


Edit = Set | Add | Remove
