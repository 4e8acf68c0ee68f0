"""Subclasses, skills, tools, Expertise, Weapon Mastery, more languages (Classes; Multiclassing)."""

from __future__ import annotations

from tests.oracle.book import CLASSES, DAMAGE_TYPES, SKILLS, TABLES, TOOLS, WEAPONS
from tests.oracle.content_classes import SUBCLASSES
from tests.oracle.draft import Draft
from tests.oracle.proficiencies import SCHOLAR


def skills(d: Draft) -> None:
    """Subclasses; skills of the classes, a tool of the Monk."""
    for name, level in d.classes.items():
        if level >= 3 and d.choose.chance(92):
            d.subclasses[name] = SUBCLASSES[name][0]
            d.pick(f"{name}.3.subclass", SUBCLASSES[name][0])
        offer = CLASSES[name]["skills"]
        count = offer["choose"] if name == d.first else CLASSES[name]["multiclass"]["skills"]
        if count:
            d.learn(f"{name}.skills", offer["from"], count)
    if d.first == "monk":
        groups = {"artisans_tools", "musical_instrument"}
        d.learn("monk.tool", [tool for tool, facts in TOOLS.items() if facts["group"] in groups], 1)
    if d.of("barbarian") >= 3:
        own = d.choices.get("barbarian.skills", [])
        d.learn("barbarian.3.knowledge", [s for s in CLASSES["barbarian"]["skills"]["from"] if s not in own], 1)
    if "ranger" in d.subclasses:
        d.pick("ranger.3.subclass.hunter.3.prey", d.choose.one(["colossus_slayer", "horde_breaker"]))
    if d.of("warlock") >= 10 and "warlock" in d.subclasses:
        kinds = [name for name in DAMAGE_TYPES if name != "force"]
        d.pick("warlock.3.subclass.fiend_patron.10.resilience", d.choose.one(kinds))


def fill(d: Draft) -> None:
    """Skilled, Expertise, masteries, languages of the Ranger."""
    for path in d.skilled:
        d.learn(f"{path}.training", [*SKILLS, *TOOLS], 3)
    _expertise(d)
    _masteries(d)
    if d.of("ranger") >= 2:
        tongues = [*TABLES["languages"]["standard"], *TABLES["languages"]["rare"]]
        fresh = [name for name in tongues if name not in {"common", *d.choices["known_languages"]}]
        d.pick("ranger.2.explorer_languages", *d.choose.some(fresh, 2))


def _expertise(d: Draft) -> None:
    """Only in a skill with proficiency, and only once in each."""
    have = [skill for skill in SKILLS if d.known[skill]]
    if d.of("ranger") >= 2:
        d.pick("ranger.2.explorer_expertise", *d.choose.some(have, 1))
    have = [skill for skill in have if skill not in d.choices.get("ranger.2.explorer_expertise", [])]
    if d.of("ranger") >= 9:
        d.pick("ranger.9.expertise", *d.choose.some(have, 2))
    have = [skill for skill in have if skill not in d.choices.get("ranger.9.expertise", []) and skill in SCHOLAR]
    if d.of("wizard") >= 2:
        d.pick("wizard.2.scholar", *d.choose.some(have, 1))


def _masteries(d: Draft) -> None:
    """Each class the kinds it allows; by the ruling only the class with the larger number."""
    counts = {name: count for name in d.classes if (count := _kinds(d, name))}
    if counts and not d.rulings.get("masteries_of_classes_add", True):
        best = max(counts, key=lambda name: counts[name])
        counts = {best: counts[best]}
    taken: set[str] = set()
    for name, count in counts.items():
        fresh = [weapon for weapon in _masterable(d, name) if weapon not in taken]
        chosen = d.choose.some(fresh, count)
        taken.update(chosen)
        d.pick(f"{name}.masteries", *chosen)


def _kinds(d: Draft, name: str) -> int:
    return 2 if name in {"paladin", "ranger"} else d.row(name).get("weapon_mastery") or 0


def _masterable(d: Draft, name: str) -> list[str]:
    """Barbarian: Melee weapons; Fighter: all; Paladin and Ranger: those with proficiency."""
    if name == "barbarian":
        return [weapon for weapon, facts in WEAPONS.items() if facts["kind"] == "melee"]
    if name == "fighter":
        return list(WEAPONS)
    gifts = [CLASSES[c] if c == d.first else CLASSES[c]["multiclass"] for c in d.classes]
    categories = {category for gift in gifts for category in gift["weapons"]["categories"]}
    return [weapon for weapon, facts in WEAPONS.items() if facts["category"] in categories]
