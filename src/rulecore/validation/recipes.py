"""Recipes: choices and editable values alone, by their ids, flat. From one follows a document."""

from __future__ import annotations

from collections.abc import Mapping

from rulecore.character.patch import copied
from rulecore.derive.derivation import Derivation
from rulecore.derive.instance import Instance
from rulecore.errors import FieldError
from rulecore.formula import types as t
from rulecore.model.document import FORMAT, read_document
from rulecore.model.shape import Collection, Mode
from rulecore.model.strict import escape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rulecore.ruleset import Ruleset

_MARKS = ("name", "kind")


def is_recipe(value: Mapping[str, Any], rules: Ruleset) -> bool:
    """Tell whether an object is a recipe: flat, and most of its keys ids that the rules may ask for."""
    blank = rules.new(rules.usual).derivation
    flat = [key for key, each in value.items() if isinstance(each, str | int | float) or _names(each) is not None]
    known = sum(_is_id(blank, key) for key in flat)
    return bool(flat) and len(flat) == len(value) and 2 * known > len(flat) and any(key not in _MARKS for key in flat)


def _is_id(blank: Derivation, key: str) -> bool:
    entity, index = blank.structure.entity, blank.structure.index
    own = key in entity.fields or key.partition(".")[0] in entity.collections
    return own or index.is_choice(key.rpartition(".")[2]) or index.may_be_parked(key)


def document_of(recipe: Mapping[str, Any], rules: Ruleset) -> tuple[dict[str, Any], dict[str, str]]:
    """Give the document of a recipe, and from which pointer of it each part came."""
    kind = recipe.get("kind")
    known = kind if isinstance(kind, str) and kind in rules.entities else rules.usual
    return _Making(rules, known).made({key: each for key, each in recipe.items() if key != "kind"})


class _Making:
    """A document in the making, out of a recipe."""

    def __init__(self, rules: Ruleset, kind: str) -> None:
        packs = {pack.name: pack.version for pack in rules.packs}
        self.rules = rules
        self.data: dict[str, Any] = {"format": FORMAT, "packs": packs, "kind": kind}
        self.data |= {"fields": {}, "collections": {}, "choices": {}}
        self.places: dict[str, str] = {}

    def made(self, recipe: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
        """Write what brings content first: of the other ids it shows then whether they are choices, fields or lists."""
        blank = self.rules.new(self.data["kind"]).derivation.structure.entity
        first = {key for key in recipe if key in blank.collections or (key in blank.fields and key != "name")}
        for key in (key for key in recipe if key in first):
            self._write(blank, key, key, recipe[key])
        rest = {key: each for key, each in recipe.items() if key not in first}
        if "name" in rest:
            self._put("", "name", rest.pop("name"), "name")
        for key in [key for key, each in rest.items() if _names(each) is not None]:
            self._put("choices", key, _names(rest[key]), key)
        derivation = self.rules.derive(read_document(copied(self.data)))
        for key, each in rest.items():
            owner, name = _located(derivation, key)
            if owner is None or name not in owner.questions:
                self.data["choices"].pop(key, None)
                self._write(owner or blank, name, key, each, is_known=owner is not None)
        return self.data, self.places

    def _write(self, owner: Instance, name: str, key: str, value: Any, *, is_known: bool = True) -> None:
        names = _names(value)
        if is_known and name in owner.collections and names is not None:
            self._elements(owner.collections[name], key, names)
        elif is_known and name in owner.fields:
            self._field(owner, name, key, value)
        elif names is not None:
            self._put("choices", key, names, key)
        else:
            self._put("fields", key, value, key)

    def _field(self, owner: Instance, name: str, key: str, value: Any) -> None:
        """Write a field: one name for a reference, where a list of one is given; an element's into its element."""
        single = isinstance(owner.fields[name].type, t.RefType | t.EnumType | t.TextType)
        plain = value[0] if single and isinstance(value, list) and len(value) == 1 else value
        pointer = read_document(self.data).pointer(key)
        part, *inside = pointer.split("/")[1:]
        if part == "collections" and len(inside) > 2:
            elements = self.data["collections"][inside[0]]
            element = elements[int(inside[1])] if isinstance(elements, list) else elements[inside[1]]
            element[inside[2]] = plain
            self.places[pointer] = f"/{escape(key)}"
        else:
            self._put("fields", key, plain, key)

    def _elements(self, collection: Collection, key: str, names: list[str]) -> None:
        fields = self.rules.rules.records[collection.shape].block.fields
        reference = next((each.name for each in fields if each.mode is Mode.EDITABLE and isinstance(each.type, t.RefType)), None)
        elements = [{reference or "name": name} for name in names]
        home = f"/collections/{escape(key)}"
        named = {str(place): each for place, each in enumerate(elements, 1)}
        self.data["collections"][key] = elements if collection.ordered else named
        self.places[home] = f"/{escape(key)}"
        for place, element in enumerate(elements):
            self.places[f"{home}/{place if collection.ordered else place + 1}"] = f"/{escape(key)}/{place}"
            self.places[f"{home}/{place if collection.ordered else place + 1}/{next(iter(element))}"] = f"/{escape(key)}/{place}"

    def _put(self, part: str, name: str, value: Any, key: str) -> None:
        (self.data[part] if part else self.data)[name] = value
        pointer = f"/{part}/{escape(name)}" if part else f"/{escape(name)}"
        self.places[pointer] = f"/{escape(key)}"
        if isinstance(value, list):
            self.places |= {f"{pointer}/{place}": f"/{escape(key)}/{place}" for place in range(len(value))}


def _names(value: Any) -> list[str] | None:
    if isinstance(value, str):
        return [value]
    return list(value) if isinstance(value, list) and all(isinstance(each, str) for each in value) else None


def _located(derivation: Derivation, key: str) -> tuple[Instance | None, str]:
    try:
        return derivation.locate(key)
    except FieldError:
        return None, key.rpartition(".")[2]
