"""Effect lines: what they write to, whether they may, and with what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rulecore.dsl import arithmetic, ast
from rulecore.dsl.expressions import Expressions
from rulecore.dsl.fitting import plain
from rulecore.dsl.kinds import UNKNOWN
from rulecore.dsl.member import Member
from rulecore.dsl.scope import Scope
from rulecore.dsl.signatures import candidate
from rulecore.dsl.strata import conjunction
from rulecore.formula import ast as f
from rulecore.formula import types as t
from rulecore.model.effect import Effect, Operation

EffectLine = ast.Base | ast.Add | ast.Set | ast.Multiply


@dataclass(frozen=True, slots=True)
class Aim:
    """A resolved target: the instances, the field, and `it` for each of them."""

    of: f.Formula
    member: Member
    where: f.Formula | None
    scope: Scope


class Effects:
    """Lowers effect lines; `when` of the blocks around them is joined to their own."""

    def __init__(self, expressions: Expressions) -> None:
        """Check values with the given expression checker."""
        self.expressions = expressions
        self.report = expressions.report

    def lower(self, line: EffectLine, scope: Scope, around: f.Formula | None, citation: str | None) -> list[Effect]:
        """Give the effects of a line, one for each of its targets."""
        clauses = line.clauses
        self._check_lasting(clauses)
        targets = (ast.Target(line.path.span, line.path),) if isinstance(line, ast.Base) else line.targets
        effects: list[Effect] = []
        for target in targets:
            aim = self.aim(target, scope)
            if aim is None or not self._may_change(aim.member, target):
                continue
            operation = _operation(line)
            if not self._has_meaning(operation, aim.member.type, line):
                continue
            value = self._value(line, operation, aim)
            cap, turn = self._cap(line, aim), self._turn(line, aim)
            own = None if clauses.when is None else self.expressions.truth(clauses.when, aim.scope)
            effects.append(
                Effect(
                    aim.of,
                    aim.member.key,
                    operation,
                    value,
                    aim.where,
                    conjunction(around, own),
                    cap,
                    line.stack if isinstance(line, ast.Add) else None,
                    _situation(clauses),
                    line.label if isinstance(line, ast.Base) else None,
                    citation,
                    line.span,
                    turn,
                )
            )
        return effects

    def _check_lasting(self, clauses: ast.Clauses) -> None:
        declared, units = self.expressions.declared, self.expressions.hierarchy.units
        if clauses.until is not None and str(clauses.until) not in declared.events:
            found = str(clauses.until)
            self.report.error(
                "name.unknown", clauses.until.span, f"there is no event `{found}`", found=found, known=declared.events
            )
        suffix = None if clauses.lasts is None else clauses.lasts.suffix
        if clauses.lasts is not None and suffix is not None and suffix not in units:
            self.report.error("type.unit", clauses.lasts.span, f"there is no unit `{suffix}`", found=suffix, known=units)

    def aim(self, target: ast.Target, scope: Scope, forms: Sequence[str] = ("field",)) -> Aim | None:
        """Resolve a target to instances and a field of theirs, or what else `forms` names; a fault is reported."""
        names = target.path.names
        if target.every:
            return self._aim_every(target, scope)
        if len(names) == 1:
            return self._aim_bare(names[0], target, scope, forms)
        of = self.expressions.resolve(ast.Path(target.path.span, names[:-1]), scope)
        return self._aim_field(of, names[-1], target, scope)

    def _aim_every(self, target: ast.Target, scope: Scope) -> Aim | None:
        path = target.path
        of = self.expressions.everything(path, scope)
        if of.type == UNKNOWN:
            return None
        head = (
            2
            if isinstance(of, f.Everything)
            and of.by == "entry"
            and len(path.names) > 1
            and path.names[0] in of.name.split(".")[:1]
            else 1
        )
        if len(path.names) == head:
            self.report.error(
                "effect.field",
                target.span,
                f"an effect changes a field, and `every {path}` names whole instances",
                hint=f"write the field behind it: `every {path}.some_field`",
            )
            return None
        for index, name in enumerate(path.names[head:-1], start=head):
            of = self.expressions.step(of, name, path, scope, index)
        return self._aim_field(of, path.names[-1], target, scope)

    def _aim_bare(self, name: str, target: ast.Target, scope: Scope, forms: Sequence[str]) -> Aim | None:
        for of in self.expressions.places(scope):
            found = self.expressions.members_of(of, scope.local.get(name, name), scope)
            seen = (member for member in found if self.expressions.declared.visible(scope.pack, member.pack))
            fields = [member for member in seen if member.form in forms]
            if fields:
                return Aim(of, fields[0], None, scope)
        known = self.expressions.lookup.names_in(scope)
        self.report.error("effect.unknown", target.span, f"there is no field `{name}` to change", found=name, known=known)
        return None

    def _aim_field(self, of: f.Formula, name: str, target: ast.Target, scope: Scope) -> Aim | None:
        if of.type == UNKNOWN:
            return None
        members = self.expressions.members_of(of, name, scope)
        if not members:
            known = self.expressions.program.member_names(of, scope)
            self.report.error(
                "effect.unknown", target.span, f"{of.type} has no field `{name}` to change", found=name, known=known
            )
            return None
        bound = scope.bind_type("it", candidate(of.type))
        where = None if target.where is None else self.expressions.truth(target.where, bound)
        return Aim(of, members[0], where, bound if target.every else scope)

    def _may_change(self, member: Member, target: ast.Target) -> bool:
        if member.form != "field":
            self.report.error(
                "effect.field",
                target.span,
                f"`{member.name}` is a {member.form}, and an effect changes a field",
                found=member.form,
                related=[("declared", member.span)],
            )
            return False
        if member.mode != "derived":
            what = "a person sets it" if member.mode == "editable" else "the document's structure determines it"
            self.report.error(
                f"effect.{member.mode}",
                target.span,
                f"no effect may change `{member.name}`: {what}",
                hint="give it a derived field beside it, and change that",
                related=[("declared", member.span)],
            )
            return False
        return True

    def _has_meaning(self, operation: Operation, of: t.Type, line: EffectLine) -> bool:
        numeric = arithmetic.is_numeric(of)
        allowed = {
            Operation.BASE: numeric or isinstance(of, t.EnumType | t.RefType | t.BoolType),
            Operation.ADD: numeric or isinstance(of, t.SetType),
            Operation.MULTIPLY: numeric,
            Operation.AT_LEAST: numeric or isinstance(of, t.EnumType),
            Operation.AT_MOST: numeric or isinstance(of, t.EnumType),
            Operation.SET: True,
        }
        if of != UNKNOWN and not allowed[operation]:
            self.report.error(
                "effect.operation",
                line.span,
                f"`{operation.value.replace('_', ' ')}` has no meaning for a field of type {of}",
                hint="use `set … to …`" if operation is not Operation.SET else None,
            )
            return False
        return True

    def _value(self, line: EffectLine, operation: Operation, aim: Aim) -> f.Formula:
        want: t.Type = aim.member.type
        if operation in {Operation.ADD, Operation.MULTIPLY}:
            want = plain(want) if operation is Operation.ADD else t.NumberType()
        elif arithmetic.is_numeric(want):
            want = plain(want)
        return self.expressions.check(line.value, aim.scope, want)

    def _turn(self, line: EffectLine, aim: Aim) -> f.Formula | None:
        if not isinstance(line, ast.Add) or line.turn is None:
            return None
        return self.expressions.check(line.turn, aim.scope, t.NumberType())

    def _cap(self, line: EffectLine, aim: Aim) -> f.Formula | None:
        if not isinstance(line, ast.Add) or line.cap is None:
            return None
        return self.expressions.check(line.cap, aim.scope, plain(aim.member.type))


def _operation(line: EffectLine) -> Operation:
    match line:
        case ast.Base():
            return Operation.BASE
        case ast.Add():
            return Operation.ADD
        case ast.Multiply():
            return Operation.MULTIPLY
    return {"least": Operation.AT_LEAST, "most": Operation.AT_MOST, None: Operation.SET}[line.bound]


def _situation(clauses: ast.Clauses) -> str | None:
    words = [_word(operand) for operand in clauses.against]
    if words:
        return ", ".join(words)
    if clauses.lasts is not None:
        return "for a time"
    return None if clauses.until is None else f"until {clauses.until}"


def _word(operand: ast.Operand) -> str:
    value = operand.value
    return value.value if isinstance(value, ast.Text) else str(value) if isinstance(value, ast.Path) else "this"
