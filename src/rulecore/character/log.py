"""The transactions of a character: those that led here, and those that were taken back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rulecore.character.edits import LogEntry
from rulecore.character.input import Transaction
from rulecore.character.ledger import written_out
from rulecore.errors import Refused
from rulecore.finding import Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

Entry: TypeAlias = "LogEntry | Transaction"


class Log:
    """What was done and what was undone, the last one last. Transactions of values are kept as their steps for a while.

    The values of a sheet are edited most often, so nobody tells the log: whatever is added to the transactions that it follows
    was done, but for what is passed over.
    """

    __slots__ = ("_done", "_followed", "_gathered", "_undone", "_written_out")

    def __init__(self, followed: Sequence[Transaction], done: Iterable[Entry] = (), undone: Iterable[Entry] = ()) -> None:
        """Start with what there was, and follow transactions of values from now on."""
        self._done, self._undone = list(done), list(undone)
        self._written_out = 0
        self.follow(followed)

    def follow(self, transactions: Sequence[Transaction]) -> None:
        """Take what is added to some transactions from now on for done, rather than to those before."""
        self._followed, self._gathered = transactions, len(transactions)

    def pass_over(self) -> None:
        """Take what was added to the transactions lately for no transaction of its own."""
        self._gathered = len(self._followed)

    def gather(self) -> None:
        """Take over what has been done lately: what was taken back before is done again no more."""
        if len(self._followed) != self._gathered:
            self._done += self._followed[self._gathered :]
            self._gathered = len(self._followed)
            self._undone.clear()

    @property
    def done(self) -> tuple[LogEntry, ...]:
        """The transactions that led here, oldest first."""
        self.gather()
        return tuple(map(written_out, self._done))

    @property
    def undone(self) -> tuple[LogEntry, ...]:
        """Those that were taken back, the last one last."""
        self.gather()
        return tuple(map(written_out, self._undone))

    def copy(self, followed: Sequence[Transaction]) -> Log:
        """Give another log that goes on from here, and follows other transactions."""
        self.gather()
        return Log(followed, self._done, self._undone)

    def add(self, entry: Entry) -> None:
        """Add a transaction: what was taken back is done again no more."""
        self.gather()
        self._done.append(entry)
        self._undone.clear()

    def cross(self, entry: Entry | None, transactions: Sequence[Transaction]) -> None:
        """Go over to a sheet with transactions of its own, by a transaction unless it comes from here."""
        if len(self._followed) != self._gathered:
            self.gather()
        if entry is not None:
            self._done.append(entry)
            self._undone.clear()
        self._followed, self._gathered = transactions, len(transactions)

    def undo(self) -> LogEntry:
        """Give the last transaction, which is to be taken back."""
        self.gather()
        if not self._done:
            raise Refused("nothing was changed", [Finding("edit.nothing_to_undo", "there is nothing to take back")])
        entry = written_out(self._done.pop())
        self._undone.append(entry)
        self._written_out = min(self._written_out, len(self._done))
        return entry

    def redo(self) -> LogEntry:
        """Give the transaction that was taken back last, which is to be done again."""
        self.gather()
        if not self._undone:
            raise Refused("nothing was changed", [Finding("edit.nothing_to_redo", "there is nothing to do again")])
        entry = written_out(self._undone.pop())
        self._done.append(entry)
        return entry

    def leave(self) -> None:
        """Write out all steps: they hold the derivation that is left, and the log outlives it."""
        self.gather()
        if self._written_out == len(self._done):
            return
        for place in range(self._written_out, len(self._done)):
            self._done[place] = written_out(self._done[place])
        self._written_out = len(self._done)
