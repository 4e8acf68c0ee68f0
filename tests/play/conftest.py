"""The bakehouse, and the standard packs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import rulecore as rc
from tests.play.bakehouse import document, write

Baking = Callable[..., Any]
Making = Callable[..., Any]


@pytest.fixture(scope="session")
def bakehouse(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return rc.load_ruleset(write(tmp_path_factory.mktemp("bakehouse")), strict=True)


@pytest.fixture
def baker(bakehouse: Any) -> Baking:
    """Give a baker with some fields."""
    return lambda **fields: bakehouse.character(document(**fields))


@pytest.fixture(scope="session")
def standard() -> Any:
    return rc.load_ruleset(strict=True)


@pytest.fixture
def made(standard: Any) -> Making:
    """Give a character of some levels, `{"wizard": 3}`: more fields, elements of collections by name, and choices."""

    def make(
        levels: dict[str, int],
        *,
        collections: dict[str, Any] | None = None,
        choices: dict[str, list[str]] | None = None,
        **fields: Any,
    ) -> Any:
        taken = [{"class": name} for name, count in levels.items() for _ in range(count)]
        parts = {"levels": taken, **(collections or {})}
        return standard.character({"kind": "character", "fields": fields, "collections": parts, "choices": choices or {}})

    return make
