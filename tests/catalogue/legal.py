"""Legal characters for the catalogue: the examples, the golden documents and generated ones, each with its sheet."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import rulecore as rc
from rulecore.strategies.player import Player
from tests.golden.golden import goldens
from tests.oracle.documents import made

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.json"))
ABILITIES = ("strength", "dexterity", "constitution", "intelligence", "wisdom", "charisma")
CLAIMED = (
    "level",
    "proficiency_bonus",
    "armor_class",
    "hit_point_maximum",
    "initiative.bonus",
    "walk.speed",
    "passive_perception",
    *(f"{ability}.score" for ability in ABILITIES),
    *(f"{ability}.modifier" for ability in ABILITIES),
    *(f"{ability}.save.bonus" for ability in ABILITIES),
    "perception.check.bonus",
    "stealth.check.bonus",
    "athletics.check.bonus",
    "carrying_capacity",
)
"""What a sheet on paper says of everybody, more or less."""


@lru_cache(maxsize=1)
def ruleset() -> Any:
    return rc.load_ruleset()


class Legal:
    """One legal document, and what the engine makes of it, worked out when first asked for."""

    def __init__(self, name: str, document: dict[str, Any]) -> None:
        self.name, self.document = name, document

    @cached_property
    def hero(self) -> Any:
        return ruleset().character(self.document)

    @cached_property
    def sheet(self) -> dict[str, Any]:
        """Every value by its dotted id, those of records behind the others."""
        sheet = self.hero.sheet().to_json()
        records = {path: record.get("fields", record) for path, record in sheet["records"].items()}
        return sheet["fields"] | {f"{path}.{name}": value for path, fields in records.items() for name, value in fields.items()}

    @cached_property
    def questions(self) -> dict[str, Any]:
        """The choices that the document has answered, by their ids."""
        found = {question.path: question for _owner, question in self.hero.derivation.structure.questions}
        return {path: question for path, question in found.items() if question.preset is None and self.choices.get(path)}

    @property
    def fields(self) -> dict[str, Any]:
        return self.document.get("fields", {})

    @property
    def collections(self) -> dict[str, Any]:
        return self.document.get("collections", {})

    @property
    def choices(self) -> dict[str, Any]:
        return self.document.get("choices", {})

    @property
    def levels(self) -> list[str]:
        """The class of each level."""
        return [each["class"] for each in self.collections.get("levels", [])]

    @property
    def claims(self) -> dict[str, Any]:
        """Right numbers for what a sheet on paper says."""
        return {path: self.sheet[path] for path in CLAIMED if path in self.sheet}

    def copy(self, *, claiming: bool = False) -> dict[str, Any]:
        document = deepcopy(self.document)
        return document | {"claims": self.claims} if claiming else document


def finished(document: dict[str, Any]) -> dict[str, Any]:
    """The same character with nothing left to choose, as far as something on offer breaks no law."""
    player = Player(ruleset(), document, 0)
    player._stage("answers")
    player._answer_all([])
    return player.document


def examples() -> list[Legal]:
    return [Legal(path.stem, json.loads(path.read_text(encoding="utf-8"))) for path in EXAMPLES]


def golden() -> list[Legal]:
    return [Legal(each.name, finished(each.document)) for each in goldens()]


def generated(first: int = 0) -> Iterator[Legal]:
    """One generated character after the other, without end."""
    seed = first
    while True:
        yield Legal(f"seed {seed}", finished(made(seed)))
        seed += 1
