"""From tree to text, part one: expressions with as few brackets as they need, types, and the parts of lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

from rulecore.dsl import ast

# How tightly each form binds; a part that binds less tightly than its place asks stands in brackets.
LOOSEST, OR, AND, NOT, COMPARE, SUM, PRODUCT, SIGN, ATOM = range(9)


def quote(text: str) -> str:
    """Write a quoted text on one line."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def number(value: int | Fraction) -> str:
    """Write a number; a fraction as a decimal."""
    if isinstance(value, int):
        return str(value)
    digits, denominator = 1, value.denominator
    while 10**digits % denominator:
        digits += 1
    whole, rest = divmod(abs(value.numerator) * 10**digits // denominator, 10**digits)
    return f"{'-' if value < 0 else ''}{whole}.{rest:0{digits}}"


def expression(node: ast.Expression, tightness: int = LOOSEST) -> str:
    """Write an expression, in brackets where its place asks for something tighter."""
    own, write = _FORMS[type(node)]
    if isinstance(node, ast.Arithmetic) and node.operator in {"*", "/"}:
        own = PRODUCT
    text = write(node)
    return f"({text})" if own < tightness else text


def joined(nodes: Iterable[ast.Expression]) -> str:
    """Write expressions with commas."""
    return ", ".join(expression(node) for node in nodes)


def every(path: ast.Path, where: ast.Expression | None) -> str:
    """Write `every … where …`."""
    return f"every {path}{clause('where', where)}"


def clause(word: str, value: ast.Expression | None) -> str:
    """Write a clause with a space before it, or nothing where it is missing."""
    return "" if value is None else f" {word} {expression(value)}"


def collection(node: ast.Path | ast.Every) -> str:
    """Write what a comprehension or `rows` goes through."""
    return str(node) if isinstance(node, ast.Path) else f"every {node.path}"


def pairs(nodes: Iterable[ast.Pair]) -> str:
    """Write pairs with commas."""
    return ", ".join(pair(node) for node in nodes)


def pair(node: ast.Pair) -> str:
    """Write `key -> value`."""
    return f"{expression(node.key)} -> {expression(node.value)}"


def _comprehension(node: ast.Comprehension) -> str:
    inner = f"{expression(node.body)} for {node.variable} in {collection(node.collection)}{clause('where', node.where)}"
    return f"{node.function}({inner})"


def _if(node: ast.If) -> str:
    return f"if {expression(node.condition, OR)} then {expression(node.then)} else {expression(node.otherwise)}"


def _arithmetic(node: ast.Arithmetic) -> str:
    own, tighter = (SUM, PRODUCT) if node.operator in {"+", "-"} else (PRODUCT, SIGN)
    return f"{expression(node.left, own)} {node.operator} {expression(node.right, tighter)}"


def _binary(word: str, left: int, right: int) -> Callable[[Any], str]:
    return lambda node: f"{expression(node.left, left)} {word} {expression(node.right, right)}"


_FORMS: dict[type, tuple[int, Callable[[Any], str]]] = {
    ast.Number: (ATOM, lambda node: number(node.value)),
    ast.Dice: (ATOM, lambda node: f"{node.count}d{node.sides}"),
    ast.Text: (ATOM, lambda node: quote(node.value)),
    ast.Truth: (ATOM, lambda node: "true" if node.value else "false"),
    ast.Nothing: (ATOM, lambda _: "none"),
    ast.ListOf: (ATOM, lambda node: f"[{joined(node.items)}]"),
    ast.Path: (ATOM, str),
    ast.Every: (ATOM, lambda node: every(node.path, node.where)),
    ast.Call: (ATOM, lambda node: f"{node.function}({joined(node.arguments)})"),
    ast.Comprehension: (ATOM, _comprehension),
    ast.Steps: (ATOM, lambda node: f"{node.function}({expression(node.subject)}: {pairs(node.pairs)})"),
    ast.If: (LOOSEST, _if),
    ast.Or: (OR, _binary("or", OR, AND)),
    ast.And: (AND, _binary("and", AND, NOT)),
    ast.Not: (NOT, lambda node: f"not {expression(node.operand, NOT)}"),
    ast.Compare: (COMPARE, lambda node: f"{expression(node.left, SUM)} {node.operator} {expression(node.right, SUM)}"),
    ast.Has: (COMPARE, _binary("has", SUM, SUM)),
    ast.Is: (COMPARE, lambda node: f"{expression(node.left, SUM)} is {node.type}"),
    ast.Arithmetic: (SUM, _arithmetic),
    ast.Negative: (SIGN, lambda node: f"-{expression(node.operand, SIGN)}"),
}


def written_type(node: ast.Type) -> str:
    """Write a type."""
    match node.word:
        case "int" | "number":
            unit = f" {node.unit}" if node.unit else ""
            if node.low is None or node.high is None:
                return node.word + unit
            return f"{node.word} {_limit(node.low)}..{_limit(node.high)}{unit}"
        case "one_of":
            return f"one of {' | '.join(node.words)}"
        case "ref":
            return f"ref {node.name}"
        case "set" | "list" | "sequence":
            return f"{node.word} of {node.name}" + ("" if node.maximum is None else f" max {node.maximum}")
        case "map" if node.value is not None:
            return f"map {node.name} to {written_type(node.value)}"
        case "record":
            return str(node.name)
        case word:
            return word


def _limit(node: ast.Limit) -> str:
    return str(node.value) if isinstance(node.value, ast.Path) else number(node.value)


def parameter(node: ast.Parameter) -> str:
    """Write a parameter."""
    return f"{node.name}: {written_type(node.type)}{clause('=', node.default)}"


def operand(node: ast.Operand | ast.Pair) -> str:
    """Write a value of a line."""
    if isinstance(node, ast.Pair):
        return pair(node)
    return expression(node.value) + ("" if node.suffix is None else f" {node.suffix}")


def operands(nodes: Iterable[ast.Operand | ast.Pair]) -> str:
    """Write the values of a line with commas."""
    return ", ".join(operand(node) for node in nodes)


def targets(nodes: Iterable[ast.Target]) -> str:
    """Write what an effect or a change writes to."""
    return ", ".join(every(node.path, node.where) if node.every else str(node.path) for node in nodes)


def bindings(nodes: tuple[ast.Binding, ...]) -> str:
    """Write ` with …`, or nothing where there are none."""
    return f" with {', '.join(f'{node.name} = {expression(node.value)}' for node in nodes)}" if nodes else ""


def lasting(lasts: ast.Operand | None, until: ast.Path | None) -> str:
    """Write ` for …` or ` until …`, or nothing."""
    return f" for {operand(lasts)}" if lasts is not None else f" until {until}" if until is not None else ""


def clauses(node: ast.Clauses) -> str:
    """Write the end of an effect."""
    against = f" against {operands(node.against)}" if node.against else ""
    return against + lasting(node.lasts, node.until) + clause("when", node.when)


def shown(nodes: Iterable[ast.Shown]) -> str:
    """Write values with their headings."""
    return ", ".join(expression(node.value) + label(node.label) for node in nodes)


def label(text: str | None) -> str:
    """Write a label with a space before it, or nothing where it is missing."""
    return "" if text is None else f" {quote(text)}"


def source(node: ast.Source) -> str:
    """Write what a choice offers."""
    if node.form == "any":
        return f"any {node.paths[0]}{clause('where', node.where)}"
    return "options" if node.form == "options" else ", ".join(map(str, node.paths))
