"""Documents, live sheets and edits, each made by a player of what is on offer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from rulecore.character import Character
from rulecore.errors import MissingExtra
from rulecore.strategies.coverage import Coverage
from rulecore.strategies.player import MOST_ELEMENTS, Player

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from rulecore.model.edit import Edit
    from rulecore.ruleset import Ruleset

LONGEST_SEQUENCE = 20
LARGEST_SEED = 2**64 - 1


def documents(rules: Ruleset, kind: str | None = None, *, longest: int = LONGEST_SEQUENCE) -> SearchStrategy[dict[str, Any]]:
    """Give documents without any error, of one entity; sequences have up to `longest` elements."""
    strategies = hypothesis_strategies()
    blank = _blank(rules, kind)

    def drawn(length: int, elements: int, plain: bool, seed: int) -> dict[str, Any]:  # noqa: FBT001 - drawn, not called
        player = Player(rules, blank.document, seed, derivation=blank.derivation)
        return player.play(length, elements, plain=plain)

    # What is simpler is drawn as less: shorter sequences, fewer elements, no field set beyond its default.
    parts = (
        strategies.integers(0, longest),
        strategies.integers(0, MOST_ELEMENTS),
        strategies.integers(0, 7).map(lambda part: not part),
    )
    made: SearchStrategy[dict[str, Any]] = strategies.builds(drawn, *parts, seeds())
    return made


def played(rules: Ruleset, kind: str | None, seed: int, length: int, *, elements: int, plain: bool) -> dict[str, Any]:
    """Give one document without any error, from a seed."""
    blank = _blank(rules, kind)
    return Player(rules, blank.document, seed, derivation=blank.derivation).play(length, elements, plain=plain)


def characters(rules: Ruleset, kind: str | None = None, *, longest: int = LONGEST_SEQUENCE) -> SearchStrategy[Character]:
    """Give live sheets of documents without any error."""
    return documents(rules, kind, longest=longest).map(rules.character)


def edits(hero: Character) -> SearchStrategy[list[Edit]]:
    """Give transactions that are legal for a sheet as it is now; an empty one where nothing could be found."""

    def drawn(seed: int) -> list[Edit]:
        return Player(hero.ruleset, hero.document, seed, derivation=hero.derivation).edits()

    return seeds().map(drawn)


def sheets(rules: Ruleset, seeds: Iterable[int], coverage: Coverage, kind: str | None = None) -> Iterator[Character]:
    """Give live sheets without Hypothesis, the same ones each time, drawing what `coverage` has seen least."""
    blank = _blank(rules, kind)
    for place, seed in enumerate(seeds):
        player = Player(rules, blank.document, seed, coverage.wanted(), blank.derivation)
        # What comes late in a sequence is seldom reached: every second one is as long as can be.
        length = LONGEST_SEQUENCE if place % 2 else seed % (LONGEST_SEQUENCE + 1)
        player.play(length)
        hero = Character(rules, player.document, player.derivation)
        coverage.add(hero)
        yield hero


def _blank(rules: Ruleset, kind: str | None) -> Character:
    return rules.character() if kind is None else rules.new(kind)


def seeds() -> SearchStrategy[int]:
    """Give numbers from which a generator of random ones starts."""
    found: SearchStrategy[int] = hypothesis_strategies().integers(0, LARGEST_SEED)
    return found


def hypothesis_strategies() -> Any:
    """Give the module of Hypothesis that has its strategies."""
    try:
        from hypothesis import strategies
    except ImportError as error:
        raise MissingExtra("strategies need Hypothesis: pip install 'rulecore[testing]'") from error
    return strategies
