"""What the interviews of packs ask beside choices, as a document stands: fields to set, and lists that have room."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from rulecore.dataclass import dataclass
from rulecore.derive.derivation import Derivation
from rulecore.derive.instance import Instance
from rulecore.derive.options import broken_by, entries_for, imagined, owned
from rulecore.formula import types as t
from rulecore.formula.scalar import Scope, evaluate
from rulecore.formula.values import many, number
from rulecore.model.entry import Entry
from rulecore.model.rules import Asked
from rulecore.model.shape import Collection, Field, Mode
from rulecore.model.strict import escape

if TYPE_CHECKING:
    from collections.abc import Mapping

LIST = "list"


@dataclass(frozen=True, slots=True)
class Setting:
    """One field to set: its path, what it is called in its question, whose it is, and the field."""

    path: str
    label: str
    instance: Instance
    field: Field


@dataclass(frozen=True, slots=True)
class OpenFields:
    """A question about fields; its id is the path of the first."""

    id: str
    label: str
    settings: tuple[Setting, ...]
    asked: Asked


@dataclass(frozen=True)
class OpenList:
    """A list: `held` of `most` places are taken. `written` leads from what it has, as far as a person may take it out, to paths.

    It is like a choice, but what is on offer is judged one by one, since a list may offer hundreds.
    """

    id: str
    label: str
    picked: tuple[str, ...]
    held: int
    most: int
    written: Mapping[str, str]
    asked: Asked
    holder: _Holder

    form = LIST

    @property
    def missing(self) -> int:
        """Tell how many places are left."""
        return max(0, self.most - self.held)

    @property
    def reference(self) -> str:
        """The field of an element that names an entry."""
        return self.holder.reference.name

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """Give what a list of this sort takes, by id, without asking whether it would break a law."""
        return {entry.name: entry for entry in self.holder.entries(self.asked)}

    def why_not(self, name: str) -> str | None:
        """Say why an entry may not be added now, none where it may."""
        if name in self.picked:
            return "it is chosen already"
        return self.holder.why_not(name)

    def label_of(self, name: str) -> str:
        """Give the label of what is in the list."""
        of = self.holder.reference.type
        found = self.holder.derivation.structure.index.of_kind(of.kind) if isinstance(of, t.RefType) else ()
        return next((entry.label for entry in found if entry.name == name), name)

    def scope(self, entry: Entry) -> Scope:
        """Give the scope in which what is shown of a candidate is read."""
        return self.holder.scope.bind("it", entry).bind("owner", self.holder.instance)


@dataclass(frozen=True)
class _Holder:
    """A list of an instance, and the field by which its elements name entries."""

    derivation: Derivation
    instance: Instance
    collection: Collection
    reference: Field

    @property
    def path(self) -> str:
        return self.instance.join(self.collection.name)

    @property
    def scope(self) -> Scope:
        return Scope(self.derivation.computation, self.derivation.structure.entity)

    def entries(self, asked: Asked) -> Iterator[Entry]:
        element = imagined(self.derivation, self.instance, self.collection)
        scope = self.scope.bind("owner", self.instance)
        for entry in entries_for(self.derivation, element, self.reference):
            if asked.offered is None or evaluate(asked.offered, scope.bind("it", entry)):
                yield entry

    def why_not(self, name: str) -> str | None:
        raw = self.derivation.document.raw
        collections = raw.get("collections", {})
        elements = collections.get(self.path, {})
        unused = next(each for each in (f"new{number}" for number in range(len(elements) + 1)) if each not in elements)
        added = {**collections, self.path: {**elements, unused: {self.reference.name: name}}}
        known = {self.instance.path, name}
        return broken_by(self.derivation, known, {**raw, "collections": added}, f"/collections/{escape(self.path)}")


def asked(derivation: Derivation) -> tuple[OpenFields | OpenList, ...]:
    """Give what the interview of an entity asks, in its order. Of two lines about one list the later counts, in its place.

    What `options` gives anyway is a question of fields here, so that it has a place in the order.
    """
    found: dict[str, OpenFields | OpenList] = {}
    for line in derivation.rules.interviews.get(derivation.document.kind, ()):
        for each in _lists(derivation, line) if line.held is not None else _fields(derivation, line):
            found.pop(each.id, None)
            found[each.id] = each
    return tuple(found.values())


def _instances(derivation: Derivation, line: Asked) -> Iterator[Instance]:
    scope = Scope(derivation.computation, derivation.structure.entity)
    for value in many(evaluate(line.of, scope)):
        instance = derivation.structure.standing(value) if isinstance(value, Entry) else value
        if instance is not None and (line.where is None or evaluate(line.where, scope.bind("it", value))):
            yield instance


def _fields(derivation: Derivation, line: Asked) -> Iterator[OpenFields]:
    several = list(_instances(derivation, line))
    settings = []
    for instance in several:
        field = instance.fields.get(line.name)
        collection = instance.collections.get(line.name)
        if field is not None:
            label = instance.entry.label if instance.entry is not None else field.label
            settings.append(Setting(instance.join(line.name), label, instance, field))
        elif collection is not None:
            yield OpenFields(instance.join(line.name), line.label or collection.label, (), line)
    if settings:
        yield OpenFields(settings[0].path, line.label or settings[0].field.label, tuple(settings), line)


def _lists(derivation: Derivation, line: Asked) -> Iterator[OpenList]:
    for instance in _instances(derivation, line):
        collection = instance.collections.get(line.name)
        reference = None if collection is None else _reference(derivation, collection)
        if collection is not None and reference is not None:
            yield _list(derivation, line, _Holder(derivation, instance, collection, reference))


def _list(derivation: Derivation, line: Asked, holder: _Holder) -> OpenList:
    held, most = (_counted(each, holder) for each in (line.held, line.most))
    elements = derivation.structure.elements[holder.instance, holder.collection.name]
    names = [_name(derivation, element, holder.reference.name) for element in elements]
    stored = derivation.document.collections.get(holder.path)
    ours = stored if isinstance(stored, dict) else {}
    written = {
        name: element.path
        for name, element in zip(names, elements, strict=True)
        if name and element.path.removeprefix(f"{holder.path}.") in ours
    }
    label = owned(holder.instance, line.label or holder.collection.label)
    picked = tuple(name for name in names if name)
    return OpenList(holder.path, label, picked, held, most, written, line, holder)


def _counted(formula: Any, holder: _Holder) -> int:
    return int(number(evaluate(formula, holder.scope.bind("it", holder.instance))))


def _name(derivation: Derivation, element: Instance, reference: str) -> str:
    value = derivation.computation.value(element, reference)
    return "" if value is None else str(value.name)


def _reference(derivation: Derivation, collection: Collection) -> Field | None:
    fields = derivation.rules.records[collection.shape].block.fields
    return next((each for each in fields if each.mode is Mode.EDITABLE and isinstance(each.type, t.RefType)), None)
