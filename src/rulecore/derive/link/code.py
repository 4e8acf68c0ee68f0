"""What a formula becomes over one structure: a value that stays as it is, or an expression over slots."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rulecore.dataclass import dataclass
from rulecore.derive.instance import Instance
from rulecore.formula import types as t
from rulecore.formula.values import many

Key = tuple[Instance, str]
NOTHING_READ: frozenset[int] = frozenset()
Follows = tuple[tuple[int, int], ...]


class Unlinkable(Exception):
    """A field has no code: what it reads is known only when it is computed."""


@dataclass(frozen=True, slots=True)
class Known:
    """A value that follows from the structure alone."""

    value: Any


@dataclass(frozen=True, slots=True)
class Code:
    """An expression: its text, complete in itself, and every slot that it may read.

    `follows` are slots with which the value changes every time, each with its sign, as a sum does with its terms, or with
    zero where it changes by something else. It is `exact` where it is a number and no dice, and `whole` where it certainly is
    a whole number; where it is `averaged`, the average of what the text gives is meant.
    `may_be_none` tells that it may give none where its type is one of numbers; `low` and `high` bound a whole number.
    `candidates` are all entries or instances that it may give. `members` stand for a list: each with its condition.
    `cases` are two settled values, with the truth that chooses the first of them.
    """

    text: str
    reads: frozenset[int]
    follows: Follows = ()
    exact: bool = False
    averaged: bool = False
    may_be_none: bool = False
    low: int | None = None
    high: int | None = None
    candidates: tuple[Any, ...] | None = None
    members: tuple[tuple[Linked, Linked], ...] | None = None
    whole: bool = False
    cases: tuple[Code, Any, Any] | None = None


Linked = Known | Code
Range = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a formula stands: the instance that owns it, and what its names are bound to."""

    this: Instance
    variables: Mapping[str, Any]

    def bind(self, name: str, value: Any) -> Place:
        """Give the place with one more bound name."""
        return Place(self.this, {**self.variables, name: value})


def number_code(text: str, reads: frozenset[int], reach: Range = (None, None), follows: Follows = ()) -> Code:
    """Give code of a number that is never none, within a range as far as known."""
    return Code(text, reads, follows, low=reach[0], high=reach[1])


def may_be_none(linked: Linked) -> bool:
    """Tell whether code may give none."""
    return linked.value is None if isinstance(linked, Known) else linked.may_be_none


def is_exact(linked: Linked) -> bool:
    """Tell whether code is known to give a number and no dice."""
    return type(linked.value) is int if isinstance(linked, Known) else linked.exact


def followed_by_sum(left: Linked, right: Linked, sign: int) -> Follows:
    """Give the slots with which a sum changes every time: those of one side that the other does not read."""
    found: list[tuple[int, int]] = []
    for one, other, factor in ((left, right, 1), (right, left, sign)):
        if isinstance(one, Code):
            known = other.reads if isinstance(other, Code) else NOTHING_READ
            found += [(slot, factor * each) for slot, each in one.follows if slot not in known]
    return tuple(found)


def reads_of(linked: Iterable[Linked]) -> frozenset[int]:
    """Give all slots that some may read."""
    return NOTHING_READ.union(*(each.reads for each in linked if isinstance(each, Code)))


def is_whole(of: t.Type, linked: Linked) -> bool:
    """Tell whether code gives a whole number in any case."""
    if isinstance(linked, Known):
        return type(linked.value) is int
    return linked.whole or (isinstance(of, t.IntType) and not linked.may_be_none)


def is_certainly_whole(linked: Linked) -> bool:
    """Tell whether code gives a whole number, whatever the type of its formula."""
    return type(linked.value) is int if isinstance(linked, Known) else linked.whole


def is_amount(of: t.Type, linked: Linked) -> bool:
    """Tell whether code gives a number or dice in any case: what Python's operators add up."""
    if isinstance(linked, Known):
        return linked.value is not None and isinstance(of, t.IntType | t.NumberType | t.DiceType)
    return isinstance(of, t.IntType | t.NumberType | t.DiceType) and not linked.may_be_none


def is_number(of: t.Type, linked: Linked) -> bool:
    """Tell whether code gives a number that is no dice in any case."""
    return is_amount(of, linked) and not isinstance(of, t.DiceType)


def joined_candidates(found: Iterable[Linked]) -> tuple[Any, ...] | None:
    """Give all entries and instances that some may give, none where that is not known of one of them."""
    joined: dict[Any, None] = {}
    for each in found:
        values = many(each.value) if isinstance(each, Known) else each.candidates
        if values is None:
            return None
        try:
            joined |= dict.fromkeys(values)
        except TypeError:
            return None
    return tuple(joined)
