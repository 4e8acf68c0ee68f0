"""The edits of values of one derivation, and what each of them changed, told when somebody asks.

A sheet is a function of its inputs, so nothing is noted while they move: to tell what a transaction changed, its inputs are
set back, set again by plans that note what they do, and brought to where they are now.
"""

from __future__ import annotations

from collections.abc import Mapping

from rulecore.character.edits import Change, LogEntry, Patch, Set, Values
from rulecore.character.inputs import PlanFailed, Steps
from rulecore.character.values import jsonlike, plain, snapshot
from rulecore.derive import Derivation
from rulecore.derive.contents import NOTHING
from rulecore.derive.instance import Instance

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Ledger:
    """Every transaction of values since a derivation was made, in order; `transactions` is added to by who takes them."""

    def __init__(self, derivation: Derivation) -> None:
        """Know of none yet."""
        self._derivation = derivation
        self.transactions: list[Steps] = []
        self._snapshot: tuple[int, dict[str, Any]] | None = None

    @property
    def paths(self) -> Mapping[str, Instance]:
        """The instances that there are, by their paths."""
        return self._derivation.structure.by_path

    def take(self, steps: Steps) -> None:
        """Write the steps of a transaction into the document, and bring everything up to date that hangs on them."""
        try:
            for each, _old, new, _before, after in steps:
                each.write(new)
                self._derivation.engine.set(each.slot, after)
        except Exception as error:
            for each, old, _new, _before, _after in steps:
                each.write(old)
            raise PlanFailed(steps[0][0].path) from error

    def imagined(self, steps: Steps) -> Change:
        """Give what steps would change; nothing is changed."""
        try:
            changed, recomputed = self._traced(steps)
            self.set_back(steps)
        except Exception as error:
            raise PlanFailed(steps[0][0].path) from error
        return Change(changed, recomputed=recomputed, patch=patch_of(steps))

    def told(self, place: int) -> tuple[Values, int]:
        """Give what the transaction at a place changed, and how many fields it evaluated."""
        with _AsBefore(self, place):
            found = self._traced(self.transactions[place])
            self.set_back(self.transactions[place])
        return found

    def snapshot(self, place: int) -> Mapping[str, Any]:
        """Give every value as it was before the transaction at a place, as it is now if there is none yet."""
        if place == len(self.transactions):
            return self._now()
        with _AsBefore(self, place):
            return snapshot(self._derivation)

    def _now(self) -> Mapping[str, Any]:
        """Give every value as it is now; who goes to and fro between two sheets asks for the same ones again."""
        computation = self._derivation.computation
        computation.recall()
        if self._snapshot is None or self._snapshot[0] != computation.version:
            self._snapshot = computation.version, snapshot(self._derivation)
        return self._snapshot[1]

    def set_again(self, steps: Steps) -> None:
        """Let the inputs of steps be as they were made."""
        for each, _old, _new, _before, after in steps:
            self._derivation.engine.set(each.slot, after)

    def set_back(self, steps: Steps) -> None:
        """Let the inputs of steps be as they were before."""
        for each, _old, _new, before, _after in reversed(steps):
            self._derivation.engine.set(each.slot, before)

    def _traced(self, steps: Steps) -> tuple[Values, int]:
        was: dict[tuple[Instance, str], Any] = {}
        count = 0
        for each, _old, _new, _before, after in steps:
            evaluated, old = self._derivation.engine.trace(each.slot, after)
            count += len(evaluated)
            was = old | was
        value = self._derivation.computation.value
        both = {key[0].join(key[1]): (plain(old), plain(value(*key))) for key, old in was.items()}
        return {path: values for path, values in both.items() if values[0] != values[1]}, count


class _AsBefore:
    """Lets all inputs of a ledger be for a while as they were before the transaction at a place."""

    def __init__(self, ledger: Ledger, place: int) -> None:
        self._ledger, self._later = ledger, ledger.transactions[place:]

    def __enter__(self) -> None:
        for steps in reversed(self._later):
            self._ledger.set_back(steps)

    def __exit__(self, *_raised: object) -> None:
        for steps in self._later:
            self._ledger.set_again(steps)


class ChangeOfValues(Change):
    """What a transaction of values did, worked out when it is first asked for."""

    __slots__ = ("_ledger", "_place")
    created = removed = ()

    def __init__(self, ledger: Ledger) -> None:
        """Be the last transaction of a ledger."""
        self._ledger, self._place = ledger, len(ledger.transactions) - 1
        self._values = None

    def _settle(self) -> None:
        self._values, self._recomputed = self._ledger.told(self._place)
        self._patch = patch_of(self._ledger.transactions[self._place])


class ChangeOfStructure(Change):
    """What a transaction did that led from one derivation to another, compared when that is first asked for."""

    __slots__ = ("_after", "_before", "_place_after", "_place_before")

    def __init__(self, before: Ledger, after: Ledger, patch: Patch) -> None:
        """Compare the derivations of two ledgers as they are now, later."""
        self._values = None
        self._patch = patch
        self._before = before
        self._after = after
        self._place_before = len(before.transactions)
        self._place_after = len(after.transactions)

    @property
    def created(self) -> tuple[str, ...]:
        """The ids of elements, entries, options and parts that are new."""
        old, new = self._before.paths, self._after.paths
        return tuple(path for path in new if path not in old)

    @property
    def removed(self) -> tuple[str, ...]:
        """The ids of those that are there no more."""
        old, new = self._before.paths, self._after.paths
        return tuple(path for path in old if path not in new)

    def _settle(self) -> None:
        old, new = self._before.snapshot(self._place_before), self._after.snapshot(self._place_after)
        self._values = {name: (old[name], value) for name, value in new.items() if name in old and old[name] != value}
        self._recomputed = len(new)


def patch_of(steps: Steps) -> tuple[Mapping[str, Any], ...]:
    """Give what steps do to the document."""
    return tuple(_operation(each.pointer, old, new) for each, old, new, _before, _after in steps)


def inverse_of(steps: Steps) -> tuple[Mapping[str, Any], ...]:
    """Give what takes steps back."""
    return tuple(_operation(each.pointer, new, old) for each, old, new, _before, _after in steps)


def written_out(done: LogEntry | Steps) -> LogEntry:
    """Write out a transaction that was kept as its steps."""
    if isinstance(done, LogEntry):
        return done
    edits = tuple(Set(each.path, after) for each, _old, _new, _before, after in done)
    return LogEntry(edits, patch_of(done), inverse_of(done))


def _operation(pointer: str, old: Any, new: Any) -> dict[str, Any]:
    if new is NOTHING:
        return {"op": "remove", "path": pointer}
    return {"op": "add" if old is NOTHING else "replace", "path": pointer, "value": jsonlike(new)}
