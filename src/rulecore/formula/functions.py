"""The functions of formulas: one row each, with usage, sentence, examples and body. The examples are tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rulecore.dataclass import dataclass
from rulecore.formula import types as t
from rulecore.formula.defaults import default_of
from rulecore.formula.dice import Dice, add, as_dice, dice_of
from rulecore.formula.values import entry_of, many, number, rank

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

_INT = t.IntType()
Body: TypeAlias = "Callable[[Sequence[Any], t.Type], Any]"


@dataclass(frozen=True, slots=True)
class Function:
    """One function: `body` takes the values and the type of the result; none where the sheet has to be asked."""

    usage: str
    sentence: str
    examples: tuple[tuple[tuple[Any, ...], Any], ...]
    body: Body | None
    result: t.Type = _INT

    @property
    def asks_the_sheet(self) -> bool:
        """Tell whether the values alone do not suffice."""
        return self.body is None


def members(values: Sequence[Any]) -> tuple[Any, ...]:
    """Give what a function gathers: the members of its only value, or all its values; none is nothing."""
    gathered = many(values[0]) if len(values) == 1 else tuple(values)
    return tuple(value for value in gathered if value is not None)


def _highest(values: Sequence[Any], of: t.Type) -> Any:
    return max(members(values), key=lambda value: rank(value, of), default=default_of(of))


def _lowest(values: Sequence[Any], of: t.Type) -> Any:
    return min(members(values), key=lambda value: rank(value, of), default=default_of(of))


def _sum(values: Sequence[Any], _of: t.Type) -> Any:
    total: Any = 0
    for value in members(values):
        total = plus(total, value)
    return total


def _count(values: Sequence[Any], _of: t.Type) -> int:
    return sum(1 for value in members(values) if value is not False)


def _first(values: Sequence[Any], of: t.Type) -> Any:
    found = members(values)
    return found[0] if found else default_of(of)


def _set(values: Sequence[Any], of: t.Type) -> Any:
    found = [member for value in values for member in many(value) if member is not None]
    return tuple(found) if isinstance(of, t.ListType | t.InstancesType) else frozenset(map(entry_of, found))


def _nth(values: Sequence[Any], of: t.Type) -> Any:
    found, place = many(values[0]), values[1]
    return found[place - 1] if 0 < place <= len(found) else default_of(of)


def _at_key(values: Sequence[Any], of: t.Type) -> Any:
    return (values[0] or {}).get(entry_of(values[1]), default_of(of))


def plus(left: Any, right: Any, factor: int = 1) -> Any:
    """Give `left + factor * right` of numbers and dice; none is zero."""
    left, right = 0 if left is None else left, 0 if right is None else right
    if isinstance(left, Dice) or isinstance(right, Dice):
        return add(_whole_or_dice(left), _whole_or_dice(right), factor)
    return left + factor * right


def _whole_or_dice(value: Any) -> Dice | int:
    return value if isinstance(value, Dice) else value // 1


_D6, _D8 = Dice(((6, 1),)), Dice(((8, 1),))

FUNCTIONS: dict[str, Function] = {
    "highest": Function(
        "highest(a, b, …) or highest(list)",
        "The highest value, dice by their average; of nothing the default.",
        (((1, 7, 3), 7), (((),), 0), ((_D6, 3), _D6), ((_D6, 4), 4)),
        _highest,
    ),
    "lowest": Function(
        "lowest(a, b, …) or lowest(list)",
        "The lowest value, dice by their average; of nothing the default.",
        (((4, 2), 2), (((5, 6),), 5), ((None, 3), 3)),
        _lowest,
    ),
    "sum": Function(
        "sum(list)",
        "All values added up; dice stay dice.",
        ((((1, 2, 3),), 6), (((_D6, _D6, 2),), Dice(((6, 2),), 2)), ((None,), 0)),
        _sum,
    ),
    "count": Function(
        "count(list)",
        "How many members there are, not counting false and none.",
        ((((1, 2),), 2), (((True, False, None),), 1), ((None,), 0)),
        _count,
    ),
    "any": Function(
        "any(list)",
        "Whether at least one is true.",
        ((((False, True),), True), (((),), False)),
        lambda values, _of: any(members(values)),
        t.BoolType(),
    ),
    "all": Function(
        "all(list)",
        "Whether none is false.",
        ((((True, False),), False), (((),), True)),
        lambda values, _of: all(members(values)),
        t.BoolType(),
    ),
    "first": Function(
        "first(list)",
        "The first member; of nothing the default.",
        ((((8, 9),), 8), (((),), 0)),
        _first,
    ),
    "set": Function(
        "set(a, b, …)",
        "All values gathered; a repeated one counts once.",
        ((("a", "b", "a"), frozenset({"a", "b"})), ((None,), frozenset())),
        _set,
        t.SetType("kind"),
    ),
    "list": Function(
        "[a, b, …]",
        "The values in order.",
        (((3, 1), (3, 1)), ((), ())),
        lambda values, _of: tuple(values),
        t.ListType(t.IntType()),
    ),
    "nth": Function(
        "nth(list, place)",
        "The member at a place, counted from 1; outside, the default.",
        ((((4, 3), 2), 3), (((4, 3), 0), 0), (((), 1), 0)),
        _nth,
    ),
    "at_key": Function(
        "at_key(map, key)",
        "What a map has for a key; the default where it has nothing.",
        ((({"a": 5}, "a"), 5), (({}, "a"), 0), ((None, "a"), 0)),
        _at_key,
    ),
    "average": Function(
        "average(dice)",
        "The mean of dice, exact.",
        (((_D6,), 3.5), ((3,), 3)),
        lambda values, _of: number(values[0]),
        t.NumberType(),
    ),
    "floor": Function(
        "floor(number)",
        "The whole number not above.",
        (((3.5,), 3), ((-0.5,), -1)),
        lambda values, _of: number(values[0]) // 1,
    ),
    "ceiling": Function(
        "ceiling(number)",
        "The whole number not below.",
        (((3.5,), 4), ((-0.5,), 0)),
        lambda values, _of: -(-number(values[0]) // 1),
    ),
    "dice": Function(
        "dice(count, sides)",
        "So many dice with so many sides.",
        (((1, 8), _D8), ((2, 1), 2), ((0, 6), 0)),
        lambda values, _of: dice_of(*values),
        t.DiceType(),
    ),
    "dice_count": Function(
        "dice_count(dice)",
        "How many dice there are, whatever their sides.",
        (((Dice(((6, 2), (8, 1)), 3),), 3), ((4,), 0)),
        lambda values, _of: sum(count for _sides, count in as_dice(values[0] or 0).terms),
    ),
    "active": Function("active(entry)", "Whether an entry is active.", (), None, t.BoolType()),
    "instances": Function("instances(entry)", "How many times an entry is active.", (), None),
    "roll": Function("roll(dice)", "What came of a roll; in events only.", (), None),
}
"""Every function there is, by name."""
