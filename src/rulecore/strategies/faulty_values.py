"""Faults in the values of fields: unknown names, wrong types, numbers out of range, and what nobody may set or claim."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rulecore.derive.instance import Form, Instance
from rulecore.derive.tracing import FARTHEST, behind
from rulecore.formula import types as t
from rulecore.formula.ast import Constant, Formula
from rulecore.formula.scalar import Scope, evaluate
from rulecore.model.shape import Field
from rulecore.model.sheet import json_of
from rulecore.strategies.seeding import Seed, View, Written, pointer_to, write

FIELDS, CLAIMS = "fields", "claims"
ANY_NUMBER = 7
FARTHEST_OFF = 3


# ---- names of entries


def reference_unknown(view: View) -> Iterator[Seed]:
    """Name an entry that nobody has heard of."""
    for each in _references(view):
        yield _instead(each, "entry.unknown", view.invented())


def reference_misspelt(view: View) -> Iterator[Seed]:
    """Name an entry nearly rightly."""
    for each in _references(view):
        wrong = view.misspelt(str(each.value))
        if wrong is not None:
            yield _instead(each, "entry.unknown", wrong)


def reference_of_another_kind(view: View) -> Iterator[Seed]:
    """Name an entry that is something else."""
    every = sorted({entry.name for entry in view.derivation.rules.entries.values()})
    for each in _references(view):
        assert isinstance(each.field.type, t.RefType)
        own = {entry.name for entry in view.index.of_kind(each.field.type.kind)}
        others = [name for name in every if name not in own]
        if others:
            yield _instead(each, "entry.kind", view.random.choice(others))


def reference_not_on_offer(view: View) -> Iterator[Seed]:
    """Name an entry of the right kind that the field does not take."""
    for each in _references(view):
        assert isinstance(each.field.type, t.RefType)
        where = each.field.where
        for entry in view.index.of_kind(each.field.type.kind):
            if where is not None and not evaluate(where, Scope(view.derivation.computation, each.instance, {"it": entry})):
                yield _instead(each, "value.where", entry.name)


def _references(view: View) -> list[Written]:
    return [each for each in view.editable if isinstance(each.field.type, t.RefType) and isinstance(each.value, str)]


# ---- types and ranges


def number_as_text(view: View) -> Iterator[Seed]:
    """Write a number between quotes."""
    for each in _of_type(view, t.IntType, t.NumberType):
        yield _instead(each, "value.type", str(each.value if each.is_written else ANY_NUMBER))


def text_as_number(view: View) -> Iterator[Seed]:
    """Write a number for a text."""
    for each in _of_type(view, t.TextType):
        yield _instead(each, "value.type", ANY_NUMBER)


def truth_as_text(view: View) -> Iterator[Seed]:
    """Write a word for what is true or false."""
    for each in _of_type(view, t.BoolType):
        yield _instead(each, "value.type", view.random.choice(["yes", "True", "no"]))


def fraction(view: View) -> Iterator[Seed]:
    """Write a broken number where a whole one is wanted."""
    for each in _of_type(view, t.IntType):
        whole = each.value if each.is_written else 0
        yield _instead(each, "value.fraction", whole + 1 / 2)


def beyond_the_range(view: View) -> Iterator[Seed]:
    """Write a number that lies beyond its range at any time."""
    for each in _of_type(view, t.IntType):
        low, high = _constant(each.field.low), _constant(each.field.high)
        far = view.random.randint(1, FARTHEST_OFF)
        for value in ([] if low is None else [low - far], [] if high is None else [high + far]):
            yield from (_instead(each, "value.range", number) for number in value)


def word_unknown(view: View) -> Iterator[Seed]:
    """Write a word that the field does not know."""
    for each in _of_type(view, t.EnumType):
        yield _instead(each, "value.word", view.invented())


def _of_type(view: View, *types: type) -> list[Written]:
    return [each for each in view.editable if isinstance(each.field.type, types)]


def _constant(bound: Formula | None) -> int | None:
    return int(bound.value) if isinstance(bound, Constant) else None


def _instead(each: Written, code: str, value: Any) -> Seed:
    return Seed(code, each.pointer, write(*each.keys, value=value))


# ---- what follows from the rest


def derived_field_set(view: View) -> Iterator[Seed]:
    """Set a field that nobody sets."""
    for path, instance, field in view.derived:
        value = json_of(view.derivation.computation.value(instance, field.name))
        if isinstance(value, int | str):
            yield Seed("field.derived", pointer_to(FIELDS, path), write(FIELDS, path, value=value))


def claim_off(view: View) -> Iterator[Seed]:
    """Claim another value than comes out."""
    chosen = view.random.sample(view.derived, min(len(view.derived), 40))
    for path, instance, field in chosen:
        wrong = _wrong(view, instance, field)
        if wrong is not None and not _hangs_on_a_sequence(view, instance, field):
            yield Seed("claim.differs", pointer_to(CLAIMS, path), write(CLAIMS, path, value=wrong))


def _wrong(view: View, instance: Instance, field: Field) -> Any:
    """Draw another value of the type of a field; none where that is not easily done."""
    value = json_of(view.derivation.computation.value(instance, field.name))
    if isinstance(field.type, t.BoolType):
        return not value
    if isinstance(field.type, t.EnumType):
        others = [word for word in field.type.words if word != value]
        return view.random.choice(others) if others else None
    off = view.random.choice((-1, 1)) * view.random.randint(1, FARTHEST_OFF)
    return value + off if isinstance(field.type, t.IntType) and isinstance(value, int) else None


def _hangs_on_a_sequence(view: View, instance: Instance, field: Field) -> bool:
    """Tell whether a value reads elements of a sequence: what is open there may make another value possible."""
    reached, seen = [(instance, field.name)], {(instance, field.name)}
    for _step in range(FARTHEST):
        reached = list(dict.fromkeys(each for one in reached for each in behind(view.derivation, *one) if each not in seen))
        seen.update(reached)
        if any(each.form is Form.ELEMENT and each.path.rpartition(".")[2].isdecimal() for each, _name in reached):
            return True
    return False


def claim_of_another_type(view: View) -> Iterator[Seed]:
    """Claim a word where a number comes out."""
    for path, _instance, field in view.derived:
        if isinstance(field.type, t.IntType):
            yield Seed("claim.type", pointer_to(CLAIMS, path), write(CLAIMS, path, value=view.invented()))


def claim_of_nothing(view: View) -> Iterator[Seed]:
    """Claim the value of a field that there is not."""
    path = view.invented()
    yield Seed("claim.unknown", pointer_to(CLAIMS, path), write(CLAIMS, path, value=ANY_NUMBER))


VALUES = {
    "reference unknown": reference_unknown,
    "reference misspelt": reference_misspelt,
    "reference of another kind": reference_of_another_kind,
    "reference not on offer": reference_not_on_offer,
    "number as text": number_as_text,
    "text as number": text_as_number,
    "truth as text": truth_as_text,
    "fraction": fraction,
    "beyond the range": beyond_the_range,
    "word unknown": word_unknown,
    "derived field set": derived_field_set,
    "claim off": claim_off,
    "claim of another type": claim_of_another_type,
    "claim of nothing": claim_of_nothing,
}
