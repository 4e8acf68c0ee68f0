"""What each shape has: its fields, parts, collections, choices and properties, with their types, before formulas are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rulecore.dsl import ast
from rulecore.dsl.declare import Declarations, Declared, Segment, entry_name
from rulecore.dsl.kinds import UNKNOWN, Hierarchy
from rulecore.dsl.member import MOST_COPIES, Body, Member, Table, numbered
from rulecore.dsl.report import Report
from rulecore.formula import types as t


class Members:
    """The member tables of all shapes, made when first asked for."""

    def __init__(self, declared: Declarations, hierarchy: Hierarchy, report: Report) -> None:
        """Find every body; entity families come from the `each` lines of an entity and of those it inherits from."""
        self.declared, self.hierarchy, self.report = declared, hierarchy, report
        self.bodies: dict[str, Body] = {}
        self._tables: dict[str, Table] = {}
        for table in (declared.entities, declared.records, declared.kinds):
            for thing in table.values():
                outer = thing.outer.shape if thing.outer is not None and thing.outer.word == "record" else None
                kind = thing.name if thing.word == "kind" else None
                self._body(Body(thing.shape, thing.label or thing.name, thing.segments, outer, thing.span, thing.pack, kind))
        for entry in declared.entries.values():
            outer = None if entry.outer is None else self.entry_shape(entry.outer)
            label = entry.label or entry.name
            self._body(Body(self.entry_shape(entry), label, entry.segments, outer, entry.span, entry.pack, entry.word, entry))
        self.families = {name: self._families(name) for name in declared.entities}

    @staticmethod
    def entry_shape(entry: Declared) -> str:
        """Give the name of an entry's shape."""
        return f"entry {entry.word}.{entry.name}" if entry.word not in {"record", "entity"} else entry.shape

    def _body(self, body: Body) -> None:
        self.bodies[body.shape] = body
        for segment in body.segments:
            self._options(body, segment.lines, segment.pack, None)

    def _options(self, body: Body, lines: Sequence[ast.Statement], pack: str, number: int | None, copies: int = 1) -> None:
        for line in lines:
            match line:
                case ast.While():
                    self._options(body, line.body, pack, number, copies)
                case ast.At() if copies * len(line.numbers) <= MOST_COPIES:
                    for each in line.numbers:
                        self._options(body, line.body, pack, each, copies * len(line.numbers))
                case ast.Choose() if line.source.form == "options":
                    key = numbered(line.name, number, "choice", several=False)
                    for option in line.body:
                        if isinstance(option, ast.Option):
                            self._option(body, key, option, pack)
                case _:
                    pass

    def _option(self, body: Body, key: str, option: ast.Option, pack: str) -> None:
        shape = self.option_shape(body.shape, key, option.name)
        before = self.bodies.get(shape)
        if before is not None and before.span != option.span:
            self.report.error(
                "option.duplicate",
                option.span,
                f"option `{option.name}` is declared twice",
                hint="give one of them another name",
                related=[("first declared", before.span)],
            )
        segments = [Segment(pack, option.body)]
        self._body(Body(shape, option.label or option.name, segments, body.shape, option.span, pack))

    @staticmethod
    def option_shape(outer: str, choice: str, option: str) -> str:
        """Give the name of an option's shape."""
        return f"option {outer.split(' ', 1)[1]}/{choice}/{option}"

    def _families(self, entity: str) -> dict[str, list[Segment]]:
        found: dict[str, list[Segment]] = {}
        descent = [name.removeprefix("entity ") for name in self.hierarchy.ancestors[f"entity {entity}"]]
        for ancestor in reversed(descent):
            for segment in self.declared.entities[ancestor].segments:
                for line in segment.lines:
                    if isinstance(line, ast.Each):
                        found.setdefault(str(line.path), []).append(Segment(segment.pack, line.body))
        return found

    def family_segments(self, entity: str, kind: str) -> list[Segment]:
        """Give the lines of all families of an entity to which entries of a kind belong."""
        families = self.families[entity].items()
        return [segment for of, segments in families if self.hierarchy.kind_is(kind, of) for segment in segments]

    # ---- tables

    def of(self, shape: str) -> Table:
        """Give the members of a shape, with those it inherits; a member declared again replaces the inherited one."""
        if shape.startswith("event ") and shape not in self._tables:
            self._tables[shape] = self._event(shape.removeprefix("event "))
        if shape not in self._tables:
            self._tables[shape] = table = Table()
            for ancestor in reversed(self.hierarchy.ancestors.get(shape, (shape,))):
                body = self.bodies.get(ancestor)
                for member in self._scan_body(body) if body is not None else ():
                    before = table.add(member)
                    if before is not None and ancestor == shape and self._clash(before, member, shape):
                        self._twice(before, member)
        return self._tables[shape]

    def _event(self, name: str) -> Table:
        """Give what a hook knows of the event that it answers: its parameters."""
        table, declared = Table(), self.declared.events.get(name)
        if declared is not None and isinstance(declared.node, ast.Event):
            for each in declared.node.parameters:
                of = self.hierarchy.type_of(each.type, declared.pack)
                table.add(Member(each.name, each.name, "field", of, "structural", each.span, declared.pack))
        return table

    def _clash(self, before: Member, member: Member, shape: str) -> bool:
        body = self.bodies[shape]
        own = any(before.node is line for line in self._all_lines(body))
        return own and before.span != member.span and before.node is not member.node

    @staticmethod
    def _all_lines(body: Body) -> Iterator[ast.Statement]:
        stack = [line for segment in body.segments for line in segment.lines]
        while stack:
            line = stack.pop()
            yield line
            if isinstance(line, ast.While | ast.At):
                stack.extend(line.body)

    def _twice(self, before: Member, member: Member) -> None:
        self.report.error(
            "member.duplicate",
            member.span,
            f"`{member.name}` is declared twice here",
            hint="give one of them another name",
            related=[("first declared", before.span)],
        )

    def family(self, entity: str, kind: str) -> Table:
        """Give the members that an entity's families give to each entry of a kind."""
        name = f"family {entity}.{kind}"
        if name not in self._tables:
            self._tables[name] = table = Table()
            for segment in self.family_segments(entity, kind):
                for member in self._scan(segment.lines, segment.pack, None, several=False):
                    before = table.add(member)
                    if before is not None and self._same_family(entity, before, member):
                        self._twice(before, member)
        return self._tables[name]

    def _same_family(self, entity: str, before: Member, member: Member) -> bool:
        """Tell whether two members of a family stand in the text of one entity, where neither can replace the other."""
        own = [
            line
            for segment in self.declared.entities[entity].segments
            for each in segment.lines
            if isinstance(each, ast.Each)
            for line in each.body
        ]
        return all(any(one.node is line for line in own) for one in (before, member))

    def _scan_body(self, body: Body) -> Iterator[Member]:
        for segment in body.segments:
            yield from self._scan(segment.lines, segment.pack, None, several=False)

    def _scan(
        self, lines: Iterable[ast.Statement], pack: str, number: int | None, *, several: bool, copies: int = 1
    ) -> Iterator[Member]:
        for line in lines:
            match line:
                case ast.While():
                    yield from self._scan(line.body, pack, number, several=several, copies=copies)
                case ast.At() if copies * len(line.numbers) <= MOST_COPIES:
                    for each in line.numbers:
                        more = copies * len(line.numbers)
                        yield from self._scan(line.body, pack, each, several=len(line.numbers) > 1, copies=more)
                case ast.Field():
                    yield self._field(line, pack, numbered(line.name, number, "field", several=several))
                case ast.Property():
                    written = self.hierarchy.type_of(line.type, pack)
                    yield Member(line.name, line.name, "property", written, "structural", line.span, pack, line)
                case ast.Choose():
                    key = numbered(line.name, number, "choice", several=several)
                    yield Member(key, line.name, "choice", self.choice_type(line, pack), "structural", line.span, pack, line)
                case ast.OpenLine() if line.head in self.declared.records:
                    name = line.head if line.slots else entry_name(line)
                    if name is not None:
                        key = numbered(name, number, "part", several=several)
                        shape = t.InstanceType(f"record {line.head}")
                        yield Member(key, name, "part", shape, "structural", line.span, pack, line)
                case _:
                    pass

    def _field(self, line: ast.Field, pack: str, key: str) -> Member:
        written = self.hierarchy.type_of(line.type, pack)
        form = "field"
        if isinstance(written, t.InstancesType):
            form = "collection"
        elif line.type.word == "record" and isinstance(written, t.InstanceType):
            form = "part"
        mode = line.mode if form == "field" else "structural"
        open_default = mode == "editable" and _reads_names(line.value, written)
        return Member(key, line.name, form, written, mode, line.span, pack, line, reads_derived=open_default)

    # ---- choices

    def choice_type(self, line: ast.Choose, pack: str) -> t.Type:
        """Give what a choice reads as: one value where the count is the number 1, a set otherwise."""
        single = isinstance(line.count, ast.Number) and line.count.value == 1
        source = line.source
        if source.form == "options":
            words = t.EnumType(("none", *(option.name for option in line.body if isinstance(option, ast.Option))))
            return words if single else t.ListType(words)
        if source.form == "any":
            name = str(source.paths[0])
            shape = self.hierarchy.shape_named(name)
            if name in self.declared.kinds:
                return t.RefType(name) if single else t.SetType(name)
            if shape is not None:
                return t.InstanceType(shape) if single else t.InstancesType(shape)
            return UNKNOWN
        kind = self.listed_kind(source.paths, pack)
        return UNKNOWN if kind is None else (t.RefType(kind) if single else t.SetType(kind))

    def listed_kind(self, paths: Sequence[ast.Path], pack: str) -> str | None:
        """Give the one kind of which all listed names are entries, or none."""
        kinds: list[set[str]] = []
        for path in paths:
            if len(path.names) == 2:
                kinds.append({path.names[0]})
                continue
            named = self.declared.entries_named.get(path.names[0], [])
            kinds.append({entry.word for entry in named if self.declared.visible(pack, entry.pack)})
        if not kinds or not all(kinds):
            return None
        shared = set.intersection(*kinds)
        if len(shared) == 1:
            return shared.pop()
        if shared or any(len(some) > 1 for some in kinds):
            return None
        joined = self.hierarchy.join(f"kind {kind}" for some in kinds for kind in some)
        return None if joined is None else joined.removeprefix("kind ")


def _reads_names(value: ast.Expression | None, written: t.Type) -> bool:
    """Tell whether a default may depend on other fields: anything but literals and the words or entries of its type."""
    if value is None or isinstance(value, ast.Number | ast.Dice | ast.Text | ast.Truth | ast.Nothing):
        return False
    if isinstance(value, ast.Negative):
        return _reads_names(value.operand, written)
    if isinstance(value, ast.ListOf):
        return any(_reads_names(item, written) for item in value.items)
    return not (isinstance(value, ast.Path) and isinstance(written, t.EnumType | t.RefType | t.SetType))
