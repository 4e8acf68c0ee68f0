"""The lines of a body as steps: what an event, a hook or the use of a part does to a document."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from rulecore.dsl import ast
from rulecore.dsl.declare import entry_name
from rulecore.dsl.effects import Effects
from rulecore.dsl.expressions import Expressions
from rulecore.dsl.kinds import UNKNOWN
from rulecore.dsl.member import Member
from rulecore.dsl.phrases import expand
from rulecore.dsl.scope import Scope
from rulecore.dsl.write_parts import expression as written
from rulecore.formula import ast as f
from rulecore.formula import types as t
from rulecore.model import play as m
from rulecore.model.shape import Binding

Nested = Callable[[ast.On | ast.Event, Scope, Scope], None]
"""Takes a line of a body that is none of its steps, with the scope in which its name is sought and that of its body."""


class Steps:
    """Lowers the lines of bodies; what stands in them without being a step is handed to somebody else."""

    def __init__(self, expressions: Expressions, effects: Effects, nested: Nested) -> None:
        """Check values with the given checkers."""
        self.expressions, self.effects, self._nested = expressions, effects, nested
        self.declared, self.report = expressions.declared, expressions.report
        self.members = expressions.program.members

    def lower(self, lines: Sequence[ast.Statement], scope: Scope) -> tuple[m.Step, ...]:
        """Give the steps of a body in order; `let` binds its name for the lines that follow."""
        scope = replace(scope, play=True)
        steps: list[m.Step] = []
        for line in lines:
            if isinstance(line, ast.Let):
                value = self.expressions.check(line.value, scope)
                scope = scope.bind_type(line.name, value.type)
                steps.append(m.Let(line.name, value))
            else:
                steps += self._steps(line, scope)
        return tuple(steps)

    def _steps(self, line: ast.Statement, scope: Scope) -> Iterator[m.Step]:
        match line:
            case ast.Change():
                yield from self._change(line, scope)
            case ast.Requires():
                words = line.message or f"it needs `{written(line.condition)}`"
                yield m.Demand(self.expressions.truth(line.condition, scope), words, None, line.span)
            case ast.Raise():
                yield from self._raise(line, scope)
            case ast.Insert() | ast.Remove():
                yield from self._element(line, scope)
            case ast.OpenLine():
                yield from self._open(line, scope)
            case ast.On() | ast.Event():
                self._nested(line, scope, scope)
            case _:
                pass

    def _change(self, line: ast.Change, scope: Scope) -> Iterator[m.Step]:
        for target in line.targets:
            first = scope.variables.get(target.path.names[0])
            aim = None if first is not None and first.type == UNKNOWN else self.effects.aim(target, scope)
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
            value = self.expressions.check(line.value, aim.scope, wide(want))
            when = None if line.when is None else self.expressions.truth(line.when, aim.scope)
            yield m.Alter(aim.of, aim.member.key, value, line.word == "by", target.every, aim.where, when, line.span)

    # ---- lists

    def _element(self, line: ast.Insert | ast.Remove, scope: Scope) -> Iterator[m.Step]:
        """Lower a line that puts something into a list or takes it out."""
        path = line.into if isinstance(line, ast.Insert) else line.path
        when = None if line.when is None else self.expressions.truth(line.when, scope)
        found = self._list(path, scope)
        if found is None:
            return
        holder, lists = found
        reference = None if isinstance(lists.type, t.SetType) else self._reference(lists)
        wanted = lists.type if reference is None else reference.type
        value = self.expressions.check(line.value, scope, wanted)
        name = None if reference is None else reference.key
        if isinstance(line, ast.Insert):
            bindings = self._bindings(line, lists, scope)
            yield m.Insert(holder, lists.key, name, value, bindings, when, line.span)
        else:
            yield m.Remove(holder, lists.key, name, value, when, line.span)

    def _list(self, path: ast.Path, scope: Scope) -> tuple[f.Formula, Member] | None:
        """Give what has the list that a path names, and the list: elements of a record, or an editable set."""
        holders = self.expressions.holders(path, scope)
        for of in holders:
            for each in self.expressions.members_of(of, path.names[-1], scope):
                if each.form == "collection" or (isinstance(each.type, t.SetType) and each.mode == "editable"):
                    return of, each
        if holders[0].type != UNKNOWN:
            self.report.error(
                "grant.collection",
                path.span,
                f"there is no list `{path}`",
                found=path.names[-1],
                known=self.expressions.lookup.names_in(scope),
            )
        return None

    def _reference(self, lists: Member) -> Member | None:
        """Give the field of an element that says which entry it stands for."""
        assert isinstance(lists.type, t.InstancesType)
        fields = self.members.of(lists.type.shape).by_key.values()
        return next((each for each in fields if each.form == "field" and isinstance(each.type, t.RefType)), None)

    def _bindings(self, line: ast.Insert, lists: Member, scope: Scope) -> tuple[Binding, ...]:
        if not isinstance(lists.type, t.InstancesType):
            return ()
        table = self.members.of(lists.type.shape)
        found = []
        for each in line.bindings:
            member = table.find(each.name)
            if member is None or member.mode != "editable":
                known = [name for name, other in table.by_key.items() if other.mode == "editable"]
                self.report.error(
                    "insert.field",
                    each.span,
                    f"an element of `{line.into}` has no editable field `{each.name}`",
                    found=each.name,
                    known=known,
                )
                continue
            found.append(Binding((member.key,), self.expressions.check(each.value, scope, wide(member.type))))
        return tuple(found)

    # ---- events

    def _raise(self, line: ast.Raise, scope: Scope) -> Iterator[m.Step]:
        name = line.path.names[-1]
        declared = self.declared.events.get(name)
        if declared is None:
            self.unknown_event(line.path)
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
        arguments = []
        for parameter, argument in zip(parameters, line.arguments, strict=False):
            of = self.expressions.hierarchy.type_of(parameter.type, declared.pack)
            arguments.append(self.expressions.check(argument, scope, wide(of)))
        when = None if line.when is None else self.expressions.truth(line.when, scope)
        yield m.Raise(name, self._whose(line.path, scope), tuple(arguments), when, line.span)

    def _whose(self, path: ast.Path, scope: Scope) -> f.Formula | None:
        """Give whose event it is; a bare name that nothing has stands for somebody else, whom the table knows."""
        above = path.names[:-1]
        if not above:
            return None
        if len(above) == 1 and above[0] not in scope.variables and above[0] not in self.declared.entities:
            return f.Constant(t.TextType(), above[0])
        return self.expressions.resolve(ast.Path(path.span, above), scope)

    def unknown_event(self, path: ast.Path) -> None:
        """Report an event that nobody has declared."""
        self.report.error("name.unknown", path.span, f"there is no event `{path}`", found=str(path), known=self.declared.events)

    # ---- lines that a pack has declared

    def _open(self, line: ast.OpenLine, scope: Scope) -> Iterator[m.Step]:
        if line.head in self.declared.phrases:
            for inner, place in expand(line, self.declared, self.expressions.hierarchy, self.report):
                with self.report.within(f"phrase `{line.head}`", place):
                    yield from self._steps(inner, scope)
        elif line.head in self.declared.records:
            self._record(line, scope)
        elif line.head not in self.declared.kinds:
            self.report.error(
                "line.unknown",
                line.span,
                f"a line cannot start with `{line.head}`: no kind, record or phrase has this name",
                found=line.head,
                known=list(self.declared.heads()),
            )

    def _record(self, line: ast.OpenLine, scope: Scope) -> None:
        """Check a record in a body: what stands below it on an event of the record happens when somebody says so."""
        if line.slots:
            for operand in (*line.operands, *(each for slot in line.slots for each in slot.operands)):
                self._positional(operand, line.head, scope)
        elif entry_name(line) is None:
            self.report.error("part.name", line.span, f"a `{line.head}` line declares a part, so one name follows the word")
        inside = replace(scope, shape=f"record {line.head}", outers=(scope.shape, *scope.outers), local={}, key_kind=None)
        for inner in line.body:
            if isinstance(inner, ast.On | ast.Event):
                self._nested(inner, inside, scope)

    def _positional(self, operand: ast.Operand, record: str, scope: Scope) -> None:
        fields = [member for member in self.members.of(f"record {record}").by_key.values() if member.form == "field"]
        is_reference = isinstance(operand.value, ast.Path) and fields and isinstance(fields[0].type, t.RefType)
        want = fields[0].type if is_reference and self._names_entry(operand.value, fields[0].type) else None
        self.expressions.check(operand.value, scope, want)

    def _names_entry(self, path: ast.Expression, want: t.Type) -> bool:
        assert isinstance(path, ast.Path)
        assert isinstance(want, t.RefType)
        return any((kind, path.names[0]) in self.declared.entries for kind in self.expressions.hierarchy.subkinds(want.kind))


def wide(of: t.Type) -> t.Type:
    """Give the type that a place of some type takes: numbers of any range, which is seen to when it happens."""
    return t.NumberType() if isinstance(of, t.IntType | t.NumberType) else of
