"""Shapes: what an entity, a record, a family member, an entry or an option consists of.

A shape has one block; a block has members that exist together, and inner blocks that exist while their gate holds. Gates,
counts of choices, grants and activations read the document and structural fields only: the checker has proved it.
"""

from __future__ import annotations

from enum import StrEnum

from rulecore.dataclass import dataclass
from rulecore.formula.ast import Formula
from rulecore.formula.types import Type
from rulecore.model.effect import Effect
from rulecore.model.entry import Entry
from rulecore.source import NOWHERE, Span


class Mode(StrEnum):
    """Who determines a field: a person, the document's structure, or the rules."""

    EDITABLE = "editable"
    STRUCTURAL = "structural"
    DERIVED = "derived"


@dataclass(frozen=True, slots=True)
class Field:
    """A named slot. `formula` is its value, for an editable field its default; none gives the default of the type.

    `low` and `high` are the bounds of a number, evaluated in the scope of the owner. `where` (with `it`) restricts what an
    editable reference may name. `number` is that of the `at` block, kept in the id where a block has several.
    """

    name: str
    label: str
    type: Type
    mode: Mode
    formula: Formula | None = None
    low: Formula | None = None
    high: Formula | None = None
    where: Formula | None = None
    text: str | None = None
    citation: str | None = None
    pack: str = ""
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Binding:
    """A formula that replaces that of a part's field; `path` leads from the part; evaluated in the scope of the part's owner."""

    path: tuple[str, ...]
    value: Formula


@dataclass(frozen=True, slots=True)
class Part:
    """A record that belongs to its owner: all its fields appear under the part's name."""

    name: str
    label: str
    shape: str
    bindings: tuple[Binding, ...] = ()
    effects: tuple[Effect, ...] = ()
    citation: str | None = None
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Collection:
    """Elements of one record type: `ordered` ones a list in the document, others an object by id."""

    name: str
    label: str
    shape: str
    maximum: int
    ordered: bool = False
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Option:
    """A nested alternative of a choice."""

    name: str
    label: str
    shape: Shape
    text: str | None = None
    citation: str | None = None
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Choice:
    """What an owner asks. `name` is the last segment of its id, with the number of its `at` block in front: `4.trick`.

    It offers `entries` that fulfil `where` (with `it`), or `options`, or the instances of the shape `records` that fulfil it.
    `repeat` (with `it`) says which may be picked more than once. `again` is the event on which it may be made anew.
    `single` choices read as one value, others as a set. `counted` and `number` are those of its `at` block.
    """

    name: str
    label: str
    count: Formula
    type: Type
    single: bool
    entries: tuple[Entry, ...] = ()
    options: tuple[Option, ...] = ()
    records: str | None = None
    where: Formula | None = None
    repeat: Formula | None = None
    again: str | None = None
    counted: Formula | None = None
    number: int = 0
    citation: str | None = None
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Grant:
    """Elements that a rule makes in a collection: one for each entry that `entries` give.

    `holder` gives the instance that has the collection; `reference` is the element's field that takes the entry; `bindings`
    replace formulas of the element's other fields, evaluated in the scope of the owner.
    """

    entries: tuple[Formula, ...]
    holder: Formula
    collection: str
    reference: str
    bindings: tuple[Binding, ...] = ()
    citation: str | None = None
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Activation:
    """Switches on the entries that `entries` gives; `presets` decide some of their choices (choice name, option names).

    `holds` is true where the owner holds a reference (an entity, a record, a family member): the owner becomes `self`.
    `when` is a gate that the rules derive: it joins the `when` of every effect of what is activated, and of what that grants;
    where several activations name one family member, one gate that holds is enough.
    """

    entries: Formula
    presets: tuple[tuple[str, tuple[str, ...]], ...] = ()
    holds: bool = True
    when: Formula | None = None
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Requirement:
    """A prerequisite or law: false is a finding, never a deactivation. Judged without the effects of the owner."""

    condition: Formula
    message: str
    citation: str | None = None
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Hook:
    """That an owner does something on an event; what it is stands in the playbook."""

    event: str
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Block:
    """Members that exist together, while `gate` holds (none: at all times)."""

    gate: Formula | None = None
    fields: tuple[Field, ...] = ()
    parts: tuple[Part, ...] = ()
    collections: tuple[Collection, ...] = ()
    choices: tuple[Choice, ...] = ()
    grants: tuple[Grant, ...] = ()
    activations: tuple[Activation, ...] = ()
    effects: tuple[Effect, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    hooks: tuple[Hook, ...] = ()
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """What instances of one sort consist of.

    `name` is unique in a ruleset: `entity flyer`, `record toss`, `family flyer.trait`, `kind kite`,
    `entry kite.red`, `option kite.red/string/short`. `ancestors` holds the name itself and all it inherits from (members
    are copied already). `outer` is the shape in whose text it is nested, none at the top. `on_read` ones are left out of sheets.
    """

    name: str
    label: str
    ancestors: frozenset[str]
    block: Block
    outer: str | None = None
    on_read: bool = False
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Entity:
    """What a document is about: its shape, and the members of its families: each key entry with the shape of its fields."""

    name: str
    label: str
    shape: Shape
    keys: tuple[tuple[Entry, Shape], ...] = ()
