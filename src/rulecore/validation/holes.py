"""What a character can be asked now, each question with its answers: choices, references, sequences, lists, fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from rulecore.dataclass import dataclass, field, replace
from rulecore.derive.asking import LIST, OpenFields, OpenList, Setting, asked
from rulecore.derive.options import CHOICE, ELEMENT, REFERENCE, OpenChoice, entries_for
from rulecore.formula import types as t
from rulecore.formula.scalar import evaluate
from rulecore.model.entry import Entry

if TYPE_CHECKING:
    from rulecore.character import Character
    from rulecore.derive import Derivation
    from rulecore.model.shape import Choice

FIELD = "field"
Question: TypeAlias = "OpenChoice | OpenList | Setting"
LONGEST_LINE = 120

_Typed = t.IntType | t.NumberType | t.BoolType | t.EnumType | t.TextType | t.DiceType | t.RefType


@dataclass(frozen=True, slots=True)
class Answer:
    """One legal answer: its id, its label, and a line on it. `entry` is what it names, where it names something of a pack."""

    id: str
    label: str
    text: str = ""
    entry: Entry | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True)
class Hole:
    """One open question: it takes `least` to `count` of the `answers`, or a value of `type` where it is a field.

    `form` is choice, reference, element, list or field. `picked` is what has been answered before, which stays. `part` says
    which of its answers are here, where there are too many for one schema.
    """

    id: str
    label: str
    form: str
    count: int
    least: int
    answers: tuple[Answer, ...]
    question: Question = field(repr=False, compare=False)
    text: str = ""
    picked: tuple[str, ...] = ()
    repeats: bool = False
    type: t.Type | None = None
    part: str = ""

    @property
    def name(self) -> str:
        """Give what it is called as a stage."""
        return f"{self.id}/{self.part}" if self.part else self.id

    @property
    def growing(self) -> bool:
        """Tell whether it is a sequence that may have one more element, and need not."""
        return self.form == ELEMENT and not self.least

    def narrowed(self, answers: Sequence[Answer], part: str) -> Hole:
        """Give it with some of its answers alone, of which none must be taken."""
        return replace(self, answers=tuple(answers), part=part, least=0)


def holes(hero: Character, only: str | None = None) -> tuple[Hole, ...]:
    """Give what can be answered now: what packs put in order, other choices, lists with room, and last what may go on.

    With `only` the others are not looked at, which is faster.
    """
    derivation = hero.derivation
    found = asked(derivation)
    places = {each.id: place for place, each in enumerate(found)}
    choices = hero.options(decided=True)
    wanted = [each for each in choices if each.missing and only in {None, each.id}]
    groups = [(each.id, [_choice(derivation, each)]) for each in wanted]
    decided = {each.id for each in choices}
    groups += [(each.id, list(_fields(hero, each, decided))) for each in found if isinstance(each, OpenFields)]
    ordered = sorted(groups, key=lambda group: places.get(group[0], len(places)))
    several = (each for _id, holes_of in ordered for each in holes_of if only in {None, each.id})
    lists = (_list(each) for each in found if isinstance(each, OpenList) and each.missing and only in {None, each.id})
    return tuple(sorted(filter(_can_be_answered, (*several, *lists)), key=lambda hole: hole.growing))


def _can_be_answered(hole: Hole) -> bool:
    return bool(hole.answers) or (hole.form == FIELD and not isinstance(hole.type, t.RefType))


# ---- choices


def _choice(derivation: Derivation, choice: OpenChoice) -> Hole:
    asks = next((each.choice for _owner, each in derivation.structure.questions if each.path == choice.id), None)
    repeats = choice.form == CHOICE and asks is not None and asks.repeat is not None
    entries, texts = _offered(derivation, choice, asks)
    answers = tuple(
        Answer(each.id, each.label, _line(texts.get(each.id)), entries.get(each.id)) for each in choice.options if each.legal
    )
    count = choice.missing if repeats else min(choice.missing, len(answers))
    least = 0 if choice.form == ELEMENT and choice.picked else count
    return Hole(choice.id, choice.label, choice.form, count, least, answers, choice, picked=choice.picked, repeats=repeats)


def _offered(
    derivation: Derivation, choice: OpenChoice, asks: Choice | None
) -> tuple[Mapping[str, Entry], Mapping[str, str | None]]:
    """Give the entries that a choice offers, and what packs say of its options; each by its id."""
    if choice.form == CHOICE and asks is not None:
        entries = {entry.name: entry for entry in asks.entries}
        return entries, {name: entry.text for name, entry in entries.items()} | {each.name: each.text for each in asks.options}
    entity = derivation.structure.entity
    fields = entity.fields
    if choice.form == ELEMENT:
        fields = {each.name: each for each in derivation.rules.records[entity.collections[choice.id].shape].block.fields}
    of = fields[choice.id if choice.form == REFERENCE else choice.reference].type
    entries = {entry.name: entry for entry in derivation.structure.index.of_kind(of.kind)} if isinstance(of, t.RefType) else {}
    return entries, {name: entry.text for name, entry in entries.items()}


def _line(text: str | None) -> str:
    line = " ".join((text or "").split())
    return line if len(line) <= LONGEST_LINE else f"{line[: LONGEST_LINE - 1].rstrip()}…"


# ---- lists


def _list(of: OpenList) -> Hole:
    answers = tuple(
        Answer(name, entry.label, _shown(of, entry), entry) for name, entry in of.entries.items() if of.why_not(name) is None
    )
    count = min(of.missing, len(answers))
    return Hole(of.id, of.label, LIST, count, 0, answers, of, text=of.asked.text or "", picked=of.picked)


def _shown(of: OpenList, entry: Entry) -> str:
    """Say what the interview shows of a candidate."""
    scope = of.scope(entry)
    told = ((column.label, evaluate(column.value, scope)) for column in of.asked.shown)
    return ", ".join(f"{label} {plainly(value)}".strip() for label, value in told if plainly(value))


def plainly(value: Any) -> str:
    """Write a value that is shown of a candidate."""
    if isinstance(value, Entry):
        return value.label
    if isinstance(value, frozenset | tuple):
        return ", ".join(plainly(each) for each in value)
    return "" if value is None else str(value)


# ---- fields


def _fields(hero: Character, question: OpenFields, decided: set[str]) -> Iterator[Hole]:
    """Give the fields of a question of which none is set yet, as far as one value answers them."""
    document = hero.derivation.document
    written = {*document.fields, *(["name"] if document.name else [])}
    if not any(each.path in written or each.path in decided for each in question.settings):
        about = " ".join(each for each in (question.asked.text, *_ways(question)) if each)
        for place, each in enumerate(question.settings):
            if isinstance(each.field.type, _Typed):
                yield _field(hero.derivation, question, each, "" if place else about)


def _field(derivation: Derivation, question: OpenFields, setting: Setting, about: str) -> Hole:
    of = setting.field.type
    answers = tuple(
        Answer(entry.name, entry.label, _line(entry.text), entry)
        for entry in entries_for(derivation, setting.instance, setting.field)
    )
    label = setting.label if len(question.settings) == 1 else f"{question.label}, {setting.label}"
    return Hole(setting.path, label, FIELD, 1, 1, answers, setting, text=about, type=of)


def _ways(question: OpenFields) -> Iterator[str]:
    """Say in which ways the fields may be filled; which one is taken is nowhere checked."""
    for way in question.asked.ways:
        values = ", ".join(plainly(getattr(each, "value", "")) for each in way.values)
        yield f"{way.label}: {'. '.join(each for each in (values, (way.text or '').rstrip('.')) if each)}.".replace(": .", ".")
