"""Says what in a JSON Schema breaks a limit of a profile."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from rulecore.dataclass import dataclass
from rulecore.model.strict import escape
from rulecore.validation.profiles import KEY, Profile, profile_of

_SCHEMAS = ("items", "not", "if", "then", "else", "contains", "propertyNames")
_LISTS = ("anyOf", "allOf", "oneOf", "prefixItems")
_NAMED = ("properties", "$defs", "definitions", "patternProperties", "dependentSchemas")
_DEEPER = {"items", "properties"}
_ROOT = "#"


@dataclass(frozen=True, slots=True)
class _Node:
    """A schema within a schema: its pointer, how deep objects and arrays are nested there, and itself."""

    pointer: str
    depth: int
    schema: dict[str, Any]


def lint(schema: dict[str, Any], profile: str | Profile) -> tuple[str, ...]:
    """Say what breaks a limit of a profile, each with its place; nothing where it fits."""
    limits = profile_of(profile)
    nodes = list(_nodes(_Node("", 1, schema)))
    each = (fault for node in nodes for check in _CHECKS for fault in check(node, limits))
    return (*_root(schema), *each, *_totals(schema, nodes, limits), *_circles(nodes, limits))


def _nodes(node: _Node) -> Iterator[_Node]:
    yield node
    for word, value in node.schema.items():
        inner: dict[str, Any] = {}
        if word in _SCHEMAS:
            inner = {word: value}
        elif word in _LISTS and isinstance(value, list):
            inner = {f"{word}/{place}": each for place, each in enumerate(value)}
        elif word in _NAMED and isinstance(value, dict):
            inner = {f"{word}/{escape(name)}": each for name, each in value.items()}
        depth = node.depth + (word in _DEEPER)
        for step, each in inner.items():
            if isinstance(each, dict):
                yield from _nodes(_Node(f"{node.pointer}/{step}", depth, each))


def _root(schema: dict[str, Any]) -> Iterator[str]:
    if schema.get("type") != "object" or "anyOf" in schema:
        yield "the root is an object, and no union"


# ---- one schema


def _keywords(node: _Node, limits: Profile) -> Iterator[str]:
    for word in node.schema:
        if word not in limits.keywords:
            yield f"{node.pointer}/{word}: `{word}` is not taken by {limits.name}"


def _objects(node: _Node, _limits: Profile) -> Iterator[str]:
    if "properties" not in node.schema and node.schema.get("type") != "object":
        return
    if node.schema.get("additionalProperties") is not False:
        yield f"{node.pointer}: `additionalProperties` is false in every object"
    for key in node.schema.get("properties", {}):
        if not re.fullmatch(KEY, key):
            yield f"{node.pointer}/properties/{escape(key)}: a key fits {KEY}"


def _unions(node: _Node, limits: Profile) -> Iterator[str]:
    if not limits.discriminated:
        return
    if isinstance(node.schema.get("type"), list):
        yield f"{node.pointer}/type: several types are not taken by {limits.name}"
    branches = node.schema.get("anyOf", [])
    constants = [{key for key, value in each.get("properties", {}).items() if "const" in value} for each in branches]
    if branches and not set.intersection(*constants):
        yield f"{node.pointer}/anyOf: what a union is of shares one constant property"


def _arrays(node: _Node, limits: Profile) -> Iterator[str]:
    least = node.schema.get("minItems", 0)
    if limits.least_items is not None and least > limits.least_items:
        yield f"{node.pointer}/minItems: {least} is more than {limits.least_items}"


def _enums(node: _Node, limits: Profile) -> Iterator[str]:
    values = node.schema.get("enum", [])
    long = sum(len(str(value)) for value in values)
    if limits.long_enum is not None and len(values) > limits.long_enum and long > limits.long_enum_characters:
        yield f"{node.pointer}/enum: {long} characters are more than {limits.long_enum_characters} in an enum this long"


def _depth(node: _Node, limits: Profile) -> Iterator[str]:
    if limits.depth is not None and node.depth > limits.depth:
        yield f"{node.pointer}: {node.depth} is deeper than {limits.depth}"


_CHECKS = (_keywords, _objects, _unions, _arrays, _enums, _depth)


# ---- all of them


def _totals(schema: dict[str, Any], nodes: list[_Node], limits: Profile) -> Iterator[str]:
    schemas = [node.schema for node in nodes]
    optional = sum(len(set(each.get("properties", {})) - set(each.get("required", ()))) for each in schemas)
    counted = {
        "optional properties": (optional, limits.optional),
        "unions": (sum("anyOf" in each or isinstance(each.get("type"), list) for each in schemas), limits.unions),
        "properties": (sum(len(each.get("properties", {})) for each in schemas), limits.properties),
        "values of enums": (sum(len(each.get("enum", ())) for each in schemas), limits.values),
        "characters": (len(written(schema)), limits.characters),
    }
    for what, (count, most) in counted.items():
        if most is not None and count > most:
            yield f"{count} {what} are more than {most}"


def written(schema: dict[str, Any]) -> str:
    """Write a schema as short as JSON allows."""
    return json.dumps(schema, ensure_ascii=False, separators=(",", ":"))


def _circles(nodes: list[_Node], limits: Profile) -> Iterator[str]:
    """Find schemas that hold themselves, by what each refers to or has within it."""
    if limits.recursive:
        return
    leads = {node.pointer: str(node.schema["$ref"]).removeprefix(_ROOT) for node in nodes if "$ref" in node.schema}
    for start, target in leads.items():
        seen: set[str] = set()
        ahead = [target]
        while ahead:
            inside = f"{ahead.pop()}/"
            found = [leads[pointer] for pointer in leads if f"{pointer}/".startswith(inside)]
            ahead += [each for each in found if each not in seen]
            seen.update(found)
            if f"{start}/".startswith(inside):
                yield f"{start}: a schema that holds itself is not taken by {limits.name}"
                break
