"""What an event is told when somebody makes it happen: JSON values, read by the types of its parameters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rulecore.derive import Derivation
from rulecore.derive.stored import Fault, read_stored
from rulecore.errors import Refused
from rulecore.finding import Finding
from rulecore.formula import types as t
from rulecore.formula.scalar import Scope, evaluate
from rulecore.model.play import Parameter
from rulecore.names import nearest
from rulecore.play.world import Somebody

ITSELF = "self"
"""What stands for the document's own entity, where somebody is asked for."""


def read_arguments(
    parameters: Sequence[Parameter], given: Mapping[str, Any], derivation: Derivation, scope: Scope
) -> dict[str, Any]:
    """Give the values of all parameters by name; Refused tells every argument that is missing, unknown or none of its type."""
    known = {each.name for each in parameters}
    wrong = [_unknown(name, known) for name in given if name not in known]
    values: dict[str, Any] = {}
    for each in parameters:
        value = _value(each, given, derivation, scope)
        if isinstance(value, Finding):
            wrong.append(value)
        else:
            values[each.name] = value
    if wrong:
        raise Refused("nothing was changed", wrong)
    return values


def filled(parameters: Sequence[Parameter], given: Sequence[Any], scope: Scope) -> dict[str, Any]:
    """Give the values of parameters that an event is called for with, in order; those left out have their defaults."""
    values = {each.name: value for each, value in zip(parameters, given, strict=False)}
    for each in parameters[len(given) :]:
        values[each.name] = None if each.default is None else evaluate(each.default, scope)
    return values


def _value(parameter: Parameter, given: Mapping[str, Any], derivation: Derivation, scope: Scope) -> Any | Finding:
    of = parameter.type
    if _is_somebody(of):
        name = given.get(parameter.name)
        if name == ITSELF:
            return derivation.structure.entity
        return Somebody(parameter.name if name is None else str(name))
    if parameter.name not in given:
        if parameter.default is not None:
            return evaluate(parameter.default, scope)
        return Finding("act.argument", f"it needs to be told {parameter.name!r}: {of}", expected=str(of), found=parameter.name)
    value = _read(given[parameter.name], of, derivation)
    if isinstance(value, Fault):
        words = f"{parameter.name!r} is {value.expected}, and {given[parameter.name]!r} is not"
        return Finding("act.argument", words, expected=value.expected, found=parameter.name, nearest=value.nearest)
    if isinstance(of, t.IntType | t.NumberType) and not _is_inside(value, of):
        return Finding("act.argument", f"{parameter.name!r} is {of}, and {value} is not", expected=str(of), found=parameter.name)
    return value


def _read(value: Any, of: t.Type, derivation: Derivation) -> Any | Fault:
    if not isinstance(of, t.SetType | t.InstancesType):
        return read_stored(value, of, derivation.structure)
    if not isinstance(value, list):
        return Fault("value.type", "a list")
    one: t.Type = t.RefType(of.kind) if isinstance(of, t.SetType) else t.InstanceType(of.shape)
    # One that is named twice counts twice.
    members = tuple(read_stored(each, one, derivation.structure) for each in value)
    return next(_faults(members), members)


def _faults(members: Sequence[Any]) -> Iterator[Fault]:
    return (each for each in members if isinstance(each, Fault))


def _is_somebody(of: t.Type) -> bool:
    return isinstance(of, t.InstanceType) and of.shape.startswith("entity ")


def _is_inside(value: Any, of: t.IntType | t.NumberType) -> bool:
    return (of.low is None or value >= of.low) and (of.high is None or value <= of.high)


def _unknown(name: str, known: set[str]) -> Finding:
    words = f"it is told nothing called {name!r}"
    return Finding("act.argument", words, expected=sorted(known), found=name, nearest=nearest(name, known))
