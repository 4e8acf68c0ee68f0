"""A question about fields: in which way they are to be filled, and then a line of values, one for each in its order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from rulecore.cli.given import value_of
from rulecore.cli.questions import Unfit, fitting
from rulecore.cli.taking import reasons, undo_to
from rulecore.cli.wrapping import folded, printable
from rulecore.derive.asking import OpenFields
from rulecore.derive.options import Offered
from rulecore.errors import FieldError, Refused
from rulecore.formula import types as t
from rulecore.formula.scalar import Scope, evaluate
from rulecore.model.rules import Column, Way

if TYPE_CHECKING:
    from rulecore.character import Character

_BETWEEN = re.compile(r"[\s,]+")


class Filling:
    """Fields that are filled by what is typed; `way` is the one that was chosen, and `done` tells that it is over."""

    def __init__(self, hero: Character, question: OpenFields) -> None:
        """Ask for the way first where there are several."""
        self.hero, self.question = hero, question
        ways = question.asked.ways
        self.way: Way | None = ways[0] if len(ways) == 1 else None
        self.done = False
        self.values: list[Any] = []

    @property
    def begun(self) -> bool:
        """Tell whether something has been answered that is not set yet."""
        return bool(self.values) or (self.way is not None and len(self.question.asked.ways) > 1)

    @property
    def options(self) -> list[Offered]:
        """Give the ways that may be chosen still."""
        return [] if self.way is not None else [Offered(way.label, way.label) for way in self.question.asked.ways]

    def heading(self, width: int) -> Iterator[Any]:
        """Give the lines of the question."""
        from rich.text import Text

        question = self.question
        yield Text.assemble((question.label, "bold cyan"), f": {self._wanted()}", (f"  {question.id}", "dim"))
        about = [question.asked.text or "", *self._shown(question.asked.shown)]
        yield from (Text("  " + "\n".join(folded(each, width - 2, "  "))) for each in about if each)
        for number, way in enumerate(question.asked.ways if self.way is None else (), 1):
            told = f"{number} {way.label}: {_explained(way)}".removesuffix(": ")
            yield Text("  " + "\n".join(folded(told, width - 2, "    ")))

    def prompt(self) -> str:
        """Say what is to be typed next, nothing where the question says it."""
        if self.options or (self.way is None and len(self.question.settings) == 1):
            return ""
        labels = ", ".join(each.label for each in self._rest())
        if self.way is not None and self.way.values:
            return f"{', '.join(self._left())} for {labels}: type them in this order"
        return f"a value for each of {labels}: type them in this order"

    def answer(self, text: str) -> str:
        """Take a line; gives what is to be said of it. Unfit says what was expected."""
        if self.options:
            way = fitting(text, self.options)
            self.way = next(each for each in self.question.asked.ways if each.label == way.id)
            return ""
        single = len(self.question.settings) == 1
        values = [self._value(each, place) for place, each in enumerate([text] if single else _parted(text))]
        if not values:
            raise Unfit(f"{len(self._rest())} values are expected, with spaces between them")
        if len(values) > len(self._rest()):
            raise Unfit(f"{len(values)} values are too many for {', '.join(each.label for each in self._rest())}")
        self._fits_the_way(values)
        self.values += values
        return "" if self._rest() else self._set()

    # ---- values

    def _rest(self) -> Sequence[Any]:
        return self.question.settings[len(self.values) :]

    def _left(self) -> list[str]:
        """Give the values of the way that have not been used."""
        way = self.way
        left = Counter() if way is None else Counter(evaluate(each, self._scope()) for each in way.values)
        return [str(each) for each in (left - Counter(self.values)).elements()]

    def _value(self, text: str, place: int) -> Any:
        rest = self._rest()
        return value_of(rest[min(place, len(rest) - 1)].field.type, text)

    def _fits_the_way(self, values: Sequence[Any]) -> None:
        if self.way is not None and self.way.values:
            over = Counter(map(str, values)) - Counter(self._left())
            if over:
                raise Unfit(f"{', '.join(over)} is not left: each of {', '.join(self._left())} is used once")

    def _set(self) -> str:
        """Set the fields in one transaction; Unfit says what does not fit, and then nothing is set."""
        settings, values = self.question.settings, self.values
        start, self.values = len(self.hero.log), []
        try:
            self.hero.edit({each.path: value for each, value in zip(settings, values, strict=True)})
        except (Refused, FieldError) as error:
            raise Unfit(reasons(error)) from error
        broken = [message for law, message in (self.way.laws if self.way else ()) if not evaluate(law, self._scope())]
        shown = "; ".join(self._shown(self.way.shown if self.way else ()))
        if broken:
            undo_to(self.hero, start)
            raise Unfit("; ".join([*broken, *([shown] if shown else [])]))
        self.done = True
        if len(settings) == 1:
            return f"{self.question.label}: {printable(str(values[0]))}"
        told = ", ".join(f"{each.label} {value}" for each, value in zip(settings, values, strict=True))
        return f"{self.question.label}: {told}" + (f" ({shown})" if shown else "")

    # ---- words

    def _wanted(self) -> str:
        settings, several = self.question.settings, len(self.question.settings) > 1
        way = " in which way?" if self.options else ""
        limits = _limits(settings[0].field.type)
        return (
            f"{', '.join(each.label for each in settings)}{f', {limits}' if limits else ''};{way}" if several else limits
        ).strip(";")

    def _shown(self, columns: Sequence[Column]) -> list[str]:
        from rulecore.cli.cells import cell

        cells = [(column.label, cell(evaluate(column.value, self._scope()), column.value.type)) for column in columns]
        return [f"{label} {each.text}".strip() for label, each in cells if each.text]

    def _scope(self) -> Scope:
        derivation = self.hero.derivation
        return Scope(derivation.computation, derivation.structure.entity)


def _explained(way: Way) -> str:
    values = ", ".join(str(getattr(each, "value", "")) for each in way.values)
    return ". ".join(each for each in (values, way.text or "") if each)


def _parted(text: str) -> list[str]:
    return [each for each in _BETWEEN.split(text) if each]


def _limits(of: t.Type) -> str:
    match of:
        case t.IntType() | t.NumberType() if of.low is not None and of.high is not None:
            return f"{of.low} to {of.high}{f' {of.unit}' if of.unit else ''}"
        case t.EnumType():
            return " or ".join(of.words)
        case t.BoolType():
            return "true or false"
        case t.RefType():
            return "a name"
    return "a number" if isinstance(of, t.IntType | t.NumberType) else "any text"
