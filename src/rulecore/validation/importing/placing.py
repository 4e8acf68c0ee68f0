"""What is placed at once: references of the entity, the sequence of what it is made of, and things in lists of its own."""

from __future__ import annotations

from collections.abc import Iterable

from rulecore.formula import types as t
from rulecore.model.shape import Collection, Mode
from rulecore.validation.importing.draft import Draft
from rulecore.validation.importing.lexicon import Lexicon
from rulecore.validation.importing.mentions import Mention
from rulecore.validation.importing.reading import fitting
from rulecore.validation.importing.values import read_value
from rulecore.validation.importing.words import identifier, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MOST_IN_A_SEQUENCE = 20
MOST_THINGS = 300


class Placing:
    """Writes what is named into a draft."""

    def __init__(self, draft: Draft, lexicon: Lexicon, mentions: list[Mention]) -> None:
        """Place mentions by the words of a ruleset."""
        self.draft, self.lexicon, self.mentions = draft, lexicon, mentions
        self.claims: list[tuple[str, Any, str]] = []
        self._placed: dict[str, list[str]] = {}
        self._numbers: list[tuple[str, Any, str]] = []

    def things(self) -> dict[str, list[str]]:
        """Give the ids of what was placed, by list."""
        return self._placed

    def all(self, level: int | None) -> None:
        """Place what has a place before anything is chosen; `level` is how far a sequence goes, where nothing else says it."""
        entity = self.draft.derivation.structure.entity
        for name, field in list(entity.fields.items()):
            if field.mode is Mode.EDITABLE and isinstance(field.type, t.RefType):
                kind, own = field.type.kind, {words(name), words(field.label), *self.lexicon.alias(name)}
                of_kind = self.lexicon.kind_names.get(kind, [])
                self._reference(name, kind, own.union(of_kind) if words(name) in of_kind else own)
        for collection in list(entity.collections.values()):
            reference = next(self.lexicon.references(collection.shape), None)
            if reference is not None and collection.ordered:
                self._sequence(collection, *reference, level)
        for collection in list(entity.collections.values()):
            reference = next(self.lexicon.references(collection.shape), None)
            if reference is not None and not collection.ordered:
                self._things(collection, *reference)

    # ---- references of the entity

    def _reference(self, name: str, kind: str, names: set[Any]) -> None:
        named = [each for each in self.mentions if each.context.name in names and not each.used and each.piece.text]
        known = next((each for each in named if each.of({kind}) is not None), None)
        chosen = known or next((each for each in named if each.context.exact and each.is_name), None)
        if chosen is None:
            return
        entry = chosen.of({kind})
        self.draft.set(name, identifier(chosen.written) if entry is None else entry.name, chosen.pointer)
        for each in named:
            if each is chosen or (entry is not None and each.of({kind}) is entry):
                self._use(each)

    @staticmethod
    def _use(mention: Mention) -> None:
        mention.used = True
        for fact in mention.facts:
            fact.used = True

    # ---- sequences

    def _sequence(self, collection: Collection, reference: str, kind: str, level: int | None) -> None:
        found: dict[str, tuple[Mention, int | None]] = {}
        for each in self.mentions:
            name = self._member(each, kind, collection)
            if name is None:
                continue
            number = self._count(each, collection)
            before = found.get(name)
            if before is None or (before[1] is None and number is not None):
                found[name] = each, number
            self._use(each)
        rest = (level or 1) - sum(number or 0 for _each, number in found.values())
        for name, (each, number) in found.items():
            count = number if number is not None else max(1, rest)
            for _ in range(max(0, min(count, MOST_IN_A_SEQUENCE))):
                self.draft.append(collection.name, {reference: name}, each.pointer)

    def _member(self, each: Mention, kind: str, collection: Collection) -> str | None:
        """Give the name of what a mention adds to a sequence, none where it adds nothing."""
        if kind not in each.context.kinds and each.context.name != words(collection.label):
            return None
        entry = each.of({kind})
        if entry is not None:
            return entry.name
        is_name = each.context.exact and each.is_name and kind in self.lexicon.kinds.get(each.context.name, ())
        return identifier(each.written) if is_name and not each.entries and not each.place.is_keyed else None

    def _count(self, each: Mention, collection: Collection) -> int | None:
        if each.piece.number is not None:
            return each.piece.number
        names = {words(collection.name), words(collection.label), words(self.lexicon.rules.records[collection.shape].label)}
        inside = [each.place] if each.value is None and not each.facts else list(each.place.around())
        for place in inside:
            for fact in place.facts:
                number = read_value(fact.value, t.IntType()) if fact.keys[-1:] and fact.keys[-1] in names else None
                if number is not None:
                    fact.used = True
                    return int(number)
        return None

    # ---- things

    def _things(self, collection: Collection, reference: str, kind: str) -> None:
        names = self.lexicon.subkinds(kind) if collection.name in self.lexicon.aliases else set()
        seen: dict[str, tuple[str, Any]] = {}
        for each in self.mentions:
            lists = self.lexicon.lists.get(each.context.name, ())
            is_here = collection.name in lists or not names.isdisjoint(self.lexicon.kinds.get(each.context.name, ()))
            if each.used or not is_here or len(seen) > MOST_THINGS:
                continue
            entry = each.of({kind})
            if entry is None and not (each.context.exact and collection.name in lists and not each.entries and each.is_name):
                continue
            self._thing(collection, reference, entry.name if entry is not None else identifier(each.written), each, seen)

    def _thing(self, collection: Collection, reference: str, name: str, each: Mention, seen: dict[str, tuple[str, Any]]) -> None:
        item = next((place for place in each.place.around() if place.is_item), None)
        key = f"{id(item)}" if item is not None and not each.place.is_keyed else ""
        if key and key in seen and not each.context.own:
            return
        before = seen.get(f"of {name}")
        element = {reference: name, **self._details(collection, reference, each)}
        if before is not None and before[1] != each.keys:
            self.draft.data["collections"][collection.name][before[0]].update(element)
        else:
            placed = self.draft.insert(collection.name, element, each.pointer)
            seen[f"of {name}"] = seen[key or f"{placed}"] = placed, each.keys
            self._placed.setdefault(collection.name, []).append(placed)
        placed = seen[f"of {name}"][0]
        self.claims += [(f"{collection.name}.{placed}.{path}", value, source) for path, value, source in self._numbers]
        self._use(each)

    def _details(self, collection: Collection, reference: str, each: Mention) -> dict[str, Any]:
        """Give what stands beside a thing: how many there are, and all that a person may say of it."""
        shape = self.lexicon.rules.records[collection.shape].name.removeprefix("record ")
        names = self.lexicon.records[shape]
        found: dict[str, Any] = {}
        self._numbers = []
        inside = [each.place] if each.place.is_keyed or each.context.own else list(each.place.around())
        listed = bool(each.facts) and each.facts[0].is_listed
        for fact in () if listed else (fact for place in inside for fact in place.facts):
            named = fitting(names.get(fact.keys[-1], ()), fact.value) if fact.keys else None
            if named is not None and "." in named.path:
                self._numbers.append((named.path, read_value(fact.value, named.field.type), fact.pointer))
                fact.used = True
            elif named is not None and named.field.mode is Mode.EDITABLE and fact not in each.facts:
                found.setdefault(named.path, read_value(fact.value, named.field.type))
                fact.used = True
        for text in each.piece.inner:
            for word in text.split(","):
                named = fitting(names.get(words(word), ()), value=True)
                if named is not None and named.field.mode is Mode.EDITABLE:
                    found[named.path] = True
        counted = self._counted(names.values())
        if each.piece.number is not None and counted is not None and each.piece.number != 1:
            found.setdefault(counted, each.piece.number)
        return found | self._second(collection, reference, each)

    @staticmethod
    def _counted(names: Iterable[Any]) -> str | None:
        """Give the field that says how many there are: the first number that a person sets."""
        fields = (named for several in names for named in several)
        return next((each.path for each in fields if each.field.mode is Mode.EDITABLE and each.is_number), None)

    def _second(self, collection: Collection, reference: str, each: Mention) -> dict[str, str]:
        """Give what a sign before or behind a name stands for, by the other references of the record."""
        if each.piece.signed is None or not each.entries:
            return {}
        for field, kind in self.lexicon.references(collection.shape):
            for name in (word for of in sorted(each.entries[0].kinds) for word in self.lexicon.kind_names.get(of, ())):
                found = self.lexicon.of((f"+{each.piece.signed}", *name), {kind}) if field != reference else []
                if found:
                    return {field: found[0].name}
        return {}
