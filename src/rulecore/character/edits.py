"""Edits as a caller writes them, and what a transaction of them did."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from rulecore.dataclass import dataclass, field

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


Values = Mapping[str, tuple[Any, Any]]
Patch = tuple[Mapping[str, Any], ...]


class Change:
    """What a transaction did, all in all. It is worked out when it is first asked for, or before the next transaction."""

    __slots__ = ("__weakref__", "_changed", "_patch", "_recomputed", "_tell", "created", "removed")

    def __init__(
        self,
        changed: Values | Callable[[], tuple[Values, int]],
        created: tuple[str, ...] = (),
        removed: tuple[str, ...] = (),
        recomputed: int = 0,
        patch: Patch | Callable[[], Patch] = (),
    ) -> None:
        """Hold what changed, or what tells it together with the number of evaluations."""
        self._tell = changed if callable(changed) else None
        self._changed: Values = {} if callable(changed) else changed
        self.created, self.removed = created, removed
        self._recomputed, self._patch = recomputed, patch

    @property
    def changed(self) -> Values:
        """Each field that was there before and after with another value: `{id: (old, new)}`."""
        self.settle()
        return self._changed

    @property
    def recomputed(self) -> int:
        """How many fields were evaluated."""
        self.settle()
        return self._recomputed

    @property
    def patch(self) -> Patch:
        """What was done to the document, as a JSON Patch."""
        if callable(self._patch):
            self._patch = self._patch()
        return self._patch

    def settle(self) -> None:
        """Work out what changed, while the sheet is as the transaction left it."""
        if self._tell is not None:
            tell, self._tell = self._tell, None
            self._changed, self._recomputed = tell()

    def __bool__(self) -> bool:
        """Tell whether anything is different."""
        return bool(self.changed or self.created or self.removed)

    def __eq__(self, other: object) -> bool:
        """Tell whether another transaction did the same."""
        return isinstance(other, Change) and self._parts() == other._parts()

    __hash__ = None  # type: ignore[assignment]

    def _parts(self) -> tuple[object, ...]:
        return dict(self.changed), self.created, self.removed, self.recomputed, self.patch

    def __repr__(self) -> str:
        """Show what changed."""
        return f"<Change {dict(self.changed)!r} created {self.created!r} removed {self.removed!r}>"

    def narrowed(self, wanted: Callable[[str], bool]) -> Change:
        """Give the part of the change that concerns some ids."""
        changed = {name: values for name, values in self.changed.items() if wanted(name)}
        created, removed = (tuple(filter(wanted, names)) for names in (self.created, self.removed))
        return Change(changed, created, removed, self.recomputed, self._patch)


class LogEntry:
    """One committed transaction: what was asked, what it did to the document, and how to take it back."""

    __slots__ = ("_inverse", "_patch", "edits")

    def __init__(
        self,
        edits: tuple[Edit | Mapping[str, Any], ...],
        patch: Patch | Callable[[], Patch],
        inverse: Patch | Callable[[], Patch],
    ) -> None:
        """Hold the edits and both patches, or what gives them."""
        self.edits, self._patch, self._inverse = edits, patch, inverse

    @property
    def patch(self) -> Patch:
        """What was done to the document, as a JSON Patch."""
        return self._patch() if callable(self._patch) else self._patch

    @property
    def inverse(self) -> Patch:
        """What takes it back, as a JSON Patch."""
        return self._inverse() if callable(self._inverse) else self._inverse

    def __repr__(self) -> str:
        """Show what was done to the document."""
        return f"<LogEntry {list(self.patch)!r}>"


def listed(edits: Edits | Iterable[Any]) -> tuple[Edit | Mapping[str, Any], ...]:
    """Give edits as a list: a mapping sets each of its paths; a JSON Patch stays one operation an edit."""
    if isinstance(edits, Mapping):
        return tuple(Set(str(path), value) for path, value in edits.items())
    if isinstance(edits, Set | Add | Remove):
        return (edits,)
    return tuple(edits)
