"""Code of what leads somewhere: names, instances, fields, properties, and what is enclosed by what."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from rulecore.dataclass import replace
from rulecore.derive.instance import Instance
from rulecore.derive.link.code import (
    Code,
    Known,
    Linked,
    Place,
    Unlinkable,
    is_certainly_whole,
    joined_candidates,
    may_be_none,
    reads_of,
)
from rulecore.formula import ast as f
from rulecore.formula import types as t
from rulecore.formula.defaults import default_of
from rulecore.formula.values import InstanceValue, entry_of, gather, many
from rulecore.model.entry import Entry
from rulecore.model.shape import Mode

if TYPE_CHECKING:
    from rulecore.derive.link.linker import Linker

_SEVERAL = (tuple, frozenset)
_OF_SEVERAL = (t.SetType, t.InstancesType)
_LEADING = (t.RefType, t.SetType, t.InstanceType, t.InstancesType)
_MISSING = object()
MOST_TESTS = 2


def _constant(_linker: Linker, e: f.Constant, _place: Place) -> Linked:
    return Known(e.value)


def _variable(_linker: Linker, e: f.Variable, place: Place) -> Linked:
    return Known(place.variables[e.name])


def _settled(linker: Linker, e: f.Formula, place: Place) -> Linked:
    return linker.settled(e, place)


def _entry_of(linker: Linker, e: f.EntryOf, place: Place) -> Linked:
    of = linker.link(e.of, place)
    if isinstance(of, Known):
        return Known(entry_of(of.value))
    candidates = _candidates(of)
    if not any(isinstance(each, InstanceValue) for each in candidates):
        return of
    return _by_candidate(linker, of, {each: Known(entry_of(each)) for each in candidates}, Known(None))


def _container(linker: Linker, e: f.Container, place: Place) -> Linked:
    of = linker.link(e.of, place)
    if isinstance(of, Known):
        return linker.settled(e, place)
    if isinstance(e.of.type, _OF_SEVERAL):
        return linker.interpreted(e, place)
    found: dict[Any, Linked] = {}
    for each in _candidates(of):
        instance = _instance(linker, each)
        found[each] = Known(None if instance is None else linker.world.outer(instance, e.shape))
    return _by_candidate(linker, of, found, Known(None))


def _candidates(code: Code) -> tuple[Any, ...]:
    if code.candidates is None:
        raise Unlinkable("what a formula leads to is not known")
    return code.candidates


def _instance(linker: Linker, value: Any) -> Any:
    return value if isinstance(value, InstanceValue) or value is None else linker.world.standing(value)


# ---- fields, parts, collections, choices


def _read(linker: Linker, e: f.Read, place: Place) -> Linked:
    of = linker.link(e.of, place)
    if isinstance(of, Code):
        return _read_of_code(linker, e, of, place)
    if isinstance(of.value, _SEVERAL):
        return _gathered(linker, [_read_one(linker, one, e) for one in many(of.value)], e.type)
    return _read_one(linker, of.value, e)


def _read_of_code(linker: Linker, e: f.Read, of: Code, place: Place) -> Linked:
    found = {each: _read_one(linker, each, e) for each in _candidates(of)}
    if isinstance(e.of.type, _OF_SEVERAL) or of.members is not None:
        candidates = joined_candidates(found.values())
        return linker.interpreted(e, place, of.reads | reads_of(found.values()), candidates=candidates)
    return _by_candidate(linker, of, found, Known(_default(e)))


def _default(e: f.Read) -> Any:
    return None if isinstance(e.of.type, _OF_SEVERAL) else default_of(e.type)


def _read_one(linker: Linker, of: Any, e: f.Read) -> Linked:
    instance = _instance(linker, of)
    found = None if instance is None else member(linker, instance, e.name)
    return Known(_default(e)) if found is None else found


def member(linker: Linker, instance: Instance, name: str) -> Linked | None:
    """Give the code of a field, part, collection or choice of an instance, none where it has no such."""
    if name in instance.fields:
        return _field(linker, instance, name)
    if name in instance.parts:
        return Known(instance.parts[name])
    if name in instance.collections:
        return Known(tuple(linker.structure.elements[instance, name]))
    if name in instance.questions:
        return Known(instance.questions[name].value)
    bound = instance.bindings.get((name,))
    return None if bound is None else linker.link(bound.formula, Place(bound.scope, {}))


def _field(linker: Linker, instance: Instance, name: str) -> Linked:
    key = (instance, name)
    if linker.is_settled(key):
        return Known(linker.world.value(instance, name))
    each = instance.fields[name]
    of = each.type
    candidates = None
    if isinstance(of, _LEADING) or each.mode is Mode.STRUCTURAL:
        found = linker.field(key)
        if isinstance(found, Known):
            return found
        candidates = found.candidates
    slot = linker.slot(key)
    leads, exact = isinstance(of, t.RefType | t.InstanceType), isinstance(of, t.IntType | t.NumberType)
    low, high = (_limit(limit) if isinstance(of, t.IntType) else None for limit in (each.low, each.high))
    known = _all(linker, of) if candidates is None else candidates
    read = Code(f"v[{slot}]", frozenset({slot}), ((slot, 1),), exact=exact, may_be_none=leads)
    return linker.read(key, replace(read, low=low, high=high, candidates=known, whole=isinstance(of, t.IntType)))


def _limit(limit: f.Formula | None) -> int | None:
    """Give a settled bound: whatever stands in a slot is within it."""
    return limit.value if isinstance(limit, f.Constant) and type(limit.value) is int else None


def _all(linker: Linker, of: t.Type) -> tuple[Any, ...] | None:
    match of:
        case t.RefType() | t.SetType():
            return tuple(linker.structure.index.of_kind(of.kind)) if of.kind != "event" else ()
        case t.InstanceType() | t.InstancesType():
            return tuple(each for each in linker.structure.instances if of.shape in each.shapes)
    return None


def _gathered(linker: Linker, found: list[Linked], of: t.Type) -> Linked:
    if all(isinstance(each, Known) for each in found):
        return Known(gather((each.value for each in found if isinstance(each, Known)), of))
    candidates = joined_candidates(found)
    if isinstance(of, t.ListType) and isinstance(of.of, t.IntType | t.NumberType | t.DiceType | t.BoolType | t.EnumType):
        members = tuple((Known(value=True), each) for each in found if not (isinstance(each, Known) and each.value is None))
        texts = "".join(f"{linker.text(each)}, " for _condition, each in members)
        return Code(f"({texts})", reads_of(found), candidates=candidates, members=members)

    def joined(*values: Any) -> Any:
        return gather(values, of)

    return linker.call(joined, found, candidates=candidates)


def _by_candidate(linker: Linker, of: Code, found: dict[Any, Linked], default: Linked) -> Linked:
    """Give code that takes what belongs to the candidate that `of` gives."""
    several = [*found.values(), default]
    candidates = joined_candidates(several)
    none = any(map(may_be_none, several))
    if all(isinstance(each, Known) for each in several):
        values = {each: known.value for each, known in found.items() if isinstance(known, Known)}
        text = f"{linker.table(values)}.get({of.text}, {linker.text(default)})"
        whole = all(map(is_certainly_whole, several))
        return Code(text, of.reads, may_be_none=none, candidates=candidates, whole=whole)
    if len([each for each in several if isinstance(each, Code)]) <= MOST_TESTS:
        return _by_test(linker, of, found, default)
    slots = {each: _as_slot(linker, linked) for each, linked in found.items()}
    other = _as_slot(linker, default)
    kept = {each: slot for each, slot in slots.items() if slot != other}
    reads = of.reads | reads_of(several)
    return Code(f"v[{linker.constant(kept)}.get({of.text}, {other})]", reads, may_be_none=none, candidates=candidates)


def _by_test(linker: Linker, of: Code, found: dict[Any, Linked], default: Linked) -> Linked:
    """Give code that asks whether it is one of the few candidates to which more belongs than a settled value."""
    test, name = linker.named(of.text)
    values = {each: linked.value for each, linked in found.items() if isinstance(linked, Known)}
    asked = [(each, linked) for each, linked in found.items() if isinstance(linked, Code)]
    other = f"{linker.table(values)}.get({name}, {linker.text(default)})" if values else linker.text(default)
    for each, linked in reversed(asked):
        subject = test if each is asked[0][0] else name
        other = f"({linker.text(linked)} if {subject} is {linker.constant(each)} else {other})"
    several = [*found.values(), default]
    candidates, none = joined_candidates(several), any(map(may_be_none, several))
    reads, whole = of.reads | reads_of(several), all(map(is_certainly_whole, several))
    return Code(other, reads, may_be_none=none, candidates=candidates, whole=whole)


def _as_slot(linker: Linker, linked: Linked) -> int:
    """Give the slot that code reads, or one that holds a settled value."""
    if isinstance(linked, Known):
        return linker.holding(linked.value)
    if len(linked.reads) == 1 and linked.text == f"v[{next(iter(linked.reads))}]":
        return next(iter(linked.reads))
    raise Unlinkable("a formula leads to a formula")


# ---- properties of entries


def _property(linker: Linker, e: f.Property, place: Place) -> Linked:
    of = linker.link(e.of, place)
    if isinstance(of, Known):
        return linker.settled(e, place)
    candidates = _candidates(of)
    values = {each: linker.world.property(entry_of(each), e.name, e.default) for each in candidates if entry_of(each) is not None}
    known: dict[Any, Linked] = {each: Known(value) for each, value in values.items()}
    if isinstance(e.of.type, _OF_SEVERAL) or of.members is not None:
        return linker.interpreted(e, place, of.reads, candidates=_entries(values.values()))
    found = _by_candidate(linker, of, known, Known(e.default))
    assert isinstance(found, Code)
    return Code(found.text, found.reads, may_be_none=found.may_be_none, candidates=_entries([*values.values(), e.default]))


def _entries(values: Iterable[Any]) -> tuple[Entry, ...] | None:
    flat = [each for value in values for each in many(value)]
    return tuple(dict.fromkeys(each for each in flat if isinstance(each, Entry))) if flat or not values else None


RULES: dict[type, Callable[[Any, Any, Place], Linked]] = {
    f.Constant: _constant,
    f.Variable: _variable,
    f.This: _settled,
    f.Outer: _settled,
    f.Self: _settled,
    f.Entity: _settled,
    f.RulingValue: _settled,
    f.Position: _settled,
    f.Gained: _settled,
    f.Everything: _settled,
    f.EntryOf: _entry_of,
    f.Container: _container,
    f.Read: _read,
    f.Property: _property,
}
