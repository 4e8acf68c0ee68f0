"""A derivation: one document under one ruleset, its values computed when asked."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property

from rulecore.derive.basis import Basis, Key
from rulecore.derive.contents import Contents
from rulecore.derive.instance import Instance
from rulecore.derive.valuing import Valuing
from rulecore.errors import FieldError
from rulecore.finding import Finding
from rulecore.model.document import Document
from rulecore.model.rules import Rules
from rulecore.model.shape import Field
from rulecore.model.sheet import Sheet
from rulecore.names import nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rulecore.derive.engine import Engine
    from rulecore.derive.explanation import Explanation

MOST_LINKED = 2


class Derivation:
    """What follows from a document. Nothing here changes the document, and nothing here is saved.

    `traces` say what fields read, and which rulings, where explanations have looked; they hold for what is not edited in place.
    """

    def __init__(self, basis: Basis, contents: Contents) -> None:
        """Hold what exists and who changes what; values come when asked."""
        self.basis, self.contents = basis, contents
        self.structure, self.contributions = basis.structure, basis.contributions
        self.computation = Valuing(basis, contents)
        self.traces: dict[Key, tuple[list[Key], list[str]]] = {}
        self._found: tuple[int, tuple[Finding, ...]] | None = None

    @property
    def document(self) -> Document:
        """Give the document."""
        return self.contents.document

    @cached_property
    def engine(self) -> Engine:
        """Give what edits values in place: whoever does owns this derivation and its document."""
        from rulecore.derive.engine import Engine

        return Engine(self.computation, self.basis, self.field)

    def fork(self, document: Document) -> Derivation:
        """Give a derivation of an equal document, which goes its own way; the two share what exists and the plans of edits."""
        other = Derivation(self.basis, Contents(document))
        other.computation.slots, other.computation.values = self.computation.slots, list(self.computation.values)
        return other

    def alike(self, document: Document, differing: Collection[Key]) -> Derivation:
        """Give a derivation of a document that differs in some inputs alone. Unlinkable where one is none."""
        new = [key for key in differing if key not in self.basis.inputs]
        if len(new) > MOST_LINKED:
            # To find out what hangs on many is dearer than to work out all values.
            return Derivation(self.basis.apart(), Contents(document))
        for key in new:
            self.basis.let_move(key)
        return Derivation(self.basis, Contents(document))

    @property
    def rules(self) -> Rules:
        """Give the ruleset."""
        return self.structure.rules

    def locate(self, path: str) -> tuple[Instance, str]:
        """Give the instance and the name of its field, choice, part or collection that a dotted id leads to."""
        found = self.find(path)
        if found is None:
            raise self._unknown(path)
        return found

    def find(self, path: str) -> tuple[Instance, str] | None:
        """Give what `locate` gives, or none where a dotted id leads nowhere."""
        instance, name = self.structure.entity, path
        if has(instance, name):
            return instance, name
        cut = path.rfind(".")
        while cut > 0:
            found = self.structure.by_path.get(path[:cut])
            if found is not None and has(found, path[cut + 1 :]):
                return found, path[cut + 1 :]
            cut = path.rfind(".", 0, cut)
        return None

    def field(self, path: str) -> tuple[Instance, Field]:
        """Give the instance and the field of a dotted id."""
        instance, name = self.locate(path)
        if name not in instance.fields:
            raise self._unknown(path)
        return instance, instance.fields[name]

    def value(self, path: str) -> Any:
        """Give the value of a dotted id: of a field, the answers to a choice, or the instances of a part or collection."""
        instance, name = self.locate(path)
        return self.computation.read(instance, name, None)

    def paths(self) -> list[str]:
        """Give the dotted id of every field there is."""
        return [instance.join(name) for instance in self.structure.instances for name in instance.fields]

    def _unknown(self, path: str) -> FieldError:
        near = nearest(path, self.paths())
        hint = "" if near is None else f", did you mean `{near}`?"
        return FieldError(f"there is no field `{path}`{hint}", near)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Give all that is wrong with the document under these rules, as it is now."""
        from rulecore.derive.findings import find

        self.computation.recall()
        version = self.computation.version
        if self._found is None or self._found[0] != version:
            self._found = version, tuple(find(self))
        return self._found[1]

    def explain(self, path: str) -> Explanation:
        """Explain the value of a field."""
        from rulecore.derive.explain import explain

        return explain(self, path)

    def sheet(self, *, on_read: bool = False) -> Sheet:
        """Give every value; records that are made when read are left out unless asked for."""
        from rulecore.derive.present import present

        return present(self, on_read=on_read)


def has(instance: Instance, name: str) -> bool:
    """Tell whether an instance has a field, choice, part or collection of a name."""
    return any(name in names for names in (instance.fields, instance.questions, instance.parts, instance.collections))
