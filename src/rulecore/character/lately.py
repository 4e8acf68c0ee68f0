"""The live sheets that a character had lately: to put on, take off, undo and redo is to go to and fro."""

from __future__ import annotations

from rulecore.character.beside import Beside, touched_by
from rulecore.character.edits import LogEntry, Patch
from rulecore.character.live import Live
from rulecore.derive.differences import are_same
from rulecore.model.document import edited_document

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rulecore.ruleset import Ruleset

MOST_KEPT = 3


class Lately:
    """The live sheets that were left: the one that is beside, with the ways to it, and those before it."""

    def __init__(self, ruleset: Ruleset) -> None:
        """Have left none yet."""
        self._ruleset = ruleset
        self._left: list[Live] = []
        self.beside: Beside | None = None

    def live(self, document: dict[str, Any], now: Live, patch: Patch) -> Live:
        """Give a live sheet of a document: one that was left, if its structure is the same, or else one that branches off now.

        `patch` leads there from the document of now.
        """
        pointers = [str(operation["path"]) for operation in patch]
        for each in self._left if self.beside is None else (self.beside.live, *self._left):
            if are_same(each.derivation.document.raw, document, pointers) and each.follow(document):
                return each
        return Live(self._ruleset.derive(edited_document(document, patch), (now.derivation, pointers)))

    def leave(self, now: Live, live: Live, entry: LogEntry) -> Beside:
        """Let the sheet that counts be beside the one to which a transaction leads."""
        beside = self.imagine(now, live, entry)
        beside.turn(now)
        return beside

    def imagine(self, now: Live, live: Live, entry: LogEntry) -> Beside:
        """Let a live sheet be beside the one that counts: a transaction would lead to it."""
        touched, beside = touched_by(entry.patch), self.beside
        if beside is None or not beside.is_still(live, now, touched):
            self._keep(now, live)
            beside = self.beside = Beside(live, now, touched)
        if entry.patch:
            beside.learn(entry)
        return beside

    def _keep(self, now: Live, live: Live) -> None:
        """Keep the one that was beside for a while, and those before it; what counts or is beside is none of them."""
        left = self._left if self.beside is None else [self.beside.live, *self._left]
        self._left = [each for each in left if each is not live and each is not now][: MOST_KEPT - 1]

    def lose(self, now: Live) -> None:
        """Let nothing be beside the sheet that counts: the ways there are known no more."""
        self._keep(now, now)
        self.beside = None
