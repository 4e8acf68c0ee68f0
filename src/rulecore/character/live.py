"""A live sheet: a derivation that is edited in place."""

from __future__ import annotations

from collections.abc import Mapping

from rulecore.character.input import PlanFailed, Steps
from rulecore.character.inputs import Inputs
from rulecore.character.ledger import Ledger
from rulecore.character.patch import difference
from rulecore.derive import Derivation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Live:
    """One derivation, its inputs, and the ledger of what was edited in place."""

    __slots__ = ("derivation", "inputs", "ledger", "takes", "transactions")

    def __init__(self, derivation: Derivation) -> None:
        """Start with no edit."""
        self.derivation, self.ledger = derivation, Ledger(derivation)
        self.inputs = Inputs(derivation, self.ledger)
        self.takes, self.transactions = self.inputs.takes, self.ledger.transactions

    def follow(self, document: Mapping[str, Any]) -> bool:
        """Become the live sheet of another document, where no more than values differ; tell whether that is so."""
        steps = self.inputs.steps(difference(self.derivation.document.raw, document))
        return steps is not None and (not steps or self.tries(steps))

    def tries(self, steps: Steps) -> bool:
        """Take the steps of a transaction, and tell whether its plans come to an end."""
        try:
            self.take(steps)
        except PlanFailed:
            return False
        return True

    def take(self, steps: Steps) -> None:
        """Take the steps of a transaction; where a plan comes to no end, the document and all values are as before."""
        try:
            self.ledger.take(steps)
        except PlanFailed:
            self.derivation.engine.recover()
            raise
        self.transactions.append(steps)
