"""Character: one document under one ruleset, with its live sheet. It has one owner; `fork` gives another to others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from rulecore.character.beside import Ways, taken_back, way_of, way_of_patch, way_of_set
from rulecore.character.edits import Add, Change, Edit, Edits, LogEntry, Patch, Remove, Set, listed
from rulecore.character.inputs import PlanFailed
from rulecore.character.lately import Lately
from rulecore.character.ledger import ChangeOfStructure, ChangeOfValues, inverse_of, patch_of
from rulecore.character.live import Live
from rulecore.character.log import Log
from rulecore.character.patch import applied, inverse
from rulecore.character.reading import Reading
from rulecore.character.values import jsonlike
from rulecore.character.verification import is_verifying, verify
from rulecore.character.watchers import Callback, Watchers
from rulecore.derive import Derivation
from rulecore.errors import Refused
from rulecore.finding import Finding
from rulecore.model.document import Document, read_document
from rulecore.model.sheet import Sheet

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from rulecore.derive.engine import Engine
    from rulecore.derive.explanation import Explanation
    from rulecore.derive.options import OpenChoice
    from rulecore.ruleset import Ruleset

__all__ = ["Add", "Change", "Character", "LogEntry", "Remove", "Set"]


class Character(Reading):
    """A live sheet: read fields, edit the document, ask why a number is what it is."""

    def __init__(
        self,
        ruleset: Ruleset,
        document: Document | Mapping[str, Any] | str | bytes | Path,
        derivation: Derivation | None = None,
    ) -> None:
        """Derive a document, unless that has been done; a DocumentError says why something is none."""
        self._ruleset = ruleset
        own = jsonlike(read_document(document).raw)
        # What is edited in place is nobody else's.
        self._live = Live(ruleset.derive(read_document(own)) if derivation is None else derivation.fork(read_document(own)))
        self._known, self._transactions = self._live.known, self._live.transactions
        self._lately = Lately(ruleset)
        self._ways: Ways = {}
        self._log = Log(self._transactions)
        self._watchers = Watchers()
        self._verifies = is_verifying()

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the document and the log; the sheet is derived again, the ruleset loaded again where it is not there."""
        return Character, (self._ruleset, self.document), (self._log.done, self._log.undone)

    def __setstate__(self, logs: tuple[Iterable[LogEntry], Iterable[LogEntry]]) -> None:
        self._log = Log(self._transactions, *logs)

    def __repr__(self) -> str:
        document = self._live.derivation.document
        return f"<Character {document.kind} {document.name or ''!r}>"

    # ---- reading

    @property
    def ruleset(self) -> Ruleset:
        """The rules by which this is derived."""
        return self._ruleset

    @property
    def derivation(self) -> Derivation:
        """What follows from the document as it is now."""
        return self._live.derivation

    @property
    def engine(self) -> Engine:
        """What edits values beneath the document: for measurements; an edit made here is in no document and no log."""
        return self._live.derivation.engine

    @property
    def document(self) -> dict[str, Any]:
        """A fresh copy of the document, to keep."""
        copied: dict[str, Any] = jsonlike(self._live.derivation.document.raw)
        return copied

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that is wrong or missing now."""
        return self._live.derivation.findings

    @property
    def log(self) -> tuple[LogEntry, ...]:
        """The transactions that led here, oldest first."""
        return self._log.done

    def sheet(self) -> Sheet:
        """Give every value in its JSON form."""
        return self._live.derivation.sheet()

    def explain(self, path: str) -> Explanation:
        """Say why a field has its value: what counts, what lost, what does not count now, and the rulings on the way."""
        from rulecore.derive.explain import explain

        return explain(self._live.derivation, path)

    def options(self, *, decided: bool = False) -> tuple[OpenChoice, ...]:
        """Give what is still to be chosen and what is on offer; with `decided`, what has been chosen too."""
        from rulecore.derive.options import options

        return options(self._live.derivation, decided=decided)

    # ---- editing

    def edit(self, edits: Edits) -> Change:
        """Make edits together, as one transaction; Refused tells every fault, and then nothing has changed."""
        if edits.__class__ is dict and len(edits) == 1:
            # One plain value set anew, the edit that is made most often, goes straight to its input.
            ((path, value),) = edits.items()
            known = self._known.get(path)
            if known is not None and value.__class__ is known.plain and (known.unbounded or known.low <= value <= known.high):
                try:
                    steps = known.take(value)
                except PlanFailed as failed:
                    self._live.derivation.engine.recover()
                    return self._recovered(failed, listed(edits))
                if steps is None:
                    return Change({})
                # What `_taken` does, without a call more; the log finds it there.
                self._transactions.append(steps)
                told = ChangeOfValues(self._live.ledger)
                return self._told(told) if self._verifies or self._watchers.waiting else told
            way = way_of_set(self._ways, path, value) if self._ways else None
        else:
            way = way_of(self._ways, edits) if self._ways else None
        change = None if way is None else self._crossed(way, way)
        if change is not None:
            return change
        asked = listed(edits)
        steps = self._live.inputs.steps(asked)
        if steps is None:
            return self._commit(*self._tried(asked), asked)
        if not steps:
            return Change({})
        self._log.gather()
        try:
            self._live.take(steps)
        except PlanFailed as failed:
            return self._recovered(failed, asked)
        self._log.pass_over()
        self._log.add(LogEntry(asked, patch_of(steps), inverse_of(steps)))
        return self._taken()

    def choose(self, path: str, picked: Sequence[str] | str) -> Change:
        """Answer a choice by id, set a reference, or add to an ordered collection one element for each name."""
        chosen = [picked] if isinstance(picked, str) else list(picked)
        found = next((each for each in self.options(decided=True) if each.id == path), None)
        if found is not None and found.form == "element":
            return self.edit([Add(path, {found.reference: name}) for name in chosen])
        if found is not None and len(chosen) > found.count:
            message = f"{found.label}: at most {found.count} may be chosen"
            finding = Finding("choice.too_many", message, found=len(chosen), expected={"count": found.count})
            raise Refused("nothing was changed", [finding])
        if found is not None and found.form == "reference":
            return self.edit([Set(path, chosen[0] if chosen else None)])
        return self.edit([Set(path, [name.partition("#")[0] for name in chosen])])

    def what_if(self, edits: Edits) -> Change:
        """Tell what edits would do, and do nothing."""
        asked = listed(edits)
        steps = self._live.inputs.steps(asked)
        if steps is not None:
            try:
                return self._live.ledger.imagined(steps)
            except PlanFailed:
                self._live.derivation.engine.recover()
        live, patch = self._tried(asked)
        if not patch:
            return Change({})
        # Who asks what if is likely to do it.
        self._ways = self._lately.imagine(self._live, live, self._entry(patch, asked)).ways
        return ChangeOfStructure(self._live.ledger, live.ledger, patch)

    def undo(self) -> Change:
        """Take back the last transaction, by editing the document the other way."""
        return self._move(taken_back(self._log.undo()))

    def redo(self) -> Change:
        """Do again what was taken back last."""
        return self._move(self._log.redo())

    def fork(self) -> Character:
        """Give another character with the same document and log, which goes its own way."""
        other = Character(self._ruleset, self._live.derivation.document, self._live.derivation)
        other._log = self._log.copy(other._transactions)
        return other

    def watch(self, patterns: Iterable[str] | str, callback: Callback) -> Callable[[], None]:
        """Call back once after each transaction that moved an id that fits; the result stops it."""
        return self._watchers.add(patterns, callback)

    # ---- how an edit goes

    def _tried(self, edits: Sequence[Edit | Mapping[str, Any]]) -> tuple[Live, Patch]:
        """Derive the document with edits, or refuse them all."""
        from rulecore.character.attempt import attempted

        return attempted(edits, self._live, self._lately)

    def _commit(self, live: Live, patch: Patch, edits: tuple[Any, ...]) -> Change:
        if not patch:
            return Change({})
        entry = self._entry(patch, edits)
        self._log.add(entry)
        return self._become(live, entry)

    def _entry(self, patch: Patch, edits: tuple[Any, ...]) -> LogEntry:
        """Give the transaction that leads to a live sheet."""
        return LogEntry(edits, patch, inverse(self._live.derivation.document.raw, patch))

    def _recovered(self, failed: PlanFailed, edits: tuple[Any, ...]) -> Change:
        """Make edits without plans: the interpreter is the way back."""
        from warnings import warn

        warn(f"the plan of {failed} failed, so everything is derived anew: please report it", RuntimeWarning, stacklevel=3)
        return self._commit(*self._tried(edits), edits)

    def _taken(self) -> Change:
        """Tell of a transaction of values, the last one."""
        change = ChangeOfValues(self._live.ledger)
        return self._told(change) if self._verifies or self._watchers.waiting else change

    def _move(self, entry: LogEntry) -> Change:
        way = way_of_patch(self._ways, entry.patch)
        change = None if way is None else self._crossed(way)
        if change is not None:
            return change
        steps = self._live.inputs.steps(entry.patch)
        if steps is not None and self._live.tries(steps):
            self._log.pass_over()
            return self._taken()
        document = applied(self._live.derivation.document.raw, entry.patch)
        return self._become(self._lately.live(document, self._live, entry.patch), entry)

    def _crossed(self, way: LogEntry, entry: LogEntry | None = None) -> Change | None:
        """Go to the sheet beside by a way, if that can still be, and put an entry into the log, unless it comes from there."""
        before, beside = self._live, self._lately.beside
        after = None if beside is None else beside.cross(before)
        if beside is None or after is None:
            self._lately.lose(before)
            self._ways = {}
            return None
        self._log.cross(entry, after.transactions)
        self._live = after
        self._known, self._transactions = after.known, after.transactions
        self._ways = beside.ways
        change = ChangeOfStructure(before.ledger, after.ledger, way.patch)
        return self._told(change) if self._verifies or self._watchers.waiting else change

    def _become(self, live: Live, entry: LogEntry) -> Change:
        before = self._live
        self._log.leave()
        beside = self._lately.leave(before, live, entry)
        self._live, self._known, self._ways = live, live.known, beside.ways
        self._transactions = live.transactions
        self._log.follow(self._transactions)
        return self._told(ChangeOfStructure(before.ledger, live.ledger, entry.patch))

    def _told(self, change: Change) -> Change:
        if self._verifies:
            verify(self._live.derivation)
        if self._watchers.waiting:
            self._watchers.tell(change)
        return change
