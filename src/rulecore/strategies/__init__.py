"""Hypothesis strategies: whole sheets and legal edits of any game, made by playing what its packs offer.

coverage = Coverage(rules)

@given(characters(rules))
def test_it(hero):
    coverage.add(hero)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rulecore.errors import MissingExtra
from rulecore.strategies.coverage import Coverage
from rulecore.strategies.player import Player

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from rulecore.character import Character
    from rulecore.character.edits import Edit
    from rulecore.ruleset import Ruleset

__all__ = ["Coverage", "characters", "documents", "edits", "sheets"]

LONGEST_SEQUENCE = 20
LARGEST_SEED = 2**64 - 1


def documents(rules: Ruleset, kind: str | None = None, *, longest: int = LONGEST_SEQUENCE) -> SearchStrategy[dict[str, Any]]:
    """Give documents without any error, of one entity; sequences have up to `longest` elements."""
    strategies = _hypothesis()

    def played(length: int, seed: int) -> dict[str, Any]:
        blank = rules.character() if kind is None else rules.new(kind)
        return Player(rules, blank.document, seed).play(length)

    made: SearchStrategy[dict[str, Any]] = strategies.builds(played, strategies.integers(0, longest), _seeds())
    return made


def characters(rules: Ruleset, kind: str | None = None, *, longest: int = LONGEST_SEQUENCE) -> SearchStrategy[Character]:
    """Give live sheets of documents without any error."""
    return documents(rules, kind, longest=longest).map(rules.character)


def edits(hero: Character) -> SearchStrategy[list[Edit]]:
    """Give transactions that are legal for a sheet as it is now; an empty one where nothing could be found."""

    def drawn(seed: int) -> list[Edit]:
        return Player(hero.ruleset, hero.document, seed).edits()

    return _seeds().map(drawn)


def sheets(rules: Ruleset, count: int, coverage: Coverage, kind: str | None = None) -> Iterator[Character]:
    """Give live sheets without Hypothesis, the same ones each time, drawing what `coverage` has seen least."""
    for seed in range(count):
        blank = rules.character() if kind is None else rules.new(kind)
        player = Player(rules, blank.document, seed, coverage.wanted())
        hero = rules.character(player.play(seed % (LONGEST_SEQUENCE + 1)))
        coverage.add(hero)
        yield hero


def _seeds() -> SearchStrategy[int]:
    seeds: SearchStrategy[int] = _hypothesis().integers(0, LARGEST_SEED)
    return seeds


def _hypothesis() -> Any:
    try:
        from hypothesis import strategies
    except ImportError as error:
        raise MissingExtra("strategies need Hypothesis: pip install 'rulecore[testing]'") from error
    return strategies
