"""Events and what content does on them: checked and lowered here, kept in a playbook, played by `rulecore.play`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rulecore.dsl import ast
from rulecore.dsl.effects import Effects
from rulecore.dsl.expressions import Expressions
from rulecore.dsl.scope import Scope
from rulecore.dsl.steps import Steps
from rulecore.formula import ast as f
from rulecore.formula import types as t
from rulecore.formula.traverse import rebuilt
from rulecore.model import play as m
from rulecore.model.rules import Playbook
from rulecore.names import label_of
from rulecore.source import Span


class Play:
    """Lowers events, hooks and the parts that somebody may use.

    Bodies stand under the shape in whose text they are; what a part has, under `shape/part`, the `place` of the part.
    """

    def __init__(self, expressions: Expressions) -> None:
        """Check values with the given expression checker."""
        self.expressions = expressions
        self.declared, self.report = expressions.declared, expressions.report
        self.members = expressions.program.members
        self.steps = Steps(expressions, Effects(expressions), self._nested)
        self._deeds: dict[str, list[m.Deed]] = {}
        self._responses: dict[str, dict[str, list[m.Response]]] = {}
        self._place = ""

    def playbook(self) -> Playbook:
        """Give all that was lowered."""
        deeds = {place: tuple(several) for place, several in self._deeds.items()}
        responses = {
            event: {place: tuple(several) for place, several in places.items()} for event, places in self._responses.items()
        }
        return Playbook(deeds, responses)

    def event(self, line: ast.Event, scope: Scope, gate: f.Formula | None = None, citation: str | None = None) -> None:
        """Lower an event that stands in the text of a shape."""
        self._add(scope.shape, self._happening(line, scope, gate, citation))

    def somewhere(self, line: ast.Event, pack: str, entities: Sequence[str]) -> None:
        """Lower an event for each entity to which it may happen; it is right where one of them has all that it names."""
        before = self.report.state()
        attempts = []
        for entity in entities:
            self.report.restore(before)
            deed = self._happening(line, Scope(f"entity {entity}", pack, (entity,)), None, None)
            attempts.append(self.report.state())
            if len(attempts[-1][0]) == len(before[0]):
                self._add(f"entity {entity}", deed)
        self.report.restore(min(attempts, key=lambda state: len(state[0]), default=before))

    def hook(self, line: ast.On, scope: Scope, gate: f.Formula | None = None) -> None:
        """Lower what the owner of a text does on an event; `as` names the event with its parameters."""
        place, event = self._place or scope.shape, str(line.path)
        if not self._is_declared(line, scope):
            self.steps.unknown_event(line.path)
            return
        scope = replace(scope, play=True)
        if line.alias is not None:
            scope = scope.bind(line.alias, f.Variable(t.InstanceType(f"event {event}"), line.alias))
        when = None if line.when is None else self.expressions.truth(line.when, scope)
        steps = self.steps.lower(line.body, scope)
        response = m.Response(event, steps, line.alias, _apart(gate), when, line.span)
        self._responses.setdefault(event, {}).setdefault(place, []).append(response)

    def part(self, lines: Sequence[ast.Statement], inside: Scope, place: str, span: Span, citation: str | None) -> None:
        """Lower what stands in a part beside the values of its fields: what it does on events, and what its use does.

        A part that is worked out only when asked for is there to be used, also where nothing of the document follows from it.
        """
        before, self._place = self._place, place
        steps = self.steps.lower(lines, inside)
        self._place = before
        if steps or self.expressions.program.is_on_read(t.InstanceType(inside.shape)):
            cited = next((line.text for line in lines if isinstance(line, ast.Cite)), citation)
            prose = next((line.text for line in lines if isinstance(line, ast.Prose)), None)
            self._add(place, m.Deed("", "", steps, is_event=False, citation=cited, text=prose, span=span))

    def _nested(self, line: ast.On | ast.Event, named: Scope, scope: Scope) -> None:
        """Lower a line inside a body that is no step of it; what a record in it does on its own events is asked for by name."""
        if isinstance(line, ast.Event):
            self._add(self._place or scope.shape, self._happening(line, scope, None, None))
        elif named is scope:
            self.hook(line, scope)
        elif self._is_declared(line, named):
            name = str(line.path)
            label = self.declared.events[name].label or label_of(name)
            deed = m.Deed(name, label, self.steps.lower(line.body, scope), span=line.span)
            self._add(self._place or scope.shape, deed)
        else:
            self.steps.unknown_event(line.path)

    def _happening(self, line: ast.Event, scope: Scope, gate: f.Formula | None, citation: str | None) -> m.Deed:
        """Lower an event with its parameters."""
        scope = replace(scope, play=True)
        parameters, inside = [], scope
        for each in line.parameters:
            of = self.expressions.hierarchy.type_of(each.type, scope.pack)
            default = None if each.default is None else self.expressions.check(each.default, scope, of)
            parameters.append(m.Parameter(each.name, of, default))
            inside = inside.bind_type(each.name, of)
        cited = next((inner.text for inner in line.body if isinstance(inner, ast.Cite)), citation)
        prose = next((inner.text for inner in line.body if isinstance(inner, ast.Prose)), None)
        label = line.label or label_of(line.name)
        steps = self.steps.lower(line.body, inside)
        return m.Deed(line.name, label, steps, tuple(parameters), True, _apart(gate), cited, prose, line.span)  # noqa: FBT003

    def _is_declared(self, line: ast.On, scope: Scope) -> bool:
        """Tell whether there is an event of this name: of the ruleset, or of a shape around the line."""
        name = line.path.names[-1]
        return len(line.path.names) == 1 and (name in self.declared.events or self._local_event(name, scope))

    def _local_event(self, name: str, scope: Scope) -> bool:
        for shape in (scope.shape, *scope.outers):
            for ancestor in self.expressions.hierarchy.ancestors.get(shape, (shape,)):
                owner = self.members.bodies.get(ancestor)
                if owner is not None and any(
                    isinstance(line, ast.Event) and line.name == name for segment in owner.segments for line in segment.lines
                ):
                    return True
        return False

    def _add(self, place: str, deed: m.Deed) -> None:
        self._deeds.setdefault(place, []).append(deed)


def _apart(gate: f.Formula | None) -> f.Formula | None:
    """Give a gate of the playbook's own: what it shared with the structure, every sheet would have to load."""
    return None if gate is None else rebuilt(gate)
