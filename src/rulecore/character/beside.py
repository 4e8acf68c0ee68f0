"""The sheet beside: another structure, one transaction away. To go to and fro between two structures derives nothing."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence

from rulecore.character.edits import Edits, LogEntry, Patch
from rulecore.character.input import PlanFailed, Steps, Transaction, steps_of
from rulecore.character.ledger import patch_of
from rulecore.character.live import Live
from rulecore.model.edit import Add, Remove, Set

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

Way: TypeAlias = "tuple[LogEntry, Mapping[str, Any], Sequence[tuple[str, type]]]"
"""A transaction; of one that adds something, what it adds, and of which class each number in it is: to JSON, 1 is not true."""
Ways: TypeAlias = "dict[Hashable, Way]"
"""Transactions by what they are known by."""

_REMOVED = object()
_PLAIN = frozenset({str, int, bool, type(None), type(_REMOVED)})
_LISTS = (list, tuple)


def way_of(ways: Ways, edits: Edits) -> LogEntry | None:
    """Give the transaction that a single edit is, if it is known."""
    edit: Any = edits
    if type(edit) is dict and len(edit) == 1:
        (path,) = edit
        value = edit[path]
    else:
        if type(edit) in _LISTS and len(edit) == 1:
            edit = edit[0]
        if type(edit) is Add:
            return _way_of_add(ways, edit)
        if type(edit) is Set:
            path, value = edit.path, edit.value
        elif type(edit) is Remove:
            path, value = edit.path, _REMOVED
        else:
            return None
    # To JSON, 1 is neither true nor 1.0, though to Python they are one key.
    found = ways.get((path, type(value), value)) if type(value) in _PLAIN and type(path) is str else None
    return None if found is None else found[0]


def _way_of_add(ways: Ways, edit: Add) -> LogEntry | None:
    found = ways.get((edit.collection, edit.id))
    if found is None or found[1] != edit.value:
        return None
    for key, of in found[2]:
        if type(edit.value[key]) is not of:
            return None
    return found[0]


def _note(ways: Ways, entry: LogEntry) -> None:
    """Let a transaction be known by its patch, and by its edit if it is a single one of plain values."""
    way: Way = (entry, {}, ())
    ways[str(entry.patch)] = way
    edit = entry.edits[0] if len(entry.edits) == 1 else None
    if isinstance(edit, Add):
        if _PLAIN.issuperset(map(type, edit.value.values())):
            numbers = [(key, type(each)) for key, each in edit.value.items() if isinstance(each, int)]
            # What was asked may be changed by whoever asked.
            ways[edit.collection, edit.id] = (entry, dict(edit.value), numbers)
    elif isinstance(edit, Remove):
        ways[edit.path, type(_REMOVED), _REMOVED] = way
    elif isinstance(edit, Set) and type(edit.value) in _PLAIN:
        ways[edit.path, type(edit.value), edit.value] = way


def way_of_patch(ways: Ways, patch: Patch) -> LogEntry | None:
    """Give the transaction that a patch from the log is, if it is known."""
    found = ways.get(str(patch)) if ways else None
    return None if found is None else found[0]


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
        self._mark, self._mark_beside = len(now.transactions), len(live.transactions)

    def learn(self, entry: LogEntry) -> None:
        """Note a transaction that leads there, and the way back."""
        _note(self.ways, entry)
        _note(self._back, taken_back(entry))

    def is_still(self, live: Live, now: Live, touched: frozenset[str]) -> bool:
        """Tell whether a transaction that touches some places leads there too, and what is known of the ways is true."""
        if live is not self.live or touched != self._touched:
            return False
        moved = (now.transactions[self._mark :], live.transactions[self._mark_beside :])
        return not any(self._is_touched(_joined(each)) for each in moved)

    def cross(self, now: Live) -> Live | None:
        """Give the sheet that is beside, brought up to date, and become what is beside it; none where that cannot be."""
        found, transactions = self.live, now.transactions
        if len(found.transactions) != self._mark_beside:
            return None
        if len(transactions) == self._mark:
            self._mark, self._mark_beside = self._mark_beside, self._mark
        elif self._take_over(_joined(transactions[self._mark :])):
            self._mark, self._mark_beside = len(found.transactions), len(transactions)
        else:
            return None
        self.live = now
        self.ways, self._back = self._back, self.ways
        return found

    def turn(self, now: Live) -> None:
        """Let the sheet beside be the one that counts, to which a transaction has led."""
        self._mark, self._mark_beside = len(self.live.transactions), len(now.transactions)
        self.live = now
        self.ways, self._back = self._back, self.ways

    def _take_over(self, taken: Steps) -> bool:
        """Let the sheet beside take the steps that the one that counts has taken."""
        steps = None if self._is_touched(taken) else self.live.inputs.steps(patch_of(taken))
        if not steps:
            return steps is not None
        try:
            self.live.take(steps)
        except PlanFailed:
            return False
        return True

    def _is_touched(self, taken: Steps) -> bool:
        return any(_meets(each[0].pointer, touched) for each in taken for touched in self._touched)


def taken_back(entry: LogEntry) -> LogEntry:
    """Give the transaction that takes one back."""
    return LogEntry((), entry.inverse, entry.patch)


def touched_by(patch: Patch) -> frozenset[str]:
    """Give the places of a document that a patch writes."""
    return frozenset(str(operation["path"]) for operation in patch)


def _joined(transactions: Iterable[Transaction]) -> Steps:
    return [step for transaction in transactions for step in steps_of(transaction)]


def _meets(pointer: str, touched: str) -> bool:
    """Tell whether one of two places lies in the other, or goes with it because they stand in one list."""
    if pointer == touched or pointer.startswith(touched + "/") or touched.startswith(pointer + "/"):
        return True
    above, _slash, last = touched.rpartition("/")
    return last.isdecimal() and pointer.startswith(above + "/")
