"""What a compiled ruleset consists of: the classes whose objects it may hold, and how its content is laid out.

Every value has a number. First come those that are lent by others, then the plain values as they are; then those that a class
makes of arguments; then the objects, class by class, empty at first; then the containers, those that hold others behind them;
and last the fields of the objects are filled, column by column, so that it does not matter who holds whom.

Most entries are never touched. So what the late fields of an object hold, and nobody else, is a part for itself, which lies
there as bytes until it is asked for; values of the whole are lent to it.
"""

from __future__ import annotations

from enum import Enum
from types import ModuleType

from rulecore import finding, source
from rulecore.formula import ast, dice, types
from rulecore.model import effect, entry, rules, shape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

PLAIN = (type(None), bool, int, float, str)
CONTAINERS: tuple[type, ...] = (tuple, frozenset, list, dict)

Numbers: TypeAlias = "bytes | tuple[int, ...]"
"""Numbers in a row: as bytes where each has room in one."""
Column: TypeAlias = "Numbers | int"
"""The numbers of the values of one field, object by object; or one number where it is the same for all."""
Made: TypeAlias = "tuple[str, list[tuple[Any, ...]]]"
"""A class, and the arguments of which it makes each of its values: words of enumerations, fractions."""
Objects: TypeAlias = "tuple[int, int, list[Column]]"
"""The place of a class, how many objects it has, and their fields as columns, but for those that come late."""
Containers: TypeAlias = "tuple[int, int, int, Numbers, Numbers]"
"""A sort of container, the length and the count of them, the numbers of their members, or of keys and of values."""
Values: TypeAlias = "tuple[list[Any], list[Made], list[Objects], list[Containers]]"
"""The plain values, and all that is made of them in this order."""
Part: TypeAlias = "tuple[Numbers, Values, Numbers]"
"""What is lent to a part, by the numbers that it has in the whole; the part's own values; and those of the late fields."""
Schema: TypeAlias = "list[tuple[str, tuple[str, ...]]]"
"""Each class with the names of its fields."""
Content: TypeAlias = "tuple[Schema, Values, dict[int, list[bytes]], int]"
"""The classes, the values of the whole, the parts of the objects of some classes, and the number of the rules themselves."""


def _defined(module: ModuleType) -> list[type]:
    return [each for each in vars(module).values() if isinstance(each, type) and each.__module__ == module.__name__]


def _name(sort: type) -> str:
    return f"{sort.__module__.rpartition('.')[2]}.{sort.__qualname__}"


def _fraction(numerator: int, denominator: int) -> Any:
    from fractions import Fraction

    return Fraction(numerator, denominator)


_ALL = [sort for module in (source, finding, types, dice, ast, entry, effect, shape, rules) for sort in _defined(module)]
FRACTION = "fractions.Fraction"
MAKERS: dict[str, Any] = {_name(sort): sort for sort in _ALL if issubclass(sort, Enum)} | {FRACTION: _fraction}
"""What makes values of arguments, by name."""
CLASSES: dict[str, type] = {_name(sort): sort for sort in _ALL if "__match_args__" in vars(sort)}
"""Classes whose objects are made empty and filled, by name: those that a sheet may need, so that they are there at once."""


def later_classes() -> dict[str, type]:
    """Give the classes that stand in late parts alone, by name; whoever asks first loads them."""
    from rulecore.model import play

    return {_name(sort): sort for sort in _defined(play) if "__match_args__" in vars(sort)}


MERGED = frozenset(sort for sort in _ALL if sort.__module__ in {source.__name__, types.__name__, dice.__name__})
"""Classes of which equal objects may as well be one: nothing asks which of them it holds."""
LATE: dict[type, tuple[str, ...]] = {
    entry.Entry: ("shape", "outer", "text", "citation", "span"),
    rules.Rules: ("events", "layouts", "interviews", "vocabularies"),
    rules.Playbook: ("deeds", "responses"),
}
"""The fields of objects that come late: a sheet needs those of what is active, and no others."""


def fields_of(sort: type) -> tuple[str, ...]:
    """Give the names of the fields of a class."""
    names: tuple[str, ...] = sort.__match_args__  # type: ignore[attr-defined]
    return names


def early_fields_of(sort: type) -> tuple[str, ...]:
    """Give the names of the fields of a class that are there at once."""
    late = LATE.get(sort, ())
    return tuple(name for name in fields_of(sort) if name not in late)
