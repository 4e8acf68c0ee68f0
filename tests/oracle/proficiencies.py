"""Training: saves, skills, tools, armor, weapons, masteries, languages (Classes; Multiclassing, "Proficiencies")."""

from collections.abc import Iterable
from typing import Any

from tests.oracle.book import ABILITIES, BACKGROUNDS, CLASSES, SKILLS, TOOLS, WEAPONS
from tests.oracle.content_classes import column
from tests.oracle.paper import Paper

SCHOLAR = ("arcana", "history", "investigation", "medicine", "nature", "religion")
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
    """Only the first class gives saves; Monk 14, Disciplined Survivor, gives all."""
    p.saves = set(CLASSES[p.first]["saves"]) if p.first else set()
    if p.of("monk") >= 14:
        p.saves = set(ABILITIES)


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
    if p.name_in("species") == "human":
        _learn(p, p.picks("human.skill", 1, SKILLS))
    if p.name_in("species") == "elf":
        _learn(p, p.picks("elf.senses", 1, KEEN_SENSES))
    _learn(p, [name for name in _skilled(p) if name in SKILLS])


def _learn(p: Paper, names: Iterable[str]) -> None:
    """Proficiency in skills and tools; gained twice it is the same, but it is counted."""
    for name in names:
        p.sources[name] += 1
        (p.skills if name in SKILLS else p.tools).add(name)


def _multiclass_skill(p: Paper, name: str) -> None:
    """As a Multiclass Character: the Ranger brings one skill of its list."""
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
        _learn(p, p.picks(f"{p.name_in('background')}.tool", 1, _group(background["tool_from"])))
    if p.first == "monk":
        _learn(p, p.picks("monk.tool", 1, [*_group("artisans_tools"), *_group("musical_instrument")]))
    _learn(p, [name for name in _skilled(p) if name in TOOLS])


def _group(name: str) -> list[str]:
    return [tool for tool, facts in TOOLS.items() if facts["group"] == name]


def _expertise(p: Paper) -> None:
    """Rules Glossary, "Expertise": only with proficiency, only once in a skill."""
    chosen: list[str] = []
    if p.of("wizard") >= 2:
        chosen += p.picks("wizard.2.scholar", 1, SCHOLAR)
    if p.of("ranger") >= 2:
        chosen += p.picks("ranger.2.explorer_expertise", 1)
    if p.of("ranger") >= 9:
        chosen += p.picks("ranger.9.expertise", 2)
    p.expertise = set(chosen) & p.skills


def _gives(name: str, first: str | None) -> Any:
    return CLASSES[name] if name == first else CLASSES[name]["multiclass"]


def _armor(p: Paper) -> None:
    for name in p.classes:
        p.armor_training.update(_gives(name, p.first)["armor"])


def _weapons(p: Paper) -> None:
    """Categories on the one hand, weapons trained one by one on the other (Monk; Bracers of Archery)."""
    for name in p.classes:
        gift = _gives(name, p.first)["weapons"]
        p.weapon_training.update(gift["categories"])
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
    p.out["masteries_maximum"] = max(counts.values(), default=0)
    if counts and not p.ruling("masteries_of_classes_add"):
        best = max(counts, key=lambda name: counts[name])
        counts = {best: counts[best]}
    for name, count in counts.items():
        p.mastered.update(p.picks(f"{name}.masteries", count, _eligible(p, name)))


def _kinds(p: Paper, name: str) -> int:
    if name in {"paladin", "ranger"}:
        return 2
    return column(p, name, "weapon_mastery")


def _eligible(p: Paper, name: str) -> list[str]:
    if name == "barbarian":
        return [w for w, facts in WEAPONS.items() if facts["kind"] == "melee"]
    if name == "fighter":
        return list(WEAPONS)
    return [w for w in WEAPONS if proficient_with(p, w)]


def _languages(p: Paper) -> None:
    """Character Creation, "Choose Languages": Common and two more; Ranger 2, Deft Explorer, two more."""
    p.languages = {"common", *p.picks("known_languages", 2)}
    if p.of("ranger") >= 2:
        p.languages.update(p.picks("ranger.2.explorer_languages", 2))
