"""From lark's tree to ours, part one: places, texts, expressions, types, and the parts of lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from inspect import cleandoc
from typing import TYPE_CHECKING, Any

from rulecore.dsl import ast
from rulecore.dsl.faults import Faults
from rulecore.source import Span

if TYPE_CHECKING:
    from lark import Token, Tree

ESCAPE = re.compile(r"\\(.)")
ESCAPES = {'"': '"', "\\": "\\", "n": "\n", "t": "\t"}
_QUOTES = '"""'


def text_of(token: str) -> str:
    """Give the text that a quoted token stands for."""
    if token.startswith(_QUOTES):
        return cleandoc(token[len(_QUOTES) : -len(_QUOTES)])
    return ESCAPE.sub(_unescape, token[1:-1]) if "\\" in token else token[1:-1]


def _unescape(found: re.Match[str]) -> str:
    return ESCAPES.get(found[1], found[1])


def number_of(token: str) -> int | Fraction:
    """Give the exact number that a token stands for."""
    return Fraction(token) if "." in token else int(token)


class PartBuilder:
    """Builds what stands inside lines; `lines` are the lines of the file, `skipped` those above the text that lark saw."""

    def __init__(self, name: str, lines: Sequence[str], faults: Faults) -> None:
        self._name = name
        self._lines = lines
        self._faults = faults
        self.skipped = 0

    # ---- places

    def span(self, node: Tree[Any] | Token) -> Span:
        """Give the place of a token or tree; of one that goes over several lines, the first line's part."""
        return self._between(node, node)

    def _between(self, first: Any, last: Any) -> Span:
        start = getattr(first, "meta", first)
        end = getattr(last, "meta", last)
        line = start.line + self.skipped
        if start.line == end.end_line:
            length = end.end_column - start.column
        else:
            length = len(self._lines[line - 1].rstrip()) - start.column + 1
        return Span(self._name, line, start.column, max(1, length))

    def whole(self, token: Token) -> int:
        """Give a whole number; a decimal one is a fault."""
        whole, point, _ = token.partition(".")
        if point:
            span = self.span(token)
            self._faults.add(
                "syntax.number",
                span.line,
                span.column,
                span.length,
                f"`{token}` is not a whole number",
                hint=f"write `{whole}`",
            )
        return int(whole)

    # ---- expressions

    def expression(self, tree: Any) -> ast.Expression:
        """Build an expression."""
        rule = tree.data
        build = _EXPRESSIONS.get(rule)
        if build is not None:
            return build(self, self.span(tree), tree.children)
        raise AssertionError(rule)

    def maybe(self, tree: Any) -> ast.Expression | None:
        """Build the expression of a clause with one child (`when …`, `where …`, `= …`), or nothing where it is missing."""
        return None if tree is None or tree.children[0] is None else self.expression(tree.children[0])

    def all(self, tree: Any) -> tuple[ast.Expression, ...]:
        """Build the expressions of `args`."""
        return () if tree is None else tuple(self.expression(child) for child in tree.children)

    def path(self, tree: Any) -> ast.Path:
        """Build a path; `a.4.5` has three names although `4.5` looks like one number."""
        names = tuple(name for token in tree.children for name in token.split("."))
        return ast.Path(self.span(tree), names)

    def paths(self, trees: Sequence[Any]) -> tuple[ast.Path, ...]:
        """Build several paths."""
        return tuple(self.path(tree) for tree in trees)

    def collection(self, tree: Any) -> ast.Path | ast.Every:
        """Build what a comprehension or `rows` goes through."""
        path = self.path(tree.children[0])
        return path if tree.data == "collection" else ast.Every(self.span(tree), path, None)

    def pair(self, tree: Any) -> ast.Pair:
        """Build `key -> value`."""
        return ast.Pair(self.span(tree), self.expression(tree.children[0]), self.expression(tree.children[1]))

    def pairs(self, trees: Sequence[Any]) -> tuple[ast.Pair, ...]:
        """Build several pairs."""
        return tuple(self.pair(tree) for tree in trees)

    # ---- types

    def type(self, tree: Any) -> ast.Type:
        """Build a type."""
        span, word, children = self.span(tree), tree.data.removeprefix("t_"), tree.children
        if word in {"int", "number"}:
            low, high = (None, None) if children[0] is None else map(self.limit, children[0].children)
            return ast.Type(span, word, low=low, high=high, unit=maybe_name(children[1]))
        if word == "enum":
            return ast.Type(span, "one_of", words=tuple(str(child) for child in children))
        if word == "map":
            return ast.Type(span, word, name=self.path(children[0]), value=self.type(children[1]))
        if not children:
            return ast.Type(span, word)
        maximum = self.whole(children[1]) if len(children) > 1 and children[1] is not None else None
        return ast.Type(span, word, name=self.path(children[0]), maximum=maximum)

    def limit(self, tree: Any) -> ast.Limit:
        """Build one end of a range."""
        first = tree.children[0]
        if first is not None and hasattr(first, "children"):
            return ast.Limit(self.span(tree), self.path(first))
        value = number_of(tree.children[1])
        return ast.Limit(self.span(tree), value if first is None else -value)

    def parameter(self, tree: Any) -> ast.Parameter:
        """Build a parameter of an event or a phrase."""
        name, kind, default = tree.children
        return ast.Parameter(self.span(tree), str(name), self.type(kind), self.maybe(default))

    # ---- parts of lines

    def operand(self, tree: Any) -> ast.Operand:
        """Build a value with the bare word or number behind it."""
        span = self.span(tree)
        if tree.data == "selected":
            return ast.Operand(span, ast.Every(span, self.path(tree.children[0]), self.maybe(tree.children[1])))
        return ast.Operand(span, self.expression(tree.children[0]), maybe_name(tree.children[1]))

    def operands(self, tree: Any) -> tuple[ast.Operand, ...]:
        """Build the values of `operands`, or none where it is missing."""
        return () if tree is None else tuple(self.operand(child) for child in tree.children)

    def item(self, tree: Any) -> ast.Operand | ast.Pair:
        """Build a value after `key:`."""
        return self.pair(tree) if tree.data == "pair" else self.operand(tree)

    def bindings(self, tree: Any) -> tuple[ast.Binding, ...]:
        """Build the bindings after `with`, or none where it is missing."""
        return (
            ()
            if tree is None
            else tuple(
                ast.Binding(self.span(child), str(child.children[0]), self.expression(child.children[1]))
                for child in tree.children
            )
        )

    def targets(self, tree: Any) -> tuple[ast.Target, ...]:
        """Build what an effect or a change writes to."""
        return tuple(self.target(child) for child in tree.children)

    def target(self, tree: Any) -> ast.Target:
        """Build one target: a path, or all of a sort."""
        path = self.path(tree.children[0])
        if tree.data == "target":
            return ast.Target(path.span, path)
        return ast.Target(self.span(tree), path, every=True, where=self.maybe(tree.children[1]))

    def lasting(self, tree: Any) -> tuple[ast.Operand | None, ast.Path | None]:
        """Build `for …` or `until …`: one of the two."""
        if tree is None:
            return None, None
        return (self.operand(tree.children[0]), None) if tree.data == "lasting" else (None, self.path(tree.children[0]))

    def clauses(self, tree: Any, line: Span) -> ast.Clauses:
        """Build the end of an effect; an empty one stands where its line stands."""
        against, lasting, when = tree.children
        lasts, until = self.lasting(lasting)
        operands = () if against is None else self.operands(against.children[0])
        span = line if tree.meta.empty else self.span(tree)
        return ast.Clauses(span, operands, lasts, until, self.maybe(when))

    def shown(self, trees: Sequence[Any]) -> tuple[ast.Shown, ...]:
        """Build values with their headings."""
        return tuple(
            ast.Shown(self.span(tree), self.expression(tree.children[0]), maybe_text(tree.children[1])) for tree in trees
        )

    def source(self, tree: Any) -> ast.Source:
        """Build what a choice offers."""
        span = self.span(tree)
        if tree.data == "filtered":
            return ast.Source(span, "any", (self.path(tree.children[0]),), self.maybe(tree.children[1]))
        return ast.Source(span, str(tree.data), self.paths(tree.children))


def maybe_name(token: Any) -> str | None:
    """Give a token's text, or none where it is missing."""
    return None if token is None else str(token)


def maybe_text(token: Any) -> str | None:
    """Give the text of a quoted token, or none where it is missing."""
    return None if token is None else text_of(token)


_Build = Callable[[PartBuilder, Span, Any], ast.Expression]


def _dice(_: PartBuilder, span: Span, children: Any) -> ast.Expression:
    count, _d, sides = children[0].partition("d")
    return ast.Dice(span, int(count or 1), int(sides))


def _comprehension(b: PartBuilder, span: Span, children: Any) -> ast.Expression:
    function, body, variable, collection, where = children
    return ast.Comprehension(span, b.path(function), b.expression(body), str(variable), b.collection(collection), b.maybe(where))


_EXPRESSIONS: dict[str, _Build] = {
    "number": lambda _, span, c: ast.Number(span, number_of(c[0])),
    "dice": _dice,
    "string_value": lambda _, span, c: ast.Text(span, text_of(c[0])),
    "true": lambda _, span, _c: ast.Truth(span, value=True),
    "false": lambda _, span, _c: ast.Truth(span, value=False),
    "none": lambda _, span, _c: ast.Nothing(span),
    "list": lambda b, span, c: ast.ListOf(span, b.all(c[0])),
    "path": lambda _, span, c: ast.Path(span, tuple(name for token in c for name in token.split("."))),
    "call": lambda b, span, c: ast.Call(span, b.path(c[0]), b.all(c[1])),
    "comprehension": _comprehension,
    "steps": lambda b, span, c: ast.Steps(span, b.path(c[0]), b.expression(c[1]), b.pairs(c[2:])),
    "if_": lambda b, span, c: ast.If(span, b.expression(c[0]), b.expression(c[1]), b.expression(c[2])),
    "or_": lambda b, span, c: ast.Or(span, b.expression(c[0]), b.expression(c[1])),
    "and_": lambda b, span, c: ast.And(span, b.expression(c[0]), b.expression(c[1])),
    "not_": lambda b, span, c: ast.Not(span, b.expression(c[0])),
    "compare": lambda b, span, c: ast.Compare(span, b.expression(c[0]), str(c[1]), b.expression(c[2])),
    "has": lambda b, span, c: ast.Has(span, b.expression(c[0]), b.expression(c[1])),
    "is_": lambda b, span, c: ast.Is(span, b.expression(c[0]), b.path(c[1])),
    "arith": lambda b, span, c: ast.Arithmetic(span, b.expression(c[0]), str(c[1]), b.expression(c[2])),
    "negative": lambda b, span, c: ast.Negative(span, b.expression(c[1])),
}
