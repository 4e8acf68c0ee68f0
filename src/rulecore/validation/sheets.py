"""Sheets: every value there is. What a person sets makes the document, and what the rules derive is claimed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rulecore.character.patch import copied, found_at
from rulecore.derive.derivation import Derivation
from rulecore.errors import DocumentError, FieldError
from rulecore.model.document import FORMAT, read_document
from rulecore.model.shape import Collection, Mode
from rulecore.model.sheet import json_of
from rulecore.model.strict import escape
from rulecore.validation.claims import CLAIMS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rulecore.ruleset import Ruleset

MOST_ROUNDS = 5
_OWN = frozenset({"ruleset", "entity", "records", "findings", "fields"})


def document_in(sheet: Mapping[str, Any], rules: Ruleset) -> tuple[dict[str, Any], dict[str, str]]:
    """Give the document in a sheet, with its claims, and from which pointer of the sheet each part came.

    A sheet has no choices; where it comes with some, or with collections, they are those of the document.
    """
    data = {key: copied(each) for key, each in sheet.items() if key not in _OWN}
    kind = sheet.get("kind", sheet.get("entity"))
    data |= {"format": FORMAT, "kind": kind if isinstance(kind, str) and kind in rules.entities else rules.usual}
    for part in ("fields", "collections", "choices", CLAIMS):
        data[part] = found if isinstance(found := data.get(part), dict) else {}
    making = _Making(data, rules)
    making.references(_fields({"fields": sheet.get("fields")}))
    making.elements(sheet.get("records"))
    making.values(sheet)
    return data, making.places


class _Making:
    """A document in the making, out of a sheet."""

    def __init__(self, data: dict[str, Any], rules: Ruleset) -> None:
        self.data, self.rules = data, rules
        self.places: dict[str, str] = {}

    def references(self, fields: Mapping[str, Any]) -> None:
        """Write the words and names that a person sets: they bring content."""
        for each in self.rules.rules.entities[self.data["kind"]].shape.block.fields:
            if each.mode is Mode.EDITABLE and isinstance(fields.get(each.name), str):
                self.data["fields"].setdefault(each.name, fields[each.name])
                self.places[f"/fields/{escape(each.name)}"] = f"/fields/{escape(each.name)}"

    def elements(self, records: Any) -> None:
        """Write the elements of the lists that a person fills, as far as they are not there: they may bring further lists."""
        left = dict(records) if isinstance(records, Mapping) else {}
        for number in range(MOST_ROUNDS):
            derivation = self._derived()
            lists = {} if derivation is None else derivation.structure.elements
            # What the entity has comes first: with it come the other lists, and what rules put into them.
            wanted = [(owner, name) for owner, name in lists if number or owner.owner is None]
            there = {owner.join(name): owner.collections[name] for owner, name in wanted}
            ready = [path for path in left if path.rpartition(".")[0] in there]
            for path in ready:
                record = left.pop(path)
                if derivation is not None and path not in derivation.structure.by_path:
                    self._element(there[path.rpartition(".")[0]], path, record)
            if number and not ready:
                return

    def _element(self, collection: Collection, path: str, record: Any) -> None:
        """Write one element with what a person sets of it."""
        name, _, key = path.rpartition(".")
        held = self.data["collections"].setdefault(name, [] if collection.ordered else {})
        shape = self.rules.rules.records[collection.shape].block.fields
        written = {each.name for each in shape if each.mode is Mode.EDITABLE}
        values = {name: copied(value) for name, value in _fields(record).items() if name in written and value is not None}
        if isinstance(held, list) and key == str(len(held) + 1):
            held.append(values)
        elif isinstance(held, dict):
            held.setdefault(key, values)

    def values(self, sheet: Mapping[str, Any]) -> None:
        """Write each value that comes out otherwise among the fields, where a person sets it; all others are claimed."""
        derivation = self._derived()
        for path, value, source in _values(sheet):
            editable, now = _known(derivation, path)
            if editable is None or (editable and (value is None or value == now)):
                continue
            pointer = derivation.document.pointer(path) if editable and derivation is not None else f"/{CLAIMS}/{escape(path)}"
            *holder, name = pointer.split("/")
            found = found_at(self.data, "/".join(holder))
            if found is not None:
                found[0].setdefault(name.replace("~1", "/").replace("~0", "~"), copied(value))
                self.places[pointer] = source

    def _derived(self) -> Derivation | None:
        """Derive what there is so far."""
        try:
            return self.rules.derive(read_document(copied({key: each for key, each in self.data.items() if key != CLAIMS})))
        except DocumentError:
            return None


def _fields(record: Any) -> Mapping[str, Any]:
    fields = record.get("fields", record) if isinstance(record, Mapping) else None
    return fields if isinstance(fields, Mapping) else {}


def _values(sheet: Mapping[str, Any]) -> Iterator[tuple[str, Any, str]]:
    """Give the path, value and pointer of each field of a sheet and of its records."""
    for name, value in _fields({"fields": sheet.get("fields")}).items():
        yield name, value, f"/fields/{escape(name)}"
    records = sheet.get("records")
    for path, record in records.items() if isinstance(records, Mapping) else ():
        for name, value in _fields(record).items():
            yield f"{path}.{name}", value, f"/records/{escape(path)}/fields/{escape(name)}"


def _known(derivation: Derivation | None, path: str) -> tuple[bool | None, Any]:
    """Tell whether a person sets a field, and its value now; none where there is no such field."""
    if derivation is None:
        return False, None
    try:
        instance, field = derivation.field(path)
    except FieldError:
        return False, None
    return field.mode is Mode.EDITABLE, json_of(derivation.computation.value(instance, field.name))
