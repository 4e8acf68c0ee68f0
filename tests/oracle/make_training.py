"""Subclasses, skills, tools, Expertise, Weapon Mastery, more languages (Classes; Multiclassing)."""

from __future__ import annotations

from tests.oracle.book import CLASSES, DAMAGE_TYPES, SKILLS, TABLES, TOOLS, WEAPONS, tools_of
from tests.oracle.class_numbers import METAMAGIC
from tests.oracle.content_classes import AFFINITIES, CIRCLE, FURIES, LANDS, ORDERS, SUBCLASSES
from tests.oracle.draft import Draft
from tests.oracle.forms import beasts
from tests.oracle.proficiencies import EXPERTISE, SCHOLAR

METAMAGIC_OPTIONS = (
    *("careful_spell", "distant_spell", "empowered_spell", "extended_spell", "heightened_spell"),
    *("quickened_spell", "seeking_spell", "subtle_spell", "transmuted_spell", "twinned_spell"),
)


def skills(d: Draft) -> None:
    """Subclasses; skills and tools of the classes; orders, lands and the like."""
    for name, level in d.classes.items():
        if level >= 3 and d.choose.chance(92):
            d.subclasses[name] = SUBCLASSES[name][0]
            d.pick(f"{name}.3.subclass", SUBCLASSES[name][0])
        offer = CLASSES[name]["skills"]
        count = offer["choose"] if name == d.first else CLASSES[name]["multiclass"]["skills"]
        if count:
            d.learn(f"{name}.skills", offer["from"], count)
    _tools(d)
    if d.of("barbarian") >= 3:
        own = d.choices.get("barbarian.skills", [])
        d.learn("barbarian.3.knowledge", [s for s in CLASSES["barbarian"]["skills"]["from"] if s not in own], 1)
    if "ranger" in d.subclasses:
        d.pick("ranger.3.subclass.hunter.3.prey", d.choose.one(["colossus_slayer", "horde_breaker"]))
    if d.of("warlock") >= 10 and "warlock" in d.subclasses:
        kinds = [name for name in DAMAGE_TYPES if name != "force"]
        d.pick("warlock.3.subclass.fiend_patron.10.resilience", d.choose.one(kinds))
    if "bard" in d.subclasses:
        d.learn("bard.3.subclass.college_of_lore.3.bonus_proficiencies", list(SKILLS), 3)
    _ways(d)


def _tools(d: Draft) -> None:
    """The Herbalism Kit comes with the first class alone, Thieves' Tools also with a later one; the Bard has fewer then."""
    if d.first == "monk":
        d.learn("monk.tool", [*tools_of("artisans_tools"), *tools_of("musical_instrument")], 1)
    if d.first == "druid":
        d.known["herbalism_kit"] += 1
    if d.of("rogue"):
        d.known["thieves_tools"] += 1
    if d.of("bard"):
        d.learn("bard.musical_instruments", tools_of("musical_instrument"), 3 if d.first == "bard" else 1)


def _ways(d: Draft) -> None:
    """Divine Order, Primal Order, Blessed Strikes, Elemental Fury; land, Elemental Affinity, Metamagic."""
    for level, choices in ((1, ORDERS), (7, FURIES)):
        for name, (choice, *options) in choices.items():
            if d.of(name) >= level:
                d.pick(choice, d.choose.one(options))
    if "druid" in d.subclasses:
        d.pick(f"{CIRCLE}.land", d.choose.one(list(LANDS)))
    if d.of("druid") >= 2:
        d.pick("druid.2.beast_forms", *d.choose.some(*beasts(d.of("druid"))))
    if "sorcerer" in d.subclasses and d.of("sorcerer") >= 6:
        d.pick("sorcerer.3.subclass.draconic_sorcery.6.elemental_affinity", d.choose.one(AFFINITIES))
    options = d.choose.some(METAMAGIC_OPTIONS, 6)
    for place, (level, choice) in enumerate(METAMAGIC.items()):
        if d.of("sorcerer") >= level:
            d.pick(choice, *options[2 * place : 2 * place + 2])


def fill(d: Draft) -> None:
    """Skilled, Expertise, masteries, languages of Rogue and Ranger."""
    for path in d.skilled:
        d.learn(f"{path}.training", [*SKILLS, *TOOLS], 3)
    _expertise(d)
    _masteries(d)
    _languages(d)


def _languages(d: Draft) -> None:
    """Any that are not known yet; nobody chooses the secret language of a class of theirs."""
    tongues = [*TABLES["languages"]["standard"], *TABLES["languages"]["rare"]]
    known = {"common", *d.choices["known_languages"]}
    known |= {"druidic"} if d.of("druid") else set()
    known |= {"thieves_cant"} if d.of("rogue") else set()
    if d.of("rogue"):
        d.pick("rogue.language", d.choose.one([name for name in tongues if name not in known]))
        known.update(d.choices["rogue.language"])
    if d.of("ranger") >= 2:
        d.pick("ranger.2.explorer_languages", *d.choose.some([name for name in tongues if name not in known], 2))


def _expertise(d: Draft) -> None:
    """Only in a skill with proficiency, and only once in each."""
    have = [skill for skill in SKILLS if d.known[skill]]
    if d.of("wizard") >= 2:
        d.pick("wizard.2.scholar", *d.choose.some([skill for skill in have if skill in SCHOLAR], 1))
        have = [skill for skill in have if skill not in d.choices.get("wizard.2.scholar", [])]
    for name, choices in EXPERTISE.items():
        for level, choice, count in choices:
            if d.of(name) >= level:
                chosen = d.choose.some(have, count)
                d.pick(choice, *chosen)
                have = [skill for skill in have if skill not in chosen]


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
    return 2 if name in {"paladin", "ranger", "rogue"} else d.row(name).get("weapon_mastery") or 0


def _masterable(d: Draft, name: str) -> list[str]:
    """Barbarian: Melee weapons; Fighter: all; Paladin, Ranger and Rogue: those with proficiency."""
    if name == "barbarian":
        return [weapon for weapon, facts in WEAPONS.items() if facts["kind"] == "melee"]
    if name == "fighter":
        return list(WEAPONS)
    gifts = [CLASSES[c] if c == d.first else CLASSES[c]["multiclass"] for c in d.classes]
    categories = {category for gift in gifts for category in gift["weapons"]["categories"]}
    single = {trait for gift in gifts for _, traits in gift["weapons"]["by_property"] for trait in traits}
    return [w for w, facts in WEAPONS.items() if facts["category"] in categories or single & set(facts["properties"])]
