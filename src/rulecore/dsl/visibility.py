"""A pack may use what it declares and what the packs it `uses` declare; anything else is reported, wherever it is named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass
from typing import Any

from rulecore.dsl import ast
from rulecore.dsl.declare import Declarations, Declared
from rulecore.dsl.report import Report
from rulecore.source import Span

_Named = tuple[str, Span, tuple[str, ...]]
_TYPES = ("kinds", "records", "entities")


class Visibility:
    """Looks at every name in a pack's files that stands for a declaration."""

    def __init__(self, declared: Declarations, report: Report) -> None:
        """Judge by what is declared where."""
        self.declared, self.report = declared, report

    def check(self, pack: str, node: Any) -> None:
        """Check a node and everything inside it."""
        for name, span, tables in _names(node):
            found = (getattr(self.declared, table).get(name) for table in tables)
            thing = next((each for each in found if each is not None), None)
            if thing is not None and not self.declared.visible(pack, thing.pack):
                self._unseen(pack, name, span, thing)
        for inner in _inside(node):
            self.check(pack, inner)

    def _unseen(self, pack: str, name: str, span: Span, thing: Declared) -> None:
        self.report.error(
            "name.unused",
            span,
            f"{thing.word} `{name}` belongs to pack `{thing.pack}`, which `{pack}` does not use",
            hint=f"add a `uses {thing.pack}` line to the pack",
            related=[("declared", thing.span)],
        )


def _inside(node: Any) -> Iterator[Any]:
    for name in node.__dataclass_fields__:
        value = getattr(node, name)
        for each in value if isinstance(value, tuple) else (value,):
            if is_dataclass(each) and not isinstance(each, type | Span):
                yield each


_BY_NODE: Mapping[type, Any] = {
    ast.Type: lambda n: [(n.name, _TYPES)] if n.name is not None else [],
    ast.Each: lambda n: [(n.path, ("kinds",))],
    ast.Is: lambda n: [(n.type, _TYPES)],
    ast.Every: lambda n: [(n.path, ("kinds", "records"))],
    ast.Target: lambda n: [(n.path, ("kinds", "records"))] if n.every else [],
    ast.Call: lambda n: [(n.function, ("tables",))],
    ast.On: lambda n: [(n.path, ("events",))],
    ast.Raise: lambda n: [(n.path, ("events",))],
    ast.Choose: lambda n: [(n.again, ("events",))] if n.again is not None else [],
    ast.Source: lambda n: [(path, ("kinds", "records")) for path in n.paths] if n.form == "any" else [],
    ast.TypeDeclaration: lambda n: [(path, (_word_table(n.word),)) for path in n.parents],
    ast.Path: lambda n: [(n, ("entities",))],
}


def _word_table(word: str) -> str:
    return {"kind": "kinds", "record": "records", "entity": "entities"}[word]


def _names(node: Any) -> Iterator[_Named]:
    if isinstance(node, ast.OpenLine):
        yield node.head, node.span, ("kinds", "records", "phrases")
    elif isinstance(node, ast.Layout | ast.Interview | ast.Vocabulary):
        yield node.name, node.span, ("entities",)
    for path, tables in _BY_NODE.get(type(node), lambda _node: [])(node):
        yield path.names[0], path.span, tables
