"""The live sheets that a character had lately: to put on, take off, undo and redo is to go to and fro."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from rulecore.character.beside import Beside, key_of, touched_by
from rulecore.character.edits import LogEntry
from rulecore.character.live import Live
from rulecore.derive import derive
from rulecore.model.rules import Rules

MOST_KEPT = 3


class Lately:
    """The live sheets that were left, the last one first, and of that one how it is reached."""

    def __init__(self) -> None:
        """Have left none yet."""
        self._left: list[Live] = []
        self.beside: Beside | None = None

    def live(self, document: dict[str, Any], rules: Rules) -> Live:
        """Give a live sheet of a document: one that was left, if its structure is the same, or else a new one."""
        for each in self._left:
            if each.follow(document):
                return each
        return Live(derive(document, rules))

    def leave(self, now: Live, live: Live, entry: LogEntry) -> None:
        """Keep the sheet that counts for a while: a transaction leads to another one."""
        self.imagine(now, live, entry)
        if self.beside is not None:
            self.beside.turn(now)
        self._keep(now, live)

    def imagine(self, now: Live, live: Live, entry: LogEntry) -> None:
        """Keep a live sheet for a while, to which a transaction would lead."""
        touched = touched_by(entry.patch)
        if self.beside is None or not self.beside.is_still(live, now, touched):
            self.beside = Beside(live, now, touched)
        if entry.patch:
            self.beside.learn(key_of(entry.edits), entry)
        self._keep(live, now)

    def _keep(self, live: Live, now: Live) -> None:
        """Put one first of those that were left; the one that counts is none of them."""
        self._left = [live, *(each for each in self._left if each is not live and each is not now)][:MOST_KEPT]

    def way(self, key: Hashable) -> LogEntry | None:
        """Give the transaction that leads to the sheet beside, by its key."""
        return None if self.beside is None else self.beside.ways.get(key)

    def cross(self, now: Live) -> Live | None:
        """Leave the sheet that counts for the one beside; none where there is no known way any more."""
        live = None if self.beside is None else self.beside.cross(now)
        if live is None:
            self.beside = None
        else:
            self._left[0] = now
        return live
