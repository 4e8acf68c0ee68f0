"""Live sheets: a derivation that is edited in place, and those of other structures that a character had lately."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rulecore.character.inputs import Inputs, PlanFailed
from rulecore.character.ledger import Ledger
from rulecore.character.patch import difference
from rulecore.derive import Derivation, derive
from rulecore.model.rules import Rules

MOST_KEPT = 3


class Live:
    """One derivation, its inputs, and the ledger of what was edited in place."""

    __slots__ = ("derivation", "inputs", "ledger")

    def __init__(self, derivation: Derivation) -> None:
        """Start with no edit."""
        self.derivation, self.inputs, self.ledger = derivation, Inputs(derivation), Ledger(derivation)

    def follow(self, document: Mapping[str, Any]) -> bool:
        """Become the live sheet of another document, where no more than values differ; tell whether that is so."""
        steps = self.inputs.steps(difference(self.derivation.document.raw, document))
        if steps:
            try:
                self.ledger.take(steps)
            except PlanFailed:
                self.derivation.engine.recover()
                return False
            self.ledger.transactions.append(steps)
        return steps is not None


class Lately:
    """The live sheets that a character has left, the last one first: to put on, take off, undo and redo is to go to and fro."""

    def __init__(self) -> None:
        """Have left none yet."""
        self._left: list[Live] = []

    def leave(self, live: Live, now: Live) -> None:
        """Keep a live sheet for a while; the one that counts now is none of those that were left."""
        self._left = [live, *(each for each in self._left if each is not live and each is not now)][:MOST_KEPT]

    def live(self, document: dict[str, Any], rules: Rules) -> Live:
        """Give a live sheet of a document: one that was left, if its structure is the same, or else a new one."""
        for each in self._left:
            if each.follow(document):
                return each
        return Live(derive(document, rules))
