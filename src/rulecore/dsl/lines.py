"""What the lowering of every sort of line shares."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

from rulecore.dsl import ast
from rulecore.dsl.declare import Segment, entry_name
from rulecore.dsl.draft import Draft
from rulecore.dsl.effects import Effects
from rulecore.dsl.expressions import Expressions
from rulecore.dsl.play import Play
from rulecore.dsl.scope import Scope
from rulecore.dsl.strata import Strata
from rulecore.model import shape as m
from rulecore.source import Span


class Lines(ABC):
    """The checkers that lines use, and the rules on what may stand under which condition."""

    def __init__(self, expressions: Expressions) -> None:
        """Use one expression checker for all lines."""
        self.expressions = expressions
        self.program = expressions.program
        self.members, self.report = expressions.program.members, expressions.report
        self.effects, self.strata, self.play = Effects(expressions), Strata(expressions), Play(expressions)

    @abstractmethod
    def block(self, segments: Sequence[Segment], scope: Scope) -> m.Block:
        """Give the block of a shape's lines, which several packs may have written."""

    def inside_derived(self, span: Span, gate: Span) -> None:
        """Report something that decides what exists below a condition that reads what the rules derive."""
        self.report.error(
            "gate.derived",
            span,
            "this decides what exists, and the condition around it reads what the rules derive",
            hint="move the line out of the condition, or ask editable and structural fields alone",
            related=[("condition", gate)],
        )

    def gated(self, when: ast.Expression | None, scope: Scope, draft: Draft) -> Draft:
        """Give the draft in which a line with its own `when` goes: an inner block that exists while it holds."""
        if when is None:
            return draft
        gate = self.expressions.truth(when, scope)
        self.strata.require(gate, scope, "this `when`", when.span)
        return draft.inner(gate)

    def part_name(self, line: ast.OpenLine) -> str | None:
        """Give the name of the part that a line makes, or none where it makes none."""
        if line.head not in self.program.declared.records:
            return None
        return line.head if line.slots else entry_name(line)
