"""The fields that core_2024 derives for every character, read off the engine's own shapes."""

from __future__ import annotations

from collections.abc import Iterator

from rulecore.formula.types import BoolType, DiceType, EnumType, IntType, NumberType, RefType, Type
from rulecore.model.rules import Rules
from rulecore.model.shape import Block, Field, Mode
from rulecore.source import Span
from tests.oracle.patterns import pattern_of

CORE = "core_2024"
SCALAR = (IntType, NumberType, BoolType, DiceType, EnumType, RefType)
# A record that core describes and that classes, species and feats put on the sheet.
SOURCE = ("record spellcasting", "wizard.magic")


def derived_scalars(rules: Rules) -> set[str]:
    """Give the ids of all derived scalar fields of a character, as patterns; numbers of entries (a class's) are content."""
    entity = rules.entities["character"]
    found = set(_fields(rules, "", entity.shape.block, ()))
    for entry, shape in entity.keys:
        found |= set(_fields(rules, entry.name, shape.block, ()))
    record, place = SOURCE
    return found | set(_fields(rules, place, rules.records[record].block, (record,)))


def _fields(rules: Rules, address: str, block: Block, around: tuple[str, ...]) -> Iterator[str]:
    for field in block.fields:
        if _is_core(field.span) and _is_derived_scalar(field):
            yield pattern_of(_join(address, field.name))
    for part in block.parts:
        if _is_core(part.span):
            yield from _record(rules, _join(address, part.name), part.shape, around)
    for collection in block.collections:
        if _is_core(collection.span):
            yield from _record(rules, _join(address, f"{collection.name}.x"), collection.shape, around)
    for inner in block.blocks:
        yield from _fields(rules, address, inner, around)


def _record(rules: Rules, address: str, shape: str, around: tuple[str, ...]) -> Iterator[str]:
    if shape not in around and not rules.records[shape].on_read:
        yield from _fields(rules, address, rules.records[shape].block, (*around, shape))


def _is_core(span: Span) -> bool:
    return span.file.startswith(f"{CORE}/")


def _is_derived_scalar(field: Field) -> bool:
    of: Type = field.type
    return field.mode is not Mode.EDITABLE and isinstance(of, SCALAR)


def _join(address: str, name: str) -> str:
    return f"{address}.{name}" if address else name
