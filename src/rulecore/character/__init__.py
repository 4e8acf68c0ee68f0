"""Character: one document under one ruleset, with its live sheet. It has one owner; `fork` gives another to others.

To read a sheet needs nothing of what edits it, so that is loaded with the first edit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from rulecore.character.reading import Reading
from rulecore.character.values import jsonlike
from rulecore.derive import Derivation
from rulecore.finding import Finding
from rulecore.model.document import Document, read_document
from rulecore.model.sheet import Sheet

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from rulecore.character.acting import Outcome
    from rulecore.character.editing import Editing, Observer
    from rulecore.character.edits import Change, Edits, LogEntry
    from rulecore.character.ledger import Take
    from rulecore.character.watchers import Callback
    from rulecore.derive.engine import Engine
    from rulecore.derive.explanation import Explanation
    from rulecore.derive.options import OpenChoice
    from rulecore.play.acts import Act
    from rulecore.play.dice import Source
    from rulecore.ruleset import Ruleset


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
        # What is edited in place is nobody else's.
        own = read_document(jsonlike(read_document(document).raw))
        self._derivation = ruleset.derive(own) if derivation is None else derivation.fork(own)
        self._edited: Editing | None = None
        self._takes: Mapping[str, Take] = {}
        self._observers: Sequence[Observer] = ()

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the document and the log; the sheet is derived again, the ruleset loaded again where it is not there."""
        logs = ((), ()) if self._edited is None else (self._edited.log.done, self._edited.log.undone)
        return Character, (self._ruleset, self.document), logs

    def __setstate__(self, logs: tuple[Iterable[LogEntry], Iterable[LogEntry]]) -> None:
        if any(logs):
            self._editing.resume(*logs)

    def __repr__(self) -> str:
        document = self._derivation.document
        return f"<Character {document.kind} {document.name or ''!r}>"

    # ---- reading

    @property
    def ruleset(self) -> Ruleset:
        """The rules by which this is derived."""
        return self._ruleset

    @property
    def derivation(self) -> Derivation:
        """What follows from the document as it is now."""
        return self._derivation

    @property
    def engine(self) -> Engine:
        """What edits values beneath the document: for measurements; an edit made here is in no document and no log."""
        return self._derivation.engine

    @property
    def document(self) -> dict[str, Any]:
        """A fresh copy of the document, to keep."""
        copied: dict[str, Any] = jsonlike(self._derivation.document.raw)
        return copied

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that is wrong or missing now."""
        return self._derivation.findings

    @property
    def log(self) -> tuple[LogEntry, ...]:
        """The transactions that led here, oldest first."""
        return () if self._edited is None else self._edited.log.done

    def sheet(self) -> Sheet:
        """Give every value in its JSON form."""
        return self._derivation.sheet()

    def explain(self, path: str) -> Explanation:
        """Say why a field has its value: what counts, what lost, what does not count now, and the rulings on the way."""
        from rulecore.derive.explain import explain

        return explain(self._derivation, path)

    def options(self, *, decided: bool = False) -> tuple[OpenChoice, ...]:
        """Give what is still to be chosen and what is on offer; with `decided`, what has been chosen too."""
        from rulecore.derive.options import options

        return options(self._derivation, decided=decided)

    # ---- editing

    def edit(self, edits: Edits) -> Change:
        """Make edits together, as one transaction; Refused tells every fault, and then nothing has changed."""
        if edits.__class__ is dict and len(edits) == 1:
            # One plain value set anew, the edit that is made most often, goes straight to its input.
            (path,) = edits
            take = self._takes.get(path)
            if take is not None:
                change = take(edits[path])
                if change is not None:
                    return self._told(change) if self._observers else change
        editing = self._edited or self._editing
        change = editing.edit(edits)
        # What `_become` does, without a call more.
        live = editing.live
        self._derivation, self._takes = live.derivation, live.takes
        return self._told(change) if self._observers else change

    def choose(self, path: str, picked: Sequence[str] | str) -> Change:
        """Answer a choice by id, set a reference, or add to an ordered collection one element for each name."""
        from rulecore.character.answers import answer

        return self.edit(answer(self.options(decided=True), path, picked))

    def actions(self) -> tuple[Act, ...]:
        """Give all that can be done now: what may happen to it, and what its content lets it do."""
        from rulecore.play.acts import acts

        return acts(self._derivation)

    def act(self, name: str, arguments: Mapping[str, Any] | None = None, *, dice: Source | None = None) -> Outcome:
        """Do something by its path, as one transaction; Refused says why it cannot be done, and then nothing has changed.

        `arguments` are by name, as JSON; a source of `dice` is needed where there is something to roll.
        """
        from rulecore.character.acting import Outcome, performed

        done = performed(self._ruleset, self._derivation, name, arguments, dice)
        return Outcome(self.edit(done.edits), done)

    def what_if(self, edits: Edits) -> Change:
        """Tell what edits would do, and do nothing."""
        return self._editing.imagine(edits)

    def undo(self) -> Change:
        """Take back the last transaction, by editing the document the other way."""
        return self._become(self._editing.undo())

    def redo(self) -> Change:
        """Do again what was taken back last."""
        return self._become(self._editing.redo())

    def fork(self) -> Character:
        """Give another character with the same document and log, which goes its own way."""
        other = Character(self._ruleset, self._derivation.document, self._derivation)
        if self._edited is not None:
            other._editing.log = self._edited.log.copy(other._editing.live.transactions)
        return other

    def watch(self, patterns: Iterable[str] | str, callback: Callback) -> Callable[[], None]:
        """Call back once after each transaction that moved an id that fits; the result stops it."""
        from rulecore.character.watchers import watching

        observers, observe = self._editing.observers, watching(patterns, callback)
        observers.append(observe)

        def stop() -> None:
            if observe in observers:
                observers.remove(observe)

        return stop

    @property
    def _editing(self) -> Editing:
        """What edits this, made when it is first asked for."""
        if self._edited is None:
            from rulecore.character.editing import Editing

            self._edited = Editing(self._ruleset, self._derivation)
            self._takes, self._observers = self._edited.live.takes, self._edited.observers
        return self._edited

    def _become(self, change: Change) -> Change:
        """Be what an edit has led to, before anybody hears of it."""
        live = self._editing.live
        self._derivation, self._takes = live.derivation, live.takes
        return self._told(change) if self._observers else change

    def _told(self, change: Change) -> Change:
        for observe in tuple(self._observers):
            observe(change)
        return change
