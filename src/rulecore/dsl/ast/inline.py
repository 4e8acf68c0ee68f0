"""What stands inside a line: written types, values, targets, clauses."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from rulecore.dsl.ast.expressions import Expression, Path
from rulecore.source import Span


@dataclass(frozen=True, slots=True)
class Limit:
    """One end of a range: a whole or decimal number, or the path of a field."""

    span: Span
    value: int | Fraction | Path


@dataclass(frozen=True, slots=True)
class Type:
    """A written type.

    `word` is int, number, bool, dice, text, one_of, ref, set, list, sequence, map or record. `name` is the kind or record;
    `words` those of a `one of`; `value` the type of a map's values; `maximum` the bound of a list or sequence.
    """

    span: Span
    word: str
    name: Path | None = None
    words: tuple[str, ...] = ()
    low: Limit | None = None
    high: Limit | None = None
    unit: str | None = None
    maximum: int | None = None
    value: Type | None = None


@dataclass(frozen=True, slots=True)
class Binding:
    """`kept = true` after `with`."""

    span: Span
    name: str
    value: Expression


@dataclass(frozen=True, slots=True)
class Operand:
    """A value on a line, with the bare word or number that may follow it (`20 m`, `2d6 wind`)."""

    span: Span
    value: Expression
    suffix: str | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """A preposition with its operands: `within 60`."""

    span: Span
    preposition: str
    operands: tuple[Operand, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """What an effect or a change writes to: a path, or every instance."""

    span: Span
    path: Path
    every: bool = False
    where: Expression | None = None


@dataclass(frozen=True, slots=True)
class Clauses:
    """The end of an effect: `against … for … until … when …`."""

    span: Span
    against: tuple[Operand, ...] = ()
    lasts: Operand | None = None
    until: Path | None = None
    when: Expression | None = None


@dataclass(frozen=True, slots=True)
class Parameter:
    """`amount: int 0..100 = 1`."""

    span: Span
    name: str
    type: Type
    default: Expression | None = None


@dataclass(frozen=True, slots=True)
class PhraseSlot:
    """A parameter of a phrase, after a preposition or none."""

    span: Span
    preposition: str | None
    parameter: Parameter


@dataclass(frozen=True, slots=True)
class Source:
    """What a choice offers: `form` is listed (paths), any (kind, where) or options (nested entries)."""

    span: Span
    form: str
    paths: tuple[Path, ...] = ()
    where: Expression | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A value on a layout's line, with its heading."""

    span: Span
    value: Expression
    label: str | None = None
