"""Recipes of legal documents: choices and values alone, flat, as people and programs write them down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rulecore.derive.derivation import Derivation
from rulecore.formula import types as t
from rulecore.model.document import FORMAT, read_document
from rulecore.model.shape import Collection, Mode
from rulecore.strategies.player import errors
from rulecore.strategies.playing import LONGEST_SEQUENCE, documents, hypothesis_strategies, played, seeds

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from rulecore.ruleset import Ruleset


def recipes(rules: Ruleset, kind: str | None = None, *, longest: int = LONGEST_SEQUENCE) -> SearchStrategy[dict[str, Any]]:
    """Give recipes of documents without any error: ids of choices, fields and lists, each with names, a text or a number.

    What a recipe cannot say is left out: rulings, elements that name no entry, and values inside of what choices bring.
    """
    strategies = hypothesis_strategies()

    def drawn(document: dict[str, Any], length: int, seed: int) -> dict[str, Any]:
        recipe = _lawful(rules, document)
        return recipe or _lawful(rules, played(rules, kind, seed, length, elements=0, plain=True)) or {}

    made = strategies.builds(drawn, documents(rules, kind, longest=longest), strategies.integers(0, longest), seeds())
    found: SearchStrategy[dict[str, Any]] = made.filter(lambda recipe: any(key not in {"name", "kind"} for key in recipe))
    return found


def _lawful(rules: Ruleset, document: Mapping[str, Any]) -> dict[str, Any] | None:
    """Give the recipe of a document, none where what it leaves out makes the rest illegal."""
    recipe, plain = recipe_of(rules, document)
    return None if errors(rules.derive(read_document(plain))) else recipe


def recipe_of(rules: Ruleset, document: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give the recipe of a document, and the document that the recipe says: without what no recipe can say."""
    making = _Making(rules, document)
    making.lists()
    making.fields()
    making.choices()
    return making.recipe, making.document


class _Making:
    """A recipe in the making, beside the document that it says."""

    def __init__(self, rules: Ruleset, document: Mapping[str, Any]) -> None:
        self.given, self.rules = document, rules
        self.derivation: Derivation = rules.derive(read_document(document))
        self.recipe: dict[str, Any] = {} if document["kind"] == rules.usual else {"kind": document["kind"]}
        self.document: dict[str, Any] = {"format": FORMAT, "packs": {pack.name: pack.version for pack in rules.packs}}
        self.document |= {"kind": document["kind"], "fields": {}, "collections": {}, "choices": {}}
        self.renamed: dict[str, str] = {}

    def lists(self) -> None:
        """Write each list as the names of its elements; those of the entity itself may have further values."""
        given = self.given.get("collections", {})
        for owner, name in self.derivation.structure.elements:
            path, collection = owner.join(name), owner.collections[name]
            reference = self._reference(collection)
            if not given.get(path) or reference is None:
                continue
            elements = dict(enumerate(given[path], 1)) if collection.ordered else given[path]
            named = [(key, each) for key, each in elements.items() if isinstance(each.get(reference), str)]
            if named:
                self._list(path, named, reference, collection, is_own=owner is self.derivation.structure.entity)

    def _list(self, path: str, named: list[Any], reference: str, collection: Collection, *, is_own: bool) -> None:
        self.recipe[path] = [each[reference] for _key, each in named]
        elements: list[dict[str, Any]] = []
        for place, (key, each) in enumerate(named, 1):
            self.renamed[f"{path}.{key}"] = f"{path}.{place}"
            further = {name: value for name, value in each.items() if name != reference and is_own and _is_plain(value)}
            elements.append({reference: each[reference]} | further)
            self.recipe |= {f"{path}.{place}.{name}": value for name, value in further.items()}
        by_place = {str(place): each for place, each in enumerate(elements, 1)}
        self.document["collections"][path] = elements if collection.ordered else by_place

    def _reference(self, collection: Collection) -> str | None:
        fields = self.derivation.rules.records[collection.shape].block.fields
        found = [each.name for each in fields if each.mode is Mode.EDITABLE and isinstance(each.type, t.RefType)]
        return found[0] if found else None

    def fields(self) -> None:
        """Write the fields of the entity itself and of what belongs to it from the start, where a recipe can say their values."""
        blank = self.rules.new(self.given["kind"]).derivation
        known = {instance.join(name) for instance in blank.structure.instances for name in instance.fields}
        for key, value in self.given.get("fields", {}).items():
            if key in known and _is_plain(value) and not (isinstance(value, str) and value in self.renamed):
                self.recipe[key] = value
                self.document["fields"][key] = value
        if isinstance(self.given.get("name"), str) and self.given["name"]:
            self.recipe["name"] = self.document["name"] = self.given["name"]

    def choices(self) -> None:
        """Write the answers to what is asked; elements go by their new names."""
        for _owner, question in self.derivation.structure.questions:
            names = self.given.get("choices", {}).get(question.path)
            if question.preset is None and isinstance(names, list) and names:
                said = [self.renamed.get(name, name) for name in names]
                if question.choice.records is None or all(name in self.renamed for name in names):
                    self.recipe[question.path] = self.document["choices"][question.path] = said


def _is_plain(value: Any) -> bool:
    return isinstance(value, str | int | float)
