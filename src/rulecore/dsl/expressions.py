"""From written expressions to typed formulas: names resolved, types and ranges checked, every fault reported."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rulecore.dsl import ast
from rulecore.dsl.gathering import Gathering
from rulecore.dsl.operators import Operators
from rulecore.dsl.program import Program
from rulecore.dsl.scope import Scope
from rulecore.formula import ast as f
from rulecore.formula import types as t


class Expressions(Operators, Gathering):
    """Checks expressions; `want` is the type that the place expects, by which bare words are understood."""

    def __init__(self, program: Program) -> None:
        """Check against everything the packs declare."""
        super().__init__(program)
        self._rules: dict[type, Callable[[Any, Scope, t.Type | None], f.Formula]] = {
            ast.If: self._if,
            ast.Or: self._or,
            ast.And: self._and,
            ast.Not: self._not,
            ast.Compare: self._compare,
            ast.Has: self._has,
            ast.Is: self._is,
            ast.Arithmetic: self._arithmetic,
            ast.Negative: self._negative,
            ast.ListOf: self._list,
            ast.Call: self._call,
            ast.Comprehension: self._comprehension,
            ast.Steps: self._steps,
            ast.Path: self.resolve,
            ast.Every: self._every,
            ast.Number: self._number,
            ast.Dice: self._dice,
            ast.Text: self._text,
            ast.Truth: self._literal,
            ast.Nothing: self._nothing,
        }

    def infer(self, expression: ast.Expression, scope: Scope, want: t.Type | None) -> f.Formula:
        """Give the typed formula of an expression, by the rule for its sort."""
        return self._rules[type(expression)](expression, scope, want)
