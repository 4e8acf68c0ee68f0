"""Lines of events, and of the tests that a pack carries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rulecore.dsl.ast.expressions import Expression, Path
from rulecore.dsl.ast.inline import Binding, Operand, Target
from rulecore.source import Span

if TYPE_CHECKING:
    from rulecore.dsl.ast import Statement


@dataclass(frozen=True, slots=True)
class On:
    """`on landing as it_was when …`."""

    span: Span
    path: Path
    alias: str | None
    when: Expression | None
    body: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Let:
    """`let dealt = …`."""

    span: Span
    name: str
    value: Expression


@dataclass(frozen=True, slots=True)
class Change:
    """`change line by -3` or `… to 0`; `word` is by or to."""

    span: Span
    targets: tuple[Target, ...]
    word: str
    value: Expression
    when: Expression | None


@dataclass(frozen=True, slots=True)
class Insert:
    """`insert red into hangar with pull = 1`."""

    span: Span
    value: Expression
    into: Path
    bindings: tuple[Binding, ...]
    lasts: Operand | None
    until: Path | None
    when: Expression | None


@dataclass(frozen=True, slots=True)
class Remove:
    """`remove red from hangar`."""

    span: Span
    value: Expression
    path: Path
    when: Expression | None


@dataclass(frozen=True, slots=True)
class Raise:
    """`raise landing(rest) when …`."""

    span: Span
    path: Path
    arguments: tuple[Expression, ...]
    when: Expression | None


@dataclass(frozen=True, slots=True)
class Example:
    """`example "…"` with given, do and expect lines."""

    span: Span
    title: str
    body: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """`given character` with the document's values."""

    span: Span
    path: Path
    body: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Do:
    """`do landing()`."""

    span: Span
    path: Path
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Expect:
    """`expect lift = 18`; `form` is value, finding or error; for the latter two `path` names it."""

    span: Span
    form: str
    value: Expression | None
    path: Path | None


@dataclass(frozen=True, slots=True)
class Invariant:
    """`invariant "…": expression`."""

    span: Span
    title: str
    value: Expression
