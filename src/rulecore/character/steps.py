"""Edits of values: what they set has a slot, so that only what they change is computed. All other edits go another way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rulecore.character.edits import Edit, Remove, Set
from rulecore.character.placement import PLAIN_KEYS, PREFIXED
from rulecore.character.values import jsonlike, plain
from rulecore.dataclass import dataclass
from rulecore.derive import Derivation
from rulecore.derive.contents import FIELDS, NOTHING
from rulecore.derive.instance import Instance
from rulecore.derive.stored import Fault, read_stored
from rulecore.derive.written import beyond_constants
from rulecore.errors import FieldError
from rulecore.formula import types as t
from rulecore.model.shape import Field
from rulecore.model.strict import escape

_PLAIN = (int, str, bool)


@dataclass(frozen=True, slots=True)
class Input:
    """An editable field on which nothing depends but values: its slot, and the pointer of its place in the document."""

    slot: int
    instance: Instance
    field: Field
    pointer: str


@dataclass(frozen=True, slots=True)
class Step:
    """What one edit does to one input: the JSON before and after, `NOTHING` where none stands, and the value before and after."""

    input: Input
    old: Any
    new: Any
    before: Any
    after: Any


class Steps:
    """The inputs of one derivation by path, and the steps that edits take on them."""

    def __init__(self, derivation: Derivation) -> None:
        """Know no input yet."""
        self._derivation = derivation
        self._inputs: dict[str, Input | None] = {}

    def input(self, path: str) -> Input | None:
        """Give the input that a path leads to, none where an edit of it may do more than move values."""
        if path not in self._inputs:
            self._inputs[path] = self._found(path)
        return self._inputs[path]

    def _found(self, path: str) -> Input | None:
        document = self._derivation.document
        try:
            instance, field = self._derivation.field(path)
        except FieldError:
            return None
        home = instance.home
        is_plain = path in PLAIN_KEYS or path.partition(".")[0] in PREFIXED or path in document.choices
        key = home.prefix + field.name
        in_document = home.pointer != FIELDS or (key == path and isinstance(document.raw.get("fields"), dict))
        if is_plain or not in_document or not home.pointer:
            return None
        slot = self._derivation.engine.slot((instance, field.name))
        return None if slot is None else Input(slot, instance, field, home.pointer + escape(key))

    # ---- from edits to steps

    def of_edits(self, edits: Sequence[Edit | Mapping[str, Any]]) -> list[Step] | None:
        """Give the steps of edits, none where one of them is more than a sound value for an input."""
        found: dict[str, Step] = {}
        for edit in edits:
            if isinstance(edit, Set):
                step = self._step(self.input(edit.path), edit.value, found)
            elif isinstance(edit, Remove):
                step = self._step(self.input(edit.path), NOTHING, found)
            else:
                step = self._of_operation(edit, found) if isinstance(edit, Mapping) else None
            if step is None:
                return None
            found[step.input.pointer] = step
        return [step for step in found.values() if not _same(step.old, step.new)]

    def of_patch(self, patch: Iterable[Mapping[str, Any]]) -> list[Step] | None:
        """Give the steps of a JSON Patch, none where it does more than put sound values in place of others."""
        return self.of_edits(tuple(patch))

    def _of_operation(self, operation: Mapping[str, Any], found: Mapping[str, Step]) -> Step | None:
        pointer = operation.get("path")
        if not isinstance(pointer, str) or not pointer.startswith("/"):
            return None
        try:
            each = self.input(self._derivation.document.path(pointer))
        except (ValueError, IndexError):
            return None
        if each is None or each.pointer != pointer:
            return None
        known = found.get(pointer)
        standing = self._derivation.contents.written(each.instance, each.field.name) if known is None else known.new
        stands = standing is not NOTHING
        match operation.get("op"):
            case "add" | "replace" as word if "value" in operation and (stands or word == "add"):
                return self._step(each, operation["value"], found)
            case "remove" if stands:
                return self._step(each, NOTHING, found)
        return None

    def _step(self, each: Input | None, value: Any, found: Mapping[str, Step]) -> Step | None:
        """Give the step from what stands for an input to a value, from an earlier step on; none where the value is not sound."""
        if each is None:
            return None
        new = value if type(value) in _PLAIN or value is NOTHING else jsonlike(value)
        after = self._read(each, new)
        known = found.get(each.pointer)
        if after is None or known is not None:
            return None if known is None or after is None else Step(each, known.old, new, known.before, after[0])
        old = self._derivation.contents.written(each.instance, each.field.name)
        before = self._derivation.engine.values[each.slot]
        if new is NOTHING and old is NOTHING:
            return None
        return Step(each, old, new, before, after[0])

    def _read(self, each: Input, new: Any) -> tuple[Any] | None:
        if new is NOTHING:
            return (NOTHING,)
        field = each.field
        if type(new) is int and isinstance(field.type, t.IntType):
            value: Any = new
        else:
            value = read_stored(new, field.type, self._derivation.structure)
        numbers = isinstance(field.type, t.IntType | t.NumberType | t.DiceType)
        if isinstance(value, Fault) or (numbers and beyond_constants(field, value)):
            return None
        return (value,)

    # ---- doing them

    def take(self, steps: Sequence[Step]) -> None:
        """Write the steps into the document, and bring everything up to date that hangs on them."""
        contents, engine = self._derivation.contents, self._derivation.engine
        for step in steps:
            contents.write(step.input.instance, step.input.field.name, step.new)
            engine.set(step.input.slot, step.after)
        self._derivation.edited()

    def told(self, steps: Sequence[Step]) -> tuple[dict[str, tuple[Any, Any]], int]:
        """Tell what steps that were taken last have changed, and how many fields they evaluated: they are taken once more."""
        engine = self._derivation.engine
        for step in reversed(steps):
            engine.set(step.input.slot, step.before)
        return self._traced(steps)

    def imagined(self, steps: Sequence[Step]) -> tuple[dict[str, tuple[Any, Any]], int]:
        """Tell what steps would change, and leave everything as it is."""
        found = self._traced(steps)
        for step in reversed(steps):
            self._derivation.engine.set(step.input.slot, step.before)
        return found

    def _traced(self, steps: Sequence[Step]) -> tuple[dict[str, tuple[Any, Any]], int]:
        was: dict[tuple[Instance, str], Any] = {}
        count = 0
        for step in steps:
            evaluated, old = self._derivation.engine.trace(step.input.slot, step.after)
            count += len(evaluated)
            was = old | was
        value = self._derivation.computation.value
        both = {key[0].join(key[1]): (plain(old), plain(value(*key))) for key, old in was.items()}
        return {path: values for path, values in both.items() if values[0] != values[1]}, count


def _same(old: Any, new: Any) -> bool:
    """Tell whether two JSON values are one, as a patch sees it: 1 is neither true nor 1.0."""
    return old is new or (old == new and repr(old) == repr(new))


def patch_of(steps: Sequence[Step]) -> tuple[dict[str, Any], ...]:
    """Give the JSON Patch that steps are for the document."""
    return tuple(_operation(step.input.pointer, step.old, step.new) for step in steps)


def inverse_of(steps: Sequence[Step]) -> tuple[dict[str, Any], ...]:
    """Give the JSON Patch that takes steps back."""
    return tuple(_operation(step.input.pointer, step.new, step.old) for step in steps)


def _operation(pointer: str, old: Any, new: Any) -> dict[str, Any]:
    if new is NOTHING:
        return {"op": "remove", "path": pointer}
    return {"op": "add" if old is NOTHING else "replace", "path": pointer, "value": jsonlike(new)}
