"""From the parsed files of packs to a ruleset: the one place where the steps are put together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rulecore.dsl import ast
from rulecore.dsl.bodies import Bodies
from rulecore.dsl.consistency import Consistency
from rulecore.dsl.contents import Contents
from rulecore.dsl.declare import Declared, PackText, Segment, declare
from rulecore.dsl.examples import Examples
from rulecore.dsl.expressions import Expressions
from rulecore.dsl.interviews import Interviews
from rulecore.dsl.layouts import Layouts
from rulecore.dsl.merge import merged
from rulecore.dsl.patch import patch
from rulecore.dsl.places import Places
from rulecore.dsl.program import Program
from rulecore.dsl.report import Report
from rulecore.dsl.scope import Scope
from rulecore.dsl.visibility import Visibility
from rulecore.dsl.vocabularies import Vocabularies
from rulecore.finding import Finding
from rulecore.formula import types as t
from rulecore.model import rules as r
from rulecore.model.example import Example
from rulecore.model.shape import Block, Entity, Shape
from rulecore.names import label_of
from rulecore.source import SourceFile


@dataclass(frozen=True, slots=True)
class Lowered:
    """The ruleset, what was found on the way, and the examples that the packs carry."""

    rules: r.Rules
    findings: tuple[Finding, ...]
    examples: tuple[Example, ...]


def lower(packs: Sequence[PackText], sources: Mapping[str, SourceFile]) -> Lowered:
    """Resolve, check and type everything in some packs, given in the order in which they use each other."""
    report = Report(sources)
    declared = declare(packs, report)
    patch(declared, report)
    program = Program(declared, report)
    places, visibility = Places(declared, report), Visibility(declared, report)
    for pack in packs:
        for file in pack.files:
            places.check(file.statements)
            for line in file.statements:
                visibility.check(pack.name, line)
    Consistency(program).check()
    lowering = Lowering(program, report)
    rules = lowering.rules(packs)
    made = [Examples(lowering.expressions).example(pack, line) for pack, line in declared.examples]
    return Lowered(rules, tuple(report.findings), tuple(example for example in made if example is not None))


class Lowering:
    """Turns declarations into the model."""

    def __init__(self, program: Program, report: Report) -> None:
        """Use one checker for all that follows."""
        self.program, self.report = program, report
        self.declared, self.members, self.reach = program.declared, program.members, program.reach
        self.expressions = Expressions(program)
        self.bodies = Bodies(self.expressions)
        self.contents = Contents(program, self.bodies)
        self.layouts = Layouts(self.expressions)
        self.interviews = Interviews(self.expressions, self.layouts)
        self.vocabularies = Vocabularies(self.expressions)
        self._own: dict[str, Block] = {}

    def rules(self, packs: Sequence[PackText]) -> r.Rules:
        """Give the whole ruleset."""
        self.contents.keep_defaults()
        kinds = {name: self.contents.kind(thing) for name, thing in self.declared.kinds.items()}
        tables = {name: self._table(thing) for name, thing in self.declared.tables.items()}
        records = {thing.shape: self._record(thing) for thing in self.declared.records.values()}
        entries = {f"{kind}.{name}": self.contents.entry(thing) for (kind, name), thing in self.declared.entries.items()}
        entities = {name: self._entity(thing) for name, thing in self.declared.entities.items()}
        rulings = {name: self._ruling(thing) for name, thing in self.declared.rulings.items()}
        events = {name: self._event(thing) for name, thing in self.declared.events.items()}
        layouts = {name: self.layouts.layout(name, segments) for name, segments in self.declared.layouts.items()}
        interviews = {name: self.interviews.interview(name, found) for name, found in self.declared.interviews.items()}
        vocabularies = {name: self.vocabularies.vocabulary(name, found) for name, found in self.declared.vocabularies.items()}
        self._check_phrases()
        self._check_invariants(packs)
        return r.Rules(
            tuple(_pack_info(pack) for pack in packs),
            kinds,
            records,
            entities,
            entries,
            tables,
            rulings,
            events,
            layouts,
            self._renamed(),
            {name: self.declared.entries["unit", name].label or name for name in sorted(self.program.hierarchy.units)},
            interviews=interviews,
            vocabularies=vocabularies,
            playbook=self.bodies.play.playbook(),
        )

    def _own_block(self, thing: Declared) -> Block:
        if thing.shape not in self._own:
            if thing.word == "entity":
                scope = Scope(thing.shape, thing.pack, (thing.name,))
            else:
                scope = Scope(thing.shape, thing.pack, self.reach.owners(thing), self.contents.outers(thing.shape))
            self._own[thing.shape] = self.bodies.block(thing.segments, scope)
        return self._own[thing.shape]

    def _descent(self, thing: Declared, table: Mapping[str, Declared]) -> list[Declared]:
        names = self.program.hierarchy.ancestors[thing.shape]
        return [table[name.split(" ", 1)[1]] for name in reversed(names)]

    def _record(self, thing: Declared) -> Shape:
        descent = self._descent(thing, self.declared.records)
        block = merged(self._own_block(each) for each in descent)
        outers = self.contents.outers(thing.shape)
        on_read = any(isinstance(each.node, ast.TypeDeclaration) and each.node.on_read for each in descent)
        names = frozenset(self.program.hierarchy.ancestors[thing.shape])
        return Shape(
            thing.shape,
            thing.label or label_of(thing.name),
            names,
            block,
            outers[0] if outers else None,
            on_read,
            thing.span,
        )

    def _entity(self, thing: Declared) -> Entity:
        descent = self._descent(thing, self.declared.entities)
        label = thing.label or label_of(thing.name)
        names = frozenset(self.program.hierarchy.ancestors[thing.shape])
        shape = Shape(thing.shape, label, names, merged(self._own_block(each) for each in descent), span=thing.span)
        shapes: dict[str, Shape] = {}
        keys = []
        for (kind, _name), entry in self.declared.entries.items():
            if not self.members.family_segments(thing.name, kind):
                continue
            if kind not in shapes:
                shapes[kind] = self._family(thing.name, kind, descent)
            keys.append((self.program.entry(entry), shapes[kind]))
        self._empty_families(descent)
        return Entity(thing.name, label, shape, tuple(keys))

    def _empty_families(self, descent: Sequence[Declared]) -> None:
        """Check the families of which no pack has an entry yet: their lines are read nowhere else."""
        for ancestor in descent:
            for segment in ancestor.segments:
                for line in segment.lines:
                    if isinstance(line, ast.Each):
                        self._family_block(line, f"family {ancestor.name}.{line.path}", ancestor, segment)

    def _family(self, entity: str, kind: str, descent: Sequence[Declared]) -> Shape:
        blocks, names = [], {f"family {entity}.{kind}"}
        for ancestor in descent:
            for segment in ancestor.segments:
                for line in segment.lines:
                    if isinstance(line, ast.Each) and self.program.hierarchy.kind_is(kind, str(line.path)):
                        name = f"family {ancestor.name}.{line.path}"
                        names.add(name)
                        blocks.append(self._family_block(line, name, ancestor, segment))
        return Shape(f"family {entity}.{kind}", label_of(kind), frozenset(names), merged(blocks))

    def _family_block(self, line: ast.Each, name: str, ancestor: Declared, segment: Segment) -> Block:
        key = f"{name}@{line.span}"
        if key not in self._own:
            if str(line.path) not in self.declared.kinds:
                self.report.error(
                    "each.unknown",
                    line.path.span,
                    f"there is no kind `{line.path}`",
                    found=str(line.path),
                    known=self.declared.kinds,
                )
            scope = Scope(name, segment.pack, (ancestor.name,), key_kind=str(line.path), family=True)
            self._own[key] = self.bodies.block([Segment(segment.pack, line.body)], scope)
        return self._own[key]

    def _table(self, thing: Declared) -> r.Table:
        node = thing.node
        assert isinstance(node, ast.Table)
        of = self.expressions.table_type(thing.name)
        scope = Scope("", thing.pack, ())
        rows = []
        for pair in node.pairs:
            key = self.contents.constant(pair.key, t.IntType(), scope, "the key of a table")
            rows.append((key, self.expressions.check(pair.value, scope, of)))
        if [key for key, _ in rows] != sorted({key for key, _ in rows}):
            self.report.error("table.order", thing.span, f"the keys of table `{thing.name}` rise from row to row, each once")
        return r.Table(thing.name, of, tuple(sorted(rows, key=lambda row: row[0])), thing.span)

    def _ruling(self, thing: Declared) -> r.Ruling:
        node = thing.node
        assert isinstance(node, ast.Ruling)
        of = self.program.hierarchy.type_of(node.type, thing.pack)
        default = self.expressions.check(node.default, Scope("", thing.pack, ()), of)
        text = next((line.text for line in node.body if isinstance(line, ast.Prose)), None)
        cited = next((line.text for line in node.body if isinstance(line, ast.Cite)), None)
        return r.Ruling(thing.name, thing.label or label_of(thing.name), of, default, text, cited, thing.span)

    def _event(self, thing: Declared) -> r.Event:
        node = thing.node
        assert isinstance(node, ast.Event)
        parameters = tuple(
            (parameter.name, self.program.hierarchy.type_of(parameter.type, thing.pack)) for parameter in node.parameters
        )
        self._distinct(thing, node.parameters)
        if not thing.nested:
            self.bodies.play.somewhere(node, thing.pack, sorted(self.reach.leaves()))
        return r.Event(thing.name, thing.label or label_of(thing.name), parameters, thing.span)

    def _distinct(self, thing: Declared, parameters: Sequence[ast.Parameter]) -> None:
        seen: set[str] = set()
        for parameter in parameters:
            if parameter.name in seen:
                self.report.error(
                    f"{thing.word}.parameters",
                    parameter.span,
                    f"{thing.word} `{thing.name}` takes `{parameter.name}` twice",
                    hint="give one of them another name",
                )
            seen.add(parameter.name)

    def _check_invariants(self, packs: Sequence[PackText]) -> None:
        """Check the formulas of invariants, which a later layer searches for counterexamples."""
        for pack in packs:
            for file in pack.files:
                for line in file.statements:
                    if isinstance(line, ast.Invariant):
                        for entity in sorted(self.reach.leaves())[:1]:
                            self.expressions.truth(line.value, Scope(f"entity {entity}", pack.name, (entity,)))

    def _check_phrases(self) -> None:
        for thing in self.declared.phrases.values():
            assert isinstance(thing.node, ast.Phrase)
            self._distinct(thing, [slot.parameter for slot in thing.node.slots])
            for slot in thing.node.slots:
                self.program.hierarchy.type_of(slot.parameter.type, thing.pack)
            for line in thing.node.body:
                if isinstance(line, ast.OpenLine) and line.head in self.declared.phrases:
                    self.report.error(
                        "phrase.nested",
                        line.span,
                        f"phrase `{thing.name}` uses phrase `{line.head}`, and a phrase stands for engine lines",
                        hint="write the lines themselves",
                    )

    def _renamed(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for _pack, line in self.declared.renamed:
            old, new = str(line.old), str(line.new)
            if new not in {f"{kind}.{name}" for kind, name in self.declared.entries}:
                known = [f"{kind}.{name}" for kind, name in self.declared.entries]
                self.report.error("renamed.unknown", line.new.span, f"there is no entry `{new}`", found=new, known=known)
            elif old in found:
                self.report.error("renamed.twice", line.old.span, f"`{old}` is renamed twice", expected=found[old], found=new)
            elif old in known_entries(self.declared.entries):
                self.report.error("renamed.exists", line.old.span, f"`{old}` still is an entry, so it was not renamed")
            else:
                found[old] = new
        return found


def known_entries(entries: Iterable[tuple[str, str]]) -> set[str]:
    """Give the ids of entries within a ruleset."""
    return {f"{kind}.{name}" for kind, name in entries}


def _pack_info(pack: PackText) -> r.PackInfo:
    uses = tuple((line.name, line.versions) for line in pack.manifest.body if isinstance(line, ast.Uses))
    licence = next(
        (
            item.value.value
            for line in pack.manifest.body
            if isinstance(line, ast.Meta) and str(line.key) == "license"
            for item in line.items
            if isinstance(item, ast.Operand) and isinstance(item.value, ast.Text)
        ),
        "",
    )
    return r.PackInfo(pack.name, pack.version, pack.manifest.label or pack.name, licence, uses, span=pack.manifest.span)


__all__ = ["Lowered", "lower", "merged"]
