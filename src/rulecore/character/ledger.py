"""The edits of values of one derivation, and what each of them changed, told when somebody asks.

A sheet is a function of its inputs, so nothing is noted while they move: to tell what a transaction changed, its inputs are
set back, set again by plans that note what they do, and brought to where they are now.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rulecore.character.edits import Change, KnownChange, LogEntry, Patch, Settled, Values
from rulecore.character.input import Input, PlanFailed, Steps, Transaction, report, steps_of
from rulecore.character.values import jsonlike, plain, snapshot
from rulecore.derive import Derivation
from rulecore.derive.contents import NOTHING
from rulecore.derive.instance import Instance
from rulecore.model.edit import Set

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

Take: TypeAlias = "Callable[[Any], Change | None]"
"""Sets an input to a plain value and tells what that did; of any other value it says nothing, and does nothing."""


class Ledger:
    """Every transaction of values since a derivation was made, in order; `transactions` is added to by who takes them."""

    def __init__(self, derivation: Derivation) -> None:
        """Know of none yet."""
        self._derivation = derivation
        self.transactions: list[Transaction] = []
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

    def taking(self, each: Input) -> Take:
        """Give what one input takes plain values by.

        This is done most often of all, so it is one function that has all it needs, and goes no way twice.
        """
        place, key, slot = each.place, each.key, each.slot
        plain, low, high, unbounded = each.plain, each.low, each.high, each.unbounded
        engine, transactions = self._derivation.engine, self.transactions
        plans, values, world = engine.plans, engine.values, engine.world

        def take(value: Any) -> Change | None:
            if type(value) is not plain or not (unbounded or low <= value <= high):
                return None
            old = place.get(key, NOTHING)
            if old == value and type(old) is plain:
                return KnownChange({})
            before = values[slot]
            place[key] = value
            try:
                plans[slot](value)
            except Exception:  # noqa: BLE001 - whatever it is, there is another way
                each.write(old)
                engine.recover()
                report(each.path)
                return None
            world.is_edited = True
            transactions.append((each, old, value, before, value))
            change = ChangeOfValues()
            change.ledger, change.place = self, len(transactions)
            return change

        return take

    def last(self) -> Change:
        """Give what the last transaction did."""
        change = ChangeOfValues()
        change.ledger, change.place = self, len(self.transactions)
        return change

    def imagined(self, steps: Steps) -> Change:
        """Give what steps would change; nothing is changed."""
        try:
            changed, recomputed = self._traced(steps)
            self.set_back(steps)
        except Exception as error:
            raise PlanFailed(steps[0][0].path) from error
        return KnownChange(changed, recomputed=recomputed, patch=patch_of(steps))

    def told(self, place: int) -> tuple[Values, int]:
        """Give what the transaction at a place changed, and how many fields it evaluated."""
        with _AsBefore(self, place):
            steps = steps_of(self.transactions[place])
            found = self._traced(steps)
            self.set_back(steps)
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
        self._ledger, self._later = ledger, [steps_of(each) for each in ledger.transactions[place:]]

    def __enter__(self) -> None:
        for steps in reversed(self._later):
            self._ledger.set_back(steps)

    def __exit__(self, *_raised: object) -> None:
        for steps in self._later:
            self._ledger.set_again(steps)


class ChangeOfValues(Change):
    """What a transaction of values did, worked out when it is first asked for.

    Who makes one says whose it is and which: to let it be told by `__init__` takes longer than what most of them did.
    """

    __slots__ = ("ledger", "place")
    ledger: Ledger
    place: int
    """How many transactions there were with this one."""

    def _settle(self) -> Settled:
        changed, recomputed = self.ledger.told(self.place - 1)
        return changed, recomputed, patch_of(steps_of(self.ledger.transactions[self.place - 1]))


class ChangeOfStructure(Change):
    """What a transaction did that led from one derivation to another, compared when that is first asked for.

    `sides` are the ledgers before and after, each with how many transactions it had, and what was done to the document.
    """

    __slots__ = ("sides",)
    sides: tuple[Ledger, int, Ledger, int, Patch]

    @property
    def created(self) -> tuple[str, ...]:
        """The ids of elements, entries, options and parts that are new."""
        old, new = self.sides[0].paths, self.sides[2].paths
        return tuple(path for path in new if path not in old)

    @property
    def removed(self) -> tuple[str, ...]:
        """The ids of those that are there no more."""
        old, new = self.sides[0].paths, self.sides[2].paths
        return tuple(path for path in old if path not in new)

    def _settle(self) -> Settled:
        before, place_before, after, place_after, patch = self.sides
        old, new = before.snapshot(place_before), after.snapshot(place_after)
        changed = {name: (old[name], value) for name, value in new.items() if name in old and old[name] != value}
        return changed, len(new), patch


def patch_of(steps: Steps) -> tuple[Mapping[str, Any], ...]:
    """Give what steps do to the document."""
    return tuple(_operation(each.pointer, old, new) for each, old, new, _before, _after in steps)


def inverse_of(steps: Steps) -> tuple[Mapping[str, Any], ...]:
    """Give what takes steps back."""
    return tuple(_operation(each.pointer, new, old) for each, old, new, _before, _after in steps)


def written_out(done: LogEntry | Transaction) -> LogEntry:
    """Write out a transaction that was kept as its steps."""
    if isinstance(done, LogEntry):
        return done
    steps = steps_of(done)
    edits = tuple(Set(each.path, after) for each, _old, _new, _before, after in steps)
    return LogEntry(edits, patch_of(steps), inverse_of(steps))


def _operation(pointer: str, old: Any, new: Any) -> dict[str, Any]:
    if new is NOTHING:
        return {"op": "remove", "path": pointer}
    return {"op": "add" if old is NOTHING else "replace", "path": pointer, "value": jsonlike(new)}
