"""A formula written in another language: the walk that all of them share, and what each says in its own way."""

from __future__ import annotations

import ast
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import ClassVar

# How strongly a piece of text holds together; a piece that holds less than its surroundings ask gets brackets.
CHOICE, EITHER, BOTH, COMPARISON, SUM, PRODUCT, SIGN, WHOLE = range(8)

_COMPARISONS = {ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}
_ARITHMETIC = {ast.Add: ("+", SUM), ast.Sub: ("-", SUM), ast.Mult: ("*", PRODUCT)}


class Dialect(ABC):
    """Writes formulas; what differs from language to language is a method of its own."""

    comparisons: ClassVar[Mapping[str, str]] = {}
    functions: ClassVar[Mapping[str, str]] = {}

    def text(self, tree: ast.expr) -> str:
        """Write a formula."""
        return self.piece(tree)[0]

    def held(self, tree: ast.expr, strength: int) -> str:
        """Write a part of a formula, in brackets when it would fall apart in its place."""
        text, own = self.piece(tree)
        return text if own >= strength else f"({text})"

    def piece(self, tree: ast.expr) -> tuple[str, int]:
        """Write a part of a formula, and say how strongly it holds together."""
        match tree:
            case ast.Name(id=name):
                return self.name(name), WHOLE
            case ast.Constant(value=value):
                return str(value), WHOLE
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return f"-{self.held(operand, WHOLE)}", SIGN
            case ast.BinOp():
                return self._arithmetic(tree)
            case ast.Compare(left=left, ops=[operator], comparators=[right]):
                sign = _COMPARISONS[type(operator)]
                sides = self.held(left, SUM), self.held(right, SUM)
                return f"{sides[0]} {self.comparisons.get(sign, sign)} {sides[1]}", COMPARISON
            case ast.BoolOp(op=ast.And(), values=values):
                return self.both(values)
            case ast.BoolOp(op=ast.Or(), values=values):
                return self.either(values)
            case ast.IfExp(test=test, body=body, orelse=otherwise):
                return self.choice(test, body, otherwise)
            case ast.Call(func=ast.Name(id=function), args=arguments):
                return f"{self.functions[function]}({', '.join(map(self.text, arguments))})", WHOLE
            case ast.Subscript(value=ast.Name(id=table), slice=key):
                return self.look_up(table, key), WHOLE
        raise ValueError(f"no dialect has a word for {ast.unparse(tree)}")

    def _arithmetic(self, tree: ast.BinOp) -> tuple[str, int]:
        if isinstance(tree.op, ast.FloorDiv):
            return self.quotient(tree.left, tree.right)
        sign, strength = _ARITHMETIC[type(tree.op)]
        return f"{self.held(tree.left, strength)} {sign} {self.held(tree.right, strength + 1)}", strength

    def joined(self, values: Sequence[ast.expr], word: str, strength: int) -> tuple[str, int]:
        """Write conditions with a word between them."""
        return f" {word} ".join(self.held(value, strength + 1) for value in values), strength

    @abstractmethod
    def name(self, name: str) -> str:
        """Write the name of an input or field."""

    @abstractmethod
    def quotient(self, left: ast.expr, right: ast.expr) -> tuple[str, int]:
        """Write a division that rounds down."""

    @abstractmethod
    def both(self, values: Sequence[ast.expr]) -> tuple[str, int]:
        """Write that all conditions hold."""

    @abstractmethod
    def either(self, values: Sequence[ast.expr]) -> tuple[str, int]:
        """Write that one of the conditions holds."""

    @abstractmethod
    def choice(self, test: ast.expr, body: ast.expr, otherwise: ast.expr) -> tuple[str, int]:
        """Write one of two values by a condition."""

    @abstractmethod
    def look_up(self, table: str, key: ast.expr) -> str:
        """Write what a table has for a key."""
