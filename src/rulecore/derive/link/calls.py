"""Code of functions and of what runs over several: a comprehension over known members is written out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import inf
from typing import TYPE_CHECKING, Any

from rulecore.dataclass import replace
from rulecore.derive.link.amounts import operated
from rulecore.derive.link.code import (
    Code,
    Known,
    Linked,
    Place,
    Unlinkable,
    is_amount,
    is_certainly_whole,
    is_number,
    joined_candidates,
    may_be_none,
    number_code,
    reads_of,
)
from rulecore.derive.link.gates import activity
from rulecore.derive.link.operators import all_known, bounds, connected, either, is_true
from rulecore.formula import ast as f
from rulecore.formula import types as t
from rulecore.formula.defaults import default_of
from rulecore.formula.functions import FUNCTIONS
from rulecore.formula.traverse import every_part
from rulecore.formula.values import many, number

if TYPE_CHECKING:
    from rulecore.derive.link.linker import Linker

Members = Sequence[tuple[Linked, Linked]]
MOST_MEMBERS = 12
_TRUE = Known(value=True)


def _call(linker: Linker, e: f.Call, place: Place) -> Linked:
    arguments = [linker.link(argument, place) for argument in e.arguments]
    if FUNCTIONS[e.function].asks_the_sheet:
        return activity(linker, e.function, arguments[0])
    if all_known(arguments):
        return linker.settled(e, place)
    if len(arguments) == 1 and isinstance(arguments[0], Code) and arguments[0].members is not None:
        of = e.arguments[0].type
        return over_members(linker, e.function, arguments[0].members, of.of if isinstance(of, t.ListType) else of, e.type)
    if e.function in _EXTREMES and len(arguments) > 1 and _are_numbers(e.arguments, arguments):
        return _extreme(linker, e.function, arguments)
    if e.function == "average" and isinstance(arguments[0], Code):
        if is_certainly_whole(arguments[0]):
            return arguments[0]
        dice = is_amount(e.arguments[0].type, arguments[0])
        return (
            replace(arguments[0], averaged=True, exact=False, whole=False, cases=None) if dice else linker.call(number, arguments)
        )
    if e.function == "floor" and is_number(e.arguments[0].type, arguments[0]):
        return linker.floored(arguments[0], e.arguments[0].type)
    # What hangs on no more than these arguments is worked out once for all that ask it again.
    return linker.lifted(e, place, _called(linker, e.function, arguments, e.type))


def _are_numbers(formulas: Sequence[f.Formula], arguments: Sequence[Linked]) -> bool:
    return all(is_number(formula.type, argument) for formula, argument in zip(formulas, arguments, strict=True))


def _called(linker: Linker, name: str, arguments: Sequence[Linked], of: t.Type) -> Linked:
    body = FUNCTIONS[name].body
    assert body is not None

    def called(*values: Any) -> Any:
        return body(values, of)

    candidates = joined_candidates(arguments) if _lead(of) else None
    return linker.call(called, arguments, may_be_none=_may_give_none(name, of), candidates=candidates)


_LEAST, _MOST = -inf, inf
_EXTREMES = {"highest": (">=", ">"), "lowest": ("<=", "<")}


def _extreme(linker: Linker, name: str, arguments: Sequence[Linked]) -> Linked:
    """Give code of the highest or lowest of some numbers."""
    lows, highs = zip(*map(bounds, arguments), strict=True)
    extreme = max if name == "highest" else min
    reach = (None if None in lows else extreme(lows), None if None in highs else extreme(highs))
    first, *others = _undominated(name, arguments)
    if not others:
        return first
    text = linker.text(first)
    for argument in others:
        (test, text), (second, other) = linker.named(text), linker.named(linker.text(argument))
        text = f"({text} if {test} {_EXTREMES[name][0]} {second} else {other})"
    found = number_code(text, reads_of([first, *others]), reach)
    return replace(found, whole=all(map(is_certainly_whole, [first, *others])))


def _undominated(name: str, arguments: Sequence[Linked]) -> list[Linked]:
    """Give those arguments of which no earlier or later one is as good in any case."""
    kept: list[Linked] = []
    for argument in arguments:
        if not any(is_better(name, other, argument) for other in kept):
            kept = [*(other for other in kept if not is_better(name, argument, other)), argument]
    return kept


def is_better(name: str, one: Linked, other: Linked) -> bool:
    """Tell whether a number is as high, or as low, as another in any case."""
    (low, high), (other_low, other_high) = bounds(one), bounds(other)
    better, worse = (low, other_high) if name == "highest" else (other_low, high)
    return better is not None and worse is not None and better >= worse


# ---- several


def _comprehension(linker: Linker, e: f.Comprehension, place: Place) -> Linked:
    named = {part.name for part in every_part(e) if isinstance(part, f.Variable)}
    if place.variables and named.isdisjoint(place.variables):
        # What is the same for each member of a comprehension around is worked out once.
        return linker.shared(e, Place(place.this, {}))
    collection = linker.link(e.collection, place)
    members = _members(linker, e, place, collection)
    if members is None:
        return _asked(linker, e, place, collection)
    if isinstance(collection, Known) and all(isinstance(each, Known) for member in members for each in member):
        return linker.settled(e, place)
    return over_members(linker, e.function, members, e.body.type, e.type)


def _asked(linker: Linker, e: f.Comprehension, place: Place, collection: Linked) -> Linked:
    """Give code that asks the interpreter to run over what is not known, with all that it may read of any candidate."""
    assert isinstance(collection, Code)
    if collection.candidates is None:
        raise Unlinkable("what a comprehension runs over is not known")
    inside = [each for member in _bound(linker, e, place, collection.candidates) for each in member]
    candidates = joined_candidates(inside) if _lead(e.type) else None
    reads = collection.reads | reads_of(inside)
    return linker.interpreted(e, place, reads, may_be_none=_may_give_none(e.function, e.type), candidates=candidates)


def _may_give_none(function: str, of: t.Type) -> bool:
    return function in {"first", "nth", "at_key"} or default_of(of) is None


def _members(linker: Linker, e: f.Comprehension, place: Place, collection: Linked) -> Members | None:
    """Give the members of a collection, each with its test: of a set that is not settled, those are there that it has."""
    if isinstance(collection, Known):
        return _bound(linker, e, place, many(collection.value))
    candidates = collection.candidates
    if candidates is None or not isinstance(e.collection.type, t.SetType) or len(candidates) > MOST_MEMBERS:
        return None
    several = linker.lifted(e.collection, place, collection)
    assert isinstance(several, Code)
    found = []
    for each in sorted(candidates, key=lambda entry: (entry.order, str(entry))):
        is_there = Code(f"({linker.constant(each)} in {several.text})", several.reads)
        for condition, value in _bound(linker, e, place, (each,)):
            found.append((connected([is_there, condition], "and", stops=False), value))
    return found


def _bound(linker: Linker, e: f.Comprehension, place: Place, values: Sequence[Any]) -> list[tuple[Linked, Linked]]:
    found = []
    for each in values:
        inside = place.bind(e.variable, each)
        condition = _TRUE if e.where is None else is_true(linker, linker.link(e.where, inside), e.where.type)
        if not (isinstance(condition, Known) and not condition.value):
            found.append((condition, linker.link(e.body, inside)))
    return found


def over_members(linker: Linker, name: str, members: Members, inner: t.Type, of: t.Type) -> Linked:
    """Give code of a function over members, each with the condition on which it is there."""
    rule = _OVER.get(name)
    found = None if rule is None else rule(linker, members, inner)
    if found is not None:
        return found
    several = _several(linker, members)
    if name == "list":
        return Code(several.text, several.reads, members=tuple(members))
    if _lead(of):
        several = replace(several, candidates=joined_candidates([value for _condition, value in members]))
    return _called(linker, name, [several], of)


def _several(linker: Linker, members: Members) -> Code:
    """Give code of the values of those members that are there."""
    parts = []
    for condition, value in members:
        text = linker.text(value)
        parts.append(f"{text}, " if isinstance(condition, Known) else f"*(({text},) if {condition.text} else ()), ")
    return Code(f"({''.join(parts)})", reads_of(each for member in members for each in member))


def _lead(of: t.Type) -> bool:
    return isinstance(of, t.RefType | t.SetType | t.InstanceType | t.InstancesType)


def _sum(linker: Linker, members: Members, inner: t.Type) -> Linked | None:
    if not all(is_amount(inner, value) for _condition, value in members):
        return None
    total: Linked = Known(0)
    for condition, value in members:
        total = operated(linker, total, "+", either(linker, condition, value, Known(0)))
    return total


def _count(_linker: Linker, members: Members, inner: t.Type) -> Linked | None:
    fixed, found = 0, []
    for condition, value in members:
        if isinstance(value, Known):
            present: Linked = Known(value.value is not None and value.value is not False)
        elif value.may_be_none:
            return None
        else:
            present = value if isinstance(inner, t.BoolType) else _TRUE
        joined = connected([condition, present], "and", stops=False)
        if isinstance(joined, Known):
            fixed += bool(joined.value)
        else:
            found.append(joined)
    texts = [*(f"(1 if {each.text} else 0)" for each in found), *([str(fixed)] if fixed or not found else [])]
    return number_code(f"({' + '.join(texts)})", reads_of(found), (fixed, fixed + len(found)))


def _any(linker: Linker, members: Members, inner: t.Type) -> Linked | None:
    each = [connected([one, is_true(linker, other, inner)], "and", stops=False) for one, other in members]
    return connected(each, "or", stops=True)


def _all(linker: Linker, members: Members, inner: t.Type) -> Linked | None:
    if any(not isinstance(condition, Known) or may_be_none(value) for condition, value in members):
        return None
    return connected([is_true(linker, value, inner) for _condition, value in members], "and", stops=False)


def _highest(linker: Linker, members: Members, inner: t.Type) -> Linked | None:
    return _extreme_of("highest", linker, members, inner)


def _lowest(linker: Linker, members: Members, inner: t.Type) -> Linked | None:
    return _extreme_of("lowest", linker, members, inner)


def _first(linker: Linker, members: Members, inner: t.Type) -> Linked | None:
    if not all(isinstance(value, Known) and value.value is not None for _condition, value in members):
        return None
    found: Linked = Known(default_of(inner))
    for condition, value in reversed(members):
        found = either(linker, condition, value, found)
    return found


def _extreme_of(name: str, linker: Linker, members: Members, inner: t.Type) -> Linked | None:
    if not members or not all(is_number(inner, value) for _condition, value in members):
        return None
    if all(isinstance(condition, Known) for condition, _value in members):
        values = [value for _condition, value in members]
        return values[0] if len(values) == 1 else _extreme(linker, name, values)
    return _extreme_of_some(linker, name, members)


def _extreme_of_some(linker: Linker, name: str, members: Members) -> Code:
    """Give code of the extreme of those members that are there, each tried after the others; of none it is zero."""
    nothing = _LEAST if name == "highest" else _MOST
    text = linker.constant(nothing)
    for condition, value in members:
        (test, best), offered = linker.named(text), linker.text(value)
        joined = "" if isinstance(condition, Known) else f" and {condition.text}"
        text = f"({offered} if {offered} {_EXTREMES[name][1]} {test}{joined} else {best})"
    test, best = linker.named(text)
    reads = reads_of(each for member in members for each in member)
    return number_code(f"(0 if {test} == {linker.constant(nothing)} else {best})", reads)


_OVER: dict[str, Callable[[Any, Members, t.Type], Linked | None]] = {
    "sum": _sum,
    "count": _count,
    "any": _any,
    "all": _all,
    "highest": _highest,
    "lowest": _lowest,
    "first": _first,
}


RULES: dict[type, Callable[[Any, Any, Place], Linked]] = {
    f.Call: _call,
    f.Comprehension: _comprehension,
}
