"""Events and what content does on them: names and types are checked here; a later layer plays them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rulecore.dsl import ast
from rulecore.dsl.declare import entry_name
from rulecore.dsl.effects import Effects
from rulecore.dsl.expressions import Expressions
from rulecore.dsl.kinds import UNKNOWN
from rulecore.dsl.member import Member
from rulecore.dsl.phrases import expand
from rulecore.dsl.scope import Scope
from rulecore.dsl.signatures import candidate
from rulecore.formula import ast as f
from rulecore.formula import types as t


class Play:
    """Checks the lines of events, hooks and cards."""

    def __init__(self, expressions: Expressions) -> None:
        """Check values with the given expression checker."""
        self.expressions = expressions
        self.declared, self.report = expressions.declared, expressions.report
        self.members = expressions.program.members
        self.effects = Effects(expressions)

    def event(self, line: ast.Event, scope: Scope) -> None:
        """Check the body of an event, with its parameters bound."""
        scope = replace(scope, play=True)
        for parameter in line.parameters:
            scope = scope.bind_type(parameter.name, self.parameter_type(parameter, scope.pack))
        self.lines(line.body, scope)

    def parameter_type(self, parameter: ast.Parameter, pack: str) -> t.Type:
        """Give the type of a parameter."""
        return self.expressions.hierarchy.type_of(parameter.type, pack)

    def hook(self, line: ast.On, scope: Scope) -> None:
        """Check what an owner does on an event; `as` names the event with its parameters."""
        scope = replace(scope, play=True)
        if len(line.path.names) == 1:
            declared = self.declared.events.get(line.path.names[0])
            local = self._local_event(line.path.names[0], scope)
            if declared is None and not local:
                self._unknown_event(line.path)
                return
            if line.alias is not None and declared is not None:
                assert isinstance(declared.node, ast.Event)
                scope = scope.bind(line.alias, f.Variable(t.InstanceType(f"event {declared.name}"), line.alias))
        if line.when is not None:
            self.expressions.truth(line.when, scope)
        self.lines(line.body, scope)

    def _local_event(self, name: str, scope: Scope) -> bool:
        for shape in (scope.shape, *scope.outers):
            body = self.members.bodies.get(shape)
            if body is None:
                continue
            for ancestor in self.expressions.hierarchy.ancestors.get(shape, (shape,)):
                owner = self.members.bodies.get(ancestor)
                if owner is not None and any(
                    isinstance(line, ast.Event) and line.name == name for segment in owner.segments for line in segment.lines
                ):
                    return True
        return False

    def _unknown_event(self, path: ast.Path) -> None:
        self.report.error("name.unknown", path.span, f"there is no event `{path}`", found=str(path), known=self.declared.events)

    def lines(self, lines: Sequence[ast.Statement], scope: Scope) -> None:
        """Check the lines of a body in order; `let` binds its name for those that follow."""
        for line in lines:
            if isinstance(line, ast.Let):
                scope = scope.bind(line.name, replace_type(self.expressions.check(line.value, scope), line.name))
            else:
                self.line(line, scope)

    def line(self, line: ast.Statement, scope: Scope) -> None:
        """Check one line."""
        scope = replace(scope, play=True)
        match line:
            case ast.Change():
                self._change(line, scope)
            case ast.Requires():
                self.expressions.truth(line.condition, scope)
            case ast.Raise():
                self._raise(line, scope)
            case ast.On():
                self.hook(line, scope)
            case ast.Insert():
                self._element(line.value, line.into, line.when, scope)
            case ast.Remove():
                self._element(line.value, line.path, line.when, scope)
            case ast.OpenLine():
                self._open(line, scope)
            case _:
                pass

    def _change(self, line: ast.Change, scope: Scope) -> None:
        for target in line.targets:
            if target.path.names[0] in scope.variables and scope.variables[target.path.names[0]].type == UNKNOWN:
                continue
            aim = self.effects.aim(target, scope)
            if aim is None:
                continue
            if aim.member.mode != "editable":
                self.report.error(
                    "change.derived",
                    target.span,
                    f"an event changes editable fields, and `{aim.member.name}` is {aim.member.mode}",
                    related=[("declared", aim.member.span)],
                )
                continue
            want = t.NumberType() if line.word == "by" else aim.member.type
            bound = aim.scope.bind_type("it", candidate(aim.of.type))
            self.expressions.check(line.value, bound, _wide(want))
            if line.when is not None:
                self.expressions.truth(line.when, bound)

    def _element(self, value: ast.Expression, path: ast.Path, when: ast.Expression | None, scope: Scope) -> None:
        """Check a line that puts something into a list or takes it out."""
        if when is not None:
            self.expressions.truth(when, scope)
        holders = self.expressions.places(scope)
        if len(path.names) > 1:
            holders = [self.expressions.resolve(ast.Path(path.span, path.names[:-1]), scope)]
        found = [each for of in holders for each in self.expressions.members_of(of, path.names[-1], scope)]
        lists = next((each for each in found if each.form == "collection" or isinstance(each.type, t.SetType)), None)
        if lists is None:
            if holders[0].type != UNKNOWN:
                self.report.error(
                    "grant.collection",
                    path.span,
                    f"there is no list `{path}`",
                    found=path.names[-1],
                    known=self.expressions.lookup.names_in(scope),
                )
            return
        self.expressions.check(value, scope, self._wanted(lists))

    def _wanted(self, lists: Member) -> t.Type | None:
        """Give the type of what stands for an element: the reference that it holds."""
        if isinstance(lists.type, t.SetType):
            return lists.type
        assert isinstance(lists.type, t.InstancesType)
        fields = self.members.of(lists.type.shape).by_key.values()
        return next((each.type for each in fields if isinstance(each.type, t.RefType)), None)

    def _raise(self, line: ast.Raise, scope: Scope) -> None:
        name = line.path.names[-1]
        declared = self.declared.events.get(name)
        if declared is None:
            self._unknown_event(line.path)
            return
        assert isinstance(declared.node, ast.Event)
        parameters = declared.node.parameters
        least = sum(1 for parameter in parameters if parameter.default is None)
        if not least <= len(line.arguments) <= len(parameters):
            shown = ", ".join(parameter.name for parameter in parameters)
            self.report.error(
                "event.arguments",
                line.span,
                f"`{name}` takes ({shown}), and here are {len(line.arguments)} values",
                expected=len(parameters),
            )
            return
        for parameter, argument in zip(parameters, line.arguments, strict=False):
            self.expressions.check(argument, scope, _wide(self.parameter_type(parameter, declared.pack)))
        if line.when is not None:
            self.expressions.truth(line.when, scope)

    def _open(self, line: ast.OpenLine, scope: Scope) -> None:
        if line.head in self.declared.phrases:
            for inner, place in expand(line, self.declared, self.expressions.hierarchy, self.report):
                with self.report.within(f"phrase `{line.head}`", place):
                    self.line(inner, scope)
        elif line.head in self.declared.records:
            if line.slots:
                for operand in (*line.operands, *(each for slot in line.slots for each in slot.operands)):
                    self._positional(operand, line.head, scope)
            elif entry_name(line) is None:
                self.report.error("part.name", line.span, f"a `{line.head}` line declares a part, so one name follows the word")
            self.lines([inner for inner in line.body if not isinstance(inner, ast.Meta)], _inside(scope, f"record {line.head}"))
        elif line.head not in self.declared.kinds:
            known = list(self.declared.heads())
            self.report.error(
                "line.unknown",
                line.span,
                f"a line cannot start with `{line.head}`: no kind, record or phrase has this name",
                found=line.head,
                known=known,
            )

    def _positional(self, operand: ast.Operand, record: str, scope: Scope) -> None:
        fields = [member for member in self.members.of(f"record {record}").by_key.values() if member.form == "field"]
        is_reference = isinstance(operand.value, ast.Path) and fields and isinstance(fields[0].type, t.RefType)
        want = fields[0].type if is_reference and self._names_entry(operand.value, fields[0].type) else None
        self.expressions.check(operand.value, scope, want)

    def _names_entry(self, path: ast.Expression, want: t.Type) -> bool:
        assert isinstance(path, ast.Path)
        assert isinstance(want, t.RefType)
        return any((kind, path.names[0]) in self.declared.entries for kind in self.expressions.hierarchy.subkinds(want.kind))


def replace_type(formula: f.Formula, name: str) -> f.Formula:
    """Give the variable that a `let` binds."""
    return f.Variable(formula.type, name)


def _inside(scope: Scope, record: str) -> Scope:
    return replace(scope, shape=record, outers=(scope.shape, *scope.outers), local={}, key_kind=None)


def _wide(of: t.Type) -> t.Type:
    match of:
        case t.IntType() | t.NumberType():
            return t.NumberType()
        case _:
            return of
