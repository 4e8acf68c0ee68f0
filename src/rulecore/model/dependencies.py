"""The dependency graph of a ruleset: one node a field of each place where an instance can be, one edge a read.

A reference that is not constant stands for every entry or instance that it could name, so the graph holds whatever a
document says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rulecore.formula import ast as f
from rulecore.formula import types as t
from rulecore.formula.format import format_formula
from rulecore.formula.traverse import parts
from rulecore.model.effect import Effect
from rulecore.model.entry import Entry
from rulecore.model.graph import Edge, Graph
from rulecore.model.places import Place, Places, TooLarge, upward
from rulecore.model.rules import Rules
from rulecore.model.shape import Choice, Entity, Field, Mode
from rulecore.source import Span

MOST_EDGES = 400_000


def dependencies(rules: Rules, entity: Entity) -> Graph:
    """Give the graph of everything that could be active in documents of one entity."""
    return _Reading(rules, entity).graph()


class _Reading(Places):
    """Reads the formulas of every place."""

    def __init__(self, rules: Rules, entity: Entity) -> None:
        super().__init__(rules, entity)
        self.values: dict[tuple[int, str], frozenset[int]] = {}
        self.changes: dict[tuple[int, str], list[tuple[Effect, Place]]] = {}
        # what a property of some entries names: many formulas ask for the lists of all spells
        self.named: dict[tuple[str, frozenset[int]], frozenset[int]] = {}
        self.edges = 0
        self.known: dict[tuple[int, str], frozenset[int]] = {}

    def graph(self) -> Graph:
        """Give the finished graph."""
        graph = Graph()
        reads: list[tuple[Effect, Place, Place]] = []
        for place in self.all():
            for effect in place.effects:
                for index in self._locate(effect.of, place, {}, set()):
                    self._count(1)
                    self.changes.setdefault((index, effect.field), []).append((effect, place))
                    reads.append((effect, place, self.by_id[index]))
        for place in self.all():
            for each in place.fields.values():
                self._field_edges(graph, place, each)
        for effect, place, target in reads:
            self._effect_edges(graph, effect, place, target)
        return graph

    def _count(self, edges: int) -> None:
        self.edges += edges
        if self.edges > MOST_EDGES:
            raise TooLarge

    def _field_edges(self, graph: Graph, place: Place, each: Field) -> None:
        node = place.node(each.name)
        graph.node(node)
        formula, scope, span = self._formula(place, each)
        entry = None if place.entry is None else place.entry.id
        for found in (formula, each.low, each.high):
            reads: set[str] = set()
            if found is not None:
                self._locate(found, scope if found is formula else place, {}, reads)
            self._count(len(reads))
            for read in reads:
                graph.add(Edge(node, read, span, entry))

    def _formula(self, place: Place, each: Field) -> tuple[f.Formula | None, Place, Span]:
        bound = place.bindings.get((each.name,))
        return bound if bound is not None else (each.formula, place, each.span)

    def _effect_edges(self, graph: Graph, effect: Effect, place: Place, target: Place) -> None:
        if effect.field not in target.fields:
            return
        reads: set[str] = set()
        self._locate(effect.of, place, {}, reads)
        bound: dict[str, frozenset[int]] = {"it": frozenset({id(target)})}
        for formula in (effect.value, effect.when, effect.where, effect.cap):
            if formula is not None:
                self._locate(formula, place, bound, reads)
        self._read_gates(place, reads)
        guard = None if effect.when is None else f"when {format_formula(effect.when)}"
        entry = next((above.entry.id for above in upward(place) if above.entry is not None), None)
        self._count(len(reads))
        for read in reads:
            graph.add(Edge(target.node(effect.field), read, effect.span, entry, guard))

    def _read_gates(self, place: Place, reads: set[str]) -> None:
        """Add what the gates of the entries around a place read; each asks with its reference known to name that entry."""
        for above in upward(place):
            entry = above.entry
            for activation, holder in () if entry is None else self.gates.get(entry.id, ()):
                of = activation.entries
                assert activation.when is not None
                assert entry is not None
                if isinstance(of, f.Read) and isinstance(of.of, f.This):
                    self.known = {(id(holder), of.name): frozenset({id(self.entries[entry.id])})}
                self._locate(activation.when, holder, {}, reads)
                self.known = {}

    # ---- where a formula leads, and what it reads on the way

    def _locate(self, formula: f.Formula, place: Place, bound: Mapping[str, frozenset[int]], reads: set[str]) -> frozenset[int]:
        match formula:
            case f.Constant():
                return self._constant(formula.value)
            case f.Variable():
                return bound.get(formula.name, frozenset())
            case f.This():
                return frozenset({id(place)})
            case f.Outer():
                return self._outer(formula.shape, place)
            case f.Self():
                return self._self(formula, place)
            case f.Entity():
                return frozenset({id(self.root)})
            case f.Container():
                return self._containers(formula.shape, self._locate(formula.of, place, bound, reads))
            case f.EntryOf():
                return self._locate(formula.of, place, bound, reads)
            case f.Everything():
                return self._everything(formula)
            case f.Read():
                return self._read(formula, place, bound, reads)
            case f.Property():
                return self._property(formula, self._locate(formula.of, place, bound, reads))
            case f.Comprehension():
                inner = {**bound, formula.variable: self._locate(formula.collection, place, bound, reads)}
                if formula.where is not None:
                    self._locate(formula.where, place, inner, reads)
                return self._locate(formula.body, place, inner, reads)
            case f.Call() if formula.function in {"active", "instances"}:
                found = self._locate(formula.arguments[0], place, bound, reads)
                self._activity(found, reads)
                return frozenset()
            case _:
                return self._union((self._locate(part, place, bound, reads) for part in parts(formula)), formula.type)

    @staticmethod
    def _union(found: Iterable[frozenset[int]], of: t.Type) -> frozenset[int]:
        joined = frozenset().union(*found)
        return joined if _leads(of) else frozenset()

    def _constant(self, value: object) -> frozenset[int]:
        values = value if isinstance(value, tuple | frozenset) else (value,)
        return frozenset(id(self.entries[each.id]) for each in values if isinstance(each, Entry))

    def _outer(self, shape: str, place: Place) -> frozenset[int]:
        for above in upward(place):
            if above.is_a(shape):
                return frozenset({id(above)})
        named = self.options.get(shape) or self.entries.get(shape.removeprefix("entry "))
        return frozenset() if named is None else frozenset({id(named)})

    def _containers(self, shape: str, of: frozenset[int]) -> frozenset[int]:
        above = (next((up for up in upward(self.by_id[index]) if up.is_a(shape)), None) for index in of)
        return frozenset(id(place) for place in above if place is not None)

    def _self(self, formula: f.Self, place: Place) -> frozenset[int]:
        assert isinstance(formula.type, t.InstanceType)
        found = self.by_shape.get(formula.type.shape, frozenset())
        return frozenset(found or {id(place)})

    def _everything(self, formula: f.Everything) -> frozenset[int]:
        if formula.by == "record":
            return self.by_shape.get(formula.name, frozenset())
        if formula.by == "entry":
            return frozenset({id(self.entries[formula.name])})
        return self.by_shape.get(f"kind {formula.name}", frozenset())

    def _property(self, formula: f.Property, of: frozenset[int]) -> frozenset[int]:
        if not _leads(formula.type) and not isinstance(formula.type, t.MapType):
            return frozenset()
        key = (formula.name, of)
        if key not in self.named:
            entries = (self.by_id[index].entry for index in of)
            values = (formula.default if each is None else each.properties.get(formula.name, formula.default) for each in entries)
            found = (self._constant(tuple(value) if isinstance(value, dict) else value) for value in values)
            self.named[key] = frozenset().union(*found)
        return self.named[key]

    def _activity(self, found: frozenset[int], reads: set[str]) -> None:
        for index in found:
            self._read_gates(self.by_id[index], reads)

    def _read(self, formula: f.Read, place: Place, bound: Mapping[str, frozenset[int]], reads: set[str]) -> frozenset[int]:
        found: frozenset[int] = frozenset()
        for index in self._locate(formula.of, place, bound, reads):
            owner, name = self.by_id[index], formula.name
            if name in owner.parts:
                found |= {id(owner.parts[name])}
            elif name in owner.elements:
                found |= {id(owner.elements[name])}
            elif name in owner.choices:
                found |= self._chosen(owner.choices[name])
            elif name in owner.fields:
                reads.add(owner.node(name))
                found |= self._values(owner, owner.fields[name])
        return found

    def _chosen(self, choice: Choice) -> frozenset[int]:
        if choice.records is not None:
            return self.by_shape.get(choice.records, frozenset())
        return self._constant(choice.entries)

    def _values(self, place: Place, each: Field) -> frozenset[int]:
        """Give what a reference field can name: what its formula and effects can give, everything if a person sets it."""
        if not isinstance(each.type, t.RefType | t.SetType | t.InstanceType):
            return frozenset()
        key = (id(place), each.name)
        if key in self.known:
            return self.known[key]
        if key not in self.values:
            self.values[key] = self._anything(each.type)
            if each.mode is not Mode.EDITABLE:
                formula, scope, _span = self._formula(place, each)
                found = frozenset() if formula is None else self._locate(formula, scope, {}, set())
                for effect, owner in self.changes.get(key, ()):
                    found |= self._locate(effect.value, owner, {"it": frozenset({id(place)})}, set())
                self.values[key] = found
        return self.values[key]

    def _anything(self, of: t.Type) -> frozenset[int]:
        if isinstance(of, t.InstanceType):
            return self.by_shape.get(of.shape, frozenset())
        assert isinstance(of, t.RefType | t.SetType)
        return self.by_shape.get(f"kind {of.kind}", frozenset())


def _leads(of: t.Type) -> bool:
    """Tell whether a value of a type can name an entry or an instance."""
    return isinstance(of, t.RefType | t.SetType | t.InstanceType | t.InstancesType | t.ListType)
