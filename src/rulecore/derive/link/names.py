"""The names in the text of code: of constants, and of what is named on the way."""

from __future__ import annotations

import re
from collections.abc import Hashable
from typing import Any

from rulecore.derive.link.code import Known, Linked
from rulecore.derive.link.sums import Sums
from rulecore.formula.dice import Dice

_INLINE = (int, bool, type(None))
_ATOM = re.compile(r"v\[\d+\]|\w+|\(-\d+\)")
# Equal ones may hold values of different types.
_SEVERAL = (tuple, frozenset, dict)


class Names:
    """Numbered names, given as they are asked for. `constants` has what those of constants stand for."""

    def __init__(self) -> None:
        """Have given none yet."""
        self.constants: dict[str, Any] = {}
        self._constant_names: dict[int, str] = {}
        self._dice: dict[Dice, Dice] = {}
        self._sums: dict[Dice, Sums] = {}
        self._tables: dict[Hashable, dict[Any, Any]] = {}
        self._temporary = 0

    def constant(self, value: Any) -> str:
        """Give the text of a value: whole numbers and truths as they are, everything else by a name that holds it."""
        if isinstance(value, _INLINE) and type(value) in _INLINE:
            return str(value) if not isinstance(value, int) or value >= 0 else f"({value})"
        if isinstance(value, Dice):
            value = self._dice.setdefault(value, value)
        name = self._constant_names.get(id(value))
        if name is None:
            name = self._constant_names[id(value)] = f"k{len(self.constants)}"
            # The value is kept under its name, so that its number is not given to another.
            self.constants[name] = value
        return name

    def sums(self, dice: Dice) -> Sums:
        """Give a table of the sums of dice and whole numbers."""
        return self._sums.setdefault(dice, Sums(dice))

    def table(self, table: dict[Any, Any]) -> str:
        """Give the name of a table; equal tables have one name."""
        if any(isinstance(each, _SEVERAL) for row in table.items() for each in row):
            return self.constant(table)
        rows = tuple((type(key), key, type(value), value) for key, value in table.items())
        return self.constant(self._tables.setdefault(rows, table))

    def text(self, linked: Linked) -> str:
        """Give the text of what was linked."""
        return self.constant(linked.value) if isinstance(linked, Known) else linked.text

    def temporary(self) -> str:
        """Give a name that no other text uses."""
        self._temporary += 1
        return f"t{self._temporary}"

    def named(self, text: str) -> tuple[str, str]:
        """Give what a test of an expression says, which names it on the way, and then the name."""
        if _ATOM.fullmatch(text):
            return text, text
        name = self.temporary()
        return f"({name} := {text})", name
