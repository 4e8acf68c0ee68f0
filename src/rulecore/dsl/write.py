"""From tree to text, part two: the lines. What is written can be parsed again, to the same tree."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rulecore.dsl import ast
from rulecore.dsl.write_parts import (
    bindings,
    clause,
    clauses,
    collection,
    expression,
    joined,
    label,
    lasting,
    operands,
    pairs,
    parameter,
    quote,
    shown,
    source,
    targets,
    written_type,
)


def write(file: ast.File) -> str:
    """Write a file in the canonical layout."""
    lines: list[str] = []
    for index, statement in enumerate(file.statements):
        if index and (_body(statement) or _body(file.statements[index - 1])):
            lines.append("")
        _add(statement, "", lines)
    return "".join(f"{line}\n" for line in lines)


def head(statement: ast.Statement) -> str:
    """Write one line, without the lines below it."""
    return _LINES[type(statement)](statement)


def _add(statement: ast.Statement, indent: str, lines: list[str]) -> None:
    lines.append(indent + head(statement))
    for inner in _body(statement):
        _add(inner, indent + "  ", lines)


def _body(statement: ast.Statement) -> tuple[ast.Statement, ...]:
    body: tuple[ast.Statement, ...] = getattr(statement, "body", ())
    return body


def _named(word: str, name: str, text: str | None = None) -> str:
    return f"{word} {name}{label(text)}"


def _uses(node: ast.Uses) -> str:
    return f"uses {node.name} {quote(node.versions)}" + (f" as {node.alias}" if node.alias else "")


def _patch(node: ast.Patch) -> str:
    return f"{node.word} {node.path}" + (f" from {node.pack}" if node.pack else "")


def _type_declaration(node: ast.TypeDeclaration) -> str:
    parents = f" is {', '.join(map(str, node.parents))}" if node.parents else ""
    return _named(node.word, node.name, node.label) + parents + (" on read" if node.on_read else "")


def _field(node: ast.Field) -> str:
    mode = "" if node.mode == "derived" else f"{node.mode} "
    front = f"{mode}{_named('field', node.name, node.label)}: {written_type(node.type)}"
    return front + clause("=", node.value) + clause("where", node.where) + clause("when", node.when)


def _property(node: ast.Property) -> str:
    return f"{_named('property', node.name, node.label)}: {written_type(node.type)}{clause('=', node.default)}"


def _relation(node: ast.Relation) -> str:
    acyclic = " acyclic" if node.acyclic else ""
    return f"{_named('relation', node.name, node.label)} from {node.start} to {node.end}{acyclic}"


def _table(node: ast.Table) -> str:
    return f"{_named('table', node.name, node.label)} by {node.parameter}: {pairs(node.pairs)}"


def _ruling(node: ast.Ruling) -> str:
    return f"{_named('ruling', node.name, node.label)}: {written_type(node.type)} = {expression(node.default)}"


def _event(node: ast.Event) -> str:
    parameters = f" ({', '.join(map(parameter, node.parameters))})" if node.parameters else ""
    return _named("event", node.name, node.label) + parameters


def _phrase(node: ast.Phrase) -> str:
    slots = (f" {slot.preposition or ''}".rstrip() + f" ({parameter(slot.parameter)})" for slot in node.slots)
    return f"phrase {node.name}{''.join(slots)}"


def _rows(node: ast.Rows) -> str:
    return f"rows {collection(node.collection)}{clause('where', node.where)} show {shown(node.columns)}"


def _ask(node: ast.Ask) -> str:
    room = (
        ""
        if node.held is None or node.most is None
        else f": {expression(node.held)} of {expression(node.most)}{clause('where', node.where)}"
    )
    return f"ask {targets((node.target,))}{label(node.label)}{room}"


def _open_line(node: ast.OpenLine) -> str:
    values = f" {operands(node.operands)}" if node.operands else ""
    slots = "".join(f" {slot.preposition} {operands(slot.operands)}" for slot in node.slots)
    return node.head + values + label(node.label) + slots + clause("when", node.when)


def _requires(node: ast.Requires) -> str:
    return f"requires {expression(node.condition)}" + ("" if node.message is None else f", {quote(node.message)}")


def _grant(node: ast.Grant) -> str:
    to = "" if node.to is None else f" to {node.to}"
    return f"grant {', '.join(map(str, node.paths))}{to}{bindings(node.bindings)}{clause('when', node.when)}"


def _choose(node: ast.Choose) -> str:
    front = f"{_named('choose', node.name, node.label)}: {expression(node.count)} of {source(node.source)}"
    repeat = f" repeat{clause('where', node.repeat_where)}" if node.repeats else ""
    again = "" if node.again is None else f" again on {node.again}"
    return front + repeat + again + clause("when", node.when)


def _add_effect(node: ast.Add) -> str:
    stack = f" stack {node.stack}" if node.stack else ""
    cap = clause("up to", node.cap) + clause("in turn", node.turn)
    return f"add {expression(node.value)} to {targets(node.targets)}{cap}{stack}{clauses(node.clauses)}"


def _set_effect(node: ast.Set) -> str:
    bound = f"at {node.bound} " if node.bound else ""
    return f"set {targets(node.targets)} to {bound}{expression(node.value)}{clauses(node.clauses)}"


def _on(node: ast.On) -> str:
    return f"on {node.path}" + (f" as {node.alias}" if node.alias else "") + clause("when", node.when)


def _insert(node: ast.Insert) -> str:
    how = bindings(node.bindings) + lasting(node.lasts, node.until) + clause("when", node.when)
    return f"insert {expression(node.value)} into {node.into}{how}"


def _expect(node: ast.Expect) -> str:
    return f"expect {expression(node.value)}" if node.value is not None else f"expect {node.form} {node.path}"


_LINES: dict[type, Callable[[Any], str]] = {
    ast.Pack: lambda n: f"pack {n.name} {n.version}{label(n.label)}",
    ast.Uses: _uses,
    ast.Renamed: lambda n: f"renamed {n.old} to {n.new} since {n.since}",
    ast.Patch: _patch,
    ast.Translate: lambda n: f"translate {n.tongue}",
    ast.Label: lambda n: f"label {n.path} = {quote(n.text)}",
    ast.Prose: lambda n: f"text {quote(n.text)}",
    ast.Because: lambda n: f"because {quote(n.text)}",
    ast.Cite: lambda n: f"cite {quote(n.text)}",
    ast.TypeDeclaration: _type_declaration,
    ast.Field: _field,
    ast.Property: _property,
    ast.Each: lambda n: f"each {n.path}",
    ast.Relation: _relation,
    ast.Table: _table,
    ast.Ruling: _ruling,
    ast.Event: _event,
    ast.Phrase: _phrase,
    ast.Layout: lambda n: f"layout {n.name}",
    ast.Panel: lambda n: f"panel {quote(n.label)}",
    ast.Interview: lambda n: f"interview {n.name}",
    ast.Ask: _ask,
    ast.Way: lambda n: f"way {quote(n.label)}" + (f": {joined(n.values)}" if n.values else ""),
    ast.Vocabulary: lambda n: f"vocabulary {n.name}",
    ast.Alias: lambda n: f"alias {targets((n.target,))}: {', '.join(map(quote, n.texts))}",
    ast.Show: lambda n: f"show {shown(n.items)}",
    ast.Rows: _rows,
    ast.OpenLine: _open_line,
    ast.Meta: lambda n: f"{n.key}: {operands(n.items)}",
    ast.Requires: _requires,
    ast.Activate: lambda n: f"activate {n.path}{bindings(n.bindings)}{clause('when', n.when)}",
    ast.Grant: _grant,
    ast.Choose: _choose,
    ast.Option: lambda n: _named("option", n.name, n.label),
    ast.While: lambda n: f"while {expression(n.condition)}",
    ast.At: lambda n: f"at {n.path} {', '.join(map(str, n.numbers))}",
    ast.Base: lambda n: f"base {n.path}{label(n.label)} = {expression(n.value)}{clauses(n.clauses)}",
    ast.Add: _add_effect,
    ast.Set: _set_effect,
    ast.Multiply: lambda n: f"multiply {targets(n.targets)} by {expression(n.value)}{clauses(n.clauses)}",
    ast.On: _on,
    ast.Let: lambda n: f"let {n.name} = {expression(n.value)}",
    ast.Change: lambda n: f"change {targets(n.targets)} {n.word} {expression(n.value)}{clause('when', n.when)}",
    ast.Insert: _insert,
    ast.Remove: lambda n: f"remove {expression(n.value)} from {n.path}{clause('when', n.when)}",
    ast.Raise: lambda n: f"raise {n.path}({joined(n.arguments)}){clause('when', n.when)}",
    ast.Example: lambda n: f"example {quote(n.title)}",
    ast.Given: lambda n: f"given {n.path}",
    ast.Do: lambda n: f"do {n.path}({joined(n.arguments)})",
    ast.Expect: _expect,
    ast.Invariant: lambda n: f"invariant {quote(n.title)}: {expression(n.value)}",
}
