"""Kinds 17 to 28: origin, skills, feats, subclasses, several classes."""

from __future__ import annotations

from random import Random

from tests.catalogue.fault import Seeded, drop, kind, pointer, put
from tests.catalogue.legal import ABILITIES, Legal
from tests.catalogue.names import known
from tests.oracle.book import CLASSES

BACKGROUND = "SRD 5.2.1, Character Origins: Parts of a Background, Ability Scores"

SUBCLASSES = {
    "barbarian": "path_of_the_berserker",
    "bard": "college_of_lore",
    "cleric": "life_domain",
    "druid": "circle_of_the_land",
    "fighter": "champion",
    "monk": "warrior_of_the_open_hand",
    "paladin": "oath_of_devotion",
    "ranger": "hunter",
    "rogue": "thief",
    "sorcerer": "draconic_sorcery",
    "warlock": "fiend_patron",
    "wizard": "evoker",
}


def ending(legal: Legal, *ends: str) -> list[str]:
    return [path for path in legal.questions if path.rpartition(".")[2] in ends]


def missing(legal: Legal, random: Random, *ends: str) -> Seeded | None:
    """One answer less than a choice asks for."""
    found = ending(legal, *ends)
    if not found:
        return None
    path = random.choice(found)
    names = legal.choices[path]
    place = random.randrange(len(names))
    change = drop("choices", path, place) if len(names) > 1 else drop("choices", path)
    return Seeded(
        f"choice.missing/{path.rpartition('.')[2]}", pointer("choices", path), (change,), hides=frozenset({names[place]})
    )


def too_many(legal: Legal, random: Random, *ends: str) -> Seeded | None:
    """One answer more than a choice asks for, otherwise on offer."""
    found = ending(legal, *ends)
    if not found:
        return None
    path = random.choice(found)
    names = legal.choices[path]
    question = legal.questions[path]
    offered = [each.name for each in (*question.choice.options, *question.choice.entries) if each.name not in names]
    on_offer = (
        [name for name in offered if name in set(legal.hero.choices_of(path))] if hasattr(legal.hero, "choices_of") else offered
    )
    if not on_offer:
        return None
    more = [*names, random.choice(on_offer)]
    return Seeded(f"choice.too_many/{path.rpartition('.')[2]}", pointer("choices", path), (put("choices", path, value=more),))


@kind(18, BACKGROUND)
def increase_missing(legal: Legal, random: Random) -> Seeded | None:
    return missing(legal, random, "increase", "two", "one")


@kind(18, BACKGROUND)
def increase_doubled(legal: Legal, random: Random) -> Seeded | None:
    """+2 and +1 in one and the same ability."""
    found = ending(legal, "one")
    if not found:
        return None
    path = random.choice(found)
    same = legal.choices.get(path.removesuffix("one") + "two")
    if not same:
        return None
    return Seeded("choice.where/one", pointer("choices", path, 0), (put("choices", path, 0, value=same[0]),))


@kind(18, BACKGROUND + ": none of these increases can raise a score above 20")
def increase_over_the_cap(legal: Legal, random: Random) -> Seeded | None:
    at_cap = [each for each in ABILITIES if legal.sheet.get(f"{each}.score") == 20 and legal.sheet.get(f"{each}.natural") == 20]
    if not at_cap:
        return None
    path = f"{random.choice(at_cap)}.natural"
    return Seeded("claim.differs/ability.natural", pointer("claims", path), (put("claims", path, value=21),))


@kind(19, "SRD 5.2.1, Character Origins: Parts of a Species (no ability scores)")
def increase_of_the_species(legal: Legal, random: Random) -> Seeded | None:
    """Ability scores by species, as the 2014 rules had them."""
    species = legal.fields.get("species")
    if not species:
        return None
    path = f"{species}.ability_score_increase"
    return Seeded("choice.unasked", pointer("choices", path), (put("choices", path, value=[random.choice(ABILITIES)]),))


@kind(20, "SRD 5.2.1, Character Origins: Species Descriptions, Human, Versatile")
def origin_feat_missing(legal: Legal, random: Random) -> Seeded | None:
    return missing(legal, random, "feat")


@kind(21, "SRD 5.2.1, Classes: Core Traits, Skill Proficiencies")
def skill_too_few(legal: Legal, random: Random) -> Seeded | None:
    return missing(legal, random, "skills")


@kind(21, "SRD 5.2.1, Classes: Core Traits, Skill Proficiencies")
def skill_too_many(legal: Legal, random: Random) -> Seeded | None:
    return too_many(legal, random, "skills")


@kind(22, "SRD 5.2.1, Classes: Core Traits, Skill Proficiencies")
def skill_not_on_the_list(legal: Legal, random: Random) -> Seeded | None:
    found = []
    skills = sorted(name for name, kinds in known().items() if "skill" in kinds)
    for path in ending(legal, "skills"):
        entries = {entry.name for entry in legal.questions[path].choice.entries}
        others = [name for name in skills if name not in entries]
        found += [(path, place, name) for place in range(len(legal.choices[path])) for name in others]
    if not found:
        return None
    path, place, name = random.choice(found)
    keys = ("choices", path, place)
    return Seeded(
        "choice.unknown/skills", pointer(*keys), (put(*keys, value=name),), hides=frozenset({legal.choices[path][place]})
    )


@kind(23, "ruling duplicate_proficiency_chooses_again; SRD 5.2.1, Character Origins: Parts of a Background, Skill Proficiencies")
def proficiency_twice(legal: Legal, random: Random) -> Seeded | None:
    """A skill of the background chosen again as one of the class, at a table where that is replaced."""
    if any(value > 1 for path, value in legal.sheet.items() if path.endswith(".check.proficiency_sources")):
        return None
    taken = {"acolyte": ("insight", "religion"), "sage": ("arcana", "history"), "criminal": ("sleight_of_hand", "stealth")}
    taken["soldier"] = ("athletics", "intimidation")
    found = []
    for path in ending(legal, "skills"):
        entries = {entry.name for entry in legal.questions[path].choice.entries}
        given = [name for name in taken.get(legal.fields.get("background", ""), ()) if name in entries]
        found += [(path, name) for name in given if name not in legal.choices[path]]
    if not found:
        return None
    path, name = random.choice(found)
    place = random.randrange(len(legal.choices[path]))
    return Seeded(
        "requires.failed/skill.a_duplicate_proficiency_choose_a_replacement",
        pointer("choices", path),
        (put("rulings", "duplicate_proficiency_chooses_again", value=True), put("choices", path, place, value=name)),
        hides=frozenset({legal.choices[path][place]}),
    )


@kind(24, "SRD 5.2.1, Classes: the subclass comes at level 3")
def subclass_too_early(legal: Legal, random: Random) -> Seeded | None:
    found = [(name, legal.levels.count(name)) for name in dict.fromkeys(legal.levels) if legal.levels.count(name) < 3]
    if not found:
        return None
    name, _level = random.choice(found)
    path = f"{name}.3.subclass"
    return Seeded("choice.parked/subclass", pointer("choices", path), (put("choices", path, value=[SUBCLASSES[name]]),))


@kind(25, "SRD 5.2.1, Classes: the subclass comes at level 3")
def subclass_missing(legal: Legal, random: Random) -> Seeded | None:
    return missing(legal, random, "subclass")


@kind(26, "SRD 5.2.1, Classes: Ability Score Improvement (one feat)")
def feat_too_many(legal: Legal, random: Random) -> Seeded | None:
    return too_many(legal, random, "improvement", "feat", "boon")


@kind(26, "SRD 5.2.1, Classes: Ability Score Improvement (one feat)")
def feat_missing(legal: Legal, random: Random) -> Seeded | None:
    return missing(legal, random, "improvement", "boon")


@kind(27, "SRD 5.2.1, Feats: Parts of a Feat, Prerequisite")
def feat_without_its_prerequisite(legal: Legal, random: Random) -> Seeded | None:
    """An Epic Boon before level 19."""
    found = ending(legal, "improvement", "feat")
    if not found or len(legal.levels) >= 19:
        return None
    path = random.choice([each for each in found if each.endswith("improvement")] or found)
    if path.endswith(".feat"):
        return None
    boons = ["boon_of_combat_prowess", "boon_of_fate", "boon_of_irresistible_offense", "boon_of_truesight"]
    name = random.choice(boons)
    return Seeded(
        "requires.failed/feat.level_19",
        pointer("choices", path),
        (put("choices", path, 0, value=name),),
        hides=frozenset({legal.choices[path][0]}),
    )


@kind(28, "SRD 5.2.1, Character Creation: Multiclassing, Prerequisites")
def multiclass_without_the_score(legal: Legal, random: Random) -> Seeded | None:
    found = []
    names = list(dict.fromkeys(legal.levels))
    for name in names if len(names) > 1 else ():
        primary = CLASSES[name]["primary"]
        for ability in primary["of"] if primary["how"] == "all" or len(primary["of"]) == 1 else ():
            before, now = legal.fields.get(f"{ability}.base", 10), legal.sheet.get(f"{ability}.prerequisite_score", 0)
            if 13 <= now < 13 + before - 3:
                found.append((ability, before - (now - 12)))
    if not found:
        return None
    ability, base = random.choice(found)
    cause = "requires.failed/class.multiclassing_needs_13_in_the_primary_ability_of_every_class"
    key = f"{ability}.base"
    return Seeded(cause, "/collections/levels", (put("fields", key, value=base),))
