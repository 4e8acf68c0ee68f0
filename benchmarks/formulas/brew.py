"""The graph as a Brew pack: one entity with all inputs and fields, its tables, and effects where the graph has effects."""

import ast
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from benchmarks.formulas.dialect import BOTH, CHOICE, EITHER, PRODUCT, Dialect
from benchmarks.formulas.draft import Field, Input
from benchmarks.formulas.graph import Graph

_HEAD = """\
# Written by `python -m benchmarks.formulas` from the same formulas that all contestants of the benchmarks get.
pack adventurer 1.0.0 "Adventurer"
  license: "MIT"
  standard: false
  text "A character in plain numbers, to measure with: no choices, no content."

entity adventurer "Adventurer"
"""


class BrewDialect(Dialect):
    """Formulas as Brew has them."""

    comparisons: ClassVar[Mapping[str, str]] = {"==": "="}
    functions: ClassVar[Mapping[str, str]] = {"min": "lowest", "max": "highest"}

    def name(self, name: str) -> str:
        """Write a name as it is."""
        return name

    def quotient(self, left: ast.expr, right: ast.expr) -> tuple[str, int]:
        """Write a division; of whole numbers it rounds down."""
        return f"{self.held(left, PRODUCT)} / {self.held(right, PRODUCT + 1)}", PRODUCT

    def both(self, values: Sequence[ast.expr]) -> tuple[str, int]:
        """Write `and`."""
        return self.joined(values, "and", BOTH)

    def either(self, values: Sequence[ast.expr]) -> tuple[str, int]:
        """Write `or`."""
        return self.joined(values, "or", EITHER)

    def choice(self, test: ast.expr, body: ast.expr, otherwise: ast.expr) -> tuple[str, int]:
        """Write `if … then … else …`."""
        parts = (self.held(part, EITHER) for part in (test, body, otherwise))
        return "if {} then {} else {}".format(*parts), CHOICE

    def look_up(self, table: str, key: ast.expr) -> str:
        """Write a reading of a table, which is a function."""
        return f"{table}({self.text(key)})"


def pack_text(graph: Graph) -> str:
    """Write the whole pack."""
    return _HEAD + "".join(f"  {line}\n" for line in _lines(graph))


def _lines(graph: Graph) -> Iterator[str]:
    for name, steps in graph.steps.items():
        yield f"table {name} by key: {', '.join(f'{key} -> {value}' for key, value in steps.items())}"
    for name, each in graph.inputs.items():
        yield _input(name, each)
    for name, field in graph.fields.items():
        yield from _field(name, field, "bool" if name in graph.truths else "int")


def _input(name: str, each: Input) -> str:
    return f'editable field {name} "{_label(name)}": int {each.lowest}..{each.highest} = {each.default}'


def _field(name: str, field: Field, kind: str) -> Iterator[str]:
    formula = BrewDialect().text(ast.parse(field.formula, mode="eval").body)
    yield f'field {name} "{_label(name)}": {kind} = {formula}'
    for effect in field.added:
        yield f"  add {effect} to {name}"
    for effect in field.at_least:
        yield f"  set {name} to at least {effect}"


def _label(name: str) -> str:
    return name.replace("_", " ").capitalize()
