"""An input: an editable field on which nothing depends but values, and the steps that edits take on it."""

from __future__ import annotations

from rulecore.derive import Derivation
from rulecore.derive.contents import NOTHING
from rulecore.derive.instance import Instance
from rulecore.formula import types as t
from rulecore.formula.ast import Constant, Formula
from rulecore.model.shape import Field
from rulecore.model.strict import escape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

_INFINITY = float("inf")
_PLAIN_TYPES: dict[type, type] = {t.BoolType: bool, t.IntType: int}


Step: TypeAlias = "tuple[Input, Any, Any, Any, Any]"
"""What one edit does to one input: the JSON before and after, `NOTHING` where none stands, and the value before and after."""
Steps: TypeAlias = "list[Step]"
Transaction: TypeAlias = "Step | Steps"
"""A transaction of values as it is kept; of most there are many, with a single step, so that it stands alone."""


class PlanFailed(Exception):
    """A plan came to no end: a fault of ours. The document is as it was, the values are not."""


def report(failed: object) -> None:
    """Warn that the plan of an input has failed: the sheet is right all the same, at a price."""
    from warnings import warn

    warn(f"the plan of {failed} failed, so everything is derived anew: please report it", RuntimeWarning, stacklevel=4)


class Input:
    """An editable field on which nothing depends but values: its slot, and its place in the document.

    Values of the type `plain` from `low` to `high` need no further look; it is none where no value is like that.
    """

    __slots__ = (
        "_values",
        "field",
        "high",
        "key",
        "low",
        "path",
        "place",
        "plain",
        "pointer",
        "slot",
        "unbounded",
    )

    def __init__(self, derivation: Derivation, slot: int, instance: Instance, field: Field) -> None:
        """Open the place where the document has the field."""
        self.place = derivation.contents.opened(instance, field.name)
        self._values = derivation.engine.values
        self.slot, self.field, self.path = slot, field, instance.join(field.name)
        self.key = instance.home.prefix + field.name
        above = derivation.contents.is_named_above(instance, field.name)
        self.pointer = f"/{field.name}" if above else instance.home.pointer + escape(self.key)
        self.plain = _PLAIN_TYPES.get(type(field.type))
        self.low, self.high = _limit(field.low, -_INFINITY), _limit(field.high, _INFINITY)
        self.unbounded = (self.low, self.high) == (-_INFINITY, _INFINITY)

    @property
    def written(self) -> Any:
        """What the document has written, or `NOTHING`."""
        return self.place.get(self.key, NOTHING)

    @property
    def value(self) -> Any:
        """What the document has written, as a value."""
        return self._values[self.slot]

    def write(self, new: Any) -> None:
        """Let the document have other JSON, or none."""
        if new is NOTHING:
            self.place.pop(self.key, None)
        else:
            self.place[self.key] = new


def steps_of(transaction: Transaction) -> Steps:
    """Give the steps of a transaction that was kept."""
    return [transaction] if isinstance(transaction, tuple) else transaction


def _limit(limit: Formula | None, otherwise: float) -> Any:
    """Give a bound that no document shifts: the only sort that refuses what lies beyond."""
    constant = limit.value if isinstance(limit, Constant) else None
    return otherwise if constant is None else constant
