"""What all faults are made of: a legal document seen from all sides, and single changes that make it wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from random import Random
from typing import Any

from rulecore.character.patch import copied
from rulecore.dataclass import dataclass
from rulecore.derive import Derivation
from rulecore.derive.contents import NOTHING
from rulecore.derive.explain import pointer_of
from rulecore.derive.instance import Form, Instance, Question
from rulecore.model.shape import Field, Mode
from rulecore.model.strict import escape, unescape

INVENTED = ("glimmerquux", "vorbelnath", "zanthrawick", "oolumprey")
"""Names that no pack has."""

SHORTEST_MISSPELT = 5

Keys = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """Writes a value at some keys of a document, or takes away what is there; a part that is missing comes into being."""

    keys: Keys
    value: Any = None
    removes: bool = False

    def apply(self, document: Any) -> None:
        """Change a document in its place."""
        *path, last = self.keys
        for key in path:
            document = document.setdefault(key, {}) if isinstance(document, dict) else document[key]
        if self.removes:
            del document[last]
        else:
            document[last] = copied(self.value)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: the sort of mistake, the code of the finding that tells it, and the JSON pointer where.

    The code is that of `Finding.code`; packs may add a subject to it, so `code` is the part of `Finding.cause` before the slash.
    """

    kind: str
    code: str
    pointer: str

    def is_in(self, findings: Iterator[Any] | Sequence[Any]) -> bool:
        """Tell whether some findings have one of this code at this place."""
        return any(each.code == self.code and each.pointer == self.pointer for each in findings)


@dataclass(frozen=True, slots=True)
class Seed:
    """A fault as it is put into a document: by changes of its values, or by a change of its text."""

    code: str
    pointer: str
    changes: tuple[Change, ...] = ()
    text: Callable[[str], str] | None = None

    def meets(self, other: Seed) -> bool:
        """Tell whether two faults would change one part of a document, or hide each other."""
        if self.text is not None or other.text is not None:
            return True
        return any(_near(one.keys, two.keys) for one in self.changes for two in other.changes)


def _near(one: Keys, two: Keys) -> bool:
    """Tell whether one change could undo the other: both are inside one field, answer or element, or one is around it."""
    length = min(len(one), len(two), 2 + (one[0] == "collections"))
    return one[:length] == two[:length]


def write(*keys: str | int, value: Any) -> tuple[Change, ...]:
    """Give the change that writes a value."""
    return (Change(keys, value),)


def leave_out(*keys: str | int) -> tuple[Change, ...]:
    """Give the change that takes something away."""
    return (Change(keys, removes=True),)


def pointer_to(*keys: str | int) -> str:
    """Write keys as a JSON pointer."""
    return "".join(f"/{escape(str(key))}" for key in keys)


@dataclass(frozen=True, slots=True)
class Written:
    """An editable field that a person may set, where it stands, and what is written there, NOTHING where nothing is."""

    instance: Instance
    field: Field
    keys: Keys
    value: Any

    @property
    def pointer(self) -> str:
        """Give the JSON pointer of its value."""
        return pointer_to(*self.keys)

    @property
    def is_written(self) -> bool:
        """Tell whether the document has a value for it."""
        return self.value is not NOTHING


class View:
    """A legal document and what follows from it, as makers of faults look at it."""

    def __init__(self, derivation: Derivation, document: Mapping[str, Any], random: Random) -> None:
        """Look at a document with its derivation; what may be drawn is drawn from `random`."""
        self.derivation, self.document, self.random = derivation, document, random
        self.index = derivation.structure.index

    @cached_property
    def answered(self) -> list[tuple[Instance, Question, list[str]]]:
        """Give the choices that the document answers, with their owners and the names it writes."""
        choices = self.document.get("choices", {})
        asked = self.derivation.structure.questions
        found = [(owner, question, choices.get(question.path)) for owner, question in asked if question.preset is None]
        return [(owner, question, names) for owner, question, names in found if isinstance(names, list) and names]

    @cached_property
    def editable(self) -> list[Written]:
        """Give the fields that a person sets: what is written, and what could be outside of elements."""
        return list(self._editable())

    def _editable(self) -> Iterator[Written]:
        for instance in self.derivation.structure.instances:
            inside = instance.has_element_above()
            for name, field in instance.fields.items():
                if field.mode is not Mode.EDITABLE or name in instance.fixed or (name,) in instance.bindings:
                    continue
                value = self.derivation.contents.written(instance, name)
                if value is not NOTHING or not inside:
                    keys = self._keys(pointer_of(instance, name))
                    yield Written(instance, field, keys, value)

    def _keys(self, pointer: str) -> Keys:
        keys: list[str | int] = []
        holder: Any = self.document
        for segment in pointer.split("/")[1:]:
            key = int(segment) if isinstance(holder, list) else unescape(segment)
            keys.append(key)
            holder = holder[int(segment)] if isinstance(holder, list) else holder.get(key) if isinstance(holder, dict) else None
        return tuple(keys)

    @cached_property
    def derived(self) -> list[tuple[str, Instance, Field]]:
        """Give the ids of fields that follow from the document, of all that is no element."""
        return [
            (instance.join(name), instance, field)
            for instance in self.derivation.structure.instances
            if instance.form is not Form.ELEMENT and not instance.has_element_above()
            for name, field in instance.fields.items()
            if field.mode is not Mode.EDITABLE and not instance.on_read
        ]

    def invented(self) -> str:
        """Draw a name that no entry has."""
        return self.random.choice([name for name in INVENTED if not self.index.named(name)])

    def misspelt(self, name: str) -> str | None:
        """Draw a name that is nearly another: a letter is missing, stands twice, or has changed places with the next."""
        if len(name) < SHORTEST_MISSPELT:
            return None
        at = self.random.randrange(1, len(name) - 1)
        found = self.random.choice(
            (name[:at] + name[at + 1 :], name[:at] + name[at] + name[at:], name[:at] + name[at + 1] + name[at] + name[at + 2 :])
        )
        return None if found == name or self.index.named(found) else found
