"""Code of steps and of tables: the last row that is reached."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from rulecore.derive.link.code import Code, Known, Linked, Place, is_whole, reads_of
from rulecore.derive.link.operators import all_known, by_case, either
from rulecore.formula import ast as f
from rulecore.formula import types as t
from rulecore.formula.defaults import default_of
from rulecore.formula.values import rank, same

if TYPE_CHECKING:
    from rulecore.derive.link.linker import Linker

MOST_ROWS = 500
_ORDERED = (t.IntType, t.NumberType, t.DiceType, t.EnumType)


def _steps(linker: Linker, e: f.Steps, place: Place) -> Linked:
    subject = linker.link(e.subject, place)
    keys = [linker.link(key, place) for key, _value in e.pairs]
    values = [linker.link(value, place) for _key, value in e.pairs]
    if all_known((subject, *keys, *values)):
        return linker.settled(e, place)
    if not all_known(keys):
        return linker.interpreted(e, place, reads_of((subject, *keys, *values)))
    if isinstance(e.subject.type, t.EnumType) and isinstance(subject, Code) and all_known(values) and not subject.may_be_none:
        return _by_word(linker, e, subject, list(zip(_values(keys), _values(values), strict=True)))
    tested = linker.lifted(e.subject, place, subject)
    found: Linked = Known(default_of(e.type))
    for key, value in zip(keys, values, strict=True):
        assert isinstance(key, Known)
        found = either(linker, _reached(linker, e.subject.type, tested, key.value), value, found)
    return found


def _values(linked: Sequence[Linked]) -> list[Any]:
    return [each.value for each in linked if isinstance(each, Known)]


def _by_word(linker: Linker, e: f.Steps, subject: Code, pairs: Sequence[tuple[Any, Any]]) -> Linked:
    """Give code that looks the word up."""
    assert isinstance(e.subject.type, t.EnumType)
    default, of = default_of(e.type), e.subject.type
    found = {word: [value for key, value in pairs if rank(key, of) <= rank(word, of)] for word in of.words}
    table = {word: values[-1] if values else default for word, values in found.items()}
    by_truth = by_case(linker, [subject], lambda word: table.get(word, default))
    if by_truth is not None:
        return by_truth
    whole = all(type(value) is int for value in (*table.values(), default))
    may_be_none = any(value is None for value in (*table.values(), default))
    low, high = (min(table.values()), max(table.values())) if whole else (None, None)
    text = f"{linker.table(table)}.get({subject.text}, {linker.constant(default)})"
    return Code(text, subject.reads, may_be_none=may_be_none, exact=whole, low=low, high=high, whole=whole)


def _reached(linker: Linker, of: t.Type, subject: Linked, key: Any) -> Linked:
    if isinstance(subject, Known):
        return Known(rank(key, of) <= rank(subject.value, of) if isinstance(of, _ORDERED) else same(subject.value, key))
    if isinstance(of, t.EnumType):
        words = frozenset(word for word in of.words if rank(key, of) <= rank(word, of))
        return Code(f"({subject.text} in {linker.constant(words)})", subject.reads)
    if isinstance(of, t.IntType):
        return Code(f"({subject.text} >= {linker.constant(key)})", subject.reads)
    if isinstance(of, _ORDERED):
        order = linker.constant(of)
        return Code(f"({linker.constant(rank)}({subject.text}, {order}) >= {linker.constant(rank(key, of))})", subject.reads)
    return Code(f"{linker.constant(same)}({subject.text}, {linker.constant(key)})", subject.reads)


def _lookup(linker: Linker, e: f.Lookup, place: Place) -> Linked:
    argument = linker.link(e.argument, place)
    rows = [(at, linker.link(row, place)) for at, row in linker.world.rows(e.table)]
    if all_known([argument, *(row for _at, row in rows)]):
        return linker.settled(e, place)
    if not rows or not is_whole(e.argument.type, argument) or not all_known([row for _at, row in rows]):
        return linker.interpreted(e, place, reads_of([argument, *(row for _at, row in rows)]))
    key = linker.lifted(e.argument, place, argument)
    values = _values([row for _at, row in rows])
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
    whole = all(type(each) is int for each in wide)
    return Code(text, reads_of([key]), may_be_none=may_be_none, low=low, high=high, whole=whole)


RULES: dict[type, Callable[[Any, Any, Place], Linked]] = {
    f.Steps: _steps,
    f.Lookup: _lookup,
}
