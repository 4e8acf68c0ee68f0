"""The graph as Python: names put in place of names, and a function that works everything out anew."""

import ast
from collections.abc import Callable
from typing import Any

from benchmarks.formulas.graph import Graph

_INDENT = "    "


class _Renamed(ast.NodeTransformer):
    def __init__(self, spelling: Callable[[str], str], known: set[str]) -> None:
        self.spelling = spelling
        self.known = known

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return ast.parse(self.spelling(node.id), mode="eval").body if node.id in self.known else node


def formula(graph: Graph, name: str, spelling: Callable[[str], str]) -> str:
    """Write the formula of a field with every name in it spelt in another way."""
    tree = ast.parse(graph.fields[name].whole, mode="eval").body
    return ast.unparse(_Renamed(spelling, set(graph.names)).visit(tree))


def compiled(text: str, name: str, scope: dict[str, Any]) -> Any:
    """Run text that defines one thing, and give that; it finds all that it reads in `scope`, now and later."""
    exec(compile(text, f"<{name}>", "exec"), scope)
    return scope[name]


def functions(graph: Graph, spelling: Callable[[str], str], scope: dict[str, Any]) -> dict[str, Callable[[], Any]]:
    """Give for each field a function without parameters that works it out from what `spelling` reads."""
    scope.update(graph.tables)
    lines = [f"{_INDENT}{name!r}: lambda: {formula(graph, name, spelling)}," for name in graph.order]
    made: dict[str, Callable[[], Any]] = compiled("\n".join(["functions = {", *lines, "}"]), "functions", scope)
    return made


def full_recompute(graph: Graph) -> Callable[[list[Any]], None]:
    """Give the function that brings a list of all values up to date: a straight line over local variables."""
    count = len(graph.inputs)
    lines = [
        "def recompute(values):",
        f"{_INDENT}({', '.join(graph.inputs)},) = values[:{count}]",
        *(f"{_INDENT}{name} = {graph.fields[name].whole}" for name in graph.order),
        f"{_INDENT}values[{count}:] = ({', '.join(graph.order)},)",
    ]
    recompute: Callable[[list[Any]], None] = compiled("\n".join(lines), "recompute", dict(graph.tables))
    return recompute
