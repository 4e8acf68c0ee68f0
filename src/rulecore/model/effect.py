"""Effects: what an active entry does to fields."""

from __future__ import annotations

from enum import StrEnum

from rulecore.dataclass import dataclass
from rulecore.formula.ast import Formula
from rulecore.source import NOWHERE, Span


class Operation(StrEnum):
    """How an effect changes its field; `derive.combine` has their one order."""

    BASE = "base"
    ADD = "add"
    MULTIPLY = "multiply"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    SET = "set"


@dataclass(frozen=True, slots=True)
class Effect:
    """One change to one field of each instance that `of` gives.

    `of` gives instances (or entries that stand for them); with `it` bound to each, `where` must hold. `value` and `when` are
    evaluated in the scope of the owner, with `it` bound as well. `against` makes it situational: shown, never counted.
    `turn` comes before the cap where capped additions are put in order; without it all have the same turn.
    """

    of: Formula
    field: str
    operation: Operation
    value: Formula
    where: Formula | None = None
    when: Formula | None = None
    cap: Formula | None = None
    stack: str | None = None
    against: str | None = None
    label: str | None = None
    citation: str | None = None
    span: Span = NOWHERE
    turn: Formula | None = None
