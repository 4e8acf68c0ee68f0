"""From the content of a compiled ruleset to the rules: every loop over many objects is one of Python's own."""

from __future__ import annotations

from _thread import RLock
from collections import deque
from collections.abc import Callable, Iterator
from itertools import repeat, starmap

from rulecore.packs.stored import CLASSES, CONTAINERS, LATE, MAKERS, early_fields_of, fields_of, later_classes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rulecore.model.late import Late
    from rulecore.packs.stored import Column, Containers, Content, Numbers, Part, Schema, Values


class Foreign(ValueError):
    """A content that this version of rulecore has not written."""


def decode(content: Content, read: Callable[[bytes], Part]) -> Any:
    """Give the root of a content, with all that it holds; `read` gives parts, later, of their bytes."""
    schema, values, parts, root = content
    source = _Source(schema, read)
    for place, several in source.decode(values, source.found):
        if place in parts:
            _put(source.sorts[place], "part", several, iter(parts[place]))
            _put(source.sorts[place], "source", several, repeat(source))
    return source.found[root]


class _Source:
    """The values of the whole, which are lent to the parts that are decoded later."""

    def __init__(self, schema: Schema, read: Callable[[bytes], Part]) -> None:
        self._later = schema[len(CLASSES) :]
        self.sorts = _known(CLASSES, schema[: len(CLASSES)])
        self.found: list[Any] = []
        self._read = read
        self._puts: dict[int, list[Callable[[Any, Any], None]]] = {}
        self._guard = RLock()

    def decode(self, values: Values, found: list[Any]) -> list[tuple[int, list[Any]]]:
        """Add values to those that are found, and give the objects by the places of their classes."""
        plain, made, objects, containers = values
        found += plain
        for name, arguments in made:
            found += starmap(MAKERS[name], arguments)
        empty: list[tuple[int, list[Any]]] = [
            (place, list(map(object.__new__, repeat(self.sorts[place], count)))) for place, count, _columns in objects
        ]
        for _place, several in empty:
            found += several
        for group in containers:
            found += _filled(group, found.__getitem__)
        for (place, several), (_place, count, columns) in zip(empty, objects, strict=True):
            for put, column in zip(self._puts_of(place), columns, strict=True):
                if count == 1 and column.__class__ is int:
                    put(several[0], found[column])
                else:
                    deque(map(put, several, _values(column, found)), maxlen=0)
        return empty

    def _puts_of(self, place: int) -> list[Callable[[Any, Any], None]]:
        """Give what sets the fields of a class that are there at once."""
        puts = self._puts.get(place)
        if puts is None:
            sort = self.sorts[place]
            puts = self._puts[place] = [getattr(sort, name).__set__ for name in early_fields_of(sort)]
        return puts

    def complete(self, late: Late) -> None:
        """Give an object the fields that it has not got yet."""
        with self._guard:
            if not late.part:
                return
            lent, values, numbers = self._read(late.part)
            if self._later and any(place >= len(self.sorts) for place, _count, _columns in values[2]):
                self.sorts += _known(later_classes(), self._later)
                self._later = []
            found = [self.found[number] for number in lent]
            self.decode(values, found)
            sort = type(late)
            for name, number in zip(LATE[sort], numbers, strict=True):
                field = vars(sort)[name]
                try:
                    field.__get__(late)
                except AttributeError:
                    field.__set__(late, found[number])
            _put(sort, "part", [late], repeat(b""))


def _known(classes: dict[str, type], schema: Schema) -> list[type]:
    """Give the classes that a schema names, which are as it says."""
    sorts = [classes[name] for name, _fields in schema]
    if any(fields != fields_of(sort) for sort, (_name, fields) in zip(sorts, schema, strict=True)):
        raise Foreign("a class has other fields")
    return sorts


def _put(sort: type, name: str, several: list[Any], values: Iterator[Any]) -> None:
    """Set a field of several objects, which is frozen for everybody else."""
    deque(map(getattr(sort, name).__set__, several, values), maxlen=0)


def _filled(group: Containers, value: Callable[[int], Any]) -> Iterator[Any]:
    place, length, count, members, values = group
    sort = CONTAINERS[place]
    if not length:
        return (sort() for _ in range(count))
    rows = _rows(members, length, value)
    if sort is tuple:
        return rows
    if sort is dict:
        return map(dict, map(zip, rows, _rows(values, length, value)))
    return map(sort, rows)


def _rows(numbers: Numbers, length: int, value: Callable[[int], Any]) -> Iterator[tuple[Any, ...]]:
    each = map(value, numbers)
    return zip(*[each] * length, strict=True)


def _values(column: Column, found: list[Any]) -> Iterator[Any]:
    if isinstance(column, int):
        return repeat(found[column])
    return map(found.__getitem__, column)
