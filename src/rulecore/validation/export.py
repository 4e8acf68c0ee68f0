"""What can be answered now about a character, as a JSON Schema that structured outputs of models take.

The schema has only answers that are legal now. What it cannot say is told in `lossy`, with the code of the finding that tells it
once the answers are taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from rulecore.character.answers import answer
from rulecore.dataclass import dataclass, field
from rulecore.derive.asking import OpenList, Setting, asked
from rulecore.derive.options import OpenChoice
from rulecore.errors import FieldError
from rulecore.model.edit import Add, Edit, Set
from rulecore.names import nearest
from rulecore.validation.holes import FIELD, Hole, holes
from rulecore.validation.profiles import Profile, profile_of
from rulecore.validation.shaping import Lost, none_of, shaped
from rulecore.validation.stages import BETWEEN, Stage, stages

if TYPE_CHECKING:
    from rulecore.character import Character

__all__ = ["Export", "Lost", "export", "exports"]


@dataclass(frozen=True)
class Export:
    """The schema of one stage, what it does not say, all stages there are now, and the questions of this one."""

    schema: dict[str, Any]
    lossy: tuple[Lost, ...]
    stages: tuple[str, ...]
    holes: tuple[Hole, ...]
    _asks: Mapping[str, Hole] = field(repr=False, compare=False)

    @property
    def needed(self) -> tuple[str, ...]:
        """Give the ids of the questions that want an answer; the others may be left."""
        return tuple(hole.id for hole in self.holes if hole.least)

    def answers(self, output: Mapping[str, Any]) -> dict[str, Any]:
        """Give what was written under the schema by the ids of questions: names in a list, or the value of a field.

        This is what `rulecore new --answers` takes. Names are those that come anew; what is left open is left out. FieldError
        says that a key is none of the schema.
        """
        found: dict[str, Any] = {}
        for key, value in output.items():
            if key not in self._asks:
                raise FieldError(f"`{key}` is no key of this schema", nearest(key, self._asks))
            hole = self._asks[key]
            if hole.form == FIELD and not isinstance(value, str):
                found[hole.id] = value
                continue
            names = [value] if isinstance(value, str) else value
            given = [name for name in names if name and (hole.form == FIELD or hole.least or name != none_of(hole))]
            if given:
                found.setdefault(hole.id, []).extend(given)
        return found

    def edits(self, output: Mapping[str, Any]) -> list[Edit]:
        """Give what was written under the schema as edits; Refused says that more is picked than a choice has room for."""
        answers = self.answers(output)
        return [edit for hole in self.holes if hole.id in answers for edit in _edits(hole, answers[hole.id])]


def _edits(hole: Hole, given: Any) -> Iterator[Edit]:
    match hole.question:
        case Setting():
            yield Set(hole.id, given[0] if isinstance(given, list) else given)
        case OpenList():
            yield from (Add(hole.id, {hole.question.reference: name}) for name in given)
        case OpenChoice():
            before = hole.picked if hole.form == "choice" else ()
            yield from answer([hole.question], hole.id, [*before, *given])


def export(hero: Character, *, profile: str | Profile = "portable", stage: str | None = None) -> Export:
    """Give the schema of one stage of what can be answered now, of the first without a name.

    `profile` is openai, anthropic or portable. A stage is named as in `stages`; the id of a question asks that alone. What has
    been answered meanwhile gives a schema without properties; FieldError says that a name means nothing.
    """
    limits = profile_of(profile)
    alone = () if stage is None else stages(holes(hero, stage), limits)
    if alone:
        return _exported(alone[0], tuple(each.name for each in alone))
    found = stages(holes(hero), limits)
    names = tuple(each.name for each in found)
    named = found if stage is None else [each for each in found if each.name == stage]
    if not named and stage is not None and stage.partition("/")[0].partition(BETWEEN)[0] not in _ever_asked(hero):
        raise FieldError(f"`{stage}` is no stage and no question", nearest(stage, names))
    return _exported(named[0] if named else Stage((), shaped([], limits)), names)


def exports(hero: Character, *, profile: str | Profile = "portable") -> tuple[Export, ...]:
    """Give the schemas of all stages, for all that can be answered now; each as if the others were not answered."""
    found = stages(holes(hero), profile_of(profile))
    return tuple(_exported(each, tuple(each.name for each in found)) for each in found)


def _exported(one: Stage, names: tuple[str, ...]) -> Export:
    return Export(one.made.schema, one.made.lost, names, one.holes, one.made.asks)


def _ever_asked(hero: Character) -> set[str]:
    fields = {each.path for question in asked(hero.derivation) for each in getattr(question, "settings", ())}
    return {each.id for each in hero.options(decided=True)} | {each.id for each in asked(hero.derivation)} | fields
