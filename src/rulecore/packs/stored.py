"""What a compiled ruleset consists of: the classes whose objects it may hold, and how its content is laid out.

Every value has a number. First come the plain values as they are; then those that a class makes of arguments; then the
objects, class by class, empty at first; then the containers, those that hold others behind them; and last the fields of
the objects are filled, column by column, so that it does not matter who holds whom.
"""

from __future__ import annotations

from enum import Enum
from fractions import Fraction
from types import ModuleType
from typing import Any

from rulecore import finding, source
from rulecore.formula import ast, dice, types
from rulecore.model import effect, entry, rules, shape

PLAIN = (type(None), bool, int, float, str)
CONTAINERS: dict[str, type] = {each.__name__: each for each in (tuple, frozenset, list, dict)}
MOST_IN_SHORT = 2**16

Column = bytes | int
"""The numbers of the values of one field, object by object; or one number where it is the same for all."""


Made = tuple[str, list[tuple[Any, ...]]]
"""A class, and the arguments of which it makes each of its values: words of enumerations, fractions."""
Objects = tuple[str, tuple[str, ...], int, list[Column]]
"""A class, the names of its fields, how many objects it has, and their fields as columns."""
Containers = tuple[str, int, int, bytes, bytes]
"""A sort of container, the length and the count of them, the numbers of their members, or of keys and of values."""
Content = tuple[list[Any], list[Made], list[Objects], list[Containers], str, int]
"""The plain values, all that is made of them in this order, the width of a number, and the number of the rules themselves."""


def _defined(module: ModuleType) -> list[type]:
    return [each for each in vars(module).values() if isinstance(each, type) and each.__module__ == module.__name__]


def _name(sort: type) -> str:
    return f"{sort.__module__.rpartition('.')[2]}.{sort.__qualname__}"


_ALL = [sort for module in (source, finding, types, dice, ast, entry, effect, shape, rules) for sort in _defined(module)]
MAKERS: dict[str, Any] = {_name(sort): sort for sort in [*_ALL, Fraction] if issubclass(sort, Enum | Fraction)}
"""Classes that make their values of arguments, by name."""
CLASSES: dict[str, type] = {_name(sort): sort for sort in _ALL if "__match_args__" in vars(sort)}
"""Classes whose objects are made empty and filled, by name."""
MERGED = frozenset(sort for sort in _ALL if sort.__module__ in {source.__name__, types.__name__, dice.__name__})
"""Classes of which equal objects may as well be one: nothing asks which of them it holds."""


def fields_of(sort: type) -> tuple[str, ...]:
    """Give the names of the fields of a class."""
    names: tuple[str, ...] = sort.__match_args__  # type: ignore[attr-defined]
    return names
