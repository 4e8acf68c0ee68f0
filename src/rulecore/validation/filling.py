"""Hole mode: a model answers what is open, stage by stage, with ids that are legal now: it cannot write anything else."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from rulecore.dataclass import dataclass, field
from rulecore.errors import RulecoreError
from rulecore.finding import Finding, Severity
from rulecore.validation.export import Export, export, exports
from rulecore.validation.profiles import Profile
from rulecore.validation.reading import read

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TextIO, TypeAlias

    from rulecore.character import Character
    from rulecore.validation.holes import Hole

Chooser: TypeAlias = "Callable[[str, Mapping[str, Any]], Mapping[str, Any] | str]"
"""Whatever answers a prompt under a JSON Schema, with an object or its text."""

MOST_ASKED = 2
"""How often one question is asked: the second time alone, with the reason why the first answer was not taken."""

MOST_STAGES = 400


@dataclass(frozen=True, slots=True)
class Asked:
    """One question under a schema, what came back, and why it was not taken, if it was not."""

    holes: tuple[str, ...]
    output: Any
    refused: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Give it as plain JSON."""
        return {"holes": list(self.holes), "output": self.output, "refused": self.refused}


@dataclass(frozen=True, slots=True)
class Filled:
    """What has been made of a character: all that was asked, what was decided without the model, and what is open still."""

    character: Character
    asked: tuple[Asked, ...] = ()
    decisions: tuple[str, ...] = ()
    open: tuple[str, ...] = field(default=())


def fill(
    hero: Character,
    model: Chooser,
    *,
    task: str = "",
    profile: Profile | str = "portable",
    settle: bool = True,
    log: TextIO | None = None,
) -> Filled:
    """Let a model answer all that is open about a character, which is edited; lists with room are offered once.

    An answer that breaks something is taken back and asked again, alone. After that the first legal answer is taken with
    `settle`, and recorded as a decision; without, the question stays open. `log` gets a line of JSON for each answer.
    """
    return _Filling(hero, model, task=task, profile=profile, log=log).run(settle=settle)


class _Filling:
    def __init__(self, hero: Character, model: Chooser, *, task: str, profile: Profile | str, log: TextIO | None) -> None:
        self.hero, self.model, self.task, self.profile, self.log = hero, model, task, profile, log
        self.times: dict[str, int] = {}
        self.asked: list[Asked] = []
        self.decisions: list[str] = []

    def run(self, *, settle: bool) -> Filled:
        for _stage in range(MOST_STAGES):
            offered = self._next()
            if offered is None:
                break
            if not self._ask(offered) and settle:
                self._settle(offered)
        left = export(self.hero, profile=self.profile)
        return Filled(self.hero, tuple(self.asked), tuple(self.decisions), left.needed)

    def _next(self) -> Export | None:
        """Give the next stage in which anything has not been asked: together the first time, and then alone."""
        for offered in exports(self.hero, profile=self.profile):
            if all(self._times(hole) == 0 and not hole.growing for hole in offered.holes):
                return offered
            alone = next((hole for hole in offered.holes if self._is_wanted(hole)), None)
            if alone is not None:
                return export(self.hero, profile=self.profile, stage=alone.name)
        return None

    def _times(self, hole: Hole) -> int:
        return self.times.get(hole.name, 0)

    def _is_wanted(self, hole: Hole) -> bool:
        most = MOST_ASKED if hole.least else 1
        return not hole.growing and self._times(hole) < most

    def _ask(self, offered: Export) -> bool:
        """Ask a stage, and take what comes back unless it breaks something; tell whether it was taken, or may be asked again."""
        names = tuple(hole.name for hole in offered.holes)
        self.times |= {name: self.times.get(name, 0) + 1 for name in names}
        output = self.model(self._prompt(offered), offered.schema)
        value = read(output).value if isinstance(output, str) else output
        refused = self._take(offered, value)
        self.asked.append(Asked(names, value, refused))
        if self.log is not None:
            self.log.write(json.dumps(self.asked[-1].to_json(), ensure_ascii=False, default=str) + "\n")
        return refused is None or any(self._is_wanted(hole) for hole in offered.holes)

    def _prompt(self, offered: Export) -> str:
        last = next((each.refused for each in reversed(self.asked) if {*each.holes} & {h.name for h in offered.holes}), None)
        lines = [f"{hole.label} ({hole.id}): {hole.least} to {hole.count}" for hole in offered.holes]
        parts = [self.task, "\n".join(["Answer under the schema:", *lines])]
        return "\n\n".join(each for each in [*parts, f"The last answer was not taken: {last}" if last else ""] if each)

    def _take(self, offered: Export, value: Any) -> str | None:
        """Edit the character as answered, or say why not; then nothing has changed."""
        if not isinstance(value, Mapping):
            return "it is no JSON object"
        before = {(each.code, each.pointer) for each in _errors(self.hero)}
        try:
            edits = offered.edits(value)
            if edits:
                self.hero.edit(edits)
        except RulecoreError as error:
            return "; ".join(each.message for each in error.findings) or str(error)
        new = [each.message for each in _errors(self.hero) if (each.code, each.pointer) not in before]
        if new:
            self.hero.undo()
            return "; ".join(new)
        return None

    def _settle(self, offered: Export) -> None:
        """Take the first answers that break nothing, for what has to be answered."""
        for hole in offered.holes:
            names = [each.id for each in hole.answers]
            for place in range(len(names) if hole.least else 0):
                chosen = [*names[place:], *names[:place]][: hole.least]
                if self._is_chosen(hole, chosen):
                    self.decisions.append(f"{hole.id}: {', '.join(chosen)}")
                    break

    def _is_chosen(self, hole: Hole, names: list[str]) -> bool:
        before = len(_errors(self.hero))
        try:
            self.hero.choose(hole.id, [*hole.picked, *names] if hole.form == "choice" else names)
        except RulecoreError:
            return False
        if len(_errors(self.hero)) > before:
            self.hero.undo()
            return False
        return True


def _errors(hero: Character) -> list[Finding]:
    return [each for each in hero.findings if each.severity is Severity.ERROR]
