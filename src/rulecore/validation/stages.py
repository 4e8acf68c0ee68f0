"""Divides what is asked into stages, so that the schema of each keeps to the limits of a profile.

Questions stay in their order, as many in a stage as fit. One that does not fit alone is divided by what packs declare: by what
the interview shows of its answers or by a property that all of them have, and by the alphabet where there is none such. Every
answer is in some stage.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeAlias

from rulecore.dataclass import dataclass, field
from rulecore.derive.asking import OpenList
from rulecore.formula import types as t
from rulecore.formula.scalar import evaluate
from rulecore.model.entry import Entry
from rulecore.validation.holes import Answer, Hole, plainly
from rulecore.validation.lint import lint
from rulecore.validation.profiles import Profile
from rulecore.validation.shaping import Shaped, shaped

Group: TypeAlias = "tuple[str, list[Answer]]"
"""What a part of a question is called, and its answers."""

BETWEEN = ".."
"""Stands in the name of a stage between its first question and its last; no id has it."""

_Sortable = t.IntType | t.NumberType | t.EnumType | t.RefType | t.BoolType


@dataclass(frozen=True)
class Stage:
    """Questions that are asked at once; it is called after the first and the last."""

    holes: tuple[Hole, ...]
    made: Shaped = field(repr=False, compare=False)

    @property
    def name(self) -> str:
        """Give what it is called."""
        first, last = self.holes[0].name, self.holes[-1].name
        return first if len(self.holes) == 1 else f"{first}{BETWEEN}{last}"


def stages(holes: Iterable[Hole], profile: Profile) -> tuple[Stage, ...]:
    """Divide questions into stages; each sequence that may go on is one of its own."""
    found: list[Stage] = []
    for hole in holes:
        for part in _parts(hole, profile):
            before = found[-1].holes if found else ()
            together = None if _apart(before, part) else _fitting((*before, part), profile)
            if together is not None:
                found.pop()
            found.append(together or _alone(part, profile))
    return tuple(found)


def _apart(before: Sequence[Hole], hole: Hole) -> bool:
    return not before or hole.growing or any(each.growing or each.id == hole.id for each in before)


def _fitting(holes: tuple[Hole, ...], profile: Profile) -> Stage | None:
    made = shaped(holes, profile)
    return None if lint(made.schema, profile) else Stage(holes, made)


def _alone(hole: Hole, profile: Profile) -> Stage:
    """Give a stage of one question, with fewer words where they do not fit."""
    ways = [shaped([hole], profile, lines=lines, words=words) for lines, words in ((True, True), (False, True), (False, False))]
    return Stage((hole,), next((made for made in ways if not lint(made.schema, profile)), ways[-1]))


def _fits(hole: Hole, profile: Profile) -> bool:
    return not lint(_alone(hole, profile).made.schema, profile)


# ---- one question in parts


def _parts(hole: Hole, profile: Profile) -> list[Hole]:
    if _fits(hole, profile) or len(hole.answers) <= 1:
        return [hole]

    def fit(answers: list[Answer]) -> bool:
        return len(answers) <= 1 or _fits(hole.narrowed(answers, hole.label), profile)

    groups = [narrow for group in _grouped(hole, fit) for narrow in _cut(*group, fit)]
    return [hole.narrowed(answers, name) for name, answers in _joined(groups, fit)]


def _grouped(hole: Hole, fit: Callable[[list[Answer]], bool]) -> list[Group]:
    """Group the answers by the first thing declared of them whose groups all fit, or else have the most parts."""
    ways = [_by(read, hole.answers) for read in _columns(hole)]
    several = [way for way in ways if 1 < len(way) <= len(hole.answers) // 2]
    fitting = [way for way in several if all(fit(answers) for _name, answers in way)]
    return next(iter(fitting), max(several, key=len, default=[("", sorted(hole.answers, key=_label))]))


def _columns(hole: Hole) -> Iterator[Callable[[Entry], tuple[Any, str]]]:
    """Give what can be read of each answer: a place in an order, and what is said of it."""
    if isinstance(hole.question, OpenList):
        yield from (
            _shown(hole.question, column) for column in hole.question.asked.shown if isinstance(column.value.type, _Sortable)
        )
    entries = [answer.entry for answer in hole.answers]
    if entries and all(entry is not None for entry in entries):
        known = [set(entry.properties) for entry in entries if entry is not None]
        yield from (_property(name) for name in entries[0].properties if all(name in each for each in known))  # type: ignore[union-attr]


def _shown(question: OpenList, column: Any) -> Callable[[Entry], tuple[Any, str]]:
    def read(entry: Entry) -> tuple[Any, str]:
        value = evaluate(column.value, question.scope(entry))
        return _order(column.value.type, value), f"{column.label} {plainly(value)}".strip()

    return read


def _property(name: str) -> Callable[[Entry], tuple[Any, str]]:
    def read(entry: Entry) -> tuple[Any, str]:
        value = entry.properties[name]
        return _order(None, value), plainly(value)

    return read


def _order(of: t.Type | None, value: Any) -> Any:
    if isinstance(of, t.EnumType):
        return of.words.index(value)
    return (value.order,) if isinstance(value, Entry) else value


def _by(read: Callable[[Entry], tuple[Any, str]], answers: Iterable[Answer]) -> list[Group]:
    """Group answers by what is read of them; nothing where it has no order."""
    groups: dict[str, list[Answer]] = {}
    places: dict[str, Any] = {}
    for answer in sorted(answers, key=_label):
        if answer.entry is None:
            return []
        place, name = read(answer.entry)
        if not isinstance(place, int | str | tuple):
            return []
        groups.setdefault(name, []).append(answer)
        places[name] = place
    if len({type(place) for place in places.values()}) > 1:
        return []
    return [(name, groups[name]) for name in sorted(groups, key=lambda name: (places[name], name))]


def _label(answer: Answer) -> tuple[str, str]:
    return answer.label.casefold(), answer.id


def _cut(name: str, answers: list[Answer], fit: Callable[[list[Answer]], bool]) -> list[Group]:
    """Cut a group into ranges of the alphabet that fit."""
    if name and fit(answers):
        return [(name, answers)]
    return [(f"{name}, {_range(each)}" if name else _range(each), each) for each in _halves(answers, fit)]


def _halves(answers: list[Answer], fit: Callable[[list[Answer]], bool]) -> list[list[Answer]]:
    if fit(answers):
        return [answers]
    middle = len(answers) // 2
    return _halves(answers[:middle], fit) + _halves(answers[middle:], fit)


def _range(answers: Sequence[Answer]) -> str:
    first, last = answers[0].label, answers[-1].label
    return first if first == last else f"{first} to {last}"


def _joined(groups: Iterable[Group], fit: Callable[[list[Answer]], bool]) -> Iterator[Group]:
    """Join neighbours as far as they fit together."""
    names: list[str] = []
    joined: list[Answer] = []
    for name, answers in groups:
        if joined and not fit(joined + answers):
            yield _between(names), joined
            names, joined = [], []
        names.append(name)
        joined = joined + answers
    if joined:
        yield _between(names), joined


def _between(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]} to {names[-1]}"
