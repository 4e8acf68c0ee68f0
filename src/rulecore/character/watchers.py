"""Watchers: each is called back once after a transaction that concerns it, with the part of the change that does."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rulecore.character.edits import Change

Callback = Callable[[Change], object]


class Watchers:
    """Those who wait for changes of one character."""

    def __init__(self) -> None:
        """Know nobody yet."""
        self.waiting: list[tuple[tuple[str, ...], Callback]] = []

    def add(self, patterns: Iterable[str] | str, callback: Callback) -> Callable[[], None]:
        """Let one wait for changes of ids that fit; the result stops it."""
        watcher = ((patterns,) if isinstance(patterns, str) else tuple(patterns), callback)
        self.waiting.append(watcher)

        def stop() -> None:
            if watcher in self.waiting:
                self.waiting.remove(watcher)

        return stop

    def tell(self, change: Change) -> None:
        """Tell everybody whom a change concerns."""
        from fnmatch import fnmatchcase

        for patterns, callback in tuple(self.waiting):
            # The change is narrowed at once, so that the patterns are those of this turn.
            narrowed = change.narrowed(lambda name: any(fnmatchcase(name, pattern) for pattern in patterns))  # noqa: B023
            if narrowed:
                callback(narrowed)
