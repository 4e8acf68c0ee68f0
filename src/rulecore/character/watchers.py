"""Watchers: each is called back once after a transaction that concerns it, with the part of the change that does."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fnmatch import fnmatchcase
from functools import partial

from rulecore.character.edits import Change

Callback = Callable[[Change], object]


class Watchers:
    """Those who wait for changes of one character."""

    def __init__(self) -> None:
        """Know nobody yet."""
        self._watchers: list[tuple[tuple[str, ...], Callback]] = []

    def add(self, patterns: Iterable[str] | str, callback: Callback) -> Callable[[], None]:
        """Let one wait for changes of ids that fit; the result stops it."""
        watcher = ((patterns,) if isinstance(patterns, str) else tuple(patterns), callback)
        self._watchers.append(watcher)

        def stop() -> None:
            if watcher in self._watchers:
                self._watchers.remove(watcher)

        return stop

    def tell(self, change: Change) -> None:
        """Tell everybody whom a change concerns."""
        for patterns, callback in tuple(self._watchers):
            narrowed = change.narrowed(partial(_fits, patterns))
            if narrowed:
                callback(narrowed)


def _fits(patterns: tuple[str, ...], name: str) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)
