"""Phrases: short lines for what packs say often. A phrase stands for its lines, with the values put in; it expands once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from itertools import product
from math import prod
from typing import Any

from rulecore.dsl import ast
from rulecore.dsl.declare import Declarations
from rulecore.dsl.kinds import Hierarchy
from rulecore.dsl.report import Report
from rulecore.source import Span

MOST_LINES = 500
_CLAUSES = frozenset({"against", "for", "until"})


def expand(
    line: ast.OpenLine, declared: Declarations, hierarchy: Hierarchy, report: Report
) -> tuple[tuple[ast.Statement, Span], ...]:
    """Give the engine lines for which a phrase line stands, once for each combination of its values, each with its place."""
    phrase = declared.phrases[line.head].node
    assert isinstance(phrase, ast.Phrase)
    given = _given(line, phrase, hierarchy.units, report)
    if given is None:
        return ()
    given = [
        [_qualified(value, slot, declared, hierarchy) for value in values]
        for slot, values in zip(phrase.slots, given, strict=True)
    ]
    names = [slot.parameter.name for slot in phrase.slots]
    if prod(len(values) for values in given) > MOST_LINES:
        report.error("phrase.product", line.span, f"this line stands for more than {MOST_LINES} lines", hint="give fewer values")
        return ()
    lines: list[tuple[ast.Statement, Span]] = []
    for values in product(*given):
        bound = dict(zip(names, values, strict=True))
        for inner in phrase.body:
            expanded = _substitute(inner, bound, report)
            if expanded is not None:
                lines.append((_with_clauses(expanded, line), inner.span))
    return tuple(lines)


def _given(line: ast.OpenLine, phrase: ast.Phrase, units: frozenset[str], report: Report) -> list[list[ast.Expression]] | None:
    by_preposition: dict[str | None, list[ast.Operand]] = {None: list(line.operands)} if line.operands else {}
    by_preposition |= {slot.preposition: list(slot.operands) for slot in line.slots}
    known = {slot.preposition for slot in phrase.slots}
    extra = [word for word in by_preposition if word not in known and word not in _CLAUSES]
    if extra:
        word = "a value" if extra[0] is None else f"`{extra[0]}`"
        report.error(
            "phrase.extra",
            line.span,
            f"`{phrase.name}` takes no {word}".replace("no a", "no"),
            hint=f"it is written `{usage(phrase)}`",
            related=[("the phrase", phrase.span)],
        )
        return None
    values = [_slot_values(slot, by_preposition) for slot in phrase.slots]
    _fill_from_suffix(line, phrase, values, units)
    found: list[list[ast.Expression]] = []
    for slot, some in zip(phrase.slots, values, strict=True):
        if some:
            found.append(some)
        elif slot.parameter.default is not None:
            found.append([slot.parameter.default])
        else:
            what = f"`{slot.preposition} …`" if slot.preposition else f"its {slot.parameter.name}"
            report.error("phrase.missing", line.span, f"`{phrase.name}` needs {what}", hint=f"it is written `{usage(phrase)}`")
            return None
    return found


def _qualified(value: ast.Expression, slot: ast.PhraseSlot, declared: Declarations, hierarchy: Hierarchy) -> ast.Expression:
    """Put the kind in front of an entry's name where the parameter says which kind it takes."""
    wanted = slot.parameter.type
    if not isinstance(value, ast.Path) or wanted.word != "ref" or wanted.name is None:
        return value
    kinds = hierarchy.subkinds(str(wanted.name)) if str(wanted.name) in declared.kinds else []
    kind = next((kind for kind in kinds if (kind, value.names[0]) in declared.entries), None)
    return value if kind is None else ast.Path(value.span, (kind, *value.names))


def _slot_values(slot: ast.PhraseSlot, given: Mapping[str | None, list[ast.Operand]]) -> list[ast.Expression]:
    return [operand.value for operand in given.get(slot.preposition, [])]


def _fill_from_suffix(line: ast.OpenLine, phrase: ast.Phrase, values: list[list[ast.Expression]], units: frozenset[str]) -> None:
    """A bare word behind a value that is no unit fills the next slot: `pulls 2d6 wind`."""
    suffix = line.operands[-1].suffix if line.operands else None
    if suffix is None or suffix in units or suffix.isdigit():
        return
    for index, slot in enumerate(phrase.slots):
        if slot.preposition is not None and not values[index]:
            values[index] = [ast.Path(line.operands[-1].span, (suffix,))]
            return


def usage(phrase: ast.Phrase) -> str:
    """Show how a phrase is written."""
    words = [phrase.name]
    for slot in phrase.slots:
        words += [slot.preposition] if slot.preposition else []
        words.append(slot.parameter.name.upper())
    return " ".join(words)


def _with_clauses(line: ast.Statement, use: ast.OpenLine) -> ast.Statement:
    given: dict[str, tuple[ast.Operand, ...]] = {slot.preposition: slot.operands for slot in use.slots}
    if isinstance(line, ast.Base | ast.Add | ast.Set | ast.Multiply):
        clauses = line.clauses
        for word in _CLAUSES & set(given):
            first = given[word][0]
            if word == "against":
                clauses = replace(clauses, against=given[word])
            elif word == "for":
                clauses = replace(clauses, lasts=first)
            elif isinstance(first.value, ast.Path):
                clauses = replace(clauses, until=first.value)
        return replace(line, span=use.span, clauses=replace(clauses, when=_both(clauses.when, use.when)))
    if isinstance(line, ast.Grant | ast.Change | ast.Insert | ast.Remove | ast.Raise | ast.Activate | ast.On):
        return replace(line, span=use.span, when=_both(line.when, use.when))
    return replace(line, span=use.span)


def _both(left: ast.Expression | None, right: ast.Expression | None) -> ast.Expression | None:
    if left is None or right is None:
        return right if left is None else left
    return ast.And(right.span, left, right)


class _CannotSubstitute(Exception):
    """A value stands where only a path may stand."""

    def __init__(self, span: Span, name: str) -> None:
        super().__init__(name)
        self.span, self.name = span, name


def _substitute(line: ast.Statement, bound: Mapping[str, ast.Expression], report: Report) -> Any:
    try:
        return _replaced(line, bound)
    except _CannotSubstitute as problem:
        report.error("phrase.value", problem.span, f"a path is expected here, for `{problem.name}` of the phrase")
        return None


def _replaced(node: Any, bound: Mapping[str, ast.Expression]) -> Any:
    if isinstance(node, ast.Target):
        return _target(node, bound)
    if isinstance(node, ast.Path):
        return _path(node, bound)
    if isinstance(node, tuple):
        return tuple(_replaced(item, bound) for item in node)
    if isinstance(node, Span) or not is_dataclass(node) or isinstance(node, type):
        return node
    changed = {field.name: _replaced(getattr(node, field.name), bound) for field in fields(node)}
    return replace(node, **changed)


def _path(path: ast.Path, bound: Mapping[str, ast.Expression]) -> ast.Expression:
    value = bound.get(path.names[0])
    if value is None:
        return path
    rest = path.names[1:]
    if not rest:
        return value
    if isinstance(value, ast.Path):
        return ast.Path(value.span, (*value.names, *rest))
    raise _CannotSubstitute(value.span, path.names[0])


def _target(target: ast.Target, bound: Mapping[str, ast.Expression]) -> ast.Target:
    where = None if target.where is None else _replaced(target.where, bound)
    value = bound.get(target.path.names[0])
    if value is None:
        return replace(target, where=where)
    rest = target.path.names[1:]
    if isinstance(value, ast.Every):
        path = ast.Path(value.path.span, (*value.path.names, *rest))
        return ast.Target(value.span, path, every=True, where=_both(value.where, where))
    if isinstance(value, ast.Path):
        return ast.Target(value.span, ast.Path(value.span, (*value.names, *rest)), target.every, where)
    raise _CannotSubstitute(value.span, target.path.names[0])


def parameters(phrase: ast.Phrase) -> Iterator[ast.Parameter]:
    """Give the parameters of a phrase in order."""
    return (slot.parameter for slot in phrase.slots)
