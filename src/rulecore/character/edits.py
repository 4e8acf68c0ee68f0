"""Edits as a caller writes them, and what a transaction of them did."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from rulecore.dataclass import dataclass, field, replace

PATCH_KEYS = frozenset({"op", "path", "value", "from"})


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
Edits = Mapping[str, Any] | Sequence[Edit | Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Change:
    """What a transaction did, all in all.

    `changed` holds each field that was there before and after with another value: `{id: (old, new)}`. `created` and `removed`
    are ids of elements, entries, options and parts. `recomputed` counts evaluations. `patch` is what it did to the document.
    """

    changed: Mapping[str, tuple[Any, Any]]
    created: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    recomputed: int = 0
    patch: tuple[Mapping[str, Any], ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything is different."""
        return bool(self.changed or self.created or self.removed)

    def narrowed(self, wanted: Callable[[str], bool]) -> Change:
        """Give the part of the change that concerns some ids."""
        changed = {name: values for name, values in self.changed.items() if wanted(name)}
        created, removed = (tuple(filter(wanted, names)) for names in (self.created, self.removed))
        return replace(self, changed=changed, created=created, removed=removed)


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One committed transaction: what was asked, what it did to the document, and how to take it back."""

    edits: tuple[Edit | Mapping[str, Any], ...]
    patch: tuple[Mapping[str, Any], ...]
    inverse: tuple[Mapping[str, Any], ...]


def listed(edits: Edits | Iterable[Any]) -> tuple[Edit | Mapping[str, Any], ...]:
    """Give edits as a list: a mapping sets each of its paths; a JSON Patch stays one operation an edit."""
    if isinstance(edits, Mapping):
        return tuple(Set(str(path), value) for path, value in edits.items())
    if isinstance(edits, Set | Add | Remove):
        return (edits,)
    return tuple(edits)
