"""The types of functions: what each takes and what it gives."""

from __future__ import annotations

from collections.abc import Sequence

from rulecore.dsl.arithmetic import Bound, bounds, is_numeric, with_zero
from rulecore.dsl.kinds import UNKNOWN, Hierarchy
from rulecore.formula import types as t

AGGREGATES = frozenset({"sum", "count", "any", "all", "first", "highest", "lowest", "set"})
ARITY: dict[str, tuple[int, int]] = {
    "highest": (1, 20),
    "lowest": (1, 20),
    "sum": (1, 20),
    "count": (1, 1),
    "any": (1, 20),
    "all": (1, 20),
    "first": (1, 1),
    "set": (1, 20),
    "nth": (2, 2),
    "at_key": (2, 2),
    "average": (1, 1),
    "floor": (1, 1),
    "ceiling": (1, 1),
    "dice": (2, 2),
    "dice_count": (1, 1),
    "active": (1, 1),
    "instances": (1, 1),
    "roll": (1, 1),
}


def element_of(of: t.Type) -> t.Type | None:
    """Give the type of the members of a collection, or none for what is no collection."""
    match of:
        case t.SetType():
            return t.RefType(of.kind)
        case t.InstancesType():
            return t.InstanceType(of.shape)
        case t.ListType():
            return of.of
        case _:
            return None


def candidate(of: t.Type) -> t.Type:
    """Give the type of one member of what a type gathers."""
    return element_of(of) or of


def collection_of(of: t.Type) -> t.Type:
    """Give the type of a collection of values."""
    match of:
        case t.RefType():
            return t.SetType(of.kind)
        case t.InstanceType():
            return t.InstancesType(of.shape)
        case _:
            return t.ListType(of)


def result_of(function: str, given: Sequence[t.Type], hierarchy: Hierarchy) -> t.Type | None:
    """Give the type of a call on values of the given types, or none where it has no meaning."""
    if UNKNOWN in given:
        return UNKNOWN
    first = given[0] if given else UNKNOWN
    given_values = [element_of(first) or first] if len(given) == 1 else list(given)
    match function:
        case "highest" | "lowest":
            found = _extreme(function, given_values, hierarchy)
            return with_zero(found) if found is not None and element_of(first) is not None and len(given) == 1 else found
        case "sum":
            return _sum(given_values, hierarchy)
        case "count":
            return t.IntType(0, None)
        case "any" | "all":
            return t.BoolType() if all(isinstance(of, t.BoolType) for of in given_values) else None
        case "first":
            inner = element_of(first)
            return None if inner is None else with_zero(inner)
        case "set":
            return collection_of(given_values[0])
        case _:
            return _other(function, given)


def _other(function: str, given: Sequence[t.Type]) -> t.Type | None:
    first = given[0]
    match function:
        case "nth":
            inner = element_of(first) if isinstance(given[1], t.IntType) else None
            return None if inner is None else with_zero(inner)
        case "at_key":
            return with_zero(first.value) if isinstance(first, t.MapType) and isinstance(given[1], t.RefType) else None
        case "average":
            return t.NumberType(*bounds(first)) if is_numeric(first) else None
        case "floor" | "ceiling":
            low, high = bounds(first)
            limits = (None if low is None else low // 1, None if high is None else -(-high // 1))
            return t.IntType(*limits) if isinstance(first, t.IntType | t.NumberType) else None
        case "dice":
            return t.DiceType() if all(isinstance(of, t.IntType) for of in given) else None
        case "dice_count":
            return t.IntType(0, None) if isinstance(first, t.DiceType | t.IntType) else None
        case "active":
            return t.BoolType() if isinstance(first, t.RefType | t.InstanceType) else None
        case "instances":
            return t.IntType(0, None) if isinstance(first, t.RefType | t.InstanceType) else None
        case "roll":
            return t.IntType()
        case _:
            return None


def _extreme(function: str, given: Sequence[t.Type], hierarchy: Hierarchy) -> t.Type | None:
    shared = _shared(given, hierarchy)
    if shared is None or not is_numeric(shared) or isinstance(shared, t.DiceType):
        return shared if isinstance(shared, t.DiceType | t.EnumType) else None
    lows, highs = [bounds(of)[0] for of in given], [bounds(of)[1] for of in given]
    known_low, known_high = [low for low in lows if low is not None], [high for high in highs if high is not None]
    if function == "highest":
        low, high = max(known_low, default=None), None if None in highs else max(known_high)
    else:
        low, high = None if None in lows else min(known_low), min(known_high, default=None)
    return _bounded(shared, low, high)


def _sum(given: Sequence[t.Type], hierarchy: Hierarchy) -> t.Type | None:
    shared = _shared(given, hierarchy)
    if shared is None or not is_numeric(shared):
        return None
    if isinstance(shared, t.DiceType):
        return shared
    low = bounds(shared)[0]
    return _bounded(shared, 0 if low is not None and low >= 0 else None, None)


def _shared(given: Sequence[t.Type], hierarchy: Hierarchy) -> t.Type | None:
    shared: t.Type | None = given[0]
    for of in given[1:]:
        shared = None if shared is None else hierarchy.joined(shared, of)
    return shared


def _bounded(of: t.Type, low: Bound, high: Bound) -> t.Type:
    return t.IntType(low, high) if isinstance(of, t.IntType) else t.NumberType(low, high)
