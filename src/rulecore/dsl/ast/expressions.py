"""Expressions as written, names not yet resolved."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from rulecore.source import Span


@dataclass(frozen=True, slots=True)
class Number:
    """`12` or `7.5`."""

    span: Span
    value: int | Fraction


@dataclass(frozen=True, slots=True)
class Dice:
    """`2d6`."""

    span: Span
    count: int
    sides: int


@dataclass(frozen=True, slots=True)
class Text:
    """A quoted text."""

    span: Span
    value: str


@dataclass(frozen=True, slots=True)
class Truth:
    """`true` or `false`."""

    span: Span
    value: bool


@dataclass(frozen=True, slots=True)
class Nothing:
    """`none`."""

    span: Span


@dataclass(frozen=True, slots=True)
class ListOf:
    """`[a, b]`."""

    span: Span
    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Path:
    """`hangar.kite.pull`: names and numbers with dots."""

    span: Span
    names: tuple[str, ...]

    def __str__(self) -> str:
        """Write the path as in the source."""
        return ".".join(self.names)


@dataclass(frozen=True, slots=True)
class Every:
    """`every kite.pull where it.tailed`: all instances, as a value or as a target."""

    span: Span
    path: Path
    where: Expression | None


@dataclass(frozen=True, slots=True)
class Call:
    """`highest(1, practice)`; tables are called alike."""

    span: Span
    function: Path
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Comprehension:
    """`sum(k.pull for k in hangar where k.flown)`; `collection` is a Path or an Every without `where`."""

    span: Span
    function: Path
    body: Expression
    variable: str
    collection: Path | Every
    where: Expression | None


@dataclass(frozen=True, slots=True)
class Steps:
    """`step(practice: 1 -> 2, 3 -> 3)`."""

    span: Span
    function: Path
    subject: Expression
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """`key -> value`."""

    span: Span
    key: Expression
    value: Expression


@dataclass(frozen=True, slots=True)
class If:
    """`if a then b else c`."""

    span: Span
    condition: Expression
    then: Expression
    otherwise: Expression


@dataclass(frozen=True, slots=True)
class Or:
    """`a or b`."""

    span: Span
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class And:
    """`a and b`."""

    span: Span
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Not:
    """`not a`."""

    span: Span
    operand: Expression


@dataclass(frozen=True, slots=True)
class Compare:
    """`a <= b`; the operator is one of = != < > <= >=."""

    span: Span
    left: Expression
    operator: str
    right: Expression


@dataclass(frozen=True, slots=True)
class Has:
    """`tricks has loop`."""

    span: Span
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Is:
    """`toy is kite`: of that kind or record."""

    span: Span
    left: Expression
    type: Path


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """`a + b`; the operator is one of + - * /."""

    span: Span
    left: Expression
    operator: str
    right: Expression


@dataclass(frozen=True, slots=True)
class Negative:
    """`-a`."""

    span: Span
    operand: Expression


Expression = (
    Number
    | Dice
    | Text
    | Truth
    | Nothing
    | ListOf
    | Path
    | Every
    | Call
    | Comprehension
    | Steps
    | If
    | Or
    | And
    | Not
    | Compare
    | Has
    | Is
    | Arithmetic
    | Negative
)
