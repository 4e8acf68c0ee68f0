"""The document that is being made, with where each of its values came from, and the sheet of it so far."""

from __future__ import annotations

from rulecore.derive.derivation import Derivation
from rulecore.errors import FieldError
from rulecore.model.document import FORMAT, read_document
from rulecore.model.shape import Field
from rulecore.model.strict import escape, unescape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rulecore.ruleset import Ruleset


class Draft:
    """A document in the making. Every change notes where it was made, so that the sheet is made anew from the one before."""

    def __init__(self, rules: Ruleset, kind: str) -> None:
        """Start with nothing but the packs."""
        self.rules = rules
        self.data: dict[str, Any] = {
            "format": FORMAT,
            "packs": {pack.name: pack.version for pack in rules.packs},
            "kind": kind,
            "fields": {},
            "collections": {},
            "choices": {},
        }
        self.places: dict[str, str] = {}
        self._derived: Derivation | None = None
        self._changed: set[str] = set()

    @property
    def derivation(self) -> Derivation:
        """Give what follows from the document as it is."""
        if self._derived is None:
            self._derived = self.rules.derive(read_document(_copied(self.data)))
        elif self._changed:
            near = (self._derived, sorted(self._changed))
            self._derived = self.rules.derive(read_document(_copied(self.data)), near)
        self._changed.clear()
        return self._derived

    def field(self, path: str) -> Field | None:
        """Give the field of a path, none where there is none."""
        try:
            return self.derivation.field(path)[1]
        except FieldError:
            return None

    def value(self, path: str) -> Any:
        """Give the value of a field as it is."""
        return self.derivation.value(path)

    def set(self, path: str, value: Any, source: str | None) -> None:
        """Write an editable field, wherever its instance stands in the document."""
        pointer = self.derivation.document.pointer(path)
        into, name = self._at(pointer)
        into[name] = value
        self._note(pointer, source)

    def unset(self, path: str, before: Any) -> None:
        """Take a written value back: what was there before comes again, and nothing where there was nothing."""
        pointer = self.derivation.document.pointer(path)
        into, name = self._at(pointer)
        into.pop(name, None)
        if before is not None:
            into[name] = before
        self._changed.add(pointer)

    def _at(self, pointer: str) -> tuple[dict[str, Any], str]:
        into: Any = self.data
        *way, last = [unescape(step) for step in pointer.split("/")[1:]]
        for step in way:
            into = into[int(step)] if isinstance(into, list) else into.setdefault(step, {})
        return into, last

    def append(self, path: str, element: dict[str, Any], source: str | None) -> None:
        """Add an element to a sequence."""
        several = self.data["collections"].setdefault(path, [])
        several.append(element)
        self._note(f"/collections/{escape(path)}/{len(several) - 1}", source, f"/collections/{escape(path)}")

    def insert(self, path: str, element: dict[str, Any], source: str | None) -> str:
        """Add an element to a list, and give its id."""
        several = self.data["collections"].setdefault(path, {})
        name = f"e{len(several) + 1}"
        several[name] = element
        self._note(f"/collections/{escape(path)}/{name}", source, f"/collections/{escape(path)}")
        return name

    def remove(self, path: str, name: str) -> None:
        """Take an element out of a list again."""
        self.data["collections"][path].pop(name, None)
        if not self.data["collections"][path]:
            del self.data["collections"][path]
        self.places.pop(f"/collections/{escape(path)}/{name}", None)
        self._changed.add(f"/collections/{escape(path)}")

    def choose(self, choice: str, picks: list[tuple[str, str | None]]) -> None:
        """Add answers to a choice."""
        several = self.data["choices"].setdefault(choice, [])
        for name, source in picks:
            several.append(name)
            self._note(f"/choices/{escape(choice)}/{len(several) - 1}", source, f"/choices/{escape(choice)}")

    def withdraw(self, choice: str, names: list[str]) -> None:
        """Take answers back."""
        pointer = f"/choices/{escape(choice)}"
        kept = [
            (name, self.places.pop(f"{pointer}/{place}", None)) for place, name in enumerate(self.data["choices"].pop(choice, []))
        ]
        self._changed.add(pointer)
        left = list(names)
        for name, _source in list(kept):
            if name in left:
                left.remove(name)
                kept.remove((name, _source))
        if kept:
            self.choose(choice, kept)

    def _note(self, pointer: str, source: str | None, changed: str | None = None) -> None:
        self._changed.add(changed or pointer)
        if source is not None:
            self.places[pointer] = source


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(each) for key, each in value.items()}
    return [_copied(each) for each in value] if isinstance(value, list) else value
