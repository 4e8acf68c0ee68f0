"""What the tests of the five tables of facts share: records with readable names, heroes who have a feature, numbers worked out.

Of the packs they read the sheet of a hero; of the facts a record and its formulas. Abilities are such that no two formulas
give the same: all modifiers differ, and each is above 1 once and once not.
"""

import json
import math
import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import rulecore as rc
from rulecore.formula.dice import dice_of
from tests.conformance.corpus import shown

FACTS = Path(__file__).parents[1] / "facts"
KINDS = ("class", "subclass", "species", "feat", "invocation", "metamagic", "background")
ABILITIES = ("strength", "dexterity", "constitution", "intelligence", "wisdom", "charisma")
SCORES = {"one": (8, 14, 16, 12, 18, 20), "other": (18, 20, 12, 16, 8, 6)}

Record = dict[str, Any]


@cache
def ruleset() -> rc.Ruleset:
    return rc.load_ruleset()


# ---- records


def slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", text.lower().replace("'", "")).strip("_")


@cache
def table(name: str) -> Any:
    """A table of facts as it stands in its file."""
    return json.loads((FACTS / f"{name}.json").read_text(encoding="utf-8"))[name]


@cache
def facts(name: str) -> dict[str, Record]:
    """The records of one of the five tables by names such as `warlock-magical_cunning`: as much as tells them apart."""
    found: dict[str, Record] = {}
    for record in table(name):
        own = record.get("label") or record.get("name") or record.get("choice") or record.get("spell") or ""
        words = [record["of"].partition(": ")[2], record.get("feature", ""), own]
        if isinstance(record.get("spell_level"), int):
            words.append(f"level {record['spell_level']}")
        name = "-".join(dict.fromkeys(slug(word) for word in words if word))
        assert name not in found, name
        found[name] = record
    return found


@cache
def owners() -> dict[str, rc.Entry]:
    """What the column `of` names."""
    return {f"{kind}: {entry.label}": entry for kind in KINDS for entry in ruleset().entries(kind)}


def entry_id(record: Record) -> str:
    return owners()[record["of"]].id


# ---- heroes

# Where a feat of a category is chosen.
FEATS_FROM = {
    "origin": "human.feat",
    "general": "fighter.4.improvement",
    "fighting_style": "fighter.fighting_style",
    "epic_boon": "fighter.19.boon",
}


@dataclass(frozen=True)
class Who:
    """A hero of a level who has what the column `of` names, with some options chosen; nobody edits one."""

    of: str
    level: int
    scores: str = "one"
    options: tuple[str, ...] = ()

    @property
    def hero(self) -> rc.Character:
        return _hero(self)

    def path(self, name: str) -> str | None:
        """The path of a field, part or card of what `of` names, of an option, or of the whole sheet; none where there is none."""
        hero = self.hero
        near = (f"{place}.{name}" for place in _places(replace(self, scores="one")))
        return next((path for path in (*near, name) if path in hero), None)

    def value(self, path: str) -> Any:
        return shown(self.hero[path])

    def number(self, value: Any, **known: int) -> Any:
        """Work out a number of a record for this hero: whole, or dice in their one form; what comes later is 0."""
        if isinstance(value, dict) and "by_level" in value:
            keys = [int(key) for key in value["by_level"] if int(key) <= self.level]
            return self.number(value["by_level"][str(max(keys))], **known) if keys else 0
        if isinstance(value, dict):
            return self.number(value["formula"], **known)
        if not isinstance(value, str):
            return value
        text = re.sub(r"^(.*\))d(\d+)$", r"dice(\1, \2)", re.sub(r"\b(\d+)d(\d+)\b", r"dice(\1, \2)", value))
        text = re.sub(r"\bd(\d+)\b", r"dice(1, \1)", text)
        text = re.sub(r"\b(\w+\.modifier|spell_save_dc)\b", lambda found: str(self._known(found[0])), text)
        names = {"level": self.level, "proficiency_bonus": max(2, (self.level + 7) // 4), "highest": _highest, "dice": dice_of}
        names |= {"round_up": math.ceil, "round_down": math.floor}
        return shown(eval(text, {"__builtins__": {}}, {**names, **known}))  # noqa: S307 - a formula of ours

    def _known(self, name: str) -> Any:
        """A modifier, or the spell save DC of the class."""
        if name != "spell_save_dc":
            return self.value(name)
        owner = owners()[self.of]
        of_class = owner.name if owner.kind == "class" else getattr(owner.properties.get("class"), "name", "warlock")
        return self.value(f"{of_class}.{'pact_magic' if of_class == 'warlock' else 'magic'}.save_dc")


def _highest(*values: Any) -> Any:
    """The highest; of a number and dice the dice: the pack bounds what is rolled, and a field shows what is to be rolled."""
    return next((value for value in values if isinstance(value, rc.Dice)), None) or max(values)


@cache
def _hero(who: Who) -> rc.Character:
    entry = owners()[who.of]
    kind, name = entry.kind, entry.name
    fields: dict[str, Any] = {f"{ability}.base": score for ability, score in zip(ABILITIES, SCORES[who.scores], strict=True)}
    choices: dict[str, list[str]] = {}
    of_class = {"class": name, "invocation": "warlock", "metamagic": "sorcerer"}.get(kind, "fighter")
    if kind in {"species", "background"}:
        fields[kind] = name
    elif kind == "subclass":
        of_class = entry.properties["class"].name
        choices[f"{of_class}.3.subclass"] = [name]
    elif kind == "feat":
        category = entry.properties["category"].name
        fields |= {"species": "human"} if category == "origin" else {}
        choices[FEATS_FROM[category]] = [name]
    elif kind != "class":
        choices[f"{of_class}.{'invocations' if kind == 'invocation' else '2.metamagic'}"] = [name]
    return _chosen(
        {"collections": {"levels": [{"class": of_class}] * who.level}, "fields": fields, "choices": choices}, who.options
    )


def _chosen(document: dict[str, Any], options: tuple[str, ...]) -> rc.Character:
    """A character of a document, with each option chosen where somebody asks for it."""
    made = ruleset().new("character", document)
    for option in options:
        asked = next(
            (each.id for each in made.options(decided=True) if each.form == "choice" and option in each.candidates), None
        )
        if asked is not None:
            document = {**document, "choices": {**document["choices"], asked: [option]}}
            made = ruleset().new("character", document)
    return made


@cache
def _places(who: Who) -> tuple[str, ...]:
    """The paths of what `of` names and of the chosen options; none while the hero has it not."""
    names = (owners()[who.of].name, *who.options)
    paths = (each.path for each in who.hero.derivation.structure.instances)
    return tuple(path for path in paths if path.rpartition(".")[2] in names)


def levels_of(record: Record) -> list[int]:
    """The levels at which something may change: those of the record, one before each, and 20."""
    keys = {int(key) for value in record.values() if isinstance(value, dict) for key in value.get("by_level", {})}
    keys |= {5, 9, 13, 17} if "proficiency_bonus" in json.dumps(record) else set()
    wanted = {record["level"], *keys, *(key - 1 for key in keys), 20}
    return sorted(level for level in wanted if record["level"] <= level <= 20)
