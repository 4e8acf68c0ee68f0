"""The world in which activation judges: it remembers who has read what, so that a value stays known until that changes."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
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
    from typing import Any, TypeVar

    Judged = TypeVar("Judged", bound=Hashable)

Topic = Hashable
"""What may be read: a member of an instance, all instances of a sort, who stands for an entry, and the like."""

_RULING = "ruling"


class Judging(Computation):
    """Values without any effect, while a structure grows: they are forgotten when something that they were made of is touched.

    Who judged by what has been touched since is `due` again. It is known in which round a topic was touched last, and in which
    something first came of what was due.
    """

    def __init__(self, structure: Structure) -> None:
        """Know no value and no reader yet."""
        super().__init__(structure)
        self._judged: set[Topic] = set()
        self._readers: dict[Topic, AbstractSet[Topic]] = {}
        self._asking: Topic = ANEW
        self._born: dict[Topic, int] = {}
        self._happened: dict[Topic, int] = {}
        self._lost: AbstractSet[Instance] = frozenset()

    def happens(self, each: Topic) -> None:
        """Note that what was due happens in this round."""
        self._happened.setdefault(each, self.structure.round)

    def has_happened(self, each: Topic) -> bool:
        """Tell whether anything has come of what was due."""
        return each in self._happened

    def due(self, several: Iterable[Judged]) -> Iterator[Judged]:
        """Give those that are to be judged now; all that is read meanwhile is taken for what they read."""
        judged = self._judged
        for each in self.asking([each for each in several if each not in judged]):
            judged.add(each)
            yield each

    def asking(self, several: Iterable[Judged]) -> Iterator[Judged]:
        """Give each of some; all that is read meanwhile is taken for what it reads."""
        for each in several:
            self._asking = each
            yield each

    def _remember(self, before: Judging) -> None:
        """Know what another world over the same instances knows."""
        self._readers = dict(before._readers)
        self._judged = set(before._judged)
        self._known, self._acting, self._rulings = dict(before._known), dict(before._acting), dict(before._rulings)
        self._born, self._happened, self._lost = dict(before._born), dict(before._happened), before._lost

    def is_settled(self, each: Topic) -> bool:
        """Tell whether nothing by which something was judged has been touched since."""
        return each in self._judged

    def read_by(self, topics: Iterable[Topic], past: AbstractSet[Topic] = frozenset()) -> set[Topic]:
        """Give topics and all that was judged or known by them, however indirectly, but not by way of some others."""
        found, waiting = set(topics), list(topics)
        while waiting:
            readers = self._readers.get(waiting.pop())
            if readers:
                new = readers - found - past
                found |= new
                waiting += new
        return found

    def late(self) -> AbstractSet[Topic]:
        """Give all that is made of anything that was not there from the start."""
        return self.read_by([topic for topic in self._readers if self._birth(topic)])

    def _birth(self, topic: Any) -> float:
        """Give the round in which something came to be, or was touched last."""
        found: float | None = self._born.get(topic)
        if found is None:
            instance = topic[0] if topic.__class__ is tuple else self.structure.by_path.get(topic)
            found = instance.born if isinstance(instance, Instance) else 0
        return float("inf") if topic is ANEW else found

    def refresh(self) -> set[Topic]:
        """Forget what was made of anything that has been touched, and give all of that; who judged by it is due."""
        structure = self.structure
        touched = structure.touched
        touched.update(("record", name) for name in structure.sorts)
        # When an instance came to be, it says itself.
        for topic in touched:
            if topic.__class__ is not str and self._born.get(topic, 0) < structure.round:
                self._born[topic] = structure.round
        structure.round += 1
        reached = [ANEW, *touched]
        for looked_at in (touched, structure.sorts, structure.fresh):
            looked_at.clear()
        seen = set(reached)
        while reached:
            topic = reached.pop()
            self._forget(topic)
            # Who has read stays known: what came of it is there, though nobody may read for it again.
            readers = self._readers.get(topic)
            if readers:
                reached.extend(readers - seen)
                seen |= readers
        self._judged -= seen
        return seen

    def _forget(self, topic: Any) -> None:
        # A topic that is the key of a value is read by whoever reads the value.
        if topic.__class__ is not tuple:
            return
        if topic[0] == _RULING:
            self._rulings.pop(topic[1], None)
        elif topic in self._known:
            del self._known[topic]
        else:
            self._passing.pop(topic, None)
            self._acting.pop(topic, None)

    def note(self, topic: Topic) -> None:
        """Note that something is read."""
        readers = self._readers.get(topic)
        if readers.__class__ is set:
            readers.add(self._asking)
        else:
            self._readers[topic] = {self._asking, *(readers or ())}

    def settle(self) -> None:
        """Let nothing more be noted in what is known of readers: worlds that branch off share it."""
        for topic, readers in self._readers.items():
            if readers.__class__ is set:
                self._readers[topic] = frozenset(readers)

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
        topic = (_RULING, name)
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
        if instance.on_read or instance.bindings or not _is_plain(field):
            return super().combined(instance, name)
        found = self._known[instance, name] = self._field(instance, name)
        return found

    def _compute(self, key: Key) -> Combined:
        asking, self._asking = self._asking, key
        try:
            return super()._compute(key)
        finally:
            self._asking = asking


def _is_plain(field: Field) -> bool:
    """Tell whether an editable field reads nothing: neither a formula nor a bound does, nor the path of an instance."""
    return stands_alone(field) and (field.formula is None or isinstance(field.formula, Constant))
