"""Formulas as JavaScript, each input and field a function in the array `S` as signal libraries have it, tables in `T`."""

import ast
from collections.abc import Mapping, Sequence
from typing import ClassVar

from benchmarks.formulas.dialect import BOTH, CHOICE, EITHER, WHOLE, Dialect
from benchmarks.formulas.graph import Graph


class JavaScriptDialect(Dialect):
    """Formulas as JavaScript has them."""

    comparisons: ClassVar[Mapping[str, str]] = {"==": "===", "!=": "!=="}
    functions: ClassVar[Mapping[str, str]] = {"min": "Math.min", "max": "Math.max"}

    def __init__(self, graph: Graph) -> None:
        """Number the names as the graph does."""
        self.graph = graph

    def name(self, name: str) -> str:
        """Write a reading of a signal."""
        return f"S[{self.graph.place[name]}]()"

    def quotient(self, left: ast.expr, right: ast.expr) -> tuple[str, int]:
        """Write a division that rounds down."""
        return f"Math.floor({self.held(left, WHOLE)} / {self.held(right, WHOLE)})", WHOLE

    def both(self, values: Sequence[ast.expr]) -> tuple[str, int]:
        """Write `&&`."""
        return self.joined(values, "&&", BOTH)

    def either(self, values: Sequence[ast.expr]) -> tuple[str, int]:
        """Write `||`."""
        return self.joined(values, "||", EITHER)

    def choice(self, test: ast.expr, body: ast.expr, otherwise: ast.expr) -> tuple[str, int]:
        """Write `… ? … : …`."""
        parts = (self.held(part, EITHER) for part in (test, body, otherwise))
        return "{} ? {} : {}".format(*parts), CHOICE

    def look_up(self, table: str, key: ast.expr) -> str:
        """Write a reading of an array."""
        return f"T.{table}[{self.text(key)}]"


def functions(graph: Graph) -> list[str | None]:
    """Give for each name the text of its formula, or nothing for an input."""
    dialect = JavaScriptDialect(graph)
    return [dialect.text(graph.trees[name]) if name in graph.trees else None for name in graph.names]
