"""Blocks under construction."""

from __future__ import annotations

from dataclasses import dataclass, field

from rulecore.dsl.strata import conjunction
from rulecore.formula import ast as f
from rulecore.model import shape as m
from rulecore.source import Span


@dataclass(slots=True)
class Draft:
    """A block under construction; `gates` are its own and those of the blocks around it, joined."""

    gate: f.Formula | None = None
    gates: f.Formula | None = None
    fields: dict[str, m.Field] = field(default_factory=dict)
    parts: dict[str, m.Part] = field(default_factory=dict)
    collections: dict[str, m.Collection] = field(default_factory=dict)
    choices: dict[str, m.Choice] = field(default_factory=dict)
    rest: dict[str, list[object]] = field(default_factory=dict)

    def put(self, name: str, *members: object) -> None:
        """Add members that have no name of their own."""
        self.rest.setdefault(name, []).extend(members)

    def block(self) -> m.Block:
        """Give the finished block."""
        several = {
            name: tuple(member.block() if isinstance(member, Draft) else member for member in members)
            for name, members in self.rest.items()
        }
        return m.Block(
            self.gate,
            tuple(self.fields.values()),
            tuple(self.parts.values()),
            tuple(self.collections.values()),
            tuple(self.choices.values()),
            **several,  # type: ignore[arg-type]
        )

    def inner(self, gate: f.Formula) -> Draft:
        """Give a new inner block that exists while a gate holds."""
        made = Draft(gate, conjunction(self.gates, gate))
        self.put("blocks", made)
        return made


@dataclass(frozen=True, slots=True)
class Around:
    """What the enclosing lines say about a line: the derived condition that joins every effect, and the citation."""

    when: f.Formula | None = None
    citation: str | None = None
    derived: Span | None = None
