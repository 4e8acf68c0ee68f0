"""Makes a JSON Schema of questions, within what a profile can say, and tells what it could not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rulecore.dataclass import dataclass, field
from rulecore.derive.asking import LIST, Setting
from rulecore.derive.options import CHOICE
from rulecore.formula import types as t
from rulecore.model.strict import escape
from rulecore.names import label_of
from rulecore.validation.holes import FIELD, Hole
from rulecore.validation.keys import key_of
from rulecore.validation.profiles import SLOTS, Profile

NONE = "none"
LARGEST_RANGE = 40
"""So many whole numbers may be written out as an enum."""
SLOT_VALUES = 120
"""So many values may stand in the enums of all places of one question; else it is asked by an array."""


@dataclass(frozen=True, slots=True)
class Lost:
    """What the schema at a pointer does not say, and the code of the finding that tells afterwards."""

    pointer: str
    constraint: str
    code: str


@dataclass(frozen=True)
class Shaped:
    """A schema, what it does not say, and which question each of its properties answers."""

    schema: dict[str, Any]
    lost: tuple[Lost, ...]
    asks: Mapping[str, Hole] = field(repr=False, compare=False)


def shaped(holes: Sequence[Hole], profile: Profile, *, lines: bool = True, words: bool = True) -> Shaped:
    """Make the schema of some questions; without `lines` their answers are not described, without `words` nothing is."""
    properties: dict[str, Any] = {}
    lost: list[Lost] = []
    asks: dict[str, Hole] = {}
    for hole in holes:
        made = _Property(hole, profile)
        for place, (key, value) in enumerate(made.properties()):
            about = {"description": made.about(place, lines=lines)} if words else {}
            properties[key], asks[key] = value | about, hole
            lost += [Lost(f"/properties/{escape(key)}", *each) for each in made.lost(place)]
    schema = {"type": "object", "properties": properties, "required": [*properties], "additionalProperties": False}
    return Shaped(schema, (*lost, *(Lost("", *each) for each in _together(holes))), asks)


def none_of(hole: Hole) -> str:
    """Give the value that stands for no answer; no answer is called so."""
    known = {answer.id for answer in hole.answers}
    found = NONE
    while found in known:
        found += "_"
    return found


class _Property:
    """One question as properties of a schema: one, or one for each place."""

    def __init__(self, hole: Hole, profile: Profile) -> None:
        self.hole, self.profile = hole, profile
        self.ids = [answer.id for answer in hole.answers]
        several = hole.count > 1
        fits = hole.count <= SLOTS and hole.count * len(self.ids) <= SLOT_VALUES
        self.slots = hole.count if several and not profile.counts_items and fits else 0
        self.is_array = several and not self.slots

    def properties(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Give the keys and their schemas."""
        for place in range(1, self.slots + 1):
            yield key_of(self.hole.id, place), self._enum()
        if self.is_array:
            yield key_of(self.hole.id), self._array()
        elif not self.slots:
            yield key_of(self.hole.id), self._enum() if self.ids else self._value()

    def _enum(self) -> dict[str, Any]:
        return {"type": "string", "enum": [*self.ids, *([] if self.hole.least else [none_of(self.hole)])]}

    def _array(self) -> dict[str, Any]:
        made: dict[str, Any] = {"type": "array", "items": {"type": "string", "enum": self.ids}}
        if self.profile.counts_items:
            return made | {"minItems": self.hole.least, "maxItems": self.hole.count}
        least = min(self.hole.least, self.profile.least_items or 0)
        return made | ({"minItems": least} if least else {})

    # ---- values of fields

    def _value(self) -> dict[str, Any]:
        match self.hole.type:
            case t.IntType(low, high):
                if self._written_out():
                    return {"type": "integer", "enum": list(range(int(low or 0), int(high or 0) + 1))}
                return {"type": "integer"} | self._bounds(low, high)
            case t.NumberType(low, high):
                return {"type": "number"} | self._bounds(low, high)
            case t.BoolType():
                return {"type": "boolean"}
            case t.EnumType(words):
                return {"type": "string", "enum": list(words)}
        return {"type": "string"}

    def _written_out(self) -> bool:
        of = self.hole.type
        if not isinstance(of, t.IntType) or of.low is None or of.high is None:
            return False
        return not self.profile.bounds_numbers and of.high - of.low < LARGEST_RANGE

    def _bounds(self, low: Any, high: Any) -> dict[str, Any]:
        if not self.profile.bounds_numbers:
            return {}
        found = {"minimum": low, "maximum": high}
        return {
            word: int(bound) if bound.denominator == 1 else float(bound) for word, bound in found.items() if bound is not None
        }

    # ---- what is not said

    def lost(self, place: int) -> Iterator[tuple[str, str]]:
        """Give what the schema does not say, each with the code of the finding that does; once for all places."""
        hole = self.hole
        if hole.form == FIELD:
            yield from self._lost_of_field()
        elif place:
            return
        elif hole.part:
            yield f"the answers under {hole.part} alone; {hole.count} in all parts together", _too_many(hole)
        elif self.is_array and not self.profile.counts_items:
            yield f"at most {hole.count}", _too_many(hole)
            if hole.least > (self.profile.least_items or 0):
                yield f"at least {hole.least}", "choice.missing"
        if hole.count > 1:
            but = ", but for what may be repeated" if hole.repeats else ""
            yield f"each once{but}", "choice.repeated" if hole.form == CHOICE else "requires.failed"

    def _lost_of_field(self) -> Iterator[tuple[str, str]]:
        of, setting = self.hole.type, self.hole.question
        yield "no value is judged beforehand", "requires.failed"
        if isinstance(of, t.IntType | t.NumberType) and not (self._written_out() or self.profile.bounds_numbers):
            limits = [f"{word} {bound}" for word, bound in (("from", of.low), ("to", of.high)) if bound is not None]
            if limits:
                yield " ".join(limits), "value.range"
        if isinstance(setting, Setting) and not isinstance(of, t.RefType):
            if any(each is not None and not hasattr(each, "value") for each in (setting.field.low, setting.field.high)):
                yield "bounds that other numbers give", "value.bound"
            if isinstance(of, t.DiceType):
                yield "dice", "value.type"

    # ---- words

    def about(self, place: int, *, lines: bool) -> str:
        """Describe a property: what is asked, how many it takes, and with `lines` the answers whose ids do not say it."""
        hole = self.hole
        if self.slots and place:
            return f"{hole.label}: {place + 1} of {self.slots}"
        told = [f"{hole.label}: {self._how_many()}", *([hole.text] if hole.text else [])]
        told += [f"Only those under {hole.part}"] if hole.part else []
        if lines:
            told += [f"{answer.id}: {_words(answer.label, answer.text)}" for answer in hole.answers if _needs_words(answer)]
        return "\n".join(told)

    def _how_many(self) -> str:
        hole = self.hole
        if hole.form == FIELD:
            return str(hole.type) if not self.ids else "one of these"
        each = "" if hole.repeats or hole.count == 1 else ", each once"
        if self.slots:
            each = f"{each}, one here and one in each of the next {self.slots - 1}"
        if hole.least:
            return f"choose {hole.least}{each}"
        unless = f"; `{none_of(hole)}` for none" if not self.is_array else ""
        return f"choose up to {hole.count}{each}{unless}"


def _too_many(hole: Hole) -> str:
    return "choice.too_many" if hole.form == CHOICE else "requires.failed"


def _needs_words(answer: Any) -> bool:
    return bool(answer.text) or label_of(answer.id).casefold() != answer.label.casefold()


def _words(label: str, text: str) -> str:
    return f"{label} ({text})" if text else label


def _together(holes: Iterable[Hole]) -> Iterator[tuple[str, str]]:
    """Give what nobody asks of one answer: whether it goes with the others."""
    found = list(holes)
    if sum(hole.count for hole in found) > 1:
        yield "each is judged by what is there now, not by the other answers", "requires.failed"
        if any(hole.form == CHOICE for hole in found):
            yield "an option may be on offer no more after the other answers", "choice.where"
        if any(hole.form != CHOICE and hole.answers for hole in found):
            yield "an entry may be on offer no more after the other answers", "value.where"
        if any(hole.form == LIST for hole in found):
            yield "a list may take less after the other answers", "collection.maximum"
