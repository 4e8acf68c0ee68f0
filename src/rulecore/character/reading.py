"""Reading the fields of a live sheet: as they are, or as the type that the caller expects."""

from __future__ import annotations

from abc import ABC, abstractmethod

from rulecore.character.values import names, plain
from rulecore.derive import Derivation
from rulecore.errors import FieldTypeError
from rulecore.formula.dice import Dice, as_dice

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Reading(ABC):
    """What can be read by its dotted id; whoever inherits has a derivation."""

    @property
    @abstractmethod
    def derivation(self) -> Derivation:
        """What follows from the document as it is now."""

    def __getitem__(self, path: str) -> Any:
        return plain(self.derivation.value(path))

    def __contains__(self, path: object) -> bool:
        try:
            self.derivation.locate(str(path))
        except KeyError:
            return False
        return True

    def integer(self, path: str) -> int:
        """Read a field of whole numbers."""
        value = self[path]
        if isinstance(value, bool) or not isinstance(value, int):
            raise _of_other_type(path, "a whole number", value)
        return value

    def text(self, path: str) -> str:
        """Read a field of text, a word, or the name of an entry."""
        value = self[path]
        if not isinstance(value, str):
            raise _of_other_type(path, "a text", value)
        return value

    def dice(self, path: str) -> Dice:
        """Read a field of dice; a plain number is dice without dice."""
        value = self[path]
        if isinstance(value, bool) or not isinstance(value, int | Dice):
            raise _of_other_type(path, "dice", value)
        return as_dice(value)

    def members(self, path: str) -> tuple[str, ...]:
        """Read the names in a set or list, in order."""
        value = self.derivation.value(path)
        if not isinstance(value, frozenset | tuple):
            raise _of_other_type(path, "several", plain(value))
        return names(value)


def _of_other_type(path: str, wanted: str, found: Any) -> FieldTypeError:
    return FieldTypeError(f"`{path}` is not {wanted}: it is {found!r}")
