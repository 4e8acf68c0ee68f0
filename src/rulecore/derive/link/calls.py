"""Code of functions and of what runs over several: a comprehension over known members is written out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from rulecore.derive.link.code import (
    Code,
    Known,
    Linked,
    Place,
    Unlinkable,
    is_amount,
    is_number,
    is_whole,
    number_code,
    reads_of,
)
from rulecore.derive.link.gates import activity
from rulecore.derive.link.operators import all_known, bounds, connected, either, is_true, operated
from rulecore.formula import ast as f
from rulecore.formula import types as t
from rulecore.formula.defaults import default_of
from rulecore.formula.functions import FUNCTIONS
from rulecore.formula.values import many

if TYPE_CHECKING:
    from rulecore.derive.link.linker import Linker

SHORT = 7
Members = Sequence[tuple[Linked, Linked]]
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
    if e.function == "floor" and is_whole(e.arguments[0].type, arguments[0]):
        return arguments[0]
    return _called(linker, e.function, arguments, e.type)


def _are_numbers(formulas: Sequence[f.Formula], arguments: Sequence[Linked]) -> bool:
    return all(is_number(formula.type, argument) for formula, argument in zip(formulas, arguments, strict=True))


def _called(linker: Linker, name: str, arguments: Sequence[Linked], of: t.Type) -> Code:
    body = FUNCTIONS[name].body
    assert body is not None

    def called(*values: Any) -> Any:
        return body(values, of)

    may_be_none = name in {"first", "nth", "at_key", "highest", "lowest"} and default_of(of) is None
    candidates = _all_candidates(arguments) if isinstance(of, t.RefType | t.SetType | t.InstanceType | t.InstancesType) else None
    return linker.call(called, arguments, may_be_none=may_be_none or name in {"first", "nth", "at_key"}, candidates=candidates)


def _all_candidates(arguments: Sequence[Linked]) -> tuple[Any, ...] | None:
    found: dict[Any, None] = {}
    for each in arguments:
        values = many(each.value) if isinstance(each, Known) else each.candidates
        if values is None:
            return None
        found |= dict.fromkeys(values)
    return tuple(found)


_EXTREMES = {"highest": (">=", "max"), "lowest": ("<=", "min")}


def _extreme(linker: Linker, name: str, arguments: Sequence[Linked]) -> Linked:
    """Give code of the highest or lowest of some numbers."""
    compared, function = _EXTREMES[name]
    texts = [linker.text(each) for each in arguments]
    lows, highs = zip(*map(bounds, arguments), strict=True)
    extreme = max if name == "highest" else min
    low = None if None in lows else extreme(lows)
    high = None if None in highs else extreme(highs)
    if len(texts) == 2 and all(len(text) <= SHORT for text in texts):
        text = f"({texts[0]} if {texts[0]} {compared} {texts[1]} else {texts[1]})"
    else:
        text = f"{function}({', '.join(texts)})"
    return number_code(text, reads_of(arguments), (low, high))


# ---- several


def _comprehension(linker: Linker, e: f.Comprehension, place: Place) -> Linked:
    collection = linker.link(e.collection, place)
    if isinstance(collection, Known):
        found = list(_members(linker, e, place, many(collection.value)))
        if all(isinstance(condition, Known) and isinstance(value, Known) for condition, value in found):
            return linker.settled(e, place)
        return over_members(linker, e.function, found, e.body.type, e.type)
    if collection.candidates is None:
        raise Unlinkable("what a comprehension runs over is not known")
    inside = [each for pair in _members(linker, e, place, collection.candidates) for each in pair]
    candidates = _all_candidates(inside) if _lead(e.type) else None
    return linker.interpreted(e, place, collection.reads | reads_of(inside), may_be_none=_maybe(e), candidates=candidates)


def _maybe(e: f.Comprehension) -> bool:
    """Tell whether a function over several may give none."""
    return e.function in {"first", "nth"} or default_of(e.type) is None


def _members(linker: Linker, e: f.Comprehension, place: Place, values: Sequence[Any]) -> list[tuple[Linked, Linked]]:
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
    parts = []
    for condition, value in members:
        text = linker.text(value)
        if isinstance(condition, Known):
            parts.append(f"{text}, ")
        else:
            parts.append(f"*(({text},) if {condition.text} else ()), ")
    reads = reads_of(each for member in members for each in member)
    values = [value for _condition, value in members]
    several = Code(f"({''.join(parts)})", reads, candidates=_all_candidates(values) if _lead(of) else None)
    if name == "list":
        return Code(several.text, reads, members=tuple(members))
    return _called(linker, name, [several], of)


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
    if any(not isinstance(condition, Known) or _may_be_none(value) for condition, value in members):
        return None
    return connected([is_true(linker, value, inner) for _condition, value in members], "and", stops=False)


def _may_be_none(linked: Linked) -> bool:
    return linked.value is None if isinstance(linked, Known) else linked.may_be_none


def _highest(linker: Linker, members: Members, inner: t.Type) -> Linked | None:
    return _extreme_of("highest", linker, members, inner)


def _lowest(linker: Linker, members: Members, inner: t.Type) -> Linked | None:
    return _extreme_of("lowest", linker, members, inner)


def _extreme_of(name: str, linker: Linker, members: Members, inner: t.Type) -> Linked | None:
    certain = all(isinstance(condition, Known) for condition, _value in members)
    if not members or not certain or not all(is_number(inner, value) for _condition, value in members):
        return None
    values = [value for _condition, value in members]
    return values[0] if len(values) == 1 else _extreme(linker, name, values)


_OVER: dict[str, Callable[[Any, Members, t.Type], Linked | None]] = {
    "sum": _sum,
    "count": _count,
    "any": _any,
    "all": _all,
    "highest": _highest,
    "lowest": _lowest,
}


# ---- tables


def _lookup(linker: Linker, e: f.Lookup, place: Place) -> Linked:
    argument = linker.link(e.argument, place)
    rows = [(at, linker.link(row, place)) for at, row in linker.world.rows(e.table)]
    if all_known([argument, *(row for _at, row in rows)]):
        return linker.settled(e, place)
    if not rows or not is_whole(e.argument.type, argument) or not all_known([row for _at, row in rows]):
        return linker.interpreted(e, place, reads_of([argument, *(row for _at, row in rows)]))
    key = linker.lifted(e.argument, place, argument)
    values = [row.value for _at, row in rows if isinstance(row, Known)]
    first, last = rows[0][0], rows[-1][0]
    if last - first > MOST_ROWS:
        return linker.interpreted(e, place, reads_of([key]))
    filled = (values[max(row for row, (at, _row) in enumerate(rows) if at <= each)] for each in range(first, last + 1))
    wide = (default_of(e.type), *filled)
    name, text = linker.constant(wide), linker.text(key)
    inside = f"{name}[{text} - {first - 1}]" if first != 1 else f"{name}[{text}]"
    low, high = (extreme(wide) if all(type(each) is int for each in wide) else None for extreme in (min, max))
    may_be_none = any(each is None for each in wide)
    text = f"({linker.constant(wide[0])} if {text} < {first} else {linker.constant(wide[-1])} if {text} > {last} else {inside})"
    return Code(text, reads_of([key]), may_be_none, low, high)


MOST_ROWS = 500

RULES: dict[type, Callable[[Any, Any, Place], Linked]] = {
    f.Call: _call,
    f.Comprehension: _comprehension,
    f.Lookup: _lookup,
}
