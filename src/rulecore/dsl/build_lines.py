"""From lark's tree to ours, part two: the lines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rulecore.dsl import ast
from rulecore.dsl.build import PartBuilder, maybe_name, maybe_text, text_of
from rulecore.source import Span


class Builder(PartBuilder):
    """Builds the lines of a file from lark's tree."""

    def file(self, tree: Any) -> ast.File:
        """Build a whole file."""
        return ast.File(self._name, tuple(self.statement(child) for child in tree.children))

    def statement(self, tree: Any) -> ast.Statement:
        """Build a line, with the lines below it."""
        build = _STATEMENTS.get(tree.data)
        if build is None:
            raise AssertionError(tree.data)
        return build(self, self._head(tree), tree.children)

    def body(self, tree: Any) -> tuple[ast.Statement, ...]:
        """Build the lines below a line."""
        return tuple(self.statement(child) for child in tree.children if child is not None)

    def _head(self, tree: Any) -> Span:
        """Give the place of a line without the lines below it."""
        last = tree
        if getattr(tree.children[-1], "data", None) == "body":
            last = next(child for child in reversed(tree.children[:-1]) if _is_placed(child))
        return self._between(tree, last)


def _is_placed(child: Any) -> bool:
    return child is not None and not getattr(getattr(child, "meta", None), "empty", False)


_Build = Callable[[Builder, Span, Any], ast.Statement]


# ---- packs


def _patch(b: Builder, span: Span, c: Any) -> ast.Statement:
    word, path, pack, body = c
    return ast.Patch(span, str(word.children[0]), b.path(path), maybe_name(pack), b.body(body))


# ---- declarations


def _type_declaration(b: Builder, span: Span, c: Any) -> ast.Statement:
    word, name, label, parents, on_read, body = c
    return ast.TypeDeclaration(
        span,
        str(word.children[0]),
        str(name),
        maybe_text(label),
        () if parents is None else b.paths(parents.children),
        on_read is not None,
        b.body(body),
    )


def _field(b: Builder, span: Span, c: Any) -> ast.Statement:
    mode, name, label, kind, default, where, when, body = c
    return ast.Field(
        span,
        "derived" if mode is None else str(mode.children[0]),
        str(name),
        maybe_text(label),
        b.type(kind),
        b.maybe(default),
        b.maybe(where),
        b.maybe(when),
        b.body(body),
    )


def _property(b: Builder, span: Span, c: Any) -> ast.Statement:
    name, label, kind, default = c
    return ast.Property(span, str(name), maybe_text(label), b.type(kind), b.maybe(default))


def _relation(b: Builder, span: Span, c: Any) -> ast.Statement:
    name, label, start, end, acyclic = c
    return ast.Relation(span, str(name), maybe_text(label), b.path(start), b.path(end), acyclic is not None)


def _ruling(b: Builder, span: Span, c: Any) -> ast.Statement:
    name, label, kind, default, body = c
    return ast.Ruling(span, str(name), maybe_text(label), b.type(kind), b.expression(default), b.body(body))


def _event(b: Builder, span: Span, c: Any) -> ast.Statement:
    name, label, parameters, body = c
    given = () if parameters is None else tuple(b.parameter(child) for child in parameters.children if child is not None)
    return ast.Event(span, str(name), maybe_text(label), given, b.body(body))


def _phrase(b: Builder, span: Span, c: Any) -> ast.Statement:
    name, *slots, body = c
    built = tuple(
        ast.PhraseSlot(
            b.span(slot),
            None if slot.children[0] is None else str(slot.children[0].children[0]),
            b.parameter(slot.children[1]),
        )
        for slot in slots
    )
    return ast.Phrase(span, str(name), built, b.body(body))


def _rows(b: Builder, span: Span, c: Any) -> ast.Statement:
    collection, where, *columns = c
    return ast.Rows(span, b.collection(collection), b.maybe(where), b.shown(columns))


def _ask(b: Builder, span: Span, c: Any) -> ast.Statement:
    target, label, room, body = c
    if room is None:
        return ast.Ask(span, b.target(target), maybe_text(label), None, None, None, b.body(body))
    held, most, where = room.children
    counted = b.expression(held), b.expression(most), b.maybe(where)
    return ast.Ask(span, b.target(target), maybe_text(label), *counted, b.body(body))


# ---- content


def _open_line(b: Builder, span: Span, c: Any) -> ast.Statement:
    head, operands, label, *rest = c
    return _declared(b, span, (head, b.operands(operands), maybe_text(label)), rest)


def _bare_line(b: Builder, span: Span, c: Any) -> ast.Statement:
    head, *rest = c
    return _declared(b, span, (head, (), None), rest)


def _declared(b: Builder, span: Span, front: tuple[Any, tuple[ast.Operand, ...], str | None], rest: list[Any]) -> ast.Statement:
    *slots, when, body = rest
    built = tuple(ast.Slot(b.span(slot), str(slot.children[0].children[0]), b.operands(slot.children[1])) for slot in slots)
    head, operands, label = front
    return ast.OpenLine(span, str(head), operands, label, built, b.maybe(when), b.body(body))


def _meta(b: Builder, span: Span, c: Any) -> ast.Statement:
    key, *items = c
    return ast.Meta(span, ast.Path(b.span(key), tuple(key.split("."))), tuple(b.item(item) for item in items))


def _activate(b: Builder, span: Span, c: Any) -> ast.Statement:
    path, bindings, when = c
    return ast.Activate(span, b.path(path), b.bindings(bindings), b.maybe(when))


def _grant(b: Builder, span: Span, c: Any) -> ast.Statement:
    *paths, to, bindings, when = c
    to_path = None if to is None else b.path(to.children[0])
    return ast.Grant(span, b.paths(paths), to_path, b.bindings(bindings), b.maybe(when))


def _choose(b: Builder, span: Span, c: Any) -> ast.Statement:
    name, label, count, source, repeat, again, when, body = c
    repeat_where = b.maybe(repeat.children[0]) if repeat is not None else None
    return ast.Choose(
        span,
        str(name),
        maybe_text(label),
        b.expression(count),
        b.source(source),
        repeat is not None,
        repeat_where,
        None if again is None else b.path(again.children[0]),
        b.maybe(when),
        b.body(body),
    )


def _at(b: Builder, span: Span, c: Any) -> ast.Statement:
    path, *numbers, body = c
    return ast.At(span, b.path(path), tuple(b.whole(number) for number in numbers), b.body(body))


# ---- effects


def _base(b: Builder, span: Span, c: Any) -> ast.Statement:
    path, label, value, clauses = c
    return ast.Base(span, b.path(path), maybe_text(label), b.expression(value), b.clauses(clauses, span))


def _add(b: Builder, span: Span, c: Any) -> ast.Statement:
    value, targets, cap, stack, clauses = c
    return ast.Add(
        span,
        b.expression(value),
        b.targets(targets),
        b.maybe(cap),
        None if cap is None else b.maybe(cap.children[1]),
        None if stack is None else str(stack.children[0]),
        b.clauses(clauses, span),
    )


def _set(b: Builder, span: Span, c: Any) -> ast.Statement:
    targets, bound, value, clauses = c
    limit = None if bound is None else str(bound.children[1])
    return ast.Set(span, b.targets(targets), limit, b.expression(value), b.clauses(clauses, span))


def _multiply(b: Builder, span: Span, c: Any) -> ast.Statement:
    targets, value, clauses = c
    return ast.Multiply(span, b.targets(targets), b.expression(value), b.clauses(clauses, span))


# ---- events


def _on(b: Builder, span: Span, c: Any) -> ast.Statement:
    path, alias, when, body = c
    return ast.On(span, b.path(path), maybe_name(alias), b.maybe(when), b.body(body))


def _insert(b: Builder, span: Span, c: Any) -> ast.Statement:
    value, into, bindings, lasting, when = c
    lasts, until = b.lasting(lasting)
    return ast.Insert(span, b.expression(value), b.path(into), b.bindings(bindings), lasts, until, b.maybe(when))


def _change(word: str) -> _Build:
    return lambda b, span, c: ast.Change(span, b.targets(c[0]), word, b.expression(c[1]), b.maybe(c[2]))


_STATEMENTS: dict[str, _Build] = {
    "pack": lambda b, s, c: ast.Pack(s, str(c[0]), str(c[1]), maybe_text(c[2]), b.body(c[3])),
    "uses": lambda _, s, c: ast.Uses(s, str(c[0]), text_of(c[1]), maybe_name(c[2])),
    "renamed": lambda b, s, c: ast.Renamed(s, b.path(c[0]), b.path(c[1]), str(c[2])),
    "patch": _patch,
    "translate": lambda b, s, c: ast.Translate(s, str(c[0]), b.body(c[1])),
    "label": lambda b, s, c: ast.Label(s, b.path(c[0]), text_of(c[1])),
    "text": lambda _, s, c: ast.Prose(s, text_of(c[0])),
    "because": lambda _, s, c: ast.Because(s, text_of(c[0])),
    "cite": lambda _, s, c: ast.Cite(s, text_of(c[0])),
    "type_decl": _type_declaration,
    "field": _field,
    "property": _property,
    "each": lambda b, s, c: ast.Each(s, b.path(c[0]), b.body(c[1])),
    "relation": _relation,
    "table": lambda b, s, c: ast.Table(s, str(c[0]), maybe_text(c[1]), str(c[2]), b.pairs(c[3:])),
    "ruling": _ruling,
    "event": _event,
    "phrase": _phrase,
    "layout": lambda b, s, c: ast.Layout(s, str(c[0]), b.body(c[1])),
    "panel": lambda b, s, c: ast.Panel(s, text_of(c[0]), b.body(c[1])),
    "interview": lambda b, s, c: ast.Interview(s, str(c[0]), b.body(c[1])),
    "ask": _ask,
    "way": lambda b, s, c: ast.Way(s, text_of(c[0]), b.all(c[1]), b.body(c[2])),
    "vocabulary": lambda b, s, c: ast.Vocabulary(s, str(c[0]), b.body(c[1])),
    "alias": lambda b, s, c: ast.Alias(s, ast.Target(b.span(c[1]), b.path(c[1]), c[0] is not None), tuple(map(text_of, c[2:]))),
    "show": lambda b, s, c: ast.Show(s, b.shown(c)),
    "rows": _rows,
    "open_line": _open_line,
    "bare_line": _bare_line,
    "meta": _meta,
    "requires": lambda b, s, c: ast.Requires(s, b.expression(c[0]), maybe_text(c[1])),
    "activate": _activate,
    "grant": _grant,
    "choose": _choose,
    "option": lambda b, s, c: ast.Option(s, str(c[0]), maybe_text(c[1]), b.body(c[2])),
    "while_": lambda b, s, c: ast.While(s, b.expression(c[0]), b.body(c[1])),
    "at": _at,
    "base": _base,
    "add": _add,
    "set_": _set,
    "multiply": _multiply,
    "on": _on,
    "let": lambda b, s, c: ast.Let(s, str(c[0]), b.expression(c[1])),
    "change": _change("by"),
    "assign": _change("to"),
    "insert": _insert,
    "remove": lambda b, s, c: ast.Remove(s, b.expression(c[0]), b.path(c[1]), b.maybe(c[2])),
    "raise_": lambda b, s, c: ast.Raise(s, b.path(c[0]), b.all(c[1]), b.maybe(c[2])),
    "example": lambda b, s, c: ast.Example(s, text_of(c[0]), b.body(c[1])),
    "given": lambda b, s, c: ast.Given(s, b.path(c[0]), b.body(c[1])),
    "do": lambda b, s, c: ast.Do(s, b.path(c[0]), b.all(c[1])),
    "expect": lambda b, s, c: ast.Expect(s, "value", b.expression(c[0]), None),
    "expect_finding": lambda b, s, c: ast.Expect(s, "finding", None, b.path(c[0])),
    "expect_error": lambda b, s, c: ast.Expect(s, "error", None, b.path(c[0])),
    "invariant": lambda b, s, c: ast.Invariant(s, text_of(c[0]), b.expression(c[1])),
}
