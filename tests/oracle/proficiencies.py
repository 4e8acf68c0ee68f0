"""Training: saves, skills, tools, armor, weapons, masteries, languages (Classes; Multiclassing, "Proficiencies")."""

from collections.abc import Iterable
from typing import Any

from tests.oracle.book import ABILITIES, BACKGROUNDS, CLASSES, SKILLS, TOOLS, WEAPONS, tools_of
from tests.oracle.content_classes import column, fights, subclass
from tests.oracle.paper import Paper

SCHOLAR = ("arcana", "history", "investigation", "medicine", "nature", "religion")
SLIPPERY = ("wisdom", "charisma")
# Armor of a Protector and of a Warden.
HEAVIER = {"cleric": "heavy", "druid": "medium"}
# Expertise in any skill with proficiency: class level, choice, how many.
EXPERTISE = {
    "bard": ((2, "bard.2.expertise", 2), (9, "bard.9.expertise", 2)),
    "ranger": ((2, "ranger.2.explorer_expertise", 1), (9, "ranger.9.expertise", 2)),
    "rogue": ((1, "rogue.1.expertise", 2), (6, "rogue.6.expertise", 2)),
}
KEEN_SENSES = ("insight", "perception", "survival")


def fill(p: Paper) -> None:
    """Write down all that the character is trained in."""
    _saves(p)
    _skills(p)
    _tools(p)
    _expertise(p)
    _armor(p)
    _weapons(p)
    _masteries(p)
    _languages(p)
    p.untrained_armor = any(weight not in p.armor_training for weight in _worn_weights(p))
    p.out["untrained_armor"] = p.untrained_armor
    for name in ("armor_training", "weapon_training", "trained_weapons", "mastered", "languages"):
        p.out[name] = sorted(getattr(p, name))


def _worn_weights(p: Paper) -> set[str]:
    return {p.armor_weight} - {"none"}


def _saves(p: Paper) -> None:
    """Only the first class gives saves; Monk 14, Disciplined Survivor, gives all, Rogue 15, Slippery Mind, two."""
    p.saves = set(CLASSES[p.first]["saves"]) if p.first else set()
    if p.of("monk") >= 14:
        p.saves = set(ABILITIES)
    if p.of("rogue") >= 15:
        p.saves.update(SLIPPERY)
    if p.form:
        p.saves.update(name for name, (_, modifier, save) in p.form["abilities"].items() if save > modifier)


def _skills(p: Paper) -> None:
    background = BACKGROUNDS.get(p.name_in("background") or "")
    _learn(p, background["skills"] if background else [])
    if p.first:
        offer = CLASSES[p.first]["skills"]
        _learn(p, p.picks(f"{p.first}.skills", offer["choose"], offer["from"]))
    for name in p.classes:
        if name != p.first and CLASSES[name]["multiclass"]["skills"]:
            _multiclass_skill(p, name)
    if p.of("barbarian") >= 3:
        _learn(p, p.picks("barbarian.3.knowledge", 1, CLASSES["barbarian"]["skills"]["from"]))
    if subclass(p, "bard"):
        _learn(p, p.picks("bard.3.subclass.college_of_lore.3.bonus_proficiencies", 3, SKILLS))
    if p.name_in("species") == "human":
        _learn(p, p.picks("human.skill", 1, SKILLS))
    if p.name_in("species") == "elf":
        _learn(p, p.picks("elf.senses", 1, KEEN_SENSES))
    _learn(p, [name for name in _skilled(p) if name in SKILLS])
    p.skills.update(p.form["skills"] if p.form else ())


def _learn(p: Paper, names: Iterable[str]) -> None:
    """Proficiency in skills and tools; gained twice it is the same, but it is counted."""
    for name in names:
        p.sources[name] += 1
        (p.skills if name in SKILLS else p.tools).add(name)


def _multiclass_skill(p: Paper, name: str) -> None:
    """As a Multiclass Character: Bard, Ranger and Rogue bring one skill of their list."""
    for choice in (f"{name}.skills", f"{name}.multiclass_skill"):
        chosen = p.picks(choice, CLASSES[name]["multiclass"]["skills"], CLASSES[name]["skills"]["from"])
        if chosen:
            _learn(p, chosen)
            return


def _skilled(p: Paper) -> list[str]:
    """Skilled: three skills or tools, each time."""
    paths = [feat.path for feat in p.feats if feat.name == "skilled"]
    return [name for path in paths for name in p.picks(f"{path}.training", 3, (*SKILLS, *TOOLS))]


def _tools(p: Paper) -> None:
    background = BACKGROUNDS.get(p.name_in("background") or "")
    if background and background["tool"]:
        _learn(p, [background["tool"]])
    elif background:
        _learn(p, p.picks(f"{p.name_in('background')}.tool", 1, tools_of(background["tool_from"])))
    if p.first == "monk":
        _learn(p, p.picks("monk.tool", 1, [*tools_of("artisans_tools"), *tools_of("musical_instrument")]))
    if p.first == "druid":
        _learn(p, ["herbalism_kit"])
    if p.of("rogue"):
        _learn(p, ["thieves_tools"])
    if p.of("bard"):
        _learn(p, p.picks("bard.musical_instruments", 3 if p.first == "bard" else 1, tools_of("musical_instrument")))
    _learn(p, [name for name in _skilled(p) if name in TOOLS])


def _expertise(p: Paper) -> None:
    """Rules Glossary, "Expertise": only with proficiency, only once in a skill."""
    chosen: list[str] = []
    if p.of("wizard") >= 2:
        chosen += p.picks("wizard.2.scholar", 1, SCHOLAR)
    for name, choices in EXPERTISE.items():
        for level, choice, count in choices:
            if p.of(name) >= level:
                chosen += p.picks(choice, count)
    p.expertise = set(chosen) & p.skills
    for skill in SKILLS:
        p.out[f"{skill}.check.expertise_sources"] = chosen.count(skill)


def _gives(name: str, first: str | None) -> Any:
    return CLASSES[name] if name == first else CLASSES[name]["multiclass"]


def _armor(p: Paper) -> None:
    for name in p.classes:
        p.armor_training.update(_gives(name, p.first)["armor"])
        if fights(p, name):
            p.armor_training.add(HEAVIER[name])


def _weapons(p: Paper) -> None:
    """Categories on the one hand, weapons trained one by one on the other (Monk, Rogue; Bracers of Archery)."""
    for name in p.classes:
        gift = _gives(name, p.first)["weapons"]
        p.weapon_training.update(gift["categories"])
        if fights(p, name):
            p.weapon_training.add("martial")
        for category, properties in gift["by_property"]:
            p.trained_weapons.update(w for w, f in WEAPONS.items() if _is(f, category, properties))
    for weapons in p.forces("weapons"):
        p.trained_weapons.update(weapons)


def _is(facts: dict[str, Any], category: str, properties: list[str]) -> bool:
    return facts["category"] == category and bool(set(properties) & set(facts["properties"]))


def proficient_with(p: Paper, weapon: str) -> bool:
    """Equipment, "Weapon Proficiency"."""
    return WEAPONS[weapon]["category"] in p.weapon_training or weapon in p.trained_weapons


def _masteries(p: Paper) -> None:
    """Weapon Mastery of each class; ruling `masteries_of_classes_add` (rule 78)."""
    counts = {name: _kinds(p, name) for name in p.classes if _kinds(p, name)}
    p.out |= {f"{name}.mastery_kinds": count for name, count in counts.items() if name != "rogue"}
    p.out["masteries_maximum"] = max(counts.values(), default=0)
    if counts and not p.ruling("masteries_of_classes_add"):
        best = max(counts, key=lambda name: counts[name])
        counts = {best: counts[best]}
    for name, count in counts.items():
        p.mastered.update(p.picks(f"{name}.masteries", count, _eligible(p, name)))


def _kinds(p: Paper, name: str) -> int:
    if name in {"paladin", "ranger", "rogue"}:
        return 2
    return column(p, name, "weapon_mastery")


def _eligible(p: Paper, name: str) -> list[str]:
    if name == "barbarian":
        return [w for w, facts in WEAPONS.items() if facts["kind"] == "melee"]
    if name == "fighter":
        return list(WEAPONS)
    return [w for w in WEAPONS if proficient_with(p, w)]


def _languages(p: Paper) -> None:
    """Character Creation, "Choose Languages": Common and two more; Deft Explorer, Druidic, Thieves' Cant."""
    p.languages = {"common", *p.picks("known_languages", 2)}
    if p.of("ranger") >= 2:
        p.languages.update(p.picks("ranger.2.explorer_languages", 2))
    if p.of("druid"):
        p.languages.add("druidic")
    if p.of("rogue"):
        p.languages.update({"thieves_cant", *p.picks("rogue.language", 1)})
