"""Where instances can be: the static addresses of a ruleset.

A place is the entity, a family member, a part, the element of a collection, an entry, or an option.
"""

from __future__ import annotations

from collections.abc import Iterator

from rulecore.formula import ast as f
from rulecore.formula import types as t
from rulecore.model.effect import Effect
from rulecore.model.entry import Entry
from rulecore.model.rules import Rules
from rulecore.model.shape import Activation, Block, Choice, Entity, Field, Part, Shape
from rulecore.source import Span

MOST_PLACES = 60_000


class TooLarge(Exception):
    """More edges than can be searched in reasonable time."""


class Place:
    """Where an instance can be. `bindings` replace formulas of its fields, each with the place in whose scope it is read."""

    def __init__(self, address: str, shapes: list[Shape], parent: Place | None = None, entry: Entry | None = None) -> None:
        """Start empty; what stands here is filled in from the blocks of its shapes."""
        self.address, self.shapes, self.parent, self.entry = address, shapes, parent, entry
        self.fields: dict[str, Field] = {}
        self.parts: dict[str, Place] = {}
        self.elements: dict[str, Place] = {}
        self.choices: dict[str, Choice] = {}
        self.bindings: dict[tuple[str, ...], tuple[f.Formula, Place, Span]] = {}
        self.effects: list[Effect] = []

    def is_a(self, shape: str) -> bool:
        """Tell whether an instance here is of a shape."""
        return any(shape in own.ancestors for own in self.shapes)

    def node(self, name: str) -> str:
        """Give the name of a field's node."""
        return f"{self.address}.{name}" if self.address else name

    def inside(self) -> Iterator[Place]:
        """Give this place and all places in it."""
        yield self
        for place in (*self.parts.values(), *self.elements.values()):
            yield from place.inside()


class Places:
    """Every place of an entity's documents, and what stands there."""

    def __init__(self, rules: Rules, entity: Entity) -> None:
        """Lay out everything that could ever be active."""
        self.rules = rules
        self.root = Place("", [entity.shape])
        self.filled = 0
        self.entries: dict[str, Place] = {}
        self.options: dict[str, Place] = {}
        self.gates: dict[str, list[tuple[Activation, Place]]] = {}
        self.by_id: dict[int, Place] = {}
        self._place_all(entity)
        self.by_shape = self._index()

    def _place_all(self, entity: Entity) -> None:
        self._fill(self.root, entity.shape.block)
        for entry, shape in entity.keys:
            place = self.entries[entry.id] = Place(entry.name, [shape], self.root, entry)
            self._fill(place, shape.block)
        for entry in self.rules.entries.values():
            fresh = Place(entry.id, [], self.root, entry)
            place = self.entries.setdefault(entry.id, fresh)
            for shape in self.rules.shapes_of(entry):
                place.shapes.append(shape)
                self._fill(place, shape.block)
        for place in list(self.all()):
            self.by_id[id(place)] = place

    def _index(self) -> dict[str, frozenset[int]]:
        found: dict[str, set[int]] = {}
        for place in self.all():
            for shape in place.shapes:
                for name in shape.ancestors:
                    found.setdefault(name, set()).add(id(place))
        for place in self.entries.values():
            for kind in () if place.entry is None else place.entry.kinds:
                found.setdefault(f"kind {kind}", set()).add(id(place))
        return {name: frozenset(places) for name, places in found.items()}

    def all(self) -> Iterator[Place]:
        """Give every place."""
        for top in (self.root, *self.entries.values(), *self.options.values()):
            yield from top.inside()

    def _fill(self, place: Place, block: Block) -> None:
        self.filled += 1
        if self.filled > MOST_PLACES:
            raise TooLarge
        place.fields.update({each.name: each for each in block.fields})
        place.effects += block.effects
        for part in block.parts:
            self._part(place, part)
        for collection in block.collections:
            shape = self.rules.records[collection.shape]
            element = Place(f"{place.node(collection.name)}[]", [shape], place)
            place.elements[collection.name] = element
            if not self._repeats(element):
                self._fill(element, shape.block)
        for choice in block.choices:
            place.choices[choice.name] = choice
            for option in choice.options:
                inner = Place(option.shape.name, [option.shape], place, place.entry)
                self.options[option.shape.name] = inner
                self._fill(inner, option.shape.block)
        for activation in block.activations:
            self._gate(activation, place)
        for inner_block in block.blocks:
            self._fill(place, inner_block)

    @staticmethod
    def _repeats(place: Place) -> bool:
        """Tell whether a record stands inside itself, so that one level of it says all."""
        above, name = place.parent, place.shapes[0].name
        while above is not None:
            if any(shape.name == name for shape in above.shapes):
                return True
            above = above.parent
        return False

    def _part(self, place: Place, part: Part) -> None:
        shape = self.rules.records[part.shape]
        inner = Place(place.node(part.name), [shape], place)
        inner.effects += part.effects
        for binding in part.bindings:
            inner.bindings[binding.path] = (binding.value, place, part.span)
        for path, bound in place.bindings.items():
            if path[0] == part.name and len(path) > 1:
                inner.bindings[path[1:]] = bound
        place.parts[part.name] = inner
        if not self._repeats(inner):
            self._fill(inner, shape.block)

    def _gate(self, activation: Activation, place: Place) -> None:
        if activation.when is None:
            return
        of = activation.entries.type
        assert isinstance(of, t.RefType | t.SetType)
        for entry in self.rules.entries.values():
            if of.kind in entry.kinds:
                self.gates.setdefault(entry.id, []).append((activation, place))


def upward(place: Place) -> Iterator[Place]:
    """Give a place and those around it, nearest first."""
    above: Place | None = place
    while above is not None:
        yield above
        above = above.parent
