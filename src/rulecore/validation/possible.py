"""What a derived number could be besides: by what a person may still write into the elements of a sequence that it is made of."""

from __future__ import annotations

from collections.abc import Iterator

from rulecore.dataclass import dataclass
from rulecore.derive.contents import NOTHING
from rulecore.derive.explain import pointer_of
from rulecore.derive.instance import Form, Instance
from rulecore.derive.supposing import supposing
from rulecore.derive.tracing import FARTHEST, behind
from rulecore.finding import Fix, Safety
from rulecore.formula import types as t
from rulecore.formula.scalar import Scope, evaluate
from rulecore.formula.values import number
from rulecore.model.shape import Field, Mode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rulecore.derive.compute import Computation
    from rulecore.derive.derivation import Derivation

Key = tuple[Instance, str]

WIDEST = 30
"""How many values an input may have to be tried."""


@dataclass(frozen=True, slots=True)
class Input:
    """An integer that nobody has written yet: the lawful values, each with what it would add to the number in question."""

    key: Key
    gains: tuple[tuple[int, int], ...]

    @property
    def least(self) -> int:
        """Give the least that it adds."""
        return min(0, *(gain for _value, gain in self.gains))

    @property
    def most(self) -> int:
        """Give the most that it adds."""
        return max(0, *(gain for _value, gain in self.gains))


@dataclass(frozen=True, slots=True)
class Possible:
    """The span of a derived number, from the least to the most that its inputs allow; as it stands it is `now`."""

    field: Key
    now: int
    inputs: tuple[Input, ...]

    @property
    def least(self) -> int:
        """Give the least it could be."""
        return self.now + sum(each.least for each in self.inputs)

    @property
    def most(self) -> int:
        """Give the most it could be."""
        return self.now + sum(each.most for each in self.inputs)

    @property
    def words(self) -> str:
        """Say which inputs these are."""
        labels = dict.fromkeys(instance.fields[name].label for instance, name in (each.key for each in self.inputs))
        return " and ".join(f"{label!r}" for label in labels)

    def reaching(self, derivation: Derivation, wanted: int) -> tuple[Fix, ...]:
        """Give the fix that writes into the inputs what makes the number as wanted, if there is one."""
        left = wanted - self.now
        chosen: dict[Key, int] = {}
        for each in self.inputs:
            value, gain = min(each.gains, key=lambda found: (abs(left - found[1]), found[0]))
            if left and abs(left - gain) < abs(left):
                chosen[each.key], left = value, left - gain
        if left or supposing(derivation, chosen).value(*self.field) != wanted:
            return ()
        patch: list[dict[str, Any]] = [{"op": "test", "path": "/kind", "value": derivation.document.kind}]
        patch += [{"op": "add", "path": pointer_of(*key), "value": value} for key, value in chosen.items()]
        return (Fix(f"write {self.words} so that it is {wanted}", Safety.LIKELY, tuple(patch)),)


def possible(derivation: Derivation, instance: Instance, field: Field) -> Possible | None:
    """Give the span of a derived integer; none where nothing that is not written yet could move it."""
    if not isinstance(field.type, t.IntType) or field.mode is not Mode.DERIVED:
        return None
    key = (instance, field.name)
    now = int(number(derivation.computation.value(*key)))
    found = []
    for each in _inputs(derivation, key):
        gains = tuple((value, _with(derivation, each, value, key) - now) for value in _lawful(derivation, each))
        if any(gain for _value, gain in gains):
            found.append(Input(each, gains))
    return Possible(key, now, tuple(found)) if found else None


def _with(derivation: Derivation, each: Key, value: int, key: Key) -> int:
    return int(number(supposing(derivation, {each: value}).value(*key)))


def _inputs(derivation: Derivation, key: Key) -> Iterator[Key]:
    """Give the unwritten integers with bounds, of elements of sequences, that a value reads on its way down."""
    reached, seen = [key], {key}
    for _step in range(FARTHEST):
        reached = list(dict.fromkeys(each for one in reached for each in behind(derivation, *one) if each not in seen))
        seen.update(reached)
        yield from (each for each in reached if _is_input(derivation, *each))


def _is_input(derivation: Derivation, instance: Instance, name: str) -> bool:
    field = instance.fields.get(name)
    if field is None or field.mode is not Mode.EDITABLE or instance.form is not Form.ELEMENT:
        return False
    bounded = isinstance(field.type, t.IntType) and field.low is not None and field.high is not None
    return bounded and _is_ordered(instance) and derivation.contents.written(instance, name) is NOTHING


def _is_ordered(instance: Instance) -> bool:
    """Tell whether an element is one of a sequence: elements of those are named by their places."""
    return instance.path.rpartition(".")[2].isdecimal()


def _lawful(derivation: Derivation, key: Key) -> list[int]:
    instance, name = key
    field = instance.fields[name]
    scope = Scope(derivation.computation, instance)
    low, high = (int(number(evaluate(bound, scope))) for bound in (field.low, field.high) if bound is not None)
    values = range(low, min(high, low + WIDEST) + 1)
    return [value for value in values if _keeps_laws(supposing(derivation, {key: value}), instance)]


def _keeps_laws(world: Computation, instance: Instance) -> bool:
    return all(evaluate(law.requirement.condition, Scope(world, instance)) for law in instance.laws)
