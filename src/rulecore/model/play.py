"""What happens to a document: the bodies of events, of hooks and of the parts that somebody may use.

A body is a row of steps. All of them read the document as it is before; see `rulecore.play` for what comes of them.
"""

from __future__ import annotations

from rulecore.dataclass import dataclass
from rulecore.formula.ast import Formula
from rulecore.formula.types import Type
from rulecore.model.shape import Binding
from rulecore.source import NOWHERE, Span


@dataclass(frozen=True, slots=True)
class Demand:
    """`requires`: what must hold, or nothing happens at all, for the reason given in `words`."""

    condition: Formula
    words: str
    citation: str | None = None
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Let:
    """A name for a value, for the steps that follow; dice in it roll once."""

    name: str
    value: Formula


@dataclass(frozen=True, slots=True)
class Alter:
    """`change`: the editable field `field` of each instance that `of` gives gets a value, or, with `by`, so much more.

    `where` (with `it`) narrows the instances; `every` says that `it` names the instance in `value` and `when`, too.
    """

    of: Formula
    field: str
    value: Formula
    by: bool = False
    every: bool = False
    where: Formula | None = None
    when: Formula | None = None
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Insert:
    """New elements in a list, one for each entry that `value` gives: `reference` is the field that takes it.

    Without a `reference` the list is an editable set of entries. `bindings` give other editable fields of the elements.
    """

    holder: Formula
    into: str
    reference: str | None
    value: Formula
    bindings: tuple[Binding, ...] = ()
    when: Formula | None = None
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Remove:
    """Takes all elements out of a list that refer to an entry that `value` gives, or entries out of a set."""

    holder: Formula
    out_of: str
    reference: str | None
    value: Formula
    when: Formula | None = None
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Raise:
    """Another event that follows; `to` gives whose it is, none where it is that of this document."""

    event: str
    to: Formula | None
    arguments: tuple[Formula, ...]
    when: Formula | None = None
    span: Span = NOWHERE


Step = Demand | Let | Alter | Insert | Remove | Raise


@dataclass(frozen=True, slots=True)
class Parameter:
    """What an event is told when it happens; without a `default` it has to be."""

    name: str
    type: Type
    default: Formula | None = None


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that may happen, or be done: an event, or what a part is used for (then `is_event` is false).

    It is there while `gate` holds for its owner.
    """

    name: str
    label: str
    steps: tuple[Step, ...]
    parameters: tuple[Parameter, ...] = ()
    is_event: bool = True
    gate: Formula | None = None
    citation: str | None = None
    text: str | None = None
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Response:
    """What an owner does when an event happens, while `gate` and `when` hold; `alias` names the event in the steps."""

    event: str
    steps: tuple[Step, ...]
    alias: str | None = None
    gate: Formula | None = None
    when: Formula | None = None
    span: Span = NOWHERE
