"""The JSON Schema of documents, made from what packs declare as editable."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from rulecore.formula import types as t
from rulecore.model.document import FORMAT
from rulecore.model.rules import Rules
from rulecore.model.shape import Choice, Collection, Entity, Field, Mode
from rulecore.ruleset.catalogue import Spot, catalogue

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_REFERENCE = r"^([a-z_][a-z0-9_]*:)?([a-z_][a-z0-9_]*\.)?[a-z_][a-z0-9_]*$"
_ANYWHERE = r"^(.*\.)?"
_REPEATED = r"(#[0-9]+)?"
_ELEMENT = r"\.[^.]+"
_DICE = r"^[-+0-9d ]+$"


def document_schema(rules: Rules, entity: Entity) -> dict[str, Any]:
    """Give the schema of an entity's documents."""
    return _Schema(rules, entity).whole()


class _Schema:
    def __init__(self, rules: Rules, entity: Entity) -> None:
        self.rules, self.entity = rules, entity
        self.kinds: set[str] = set()
        self.fields = _Object()
        self.collections = _Object()
        self.choices = _Object()
        self.elements: dict[str, _Object] = {}
        self.anywhere: dict[str, Any] = {}

    def whole(self) -> dict[str, Any]:
        """Put the parts together."""
        for spot in catalogue(self.rules, self.entity):
            self._add(spot)
        for element in self.elements.values():
            element.patterns |= self.anywhere
        text = {"type": "string"}
        rulings = {name: self._value(each.type) for name, each in self.rules.rulings.items()}
        return {
            "$schema": DIALECT,
            "title": self.entity.label,
            "type": "object",
            "properties": {
                "format": {"const": FORMAT},
                "packs": {"type": "object", "additionalProperties": text},
                "kind": {"const": self.entity.name},
                "name": text,
                "rulings": {"type": "object", "properties": rulings, "additionalProperties": False},
                "inputs": {"type": "object"},
                "fields": self.fields.schema(),
                "collections": self.collections.schema(),
                "choices": self.choices.schema(),
                "waivers": {"type": "object"},
                "notes": text,
            },
            "required": ["kind"],
            "additionalProperties": False,
            "$defs": {name: self._names(name) for name in sorted(self.kinds)},
        }

    def _add(self, spot: Spot) -> None:
        match spot.content:
            case Field() if spot.content.mode is Mode.EDITABLE:
                self._field(spot.address, spot.content)
            case Collection():
                element = self._element(spot.address).schema
                lazily = _Later(element, ordered=spot.content.ordered, maximum=spot.content.maximum)
                self.collections.add(spot.address, lazily)
            case Choice():
                self.choices.add(spot.address, self._choice(spot.content))

    def _element(self, key: str) -> _Object:
        return self.elements.setdefault(key, _Object())

    def _field(self, address: str, field: Field) -> None:
        value = self._value(field.type) | {"title": field.label}
        if field.text:
            value["description"] = field.text
        key, element, name = address.rpartition("[].")
        if element:
            self._element(key).add(name, value)
            return
        self.fields.add(address, value)
        if address.startswith("*."):
            self.anywhere[_pattern(address)] = value

    def _choice(self, choice: Choice) -> dict[str, Any]:
        offered = [*(option.name for option in choice.options), *(entry.name for entry in choice.entries)]
        shown = {"examples": [offered]} if offered else {}
        return {"type": "array", "title": choice.label, "items": {"type": "string"}, **shown}

    def _value(self, of: t.Type) -> dict[str, Any]:
        match of:
            case t.IntType():
                return {"type": "integer"} | _bounds(of.low, of.high)
            case t.NumberType():
                return {"type": "number"} | _bounds(of.low, of.high)
            case t.BoolType():
                return {"type": "boolean"}
            case t.EnumType():
                return {"enum": list(of.words)}
            case t.DiceType():
                return {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": _DICE}]}
            case t.RefType():
                self.kinds.add(of.kind)
                return {"anyOf": [{"$ref": f"#/$defs/{of.kind}"}, {"type": "null"}]}
            case t.SetType():
                self.kinds.add(of.kind)
                return {"type": "array", "items": {"$ref": f"#/$defs/{of.kind}"}, "uniqueItems": True}
        return {"type": "string"} if isinstance(of, t.TextType) else {}

    def _names(self, kind: str) -> dict[str, Any]:
        names = [entry.name for entry in self.rules.entries.values() if kind in entry.kinds]
        return {"anyOf": [{"enum": names}, {"type": "string", "pattern": _REFERENCE}]}


class _Later:
    """The schema of a collection, made when that of its elements is whole."""

    def __init__(self, element: Any, *, ordered: bool, maximum: int) -> None:
        self.element, self.ordered, self.maximum = element, ordered, maximum

    def schema(self) -> dict[str, Any]:
        if self.ordered:
            return {"type": "array", "items": self.element(), "maxItems": self.maximum}
        return {"type": "object", "additionalProperties": self.element(), "maxProperties": self.maximum}


class _Object:
    """An object's properties: those with one id, and those whose id is a pattern."""

    def __init__(self) -> None:
        self.properties: dict[str, Any] = {}
        self.patterns: dict[str, Any] = {}

    def add(self, address: str, value: Any) -> None:
        if "*" in address or "[]" in address:
            self.patterns[_pattern(address)] = value
        else:
            self.properties[address] = value

    def schema(self) -> dict[str, Any]:
        made: dict[str, Any] = {"type": "object", "properties": _finished(self.properties)}
        if self.patterns:
            made["patternProperties"] = _finished(self.patterns)
        return made | {"additionalProperties": False}


def _finished(schemas: dict[str, Any]) -> dict[str, Any]:
    return {name: each.schema() if isinstance(each, _Later) else each for name, each in schemas.items()}


def _pattern(address: str) -> str:
    """Write a static id as a regular expression over the ids of documents."""
    starred = address.startswith("*.")
    head, dot, rest = (address[2:] if starred else address).partition(".")
    written = re.escape(head) + (_REPEATED if starred else "") + re.escape(dot + rest)
    return (_ANYWHERE if starred else "^") + written.replace(re.escape("[]"), _ELEMENT) + "$"


def _bounds(low: int | Fraction | None, high: int | Fraction | None) -> dict[str, Any]:
    found = {"minimum": low, "maximum": high}
    return {name: _number(value) for name, value in found.items() if value is not None}


def _number(value: int | Fraction) -> int | float:
    return int(value) if value.denominator == 1 else float(value)
