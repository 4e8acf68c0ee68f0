"""What a source wants of the sheet: values that were written for derived fields, and entries that were named."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from rulecore.dataclass import dataclass
from rulecore.derive.derivation import Derivation
from rulecore.errors import FieldError
from rulecore.formula import types as t
from rulecore.formula.dice import Dice
from rulecore.model.entry import Entry
from rulecore.model.shape import Field
from rulecore.model.sheet import json_of
from rulecore.validation.importing.mentions import Mention

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


@dataclass(eq=False, slots=True)
class Want:
    """A value that a field shall have; `entry` is whose field it is, in a family, and `ending` which of its fields."""

    path: str
    value: Any
    pointer: str
    field: Field
    entry: Entry | None = None
    ending: str = ""
    mention: Mention | None = None

    def distance(self, derivation: Derivation) -> float:
        """Say how far the sheet is from what is wanted: nothing where it is so, and one where no number says how far."""
        try:
            value = derivation.value(self.path)
        except FieldError:
            return 1
        if isinstance(self.field.type, t.SetType):
            return 0 if self.entry in value else 1
        if isinstance(self.field.type, t.EnumType):
            known = self.field.type.words
            return abs(known.index(value) - known.index(self.value)) if value in known else 1
        plain = json_of(value)
        if plain == self.value:
            return 0
        both = _number(value), _number(self.value)
        return 1 if both[0] is None or both[1] is None else abs(both[0] - both[1])


def _number(value: Any) -> float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, Dice):
        return float(value.average) if hasattr(value, "average") else None
    return float(value) if isinstance(value, int | float | Fraction) else None


def total(wants: Sequence[Want], derivation: Derivation) -> float:
    """Say how far a sheet is from all that is wanted; a number that is far off counts no more than one that is near."""
    return sum(min(each.distance(derivation), 8) for each in wants)
