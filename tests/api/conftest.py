"""The other game: small, so that every test of the public surface sees all of it."""

from pathlib import Path
from typing import Any

import pytest

import rulecore as rc

LANTERNS = Path(__file__).parents[1] / "packs" / "other_game"
DOCUMENT = {
    "kind": "wayfarer",
    "name": "Odo",
    "fields": {"calling": "ferrier", "grace.grown": 1, "epithet": "of the weir"},
    "collections": {"satchel": {"s1": {"gear": "pole", "lit": True}}},
    "choices": {"ferrier.charm": ["old_rope"], "ferrier.knacks": ["steady_hands", "sure_foot"]},
}


@pytest.fixture(scope="session")
def rules() -> Any:
    return rc.load_ruleset(LANTERNS, strict=True)


@pytest.fixture
def hero(rules: Any) -> Any:
    return rules.character(DOCUMENT)
