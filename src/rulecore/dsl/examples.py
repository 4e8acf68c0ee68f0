"""Example blocks: their `given` lines become a document, their `expect` lines formulas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from fractions import Fraction
from typing import Any

from rulecore.dsl import ast
from rulecore.dsl.expressions import Expressions
from rulecore.dsl.fitting import TRUTH
from rulecore.dsl.member import Member
from rulecore.dsl.scope import Scope
from rulecore.formula import types as t
from rulecore.model.example import Example, Expectation

FORMAT = "rulecore/1"


class Examples:
    """Lowers the examples of packs."""

    def __init__(self, expressions: Expressions) -> None:
        """Check expectations with the given expression checker."""
        self.expressions, self.report = expressions, expressions.report
        self.declared, self.members = expressions.declared, expressions.program.members

    def example(self, pack: str, line: ast.Example) -> Example | None:
        """Give an example, or none where it has no `given` line that names an entity."""
        given = next((inner for inner in line.body if isinstance(inner, ast.Given)), None)
        if given is None or str(given.path) not in self.declared.entities:
            place = line.span if given is None else given.path.span
            self.report.error(
                "example.given",
                place,
                "an example starts with a document",
                known=self.declared.entities,
                found=None if given is None else str(given.path),
                hint="write `given ENTITY` and below it what the document says",
            )
            return None
        writer = _Given(self, str(given.path), pack)
        for inner in given.body:
            if isinstance(inner, ast.Meta):
                writer.take(inner)
        scope = Scope(f"entity {given.path}", pack, (str(given.path),))
        expected = [self._expectation(inner, scope) for inner in line.body if isinstance(inner, ast.Expect)]
        return Example(line.title, pack, writer.document, tuple(expected), line.span)

    def _expectation(self, line: ast.Expect, scope: Scope) -> Expectation:
        if line.value is None:
            return Expectation(f"{line.form} {line.path}", line.span, finding=str(line.path))
        elements: dict[str, str] = {}
        expression = self._with_elements(line.value, scope, elements)
        for name, shape in elements.items():
            scope = scope.bind_type(name, t.InstanceType(shape))
        value = self.expressions.check(expression, scope, TRUTH)
        return Expectation(self._text(line), line.span, value, None, tuple((name, name) for name in elements))

    def _text(self, line: ast.Expect) -> str:
        source = self.report.sources.get(line.span.file)
        return "" if source is None else source.line(line.span.line).strip()

    def _collection(self, name: str, scope: Scope) -> Member | None:
        member = self.members.of(scope.shape).find(name)
        return member if member is not None and member.form == "collection" else None

    def _instance_shape(self, names: tuple[str, ...], scope: Scope) -> str | None:
        """Give the shape of the instance that the first two names of a path address: an element, or what an entry activates."""
        if len(names) == 1:
            return None
        collection = self._collection(names[0], scope)
        if collection is not None and isinstance(collection.type, t.InstancesType):
            return collection.type.shape
        for entry in self.declared.entries_named.get(names[0], []):
            lines = [line for segment in entry.segments for line in segment.lines if isinstance(line, ast.Activate)]
            for line in lines:
                other = next((each for each in self.declared.entries_named.get(line.path.names[-1], [])), None)
                if line.path.names[-1] == names[1] and other is not None:
                    return self.members.entry_shape(other)
        return None

    def _with_elements(self, node: Any, scope: Scope, found: dict[str, str]) -> Any:
        """Replace `collection.element` at the head of paths by one name that is bound to the element."""
        if isinstance(node, ast.Path):
            shape = self._instance_shape(node.names, scope)
            if shape is None:
                return node
            name = ".".join(node.names[:2])
            found[name] = shape
            return replace(node, names=(name, *node.names[2:]))
        if isinstance(node, tuple):
            return tuple(self._with_elements(item, scope, found) for item in node)
        if not is_dataclass(node) or isinstance(node, type):
            return node
        return replace(node, **{each.name: self._with_elements(getattr(node, each.name), scope, found) for each in fields(node)})


@dataclass(slots=True)
class _Given:
    """The document that the `given` lines write."""

    examples: Examples
    entity: str
    pack: str
    document: dict[str, Any]

    def __init__(self, examples: Examples, entity: str, pack: str) -> None:
        self.examples, self.entity, self.pack = examples, entity, pack
        packs = {name: text.version for name, text in examples.declared.packs.items()}
        self.document = {
            "format": FORMAT,
            "packs": packs,
            "kind": entity,
            "name": "Example",
            "rulings": {},
            "inputs": {},
            "fields": {},
            "collections": {},
            "choices": {},
            "notes": "",
        }

    def take(self, line: ast.Meta) -> None:
        """Write one line: a ruling, elements of a collection, a field of an element, a field, or a choice."""
        key, names = str(line.key), line.key.names
        values = [_plain(each) for item in line.items for each in _listed(item.value)]
        found = self._collection_in(names)
        if key in self.examples.declared.rulings:
            self.document["rulings"][key] = values[0]
        elif found is not None:
            self._collection(line, found[0], found[1], values)
        elif self._is_field(names) or not all(isinstance(value, str) for value in values):
            self.document["fields"][key] = values[0] if len(values) == 1 and not self._is_set(names) else values
        else:
            self.document["choices"][key] = values

    def _collection_in(self, names: tuple[str, ...]) -> tuple[Member, int] | None:
        """Give the collection that the first names of a path lead to, and how many of them do."""
        lookup, entities = self.examples.expressions.lookup, (self.entity,)
        member = self.examples.members.of(f"entity {self.entity}").find(names[0])
        shapes = (
            []
            if member is not None
            else [self.examples.members.entry_shape(entry) for entry in self.examples.declared.entries_named.get(names[0], [])]
        )
        for shape in shapes:
            used, member = 1, lookup.in_shape(shape, names[1], entities) if len(names) > 1 else None
            while (
                member is not None and member.form == "part" and isinstance(member.type, t.InstanceType) and used + 1 < len(names)
            ):
                used += 1
                member = lookup.in_shape(member.type.shape, names[used], entities)
            if member is not None and member.form == "collection":
                return member, used + 1
        return (member, 1) if member is not None and member.form == "collection" and not shapes else None

    def _collection(self, line: ast.Meta, member: Member, used: int, values: list[Any]) -> None:
        names = (".".join(line.key.names[:used]), *line.key.names[used:])
        ordered = isinstance(member.node, ast.Field) and member.node.type.word == "sequence"
        content = self.document["collections"].setdefault(names[0], [] if ordered else {})
        if len(names) > 1:
            self._element_field(content, names, values[0], line)
            return
        assert isinstance(member.type, t.InstancesType)
        reference = next(
            each.key for each in self.examples.members.of(member.type.shape).by_key.values() if isinstance(each.type, t.RefType)
        )
        items = [item for item in line.items for _each in _listed(item.value)]
        for item, value in zip(items, values, strict=True):
            suffix = item.suffix if isinstance(item, ast.Operand) else None
            count = int(suffix) if suffix is not None and suffix.isdigit() else 1
            if ordered:
                content.extend({reference: value} for _ in range(count))
            else:
                for _ in range(count):
                    content[_unused(str(value).rpartition(".")[2], content)] = {reference: value}

    def _element_field(self, content: Any, names: tuple[str, ...], value: Any, line: ast.Meta) -> None:
        if isinstance(content, list):
            index = int(names[1]) - 1 if names[1].isdigit() else -1
            element = content[index] if 0 <= index < len(content) else None
        else:
            element = content.get(names[1])
        if element is None:
            self.examples.report.error(
                "example.element",
                line.span,
                f"there is no element `{names[1]}` in `{names[0]}` above this line",
                found=names[1],
                known=list(content) if isinstance(content, Mapping) else (),
            )
            return
        element[".".join(names[2:])] = value

    def _member(self, names: tuple[str, ...]) -> Member | None:
        scope = Scope(f"entity {self.entity}", self.pack, (self.entity,))
        lookup = self.examples.expressions.lookup
        if len(names) == 1:
            return lookup.in_shape(scope.shape, names[0], scope.entities)
        for entry in self.examples.declared.entries_named.get(names[0], []):
            member = lookup.in_entry(entry, names[1], scope.entities)
            if member is not None and len(names) == 2:
                return member
        return None

    def _is_field(self, names: tuple[str, ...]) -> bool:
        member = self._member(names)
        return member is not None and member.form == "field"

    def _is_set(self, names: tuple[str, ...]) -> bool:
        member = self._member(names)
        return member is not None and isinstance(member.type, t.SetType)


def _listed(value: ast.Expression) -> tuple[ast.Expression, ...]:
    return value.items if isinstance(value, ast.ListOf) else (value,)


def _unused(name: str, taken: Mapping[str, Any]) -> str:
    count, unused = 1, name
    while unused in taken:
        count += 1
        unused = f"{name}#{count}"
    return unused


def _plain(value: ast.Expression) -> Any:
    """Give a written value as it stands in a document."""
    match value:
        case ast.Number():
            return float(value.value) if isinstance(value.value, Fraction) else value.value
        case ast.Text() | ast.Truth():
            return value.value
        case ast.Path():
            return str(value)
        case ast.Negative():
            return -_plain(value.operand)
        case ast.ListOf():
            return [_plain(item) for item in value.items]
        case _:
            return None
