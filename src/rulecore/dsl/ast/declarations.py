"""Lines that say what there is: packs, types, fields, tables, layouts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rulecore.dsl.ast.expressions import Every, Expression, Pair, Path
from rulecore.dsl.ast.inline import Parameter, PhraseSlot, Shown, Target, Type
from rulecore.source import Span

if TYPE_CHECKING:
    from rulecore.dsl.ast import Statement


@dataclass(frozen=True, slots=True)
class Pack:
    """`pack harbor 1.2.0 "Harbor Folk"`."""

    span: Span
    name: str
    version: str
    label: str | None
    body: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Uses:
    """`uses srd_2024 ">=5.2,<6" as srd`."""

    span: Span
    name: str
    versions: str
    alias: str | None


@dataclass(frozen=True, slots=True)
class Renamed:
    """`renamed kite.old to kite.new since 1.2.0`."""

    span: Span
    old: Path
    new: Path
    since: str


@dataclass(frozen=True, slots=True)
class Patch:
    """`extend kite.red from harbor` or `override …`."""

    span: Span
    word: str
    path: Path
    pack: str | None
    body: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Translate:
    """`translate fr` with label lines."""

    span: Span
    tongue: str
    body: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """`label kite.red = "Rouge"`."""

    span: Span
    path: Path
    text: str


@dataclass(frozen=True, slots=True)
class Prose:
    """`text "…"`: one line of our own words where no rule computes."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Because:
    """`because "…"`: the reason of an override."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Cite:
    """`cite "…"`: where the rule stands in its source."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class TypeDeclaration:
    """`record toss "Toss" is try on read`; `word` is entity, record or kind."""

    span: Span
    word: str
    name: str
    label: str | None
    parents: tuple[Path, ...]
    on_read: bool
    body: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """`editable field line "Line": int 0..10 = 0 where … when …`; `mode` is editable, structural or derived."""

    span: Span
    mode: str
    name: str
    label: str | None
    type: Type
    value: Expression | None
    where: Expression | None
    when: Expression | None
    body: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Property:
    """`property span: int 0..9 = 0`: constant data of an entry."""

    span: Span
    name: str
    label: str | None
    type: Type
    default: Expression | None


@dataclass(frozen=True, slots=True)
class Each:
    """`each trait`: a family."""

    span: Span
    path: Path
    body: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """`relation rests_on from mask to mask acyclic`."""

    span: Span
    name: str
    label: str | None
    start: Path
    end: Path
    acyclic: bool


@dataclass(frozen=True, slots=True)
class Table:
    """`table slots by level: 1 -> [2]`."""

    span: Span
    name: str
    label: str | None
    parameter: str
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Ruling:
    """`ruling softer "…": bool = false`."""

    span: Span
    name: str
    label: str | None
    type: Type
    default: Expression
    body: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """`event landing "Landing" (amount: int)`."""

    span: Span
    name: str
    label: str | None
    parameters: tuple[Parameter, ...]
    body: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """`phrase holds (what: ref kite) within (distance: int)`."""

    span: Span
    name: str
    slots: tuple[PhraseSlot, ...]
    body: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """`layout character`: how a sheet is printed."""

    span: Span
    name: str
    body: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """`panel "Defences"`."""

    span: Span
    label: str
    body: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Interview:
    """`interview character`: what a person is asked, beside choices."""

    span: Span
    name: str
    body: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """`ask kites.spare "Spare kites": it.held of it.most where …`: a field, or a list with room and what may be put there."""

    span: Span
    target: Target
    label: str | None
    held: Expression | None
    most: Expression | None
    where: Expression | None
    body: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """`way "By rank": 3, 2, 1`: how the fields of a question may be filled."""

    span: Span
    label: str
    values: tuple[Expression, ...]
    body: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`vocabulary character`: what others call what the packs declare."""

    span: Span
    name: str
    body: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Alias:
    """`alias every trait.worth: "value", "total"`: other words for a field, a part, a list, an entry or a kind."""

    span: Span
    target: Target
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Show:
    """`show lift, throw.pull "Pull"`."""

    span: Span
    items: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """`rows every trait where … show it.dots, it.pool`."""

    span: Span
    collection: Path | Every
    where: Expression | None
    columns: tuple[Shown, ...]
