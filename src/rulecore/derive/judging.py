"""The world in which activation judges: it remembers who has read what, so that a value stays known until that changes."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet

from rulecore.derive.combine import Combined
from rulecore.derive.compute import Key
from rulecore.derive.instance import Form, Instance
from rulecore.derive.noting import RULING, Noting, Topic
from rulecore.derive.stored import stands_alone
from rulecore.derive.structure import ANEW, CALLS, Structure
from rulecore.formula import types as t
from rulecore.formula.ast import Constant
from rulecore.model.entry import Entry
from rulecore.model.shape import Field, Mode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeVar

    Judged = TypeVar("Judged", bound=Hashable)

REFERRING = "referring"
"""With references: which of the members refer to which entry; with an entry as well: which of them refer to that one."""


class References:
    """Members that refer to entries by a name. It stands for all of them in a topic: these are looked up often."""

    __slots__ = ("members", "name")

    def __init__(self, members: tuple[Any, ...], name: str) -> None:
        """Keep them as they are."""
        self.members, self.name = members, name


class Judging(Noting):
    """Values without any effect, while a structure grows: they are forgotten when something that they were made of is touched.

    Who judged by what has been touched since is `due` again. It is known in which round a topic was touched last, and in which
    something first came of what was due.
    """

    def __init__(self, structure: Structure) -> None:
        """Know no value and no reader yet."""
        super().__init__(structure)
        self._readers: dict[Topic, AbstractSet[Topic]] = {}
        self._asking: Topic = ANEW
        self._references: dict[tuple[tuple[Any, ...], str], References] = {}
        self._grouped: dict[Topic, dict[Any, list[Any]]] = {}
        self._referring: dict[Topic, list[Any]] = {}
        self._judged: set[Topic] = set()
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
        self._references, self._referring = dict(before._references), dict(before._referring)
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
        if topic[0] == RULING:
            self._rulings.pop(topic[1], None)
        elif topic[0] == REFERRING:
            self._grouped.pop(topic, None)
            self._referring.pop(topic, None)
        elif topic in self._known:
            del self._known[topic]
        else:
            self._passing.pop(topic, None)
            self._acting.pop(topic, None)

    def settle(self) -> None:
        """Let nothing more be noted in what is known of readers: worlds that branch off share it."""
        for topic, readers in self._readers.items():
            if readers.__class__ is set:
                self._readers[topic] = frozenset(readers)

    # ---- what formulas ask

    def note(self, topic: Topic) -> None:
        """Note that something is read."""
        readers = self._readers.get(topic)
        if readers.__class__ is set:
            readers.add(self._asking)
        else:
            self._readers[topic] = {self._asking, *(readers or ())}

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
