"""Watchers: each is called back once after a transaction that concerns it, with the part of the change that does."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fnmatch import fnmatchcase

from rulecore.character.edits import Change

Callback = Callable[[Change], object]


def watching(patterns: Iterable[str] | str, callback: Callback) -> Callable[[Change], None]:
    """Give what hears of every change, and calls back where ids that fit have a part in it."""
    wanted = (patterns,) if isinstance(patterns, str) else tuple(patterns)

    def observe(change: Change) -> None:
        narrowed = change.narrowed(lambda name: any(fnmatchcase(name, pattern) for pattern in wanted))
        if narrowed:
            callback(narrowed)

    return observe
