"""Random trees of the language, and their comparison without places."""

import re
from dataclasses import fields, is_dataclass
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from rulecore.dsl import ast
from rulecore.dsl.grammar import grammar_text
from rulecore.source import NOWHERE, Span

S = NOWHERE
NONE = st.none()
WORDS = set(re.findall(r'"([a-z]+)"', grammar_text()))
PREPOSITIONS = ["on", "in", "to", "of", "from", "with", "against", "by", "for", "until", "using", "per", "like", "within"]


def bare(node: Any) -> Any:
    """A tree without its places."""
    if isinstance(node, Span):
        return None
    if isinstance(node, tuple):
        return tuple(map(bare, node))
    if is_dataclass(node):
        return (type(node).__name__, *(bare(getattr(node, field.name)) for field in fields(node)))
    return type(node).__name__, node


names = st.one_of(
    st.sampled_from(["alpha", "beta_2", "x", "it", "level", "_hidden", "isle", "toad", "order", "until_then"]),
    st.from_regex(r"[a-z_][a-z0-9_]{0,7}", fullmatch=True),
).filter(lambda name: name not in WORDS and not re.fullmatch(r"d\d+", name))
texts = st.text(
    st.characters(
        exclude_categories=["Cc", "Cs"],
        exclude_characters="\u2028\u2029\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    )
    | st.sampled_from('"\\\n\t#'),
    max_size=12,
)
wholes = st.integers(0, 10**6)
decimals = st.integers(0, 10**6).map(lambda number: Fraction(number, 100))
maybe_texts = st.none() | texts
digits = st.integers(0, 99).map(str)
versions = st.tuples(digits, digits, digits).map(".".join)


def node(kind: type, *parts: st.SearchStrategy[Any], **named: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.builds(lambda *values, **more: kind(S, *values, **more), *parts, **named)


def several(some: st.SearchStrategy[Any], least: int = 1, most: int = 2) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(some, min_size=least, max_size=most).map(tuple)


paths = st.tuples(names, several(names | digits, 0, 2)).map(lambda parts: ast.Path(S, (parts[0], *parts[1])))
bare_everies = paths.map(lambda path: ast.Every(S, path, None))
leaves = st.one_of(
    node(ast.Number, wholes | decimals),
    node(ast.Dice, st.integers(0, 20), st.integers(0, 100)),
    node(ast.Text, texts),
    node(ast.Truth, st.booleans()),
    st.just(ast.Nothing(S)),
    paths,
)


def _larger(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    pairs = several(node(ast.Pair, inner, inner))
    return st.one_of(
        node(ast.ListOf, several(inner, 0)),
        node(ast.Call, paths, several(inner, 0)),
        node(ast.Steps, paths, inner, pairs),
        node(ast.Comprehension, paths, inner, names, paths | bare_everies, st.none() | inner),
        node(ast.If, inner, inner, inner),
        node(ast.Or, inner, inner),
        node(ast.And, inner, inner),
        node(ast.Not, inner),
        node(ast.Compare, inner, st.sampled_from(["=", "!=", "<", ">", "<=", ">="]), inner),
        node(ast.Has, inner, inner),
        node(ast.Is, inner, paths),
        node(ast.Arithmetic, inner, st.sampled_from("+-*/"), inner),
        node(ast.Negative, inner),
    )


expressions = st.recursive(leaves, _larger, max_leaves=6)
maybe = st.none() | expressions
pairs = several(node(ast.Pair, expressions, expressions))
limits = node(ast.Limit, st.integers(-1000, 1000) | st.integers(-900, 900).map(lambda n: Fraction(n, 8)) | paths)


def _numbers(word: str) -> st.SearchStrategy[Any]:
    ranges = st.tuples(limits, limits) | st.just((None, None))
    return st.builds(lambda ends, unit: ast.Type(S, word, low=ends[0], high=ends[1], unit=unit), ranges, st.none() | names)


def _named_type(word: str, maximum: st.SearchStrategy[Any] = NONE) -> st.SearchStrategy[Any]:
    return st.builds(lambda name, most: ast.Type(S, word, name=name, maximum=most), paths, maximum)


_flat_types = st.one_of(
    _numbers("int"),
    _numbers("number"),
    st.sampled_from(["bool", "dice", "text"]).map(lambda word: ast.Type(S, word)),
    several(names).map(lambda words: ast.Type(S, "one_of", words=words)),
    _named_type("ref"),
    _named_type("set"),
    _named_type("list", st.none() | wholes),
    _named_type("sequence", st.none() | wholes),
    _named_type("record"),
)
types = st.recursive(
    _flat_types,
    lambda inner: st.builds(lambda name, value: ast.Type(S, "map", name=name, value=value), paths, inner),
    max_leaves=3,
)
parameters = node(ast.Parameter, names, types, maybe)
everies = node(ast.Every, paths, maybe)
operand = node(ast.Operand, expressions, st.none() | names | digits) | node(ast.Operand, everies)
operands = several(operand)
bindings = several(node(ast.Binding, names, expressions), 0)
target = node(ast.Target, paths) | st.builds(lambda path, where: ast.Target(S, path, True, where), paths, maybe)
targets = several(target)
lasting = st.one_of(st.just((None, None)), operand.map(lambda value: (value, None)), paths.map(lambda path: (None, path)))
clauses = st.builds(lambda against, last, when: ast.Clauses(S, against, *last, when), st.just(()) | operands, lasting, maybe)
shown = several(node(ast.Shown, expressions, maybe_texts))
sources = st.one_of(
    several(paths).map(lambda some: ast.Source(S, "listed", some)),
    st.just(ast.Source(S, "options")),
    st.builds(lambda path, where: ast.Source(S, "any", (path,), where), paths, maybe),
)
slots = several(node(ast.Slot, st.sampled_from(PREPOSITIONS), operands), 0, 2)
phrase_slots = several(node(ast.PhraseSlot, st.none() | st.sampled_from(PREPOSITIONS), parameters), 0)

simple_lines = st.one_of(
    node(ast.Uses, names, texts, st.none() | names),
    node(ast.Renamed, paths, paths, versions),
    node(ast.Label, paths, texts),
    node(ast.Prose, texts),
    node(ast.Because, texts),
    node(ast.Cite, texts),
    node(ast.Property, names, maybe_texts, types, maybe),
    node(ast.Relation, names, maybe_texts, paths, paths, st.booleans()),
    node(ast.Table, names, maybe_texts, names, pairs),
    node(ast.Show, shown),
    node(ast.Rows, paths | bare_everies, maybe, shown),
    node(ast.Meta, paths, several(operand | node(ast.Pair, expressions, expressions))),
    node(ast.Requires, expressions, maybe_texts),
    node(ast.Activate, paths, bindings, maybe),
    node(ast.Grant, several(paths), st.none() | paths, bindings, maybe),
    node(ast.Base, paths, maybe_texts, expressions, clauses),
    st.builds(
        lambda value, to, capped, stack, more: ast.Add(S, value, to, *capped, stack, more),
        expressions,
        targets,
        st.just((None, None)) | st.tuples(expressions, maybe),
        st.none() | names,
        clauses,
    ),
    node(ast.Set, targets, st.sampled_from([None, "least", "most"]), expressions, clauses),
    node(ast.Multiply, targets, expressions, clauses),
    node(ast.Let, names, expressions),
    node(ast.Change, targets, st.sampled_from(["by", "to"]), expressions, maybe),
    st.builds(
        lambda v, into, some, last, when: ast.Insert(S, v, into, some, *last, when), expressions, paths, bindings, lasting, maybe
    ),
    node(ast.Remove, expressions, paths, maybe),
    node(ast.Raise, paths, several(expressions, 0), maybe),
    node(ast.Do, paths, several(expressions, 0)),
    node(ast.Expect, st.just("value"), expressions, st.none()),
    node(ast.Expect, st.sampled_from(["finding", "error"]), st.none(), paths),
    node(ast.Invariant, texts, expressions),
    node(
        ast.Alias,
        st.builds(lambda path, every: ast.Target(S, path, every), paths, st.booleans()),
        several(texts),
    ),
)


def _blocks(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    body = several(inner, 0)
    room = st.just((None, None, None)) | st.tuples(expressions, expressions, maybe)
    repeat = st.just((False, None)) | st.tuples(st.just(True), maybe)
    return st.one_of(
        node(ast.Pack, names, versions, maybe_texts, body),
        node(ast.Patch, st.sampled_from(["extend", "override"]), paths, st.none() | names, body),
        node(ast.Translate, names, body),
        node(
            ast.TypeDeclaration,
            st.sampled_from(["entity", "record", "kind"]),
            names,
            maybe_texts,
            several(paths, 0),
            st.booleans(),
            body,
        ),
        node(
            ast.Field,
            st.sampled_from(["editable", "structural", "derived"]),
            names,
            maybe_texts,
            types,
            maybe,
            maybe,
            maybe,
            body,
        ),
        node(ast.Each, paths, body),
        node(ast.Ruling, names, maybe_texts, types, expressions, body),
        node(ast.Event, names, maybe_texts, several(parameters, 0), body),
        node(ast.Phrase, names, phrase_slots, body),
        node(ast.Layout, names, body),
        node(ast.Panel, texts, body),
        node(ast.Interview, names, body),
        node(ast.Vocabulary, names, body),
        st.builds(lambda of, label, room, lines: ast.Ask(S, of, label, *room, lines), target, maybe_texts, room, body),
        node(ast.Way, texts, several(expressions, 0), body),
        node(ast.Option, names, maybe_texts, body),
        node(ast.OpenLine, names, operands, maybe_texts, slots, maybe, body),
        node(ast.OpenLine, names, st.just(()), st.none(), slots, maybe, body),
        st.builds(
            lambda name, label, count, source, again, when, twice, lines: ast.Choose(
                S, name, label, count, source, *twice, again, when, lines
            ),
            names,
            maybe_texts,
            expressions,
            sources,
            st.none() | paths,
            maybe,
            repeat,
            body,
        ),
        node(ast.While, expressions, body),
        node(ast.At, paths, several(wholes), body),
        node(ast.On, paths, st.none() | names, maybe, body),
        node(ast.Example, texts, body),
        node(ast.Given, paths, body),
    )


statements = st.recursive(simple_lines, _blocks, max_leaves=4)
files = several(statements, 0, 3).map(lambda some: ast.File("t", some))
