"""The inputs of a derivation, and the steps that edits take on them, so that only what they change is computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rulecore.character.input import Input, Step, Steps
from rulecore.character.ledger import Ledger, Take
from rulecore.character.patch import is_same
from rulecore.character.placement import PLAIN_KEYS, PREFIXED
from rulecore.character.values import jsonlike
from rulecore.derive import Derivation
from rulecore.derive.contents import FIELDS, NOTHING
from rulecore.derive.stored import Fault, read_stored
from rulecore.derive.written import beyond_constants
from rulecore.errors import FieldError
from rulecore.formula import types as t
from rulecore.model.edit import Edit, Remove, Set
from rulecore.model.shape import Field

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_PLAIN = (int, str, bool)
_AMOUNTS = (t.IntType, t.NumberType, t.DiceType)


class Inputs:
    """The inputs of one derivation by path, and the steps that edits take on them."""

    def __init__(self, derivation: Derivation, ledger: Ledger) -> None:
        """Know no input yet; a ledger is told of the plain values that inputs take."""
        self._derivation, self._ledger = derivation, ledger
        self._known: dict[str, Input | None] = {}
        self.takes: dict[str, Take] = {}

    def input(self, path: str) -> Input | None:
        """Give the input that a path leads to, none where an edit of it may do more than move values."""
        if path not in self._known:
            found = self._known[path] = self._found(path)
            if found is not None and found.plain is not None:
                self.takes[path] = self._ledger.taking(found)
        return self._known[path]

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
