"""Tells how two rulesets differ: in values, in classes, in order, and in which objects are one and the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rulecore.packs.stored import MERGED


def differences(left: Any, right: Any) -> list[str]:
    return list(_Walk().between(left, right))


class _Walk:
    def __init__(self) -> None:
        self.partner: dict[int, Any] = {}
        self.taken: set[int] = set()

    def between(self, left: Any, right: Any) -> Iterator[str]:
        """Go through both in step, without recursion: entries lead to entries, however long the way."""
        waiting = [("", left, right)]
        while waiting:
            path, one, other = waiting.pop()
            if type(one) is not type(other):
                yield f"{path}: {type(one).__name__} and {type(other).__name__}"
            elif isinstance(one, dict | list) or hasattr(type(one), "__match_args__"):
                if self._is_new(one, other):
                    waiting += self._parts(path, one, other)
                elif self.partner.get(id(one)) is not other and type(one) not in MERGED:
                    yield f"{path}: one object became two, or two became one"
            elif isinstance(one, tuple | frozenset):
                waiting += self._parts(path, one, other)
            elif one != other:
                yield f"{path}: {one!r} and {other!r}"

    def _is_new(self, one: Any, other: Any) -> bool:
        if type(one) in MERGED:
            return True
        if id(one) in self.partner or id(other) in self.taken:
            return False
        self.partner[id(one)] = other
        self.taken.add(id(other))
        return True

    @staticmethod
    def _parts(path: str, one: Any, other: Any) -> Iterator[tuple[str, Any, Any]]:
        if isinstance(one, dict):
            pairs = zip([*one, *one.values()], [*other, *other.values()], strict=len(one) == len(other))
            yield f"{path} (length)", len(one), len(other)
        elif isinstance(one, tuple | list):
            pairs = zip(one, other, strict=False)
            yield f"{path} (length)", len(one), len(other)
        elif isinstance(one, frozenset):
            pairs = zip(sorted(one, key=_order), sorted(other, key=_order), strict=False)
            yield f"{path} (length)", len(one), len(other)
        else:
            names = type(one).__match_args__
            yield from ((f"{path}.{name}", getattr(one, name), getattr(other, name)) for name in names)
            return
        yield from ((f"{path}[{place}]", left, right) for place, (left, right) in enumerate(pairs))


def _order(member: Any) -> tuple[str, str]:
    return type(member).__name__, repr(member)
