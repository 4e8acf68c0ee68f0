"""What a person is asked beside choices: fields to set, with ways to do so, and lists with room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rulecore.dsl import ast
from rulecore.dsl.declare import Segment
from rulecore.dsl.effects import Aim, Effects
from rulecore.dsl.expressions import Expressions
from rulecore.dsl.layouts import Layouts
from rulecore.dsl.scope import Scope
from rulecore.dsl.signatures import candidate
from rulecore.formula import ast as f
from rulecore.formula import types as t
from rulecore.model import rules as r


class Interviews:
    """Lowers interviews."""

    def __init__(self, expressions: Expressions, layouts: Layouts) -> None:
        """Check what is asked with the given expression checker, and what is shown as layouts do."""
        self.expressions, self.layouts = expressions, layouts
        self.declared, self.report = expressions.declared, expressions.report
        self.effects = Effects(expressions)

    def interview(self, name: str, segments: Sequence[Segment]) -> tuple[r.Asked, ...]:
        """Give the questions of an entity, in the order in which packs have written them."""
        if name not in self.declared.entities:
            span = segments[0].lines[0].span
            message = f"there is no entity `{name}` to ask about"
            self.report.error("interview.unknown", span, message, found=name, known=self.declared.entities)
            return ()
        found = []
        for segment in segments:
            scope = Scope(f"entity {name}", segment.pack, (name,))
            asked = (self._asked(line, scope) for line in segment.lines if isinstance(line, ast.Ask))
            found += [each for each in asked if each is not None]
        return tuple(found)

    def _asked(self, line: ast.Ask, scope: Scope) -> r.Asked | None:
        aim = self.effects.aim(line.target, scope, ("field", "collection"))
        if aim is None or not self._may_be_set(aim, line):
            return None
        text = next((each.text for each in line.body if isinstance(each, ast.Prose)), None)
        if aim.member.form == "collection" and line.held is not None:
            return self._list(line, aim, scope, text)
        if line.held is not None:
            message = f"`{aim.member.name}` is no list, so it has no room for elements"
            self.report.error("ask.room", line.target.span, message, found=aim.member.form)
            return None
        ways = tuple(self._way(each, aim, scope) for each in line.body if isinstance(each, ast.Way))
        shown = tuple(self.layouts.columns(line.body, scope))
        return r.Asked(aim.of, aim.member.key, line.label, aim.where, shown=shown, ways=ways, text=text)

    def _may_be_set(self, aim: Aim, line: ast.Ask) -> bool:
        if isinstance(aim.member.node, ast.Field) and aim.member.node.mode == "editable":
            return True
        self.report.error(
            "ask.editable",
            line.target.span,
            f"`{aim.member.name}` cannot be asked for: no person sets it",
            hint="ask for an editable field",
            related=[("declared", aim.member.span)],
        )
        return False

    def _list(self, line: ast.Ask, aim: Aim, scope: Scope, text: str | None) -> r.Asked | None:
        """Give a list with room; what it takes is the first entry that a person names in an element."""
        kind = self._kind(aim)
        if kind is None:
            message = f"the elements of `{aim.member.name}` name no entry, so none can be picked"
            self.report.error("ask.room", line.target.span, message, related=[("declared", aim.member.span)])
            return None
        of = candidate(aim.of.type)
        counted = scope.bind_type("it", of)
        held, most = (self.expressions.check(each, counted, t.IntType()) for each in (line.held, line.most) if each is not None)
        bound = scope.bind_type("it", t.RefType(kind)).bind_type("owner", of)
        offered = None if line.where is None else self.expressions.truth(line.where, bound)
        shown = tuple(self.layouts.columns(line.body, bound))
        return r.Asked(aim.of, aim.member.key, line.label, aim.where, held, most, offered, shown, text=text)

    def _kind(self, aim: Aim) -> str | None:
        if not isinstance(aim.member.type, t.InstancesType):
            return None
        members = self.expressions.program.members.of(aim.member.type.shape).by_key.values()
        fields = (each for each in members if isinstance(each.node, ast.Field) and each.mode == "editable")
        return next((each.type.kind for each in fields if isinstance(each.type, t.RefType)), None)

    def _way(self, line: ast.Way, aim: Aim, scope: Scope) -> r.Way:
        values = tuple(self.expressions.check(each, scope, aim.member.type) for each in line.values)
        laws = tuple(self._laws(line, scope))
        shown = tuple(self.layouts.columns(line.body, scope))
        text = next((each.text for each in line.body if isinstance(each, ast.Prose)), None)
        cited = next((each.text for each in line.body if isinstance(each, ast.Cite)), None)
        return r.Way(line.label, values, laws, shown, text, cited)

    def _laws(self, line: ast.Way, scope: Scope) -> Iterator[tuple[f.Formula, str]]:
        for each in line.body:
            if isinstance(each, ast.Requires):
                yield self.expressions.truth(each.condition, scope), each.message or line.label
