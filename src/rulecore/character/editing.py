"""How a character is edited: which way an edit goes, what is logged, and who hears of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from rulecore.character.attempt import attempted
from rulecore.character.beside import Ways, taken_back, way_of, way_of_patch
from rulecore.character.edits import Change, Edits, KnownChange, LogEntry, Patch, listed
from rulecore.character.input import PlanFailed, report
from rulecore.character.lately import Lately
from rulecore.character.ledger import ChangeOfStructure, inverse_of, patch_of
from rulecore.character.live import Live
from rulecore.character.log import Log
from rulecore.character.patch import applied, inverse
from rulecore.character.verification import is_verifying, verify
from rulecore.derive import Derivation
from rulecore.model.edit import Edit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rulecore.ruleset import Ruleset

Observer = Callable[[Change], object]


class Editing:
    """The live sheet of one character, those that it had lately, and its log.

    `live` is another one when what exists has changed. `observers` are to hear of every change.
    """

    def __init__(self, ruleset: Ruleset, derivation: Derivation) -> None:
        """Start from a derivation that nobody else edits."""
        self.live = Live(derivation)
        self.log = Log(self.live.transactions)
        self.observers: list[Observer] = [self._verify] if is_verifying() else []
        self._lately = Lately(ruleset)
        self._ways: Ways = {}

    def resume(self, done: Iterable[LogEntry], undone: Iterable[LogEntry]) -> None:
        """Go on from what was done and undone before."""
        self.log = Log(self.live.transactions, done, undone)

    def edit(self, edits: Edits) -> Change:
        """Make edits together, as one transaction; Refused tells every fault, and then nothing has changed."""
        way = way_of(self._ways, edits) if self._ways else None
        change = None if way is None else self._crossed(way, way)
        if change is not None:
            return change
        asked = listed(edits)
        steps = self.live.inputs.steps(asked)
        if steps is None:
            return self._commit(asked)
        if not steps:
            return KnownChange({})
        self.log.gather()
        try:
            self.live.take(steps)
        except PlanFailed as failed:
            # The interpreter is the way back.
            report(failed)
            return self._commit(asked)
        self.log.pass_over()
        self.log.add(LogEntry(asked, patch_of(steps), inverse_of(steps)))
        return self.live.ledger.last()

    def imagine(self, edits: Edits) -> Change:
        """Tell what edits would do, and do nothing."""
        asked = listed(edits)
        steps = self.live.inputs.steps(asked)
        if steps is not None:
            try:
                return self.live.ledger.imagined(steps)
            except PlanFailed:
                self.live.derivation.engine.recover()
        live, patch = attempted(asked, self.live, self._lately)
        if not patch:
            return KnownChange({})
        # Who asks what if is likely to do it.
        self._ways = self._lately.imagine(self.live, live, self._entry(patch, asked)).ways
        return _changed(self.live, live, patch)

    def undo(self) -> Change:
        """Take back the last transaction, by editing the document the other way."""
        return self._move(taken_back(self.log.undo()))

    def redo(self) -> Change:
        """Do again what was taken back last."""
        return self._move(self.log.redo())

    # ---- the ways an edit goes

    def _commit(self, edits: tuple[Edit | Mapping[str, Any], ...]) -> Change:
        """Derive the document with edits, or refuse them all."""
        live, patch = attempted(edits, self.live, self._lately)
        if not patch:
            return KnownChange({})
        entry = self._entry(patch, edits)
        self.log.add(entry)
        return self._become(live, entry)

    def _entry(self, patch: Patch, edits: Sequence[Edit | Mapping[str, Any]]) -> LogEntry:
        """Give the transaction that leads to a live sheet."""
        return LogEntry(tuple(edits), patch, inverse(self.live.derivation.document.raw, patch))

    def _move(self, entry: LogEntry) -> Change:
        way = way_of_patch(self._ways, entry.patch)
        change = None if way is None else self._crossed(way)
        if change is not None:
            return change
        steps = self.live.inputs.steps(entry.patch)
        if steps is not None and self.live.tries(steps):
            self.log.pass_over()
            return self.live.ledger.last()
        document = applied(self.live.derivation.document.raw, entry.patch)
        return self._become(self._lately.live(document, self.live, entry.patch), entry)

    def _crossed(self, way: LogEntry, entry: LogEntry | None = None) -> Change | None:
        """Go to the sheet beside by a way, if that can still be, and put an entry into the log, unless it comes from there."""
        before, beside = self.live, self._lately.beside
        after = None if beside is None else beside.cross(before)
        if beside is None or after is None:
            self._lately.lose(before)
            self._ways = {}
            return None
        self.log.cross(entry, after.transactions)
        self.live, self._ways = after, beside.ways
        # What `_changed` does, without a call more.
        change = ChangeOfStructure()
        change.sides = before.ledger, len(before.transactions), after.ledger, len(after.transactions), way.patch
        return change

    def _become(self, live: Live, entry: LogEntry) -> Change:
        before = self.live
        self.log.leave()
        self._ways = self._lately.leave(before, live, entry).ways
        self.live = live
        self.log.follow(live.transactions)
        return _changed(before, live, entry.patch)

    def _verify(self, _change: Change) -> None:
        verify(self.live.derivation)


def _changed(before: Live, after: Live, patch: Patch) -> Change:
    """Give what a patch has done that led from one live sheet to another, as they are now."""
    change = ChangeOfStructure()
    change.sides = before.ledger, len(before.transactions), after.ledger, len(after.transactions), patch
    return change
