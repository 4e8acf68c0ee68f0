"""Entries and kinds: the content of packs."""

from __future__ import annotations

from collections.abc import Mapping

from rulecore.dataclass import dataclass, field
from rulecore.formula.types import Type
from rulecore.model.late import Late
from rulecore.source import NOWHERE, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rulecore.model.shape import Shape


@dataclass(frozen=True, slots=True)
class PropertyType:
    """A property that entries of a kind have: its type, and its value where an entry gives none."""

    name: str
    label: str
    type: Type
    default: Any
    required: bool
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of entries.

    `ancestors` holds the kind itself and all it inherits from; `shape` the members of every active entry.
    """

    name: str
    label: str
    ancestors: frozenset[str]
    properties: Mapping[str, PropertyType]
    shape: Shape | None = None
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True, eq=False)
class Entry(Late):
    """One thing of a pack; equal only to itself.

    `shape` is what acts and is asked while it is active, none for an entry of constants alone. `order` is the place of its
    declaration in the ruleset, by which sets are shown. `outer` is the entry in which it is nested.
    """

    kind: str
    name: str
    label: str
    kinds: frozenset[str]
    pack: str
    order: int
    properties: Mapping[str, Any] = field(default_factory=dict)
    shape: Shape | None = None
    outer: str | None = None
    text: str | None = None
    citation: str | None = None
    span: Span = NOWHERE

    @property
    def id(self) -> str:
        """Give the id within a ruleset: kind and name."""
        return f"{self.kind}.{self.name}"

    def __repr__(self) -> str:
        """Show the id alone."""
        return self.id
