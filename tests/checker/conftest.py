"""Loading small packs from texts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from rulecore.packs.load import Loaded, load
from tests.checker.tiny import FILES, write

Loading = Callable[..., Loaded]


@pytest.fixture
def loading(tmp_path: Path) -> Loading:
    """Load the tiny game with further files, by name; `None` leaves a file out."""
    made = 0

    def make(more: dict[str, str | None] | None = None) -> Loaded:
        nonlocal made
        made += 1
        files = {name: text for name, text in (FILES | (more or {})).items() if text is not None}
        return load(write(tmp_path / str(made), files))

    return make
