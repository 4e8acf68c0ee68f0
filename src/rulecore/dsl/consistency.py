"""Checks over all declarations together: names that clash, records inside themselves, circles of activations and of events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from rulecore.dsl import ast
from rulecore.dsl.declare import Declarations, Declared
from rulecore.dsl.program import Program
from rulecore.dsl.words import LINE_WORDS
from rulecore.formula import types as t
from rulecore.model.graph import Edge, Graph
from rulecore.source import Span

MOST_INSIDE = 2_000
TAKEN = frozenset({*LINE_WORDS, "true", "false", "none"})
RESERVED = frozenset({"gained", "it", "self", "owner", "position", "at_level", "event", "step"})


class Consistency:
    """Reports what no single line shows."""

    def __init__(self, program: Program) -> None:
        """Check everything the packs declare."""
        self.program, self.report = program, program.report
        self.declared: Declarations = program.declared
        self.members, self.hierarchy = program.members, program.hierarchy

    def check(self) -> None:
        """Run every check."""
        self._words()
        self._reserved()
        self._entries()
        self._properties()
        self._parts_inside_themselves()
        self._activations()
        self._events()
        self._labels()

    def _words(self) -> None:
        tables: Mapping[str, Mapping[str, Declared]] = {
            "kind": self.declared.kinds,
            "record": self.declared.records,
            "phrase": self.declared.phrases,
        }
        seen: dict[str, Declared] = {}
        for table in tables.values():
            for name, thing in table.items():
                first = seen.setdefault(name, thing)
                if first is not thing:
                    self.report.error(
                        "declare.word",
                        thing.span,
                        f"`{name}` is a {thing.word} and a {first.word}, so a line that starts with it has two meanings",
                        hint="give one of them another name",
                        related=[(first.word, first.span)],
                    )

    def _reserved(self) -> None:
        for table in (self.declared.kinds, self.declared.records, self.declared.phrases, self.declared.entities):
            for name, thing in table.items():
                if name in TAKEN or name in RESERVED:
                    self._taken(name, thing.span)
        for shape in self.members.bodies:
            for member in self.members.of(shape).by_key.values():
                if member.name in RESERVED:
                    self._taken(member.name, member.span)

    def _taken(self, name: str, span: Span) -> None:
        self.report.error("name.reserved", span, f"`{name}` is a word of Brew", hint="choose another name", found=name)

    def _entries(self) -> None:
        for name, entries in self.declared.entries_named.items():
            for index, entry in enumerate(entries):
                for first in entries[:index]:
                    if self._related(entry.word, first.word):
                        self._clash(name, entry, first, "of related kinds, so a reference to it has two meanings", "entry.clash")
                    elif self._rooted(entry.word) and self._rooted(first.word):
                        self._clash(name, entry, first, "whose fields would have the same ids on a sheet", "entry.path")

    def _clash(self, name: str, entry: Declared, first: Declared, why: str, code: str) -> None:
        self.report.error(
            code,
            entry.span,
            f"`{name}` is the name of two entries {why}",
            hint="give one of them another name",
            related=[(f"the {first.word}", first.span)],
        )

    def _related(self, left: str, right: str) -> bool:
        lines = [set(self.hierarchy.ancestors.get(f"kind {kind}", ())) for kind in (left, right)]
        return bool(lines[0] & lines[1])

    def _rooted(self, kind: str) -> bool:
        families = any(self.members.family_segments(entity, kind) for entity in self.declared.entities)
        return families or kind in self.program.reach.rooted

    def _properties(self) -> None:
        first: dict[tuple[str, str], tuple[t.Type, Span]] = {}
        for kind in self.declared.kinds:
            root = self.hierarchy.ancestors[f"kind {kind}"][-1]
            for member in self.members.of(f"kind {kind}").by_key.values():
                if member.form != "property":
                    continue
                of, span = first.setdefault((root, member.name), (member.type, member.span))
                if type(of) is not type(member.type) or (
                    isinstance(of, t.RefType | t.SetType | t.EnumType) and of != member.type
                ):
                    self.report.error(
                        "property.types",
                        member.span,
                        f"property `{member.name}` is {member.type} here and {of} in a related kind",
                        hint="give them different names, so that it can be read through a reference to either",
                        related=[(str(of), span)],
                    )

    def _labels(self) -> None:
        for pack in self.declared.packs.values():
            for file in pack.files:
                for line in _walk(file.statements):
                    if isinstance(line, ast.Label) and (
                        len(line.path.names) != 2 or line.path.names not in self.declared.entries
                    ):
                        known = [f"{kind}.{name}" for kind, name in self.declared.entries]
                        self.report.error(
                            "label.unknown",
                            line.path.span,
                            f"there is no entry `{line.path}` to label",
                            found=str(line.path),
                            known=known,
                        )

    # ---- circles

    def _parts_inside_themselves(self) -> None:
        graph = Graph()
        for shape in self.members.bodies:
            if shape.startswith("record "):
                for member in self.members.of(shape).by_key.values():
                    if member.form == "part" and isinstance(member.type, t.InstanceType):
                        graph.add(Edge(shape, member.type.shape, member.span))
        self._circles(graph, "record.circle", "these records are parts of themselves, so a sheet would never end")
        if not any(True for _circle in graph.circles()):
            self._sizes()

    def _sizes(self) -> None:
        """Report records that hold so many others that no sheet could: thirty lines may stand for a billion fields."""
        sizes: dict[str, int] = {}
        opened: set[str] = set()
        waiting = [shape for shape in self.members.bodies if shape.startswith("record ")]
        while waiting:
            shape = waiting[-1]
            inside = [
                member.type.shape
                for member in self.members.of(shape).by_key.values()
                if member.form in {"part", "collection"} and isinstance(member.type, t.InstanceType | t.InstancesType)
            ]
            opened.add(shape)
            missing = [each for each in inside if each not in sizes and each not in opened]
            if missing:
                waiting += missing
                continue
            waiting.pop()
            sizes[shape] = 1 + sum(sizes.get(each, 1) for each in inside)
            body = self.members.bodies.get(shape)
            if sizes[shape] > MOST_INSIDE and body is not None:
                self.report.error(
                    "record.extent",
                    body.span,
                    f"a {shape} holds more than {MOST_INSIDE} others",
                    hint="nest fewer records",
                )
                sizes[shape] = 1

    def _activations(self) -> None:
        graph = Graph()
        for entry in self.declared.entries.values():
            start = f"{entry.word}.{entry.name}"
            for line in _walk(line for segment in entry.segments for line in segment.lines):
                paths = (line.path,) if isinstance(line, ast.Activate) else line.paths if isinstance(line, ast.Grant) else ()
                for path in paths:
                    for end in self._named(path):
                        graph.add(Edge(start, end, line.span))
        self._circles(graph, "activation.circle", "these entries bring each other in, in a circle")

    def _named(self, path: ast.Path) -> Iterator[str]:
        if len(path.names) == 2 and (path.names[0], path.names[1]) in self.declared.entries:
            yield str(path)
        elif len(path.names) == 1:
            named = self.declared.entries_named.get(path.names[0], [])
            if len(named) == 1:
                yield f"{named[0].word}.{named[0].name}"

    def _events(self) -> None:
        graph = Graph()
        for pack in self.declared.packs.values():
            for file in pack.files:
                for line in _walk(file.statements):
                    name = line.name if isinstance(line, ast.Event) else str(line.path) if isinstance(line, ast.On) else None
                    if name in self.declared.events:
                        self._raised(str(name), line, graph)
        self._circles(graph, "event.circle", "these events raise each other, in a circle")

    def _raised(self, name: str, line: ast.Statement, graph: Graph) -> None:
        for inner in _walk(getattr(line, "body", ())):
            if isinstance(inner, ast.Raise) and inner.path.names[-1] in self.declared.events and len(inner.path.names) == 1:
                graph.add(Edge(name, inner.path.names[-1], inner.span))

    def _circles(self, graph: Graph, code: str, what: str) -> None:
        for circle in graph.circles():
            path = " → ".join([*(edge.start.split(" ")[-1] for edge in circle), circle[0].start.split(" ")[-1]])
            related = [(f"{edge.start.split(' ')[-1]} → {edge.end.split(' ')[-1]}", edge.span) for edge in circle]
            self.report.error(code, circle[-1].span, f"{what}: {path}", related=related, found=path)


def _walk(lines: Iterable[ast.Statement]) -> Iterator[ast.Statement]:
    for line in lines:
        yield line
        yield from _walk(getattr(line, "body", ()))
