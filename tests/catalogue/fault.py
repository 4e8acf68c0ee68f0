"""Faults of the catalogue: each kind makes of a legal document a broken one, and knows the cause and the place."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.catalogue.legal import Legal

Making = Callable[[Legal, Random], "Seeded | None"]


@dataclass(frozen=True)
class Change:
    """One change of a document: a value written at the keys, or what is there taken away; in a list `insert` moves the rest."""

    keys: tuple[str | int, ...]
    value: Any = None
    removes: bool = False
    insert: bool = False

    def apply(self, document: Any) -> None:
        *path, last = self.keys
        for key in path:
            document = document.setdefault(key, {}) if isinstance(document, dict) else document[key]
        if self.removes:
            del document[last]
        elif self.insert:
            document.insert(last, deepcopy(self.value))
        else:
            document[last] = deepcopy(self.value)

    @property
    def pointer(self) -> str:
        return pointer(*self.keys)


def pointer(*keys: str | int) -> str:
    return "".join(f"/{str(key).replace('~', '~0').replace('/', '~1')}" for key in keys)


def put(*keys: str | int, value: Any) -> Change:
    return Change(keys, value)


def drop(*keys: str | int) -> Change:
    return Change(keys, removes=True)


@dataclass(frozen=True)
class Seeded:
    """One fault in one document: what is changed, and what is expected of it.

    `text` breaks the text of the document, after all changes. `hides` are names whose loss takes other things with it; what is
    `alone` takes so much with it that no other fault can be told beside it.
    """

    cause: str
    pointer: str
    changes: tuple[Change, ...] = ()
    text: Callable[[str], str] | None = None
    hides: frozenset[str] = frozenset()
    alone: bool = False

    @property
    def touched(self) -> tuple[str, ...]:
        return (self.pointer, *(each.pointer for each in self.changes))

    def meets(self, other: Seeded) -> bool:
        """Whether two faults cannot be told apart in one document: they touch one place, or one hides the other's."""
        if self.alone or other.alone or (self.text is not None and other.text is not None):
            return True
        return _overlap(self, other) or _hidden(self, other) or _hidden(other, self)


def _overlap(one: Seeded, other: Seeded) -> bool:
    return any(
        f"{a}/".startswith(f"{_holder(b)}/") or f"{b}/".startswith(f"{_holder(a)}/")
        for a in one.touched
        for b in other.touched
        if a and b
    )


def _holder(place: str) -> str:
    """The choice, the element or the value in which a place is."""
    segments = place.split("/")
    return "/".join(segments[:4] if segments[1:2] == ["collections"] else segments[:3])


def _hidden(one: Seeded, other: Seeded) -> bool:
    words = {word for place in other.touched for segment in place.split("/") for word in segment.split(".")}
    return bool(one.hides & words)


@dataclass(frozen=True)
class Kind:
    """One kind of fault: its number in the catalogue, what it is, and the rule that it breaks."""

    number: int
    name: str
    rule: str
    make: Making = field(repr=False, compare=False)


KINDS: list[Kind] = []


def kind(number: int, rule: str) -> Callable[[Making], Making]:
    def register(make: Making) -> Making:
        KINDS.append(Kind(number, make.__name__.replace("_", " "), rule, make))
        return make

    return register


def broken(legal: Legal, seeds: Iterable[Seeded], *, claiming: bool = False) -> dict[str, Any] | str:
    """The document with all faults: text where a fault is one of text."""
    seeds = list(seeds)
    claims = claiming or any(change.keys[0] == "claims" for seed in seeds for change in seed.changes)
    document = legal.copy(claiming=claims)
    for seed in seeds:
        for change in seed.changes:
            change.apply(document)
    breaking = [seed.text for seed in seeds if seed.text is not None]
    if not breaking:
        return document
    text = json.dumps(document, indent=1, ensure_ascii=False)
    for each in breaking:
        text = each(text)
    return text
