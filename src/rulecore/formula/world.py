"""What the interpreter asks of all that exists besides the formula."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from rulecore.formula import ast as f


class World(Protocol):
    """All that exists besides the formula: what the interpreter asks of a sheet."""

    @property
    def entity(self) -> Any:
        """The instance of the entity."""

    def read(self, instance: Any, name: str, default: Any) -> Any:
        """Give a field, part, collection or choice of an instance; the default where it has no such."""

    def referring(self, members: tuple[Any, ...], name: str, entry: Any) -> Sequence[Any] | None:
        """Give those of some members that refer to an entry by a name; none where the world does not remember it."""

    def standing(self, entry: Any) -> Any:
        """Give the instance that stands for an entry, or none."""

    def everything(self, by: str, name: str) -> tuple[Any, ...]:
        """Give all instances of a record, entry or kind, or all entries of a family."""

    def outer(self, instance: Any, shape: str) -> Any:
        """Give the nearest enclosing instance of a shape, or the one that stands for its entry, or none."""

    def gained(self, node: f.Gained, instance: Any) -> int:
        """Give the place at which something was gained."""

    def held_by(self, instance: Any) -> Any:
        """Give what `self` means for an instance."""

    def property(self, entry: Any, name: str, default: Any) -> Any:
        """Give constant data of an entry."""

    def ruling(self, name: str) -> Any:
        """Give the value of a ruling."""

    def rows(self, table: str) -> tuple[tuple[int, f.Formula], ...]:
        """Give the rows of a table, keys rising."""

    def instances(self, value: Any) -> int:
        """Count how many times an entry is active."""

    def roll(self, dice: Any) -> Any:
        """Give what comes of a roll; a world in which nothing happens keeps dice as they are."""

    def is_one_of(self, value: Any, names: frozenset[str]) -> bool:
        """Tell whether an entry is of one of some kinds, or an instance of one of some shapes."""
