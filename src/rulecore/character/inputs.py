"""Edits of values: what they set has a slot, so that only what they change is computed. All other edits go another way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rulecore.character.edits import Edit, Remove, Set
from rulecore.character.patch import is_same
from rulecore.character.placement import PLAIN_KEYS, PREFIXED
from rulecore.character.values import jsonlike
from rulecore.derive import Derivation
from rulecore.derive.contents import FIELDS, NOTHING
from rulecore.derive.instance import Instance
from rulecore.derive.stored import Fault, read_stored
from rulecore.derive.written import beyond_constants
from rulecore.errors import FieldError
from rulecore.formula import types as t
from rulecore.formula.ast import Constant, Formula
from rulecore.model.shape import Field
from rulecore.model.strict import escape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

_INFINITY = float("inf")
_PLAIN = (int, str, bool)
_PLAIN_TYPES: dict[type, type] = {t.BoolType: bool, t.IntType: int}
_AMOUNTS = (t.IntType, t.NumberType, t.DiceType)


Step: TypeAlias = "tuple[Input, Any, Any, Any, Any]"
"""What one edit does to one input: the JSON before and after, `NOTHING` where none stands, and the value before and after."""
Steps: TypeAlias = "Sequence[Step]"


class PlanFailed(Exception):
    """A plan came to no end: a fault of ours. The document is as it was, the values are not."""


class _NoPlainValue:
    """The type of no value."""


class Input:
    """An editable field on which nothing depends but values: its slot, and its places in the document.

    Values of the type `plain` from `low` to `high` need no further look; other fields have no such values.
    """

    __slots__ = (
        "_also",
        "_place",
        "_plans",
        "_values",
        "_world",
        "field",
        "high",
        "key",
        "low",
        "path",
        "plain",
        "pointer",
        "slot",
        "unbounded",
    )

    def __init__(self, derivation: Derivation, slot: int, instance: Instance, field: Field) -> None:
        """Open the places where the document has the field."""
        self._place, self._also = derivation.contents.opened(instance, field.name)
        engine = derivation.engine
        self._plans, self._values, self._world = engine.plans, engine.values, engine.world
        self.slot, self.field, self.path = slot, field, instance.join(field.name)
        self.key = instance.home.prefix + field.name
        above = derivation.contents.is_named_above(instance, field.name)
        self.pointer = f"/{field.name}" if above else instance.home.pointer + escape(self.key)
        self.plain = _PLAIN_TYPES.get(type(field.type), _NoPlainValue)
        self.low, self.high = _limit(field.low, -_INFINITY), _limit(field.high, _INFINITY)
        self.unbounded = (self.low, self.high) == (-_INFINITY, _INFINITY)

    @property
    def written(self) -> Any:
        """What the document has written, or `NOTHING`."""
        return self._place.get(self.key, NOTHING)

    @property
    def value(self) -> Any:
        """What the document has written, as a value."""
        return self._values[self.slot]

    def write(self, new: Any) -> None:
        """Let the document have other JSON, or none."""
        for place in (self._place, self._also):
            if place is not None and new is NOTHING:
                place.pop(self.key, None)
            elif place is not None:
                place[self.key] = new

    def take(self, value: Any) -> Steps | None:
        """Write a plain value and bring up to date what hangs on it; none where the document has it already."""
        place, key, values = self._place, self.key, self._values
        old = place.get(key, NOTHING)
        if old == value and type(old) is type(value):
            return None
        before = values[self.slot]
        place[key] = value
        if self._also is not None:
            self._also[key] = value
        try:
            # What `Engine.set` does, without a call more.
            self._plans[self.slot](value)
        except Exception as error:
            self.write(old)
            raise PlanFailed(self.path) from error
        self._world.is_edited = True
        return ((self, old, value, before, value),)


def _limit(limit: Formula | None, otherwise: float) -> Any:
    """Give a bound that no document shifts: the only sort that refuses what lies beyond."""
    constant = limit.value if isinstance(limit, Constant) else None
    return otherwise if constant is None else constant


class Inputs:
    """The inputs of one derivation by path, and the steps that edits take on them."""

    def __init__(self, derivation: Derivation) -> None:
        """Know no input yet."""
        self._derivation = derivation
        self.known: dict[str, Input | None] = {}

    def input(self, path: str) -> Input | None:
        """Give the input that a path leads to, none where an edit of it may do more than move values."""
        if path not in self.known:
            self.known[path] = self._found(path)
        return self.known[path]

    def _found(self, path: str) -> Input | None:
        document = self._derivation.document
        try:
            instance, field = self._derivation.field(path)
        except FieldError:
            return None
        if not self._derivation.structure.is_input(instance, field.name):
            # Nor is there need of an engine to say so.
            return None
        home = instance.home
        if path.partition(".")[0] in PREFIXED or path in document.choices or not home.pointer:
            return None
        if not self._derivation.contents.is_named_above(instance, field.name):
            has_fields = isinstance(document.raw.get("fields"), dict) and home.prefix + field.name == path
            if path in PLAIN_KEYS or (home.pointer == FIELDS and not has_fields):
                return None
        slot = self._derivation.engine.input((instance, field.name))
        return None if slot is None else Input(self._derivation, slot, instance, field)

    # ---- from edits to steps

    def steps(self, edits: Sequence[Edit | Mapping[str, Any]]) -> Steps | None:
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
            found[step[0].pointer] = step
        return [step for step in found.values() if not is_same(step[1], step[2])]

    def _step(self, each: Input | None, value: Any, found: Mapping[str, Step]) -> Step | None:
        """Give the step from what stands for an input, before all edits, to a value; none where the value is not sound."""
        if each is None:
            return None
        new = value if type(value) in _PLAIN or value is NOTHING else jsonlike(value)
        after = self._read(each.field, new)
        _input, old, now, before, _after = found.get(each.pointer, (each, each.written, each.written, each.value, None))
        if isinstance(after, Fault) or (new is NOTHING and now is NOTHING):
            return None
        return each, old, new, before, after

    def _read(self, field: Field, new: Any) -> Any:
        """Give the value that JSON stands for, a fault where nobody may set it."""
        if new is NOTHING:
            return NOTHING
        value = read_stored(new, field.type, self._derivation.structure)
        if not isinstance(value, Fault) and isinstance(field.type, _AMOUNTS) and beyond_constants(field, value):
            return Fault("value.range", str(field.type))
        return value

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
        stands = (found[pointer][2] if pointer in found else each.written) is not NOTHING
        match operation.get("op"):
            case "add" | "replace" as word if "value" in operation and (stands or word == "add"):
                return self._step(each, operation["value"], found)
            case "remove" if stands:
                return self._step(each, NOTHING, found)
        return None
