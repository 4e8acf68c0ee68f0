"""What could be edited next: values of fields, elements, answers, rulings; drawn at random from what is on offer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from random import Random
from typing import Any

from rulecore.derive import Derivation
from rulecore.derive.activate import answer
from rulecore.derive.contents import NOTHING
from rulecore.derive.instance import Form, Home, Instance
from rulecore.derive.options import OpenChoice, entries_for, imagined, options
from rulecore.formula import types as t
from rulecore.formula.scalar import Scope, evaluate
from rulecore.formula.values import number
from rulecore.model.edit import Add, Edit, Remove, Set
from rulecore.model.entry import Entry
from rulecore.model.shape import Collection, Field, Mode

LONGEST_STEP = 20
"""Of numbers with a wide range, those near the default are drawn: the others say nothing new."""

FEW, SEVERAL = (1, 1, 1, 2), (2, 2, 3)
"""How many different entries a sequence is made of: much may be asked of those who mix."""

MOST_ATTEMPTS = 8
MOST_ANSWERS = 3

RARELY = 0.1
SELDOM = 0.3
OFTEN = 0.6


class Proposals:
    """Draws edits that fit a derivation; whether they break a law is for the player to find out."""

    def __init__(
        self, derivation: Derivation, random: Random, weights: Mapping[str, float] | None = None, *, generous: bool = False
    ) -> None:
        """Draw from what is on offer now; `weights` say which names come more often, `generous` ones draw higher values."""
        self.derivation, self.random, self.weights, self.generous = derivation, random, weights or {}, generous

    # ---- values

    def values(self, likely: float, *, elements: bool = False) -> list[Edit]:
        """Give values for some editable fields: of elements, or of all that is no element."""
        found = []
        for instance, field in self._editable():
            if instance.has_element_above() is elements and self.random.random() < likely:
                found += self.value(instance, field)
        return found

    def value(self, instance: Instance, field: Field) -> list[Edit]:
        """Give an edit of one field, none where nothing is on offer."""
        drawn = self._drawn(instance, field)
        path = instance.join(field.name)
        if drawn is not None:
            return [Set(path, drawn)]
        written = self.derivation.contents.written(instance, field.name) is not NOTHING
        return [Remove(path)] if written and instance.form is not Form.ELEMENT else []

    def some_value(self) -> list[Edit]:
        """Give an edit of one field."""
        editable = self._editable()
        return self.value(*self.random.choice(editable)) if editable else []

    def _editable(self) -> list[tuple[Instance, Field]]:
        return [
            (instance, field)
            for instance in self.derivation.structure.instances
            for name, field in instance.fields.items()
            if field.mode is Mode.EDITABLE and name not in instance.fixed and (name,) not in instance.bindings
        ]

    def _drawn(self, instance: Instance, field: Field) -> Any:
        match field.type:
            case t.BoolType():
                return self.random.random() < OFTEN
            case t.EnumType():
                return self.random.choice(field.type.words)
            case t.IntType():
                return self._integer(instance, field)
            case t.RefType():
                return self._reference(instance, field)
            case t.SetType():
                known = list(self.derivation.structure.index.of_kind(field.type.kind))
                return sorted({self.random.choice(known).name for _ in range(self.random.randint(0, 2))}) if known else None
        return None

    def _reference(self, instance: Instance, field: Field) -> str | None:
        """Draw a kind first and then one of its entries: a kind with few is drawn as often as one with many."""
        kinds: dict[str, list[str]] = {}
        for entry in entries_for(self.derivation, instance, field):
            kinds.setdefault(entry.kind, []).append(entry.name)
        if not kinds:
            return None
        return self._some(kinds[self.random.choice(sorted(kinds))])

    def _some(self, names: Sequence[str]) -> str:
        return self.random.choices(names, [self.weights.get(name, 1) for name in names])[0]

    def _several(self, names: Sequence[str], count: int) -> list[str]:
        """Draw different names, up to as many as there are."""
        left = list(names)
        drawn: list[str] = []
        while left and len(drawn) < count:
            drawn.append(self._some(left))
            left.remove(drawn[-1])
        return drawn

    def _integer(self, instance: Instance, field: Field) -> int:
        default = int(number(self.derivation.computation.by_formula(instance, field)))
        scope = Scope(self.derivation.computation, instance)
        low, high = (None if each is None else int(number(evaluate(each, scope))) for each in (field.low, field.high))
        least = max(default - LONGEST_STEP, default - LONGEST_STEP if low is None else low)
        most = min(default + LONGEST_STEP, default + LONGEST_STEP if high is None else high)
        return max(self.random.randint(least, max(least, most)) for _ in range(2 if self.generous else 1))

    # ---- references and sequences of the entity

    def references(self) -> list[Edit]:
        """Give a value for each reference that brings content and is not set."""
        found = [choice for choice in options(self.derivation) if choice.form == "reference"]
        return [Set(choice.id, self._some(choice.candidates)) for choice in found if choice.candidates]

    def sequence(self, length: int) -> list[list[Edit]]:
        """Give elements for each sequence, in groups of equal ones: of a few entries, so that some come several times."""
        found: list[list[Edit]] = []
        for choice in options(self.derivation):
            candidates = choice.candidates if choice.form == "element" else ()
            if candidates:
                few = self._several(candidates, self.random.choice(SEVERAL if self.generous else FEW))
                drawn = [self.random.randrange(len(few)) for _ in range(length)]
                if self.random.random() < OFTEN:
                    drawn.sort()
                groups = groupby(drawn)
                found += [[Add(choice.id, {choice.reference: few[place]}) for place in several] for _place, several in groups]
        return found

    # ---- choices

    def answers(self, tried: dict[str, int]) -> list[Edit]:
        """Give an answer to each open choice; `tried` counts how often each has been answered in vain."""
        found: list[Edit] = []
        taken: set[str] = set()
        for choice in options(self.derivation):
            if choice.form == "choice" and tried.get(choice.id, 0) < MOST_ANSWERS:
                tried[choice.id] = tried.get(choice.id, 0) + 1
                found += self.answer(choice, taken)
        return found

    def answer(self, choice: OpenChoice, taken: set[str]) -> list[Edit]:
        """Give an answer that completes a choice, as far as enough is on offer; mostly none that another has `taken` just now."""
        on_offer = [name for name in choice.candidates if name not in choice.picked and self._may_be_chosen(choice, name)]
        left = [name for name in on_offer if name not in taken]
        fresh = len(left) >= choice.missing and self.random.random() > RARELY
        picked = self._several(left if fresh else on_offer, choice.missing)
        taken.update(picked)
        return [Set(choice.id, [*choice.picked, *picked])] if picked else []

    def _may_be_chosen(self, choice: OpenChoice, name: str) -> bool:
        """Tell whether the laws in an entry's own text hold now; they may read more once it is chosen."""
        owner, question = next(each for each in self.derivation.structure.questions if each[1].path == choice.id)
        entry = answer(self.derivation.structure, question, name)
        if not isinstance(entry, Entry) or entry.shape is None:
            return True
        imagination = Instance(owner.join(f"{choice.id}.{name}"), Form.ENTRY, owner, Home(""), entry.label, entry=entry)
        scope = Scope(self.derivation.computation, imagination)
        return all(evaluate(each.condition, scope) for each in entry.shape.block.requirements)

    def other_answer(self) -> list[Edit]:
        """Give a new answer to some choice that has one, or take it back."""
        decided = [each for each in options(self.derivation, decided=True) if each.form == "choice" and each.picked]
        if not decided:
            return []
        choice = self.random.choice(decided)
        others = [name for name in choice.candidates if name not in choice.picked]
        if not others or self.random.random() < SELDOM:
            return [Remove(choice.id)]
        kept = list(choice.picked[1:])
        return [Set(choice.id, [*kept, self._some(others)])]

    # ---- elements

    def collections(self) -> list[tuple[Instance, Collection]]:
        """Give every collection into which a person may put elements, but the sequences."""
        return [
            (instance, collection)
            for instance in self.derivation.structure.instances
            for collection in instance.collections.values()
            if not collection.ordered
        ]

    def elements(self, most: int) -> list[Edit]:
        """Give some elements for each collection, more for those of the entity itself."""
        found: list[Edit] = []
        for instance, collection in self.collections():
            limit = most if instance.form is Form.ENTITY else most // 2
            for _ in range(self.random.randint(0, min(limit, collection.maximum))):
                found += self.element(instance, collection)
        return found

    def element(self, instance: Instance, collection: Collection) -> list[Edit]:
        """Give an element of a collection, its references drawn from what is on offer and what its own laws allow."""
        for _attempt in range(MOST_ATTEMPTS):
            imagination = imagined(self.derivation, instance, collection)
            value = dict(self._content(imagination))
            if value and self._is_lawful(imagination, collection):
                return [Add(instance.join(collection.name), value)]
        return []

    def _is_lawful(self, element: Instance, collection: Collection) -> bool:
        scope = Scope(self.derivation.computation, element)
        requirements = self.derivation.rules.records[collection.shape].block.requirements
        return all(evaluate(each.condition, scope) for each in requirements)

    def _content(self, element: Instance) -> Iterator[tuple[str, Any]]:
        """Draw the values of an element: one reference at least, and some of the rest."""
        holds = False
        for name, field in element.fields.items():
            if field.mode is not Mode.EDITABLE:
                continue
            needed = isinstance(field.type, t.RefType) and not holds
            if needed or self.random.random() < (OFTEN if isinstance(field.type, t.BoolType) else SELDOM):
                drawn = self._drawn(element, field)
                holds = holds or (needed and drawn is not None)
                if drawn is not None:
                    element.fixed[name] = self._value_of(drawn, field)
                    yield name, drawn

    def _value_of(self, drawn: Any, field: Field) -> Any:
        return self.derivation.structure.index.find(drawn, field.type.kind) if isinstance(field.type, t.RefType) else drawn

    def some_element(self) -> list[Edit]:
        """Give one element for some collection."""
        found = self.collections()
        return self.element(*self.random.choice(found)) if found else []

    def removal(self) -> list[Edit]:
        """Give the removal of some element that the document has."""
        collections = self.derivation.document.collections
        found = [f"{key}.{name}" for key, elements in collections.items() if isinstance(elements, dict) for name in elements]
        found += [f"{key}.{len(elements)}" for key, elements in collections.items() if isinstance(elements, list) and elements]
        return [Remove(self.random.choice(found))] if found else []

    # ---- rulings

    def rulings(self, likely: float) -> list[Edit]:
        """Give values for some rulings."""
        found: list[Edit] = []
        for name, ruling in self.derivation.rules.rulings.items():
            if self.random.random() < likely:
                value = self._ruled(ruling.type)
                found += [] if value is None else [Set(f"rulings.{name}", value)]
        return found

    def _ruled(self, of: t.Type) -> Any:
        if isinstance(of, t.BoolType):
            return self.random.random() < OFTEN
        return self.random.choice(of.words) if isinstance(of, t.EnumType) else None
