"""The world of a structure that branches off another one: what is known there is known here, until it is called in question."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from math import inf
from typing import Any

from rulecore.derive.compute import Key
from rulecore.derive.instance import Instance
from rulecore.derive.judging import REFERRING, Judging, References, is_plain
from rulecore.derive.noting import Topic
from rulecore.derive.structure import CALLS, Judged, Structure, Waiting

MOST_LOST = 400


class Branching(Judging):
    """Knows what a world before knows.

    `touched` is all that has changed since, and `stirred` all that was called in question by it: judged again, or forgotten.
    """

    def __init__(self, before: Judging, structure: Structure) -> None:
        """Start over a structure that has the same instances."""
        super().__init__(structure)
        self.stirred: set[Topic] = set()
        self.touched: set[Topic] = set()
        self._recently: set[Topic] = set()
        self._start = structure.round
        self._remember(before)

    def refresh(self) -> set[Topic]:
        """Forget what was made of anything that has been touched, and give all of that; who judged by it is due."""
        self.touched |= self.structure.touched
        self.touched.update(("record", name) for name in self.structure.sorts)
        seen = super().refresh()
        self.stirred |= seen
        self._recently |= seen
        return seen

    def recently(self) -> set[Topic]:
        """Give what was called in question since this was last asked."""
        found, self._recently = self._recently, set()
        return found

    def settle(self) -> None:
        """Let nothing more be noted, and forget what was called in question."""
        if len(self._lost) > MOST_LOST:
            self._sweep()
        super().settle()
        self.touched, self.stirred, self._recently = set(), set(), set()

    def _sweep(self) -> None:
        """Forget what is known of those that are no more, and what they read and judged: it only takes room."""
        lost, self._lost = self._lost, frozenset()
        by_topic: tuple[dict[Any, Any], ...] = (self._acting, self._born)
        for known in by_topic:
            for topic in _topics_of(lost, known):
                del known[topic]
        self._judged = set(_without(self._judged, lost))
        self._happened = {each: self._happened[each] for each in _without(self._happened, lost)}
        self._readers = {topic: _without(readers, lost) for topic, readers in self._readers.items()}

    def differ(self, keys: AbstractSet[Key]) -> None:
        """Forget what was made of some fields; who judged by it is due, but not by a value that comes out as it was.

        A value counts as it was only where all that it reads, before and now, was there from the start: any other may hold
        because of what hangs on it.
        """
        past = self._referring_as_before(keys)
        reached = self.read_by(keys, past)
        before = {key: self._known[key].value for key in reached - keys if key in self._known}
        for topic in reached:
            self._forget(topic)
        same = {key for key, value in before.items() if self.combined(*key).value == value}
        if same:
            same -= self.late()
        otherwise = self.read_by(keys, past | same)
        self._judged -= otherwise
        self.stirred |= otherwise
        self._recently |= otherwise

    def _referring_as_before(self, keys: AbstractSet[Key]) -> AbstractSet[Topic]:
        """Give the entries to which, whatever some fields are now, the same refer as before; who asked that is not concerned."""
        reached: set[Any] = self.read_by(keys).intersection(self._referring)
        plain = {topic for topic in {topic[:2] for topic in reached} if self._is_said_by_document(topic[1])}
        before = {topic: self._referring[topic] for topic in reached if topic[:2] in plain}
        for topic in (*keys, *plain, *before):
            self._forget(topic)
        for topic in before:
            self._refer(topic)
        return {topic for topic, members in before.items() if self._referring[topic] == members}

    def _is_said_by_document(self, references: References) -> bool:
        """Tell whether the document alone says, of members that were there from the start, to which entries they refer."""
        members, name = references.members, references.name
        plain = (isinstance(each, Instance) and name in each.fields and is_plain(each, each.fields[name]) for each in members)
        return all(plain) and not any(self._birth((each, name)) for each in members)

    def lose(self, gone: AbstractSet[Instance], again: Iterable[Topic]) -> None:
        """Who judged by instances that are no more is due again, and so are some others."""
        self._lost = self._lost | gone
        for key in [key for key in self._known if key[0] in gone]:
            del self._known[key]
        for topic in _topics_of(gone, self._referring):
            del self._referring[topic]
        self._references = {key: each for key, each in self._references.items() if gone.isdisjoint(key[0])}
        for topic in _topics_of(gone, self._readers):
            self.structure.touched |= _without(self._readers.pop(topic), gone)
        for each in again:
            self._happened.pop(each, None)
            self._judged.discard(each)

    # ---- what came to be before what

    def is_founded(self, several: Iterable[Topic], late: AbstractSet[Topic]) -> bool:
        """Tell whether what has come of each of some came after all by which it was judged, so that none supports itself."""
        doubtful = [each for each in several if each in late and each in self._happened]
        if not doubtful:
            return True
        latest = self._latest(self._birth, late)
        return all(latest(each) < self._happened[each] for each in doubtful)

    def is_timely(self, several: Iterable[Waiting], late: AbstractSet[Topic]) -> bool:
        """Tell whether no gate of some may have held for a while, before something came that keeps it shut now."""
        doubtful = [each for each in several if each in late]
        if not doubtful:
            return True
        latest, latest_anew = self._latest(self._birth, late), self._latest(lambda topic: self._anew(self._birth(topic)), late)
        shared = self.structure.borrowed
        return all(
            latest(each) <= each.owner.born if each.owner in shared else latest_anew(each) <= self._anew(each.owner.born)
            for each in doubtful
        )

    def _anew(self, round_: float) -> float:
        """Give the earliest round in which a derivation could bring what this world brought in a round."""
        return round_ - self._start if round_ > self._start else round_

    def _latest(self, birth: Callable[[Topic], float], late: AbstractSet[Topic]) -> Callable[[Topic], float]:
        """Give what tells the round in which the last of all that something was made of came to be; of the rest, none is late."""
        read = [(topic, self._readers[topic]) for topic in late if topic in self._readers]
        known: dict[Topic, float] = {}

        def latest(topic: Topic) -> float:
            if topic not in known:
                # What reads itself counts as late.
                known[topic] = inf
                made_of = [each for each, readers in read if topic in readers]
                known[topic] = max(max(map(latest, made_of), default=0), birth(topic))
            return known[topic]

        return latest


def _topics_of(several: AbstractSet[Instance], topics: Iterable[Any]) -> list[Topic]:
    """Give of some topics those that are read of one of some instances."""
    pairs = [topic for topic in topics if topic.__class__ is tuple]
    found = [topic for topic in pairs if topic[0] in several or (topic[0] is CALLS and topic[1] in several)]
    return [*found, *(topic for topic in pairs if topic[0] is REFERRING and not several.isdisjoint(topic[1].members))]


def _without(readers: Iterable[Any], gone: AbstractSet[Instance]) -> AbstractSet[Any]:
    """Give of some who read, or were judged, those that belong to none of some instances."""
    judged = (each for each in readers if not isinstance(each, Judged) or each.owner not in gone)
    return frozenset(judged).difference(_topics_of(gone, readers))
