"""Values at work: what counts as several, as equal, as a number, and how a value is fitted to a type."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet

from rulecore.formula import types as t
from rulecore.formula.defaults import default_of
from rulecore.formula.dice import Dice

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fractions import Fraction
    from typing import Any


class InstanceValue:
    """An instance, as formulas see it: the shapes it has, and the entry that it stands for, if any."""

    __slots__ = ()
    shapes: AbstractSet[str]
    entry: Any


def many(value: Any) -> tuple[Any, ...]:
    """See a value as several: none is nothing, a set is in order of declaration, a single value is one."""
    if value is None:
        return ()
    if isinstance(value, tuple):
        return value
    if isinstance(value, frozenset):
        return tuple(sorted(value, key=_order)) if len(value) > 1 else tuple(value)
    return tuple(value) if isinstance(value, dict) else (value,)


def _order(member: Any) -> tuple[int, str]:
    return getattr(member, "order", 0), str(member)


def entry_of(value: Any) -> Any:
    """Give the entry that a value is or stands for; none where there is none."""
    return value.entry if isinstance(value, InstanceValue) else value


def is_one_of(value: Any, names: frozenset[str]) -> bool:
    """Tell whether an instance has one of some shapes, or the entry that a value is or stands for one of some kinds."""
    if isinstance(value, InstanceValue) and not value.shapes.isdisjoint(names):
        return True
    entry = entry_of(value)
    return entry is not None and entry.kind in names


def unrolled(dice: Any) -> Any:
    """Give dice as they are: nothing happens on a sheet."""
    return dice


def same(left: Any, right: Any) -> bool:
    """Tell whether values are equal; an instance equals the entry it stands for, no value equals the word `none`."""
    if left is right:
        return True
    if left.__class__ is right.__class__:
        return bool(left == right)
    left, right = _or_word(left), _or_word(right)
    if isinstance(left, InstanceValue) != isinstance(right, InstanceValue):
        left, right = entry_of(left), entry_of(right)
    return bool(left == right)


def _or_word(value: Any) -> Any:
    return "none" if value is None else value


def number(value: Any) -> int | Fraction:
    """See a value as a number: dice by their average, none as zero."""
    if isinstance(value, Dice):
        return value.average
    return 0 if value is None else value


def rank(value: Any, of: t.Type) -> int | Fraction:
    """Give the place of a value in the order of its type: words by their list, numbers and dice by amount."""
    if isinstance(of, t.EnumType):
        word = _or_word(value)
        return of.words.index(word) if word in of.words else -1
    return number(value) if value is None or isinstance(value, Dice) or is_number(value) else 1


def is_number(value: Any) -> bool:
    """Tell whether a value is a whole number or a fraction: a new process makes no fraction, and need not know the class."""
    return hasattr(value, "denominator")


def whole(value: int | Fraction) -> int | Fraction:
    """Write a fraction without remainder as an int."""
    return int(value) if value.denominator == 1 else value


def fit(value: Any, of: t.Type) -> Any:
    """Turn a value into one of the type of a field: numbers are floored into whole ones, members gathered into sets."""
    fitted = _FITS.get(type(of))
    if fitted is not None:
        return fitted(value)
    return default_of(of) if value is None else value


_FITS: dict[type, Callable[[Any], Any]] = {
    t.IntType: lambda value: value if type(value) is int else number(value) // 1,
    t.NumberType: lambda value: value if type(value) is int else whole(number(value)),
    t.DiceType: lambda value: 0 if value is None else value if isinstance(value, Dice) else value // 1,
    t.RefType: entry_of,
    t.SetType: lambda value: frozenset(entry_of(member) for member in many(value) if member is not None),
    t.InstancesType: many,
    t.ListType: many,
}


def gather(values: Iterable[Any], of: t.Type) -> Any:
    """Join what several instances gave for one name: sets unite, lists follow each other, single values make a list."""
    members = [member for value in values for member in many(value)]
    return frozenset(entry_of(member) for member in members) if isinstance(of, t.SetType) else tuple(members)
