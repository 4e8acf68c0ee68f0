"""The world of a structure that branches off another one: what is known there is known here, until it is called in question."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from math import inf
from typing import Any

from rulecore.derive.collect import aims_of
from rulecore.derive.compute import Key
from rulecore.derive.instance import Instance
from rulecore.derive.judging import Judging, Topic
from rulecore.derive.structure import CALLS, Structure, Waiting

_NOBODY: frozenset[Any] = frozenset()


class Branching(Judging):
    """Knows what a world before knows. `stirred` is all that was called in question since: judged again, or forgotten."""

    def __init__(self, before: Judging, structure: Structure) -> None:
        """Start over a structure that has the same instances."""
        super().__init__(structure)
        self.stirred: set[Topic] = set()
        self._start = structure.round
        self._remember(before)

    def refresh(self) -> set[Topic]:
        """Forget what was made of anything that has been touched, and give all of that; who judged by it is due."""
        seen = super().refresh()
        self.stirred |= seen
        return seen

    def settle(self) -> None:
        """Let nothing more be noted, and forget what was called in question."""
        super().settle()
        self.stirred = set()

    def differ(self, keys: AbstractSet[Key]) -> None:
        """Forget what was made of some fields; who judged by it is due, but not by a value that comes out as it was.

        A value counts as it was only where all that it reads, before and now, was there from the start: any other may hold
        because of what hangs on it.
        """
        reached = self.read_by(keys)
        before = {key: self._known[key].value for key in reached - keys if key in self._known}
        for topic in reached:
            self._forget(topic)
        now = {key: self.combined(*key).value for key in before}
        late = self.late() if now else ()
        same = {key for key, value in now.items() if key not in late and value == before[key]}
        otherwise = self.read_by(keys, same)
        self._judged -= otherwise
        self.stirred |= otherwise

    def lose(self, gone: AbstractSet[Instance], judged: AbstractSet[Topic], again: Iterable[Topic]) -> None:
        """Forget instances that are no more, and what was judged for them; let some be due again."""
        by_topic: tuple[dict[Any, Any], ...] = (self._known, self._acting, self._born)
        lost = {topic for each in gone for topic in _topics_of(each)}
        for known in by_topic:
            for topic in lost.intersection(known):
                del known[topic]
        stale = {*judged, *again}
        for topic in stale:
            self._happened.pop(topic, None)
        self._judged -= stale
        lost |= judged
        for topic, readers in list(self._readers.items()):
            if not lost.isdisjoint(readers):
                self._readers[topic] = readers - lost
            if topic.__class__ is tuple and (topic in lost or topic[0] in gone):
                self.structure.touched |= self._readers.pop(topic)

    # ---- what came to be before what

    def is_founded(self, several: Iterable[Topic]) -> bool:
        """Tell whether what has come of each of some came after all by which it was judged, so that none supports itself."""
        late = self.late()
        doubtful = [each for each in several if each in late and each in self._happened]
        if not doubtful:
            return True
        latest = self._latest(self._birth)
        return all(latest(each) < self._happened[each] for each in doubtful)

    def is_timely(self, several: Iterable[Waiting]) -> bool:
        """Tell whether no gate of some may have held for a while, before something came that keeps it shut now."""
        late = self.late()
        doubtful = [each for each in several if each in late]
        if not doubtful:
            return True
        latest, latest_anew = self._latest(self._birth), self._latest(lambda topic: self._anew(self._birth(topic)))
        shared = self.structure.borrowed
        return all(
            latest(each) <= each.owner.born if each.owner in shared else latest_anew(each) <= self._anew(each.owner.born)
            for each in doubtful
        )

    def _anew(self, round_: float) -> float:
        """Give the earliest round in which a derivation could bring what this world brought in a round."""
        return round_ - self._start if round_ > self._start else round_

    def _latest(self, birth: Callable[[Topic], float]) -> Callable[[Topic], float]:
        """Give what tells the round in which the last of all that something was made of came to be."""
        sources: dict[Topic, list[Topic]] = {}
        for topic, readers in self._readers.items():
            for reader in readers:
                sources.setdefault(reader, []).append(topic)
        known: dict[Topic, float] = {}

        def latest(topic: Topic) -> float:
            found = known.get(topic)
            if found is None:
                # What reads itself counts as late.
                known[topic] = inf
                found = max(map(latest, sources.get(topic, ())), default=0)
                known[topic] = found = max(found, birth(topic))
            return found

        return latest


def _topics_of(instance: Instance) -> Iterator[Topic]:
    """Give all that may have been read of an instance, or for it."""
    yield from ((instance, name) for name in (*instance.fields, *instance.parts, *instance.collections, *instance.questions))
    yield from ((instance, True), (instance, False), (CALLS, instance))
    yield from aims_of(instance)
