"""A world that notes who reads what: for each topic, all that was judged or worked out by it."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from collections.abc import Set as AbstractSet

from rulecore.derive.combine import Combined
from rulecore.derive.compute import Computation, Key
from rulecore.derive.instance import Form, Instance
from rulecore.derive.stored import stands_alone
from rulecore.derive.structure import ANEW, CALLS, Structure
from rulecore.formula import types as t
from rulecore.formula.ast import Constant, Gained
from rulecore.formula.values import InstanceValue, entry_of
from rulecore.model.entry import Entry
from rulecore.model.shape import Field, Mode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

Topic = Hashable
"""What may be read: a member of an instance, all instances of a sort, who stands for an entry, and the like."""

RULING = "ruling"
REFERRING = "referring"
"""With references: which of the members refer to which entry; with an entry as well: which of them refer to that one."""


class References:
    """Members that refer to entries by a name. It stands for all of them in a topic: these are looked up often."""

    __slots__ = ("members", "name")

    def __init__(self, members: tuple[Any, ...], name: str) -> None:
        """Keep them as they are."""
        self.members, self.name = members, name


class Noting(Computation):
    """Values without any effect, and who has read what."""

    def __init__(self, structure: Structure) -> None:
        """Know no value and no reader yet."""
        super().__init__(structure)
        self._readers: dict[Topic, AbstractSet[Topic]] = {}
        self._asking: Topic = ANEW
        self._references: dict[tuple[tuple[Any, ...], str], References] = {}
        self._grouped: dict[Topic, dict[Any, list[Any]]] = {}
        self._referring: dict[Topic, list[Any]] = {}

    def note(self, topic: Topic) -> None:
        """Note that something is read."""
        readers = self._readers.get(topic)
        if readers.__class__ is set:
            readers.add(self._asking)
        else:
            self._readers[topic] = {self._asking, *(readers or ())}

    # ---- what formulas ask

    def read(self, instance: Instance, name: str, default: Any) -> Any:
        """Give a member of an instance, which is read whether or not there is one."""
        key = (instance, name)
        readers = self._readers.get(key)
        if readers.__class__ is set:
            readers.add(self._asking)
        else:
            self._readers[key] = {self._asking, *(readers or ())}
        known = self._known.get(key)
        if known is None or self.reads is not None:
            return super().read(instance, name, default)
        return known.value

    def referring(self, members: tuple[Any, ...], name: str, entry: Entry) -> Sequence[Any] | None:
        """Give the members that refer to an entry now: what is asked for one is soon asked for others."""
        if self.reads is not None:
            return None  # who notes what is read is to be told of every member
        references = self._references.get((members, name))
        if references is None:
            references = self._references[members, name] = References(members, name)
        topic = (REFERRING, references, entry)
        self.note(topic)
        if topic not in self._referring:
            self._refer(topic)
        return self._referring[topic]

    def _refer(self, topic: Any) -> None:
        """Find out who refers to an entry."""
        asking, self._asking = self._asking, topic
        try:
            self._referring[topic] = self._by_entry(topic[:2]).get(topic[2], [])
        finally:
            self._asking = asking

    def _by_entry(self, topic: tuple[str, References]) -> dict[Any, list[Any]]:
        self.note(topic)
        if topic not in self._grouped:
            found: dict[Any, list[Any]] = {}
            asking, self._asking = self._asking, topic
            try:
                for each in topic[1].members:
                    instance = each if isinstance(each, Instance) else self.standing(each)
                    entry = None if instance is None else self.read(instance, topic[1].name, None)
                    found.setdefault(entry, []).append(each)
            finally:
                self._asking = asking
            self._grouped[topic] = found
        return self._grouped[topic]

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

    def ruling(self, name: str) -> Any:
        """Give the value of a ruling, whose default may read what there is."""
        topic = (RULING, name)
        self.note(topic)
        asking, self._asking = self._asking, topic
        if isinstance(self.structure.rules.rulings[name].type, t.InstanceType):
            self.note(ANEW)  # its path may come to lead somewhere
        try:
            return super().ruling(name)
        finally:
            self._asking = asking

    def instances(self, value: Any) -> int:
        """Count how many times an entry is active now."""
        self.note(("entry", entry_of(value)))
        return super().instances(value)

    def acts(self, instance: Instance, *, of_entry: bool) -> bool:
        """Tell whether what the text of an instance says counts now."""
        topic = (instance, of_entry)
        self.note(topic)
        if topic not in self._acting:
            asking, self._asking = self._asking, topic
            if instance.form is Form.FAMILY:
                self.note((CALLS, instance))
            try:
                self._acting[topic] = super().acts(instance, of_entry=of_entry)
            finally:
                self._asking = asking
        return self._acting[topic]

    # ---- values

    def written(self, instance: Instance, field: Field) -> Any:
        """Give what the document holds for a field; the path of an instance may come to lead somewhere."""
        if isinstance(field.type, t.InstanceType):
            self.note(str(self.contents.written(instance, field.name)))
            self.note(("late", field.type.shape))
        return super().written(instance, field)

    def combined(self, instance: Instance, name: str) -> Combined:
        """Give the value of a field; one that reads nothing but the document is found without further ado."""
        found = self._known.get((instance, name))
        if found is not None:
            return found
        field = instance.fields[name]
        if field.mode is not Mode.EDITABLE:
            return super().combined(instance, name)
        self.structure.deciding.add((instance, name))
        if not is_plain(instance, field):
            return super().combined(instance, name)
        found = self._known[instance, name] = self._field(instance, name)
        return found

    def _compute(self, key: Key) -> Combined:
        asking, self._asking = self._asking, key
        try:
            return super()._compute(key)
        finally:
            self._asking = asking


def is_plain(instance: Instance, field: Field) -> bool:
    """Tell whether a field is editable and reads nothing: neither a formula nor a bound does, nor the path of an instance."""
    if field.mode is not Mode.EDITABLE or instance.on_read or instance.bindings:
        return False
    return stands_alone(field) and (field.formula is None or isinstance(field.formula, Constant))
