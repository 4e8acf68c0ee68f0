"""What the steps of a body want to do to a document, read off one sheet; nothing is done yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from rulecore.dataclass import dataclass, field
from rulecore.derive.instance import Instance
from rulecore.formula.ast import Formula
from rulecore.formula.scalar import Scope, evaluate
from rulecore.formula.values import entry_of, many
from rulecore.model import play as m
from rulecore.model.entry import Entry
from rulecore.play.world import Scene, Somebody


class Unmet(Exception):
    """A demand of a body does not hold."""

    def __init__(self, demand: m.Demand) -> None:
        """Keep the demand."""
        super().__init__(demand.words)
        self.demand = demand


@dataclass(frozen=True, slots=True)
class Altered:
    """A field that is to have a value, or with `by` so much more."""

    instance: Instance
    name: str
    value: Any
    by: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry that is to be in a list, or with `out` no more; `others` are values of other fields of its element."""

    holder: Instance
    name: str
    reference: str | None
    entry: Entry
    out: bool = False
    others: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Call:
    """An event that is to follow: by whom it is called for, whose it is (none: of this document), and its arguments in order."""

    event: str
    near: Instance
    to: str | None
    arguments: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Abroad:
    """An entry that is to come into a list of somebody else, or with `out` to go."""

    to: str
    name: str
    entry: Entry
    out: bool
    others: tuple[tuple[str, Any], ...]


@dataclass(slots=True)
class Intentions:
    """All that one body wants."""

    altered: list[Altered] = field(default_factory=list)
    listed: list[Listed] = field(default_factory=list)
    abroad: list[Abroad] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)

    def join(self, other: Intentions) -> None:
        """Want all that another body wants, too."""
        self.altered += other.altered
        self.listed += other.listed
        self.abroad += other.abroad
        self.calls += other.calls


def intentions(steps: Iterable[m.Step], scene: Scene, owner: Instance, variables: dict[str, Any]) -> Intentions:
    """Read what a body wants, for its owner and with some names bound; Unmet where one of its demands does not hold."""
    wanted = Intentions()
    scope = Scope(scene, owner, variables)
    for step in steps:
        match step:
            case m.Let():
                scope = scope.bind(step.name, evaluate(step.value, scope))
            case m.Demand():
                if not evaluate(step.condition, scope):
                    raise Unmet(step)
            case m.Alter():
                wanted.altered += _altered(step, scope)
            case m.Insert() | m.Remove():
                if _holds(step.when, scope):
                    _list(step, scope, wanted)
            case m.Raise():
                if _holds(step.when, scope):
                    wanted.calls.append(_call(step, scope))
    return wanted


def _holds(when: Formula | None, scope: Scope) -> bool:
    return when is None or bool(evaluate(when, scope))


def _altered(step: m.Alter, scope: Scope) -> Iterator[Altered]:
    for it in many(evaluate(step.of, scope)):
        instance = it if isinstance(it, Instance) else scope.world.standing(it)
        if instance is None or step.field not in instance.fields:
            continue
        inside = scope.bind("it", it) if step.every else scope
        if _holds(step.where, inside) and _holds(step.when, inside):
            yield Altered(instance, step.field, evaluate(step.value, inside), step.by)


def _list(step: m.Insert | m.Remove, scope: Scope, wanted: Intentions) -> None:
    entries = [each for each in map(entry_of, many(evaluate(step.value, scope))) if each is not None]
    out = isinstance(step, m.Remove)
    name = step.out_of if isinstance(step, m.Remove) else step.into
    bindings = () if isinstance(step, m.Remove) else step.bindings
    others = tuple((each.path[0], evaluate(each.value, scope)) for each in bindings)
    for holder in many(evaluate(step.holder, scope)):
        if isinstance(holder, Somebody):
            wanted.abroad += [Abroad(holder.path, name, entry, out, others) for entry in entries]
            continue
        instance = holder if isinstance(holder, Instance) else scope.world.standing(holder)
        if instance is not None and (name in instance.collections or name in instance.fields):
            wanted.listed += [Listed(instance, name, step.reference, entry, out, others) for entry in entries]


def _call(step: m.Raise, scope: Scope) -> Call:
    whose = None if step.to is None else evaluate(step.to, scope)
    arguments = tuple(evaluate(each, scope) for each in step.arguments)
    to = whose.path if isinstance(whose, Somebody) else whose
    return Call(step.event, scope.this, to if isinstance(to, str) else None, arguments)
