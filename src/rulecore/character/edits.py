"""Edits as a caller writes them, and what a transaction of them did."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence

from rulecore.dataclass import dataclass
from rulecore.model.edit import Add, Edit, Remove, Set

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

PATCH_KEYS = frozenset({"op", "path", "value", "from"})


Edits: TypeAlias = "Mapping[str, Any] | Sequence[Edit | Mapping[str, Any]]"


Values: TypeAlias = "Mapping[str, tuple[Any, Any]]"
Patch: TypeAlias = "tuple[Mapping[str, Any], ...]"
Settled: TypeAlias = "tuple[Values, int, Patch]"
"""What a change tells when it is asked: values before and after, how many fields were evaluated, and the patch."""


class Change(ABC):
    """What a transaction did, all in all."""

    __slots__ = ("_settled",)

    @abstractmethod
    def _settle(self) -> Settled:
        """Work out what is not known before somebody asks."""

    def _known(self) -> Settled:
        try:
            return self._settled
        except AttributeError:
            self._settled: Settled = self._settle()
        return self._settled

    @property
    def changed(self) -> Values:
        """Each field that was there before and after with another value: `{id: (old, new)}`."""
        return self._known()[0]

    @property
    def created(self) -> tuple[str, ...]:
        """The ids of elements, entries, options and parts that are new."""
        return ()

    @property
    def removed(self) -> tuple[str, ...]:
        """The ids of those that are there no more."""
        return ()

    @property
    def recomputed(self) -> int:
        """How many fields were evaluated."""
        return self._known()[1]

    @property
    def patch(self) -> Patch:
        """What was done to the document, as a JSON Patch."""
        return self._known()[2]

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
        return KnownChange(changed, created, removed, self.recomputed, self.patch)


class KnownChange(Change):
    """What a transaction did, or what nothing did, known at once."""

    __slots__ = ("_created", "_outcome", "_removed")

    def __init__(
        self,
        changed: Values,
        created: tuple[str, ...] = (),
        removed: tuple[str, ...] = (),
        recomputed: int = 0,
        patch: Patch = (),
    ) -> None:
        """Hold all of it."""
        self._outcome: Settled = changed, recomputed, patch
        self._created, self._removed = created, removed

    def _settle(self) -> Settled:
        return self._outcome

    @property
    def created(self) -> tuple[str, ...]:
        """The ids of elements, entries, options and parts that are new."""
        return self._created

    @property
    def removed(self) -> tuple[str, ...]:
        """The ids of those that are there no more."""
        return self._removed


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One committed transaction: what was asked, what it did to the document, and how to take it back."""

    edits: tuple[Edit | Mapping[str, Any], ...]
    patch: Patch
    inverse: Patch


def listed(edits: Edits | Iterable[Any]) -> tuple[Edit | Mapping[str, Any], ...]:
    """Give edits as a list: a mapping sets each of its paths; a JSON Patch stays one operation an edit."""
    if isinstance(edits, Mapping):
        return tuple(Set(str(path), value) for path, value in edits.items())
    if isinstance(edits, Set | Add | Remove):
        return (edits,)
    return tuple(edits)
