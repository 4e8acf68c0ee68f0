"""From rules to the content of a compiled ruleset: every value gets a number, and what holds it holds the number."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from fractions import Fraction
from typing import Any

from rulecore.model.entry import Entry
from rulecore.packs.stored import (
    CLASSES,
    CONTAINERS,
    FRACTION,
    LATE,
    MAKERS,
    MERGED,
    PLAIN,
    Column,
    Containers,
    Content,
    Numbers,
    Objects,
    Part,
    Values,
    early_fields_of,
    fields_of,
    later_classes,
)

_MAKERS: dict[type, str] = {Fraction: FRACTION, **{sort: name for name, sort in MAKERS.items() if isinstance(sort, type)}}
_ALL = CLASSES | later_classes()
_CLASSES = {sort: place for place, sort in enumerate(_ALL.values())}
_CONTAINERS = {sort: place for place, sort in enumerate(CONTAINERS)}
_KNOWN_BY_PARTS = MERGED | {tuple, frozenset}
_MOST_IN_BYTE = 255


class Uncompilable(ValueError):
    """A value that a compiled ruleset cannot hold."""


class _Lent:
    """The sort of what a part has from the whole."""


def encode(root: Any, write: Callable[[Part], bytes]) -> Content:
    """Give the content that `decode` makes the same values of, objects that were one one again; `write` gives parts as bytes."""
    whole = Numbering()
    number = whole.number(root)
    whole.follow()
    _share(whole)
    layout = _Layout(whole)
    values = layout.values()
    parts: dict[int, list[bytes]] = {}
    for sort in LATE:
        parts[_CLASSES[sort]] = [write(_part(whole, layout, late)) for late in layout.late(sort)]
    schema = [(name, fields_of(sort)) for name, sort in _ALL.items()]
    return schema, values, parts, layout.places[number]


def _share(whole: Numbering) -> None:
    """Number what more than one part would hold, and what has a part of its own."""
    owners: dict[int, int] = {}
    for place, late in enumerate(whole.late):
        waiting, seen = [getattr(late, name) for name in LATE[type(late)]], set()
        while waiting:
            value = waiting.pop()
            if type(value) in _CLASSES or type(value) in _CONTAINERS:
                key = id(value)
                if type(value) not in _KNOWN_BY_PARTS:
                    if key in seen or whole.knows(value):
                        continue
                    seen.add(key)
                    if type(value) in LATE or owners.setdefault(key, place) != place:
                        whole.number(value)
                        whole.follow()
                        continue
                waiting += _parts(value)


def _part(whole: Numbering, layout: _Layout, late: Any) -> Part:
    found = Numbering(whole)
    numbers = [found.number(getattr(late, name)) for name in LATE[type(late)]]
    found.follow()
    own = _Layout(found)
    lent = _packed([layout.places[number] for number in own.lent()])
    values = own.values()
    return lent, values, _packed([own.places[number] for number in numbers])


class Numbering:
    """Gives each value a number, once: equal plain values and types share theirs, objects are known by what they are.

    The numbering of a part knows that of the whole, and takes from there what it has. `late` are the objects that have parts.
    """

    def __init__(self, whole: Numbering | None = None) -> None:
        """Know no value yet."""
        self.sorts: list[type] = []
        self.parts: list[Sequence[Any]] = []
        self.late: list[Any] = []
        self._whole = whole
        self.numbers: dict[Hashable, int] = {}
        self._waiting: list[tuple[int, Any]] = []
        # What is known by its place in memory has to stay there.
        self._kept: list[Any] = []

    def knows(self, value: Any) -> bool:
        """Tell whether a value has a number."""
        return _key(value) in self.numbers

    def number(self, value: Any) -> int:
        """Give the number of a value; what an object holds is numbered later, so that no way is too long."""
        key = _key(value)
        found = self.numbers.get(key)
        return self._add(key, value) if found is None else found

    def _add(self, key: Hashable, value: Any) -> int:
        sort, lent = type(value), None if self._whole is None else self._whole.numbers.get(key)
        if lent is not None:
            return self._once(key, _Lent, (lent,))
        if sort in PLAIN:
            return self._once(key, sort, (value,))
        if sort in _MAKERS:
            return self._once(key, sort, _arguments(value))
        if sort in _KNOWN_BY_PARTS:
            parts = tuple(self.number(part) for part in _parts(value))
            return self._once(key, sort, parts)
        number = self._once(key, sort, ())
        self._kept.append(value)
        self._waiting.append((number, value))
        if sort in LATE:
            self.late.append(value)
        return number

    def _once(self, key: Hashable, sort: type, parts: Sequence[Any]) -> int:
        self.numbers[key] = number = len(self.sorts)
        self.sorts.append(sort)
        self.parts.append(parts)
        return number

    def follow(self) -> None:
        """Number all that the numbered objects hold at once, and all that those hold."""
        while self._waiting:
            number, value = self._waiting.pop()
            self.parts[number] = tuple(self.number(part) for part in _parts(value))


def _key(value: Any) -> Hashable:
    sort = type(value)
    if sort in PLAIN:
        return sort, repr(value) if sort is float else value
    if sort in _MAKERS:
        return sort, _arguments(value)
    if sort in _KNOWN_BY_PARTS:
        return sort, tuple(map(_key, _parts(value)))
    if sort not in _CLASSES and sort not in _CONTAINERS:
        raise Uncompilable(f"{sort.__name__} is nothing that rules are made of")
    return id(value)


def _packed(numbers: list[int]) -> Numbers:
    return bytes(numbers) if max(numbers, default=0) <= _MOST_IN_BYTE else tuple(numbers)


def _arguments(value: Any) -> tuple[Any, ...]:
    arguments: tuple[Any, ...] = (value.value,) if hasattr(value, "value") else value.as_integer_ratio()
    return arguments


def _parts(value: Any) -> Iterable[Any]:
    sort = type(value)
    if sort is dict:
        return [each for pair in value.items() for each in pair]
    if sort is frozenset:
        # The same rules give the same file: a set has no order of its own.
        return sorted(value, key=lambda member: (type(member).__name__, repr(member)))
    return value if sort in _CONTAINERS else [getattr(value, name) for name in early_fields_of(sort)]


class _Layout:
    """Puts what is numbered in the order in which it can be made again, and numbers it anew."""

    def __init__(self, found: Numbering) -> None:
        self.found = found
        self.places: dict[int, int] = {}
        self.by_sort: dict[type, list[int]] = {}
        for number, sort in enumerate(found.sorts):
            self.by_sort.setdefault(sort, []).append(number)
        self._place(self.by_sort.get(_Lent, ()))

    def lent(self) -> list[int]:
        """Give the numbers that what is lent has in the whole."""
        return [self.found.parts[number][0] for number in self.by_sort.get(_Lent, ())]

    def late(self, sort: type) -> list[Any]:
        """Give the objects of a class that have parts, in their order."""
        return [each for each in self.found.late if type(each) is sort]

    def values(self) -> Values:
        """Give all that is numbered, but for what is lent."""
        plain = [self.found.parts[number][0] for number in self._of(PLAIN)]
        made = [(name, [tuple(self.found.parts[each]) for each in self._of([sort])]) for sort, name in _MAKERS.items()]
        objects = {sort: self._of([sort]) for sort in _CLASSES if sort in self.by_sort}
        containers = self._containers()
        columns = [self._objects(sort, numbers) for sort, numbers in objects.items()]
        return plain, [each for each in made if each[1]], columns, containers

    def _of(self, sorts: Iterable[type]) -> list[int]:
        numbers = [number for sort in sorts for number in self.by_sort.get(sort, ())]
        self._place(numbers)
        return numbers

    def _place(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            self.places[number] = len(self.places)

    def _objects(self, sort: type, numbers: list[int]) -> Objects:
        columns = zip(*(self.found.parts[number] for number in numbers), strict=True)
        return _CLASSES[sort], len(numbers), [self._column(column) for column in columns]

    def _column(self, numbers: Sequence[int]) -> Column:
        return self.places[numbers[0]] if len(set(numbers)) == 1 else self._numbers(numbers)

    def _numbers(self, numbers: Iterable[int]) -> Numbers:
        return _packed([self.places[number] for number in numbers])

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
        return sort in PLAIN or sort in _MAKERS or sort in {Entry, _Lent}
