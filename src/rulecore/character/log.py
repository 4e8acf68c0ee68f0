"""The transactions of a character: those that led here, and those that were taken back."""

from __future__ import annotations

from collections.abc import Iterable

from rulecore.character.edits import LogEntry
from rulecore.character.inputs import Steps
from rulecore.character.ledger import written_out
from rulecore.errors import Refused
from rulecore.finding import Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

Entry: TypeAlias = "LogEntry | Steps"


class Log:
    """What was done and what was undone, the last one last. Transactions of values are kept as their steps for a while."""

    __slots__ = ("_done", "_undone", "_written_out")

    def __init__(self, done: Iterable[Entry] = (), undone: Iterable[Entry] = ()) -> None:
        """Start with what there was."""
        self._done, self._undone = list(done), list(undone)
        self._written_out = 0

    @property
    def done(self) -> tuple[LogEntry, ...]:
        """The transactions that led here, oldest first."""
        return tuple(map(written_out, self._done))

    @property
    def undone(self) -> tuple[LogEntry, ...]:
        """Those that were taken back, the last one last."""
        return tuple(map(written_out, self._undone))

    def copy(self) -> Log:
        """Give another log that goes on from here."""
        return Log(self._done, self._undone)

    def add(self, entry: Entry) -> None:
        """Add a transaction: what was taken back is done again no more."""
        self._done.append(entry)
        if self._undone:
            self._undone.clear()

    def undo(self) -> LogEntry:
        """Give the last transaction, which is to be taken back."""
        if not self._done:
            raise Refused("nothing was changed", [Finding("edit.nothing_to_undo", "there is nothing to take back")])
        entry = written_out(self._done.pop())
        self._undone.append(entry)
        self._written_out = min(self._written_out, len(self._done))
        return entry

    def redo(self) -> LogEntry:
        """Give the transaction that was taken back last, which is to be done again."""
        if not self._undone:
            raise Refused("nothing was changed", [Finding("edit.nothing_to_redo", "there is nothing to do again")])
        entry = written_out(self._undone.pop())
        self._done.append(entry)
        return entry

    def leave(self) -> None:
        """Write out all steps: they hold the derivation that is left, and the log outlives it."""
        if self._written_out == len(self._done):
            return
        for place in range(self._written_out, len(self._done)):
            self._done[place] = written_out(self._done[place])
        self._written_out = len(self._done)
