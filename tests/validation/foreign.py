"""Sheets written in foreign shapes, from what the engine derives: as other programs, people and language models write them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import rulecore as rc

ABILITIES = ("strength", "dexterity", "constitution", "intelligence", "wisdom", "charisma")
METALS = {"cp": "copper_piece", "sp": "silver_piece", "gp": "gold_piece"}


@dataclass(frozen=True)
class Carried:
    item: str
    label: str
    enchantment: str
    quantity: int
    equipped: bool
    attuned: bool

    @property
    def key(self) -> tuple[str, str]:
        return self.item, self.enchantment


@dataclass(frozen=True)
class Spell:
    name: str
    label: str
    level: int
    where: str

    @property
    def is_cantrip(self) -> bool:
        return self.level == 0


@dataclass
class Facts:
    """What a sheet says, in plain names."""

    name: str
    species: str | None
    background: str | None
    classes: dict[str, int]
    subclasses: dict[str, str]
    scores: dict[str, int]
    modifiers: dict[str, int]
    bases: dict[str, int]
    saves: dict[str, int]
    save_proficiencies: set[str]
    skills: dict[str, int]
    skill_proficiencies: set[str]
    expertise: set[str]
    armor_class: int
    hit_point_maximum: int
    hit_points: int
    speed: int
    initiative: int
    proficiency_bonus: int
    passive_perception: int
    languages: list[str]
    feats: list[str]
    masteries: list[str]
    picks: list[str]
    save_dc: int | None
    carried: list[Carried] = field(default_factory=list)
    spells: list[Spell] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)

    @property
    def level(self) -> int:
        return sum(self.classes.values())

    def label(self, kind: str, name: str | None) -> str:
        return self.labels.get(f"{kind}.{name}", name or "")


def facts_of(hero: rc.Character) -> Facts:
    """What a character is, read off its sheet."""
    derivation, rules = hero.derivation, hero.ruleset
    value: Callable[[str], Any] = derivation.value
    skills = [each.name for each in rules.entries("skill")]
    levels = [element["class"] for element in hero.document["collections"].get("levels", [])]
    classes = {name: levels.count(name) for name in dict.fromkeys(levels)}
    running = list(derivation.structure.running)
    subclasses = {each.properties["class"].name: each.name for each in running if each.kind == "subclass"}
    casters = [each for each in derivation.structure.instances if "record spellcasting" in each.shapes]
    own = [each for each in casters if each.path.split(".")[0] in classes]
    return Facts(
        name=hero.document.get("name", "") or value("name"),
        species=None if value("species") is None else value("species").name,
        background=None if value("background") is None else value("background").name,
        classes=classes,
        subclasses=subclasses,
        scores={each: value(f"{each}.score") for each in ABILITIES},
        modifiers={each: value(f"{each}.modifier") for each in ABILITIES},
        bases={each: value(f"{each}.base") for each in ABILITIES},
        saves={each: average(value(f"{each}.save.bonus")) for each in ABILITIES},
        save_proficiencies={each for each in ABILITIES if value(f"{each}.save.proficiency") == "proficient"},
        skills={each: average(value(f"{each}.check.bonus")) for each in skills},
        skill_proficiencies={each for each in skills if value(f"{each}.check.proficiency") == "proficient"},
        expertise={each for each in skills if value(f"{each}.check.expertise")},
        armor_class=value("armor_class"),
        hit_point_maximum=value("hit_point_maximum"),
        hit_points=value("hit_points"),
        speed=int(value("walk.speed")),
        initiative=average(value("initiative.bonus")),
        proficiency_bonus=value("proficiency_bonus"),
        passive_perception=int(value("passive_perception")),
        languages=sorted(each.name for each in value("languages")),
        feats=sorted({each.name for each in running if each.kind == "feat"}),
        masteries=sorted(each.name for each in value("mastered")),
        picks=sorted({each.name for each in running if each.kind in {"invocation", "metamagic"}}),
        save_dc=None if not own else int(value(f"{own[0].path}.save_dc")),
        carried=list(_carried(hero)),
        spells=list(_spells(hero)),
        labels={entry.id: entry.label for entry in rules.rules.entries.values()},
    )


def average(value: Any) -> int:
    return value if isinstance(value, int) else int(getattr(value, "average", value))


def _carried(hero: rc.Character) -> Iterator[Carried]:
    derivation = hero.derivation
    for element in derivation.structure.elements.get((derivation.structure.entity, "inventory"), []):
        read = {name: derivation.computation.value(element, name) for name in element.fields}
        item, magic = read["item"], read["enchantment"]
        if item is not None:
            plus = "" if magic is None else next((f" +{each}" for each in "123" if magic.name.endswith(each)), "")
            yield Carried(
                item.name,
                item.label + plus,
                "" if magic is None else magic.name,
                read["quantity"],
                read["equipped"],
                read["attuned"],
            )


def _spells(hero: rc.Character) -> Iterator[Spell]:
    derivation = hero.derivation
    for (holder, name), elements in derivation.structure.elements.items():
        for element in elements:
            spell = derivation.computation.value(element, "spell") if "spell" in element.fields else None
            if spell is not None and name in {"cantrips", "prepared", "spellbook"}:
                yield Spell(spell.name, spell.label, spell.properties["level"], f"{holder.path}.{name}")


# ---- (a) the sheet of the seeds


def complete_sheet(facts: Facts) -> dict[str, Any]:
    f = facts
    known = {each.name: each for each in f.spells}
    return {
        "identity": {
            "name": f.name,
            "player_name": "Somebody",
            "species": f.label("species", f.species),
            "class_levels": {f.label("class", name): number for name, number in f.classes.items()},
            "subclasses": {f.label("class", name): f.label("subclass", each) for name, each in f.subclasses.items()},
            "background": f.label("background", f.background),
            "alignment": "Neutral Good",
            "xp": 0,
            "heroic_inspiration": False,
            "personality": {"ideal": "Nobody is left behind."},
            "appearance": {"hair": "grey"},
        },
        "statistics": {
            "ability_scores": {each.capitalize(): number for each, number in f.scores.items()},
            "ability_modifiers": {each.capitalize(): number for each, number in f.modifiers.items()},
            "proficiency_bonus": f.proficiency_bonus,
            "saving_throws": {each.capitalize(): each in f.save_proficiencies for each in ABILITIES},
            "skills": {f.label("skill", each): each in f.skill_proficiencies for each in f.skills},
            "expertise": [f.label("skill", each) for each in sorted(f.expertise)],
            "passive_perception": f.passive_perception,
            "other_proficiencies": [],
            "languages": [f.label("language", each) for each in f.languages],
        },
        "combat": {
            "armor_class": f.armor_class,
            "initiative": f.initiative,
            "speed": f.speed,
            "hp_maximum": f.hit_point_maximum,
            "current_hp": f.hit_points,
            "temporary_hp": 0,
            "hit_dice_total": f"{f.level}d8",
            "death_saves": {"successes": 0, "failures": 0},
            "exhaustion_level": 0,
        },
        "actions": {
            "weapon_masteries": [f.label("weapon", each) for each in f.masteries],
            "features": [{"name": f.label(kind, each)} for kind, each in _features(f)],
            "traits": [],
        },
        "equipment": {
            "inventory": [
                {"name": each.label, "quantity": each.quantity, "equipped": each.equipped, "attuned": each.attuned}
                for each in f.carried
            ],
            "currency": {"gp": 12},
        },
        "spellcasting": None
        if not f.spells
        else {
            "spell_save_dc": f.save_dc,
            "cantrips": [{"name": each.label} for each in known.values() if each.is_cantrip],
            "spells_known": [{"name": each.label, "level": each.level} for each in _of_list(f, "spellbook")],
            "spells_prepared": [{"name": each.label, "level": each.level} for each in _of_list(f, "prepared")],
        },
        "conditions": [],
        "notes": "Met the others in a ruin.",
        "version": "1",
    }


def _of_list(f: Facts, name: str) -> list[Spell]:
    return list({each.name: each for each in f.spells if each.where.endswith(f".{name}")}.values())


def _features(f: Facts) -> list[tuple[str, str]]:
    kinds = {name.partition(".")[0]: name for name in f.labels}
    assert kinds
    picks = [(kind, each) for each in f.picks for kind in ("invocation", "metamagic") if f"{kind}.{each}" in f.labels]
    return [("feat", each) for each in f.feats] + picks


# ---- (b) a builder on the web


def builder(facts: Facts) -> dict[str, Any]:
    f = facts
    return {
        "id": 12345678,
        "name": f.name,
        "race": {"fullName": f.label("species", f.species), "baseName": f.label("species", f.species), "isHomebrew": False},
        "background": {"definition": {"name": f.label("background", f.background)}, "hasCustomBackground": False},
        "classes": [
            {
                "level": number,
                "isStartingClass": place == 0,
                "definition": {"name": f.label("class", name)},
                "subclassDefinition": {"name": f.label("subclass", f.subclasses[name])} if name in f.subclasses else None,
            }
            for place, (name, number) in enumerate(f.classes.items())
        ],
        "stats": [{"id": place, "name": None, "value": f.scores[each]} for place, each in enumerate(ABILITIES, 1)],
        "skills": [
            {"name": f.label("skill", each), "modifier": number, "proficient": each in f.skill_proficiencies}
            for each, number in f.skills.items()
        ],
        "savingThrows": [
            {"name": each.capitalize(), "modifier": f.saves[each], "proficient": each in f.save_proficiencies}
            for each in ABILITIES
        ],
        "armorClass": f.armor_class,
        "hitPoints": {"max": f.hit_point_maximum, "current": f.hit_points, "temp": 0},
        "walkSpeed": f.speed,
        "languages": [{"name": f.label("language", each)} for each in f.languages],
        "feats": [{"definition": {"name": f.label("feat", each), "description": "…"}} for each in f.feats],
        "weaponMasteries": [f.label("weapon", each) for each in f.masteries],
        "optionalFeatures": [{"definition": {"name": f.label(kind, each)}} for kind, each in _features(f) if kind != "feat"],
        "inventory": [
            {
                "id": place,
                "definition": {"name": each.label, "weight": 3, "magic": bool(each.enchantment)},
                "quantity": each.quantity,
                "equipped": each.equipped,
                "isAttuned": each.attuned,
            }
            for place, each in enumerate(f.carried)
        ],
        "classSpells": [
            {"spells": [{"definition": {"name": each.label, "level": each.level}, "prepared": True} for each in _once(f.spells)]}
        ],
        "currencies": {"gp": 12, "sp": 3},
    }


def _once(spells: list[Spell]) -> list[Spell]:
    return list({each.name: each for each in spells}.values())


# ---- (c) a data site


def data_site(facts: Facts) -> dict[str, Any]:
    f = facts
    short = {each: each[:3] for each in ABILITIES}
    return {
        "name": f.name,
        "race": f.label("species", f.species),
        "background": f.label("background", f.background),
        "class": [
            {"name": f.label("class", name), "level": number, "subclass": f.label("subclass", f.subclasses.get(name))}
            for name, number in f.classes.items()
        ],
        **{short[each]: f.scores[each] for each in ABILITIES},
        "ac": [f.armor_class],
        "hp": {"average": f.hit_point_maximum, "formula": f"{f.level}d8"},
        "speed": {"walk": f.speed},
        "save": {short[each]: f"{f.saves[each]:+d}" for each in sorted(f.save_proficiencies)},
        "skill": {f.label("skill", each).lower(): f"{f.skills[each]:+d}" for each in sorted(f.skill_proficiencies)},
        "passive": f.passive_perception,
        "languages": [f.label("language", each) for each in f.languages],
        "feats": [f.label("feat", each) for each in f.feats],
        "weaponMastery": [f.label("weapon", each) for each in f.masteries],
        "optionalfeatures": [f.label(kind, each) for kind, each in _features(f) if kind != "feat"],
        "equipment": [
            {"item": each.label, "quantity": each.quantity, "equipped": each.equipped, "attuned": each.attuned}
            for each in f.carried
        ],
        "spells": {str(level): {"spells": [each.label for each in several]} for level, several in _by_level(f).items()},
    }


def _by_level(f: Facts) -> dict[int, list[Spell]]:
    found: dict[int, list[Spell]] = {}
    for each in _once(f.spells):
        found.setdefault(each.level, []).append(each)
    return found


# ---- (d) whatever a language model invents


def invented(facts: Facts) -> dict[str, Any]:
    f = facts
    levels = _by_level(f)
    return {
        "character": {
            "name": f.name,
            "race": f.label("species", f.species),
            "class": " / ".join(f"{f.label('class', name)} {number}" for name, number in f.classes.items()),
            "subclass": ", ".join(f.label("subclass", each) for each in f.subclasses.values()),
            "background": f.label("background", f.background),
            "level": f.level,
            "abilityScores": {
                each[:3].upper(): {"score": f.scores[each], "modifier": f"{f.modifiers[each]:+d}"} for each in ABILITIES
            },
            "AC": f.armor_class,
            "hit_points": {"max": f.hit_point_maximum, "current": f.hit_points},
            "speed": f"{f.speed} ft.",
            "initiative": f"{f.initiative:+d}",
            "saving_throws": {each.capitalize(): f"{f.saves[each]:+d}" for each in ABILITIES},
            "skills": {
                f.label("skill", each): {"proficient": each in f.skill_proficiencies, "modifier": number}
                for each, number in f.skills.items()
            },
            "languages": ", ".join(f.label("language", each) for each in f.languages),
            "feats": [f.label("feat", each) for each in f.feats],
            "weapon_mastery": [f.label("weapon", each) for each in f.masteries],
            "features": [f"{f.label(kind, each)}: as the book says" for kind, each in _features(f) if kind != "feat"],
            "equipment": [_in_words(each) for each in f.carried],
            "spells": {
                ("cantrips" if level == 0 else f"level_{level}"): [each.label for each in several]
                for level, several in levels.items()
            },
        }
    }


def _in_words(each: Carried) -> str:
    marks = ", ".join(word for word, is_so in (("equipped", each.equipped), ("attuned", each.attuned)) if is_so)
    number = f"{each.quantity} " if each.quantity != 1 else ""
    return f"{number}{each.label}{f' ({marks})' if marks else ''}"


# ---- (e) a sheet in Markdown, and a stat block


def markdown(facts: Facts) -> str:
    f = facts
    classes = " / ".join(f"{f.label('class', name)} {number}" for name, number in f.classes.items())
    rows = [f"| {each[:3].upper()} | {f.scores[each]} | {f.modifiers[each]:+d} | {f.saves[each]:+d} |" for each in ABILITIES]
    lines = [
        f"# {f.name}",
        "",
        f"**Species:** {f.label('species', f.species)}",
        f"**Background:** {f.label('background', f.background)}",
        f"**Class:** {classes}",
        f"**Subclass:** {', '.join(f.label('subclass', each) for each in f.subclasses.values())}",
        "",
        f"**Armor Class:** {f.armor_class} (as worn)",
        f"**Hit Points:** {f.hit_point_maximum}",
        f"**Speed:** {f.speed} ft.",
        f"**Initiative:** {f.initiative:+d}",
        "",
        "## Ability Scores",
        "",
        "| Ability | Score | Modifier | Save |",
        "|---|---|---|---|",
        *rows,
        "",
        "## Skills",
        "",
        *(f"- {f.label('skill', each)} {f.skills[each]:+d}" for each in sorted(f.skill_proficiencies)),
        "",
        "## Languages",
        "",
        ", ".join(f.label("language", each) for each in f.languages),
        "",
        "## Feats",
        "",
        *(f"- **{f.label('feat', each)}**" for each in f.feats),
        "",
        "## Weapon Mastery",
        "",
        *(f"- {f.label('weapon', each)}" for each in f.masteries),
        "",
        "## Features",
        "",
        *(f"- **{f.label(kind, each)}.** As the book says." for kind, each in _features(f) if kind != "feat"),
        "",
        "## Equipment",
        "",
        *(f"- {_in_words(each)}" for each in f.carried),
        "",
    ]
    for level, several in sorted(_by_level(f).items()):
        heading = "Cantrips" if level == 0 else f"Level {level} Spells"
        lines += [f"## {heading}", "", *(f"- {each.label}" for each in several), ""]
    return "\n".join(lines)


def stat_block(facts: Facts) -> str:
    f = facts
    skills = ", ".join(f"{f.label('skill', each)} {f.skills[each]:+d}" for each in sorted(f.skill_proficiencies))
    saves = ", ".join(f"{each[:3].capitalize()} {f.saves[each]:+d}" for each in sorted(f.save_proficiencies))
    classes = " / ".join(f"{f.label('class', name)} {number}" for name, number in f.classes.items())
    return "\n".join([
        f"Name: {f.name}",
        f"Species {f.label('species', f.species)}",
        f"Background {f.label('background', f.background)}",
        f"Class {classes}",
        f"Armor Class {f.armor_class}",
        f"Hit Points {f.hit_point_maximum} ({f.level}d8)",
        f"Speed {f.speed} ft.",
        " ".join(f"{each[:3].upper()} {f.scores[each]} ({f.modifiers[each]:+d})" for each in ABILITIES),
        f"Saving Throws {saves}",
        f"Skills {skills}",
        f"Languages {', '.join(f.label('language', each) for each in f.languages)}",
        f"Equipment {', '.join(_in_words(each) for each in f.carried)}",
    ])  # fmt: skip


SHAPES: dict[str, Callable[[Facts], Any]] = {
    "complete sheet": complete_sheet,
    "builder": builder,
    "data site": data_site,
    "invented": invented,
    "markdown": markdown,
}
