"""One course of things: something is done, all that answers to it answers, and then follows what it calls for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rulecore.dataclass import dataclass
from rulecore.derive import Derivation
from rulecore.derive.instance import Instance
from rulecore.errors import Refused
from rulecore.finding import Finding
from rulecore.formula.scalar import Scope, evaluate
from rulecore.model.edit import Edit
from rulecore.model.play import Deed, Demand
from rulecore.model.sheet import json_of
from rulecore.play.arguments import filled, read_arguments
from rulecore.play.dice import Source
from rulecore.play.intentions import Call, Intentions, Unmet, intentions
from rulecore.play.places import event_of, found, path_of, responses
from rulecore.play.resolve import resolved
from rulecore.play.world import Happened, Roll, Scene, Table

Following = Callable[[Derivation, Sequence[Edit]], Derivation]
"""Gives the derivation to which edits of another one lead; Refused where they may not be made."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, by its path or name, with its arguments as JSON; `to` says to whom, none: to this document.

    Of others a list may be meant: `insert` and `remove` have the name of the `list`, and the `entry` that comes or goes.
    """

    name: str
    arguments: Mapping[str, Any]
    to: str | None = None


class Course:
    """What was done, in order: the `edits` of the document, the `events`, the `rolls`, and what was `sent` to others."""

    def __init__(self, derivation: Derivation, following: Following, dice: Source | None) -> None:
        """Start from a derivation, which stays as it is."""
        self._now, self._following, self._table = derivation, following, Table(dice)
        self.edits: list[Edit] = []
        self.events: list[Event] = []
        self.sent: list[Event] = []

    @property
    def rolls(self) -> tuple[Roll, ...]:
        """All rolls, in order."""
        return tuple(self._table.rolls)

    def do(self, name: str, given: Mapping[str, Any]) -> None:
        """Do what a path or the name of an event says, with arguments as JSON."""
        meant = found(self._now, name)
        if not isinstance(meant, tuple):
            raise _unknown(name, meant)
        instance, deed = meant
        scope = Scope(Scene(self._now, self._table), instance)
        arguments = read_arguments(deed.parameters, given, self._now, scope)
        self._happen(deed.name, path_of(instance, deed), instance, deed, arguments)

    def _happen(self, event: str, path: str, instance: Instance, deed: Deed | None, arguments: dict[str, Any]) -> None:
        """Let something happen, with all that answers to it, and then all that it calls for."""
        self.events.append(Event(path, _shown(arguments)))
        scene = Scene(self._now, self._table)
        try:
            wanted = intentions(() if deed is None else deed.steps, scene, instance, arguments)
        except Unmet as unmet:
            raise _refused(unmet.demand, path, None if deed is None else deed.citation) from None
        if event:
            self._answer(event, scene, Happened(arguments), wanted)
        edits = resolved(wanted, self._now)
        if edits:
            self._now = self._following(self._now, edits)
            self.edits += edits
        for each in wanted.abroad:
            told = {"list": each.name, "entry": each.entry.name, **dict(each.others)}
            self.sent.append(Event("remove" if each.out else "insert", _shown(told), each.to))
        for call in wanted.calls:
            self._follow(call)

    def _answer(self, event: str, scene: Scene, happened: Happened, wanted: Intentions) -> None:
        """Add what all that answer to an event want; one whose own demands do not hold does nothing."""
        for instance, response in responses(self._now, event):
            variables = {} if response.alias is None else {response.alias: happened}
            if response.when is not None and not evaluate(response.when, Scope(scene, instance, variables)):
                continue
            try:
                wanted.join(intentions(response.steps, scene, instance, variables))
            except Unmet:
                continue

    def _follow(self, call: Call) -> None:
        instance, deed = event_of(self._now, call.event, call.near)
        parameters = () if deed is None else deed.parameters
        if deed is None:
            declared = self._now.rules.events[call.event].parameters
            arguments = {name: value for (name, _of), value in zip(declared, call.arguments, strict=False)}
        else:
            arguments = filled(parameters, call.arguments, Scope(Scene(self._now, self._table), instance))
        if call.to is not None:
            self.sent.append(Event(call.event, _shown(arguments), call.to))
        else:
            path = call.event if deed is None else path_of(instance, deed)
            self._happen(call.event, path, instance, deed, arguments)


def perform(
    derivation: Derivation,
    following: Following,
    name: str,
    given: Mapping[str, Any] | None = None,
    dice: Source | None = None,
) -> Course:
    """Do something, and give what came of it; the derivation stays as it is. Refused says why it cannot be done."""
    course = Course(derivation, following, dice)
    course.do(name, given or {})
    return course


def _shown(arguments: Mapping[str, Any]) -> dict[str, Any]:
    return {name: json_of(value) for name, value in arguments.items()}


def _unknown(name: str, near: str | None) -> Refused:
    return Refused(
        "nothing was changed", [Finding("act.unknown", f"nothing called {name!r} can be done now", found=name, nearest=near)]
    )


def _refused(demand: Demand, path: str, citation: str | None) -> Refused:
    finding = Finding("act.requires", f"{path}: {demand.words}", span=demand.span, found=path, citation=citation)
    return Refused("nothing was changed", [finding])
