"""Hypothesis strategies: whole sheets, recipes, legal edits and near misses of any game, made by playing what its packs offer.

coverage = Coverage(rules)

@given(characters(rules))
def test_it(hero):
    coverage.add(hero)
"""

from __future__ import annotations

from rulecore.strategies.coverage import Coverage
from rulecore.strategies.mutations import MUTATION_KINDS, Mutation, mutations, near_legal
from rulecore.strategies.playing import characters, documents, edits, sheets
from rulecore.strategies.recipes import recipes
from rulecore.strategies.seeding import Fault

__all__ = [
    "MUTATION_KINDS",
    "Coverage",
    "Fault",
    "Mutation",
    "characters",
    "documents",
    "edits",
    "mutations",
    "near_legal",
    "recipes",
    "sheets",
]
