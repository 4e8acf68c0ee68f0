"""Typed formulas: names are resolved, every node knows its type. One tree, several ways to compute it."""

from __future__ import annotations

from rulecore.dataclass import dataclass
from rulecore.formula.types import Type

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# ---- where a path starts


@dataclass(frozen=True, slots=True)
class Constant:
    """A value known when the pack loads: number, dice, text, truth, word, entry, none, or a tuple of such."""

    type: Type
    value: Any


@dataclass(frozen=True, slots=True)
class Variable:
    """A bound name: a comprehension's variable, a parameter, `it` in a `where`."""

    type: Type
    name: str


@dataclass(frozen=True, slots=True)
class This:
    """The instance that owns the formula."""

    type: Type


@dataclass(frozen=True, slots=True)
class Outer:
    """The nearest enclosing instance of a shape, as the text nests; where none encloses it, the active one of that entry."""

    type: Type
    shape: str


@dataclass(frozen=True, slots=True)
class Self:
    """What holds the reference that activated the entry of this instance (or of the entry that encloses it)."""

    type: Type


@dataclass(frozen=True, slots=True)
class Entity:
    """The entity of the document."""

    type: Type


@dataclass(frozen=True, slots=True)
class RulingValue:
    """The value of a ruling in this document."""

    type: Type
    name: str


@dataclass(frozen=True, slots=True)
class Position:
    """The place, from 1, of an element in its sequence."""

    type: Type


@dataclass(frozen=True, slots=True)
class Gained:
    """The place in an ordered list of the element with which the owner, or the `at` block of the text, was gained.

    `counted` is the formula of the `at` block, `number` the one it must reach; without them the choice that brought the
    owner says so.
    """

    type: Type
    counted: Formula | None
    number: int


# ---- steps


@dataclass(frozen=True, slots=True)
class EntryOf:
    """The entry of an instance: the key of a family member, the entry of an active instance."""

    type: Type
    of: Formula


@dataclass(frozen=True, slots=True)
class Container:
    """The nearest instance of a shape that encloses an instance, or each of several."""

    type: Type
    of: Formula
    shape: str


@dataclass(frozen=True, slots=True)
class Read:
    """A field, part, collection or choice of an instance, or of the instance that stands for an entry.

    Through several instances it gives all of their values; through none, the default of the type.
    """

    type: Type
    of: Formula
    name: str


@dataclass(frozen=True, slots=True)
class Property:
    """Constant data of an entry; `default` where the entry's kind has no such property, and through none."""

    type: Type
    of: Formula
    name: str
    default: Any


@dataclass(frozen=True, slots=True)
class Everything:
    """All instances of a record, all members of a family, all active instances of an entry or of a kind's entries.

    `by` says which: record, family, entry or kind; `name` is the shape, the kind, or `kind.entry`.
    """

    type: Type
    by: str
    name: str


# ---- operators


@dataclass(frozen=True, slots=True)
class If:
    """One of two formulas."""

    type: Type
    condition: Formula
    then: Formula
    otherwise: Formula


@dataclass(frozen=True, slots=True)
class Or:
    """True where either is."""

    type: Type
    left: Formula
    right: Formula


@dataclass(frozen=True, slots=True)
class And:
    """True where both are."""

    type: Type
    left: Formula
    right: Formula


@dataclass(frozen=True, slots=True)
class Not:
    """True where the operand is not."""

    type: Type
    operand: Formula


@dataclass(frozen=True, slots=True)
class Compare:
    """`=` and `!=` on any values, `<` `>` `<=` `>=` on numbers, dice (by average) and ordered words."""

    type: Type
    left: Formula
    operator: str
    right: Formula


@dataclass(frozen=True, slots=True)
class Has:
    """Whether a set or list has a member."""

    type: Type
    left: Formula
    right: Formula


@dataclass(frozen=True, slots=True)
class Is:
    """Whether an entry is of one of some kinds, or an instance of a record; `names` include all that inherit."""

    type: Type
    operand: Formula
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """`+ - * /`; whole by whole divides down."""

    type: Type
    left: Formula
    operator: str
    right: Formula


@dataclass(frozen=True, slots=True)
class Negative:
    """The operand times -1."""

    type: Type
    operand: Formula


@dataclass(frozen=True, slots=True)
class Call:
    """A function of `formula.functions` on values."""

    type: Type
    function: str
    arguments: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Lookup:
    """A table read at a number: the last row not above it."""

    type: Type
    table: str
    argument: Formula


@dataclass(frozen=True, slots=True)
class Steps:
    """The last step not above the subject; for words, by their order; for entries, the step that equals it."""

    type: Type
    subject: Formula
    pairs: tuple[tuple[Formula, Formula], ...]


@dataclass(frozen=True, slots=True)
class Comprehension:
    """A function over the values of `body`, once for each member of the collection that fulfils `where`."""

    type: Type
    function: str
    body: Formula
    variable: str
    collection: Formula
    where: Formula | None


Formula = (
    Constant
    | Variable
    | This
    | Outer
    | Self
    | Entity
    | RulingValue
    | Position
    | Gained
    | EntryOf
    | Container
    | Read
    | Property
    | Everything
    | If
    | Or
    | And
    | Not
    | Compare
    | Has
    | Is
    | Arithmetic
    | Negative
    | Call
    | Lookup
    | Steps
    | Comprehension
)
