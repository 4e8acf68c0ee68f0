"""A transaction: edits applied to a copy of the document in turn, then judged together against the new derivation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rulecore.character.edits import PATCH_KEYS
from rulecore.character.faults import unknown_path, unwritable
from rulecore.character.patch import applied, copied
from rulecore.character.placement import Placement
from rulecore.character.values import jsonlike
from rulecore.derive import Derivation
from rulecore.errors import Refused
from rulecore.finding import Finding
from rulecore.model.edit import Add, Edit, Remove, Set

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_NAMES_END = "."


class Transaction:
    """A copy of a document on which edits are written one after the other; faults are collected."""

    def __init__(self, derivation: Derivation, document: Mapping[str, Any], choices: Iterable[str] = ()) -> None:
        """Start with the document as it is; `choices` are ids known to be choices although nothing asks them yet."""
        self.derivation = derivation
        self.document: dict[str, Any] = copied(document)
        self.placement = Placement(derivation, frozenset(choices))
        self.findings: list[Finding] = []
        self.guessed: list[str] = []
        self.emptied: set[str] = set()

    def apply(self, edits: Sequence[Edit | Mapping[str, Any]]) -> None:
        """Write all edits."""
        for edit in edits:
            match edit:
                case Set():
                    self._set(edit.path, jsonlike(edit.value))
                case Add():
                    self._add(edit)
                case Remove():
                    self._remove(edit.path)
                case Mapping() if edit.keys() <= PATCH_KEYS:
                    self._patch(edit)
                case _:
                    raise TypeError(f"an edit is a Set, an Add, a Remove or an operation of a JSON Patch, not {edit!r}")
        self._leave_no_trace()

    def _leave_no_trace(self) -> None:
        """Take out what a removal has emptied, so that the document is as if nothing had ever been there."""
        collections = self._part("collections")
        for key in [key for key in self.emptied if not collections.get(key, True)]:
            del collections[key]
        for name in ("fields", "rulings", "collections", "choices", "waivers"):
            if self.document.get(name) == {} and self.derivation.document.raw.get(name) != {}:
                del self.document[name]

    def _part(self, name: str) -> dict[str, Any]:
        found = self.document.setdefault(name, {})
        return found if isinstance(found, dict) else {}

    def _patch(self, operation: Mapping[str, Any]) -> None:
        try:
            self.document = applied(self.document, [jsonlike(operation)])
        except Refused as refused:
            self.findings += refused.findings

    def _set(self, path: str, value: Any) -> None:
        place = self.placement.of(path, value, self.document)
        if place.guessed:
            self.guessed.append(path)
        if place.part == "choices" and isinstance(value, str):
            value = [value]
        if place.part == "choices" and not value:
            self._part("choices").pop(place.key, None)
        elif not place.key:
            self.document[place.part] = value
            self._part("fields").pop(place.part, None)
        elif place.element is None:
            self._part(place.part)[place.key] = value
        else:
            place.element[place.key] = value

    def _add(self, edit: Add) -> None:
        key, value = edit.collection, jsonlike(edit.value)
        collection = self.placement.collection(key)
        empty: Any = [] if collection is not None and collection.ordered else {}
        elements = self._part("collections").setdefault(key, empty)
        if isinstance(elements, list):
            place = len(elements) if edit.id is None else int(edit.id) - 1
            self._renumber(key, place + 1, 1)
            elements.insert(place, value)
        elif edit.id is not None and edit.id in elements:
            self.findings.append(unwritable("edit.exists", f"{key!r} has an element {edit.id!r} already", f"{key}.{edit.id}"))
        else:
            elements[edit.id or self._free_id(key, elements)] = value

    def _free_id(self, key: str, elements: Mapping[str, Any]) -> str:
        letter = key.rpartition(".")[2][0]
        number = len(elements) + 1
        while f"{letter}{number}" in elements or f"{key}.{letter}{number}" in self.derivation.structure.by_path:
            number += 1
        return f"{letter}{number}"

    # ---- taking away

    def _remove(self, path: str) -> None:
        holder, key = self.placement.element(path, self.document)
        if holder is not None:
            self._remove_element(path, holder, key)
            return
        place = self.placement.of(path, None, self.document)
        target = self._part(place.part) if place.element is None else place.element
        if place.key in target:
            del target[place.key]
        elif self.placement.is_granted(path):
            self.findings.append(unwritable("edit.granted", f"a rule gives {path!r}; it goes with what gives it", path))
        elif not self.placement.is_editable(path):
            self.findings.append(unknown_path(path, self.derivation))

    def _remove_element(self, path: str, holder: Any, key: str) -> None:
        for part in ("collections", "choices", "fields", "waivers"):
            kept = self._part(part)
            for name in [name for name in kept if name == path or name.startswith(path + _NAMES_END)]:
                del kept[name]
        self.emptied.add(path.rpartition(".")[0])
        if isinstance(holder, list):
            del holder[int(key)]
            self._renumber(path.rpartition(".")[0], int(key) + 2, -1)
        else:
            del holder[key]

    def _renumber(self, collection: str, start: int, step: int) -> None:
        """Let what belongs to the elements of a list from a place on follow them to their new places."""
        for part in ("collections", "choices", "fields", "waivers"):
            kept = self._part(part)
            moved = {_moved(name, collection, start, step): value for name, value in kept.items()}
            kept.clear()
            kept.update(moved)


def _moved(name: str, collection: str, start: int, step: int) -> str:
    head = collection + _NAMES_END
    number, dot, rest = name.removeprefix(head).partition(".")
    if not name.startswith(head) or not dot or not number.isdecimal() or int(number) < start:
        return name
    return f"{head}{int(number) + step}.{rest}"
