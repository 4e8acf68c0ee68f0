"""From the content of a compiled ruleset to the rules: every loop over objects is one of Python's own."""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Callable, Iterator
from itertools import repeat, starmap
from typing import Any

from rulecore.packs.stored import CLASSES, CONTAINERS, MAKERS, Column, Containers, Content, Objects, fields_of


class Foreign(ValueError):
    """A content that this version of rulecore has not written."""


def decode(content: Content) -> Any:
    """Give the root of a content, with all that it holds."""
    plain, made, objects, containers, width, root = content
    found = list(plain)
    for name, arguments in made:
        found += starmap(MAKERS[name], arguments)
    empty = [_empty(each) for each in objects]
    for each in empty:
        found += each
    for group in containers:
        found += _filled(group, found.__getitem__, width)
    for (name, fields, _count, columns), each in zip(objects, empty, strict=True):
        for field, column in zip(fields, columns, strict=True):
            # The fields of these objects are frozen for everybody else.
            put = getattr(CLASSES[name], field).__set__
            deque(map(put, each, _values(column, found, width)), maxlen=0)
    return found[root]


def _empty(objects: Objects) -> list[Any]:
    name, fields, count, _columns = objects
    sort = CLASSES[name]
    if fields != fields_of(sort):
        raise Foreign(f"{name} has other fields")
    return list(map(object.__new__, repeat(sort, count)))


def _filled(group: Containers, value: Callable[[int], Any], width: str) -> Iterator[Any]:
    name, length, count, members, values = group
    sort = CONTAINERS[name]
    if not length:
        return (sort() for _ in range(count))
    rows = _rows(members, length, value, width)
    if sort is tuple:
        return rows
    if sort is dict:
        return map(dict, map(zip, rows, _rows(values, length, value, width)))
    return map(sort, rows)


def _rows(numbers: bytes, length: int, value: Callable[[int], Any], width: str) -> Iterator[tuple[Any, ...]]:
    each = map(value, array(width, numbers))
    return zip(*[each] * length, strict=True)


def _values(column: Column, found: list[Any], width: str) -> Iterator[Any]:
    if isinstance(column, int):
        return repeat(found[column])
    return map(found.__getitem__, array(width, column))
