"""Values at work: what counts as several, as equal, as a number, and how a value is fitted to a type."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import floor
from typing import Any

from rulecore.formula import types as t
from rulecore.formula.defaults import default_of
from rulecore.formula.dice import Dice


class InstanceValue:
    """An instance, as formulas see it: the shapes it has, and the entry that it stands for, if any."""

    __slots__ = ()
    shapes: set[str]
    entry: Any


def many(value: Any) -> tuple[Any, ...]:
    """See a value as several: none is nothing, a set is in order of declaration, a single value is one."""
    match value:
        case None:
            return ()
        case tuple():
            return value
        case frozenset():
            return tuple(sorted(value, key=_order))
        case dict():
            return tuple(value)
    return (value,)


def _order(member: Any) -> tuple[int, str]:
    return getattr(member, "order", 0), str(member)


def entry_of(value: Any) -> Any:
    """Give the entry that a value is or stands for; none where there is none."""
    return value.entry if isinstance(value, InstanceValue) else value


def same(left: Any, right: Any) -> bool:
    """Tell whether values are equal; an instance equals the entry it stands for, no value equals the word `none`."""
    left, right = (_or_word(value) for value in (left, right))
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
    if isinstance(value, int | Fraction | Dice | None):
        return number(value)
    return 1


def whole(value: int | Fraction) -> int | Fraction:
    """Write a fraction without remainder as an int."""
    return int(value) if value.denominator == 1 else value


def fit(value: Any, of: t.Type) -> Any:
    """Turn a value into one of the type of a field: numbers are floored into whole ones, members gathered into sets."""
    match of:
        case t.IntType():
            return floor(number(value))
        case t.NumberType():
            return whole(Fraction(number(value)))
        case t.DiceType():
            return 0 if value is None else value if isinstance(value, Dice) else floor(value)
        case t.RefType():
            return entry_of(value)
        case t.SetType():
            return frozenset(entry_of(member) for member in many(value) if member is not None)
        case t.InstancesType() | t.ListType():
            return many(value)
    return default_of(of) if value is None else value


def gather(values: Iterable[Any], of: t.Type) -> Any:
    """Join what several instances gave for one name: sets unite, lists follow each other, single values make a list."""
    members = [member for value in values for member in many(value)]
    return frozenset(entry_of(member) for member in members) if isinstance(of, t.SetType) else tuple(members)
