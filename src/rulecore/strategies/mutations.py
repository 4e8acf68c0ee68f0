"""Legal documents with one thing wrong, and what a judge should say of it: for tests of whoever handles documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from random import Random
from typing import TYPE_CHECKING, Any

from rulecore.character.patch import copied
from rulecore.dataclass import dataclass
from rulecore.model.document import read_document
from rulecore.strategies.faulty_answers import ANSWERS
from rulecore.strategies.faulty_parts import PARTS
from rulecore.strategies.faulty_texts import TEXTS, as_text
from rulecore.strategies.faulty_values import VALUES
from rulecore.strategies.playing import documents, hypothesis_strategies, seeds
from rulecore.strategies.seeding import Fault, Seed, View

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from rulecore.ruleset import Ruleset

_MAKERS: Mapping[str, Callable[[View], Iterator[Seed]]] = {**ANSWERS, **VALUES, **PARTS, **TEXTS}

MUTATION_KINDS = tuple(_MAKERS)
"""Every sort of mistake that `mutations` knows."""


@dataclass(frozen=True, slots=True)
class Mutation:
    """A legal document, and the same with something wrong; `bad` is text where the text itself is broken."""

    good: dict[str, Any]
    bad: dict[str, Any] | str
    faults: tuple[Fault, ...]

    @property
    def kind(self) -> str:
        """Name the sort of mistake; of several, the first."""
        return self.faults[0].kind

    @property
    def code(self) -> str:
        """Give the code of the finding that tells it; of several, the first."""
        return self.faults[0].code

    @property
    def pointer(self) -> str:
        """Give the JSON pointer of what is wrong; of several, the first."""
        return self.faults[0].pointer


def mutations(rules: Ruleset, kinds: Iterable[str] | None = None, *, entity: str | None = None) -> SearchStrategy[Mutation]:
    """Give legal documents with one fault, of the kinds that are named, or of any; ValueError for a kind that there is not."""
    return _mutated(rules, _known(kinds), entity, most=1)


def near_legal(rules: Ruleset, kinds: Iterable[str] | None = None, *, entity: str | None = None) -> SearchStrategy[Mutation]:
    """Give legal documents with one fault or two that have nothing to do with each other."""
    return _mutated(rules, _known(kinds), entity, most=2)


def mutated(rules: Ruleset, document: Mapping[str, Any], kinds: Iterable[str], random: Random, most: int = 1) -> Mutation | None:
    """Give one document with up to so many faults of some kinds; none where no such fault fits it."""
    view = View(rules.derive(read_document(document)), document, random)
    drawn: list[tuple[str, Seed]] = []
    for kind in random.sample(list(kinds), len(list(kinds))):
        fitting = [seed for seed in _MAKERS[kind](view) if not any(seed.meets(other) for _kind, other in drawn)]
        if fitting:
            drawn.append((kind, random.choice(fitting)))
        if len(drawn) == most:
            break
    return _made(document, drawn) if drawn else None


def _made(document: Mapping[str, Any], drawn: list[tuple[str, Seed]]) -> Mutation:
    bad: Any = copied(dict(document))
    for _kind, seed in drawn:
        for change in seed.changes:
            change.apply(bad)
    for _kind, seed in drawn:
        if seed.text is not None:
            bad = seed.text(as_text(bad))
    return Mutation(copied(dict(document)), bad, tuple(Fault(kind, seed.code, seed.pointer) for kind, seed in drawn))


def _known(kinds: Iterable[str] | None) -> tuple[str, ...]:
    wanted = MUTATION_KINDS if kinds is None else tuple(kinds)
    unknown = [kind for kind in wanted if kind not in _MAKERS]
    if unknown or not wanted:
        raise ValueError(f"there is no kind of mutation {', '.join(unknown)!r}: {', '.join(MUTATION_KINDS)}")
    return wanted


def _mutated(rules: Ruleset, kinds: tuple[str, ...], entity: str | None, most: int) -> SearchStrategy[Mutation]:
    def drawn(document: dict[str, Any], count: int, seed: int) -> Mutation | None:
        return mutated(rules, document, kinds, Random(seed), count)  # noqa: S311 - a test, no secret

    strategies = hypothesis_strategies()
    made = strategies.builds(drawn, documents(rules, entity), strategies.integers(1, most), seeds())
    found: SearchStrategy[Mutation] = made.filter(lambda mutation: mutation is not None)
    return found
