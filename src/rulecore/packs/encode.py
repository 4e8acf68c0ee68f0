"""From rules to the content of a compiled ruleset: every value gets a number, and what holds it holds the number."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import Any

from rulecore.model.entry import Entry
from rulecore.packs.stored import (
    CLASSES,
    CONTAINERS,
    MAKERS,
    MERGED,
    MOST_IN_SHORT,
    PLAIN,
    Column,
    Containers,
    Content,
    Objects,
    fields_of,
)

_MAKERS = {sort: name for name, sort in MAKERS.items()}
_CLASSES = {sort: name for name, sort in CLASSES.items()}
_CONTAINERS = {sort: name for name, sort in CONTAINERS.items()}


class Uncompilable(ValueError):
    """A value that a compiled ruleset cannot hold."""


def encode(root: Any) -> Content:
    """Give the content that `decode` makes the same values of; objects that were one are one again."""
    found = _Numbering()
    number = found.number(root)
    found.follow()
    return _Layout(found).content(number)


class _Numbering:
    """Gives each value a number, once: equal plain values and types share theirs, objects are known by what they are."""

    def __init__(self) -> None:
        self.sorts: list[type] = []
        self.parts: list[Sequence[Any]] = []
        self._known: dict[Any, int] = {}
        self._waiting: list[tuple[int, Any]] = []
        # What is known by its place in memory has to stay there.
        self._kept: list[Any] = []

    def number(self, value: Any) -> int:
        """Give the number of a value; what an object holds is numbered later, so that no way is too long."""
        sort = type(value)
        if sort in PLAIN:
            return self._once((sort, repr(value) if sort is float else value), sort, (value,))
        if sort in _MAKERS:
            arguments = (value.value,) if hasattr(value, "value") else value.as_integer_ratio()
            return self._once((sort, arguments), sort, arguments)
        if sort in MERGED or sort in {tuple, frozenset}:
            parts = tuple(self.number(part) for part in _parts(value))
            return self._once((sort, parts), sort, parts)
        if sort not in _CLASSES and sort not in _CONTAINERS:
            raise Uncompilable(f"{sort.__name__} is nothing that rules are made of")
        if id(value) not in self._known:
            self._kept.append(value)
            self._waiting.append((self._once(id(value), sort, ()), value))
        return self._known[id(value)]

    def _once(self, key: Any, sort: type, parts: Sequence[Any]) -> int:
        number = self._known.setdefault(key, len(self.sorts))
        if number == len(self.sorts):
            self.sorts.append(sort)
            self.parts.append(parts)
        return number

    def follow(self) -> None:
        """Number all that the numbered objects hold, and all that those hold."""
        while self._waiting:
            number, value = self._waiting.pop()
            self.parts[number] = tuple(self.number(part) for part in _parts(value))


def _parts(value: Any) -> Iterable[Any]:
    sort = type(value)
    if sort is dict:
        return [each for pair in value.items() for each in pair]
    if sort is frozenset:
        # The same rules give the same file: a set has no order of its own.
        return sorted(value, key=lambda member: (type(member).__name__, repr(member)))
    return value if sort in _CONTAINERS else [getattr(value, name) for name in fields_of(sort)]


class _Layout:
    """Puts what is numbered in the order in which it can be made again, and numbers it anew."""

    def __init__(self, found: _Numbering) -> None:
        self.found = found
        self.places: dict[int, int] = {}
        self.by_sort: dict[type, list[int]] = {}
        for number, sort in enumerate(found.sorts):
            self.by_sort.setdefault(sort, []).append(number)
        self.width = "H" if len(found.sorts) < MOST_IN_SHORT else "I"

    def content(self, root: int) -> Content:
        """Give the content with all that is numbered."""
        plain = [self.found.parts[number][0] for number in self._of(PLAIN)]
        made = [(name, [tuple(self.found.parts[each]) for each in self._of([sort])]) for sort, name in _MAKERS.items()]
        objects = {sort: self._of([sort]) for sort in _CLASSES if sort in self.by_sort}
        containers = self._containers()
        columns = [self._objects(sort, numbers) for sort, numbers in objects.items()]
        return plain, [each for each in made if each[1]], columns, containers, self.width, self.places[root]

    def _of(self, sorts: Iterable[type]) -> list[int]:
        numbers = [number for sort in sorts for number in self.by_sort.get(sort, ())]
        self._place(numbers)
        return numbers

    def _place(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            self.places[number] = len(self.places)

    def _objects(self, sort: type, numbers: list[int]) -> Objects:
        fields = fields_of(sort)
        columns = zip(*(self.found.parts[number] for number in numbers), strict=True)
        return _CLASSES[sort], fields, len(numbers), [self._column(column) for column in columns]

    def _column(self, numbers: Sequence[int]) -> Column:
        return self.places[numbers[0]] if len(set(numbers)) == 1 else self._numbers(numbers)

    def _numbers(self, numbers: Iterable[int]) -> bytes:
        return array(self.width, [self.places[number] for number in numbers]).tobytes()

    def _containers(self) -> list[Containers]:
        """Group the containers by sort and length, such as hold others behind those that they hold."""
        waiting = [number for sort in _CONTAINERS for number in self.by_sort.get(sort, ())]
        groups = []
        while waiting:
            ready: dict[tuple[type, int], list[int]] = {}
            for number in waiting:
                parts = self.found.parts[number]
                if all(part in self.places for part in parts):
                    ready.setdefault((self.found.sorts[number], len(parts)), []).append(number)
            if not ready:
                raise Uncompilable("a container holds itself")
            for (sort, _length), numbers in ready.items():
                groups.append(self._group(sort, [self.found.parts[number] for number in numbers]))
            self._place(number for numbers in ready.values() for number in numbers)
            waiting = [number for number in waiting if number not in self.places]
        return groups

    def _group(self, sort: type, rows: list[Sequence[int]]) -> Containers:
        keys, values = (2, rows) if sort is dict else (1, [])
        hashed = [row[::keys] for row in rows] if sort in {dict, frozenset} else []
        if not all(self._is_settled(number) for row in hashed for number in row):
            raise Uncompilable("a set or a dict holds what has no hash before it is filled")
        members = self._numbers(number for row in rows for number in row[::keys])
        others = self._numbers(number for row in values for number in row[1::keys])
        return _CONTAINERS[sort], len(rows[0]) // keys, len(rows), members, others

    def _is_settled(self, number: int) -> bool:
        """Tell whether a value has its hash while objects are still empty; entries are known by what they are."""
        sort = self.found.sorts[number]
        if sort in {tuple, frozenset}:
            return all(self._is_settled(part) for part in self.found.parts[number])
        return sort in PLAIN or sort in _MAKERS or sort is Entry
