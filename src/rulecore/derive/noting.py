"""A world that notes what is read: all that formulas ask, but for what stands in packs, is some topic."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Hashable

from rulecore.derive.compute import Computation
from rulecore.derive.instance import Form, Instance
from rulecore.derive.structure import ANEW, CALLS
from rulecore.formula import types as t
from rulecore.formula.ast import Gained
from rulecore.formula.values import InstanceValue, entry_of
from rulecore.model.entry import Entry
from rulecore.model.shape import Field

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

Topic = Hashable
"""What may be read: a member of an instance, all instances of a sort, who stands for an entry, and the like."""

RULING = "ruling"
"""With a name: the value of a ruling."""


class Noting(Computation, ABC):
    """Values, and what is read on the way: whatever a formula asks is noted as a topic."""

    @abstractmethod
    def note(self, topic: Topic) -> None:
        """Note that something is read."""

    def standing(self, entry: Any) -> Instance | None:
        """Give the instance that stands for an entry now, or none."""
        if isinstance(entry, Entry):
            self.note(("entry", entry))
        return super().standing(entry)

    def everything(self, by: str, name: str) -> tuple[Any, ...]:
        """Give all that there is of a sort now."""
        self.note(("entry", self.structure.rules.entries[name]) if by == "entry" else (by, name))
        return super().everything(by, name)

    def outer(self, instance: Instance, shape: str) -> Instance | None:
        """Give what encloses an instance or stands for an entry now; older instances may still come to have a shape."""
        word, _, name = shape.partition(" ")
        self.note(("late", shape))
        if word == "entry":
            self.note(("entry", self.structure.rules.entries.get(name)))
        return super().outer(instance, shape)

    def is_one_of(self, value: Any, names: frozenset[str]) -> bool:
        """Tell whether a value is of one of some sorts now."""
        found = super().is_one_of(value, names)
        if not found and isinstance(value, InstanceValue):
            for name in names:
                self.note(("late", name))
        return found

    def gained(self, node: Gained, instance: Instance) -> int:
        """Give when something was gained; whatever changes, that is asked again."""
        self.note(ANEW)
        return super().gained(node, instance)

    def held_by(self, instance: Instance) -> Instance:
        """Give what `self` means for an instance now."""
        found = super().held_by(instance)
        holding = instance.holding
        if holding.form is Form.FAMILY:
            self.note((CALLS, holding))
        return found

    def instances(self, value: Any) -> int:
        """Count how many times an entry is active now."""
        self.note(("entry", entry_of(value)))
        return super().instances(value)

    def written(self, instance: Instance, field: Field) -> Any:
        """Give what the document holds for a field; the path of an instance may come to lead somewhere."""
        if isinstance(field.type, t.InstanceType):
            self.note(str(self.contents.written(instance, field.name)))
            self.note(("late", field.type.shape))
        return super().written(instance, field)
