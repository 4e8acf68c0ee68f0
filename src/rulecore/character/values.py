"""Values as callers see them: plain numbers, truths, words and names; dice stay symbolic."""

from __future__ import annotations

from collections.abc import Mapping

from rulecore.derive import Derivation
from rulecore.derive.instance import Instance
from rulecore.formula.values import is_number, many
from rulecore.model.entry import Entry
from rulecore.model.sheet import json_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def plain(value: Any) -> Any:
    """Give a value without the engine's own objects: entries by name, instances by id, sets of names."""
    match value:
        case None | bool() | int() | str():
            return value
        case Entry():
            return value.name
        case Instance():
            return value.path
        case frozenset():
            return frozenset(plain(member) for member in value)
        case tuple():
            return tuple(plain(member) for member in value)
        case dict():
            return {plain(key): plain(member) for key, member in value.items()}
        case _ if is_number(value):
            return float(value)
    return value


def jsonlike(value: Any) -> Any:
    """Give a fresh copy of a value as JSON has it: objects, lists and plain values; entries by name."""
    match value:
        case Mapping():
            return {str(key): jsonlike(member) for key, member in value.items()}
        case list() | tuple():
            return [jsonlike(member) for member in value]
        case frozenset() | set():
            return [jsonlike(member) for member in many(frozenset(value))]
        case None | bool() | int() | float() | str():
            return value
    return json_of(value)


def names(value: Any) -> tuple[str, ...]:
    """Give the members of a set or list by name, in order."""
    return tuple(str(plain(member)) for member in many(value))


def snapshot(derivation: Derivation) -> dict[str, Any]:
    """Give every value that counts as the sheet, by id; records made when read are left out."""
    compute = derivation.computation
    return {
        instance.join(name): plain(compute.value(instance, name))
        for instance in derivation.structure.instances
        if not instance.on_read
        for name in instance.fields
    }
