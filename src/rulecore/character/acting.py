"""How a character acts: what is done is worked out beside the sheet, and then made as one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rulecore.character.edits import Change, Settled, Values
from rulecore.character.faults import faults
from rulecore.character.patch import difference
from rulecore.character.transaction import Transaction
from rulecore.character.values import jsonlike
from rulecore.derive import Derivation
from rulecore.errors import Refused
from rulecore.model.document import edited_document
from rulecore.model.edit import Edit
from rulecore.play import Course, perform
from rulecore.play.dice import Source
from rulecore.play.perform import Event
from rulecore.play.world import Roll

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rulecore.ruleset import Ruleset


class Outcome(Change):
    """What an act did: the change of the document, what happened in order, the rolls, and what others are to bear.

    `events` are those of this document, the first is the act itself; `sent` are those that it calls for on others, such as
    how it hurts them: whoever plays the other one makes them happen there.
    """

    __slots__ = ("_change", "events", "rolls", "sent")

    def __init__(self, change: Change, course: Course) -> None:
        """Join a change with what led to it."""
        self._change = change
        self.events: tuple[Event, ...] = tuple(course.events)
        self.sent: tuple[Event, ...] = tuple(course.sent)
        self.rolls: tuple[Roll, ...] = course.rolls

    def _settle(self) -> Settled:
        values: Values = self._change.changed
        return values, self._change.recomputed, self._change.patch

    @property
    def created(self) -> tuple[str, ...]:
        """The ids of elements, entries, options and parts that are new."""
        return self._change.created

    @property
    def removed(self) -> tuple[str, ...]:
        """The ids of those that are there no more."""
        return self._change.removed


def performed(
    ruleset: Ruleset, derivation: Derivation, name: str, arguments: Mapping[str, Any] | None, dice: Source | None
) -> Course:
    """Work out an act on a sheet, which stays as it is; Refused says why it cannot be done."""

    def following(now: Derivation, edits: Sequence[Edit]) -> Derivation:
        transaction = Transaction(now, now.document.raw)
        transaction.apply(edits)
        patch = difference(now.document.raw, transaction.document)
        document = edited_document(transaction.document, patch)
        found = ruleset.derive(document, (now, [str(operation["path"]) for operation in patch]))
        wrong = [*transaction.findings, *faults(found, now, patch)]
        if wrong:
            raise Refused("nothing was changed", wrong)
        return found

    return perform(derivation, following, name, jsonlike(arguments or {}), dice)
