"""The sheet beside: another structure, one transaction away. To go to and fro between two structures derives nothing."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import Any

from rulecore.character.edits import Add, Edits, LogEntry, Patch, Remove, Set
from rulecore.character.inputs import PlanFailed, Step, Steps
from rulecore.character.ledger import patch_of
from rulecore.character.live import Live

Ways = dict[Hashable, LogEntry]

_PLAIN = frozenset({str, int, bool, type(None)})
_LISTS = (list, tuple)


def key_of(edits: Edits) -> Hashable:
    """Give what a single edit of plain values is known by, none for any other transaction."""
    edit: Any = edits
    if edit.__class__ is dict and len(edit) == 1:
        ((path, value),) = edit.items()
    else:
        if edit.__class__ in _LISTS and len(edit) == 1:
            edit = edit[0]
        kind = edit.__class__
        if kind is not Set:
            return _key_of_add(edit) if kind is Add else (Remove, edit.path) if kind is Remove else None
        path, value = edit.path, edit.value
    # To JSON, 1 is not true, though to Python they are one key.
    return (path, value.__class__, value) if path.__class__ is str and value.__class__ in _PLAIN else None


def _key_of_add(edit: Add) -> Hashable:
    classes = tuple(map(type, edit.value.values()))
    return (edit.collection, edit.id, tuple(edit.value.items()), classes) if _PLAIN.issuperset(classes) else None


def key_of_patch(patch: Patch) -> Hashable:
    """Give what a patch from the log is known by."""
    return str(patch)


class Beside:
    """Another live sheet that is one transaction away from the one that counts, with the ways there and back.

    Both documents are the same but for what the transaction touches, and for the values that have been edited since in the
    one that counts: these are taken over before it is left. A value edited in what the transaction touches ends it.
    """

    __slots__ = ("_back", "_mark", "_mark_beside", "_touched", "live", "ways")

    def __init__(self, live: Live, now: Live, touched: frozenset[str]) -> None:
        """Know no way yet; `now` is the sheet that counts."""
        self.live, self._touched = live, touched
        self.ways: Ways = {}
        self._back: Ways = {}
        self._mark, self._mark_beside = len(now.ledger.transactions), len(live.ledger.transactions)

    def learn(self, key: Hashable, entry: LogEntry) -> None:
        """Note a transaction that leads there, by its key and by its patch, and the way back."""
        self.ways[key_of_patch(entry.patch)] = entry
        if key is not None:
            self.ways[key] = entry
        self._back[key_of_patch(entry.inverse)] = taken_back(entry)

    def is_still(self, live: Live, now: Live, touched: frozenset[str]) -> bool:
        """Tell whether a transaction that touches some places leads there too, and what is known of the ways is true."""
        if live is not self.live or touched != self._touched:
            return False
        moved = (now.ledger.transactions[self._mark :], live.ledger.transactions[self._mark_beside :])
        return not any(self._is_touched(_joined(each)) for each in moved)

    def cross(self, now: Live) -> Live | None:
        """Give the sheet that is beside, brought up to date, and become what is beside it; none where that cannot be."""
        found, transactions = self.live, now.ledger.transactions
        if len(found.ledger.transactions) != self._mark_beside:
            return None
        if len(transactions) != self._mark and not self._take_over(_joined(transactions[self._mark :])):
            return None
        self._mark, self._mark_beside = len(found.ledger.transactions), len(transactions)
        self.live = now
        self.ways, self._back = self._back, self.ways
        return found

    def turn(self, now: Live) -> None:
        """Let the sheet beside be the one that counts, to which a transaction has led."""
        self._mark, self._mark_beside = len(self.live.ledger.transactions), len(now.ledger.transactions)
        self.live = now
        self.ways, self._back = self._back, self.ways

    def _take_over(self, taken: Sequence[Step]) -> bool:
        """Let the sheet beside take the steps that the one that counts has taken."""
        steps = None if self._is_touched(taken) else self.live.inputs.steps(patch_of(taken))
        if not steps:
            return steps is not None
        try:
            self.live.take(steps)
        except PlanFailed:
            return False
        return True

    def _is_touched(self, taken: Sequence[Step]) -> bool:
        return any(_meets(each[0].pointer, touched) for each in taken for touched in self._touched)


def taken_back(entry: LogEntry) -> LogEntry:
    """Give the transaction that takes one back."""
    return LogEntry((), entry.inverse, entry.patch)


def touched_by(patch: Patch) -> frozenset[str]:
    """Give the places of a document that a patch writes."""
    return frozenset(str(operation["path"]) for operation in patch)


def _joined(transactions: Iterable[Steps]) -> list[Step]:
    return [step for steps in transactions for step in steps]


def _meets(pointer: str, touched: str) -> bool:
    """Tell whether one of two places lies in the other, or goes with it because they stand in one list."""
    if pointer == touched or pointer.startswith(touched + "/") or touched.startswith(pointer + "/"):
        return True
    above, _slash, last = touched.rpartition("/")
    return last.isdecimal() and pointer.startswith(above + "/")
