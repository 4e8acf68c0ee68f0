"""A ruleset as data: packs merged, names resolved, formulas typed, proved without cycles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rulecore.dataclass import dataclass, field
from rulecore.finding import Finding
from rulecore.formula.ast import Formula
from rulecore.formula.types import Type
from rulecore.model.entry import Entry, Kind
from rulecore.model.late import Late
from rulecore.model.shape import Entity, Shape
from rulecore.source import NOWHERE, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rulecore.model.play import Deed, Response


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the written rules leave open: an editable switch of the document."""

    name: str
    label: str
    type: Type
    default: Formula
    text: str | None = None
    citation: str | None = None
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Table:
    """Rows by number: the last row not above the argument counts."""

    name: str
    type: Type
    rows: tuple[tuple[int, Formula], ...]
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens to a document; what it does stands in the playbook."""

    name: str
    label: str
    parameters: tuple[tuple[str, Type], ...] = ()
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Playbook(Late):
    """All that may happen and what is done about it, by the shape whose text it is: a sheet needs nothing of it.

    What a part has stands under the shape that has the part, a slash and the name of the part. `responses` are by event first.
    """

    deeds: Mapping[str, tuple[Deed, ...]] = field(default_factory=dict)
    responses: Mapping[str, Mapping[str, tuple[Response, ...]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Column:
    """A shown formula with its heading; `field` is the field it shows, for its label, where it is no more than that."""

    label: str
    value: Formula


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a panel: values, or with `rows` a table of one row for each instance (`it`) that fulfils `where`."""

    columns: tuple[Column, ...]
    rows: Formula | None = None
    where: Formula | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """A headed group of lines of a printed sheet."""

    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """How the fields of a question may be filled: with these values, each once, or freely; as `laws` (and their words) allow."""

    label: str
    values: tuple[Formula, ...] = ()
    laws: tuple[tuple[Formula, str], ...] = ()
    shown: tuple[Column, ...] = ()
    text: str | None = None
    citation: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person is asked beside choices: fields named `name` of the instances that `of` gives, or lists with room.

    `where` narrows the instances. Of a list `held` of `most` places are taken, read with the instance as `it`; what may be put
    there fulfils `offered`, with the candidate as `it` and the instance as `owner`, and `shown` tells of a candidate.
    """

    of: Formula
    name: str
    label: str | None = None
    where: Formula | None = None
    held: Formula | None = None
    most: Formula | None = None
    offered: Formula | None = None
    shown: tuple[Column, ...] = ()
    ways: tuple[Way, ...] = ()
    text: str | None = None


@dataclass(frozen=True, slots=True)
class PackInfo:
    """The `pack` line and what belongs to it: id, version, label, licence, and the packs it uses with their version ranges."""

    name: str
    version: str
    label: str
    licence: str = ""
    uses: tuple[tuple[str, str], ...] = ()
    path: str = ""
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Rules(Late):
    """Every entry, field, formula and effect there is. Immutable and shared by all characters.

    `records`, `kinds`, `tables`, `rulings`, `events` are by name; `entries` by `kind.name`, in order of declaration;
    `renamed` leads from old entry ids to new ones; `layouts` from entity names to panels, `interviews` to
    what is asked, `vocabularies` to what others call something: a path, `every` path, `kind.name` or an entry's id.
    """

    packs: tuple[PackInfo, ...]
    kinds: Mapping[str, Kind]
    records: Mapping[str, Shape]
    entities: Mapping[str, Entity]
    entries: Mapping[str, Entry]
    tables: Mapping[str, Table]
    rulings: Mapping[str, Ruling]
    events: Mapping[str, Event]
    layouts: Mapping[str, tuple[Panel, ...]]
    renamed: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    interviews: Mapping[str, tuple[Asked, ...]] = field(default_factory=dict)
    vocabularies: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    hash: str = ""
    playbook: Playbook = field(default_factory=Playbook)

    def constant(self, entry: Entry, name: str, default: Any) -> Any:
        """Give constant data of an entry: its own, its kind's default, or the given one."""
        if name in entry.properties:
            return entry.properties[name]
        kind = self.kinds.get(entry.kind)
        declared = None if kind is None else kind.properties.get(name)
        return default if declared is None else declared.default

    def shapes_of(self, entry: Entry) -> Iterator[Shape]:
        """Give the shapes of which an entry has fields: those of its kinds, by name, and its own."""
        for kind in sorted(entry.kinds):
            shape = self.kinds[kind].shape
            if shape is not None:
                yield shape
        if entry.shape is not None:
            yield entry.shape
