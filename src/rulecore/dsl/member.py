"""One member of a shape, the text of a shape, and the table in which members are found."""

from __future__ import annotations

from dataclasses import dataclass, field

from rulecore.dsl import ast
from rulecore.dsl.declare import Declared, Segment
from rulecore.formula import types as t
from rulecore.source import Span

MOST_COPIES = 500
"""How many copies of a body nested `at` lines may stand for."""


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a shape. `key` is its name in ids: with the number of its `at` block where that belongs to it.

    `form` is field, part, collection, choice or property; `mode` that of a field, structural for the others but parts.
    """

    key: str
    name: str
    form: str
    type: t.Type
    mode: str
    span: Span
    pack: str
    node: ast.Statement | None = None
    reads_derived: bool = False


@dataclass(slots=True)
class Body:
    """The text of a shape: its lines by pack, in whose text it is nested, and the kind of the entry that `it` names."""

    shape: str
    label: str
    segments: list[Segment]
    outer: str | None
    span: Span
    pack: str
    key_kind: str | None = None
    entry: Declared | None = None


@dataclass(slots=True)
class Table:
    """The members of a shape: by key, and by plain name (several where `at` blocks repeat one)."""

    by_key: dict[str, Member] = field(default_factory=dict)
    by_name: dict[str, list[Member]] = field(default_factory=dict)

    def add(self, member: Member) -> Member | None:
        """Add a member; gives the one that already has its key, if it is from another place."""
        before = self.by_key.get(member.key)
        self.by_key[member.key] = member
        named = self.by_name.setdefault(member.name, [])
        named[:] = [other for other in named if other.key != member.key] + [member]
        return before

    def find(self, name: str) -> Member | None:
        """Give the member of a name or key; none where no or several members have it."""
        if name in self.by_key:
            return self.by_key[name]
        named = self.by_name.get(name, [])
        return named[0] if len(named) == 1 else None


def numbered(name: str, number: int | None, form: str, *, several: bool) -> str:
    """Give the key of a member of an `at` block: choices carry the number in any case, others where the block has several."""
    return f"{number}.{name}" if number is not None and (form == "choice" or several) else name
