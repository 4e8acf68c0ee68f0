"""What a structure that branches off another one takes over of its values: all that is made of nothing that has changed."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import Any

from rulecore.dataclass import dataclass, replace
from rulecore.derive.basis import Basis, Doubtful, Key
from rulecore.derive.collect import Contributions
from rulecore.derive.instance import Instance
from rulecore.derive.noting import RULING, Topic
from rulecore.derive.structure import ANEW, Structure

MOST_STEPS = 8


@dataclass(frozen=True, slots=True)
class Step:
    """What one structure has otherwise than the one before: instances that are no more, topics, and who changes what."""

    structure: Structure
    gone: AbstractSet[Instance]
    touched: AbstractSet[Topic]
    before: Contributions
    after: Contributions

    def topics(self) -> Iterator[Topic]:
        """Give all that may be read otherwise."""
        yield from self.touched
        yield from self._contributed_otherwise()

    def _contributed_otherwise(self) -> Iterator[Key]:
        """Give the fields to which other effects contribute, or the same in another way."""
        old, new = self.before.single, self.after.single
        yield from (key for key in old.keys() | new.keys() if old.get(key) is not new.get(key))
        floating = self.before.floating.keys() | self.after.floating.keys()
        sweeping = dict(self._swept_otherwise())
        for instance in self.structure.instances:
            for name in instance.fields:
                if name in floating or not sweeping.get(name, _NOTHING).isdisjoint(instance.shapes):
                    yield instance, name

    def _swept_otherwise(self) -> Iterator[tuple[str, AbstractSet[str]]]:
        """Give the shapes on all records of which other effects count, by the names of fields."""
        old, new = self.before.sweeping, self.after.sweeping
        for name in old.keys() | new.keys():
            yield name, {shape for shape, _aim in set(old.get(name, ())) ^ set(new.get(name, ()))}


_NOTHING: AbstractSet[str] = frozenset()


class Inheritance:
    """The values of an earlier structure, and the steps that have led on; found out when a value is first asked for."""

    def __init__(self, basis: Basis, steps: tuple[Step, ...]) -> None:
        """Take over from a basis."""
        self.basis, self.steps = basis, steps

    def hand_over(self, heir: Basis) -> None:
        """Let another basis know all that still holds."""
        gone = set[Instance]().union(*(step.gone for step in self.steps))
        known, moving = self.basis.known, self.basis.moving
        touched: set[Any] = {ANEW, *moving, *(topic for step in self.steps for topic in step.topics())}
        affected = set(touched)
        # Who is made of something came to be known after it; what edits have moved since may come to be known after that.
        for topic, made_of in list(self.basis.sources.items()):
            if topic in affected or topic[0] in gone or not affected.isdisjoint(made_of):
                affected.add(topic)
                was = known.get(topic)
                if was is not None and topic[0] not in gone and topic not in moving:
                    heir.doubtful[topic] = Doubtful(was, None if topic in touched else made_of)
            else:
                heir.sources[topic] = made_of
        heir.affected = affected
        heir.known.update({key: each for key, each in list(known.items()) if key not in affected and key[0] not in gone})
        rulings = list(self.basis.rulings.items())
        heir.rulings.update({name: value for name, value in rulings if (RULING, name) not in affected})


def inheritance(near: Basis, step: Step) -> Inheritance | None:
    """Give what a basis takes over that is one step on from another one."""
    earlier = near.inheritance
    if earlier is None:
        return Inheritance(near, (step,))
    if len(earlier.steps) == MOST_STEPS:
        return None
    # Nobody has asked for a value since; but documents may differ in some.
    return Inheritance(earlier.basis, (*earlier.steps, replace(step, touched=step.touched | near.moving)))
