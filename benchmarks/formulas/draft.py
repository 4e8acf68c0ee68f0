"""A graph of formulas while it is written down: inputs, fields, and effects on fields that come later."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Input:
    """A number that a person sets, with its range."""

    default: int
    lowest: int
    highest: int


@dataclass(frozen=True, slots=True)
class Field:
    """A derived number: its own formula, the fields that effects add to it, and those below which effects do not let it fall.

    A formula is a Python expression of names, whole numbers, `+ - * //`, comparisons, `and`, `or`, `x if c else y`, `min`,
    `max` and look-ups in a table, `rages_by_level[barbarian_level]`.
    """

    formula: str
    added: tuple[str, ...] = ()
    at_least: tuple[str, ...] = ()

    @property
    def whole(self) -> str:
        """The formula with its effects in it, for those who know no effects."""
        terms = self.added if self.formula == "0" and self.added else (self.formula, *self.added)
        total = " + ".join(terms)
        return f"max({total}, {', '.join(self.at_least)})" if self.at_least else total


@dataclass(slots=True)
class Draft:
    """The lines written so far."""

    inputs: dict[str, Input] = field(default_factory=dict)
    fields: dict[str, Field] = field(default_factory=dict)
    truths: set[str] = field(default_factory=set)
    effects: dict[str, list[str]] = field(default_factory=dict)

    def input(self, name: str, default: int, highest: int, lowest: int = 0) -> None:
        """Declare a number that a person sets."""
        self.inputs[name] = Input(default, lowest, highest)

    def field(self, name: str, formula: str, added: str = "", at_least: str = "") -> None:
        """Declare a derived field; `added` and `at_least` say which effects it takes, by the word they were declared for."""
        self.fields[name] = Field(formula, self.taken(added), self.taken(at_least))

    def effect(self, target: str, name: str, condition: str, value: str) -> None:
        """Declare an effect: one field for whether it is in force and one for what it gives, for those who take `target`."""
        self.truths.add(f"{name}_active")
        self.field(f"{name}_active", condition)
        self.field(name, f"({value}) if {name}_active else 0")
        self.effects.setdefault(target, []).append(name)

    def taken(self, target: str) -> tuple[str, ...]:
        """Give the effects declared for a word."""
        return tuple(self.effects.get(target, ()))

    def terms(self, target: str) -> str:
        """Give the effects declared for a word as terms of a sum, for formulas that need them in the middle."""
        return "".join(f" + {name}" for name in self.taken(target))
