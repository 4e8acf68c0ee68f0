"""From all that is wanted at once to edits: together, each field to one value, inside the range that the field has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rulecore.derive import Derivation
from rulecore.derive.instance import Instance
from rulecore.errors import Refused
from rulecore.finding import Finding
from rulecore.formula import types as t
from rulecore.formula.functions import plus
from rulecore.formula.scalar import Scope, evaluate
from rulecore.formula.values import fit, many, number, same
from rulecore.model.edit import Add, Edit, Remove, Set
from rulecore.model.shape import Field
from rulecore.model.sheet import json_of
from rulecore.play.intentions import Altered, Intentions, Listed

_AMOUNTS = (t.IntType, t.NumberType)


def resolved(wanted: Intentions, derivation: Derivation) -> list[Edit]:
    """Give the edits that do all that is wanted; Refused where two give one field different values."""
    values: dict[tuple[Instance, str], list[Altered]] = {}
    for each in wanted.altered:
        values.setdefault((each.instance, each.name), []).append(each)
    sets: dict[tuple[Instance, str], list[Listed]] = {}
    for listed in wanted.listed:
        if listed.name not in listed.holder.collections:
            sets.setdefault((listed.holder, listed.name), []).append(listed)
    edits: list[Edit] = []
    for (instance, name), altered in values.items():
        edits += _field(instance, instance.fields[name], altered, derivation)
    for (instance, name), several in sets.items():
        edits += _members(instance, name, several, derivation)
    edits += _taken_out(wanted, derivation)
    edits += _put_in(wanted, derivation)
    return edits


def _field(instance: Instance, field: Field, altered: list[Altered], derivation: Derivation) -> Iterator[Edit]:
    """Give the edit of one field: what one sets first, then all that comes on top, then the range."""
    path = instance.join(field.name)
    if field.name in instance.fixed:
        raise _refused("act.fixed", f"{path!r} is given by a rule, so nothing changes it", path)
    before = derivation.computation.value(instance, field.name)
    given = [fit(each.value, field.type) for each in altered if not each.by]
    if any(not same(each, given[0]) for each in given[1:]):
        shown = ", ".join(str(json_of(each)) for each in given)
        raise _refused("act.conflict", f"{path!r} is given different values at once: {shown}", path)
    after = given[0] if given else before
    for each in altered:
        if each.by:
            after = plus(after, each.value)
    after = _inside(fit(after, field.type), field, instance, derivation)
    if not same(before, after):
        yield Set(path, json_of(after))


def _inside(value: Any, field: Field, instance: Instance, derivation: Derivation) -> Any:
    """Give a number as near as the range of its field lets it be, as the range is before anything happens."""
    if not isinstance(field.type, _AMOUNTS):
        return value
    scope = Scope(derivation.computation, instance)
    low, high = (None if each is None else number(evaluate(each, scope)) for each in (field.low, field.high))
    if high is not None:
        value = min(value, high)
    return fit(value if low is None else max(value, low), field.type)


def _members(instance: Instance, name: str, several: list[Listed], derivation: Derivation) -> Iterator[Edit]:
    before = derivation.computation.value(instance, name)
    after = frozenset(before) - {each.entry for each in several if each.out} | {each.entry for each in several if not each.out}
    if after != before:
        yield Set(instance.join(name), json_of(many(after)))


def _taken_out(wanted: Intentions, derivation: Derivation) -> Iterator[Edit]:
    """Take out what refers to an entry, the last first, so that those before it keep their places; a rule's stay."""
    gone: dict[str, Instance] = {}
    for each in wanted.listed:
        if each.out and each.reference is not None:
            for element in derivation.structure.elements.get((each.holder, each.name), ()):
                read = derivation.computation.value(element, each.reference)
                if element.granted_by is None and same(read, each.entry):
                    gone[element.path] = element
    yield from (Remove(path) for path, _ in sorted(gone.items(), key=lambda item: (-item[1].position, item[0])))


def _put_in(wanted: Intentions, derivation: Derivation) -> Iterator[Edit]:
    taken: set[str] = set()
    for each in wanted.listed:
        if each.out or each.reference is None:
            continue
        value = {each.reference: each.entry.name} | {name: json_of(other) for name, other in each.others}
        path = each.holder.join(each.name)
        if each.holder.collections[each.name].ordered:
            yield Add(path, value)
            continue
        name, count = each.entry.name, 1
        while (element := f"{path}.{name}") in derivation.structure.by_path or element in taken:
            count += 1
            name = f"{each.entry.name}#{count}"
        taken.add(element)
        yield Add(path, value, name)


def _refused(code: str, words: str, path: str) -> Refused:
    return Refused("nothing was changed", [Finding(code, words, found=path)])
