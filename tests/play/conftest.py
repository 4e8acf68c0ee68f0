"""The bakehouse, and the standard packs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import rulecore as rc
from tests.play.bakehouse import document, write

Baking = Callable[..., Any]


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
