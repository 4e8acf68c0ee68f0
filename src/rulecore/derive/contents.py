"""What a document has written, as its derivation reads it: edits of values are made here, in place."""

from __future__ import annotations

from collections.abc import Mapping

from rulecore.derive.instance import Home, Instance
from rulecore.model.document import Document
from rulecore.model.shape import Field
from rulecore.model.strict import unescape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rulecore.derive.combine import Combined

FIELDS = "/fields/"
NOTHING = object()


class Contents:
    """A document by the homes of its instances. Whoever writes in what is `opened` has a document of his own.

    `settled` remembers fields that the document alone decides; `moved` are those that have been written since.
    """

    def __init__(self, document: Document) -> None:
        """Read a document."""
        self.document = document
        self._homes: dict[str, Mapping[str, Any]] = {"": {}, FIELDS: document.fields}
        self.settled: dict[tuple[Instance, str], tuple[Field, Combined]] = {}
        self.moved: set[tuple[Instance, str]] = set()

    def of(self, home: Home) -> Mapping[str, Any]:
        """Give the object in which the fields of an instance stand, an empty one where the document has none."""
        found = self._homes.get(home.pointer)
        if found is None:
            found = self._homes[home.pointer] = self._object(home.pointer)
        return found

    def _object(self, pointer: str) -> Mapping[str, Any]:
        found: Any = self.document.raw
        for segment in pointer[1:-1].split("/"):
            if isinstance(found, list):
                found = found[int(segment)]
            else:
                found = found.get(unescape(segment), {}) if isinstance(found, Mapping) else {}
        return found if isinstance(found, Mapping) else {}

    def written(self, instance: Instance, name: str) -> Any:
        """Give the JSON that stands for a field of an instance, or `NOTHING`."""
        home = instance.home
        found = self.of(home).get(home.prefix + name, NOTHING)
        return self.document.name if found is NOTHING and self.is_named_above(instance, name) else found

    def opened(self, instance: Instance, name: str) -> Any:
        """Give the object in which a field may be written from now on."""
        self.moved.add((instance, name))
        self.settled.pop((instance, name), None)
        return self.document.raw if self.is_named_above(instance, name) else self.of(instance.home)

    def is_named_above(self, instance: Instance, name: str) -> bool:
        """Tell whether a field is the name of the document, which stands above its fields unless it stands there too."""
        is_name = name == "name" and not instance.path
        return is_name and self.document.name is not None and name not in self.document.fields
