"""Lists that have room still, as the interviews of packs count it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rulecore.cli.taking import lists

if TYPE_CHECKING:
    from rulecore.character import Character


def unfilled(hero: Character) -> Iterator[str]:
    """Say of each list with room how far it is."""
    for each in lists(hero):
        if each.missing:
            yield f"still room: {each.label}: {each.held} of {each.most} ({each.id})"
