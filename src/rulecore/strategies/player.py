"""Plays a document from nothing to something whole: proposes, keeps what breaks no law, and halves what does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from random import Random
from typing import TYPE_CHECKING, Any

from rulecore.character.edits import Edit
from rulecore.character.transaction import Transaction
from rulecore.derive import Derivation, derive
from rulecore.derive.asked import asked_faults
from rulecore.derive.laws import broken_laws
from rulecore.derive.written import written_faults
from rulecore.finding import Severity
from rulecore.model.effect import Operation
from rulecore.model.rules import Rules
from rulecore.model.shape import Block
from rulecore.strategies.proposals import OFTEN, SELDOM, Proposals

if TYPE_CHECKING:
    from rulecore.ruleset import Ruleset

DEEPEST_CHOICES = 8
MOST_ELEMENTS = 6
MOST_TRIES = 12
SELDOM_USED = 10
MUCH = 6
STRUCTURAL = 0.5
"""How often an edit is meant to add, remove or choose: those that turn out illegal are drawn again as any other."""


class Player:
    """One document in the making; it has no error at any time."""

    def __init__(self, ruleset: Ruleset, document: dict[str, Any], seed: int, wanted: Mapping[str, float] | None = None) -> None:
        """Start with a document as it is; names that are `wanted` are drawn that much more often."""
        self.rules, self.random = ruleset.rules, Random(seed)  # noqa: S311 - a game, no secret
        seldom, wanted = weights(ruleset.rules), wanted or {}
        self.weights = {name: seldom.get(name, 1) * wanted.get(name, 1) for name in {**seldom, **wanted}}
        self.document = document
        self.derivation = derive(document, self.rules)
        self.known = errors(self.derivation)

    def play(self, length: int) -> dict[str, Any]:
        """Make a whole document, with sequences of up to `length` elements."""
        self.adopt(self._proposals().values(OFTEN))
        self.adopt(self._proposals().references())
        self.adopt(self._proposals().sequence(length))
        self._answer_all()
        self.adopt(self._proposals().elements(MOST_ELEMENTS))
        self.adopt(self._proposals().values(SELDOM / 2, elements=True))
        self.adopt(self._proposals().rulings(OFTEN))
        self.adopt(self._proposals().values(SELDOM / 2))
        self._answer_all()
        return self.document

    def _proposals(self) -> Proposals:
        return Proposals(self.derivation, self.random, self.weights)

    def _answer_all(self) -> None:
        tried: dict[str, int] = {}
        for _round in range(DEEPEST_CHOICES):
            answers = self._proposals().answers(tried)
            if not answers:
                return
            self.adopt(answers)

    def adopt(self, edits: Sequence[Edit]) -> None:
        """Make edits; where some of them break a law, those are left out."""
        if not edits or self._adopted(edits) or len(edits) == 1:
            return
        middle = len(edits) // 2
        self.adopt(edits[:middle])
        self.adopt(edits[middle:])

    def _adopted(self, edits: Sequence[Edit]) -> bool:
        transaction = Transaction(self.derivation, self.document)
        transaction.apply(edits)
        if transaction.findings:
            return False
        derivation = derive(transaction.document, self.rules)
        if errors(derivation) - self.known:
            return False
        self.document, self.derivation = transaction.document, derivation
        return True

    def edits(self) -> list[Edit]:
        """Give one transaction that is legal now, and at least every fifth time one that changes what exists."""
        proposals = self._proposals()
        for attempt in range(MOST_TRIES):
            structural = self.random.random() < STRUCTURAL and attempt < MOST_TRIES // 2
            drawn = self._structural(proposals) if structural else self._plain(proposals)
            if drawn and self._adopted(drawn):
                return drawn
        return []

    def _structural(self, proposals: Proposals) -> list[Edit]:
        kinds = (
            proposals.some_element,
            proposals.removal,
            proposals.other_answer,
            lambda: proposals.answers({}),
            lambda: proposals.sequence(1),
        )
        return self.random.choice(kinds)()

    def _plain(self, proposals: Proposals) -> list[Edit]:
        rulings = proposals.rulings(1)
        if rulings and self.random.random() < SELDOM / 2:
            return [self.random.choice(rulings)]
        return proposals.some_value()


def weights(rules: Rules) -> dict[str, float]:
    """Draw more often the names of entries with an operation that few have, so that it is drawn as well."""
    operations = {entry.name: _operations(entry.shape.block) for entry in rules.entries.values() if entry.shape is not None}
    counts = Counter(each for found in operations.values() for each in found)
    seldom = {operation for operation, count in counts.items() if count < len(operations) / SELDOM_USED}
    return {name: MUCH for name, found in operations.items() if found & seldom}


def _operations(block: Block) -> frozenset[Operation]:
    own = {effect.operation for effect in block.effects}
    return frozenset(own).union(*(_operations(inner) for inner in block.blocks))


def errors(derivation: Derivation) -> frozenset[tuple[str, str | None, str]]:
    """Give what is wrong with a document, to compare; values are not computed for it but where a law reads them."""
    found = (
        *derivation.document.findings,
        *derivation.structure.findings,
        *written_faults(derivation),
        *asked_faults(derivation),
        *broken_laws(derivation),
    )
    return frozenset((each.code, each.pointer, each.message) for each in found if each.severity is Severity.ERROR)
