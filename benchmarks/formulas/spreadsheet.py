"""The graph as two sheets of a workbook: one column with all inputs and fields, and one column for each table."""

import ast
from collections.abc import Mapping, Sequence
from typing import ClassVar

from benchmarks.formulas.dialect import PRODUCT, WHOLE, Dialect
from benchmarks.formulas.graph import Graph

Cell = int | str
_FIRST_COLUMN = ord("A")


class SpreadsheetDialect(Dialect):
    """Formulas as spreadsheets have them."""

    comparisons: ClassVar[Mapping[str, str]] = {"==": "=", "!=": "<>"}
    functions: ClassVar[Mapping[str, str]] = {"min": "MIN", "max": "MAX"}

    def __init__(self, graph: Graph) -> None:
        """Number the rows as the graph numbers its names."""
        self.graph = graph
        self.columns = {table: chr(_FIRST_COLUMN + index) for index, table in enumerate(graph.tables)}

    def name(self, name: str) -> str:
        """Write the cell of a name."""
        return f"A{self.graph.place[name] + 1}"

    def quotient(self, left: ast.expr, right: ast.expr) -> tuple[str, int]:
        """Write a division that rounds down."""
        return f"INT({self.held(left, PRODUCT)} / {self.held(right, WHOLE)})", WHOLE

    def both(self, values: Sequence[ast.expr]) -> tuple[str, int]:
        """Write `AND`."""
        return f"AND({', '.join(map(self.text, values))})", WHOLE

    def either(self, values: Sequence[ast.expr]) -> tuple[str, int]:
        """Write `OR`."""
        return f"OR({', '.join(map(self.text, values))})", WHOLE

    def choice(self, test: ast.expr, body: ast.expr, otherwise: ast.expr) -> tuple[str, int]:
        """Write `IF`."""
        return f"IF({', '.join(map(self.text, (test, body, otherwise)))})", WHOLE

    def look_up(self, table: str, key: ast.expr) -> str:
        """Write a reading of a column."""
        column = self.columns[table]
        return f"INDEX(Tables!${column}$1:${column}${len(self.graph.tables[table])}, {self.text(key)} + 1)"


def formula_sheet(graph: Graph) -> list[list[Cell]]:
    """Give the rows of the sheet with inputs and formulas."""
    dialect = SpreadsheetDialect(graph)
    inputs: list[list[Cell]] = [[each.default] for each in graph.inputs.values()]
    return inputs + [["=" + dialect.text(graph.trees[name])] for name in graph.order]


def table_sheet(graph: Graph) -> list[list[Cell]]:
    """Give the rows of the sheet with the tables."""
    return [list(row) for row in zip(*graph.tables.values(), strict=True)]
