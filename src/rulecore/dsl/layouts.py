"""How sheets are printed: panels of values and of rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rulecore.dsl import ast
from rulecore.dsl.declare import Segment
from rulecore.dsl.expressions import Expressions
from rulecore.dsl.scope import Scope
from rulecore.dsl.signatures import candidate
from rulecore.model import rules as r
from rulecore.names import label_of


class Layouts:
    """Lowers layouts."""

    def __init__(self, expressions: Expressions) -> None:
        """Check what is shown with the given expression checker."""
        self.expressions = expressions
        self.declared, self.report = expressions.declared, expressions.report

    def layout(self, name: str, segments: Sequence[Segment]) -> tuple[r.Panel, ...]:
        """Give the panels of an entity, as the packs have written them."""
        if name not in self.declared.entities:
            span = segments[0].lines[0].span
            self.report.error(
                "layout.unknown",
                span,
                f"there is no entity `{name}` to print",
                found=name,
                known=self.declared.entities,
            )
            return ()
        panels = []
        for segment in segments:
            scope = Scope(f"entity {name}", segment.pack, (name,))
            panels += [
                r.Panel(line.label, tuple(self._panel_lines(line.body, scope)))
                for line in segment.lines
                if isinstance(line, ast.Panel)
            ]
        return tuple(panels)

    def _panel_lines(self, lines: Sequence[ast.Statement], scope: Scope) -> Iterable[r.Line]:
        for line in lines:
            if isinstance(line, ast.Show):
                yield r.Line(tuple(self._column(item, scope) for item in line.items))
            elif isinstance(line, ast.Rows):
                rows = self.expressions.check(line.collection, scope)
                bound = scope.bind_type("it", candidate(rows.type))
                where = None if line.where is None else self.expressions.truth(line.where, bound)
                yield r.Line(tuple(self._column(item, bound) for item in line.columns), rows, where)

    def columns(self, lines: Sequence[ast.Statement], scope: Scope) -> Iterable[r.Column]:
        """Give what the `show` lines among some lines show."""
        for line in lines:
            if isinstance(line, ast.Show):
                yield from (self._column(item, scope) for item in line.items)

    def _column(self, item: ast.Shown, scope: Scope) -> r.Column:
        value = self.expressions.check(item.value, scope)
        return r.Column(item.label if item.label is not None else _label(item.value), value)


def _label(value: ast.Expression) -> str:
    if not isinstance(value, ast.Path):
        return ""
    names = [name for name in value.names if name != "it"]
    return label_of(names[-1]) if names else ""
