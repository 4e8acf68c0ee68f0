"""What a document can still decide: choices that are asked, references that bring content, the next element of a sequence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from rulecore.dataclass import dataclass, field
from rulecore.derive.derivation import Derivation
from rulecore.derive.instance import Form, Home, Instance, Question
from rulecore.derive.laws import broken_laws
from rulecore.finding import Finding, Severity
from rulecore.formula import ast as f
from rulecore.formula import types as t
from rulecore.formula.scalar import Scope, evaluate
from rulecore.formula.values import number
from rulecore.model.document import read_document
from rulecore.model.entry import Entry
from rulecore.model.shape import Block, Collection, Field, Mode
from rulecore.model.strict import escape

if TYPE_CHECKING:
    from rulecore.formula.ast import Formula

CHOICE = "choice"
REFERENCE = "reference"
ELEMENT = "element"


@dataclass(frozen=True, slots=True)
class Offered:
    """One option: its id and label, and why it may not be taken now, none where it may."""

    id: str
    label: str
    why_not: str | None = None

    @property
    def legal(self) -> bool:
        """Tell whether it may be taken."""
        return self.why_not is None


class Offering(Protocol):
    """Gives what is on offer; `judged` says whether each is tried against the laws."""

    def __call__(self, *, judged: bool) -> Iterator[Offered]:
        """Give what is on offer."""


@dataclass(frozen=True)
class OpenChoice:
    """Something to decide: `form` is choice, reference or element. What is on offer is worked out when first asked for.

    `count` is how many answers it takes, `picked` those it has. `reference` is the field of an element that takes the answer.
    """

    id: str
    label: str
    form: str
    count: int
    picked: tuple[str, ...]
    _offered: Offering = field(repr=False, compare=False)
    reference: str = ""
    citation: str | None = None

    @cached_property
    def options(self) -> tuple[Offered, ...]:
        """Give all that is on offer, with the reason where something may not be taken."""
        return tuple(self._offered(judged=True))

    def offered(self, *, judged: bool = False) -> Iterator[Offered]:
        """Give all that is on offer, one by one; without being `judged` it is not asked whether it would break a law."""
        return self._offered(judged=judged)

    @property
    def candidates(self) -> tuple[str, ...]:
        """Give the ids of what is on offer, without asking whether it would break a law."""
        return tuple(option.id for option in self.offered() if option.legal)

    @property
    def legal(self) -> tuple[str, ...]:
        """Give the ids of what may be taken."""
        return tuple(option.id for option in self.options if option.legal)

    @property
    def missing(self) -> int:
        """Tell how many answers are missing."""
        return max(0, self.count - len(self.picked))

    def to_json(self) -> dict[str, Any]:
        """Give all of it as plain JSON."""
        offered = [{"id": each.id, "label": each.label, "why_not": each.why_not} for each in self.options]
        picked = list(self.picked)
        return {"id": self.id, "label": self.label, "form": self.form, "count": self.count, "picked": picked, "options": offered}


def options(derivation: Derivation, *, decided: bool = False) -> tuple[OpenChoice, ...]:
    """Give everything that is open, in the order in which content brings it; with `decided`, all that is asked."""
    found = [*entity_options(derivation), *_questions(derivation)]
    return tuple(each for each in found if decided or each.missing)


def entity_options(derivation: Derivation) -> tuple[OpenChoice, ...]:
    """Give the references of the entity that bring content, and its sequences, whether or not they are decided."""
    return (*_references(derivation), *_sequences(derivation))


# ---- choices


def _questions(derivation: Derivation) -> Iterator[OpenChoice]:
    for owner, question in derivation.structure.questions:
        if question.preset is None:
            choice = question.choice
            count = int(number(evaluate(choice.count, Scope(derivation.computation, owner))))
            picked = tuple(pick.name for pick in question.picks)
            offered = _Offers(derivation, owner, question, count).all
            label = owned(owner, choice.label)
            yield OpenChoice(question.path, label, CHOICE, count, picked, offered, citation=choice.citation)


def owned(owner: Instance, label: str) -> str:
    """Say whose something is, too: there may be several of that label."""
    while owner.form is Form.OPTION and owner.owner is not None:
        owner = owner.owner
    name = owner.entry.label if owner.entry is not None else owner.label
    return f"{name}, {label}" if owner.owner is not None and name not in {"", label} else label


class _Offers:
    """The options of one choice."""

    def __init__(self, derivation: Derivation, owner: Instance, question: Question, count: int) -> None:
        self.derivation, self.owner, self.question, self.count = derivation, owner, question, count
        self.judged = False

    def all(self, *, judged: bool) -> Iterator[Offered]:
        choice = self.question.choice
        self.judged = judged
        for option in choice.options:
            yield Offered(option.name, option.label, self._why_not(option.name, option.name, option.shape.block))
        for entry in choice.entries:
            if self._fulfils(choice.where, entry):
                yield Offered(entry.name, entry.label, self._why_not(entry.name, entry, None))
        if choice.records is not None:
            for instance in self.derivation.structure.instances:
                if choice.records in instance.shapes and self._fulfils(choice.where, instance):
                    yield Offered(instance.path, instance.label, self._why_not(instance.path, instance, None))

    def _fulfils(self, condition: Formula | None, value: Any) -> bool:
        return condition is None or bool(evaluate(condition, Scope(self.derivation.computation, self.owner, {"it": value})))

    def _why_not(self, name: str, value: Any, block: Block | None) -> str | None:
        repeat = self.question.choice.repeat
        picked = [pick.name for pick in self.question.picks]
        if name in picked and (repeat is None or not self._fulfils(repeat, value)):
            return "it is chosen already"
        if not self.judged:
            return None
        asks = _asks(block) if block is not None else isinstance(value, Entry) and _entry_asks(self.derivation, value)
        if not (asks or self.owner.laws):
            return None
        path, raw = self.question.path, self.derivation.document.raw
        answered = {**raw, "choices": {**raw.get("choices", {}), path: [*picked, name][-self.count :]}}
        return broken_by(self.derivation, {self.owner.path, name}, answered, f"/choices/{escape(path)}")


# ---- whether something breaks a law


def _entry_asks(derivation: Derivation, entry: Entry) -> bool:
    """Tell whether an entry has laws that it could break: its own, or those of the member of a family that stands for it."""
    member = derivation.structure.families.get(entry)
    return bool(member is not None and member.laws) or any(_asks(shape.block) for shape in derivation.rules.shapes_of(entry))


def _asks(block: Block) -> bool:
    return bool(block.requirements) or any(_asks(inner) for inner in block.blocks)


def broken_by(derivation: Derivation, known: AbstractSet[str], document: Mapping[str, Any], pointer: str) -> str | None:
    """Give what a document would break that is not broken now, none if nothing; it differs at a pointer alone.

    Whose law it is stands in front, unless its path is known to who reads it, or comes with the answer.
    """
    from rulecore.derive import derive
    from rulecore.derive.alike import branch_from

    now = {(found.message, found.found) for found in _broken(derivation)}
    then = branch_from(derivation, [pointer], read_document(document)) or derive(document, derivation.rules)
    new = (found for found in _broken(then) if (found.message, found.found) not in now)
    return next((_reason(derivation, known, broken) for broken in new), None)


def _reason(derivation: Derivation, known: AbstractSet[str], broken: Finding) -> str:
    path = broken.found or ""
    is_plain = path in known or path not in derivation.structure.by_path
    return broken.message.partition(f" ({path}): ")[2] or broken.message if is_plain else broken.message


def _broken(derivation: Derivation) -> list[Finding]:
    return [found for found in broken_laws(derivation) if found.severity is Severity.ERROR]


# ---- references of the entity, and its sequences


def _references(derivation: Derivation) -> Iterator[OpenChoice]:
    entity = derivation.structure.entity
    activating = _activating(derivation)
    for name, each in entity.fields.items():
        if name in activating and each.mode is Mode.EDITABLE and isinstance(each.type, t.RefType):
            value = derivation.computation.value(entity, name)
            picked = () if value is None else (value.name,)
            yield OpenChoice(
                name, each.label, REFERENCE, 1, picked, _candidates(derivation, entity, each, name), citation=each.citation
            )


def _activating(derivation: Derivation) -> set[str]:
    """Give the fields of the entity whose entries it activates."""
    entity = derivation.structure.entity
    read = [each.activation.entries for each in derivation.structure.activations if each.caller.owner is entity]
    return {each.name for each in read if isinstance(each, f.Read) and isinstance(each.of, f.This | f.Entity)}


def _sequences(derivation: Derivation) -> Iterator[OpenChoice]:
    entity = derivation.structure.entity
    for name, collection in entity.collections.items():
        elements = derivation.structure.elements[entity, name]
        reference = _reference_of(derivation, collection) if collection.ordered else None
        if reference is not None and len(elements) < collection.maximum:
            picked = tuple(_shown(derivation, element, reference.name) for element in elements)
            offered = _candidates(derivation, imagined(derivation, entity, collection), reference, name)
            yield OpenChoice(name, collection.label, ELEMENT, len(elements) + 1, picked, offered, reference.name)


def _reference_of(derivation: Derivation, collection: Collection) -> Field | None:
    fields = derivation.rules.records[collection.shape].block.fields
    return next((each for each in fields if each.mode is Mode.EDITABLE and isinstance(each.type, t.RefType)), None)


def _shown(derivation: Derivation, element: Instance, reference: str) -> str:
    value = derivation.computation.value(element, reference)
    return "" if value is None else str(value.name)


def _candidates(derivation: Derivation, owner: Instance, each: Field, name: str) -> Offering:
    """Give the entries that a reference may name, each judged on the document as it would be."""

    def offered(*, judged: bool) -> Iterator[Offered]:
        for entry in entries_for(derivation, owner, each):
            lawful = not judged or (name == each.name and not _entry_asks(derivation, entry))
            why_not = (
                None
                if lawful
                else broken_by(derivation, {owner.path, entry.name}, *_with(derivation, name, each.name, entry.name))
            )
            yield Offered(entry.name, entry.label, why_not)

    return offered


def entries_for(derivation: Derivation, owner: Instance, each: Field) -> Iterator[Entry]:
    """Give the entries that a reference of an instance may name."""
    if isinstance(each.type, t.RefType):
        for entry in derivation.structure.index.of_kind(each.type.kind):
            scope = Scope(derivation.computation, owner, {"it": entry})
            if each.where is None or evaluate(each.where, scope):
                yield entry


def imagined(derivation: Derivation, owner: Instance, collection: Collection) -> Instance:
    """Give an element that a collection does not have, to ask what one could be."""
    shape = derivation.rules.records[collection.shape]
    path = owner.join(f"{collection.name}.")
    element = Instance(path, Form.ELEMENT, owner, Home(""), shape.label, shape=shape.name, shapes={*shape.ancestors})
    element.fields = {each.name: each for each in shape.block.fields}
    return element


def _with(derivation: Derivation, name: str, reference: str, picked: str) -> tuple[dict[str, Any], str]:
    """Give the document with a reference of the entity set, or with one more element that has it, and the pointer to that."""
    raw = dict(derivation.document.raw)
    if name == reference:
        return raw | {"fields": {**raw.get("fields", {}), name: picked}}, f"/fields/{escape(name)}"
    collections = dict(raw.get("collections", {}))
    collections[name] = [*collections.get(name, []), {reference: picked}]
    return raw | {"collections": collections}, f"/collections/{escape(name)}"
