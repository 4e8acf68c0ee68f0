"""Lines of content: entries, what they ask and bring, and what they do to fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rulecore.dsl.ast.expressions import Expression, Pair, Path
from rulecore.dsl.ast.inline import Binding, Clauses, Operand, Slot, Source, Target
from rulecore.source import Span

if TYPE_CHECKING:
    from rulecore.dsl.ast import Statement


@dataclass(frozen=True, slots=True)
class OpenLine:
    """A line whose head a pack declared: a kind (an entry), a record (a part) or a phrase."""

    span: Span
    head: str
    operands: tuple[Operand, ...]
    label: str | None
    slots: tuple[Slot, ...]
    when: Expression | None
    body: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Meta:
    """`span: 4`, `kites: red 3`, `pulls: arm -> 8`: a property, a binding, or a given value."""

    span: Span
    key: Path
    items: tuple[Operand | Pair, ...]


@dataclass(frozen=True, slots=True)
class Requires:
    """`requires character.level >= 4, "level 4"`."""

    span: Span
    condition: Expression
    message: str | None


@dataclass(frozen=True, slots=True)
class Activate:
    """`activate practice_run with teacher = wind when practice >= 3`; a binding decides a choice of the activated entry."""

    span: Span
    path: Path
    bindings: tuple[Binding, ...]
    when: Expression | None


@dataclass(frozen=True, slots=True)
class Grant:
    """`grant red to hangar.kites with kept = true when …`."""

    span: Span
    paths: tuple[Path, ...]
    to: Path | None
    bindings: tuple[Binding, ...]
    when: Expression | None


@dataclass(frozen=True, slots=True)
class Choose:
    """`choose tricks "Tricks": 2 of loop, dive repeat where … again on landing when …`."""

    span: Span
    name: str
    label: str | None
    count: Expression
    source: Source
    repeats: bool
    repeat_where: Expression | None
    again: Path | None
    when: Expression | None
    body: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """`option tailless "Tailless"`."""

    span: Span
    name: str
    label: str | None
    body: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class While:
    """`while airborne`: its condition joins every line inside."""

    span: Span
    condition: Expression
    body: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class At:
    """`at level 4, 8`: `while level >= n` for each number."""

    span: Span
    path: Path
    numbers: tuple[int, ...]
    body: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Base:
    """`base lift "Calm" = 13 when …`."""

    span: Span
    path: Path
    label: str | None
    value: Expression
    clauses: Clauses


@dataclass(frozen=True, slots=True)
class Add:
    """`add 2 to x up to 20 in turn gained stack name …`."""

    span: Span
    value: Expression
    targets: tuple[Target, ...]
    cap: Expression | None
    turn: Expression | None
    stack: str | None
    clauses: Clauses


@dataclass(frozen=True, slots=True)
class Set:
    """`set x to at least 17`; `bound` is least, most or none."""

    span: Span
    targets: tuple[Target, ...]
    bound: str | None
    value: Expression
    clauses: Clauses


@dataclass(frozen=True, slots=True)
class Multiply:
    """`multiply pull by 2`."""

    span: Span
    targets: tuple[Target, ...]
    value: Expression
    clauses: Clauses
