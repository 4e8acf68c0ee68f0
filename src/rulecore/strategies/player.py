"""Plays a document from nothing to something whole: proposes much at a time, keeps what breaks no law, leaves out what does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache
from random import Random
from typing import TYPE_CHECKING, Any

from rulecore.character.transaction import Transaction
from rulecore.derive import Derivation, derive
from rulecore.derive.asked import asked_faults
from rulecore.derive.findings import unstable
from rulecore.derive.index import MOST_KEPT, Index, index_of
from rulecore.derive.laws import broken_laws
from rulecore.derive.written import written_faults
from rulecore.finding import Finding, Severity
from rulecore.model.edit import Edit
from rulecore.model.effect import Operation
from rulecore.model.rules import Rules
from rulecore.model.shape import Block
from rulecore.strategies.blame import blamed, pointers
from rulecore.strategies.proposals import OFTEN, SELDOM, Proposals

if TYPE_CHECKING:
    from rulecore.ruleset import Ruleset

DEEPEST_CHOICES = 8
MOST_ELEMENTS = 6
MOST_TRIES = 12
MOST_REPAIRS = 10
SELDOM_USED = 10
MUCH = 3
STRUCTURAL = 0.5
"""How often an edit is meant to add, remove or choose: those that turn out illegal are drawn again as any other."""

Known = tuple[str, str | None, str]


class Player:
    """One document in the making; it has no error at any time."""

    def __init__(
        self,
        ruleset: Ruleset,
        document: dict[str, Any],
        seed: int,
        wanted: Mapping[str, float] | None = None,
        derivation: Derivation | None = None,
    ) -> None:
        """Start with a document as it is, and its derivation if known; names that are `wanted` are drawn that much more often."""
        self.rules, self.seed = ruleset.rules, seed
        seldom, wanted = weights(ruleset.rules), wanted or {}
        self.weights = {name: seldom.get(name, 1) * wanted.get(name, 1) for name in {**seldom, **wanted}}
        self.document = document
        self.derivation = first = derive(document, self.rules) if derivation is None else derivation
        self._first = first
        self.generous = False
        self._stage("")

    def play(self, length: int, elements: int = MOST_ELEMENTS, *, plain: bool = False) -> dict[str, Any]:
        """Make a whole document, with sequences of up to `length` elements; a `plain` one keeps to the defaults."""
        self._stage("values")
        self.generous = not plain and self.random.random() < SELDOM
        proposals = self._proposals()
        values = [] if plain else [*proposals.values(1 if self.generous else OFTEN), *proposals.rulings(OFTEN)]
        self.adopt([*values, *proposals.references()])
        self._stage("sequence")
        self._follow(self._proposals().sequence(length))
        self._stage("answers")
        further: list[Callable[[], list[Edit]]] = [lambda: self._proposals().elements(elements)] if elements else []
        if not plain:
            further += [lambda: self._some_values(elements=True), lambda: self._some_values(elements=False)]
        self._answer_all(further)
        return self.document

    def _stage(self, name: str) -> None:
        """Draw anew from here on: what is drawn at one stage does not hang on how much was drawn before."""
        self.random = Random(f"{self.seed} {name}")  # noqa: S311 - a game, no secret

    def _proposals(self) -> Proposals:
        return Proposals(self.derivation, self.random, self.weights, generous=self.generous)

    def _some_values(self, *, elements: bool) -> list[Edit]:
        return self._proposals().values(SELDOM / 2, elements=elements)

    def _answer_all(self, further: list[Callable[[], list[Edit]]]) -> None:
        """Answer choice after choice; with each round of answers goes one of the `further` batches."""
        tried: dict[str, int] = {}
        for place in range(DEEPEST_CHOICES):
            more = further[place]() if place < len(further) else []
            answers = self._proposals().answers(tried)
            if not answers and place >= len(further):
                return
            self.adopt([*answers, *more])

    # ---- adopting edits

    def _follow(self, groups: Sequence[Sequence[Edit]]) -> None:
        """Make all groups of edits; where they do not go together, the first, and one more that goes with it."""
        if len(groups) < 2 or not self._made([edit for group in groups for edit in group]):
            self.adopt(groups[0] if groups else [])
            self._made(self.random.choice(groups[1:]) if len(groups) > 1 else [])

    def adopt(self, edits: Sequence[Edit]) -> None:
        """Make edits together; what breaks a law is left out: what a finding points to, else by ever smaller parts."""
        left = list(edits)
        for _repair in range(MOST_REPAIRS):
            culprits = self._culprits(left)
            if culprits is None:
                return
            if not culprits:
                break
            left = [edit for place, edit in enumerate(left) if place not in culprits]
        self._divided(left)

    def _culprits(self, edits: Sequence[Edit]) -> frozenset[int] | None:
        """Make edits, or give the places of those that break something, as far as that is to be seen; none where all is well."""
        derivation, found = self._tried(edits)
        if derivation is not None and not found:
            return None
        written = pointers(self.derivation, self.document, edits) if derivation is not None else []
        return frozenset() if derivation is None else blamed(derivation, found, written)

    def _divided(self, edits: Sequence[Edit]) -> None:
        middle = len(edits) // 2
        for piece in (edits[:middle], edits[middle:]):
            if piece and not self._made(piece) and len(piece) > 1:
                self._divided(piece)

    def _made(self, edits: Sequence[Edit]) -> bool:
        """Make edits if they break nothing, and tell whether they were made."""
        derivation, found = self._tried(edits)
        return derivation is not None and not found

    def _tried(self, edits: Sequence[Edit]) -> tuple[Derivation | None, list[Finding]]:
        """Make edits unless they break something; give what would follow, and what is wrong with it."""
        if not edits:
            return self.derivation, []
        transaction = Transaction(self.derivation, self.document)
        transaction.apply(edits)
        if transaction.findings:
            return None, list(transaction.findings)
        derivation = derive(transaction.document, self.rules)
        found = errors(derivation)
        new = [finding for key, finding in found.items() if key not in self._known] if found else []
        if not new:
            self.document, self.derivation = transaction.document, derivation
        return derivation, new

    @cached_property
    def _known(self) -> frozenset[Known]:
        return frozenset(errors(self._first))

    # ---- single edits

    def edits(self) -> list[Edit]:
        """Give one transaction that is legal now, and at least every fifth time one that changes what exists."""
        proposals = self._proposals()
        for attempt in range(MOST_TRIES):
            structural = self.random.random() < STRUCTURAL and attempt < MOST_TRIES // 2
            drawn = self._structural(proposals) if structural else self._plain(proposals)
            if drawn and self._made(drawn):
                return drawn
        return []

    def _structural(self, proposals: Proposals) -> list[Edit]:
        kinds: tuple[Callable[[], list[Edit]], ...] = (
            proposals.some_element,
            proposals.removal,
            proposals.other_answer,
            lambda: proposals.answers({}),
            lambda: [edit for group in proposals.sequence(1) for edit in group],
        )
        return self.random.choice(kinds)()

    def _plain(self, proposals: Proposals) -> list[Edit]:
        rulings = proposals.rulings(1)
        if rulings and self.random.random() < SELDOM / 2:
            return [self.random.choice(rulings)]
        return proposals.some_value()


def weights(rules: Rules) -> dict[str, float]:
    """Draw more often the names of entries with an operation that few have, so that it is drawn as well."""
    return _weights(index_of(rules))


@lru_cache(maxsize=MOST_KEPT)
def _weights(index: Index) -> dict[str, float]:
    rules = index.rules
    operations = {entry.name: _operations(entry.shape.block) for entry in rules.entries.values() if entry.shape is not None}
    counts = Counter(each for found in operations.values() for each in found)
    seldom = {operation for operation, count in counts.items() if count < len(operations) / SELDOM_USED}
    return {name: MUCH for name, found in operations.items() if found & seldom}


def _operations(block: Block) -> frozenset[Operation]:
    own = {effect.operation for effect in block.effects}
    return frozenset(own).union(*(_operations(inner) for inner in block.blocks))


def errors(derivation: Derivation) -> dict[Known, Finding]:
    """Give what is wrong with a document, to compare; values are not computed for it but where a law reads them."""
    found = (
        *derivation.document.findings,
        *derivation.structure.findings,
        *written_faults(derivation),
        *asked_faults(derivation),
        *unstable(derivation),
        *broken_laws(derivation),
    )
    return {(each.code, each.pointer, each.message): each for each in found if each.severity is Severity.ERROR}
