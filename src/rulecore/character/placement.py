"""Where in a document an edit's path leads: a field, an answer, a ruling, an element, or one of the few plain keys."""

from __future__ import annotations

from collections.abc import Mapping

from rulecore.dataclass import dataclass
from rulecore.derive import Derivation
from rulecore.derive.instance import Form
from rulecore.errors import FieldError
from rulecore.model.document import element_key
from rulecore.model.shape import Collection, Mode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

PLAIN_KEYS = frozenset({"name", "notes"})
PREFIXED = ("rulings", "inputs", "waivers")


@dataclass(frozen=True, slots=True)
class Place:
    """A part of the document and a key in it, or in `element`; `guessed` where nothing is known of the path yet."""

    part: str
    key: str
    element: dict[str, Any] | None = None
    guessed: bool = False


class Placement:
    """Finds places by what exists before the transaction."""

    def __init__(self, derivation: Derivation, choices: frozenset[str]) -> None:
        """Know the questions that are asked, and some that are going to be."""
        self.derivation = derivation
        self.choices = choices | {question.path for _owner, question in derivation.structure.questions}

    def of(self, path: str, value: Any, document: Mapping[str, Any]) -> Place:
        """Give the place of a path; an unknown path with a list for a value is taken for a choice."""
        head, _, rest = path.partition(".")
        if path in PLAIN_KEYS:
            return Place(path, "")
        if head in PREFIXED and rest:
            return Place(head, rest)
        if path in self.choices or path in document.get("choices", {}):
            return Place("choices", path)
        element, key = self._inside_element(path, document)
        if element is not None:
            return Place("collections", key, element)
        if self._is_field(path) or path in document.get("fields", {}):
            return Place("fields", path)
        if path in self.derivation.rules.rulings:
            return Place("rulings", path)
        return Place("choices" if isinstance(value, list) else "fields", path, guessed=True)

    def _is_field(self, path: str) -> bool:
        try:
            self.derivation.field(path)
        except FieldError:
            return False
        return True

    def is_editable(self, path: str) -> bool:
        """Tell whether a path leads to an editable field, set or not."""
        return self._is_field(path) and self.derivation.field(path)[1].mode is Mode.EDITABLE

    def is_granted(self, path: str) -> bool:
        """Tell whether a path leads to an element that a rule gives."""
        found = self.derivation.structure.by_path.get(path)
        return found is not None and found.form is Form.ELEMENT

    def collection(self, key: str) -> Collection | None:
        """Give the collection of an id, if there is one now."""
        try:
            instance, name = self.derivation.locate(key)
        except FieldError:
            return None
        return instance.collections.get(name)

    def element(self, path: str, document: Mapping[str, Any]) -> tuple[Any, str]:
        """Give the list or object in which an element stands, and its key there; none where the path leads to no element."""
        key, _, name = path.rpartition(".")
        elements = document.get("collections", {}).get(key)
        place = element_key(elements, name)
        return (None, "") if place is None else (elements, place)

    def _inside_element(self, path: str, document: Mapping[str, Any]) -> tuple[dict[str, Any] | None, str]:
        """Give the innermost element that a path leads into, and the rest of the path."""
        segments = path.split(".")
        for end in range(len(segments) - 1, 1, -1):
            holder, key = self.element(".".join(segments[:end]), document)
            found = holder[int(key) if isinstance(holder, list) else key] if holder is not None else None
            if isinstance(found, dict):
                return found, ".".join(segments[end:])
        return None, ""
