"""The world of a structure that branches off another one: what is known there is known here, until it is called in question."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from math import inf
from typing import Any

from rulecore.derive.compute import Key
from rulecore.derive.instance import Instance
from rulecore.derive.judging import Judging, Topic
from rulecore.derive.structure import CALLS, Structure, Waiting

MOST_LOST = 400


class Branching(Judging):
    """Knows what a world before knows. `stirred` is all that was called in question since: judged again, or forgotten."""

    def __init__(self, before: Judging, structure: Structure) -> None:
        """Start over a structure that has the same instances."""
        super().__init__(structure)
        self.stirred: set[Topic] = set()
        self._recently: set[Topic] = set()
        self._start = structure.round
        self._remember(before)

    def refresh(self) -> set[Topic]:
        """Forget what was made of anything that has been touched, and give all of that; who judged by it is due."""
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
        self.stirred, self._recently = set(), set()

    def _sweep(self) -> None:
        """Forget what those read and judged that are no more: it only takes room."""
        lost, self._lost = self._lost, frozenset()
        self._judged = {each for each in self._judged if not _is_of(each, lost)}
        self._happened = {each: round_ for each, round_ in self._happened.items() if not _is_of(each, lost)}
        self._readers = {topic: _without(readers, lost) for topic, readers in self._readers.items()}

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
        self._recently |= otherwise

    def lose(self, gone: AbstractSet[Instance], again: Iterable[Topic]) -> None:
        """Forget what was known of instances that are no more; who judged by it is due again, and so are some others."""
        self._lost = self._lost | gone
        by_topic: tuple[dict[Any, Any], ...] = (self._known, self._acting, self._born)
        for known in by_topic:
            for topic in [topic for topic in known if _is_of(topic, gone)]:
                del known[topic]
        for topic in [topic for topic in self._readers if _is_of(topic, gone)]:
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
        latest = self._latest(self._birth)
        return all(latest(each) < self._happened[each] for each in doubtful)

    def is_timely(self, several: Iterable[Waiting], late: AbstractSet[Topic]) -> bool:
        """Tell whether no gate of some may have held for a while, before something came that keeps it shut now."""
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


def _is_of(topic: Any, several: AbstractSet[Instance]) -> bool:
    """Tell whether something is read of one of some instances, or for it."""
    if topic.__class__ is tuple:
        return topic[0] in several or (topic[0] is CALLS and topic[1] in several)
    return topic.__class__ is not str and topic.owner in several


def _without(readers: AbstractSet[Topic], gone: AbstractSet[Instance]) -> AbstractSet[Topic]:
    return frozenset(each for each in readers if not _is_of(each, gone))
