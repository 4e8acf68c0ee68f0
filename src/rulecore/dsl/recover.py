"""Parses a text with faults line by line: every line is looked at alone, so that none hides what is wrong with another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from rulecore.dsl import ast
from rulecore.dsl.build_lines import Builder
from rulecore.dsl.diagnose import diagnose
from rulecore.dsl.faults import Faults
from rulecore.dsl.grammar import try_parse
from rulecore.dsl.indentation import DEEPEST, Line
from rulecore.dsl.scan import Scan, scan
from rulecore.finding import Severity

DEEPEST_FORMULA = 100
_EMPTY = (
    ast.While,
    ast.At,
    ast.Each,
    ast.On,
    ast.Example,
    ast.Layout,
    ast.Panel,
    ast.Interview,
    ast.Vocabulary,
    ast.Patch,
    ast.Translate,
    ast.Phrase,
)


@dataclass(slots=True)
class _Open:
    """A line whose block is being read; without a node, the line is faulty or the file itself."""

    level: int
    node: ast.Statement | None
    body: list[ast.Statement]
    has_lines: bool = False


def recover(name: str, text: str, faults: Faults) -> ast.File:
    """Find every fault of a text, one a line at most, and build what has none."""
    found = scan(text, faults, by_layout=True)
    builder = Builder(name, text.split("\n"), faults)
    dense = {line.first for line in found.dense}
    file = _Open(-1, None, [])
    blocks = [file]
    for line in found.lines:
        while blocks[-1].level >= line.level:
            _close(blocks, faults)
        parent = blocks[-1]
        if isinstance(parent.node, _SIMPLE) and not parent.has_lines and not line.misplaced:
            faults.add(
                "syntax.block",
                line.first,
                2 * line.level + 1,
                len(text[line.start : line.end].strip()),
                "this line stands in a line that takes none below it",
                hint="indent it like the line above",
            )
        parent.has_lines = True
        blocks.append(_Open(line.level, _statement(text, line, builder, faults, check_depth=line.first in dense), []))
    while len(blocks) > 1:
        _close(blocks, faults)
    return ast.File(name, tuple(file.body))


def _close(blocks: list[_Open], faults: Faults) -> None:
    done = blocks.pop()
    if done.node is None:
        return
    node = done.node if isinstance(done.node, _SIMPLE) else replace(done.node, body=tuple(done.body))
    if not done.has_lines:
        _warn_empty(node, faults)
    parent = blocks[-1]
    if parent.level < 0 or parent.node is not None:
        parent.body.append(node)


def _statement(text: str, line: Line, builder: Builder, faults: Faults, *, check_depth: bool) -> ast.Statement | None:
    if line.faulty:
        return None
    alone = text[line.start : line.end]
    tree = try_parse(alone)
    if tree is None and faults.crowded:
        return None
    if tree is None:
        diagnose(alone, line.first, faults)
        return None
    if check_depth and _depth(tree) > DEEPEST_FORMULA:
        _add_too_deep(line, faults)
        return None
    builder.skipped = line.first - 1
    return builder.statement(tree.children[0])


def too_deep(text: str, found: Scan) -> bool:
    """Tell whether a line holds a formula deeper than any reader of trees could follow."""
    for line in found.dense:
        tree = try_parse(text[line.start : line.end])
        if tree is not None and _depth(tree) > DEEPEST_FORMULA:
            return True
    return False


def _add_too_deep(line: Line, faults: Faults) -> None:
    faults.add(
        "syntax.nesting",
        line.first,
        2 * line.level + 1,
        1,
        f"the formula is nested more than {DEEPEST_FORMULA} deep (brackets are limited to {DEEPEST})",
        hint="give parts of it names, as fields",
    )


def _depth(tree: Any) -> int:
    """Give the depth of a tree, without recursion."""
    deepest, waiting = 0, [(tree, 1)]
    while waiting:
        node, depth = waiting.pop()
        deepest = max(deepest, depth)
        waiting.extend((child, depth + 1) for child in getattr(node, "children", ()))
    return deepest


def warn_of_empty_blocks(file: ast.File, faults: Faults) -> None:
    """Warn of each line that does nothing because no line stands below it."""
    waiting = list(file.statements)
    while waiting:
        node = waiting.pop()
        body = getattr(node, "body", ())
        if not body:
            _warn_empty(node, faults)
        waiting.extend(body)


def _warn_empty(node: ast.Statement, faults: Faults) -> None:
    if isinstance(node, _EMPTY):
        faults.add(
            "syntax.empty_block",
            node.span.line,
            node.span.column,
            node.span.length,
            "the block is empty: no line stands below this one",
            hint="indent the lines that belong to it by two more spaces",
            severity=Severity.WARNING,
        )


_SIMPLE = (
    ast.Uses,
    ast.Renamed,
    ast.Label,
    ast.Property,
    ast.Table,
    ast.Relation,
    ast.Requires,
    ast.Invariant,
    ast.Prose,
    ast.Because,
    ast.Cite,
    ast.Show,
    ast.Alias,
    ast.Rows,
    ast.Activate,
    ast.Grant,
    ast.Base,
    ast.Add,
    ast.Set,
    ast.Multiply,
    ast.Let,
    ast.Change,
    ast.Insert,
    ast.Remove,
    ast.Raise,
    ast.Do,
    ast.Expect,
    ast.Meta,
)
