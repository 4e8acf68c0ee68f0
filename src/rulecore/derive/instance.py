"""Instances: the entity, its family members, parts, elements, active entries and options of one document."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from enum import StrEnum

from rulecore.dataclass import dataclass, field
from rulecore.formula.ast import Formula
from rulecore.formula.values import InstanceValue
from rulecore.model.effect import Effect
from rulecore.model.entry import Entry
from rulecore.model.shape import Choice, Collection, Field, Option, Requirement

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Form(StrEnum):
    """How an instance came to be."""

    ENTITY = "entity"
    FAMILY = "family"
    PART = "part"
    ELEMENT = "element"
    ENTRY = "entry"
    OPTION = "option"


@dataclass(frozen=True, slots=True)
class Bound:
    """A formula that replaces that of a field, and the instance in whose scope it is evaluated."""

    formula: Formula
    scope: Instance


@dataclass(frozen=True, slots=True)
class Home:
    """Where in the document the editable fields of an instance stand: the pointer of an object, and what goes before a name."""

    pointer: str
    prefix: str = ""

    def inside(self, segment: str) -> Home:
        """Give the home of what is under one more segment."""
        return Home(self.pointer, f"{self.prefix}{segment}.")


@dataclass(slots=True)
class Pick:
    """One answer to a choice: an entry, an option or an instance; `acting` is what it brought to life, if anything."""

    name: str
    value: Any
    option: Option | None = None
    acting: Instance | None = None


@dataclass(slots=True)
class Question:
    """A choice that is asked: its id, the answers that are known, and those that rules have given beforehand."""

    choice: Choice
    path: str
    preset: tuple[str, ...] | None
    picks: list[Pick] = field(default_factory=list)

    @property
    def value(self) -> Any:
        """Give what the choice reads as: one value, or all of them."""
        values = [pick.value for pick in self.picks]
        if self.choice.single:
            return values[0] if values else "none" if self.choice.options else None
        return tuple(values) if self.choice.options or self.choice.records else frozenset(values)


@dataclass(frozen=True, slots=True)
class Law:
    """A requirement, and whether an entry asks it rather than a record, a family or the entity."""

    requirement: Requirement
    of_entry: bool


@dataclass(frozen=True, slots=True)
class Caller:
    """What brought something to life: the instance, whether an entry's text does it, and a gate that the rules derive."""

    owner: Instance
    of_entry: bool = True
    when: Formula | None = None


@dataclass(eq=False, slots=True)
class Instance(InstanceValue):
    """One thing with fields. `owner` is what it belongs to or what called it to life.

    `held_by` is what holds the reference that activated its entry, itself where nothing does; none for what stands inside others.
    `is_record` is true for elements and for what the text of an entry brings; `origin` points to what in the document asked.
    `called_by` has all that activate its entry: one whose gate holds is enough. `born` is the round that brought it.
    `effects` say of each whether an entry's text has it rather than that of a record, a family or the entity.
    """

    path: str
    form: Form
    owner: Instance | None
    home: Home
    label: str = ""
    shape: str = ""
    shapes: AbstractSet[str] = frozenset()
    held_by: Instance | None = None
    entry: Entry | None = None
    active: bool = False
    called_by: list[Caller] = field(default_factory=list)
    granted_by: Caller | None = None
    position: int = 0
    born: int = 0
    on_read: bool = False
    is_record: bool = False
    origin: str = ""
    fields: dict[str, Field] = field(default_factory=dict)
    parts: dict[str, Instance] = field(default_factory=dict)
    collections: dict[str, Collection] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
    bindings: dict[tuple[str, ...], Bound] = field(default_factory=dict)
    fixed: dict[str, Any] = field(default_factory=dict)
    presets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    effects: list[tuple[Effect, bool]] = field(default_factory=list)
    laws: list[Law] = field(default_factory=list)

    def join(self, segment: str) -> str:
        """Give the path of what is one segment further."""
        return f"{self.path}.{segment}" if self.path else segment

    @property
    def holder(self) -> Instance:
        """Give what `self` means here: what holds this, or what this stands inside of."""
        found = self.holding
        return found.held_by or found

    @property
    def holding(self) -> Instance:
        """Give the nearest one that says what holds it: this, or what this stands inside of."""
        instance = self
        while instance.held_by is None and instance.owner is not None:
            instance = instance.owner
        return instance

    def has_element_above(self) -> bool:
        """Tell whether this is an element or belongs to one."""
        instance: Instance | None = self
        while instance is not None and instance.form is not Form.ELEMENT:
            instance = instance.owner
        return instance is not None

    def content(self) -> Entry | None:
        """Give the entry in whose text this stands: its own while active, or that of what it belongs to."""
        instance: Instance | None = self
        while instance is not None and not (instance.active and instance.entry is not None):
            instance = instance.owner
        return None if instance is None else instance.entry

    def __repr__(self) -> str:
        """Show the path alone."""
        return f"<{self.path or self.form}>"
