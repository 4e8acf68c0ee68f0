"""The plain interpreter: a formula and a place to read from give a value. It stays as the oracle of every faster way.

Every node has one short rule below. Nothing is remembered here, nothing has an effect, every formula has a value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from rulecore.formula import ast as f
from rulecore.formula import types as t
from rulecore.formula.defaults import default_of
from rulecore.formula.dice import Dice, times
from rulecore.formula.functions import FUNCTIONS, plus
from rulecore.formula.values import InstanceValue, entry_of, gather, many, number, rank, same

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fractions import Fraction
    from typing import Any

    from rulecore.formula.world import World


_SEVERAL = (tuple, frozenset)
_OF_SEVERAL = (t.SetType, t.InstancesType)
_ORDERED = (t.IntType, t.NumberType, t.DiceType, t.EnumType)
_MISSING = object()
_UNBOUND: Mapping[str, Any] = {}


class Scope:
    """Where a formula is evaluated: the world, the instance that owns the formula, and bound names. Nobody changes it."""

    __slots__ = ("this", "variables", "world")

    def __init__(self, world: World, this: Any, variables: Mapping[str, Any] = _UNBOUND) -> None:
        """Keep them as they are."""
        self.world, self.this, self.variables = world, this, variables

    def bind(self, name: str, value: Any) -> Scope:
        """Give the scope with one more bound name."""
        return Scope(self.world, self.this, {**self.variables, name: value})


def evaluate(formula: f.Formula, scope: Scope) -> Any:
    """Give the value of a formula in a scope."""
    return formula.value if formula.__class__ is f.Constant else _RULES[formula.__class__](formula, scope)


def _everything(e: f.Everything, scope: Scope) -> Any:
    found = scope.world.everything(e.by, e.name)
    return frozenset(found) if isinstance(e.type, t.SetType) else found


def _entry_of(e: f.EntryOf, scope: Scope) -> Any:
    return entry_of(scope.this if e.of.__class__ is f.This else evaluate(e.of, scope))


def _container(e: f.Container, scope: Scope) -> Any:
    of = evaluate(e.of, scope)
    if not isinstance(of, _SEVERAL):
        return _enclosing(of, e.shape, scope)
    found = {_enclosing(one, e.shape, scope): None for one in many(of)}
    return tuple(each for each in found if each is not None)


def _enclosing(of: Any, shape: str, scope: Scope) -> Any:
    instance = of if isinstance(of, InstanceValue) or of is None else scope.world.standing(of)
    return None if instance is None else scope.world.outer(instance, shape)


def _read(e: f.Read, scope: Scope) -> Any:
    if e.of.__class__ is f.This:
        return _read_one(scope.this, e, scope)
    of = scope.variables[e.of.name] if e.of.__class__ is f.Variable else evaluate(e.of, scope)
    if of.__class__ in _SEVERAL:
        return gather((_read_one(one, e, scope) for one in many(of)), e.type)
    return _read_one(of, e, scope)


def _read_one(of: Any, e: f.Read, scope: Scope) -> Any:
    if of is not None:
        world = scope.world
        instance = of if isinstance(of, InstanceValue) else world.standing(of)
        if instance is not None:
            value = world.read(instance, e.name, _MISSING)
            if value is not _MISSING:
                return value
    return None if isinstance(e.of.type, _OF_SEVERAL) else default_of(e.type)


def _property(e: f.Property, scope: Scope) -> Any:
    of = evaluate(e.of, scope)
    if isinstance(of, _SEVERAL):
        return gather((scope.world.property(entry_of(one), e.name, e.default) for one in many(of)), e.type)
    entry = entry_of(of)
    return e.default if entry is None else scope.world.property(entry, e.name, e.default)


def _if(e: f.If, scope: Scope) -> Any:
    return evaluate(e.then if evaluate(e.condition, scope) else e.otherwise, scope)


def _compare(e: f.Compare, scope: Scope) -> bool:
    left, right = evaluate(e.left, scope), e.right.value if e.right.__class__ is f.Constant else evaluate(e.right, scope)
    if e.operator == "=":
        return same(left, right)
    if e.operator == "!=":
        return not same(left, right)
    order = e.left.type
    if order.__class__ is t.IntType and left.__class__ is int and right.__class__ is int:
        return _ORDERS[e.operator](left, right)
    return _ORDERS[e.operator](rank(left, order), rank(right, order))


_ORDERS: dict[str, Callable[[Any, Any], bool]] = {
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}


def _has(e: f.Has, scope: Scope) -> bool:
    wanted = evaluate(e.right, scope)
    return any(same(member, wanted) for member in many(evaluate(e.left, scope)))


def _is(e: f.Is, scope: Scope) -> bool:
    return scope.world.is_one_of(evaluate(e.operand, scope), e.names)


def _arithmetic(e: f.Arithmetic, scope: Scope) -> Any:
    left, right = evaluate(e.left, scope), evaluate(e.right, scope)
    match e.operator:
        case "+":
            return plus(left, right)
        case "-":
            return plus(left, right, -1)
        case "*":
            return product(left, right)
    return quotient(number(left), number(right), of=e.type)


def product(left: Any, right: Any) -> Any:
    """Give the product of two amounts; dice are taken a whole number of times."""
    if isinstance(right, Dice):
        left, right = right, left
    return times(left, int(number(right))) if isinstance(left, Dice) else number(left) * number(right)


def quotient(left: int | Fraction, right: int | Fraction, *, of: t.Type) -> int | Fraction:
    """Give the quotient of two numbers, floored where a whole number is wanted."""
    # The checker refuses divisors that may be zero; a bound that a document breaks must still give a value.
    if right == 0:
        return 0
    if isinstance(of, t.IntType):
        return left // right
    from fractions import Fraction

    return Fraction(left) / right


def _call(e: f.Call, scope: Scope) -> Any:
    values = [evaluate(argument, scope) for argument in e.arguments]
    return _apply(e.function, values, e.type, scope)


def _apply(name: str, values: list[Any], of: t.Type, scope: Scope) -> Any:
    body = FUNCTIONS[name].body
    if body is not None:
        return body(values, of)
    if name == "roll":
        return scope.world.roll(values[0])
    count = scope.world.instances(values[0])
    return count > 0 if name == "active" else count


def _lookup(e: f.Lookup, scope: Scope) -> Any:
    key = number(evaluate(e.argument, scope))
    reached = [row for at, row in scope.world.rows(e.table) if at <= key]
    return evaluate(reached[-1], scope) if reached else default_of(e.type)


def _steps(e: f.Steps, scope: Scope) -> Any:
    subject = evaluate(e.subject, scope)
    reached = [value for key, value in e.pairs if _reaches(subject, evaluate(key, scope), e.subject.type)]
    return evaluate(reached[-1], scope) if reached else default_of(e.type)


def _reaches(subject: Any, key: Any, of: t.Type) -> bool:
    return rank(key, of) <= rank(subject, of) if isinstance(of, _ORDERED) else same(subject, key)


def _comprehension(e: f.Comprehension, scope: Scope) -> Any:
    values = []
    variables = {**scope.variables, e.variable: None}
    # Nobody keeps the scope of a formula, so one serves for all members.
    inside = Scope(scope.world, scope.this, variables)
    members = many(evaluate(e.collection, scope))
    found = _looked_up(e, members, scope)
    for member in members if found is None else found:
        variables[e.variable] = member
        if e.where is None or found is not None or evaluate(e.where, inside):
            values.append(evaluate(e.body, inside))
    return _apply(e.function, [tuple(values)], e.type, scope)


def _looked_up(e: f.Comprehension, members: tuple[Any, ...], scope: Scope) -> Sequence[Any] | None:
    """Give the members that refer to the entry whose formula this is, where these are wanted and the world remembers them."""
    match e.where:
        case f.Compare(
            left=f.Read(type=t.RefType(), of=f.Variable(name=e.variable), name=name), operator="=", right=f.EntryOf(of=f.This())
        ) if (wanted := entry_of(scope.this)) is not None:
            return scope.world.referring(members, name, wanted)
    return None


_RULES: dict[type, Callable[[Any, Scope], Any]] = {
    f.Constant: lambda e, _scope: e.value,
    f.Variable: lambda e, scope: scope.variables[e.name],
    f.This: lambda _e, scope: scope.this,
    f.Outer: lambda e, scope: scope.world.outer(scope.this, e.shape),
    f.Self: lambda _e, scope: scope.world.held_by(scope.this),
    f.Entity: lambda _e, scope: scope.world.entity,
    f.RulingValue: lambda e, scope: scope.world.ruling(e.name),
    f.Gained: lambda e, scope: scope.world.gained(e, scope.this),
    f.Position: lambda _e, scope: scope.this.position,
    f.EntryOf: _entry_of,
    f.Container: _container,
    f.Read: _read,
    f.Property: _property,
    f.Everything: _everything,
    f.If: _if,
    f.Or: lambda e, scope: bool(evaluate(e.left, scope) or evaluate(e.right, scope)),
    f.And: lambda e, scope: bool(evaluate(e.left, scope) and evaluate(e.right, scope)),
    f.Not: lambda e, scope: not evaluate(e.operand, scope),
    f.Compare: _compare,
    f.Has: _has,
    f.Is: _is,
    f.Arithmetic: _arithmetic,
    f.Negative: lambda e, scope: plus(0, evaluate(e.operand, scope), -1),
    f.Call: _call,
    f.Lookup: _lookup,
    f.Steps: _steps,
    f.Comprehension: _comprehension,
}
