"""The three strata: document, structure, derived. What structure is made of may not read what the rules derive."""

from __future__ import annotations

from rulecore.dsl import ast
from rulecore.dsl.member import Member
from rulecore.dsl.paths import Paths
from rulecore.dsl.scope import Scope
from rulecore.formula import ast as f
from rulecore.formula import types as t
from rulecore.formula.traverse import every_part, parts
from rulecore.source import Span


class Strata:
    """Tells structural formulas from others, by the members that they read."""

    def __init__(self, paths: Paths) -> None:
        """Look members up as paths do."""
        self.paths = paths

    def derived_read(self, formula: f.Formula, scope: Scope) -> str | None:
        """Give the name of something derived that a formula reads, or none where all of it is document and structure."""
        for node in every_part(formula):
            if isinstance(node, f.Read):
                member = self._member(node, scope)
                if member is not None and self._is_derived(member):
                    return member.name
        return None

    def _member(self, node: f.Read, scope: Scope) -> Member | None:
        found = self.paths.members_of(node.of, node.name, scope)
        return found[0] if found else None

    @staticmethod
    def _is_derived(member: Member) -> bool:
        return member.form == "field" and (member.mode == "derived" or member.reads_derived)

    def require(self, formula: f.Formula, scope: Scope, what: str, span: Span) -> bool:
        """Report a formula of the structure that reads something derived, or that asks for what is not active."""
        name = self.derived_read(formula, scope)
        if name is not None:
            self.paths.report.error(
                "structure.derived",
                span,
                f"{what} reads `{name}`, which the rules derive",
                hint="what exists depends on the document, structural fields and choices alone; a number may have a `when`",
            )
            return False
        if _asks_inactive(formula):
            self.paths.report.error(
                "structure.inactive",
                span,
                f"{what} asks for something that is not active, so the order of packs would matter",
                hint="put `not active(…)` into the `when` of an effect",
            )
            return False
        return True


def _asks_inactive(formula: f.Formula, *, negated: bool = False) -> bool:
    if isinstance(formula, f.Call) and formula.function in {"active", "instances"}:
        return negated
    if isinstance(formula, f.Not):
        return _asks_inactive(formula.operand, negated=not negated)
    return any(_asks_inactive(part, negated=negated) for part in parts(formula))


def conjunction(left: f.Formula | None, right: f.Formula | None) -> f.Formula | None:
    """Give `left and right`, either of which may be missing."""
    if left is None or right is None:
        return right if left is None else left
    return f.And(t.BoolType(), left, right)


def words(expression: ast.Expression) -> str:
    """Name an expression for a message."""
    return str(expression) if isinstance(expression, ast.Path) else "this"
