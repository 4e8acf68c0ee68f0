"""Kinds 29 to 36: what classes let a character choose, and what they give."""

from __future__ import annotations

from random import Random

from tests.catalogue.creation import ending, missing, too_many
from tests.catalogue.fault import Seeded, kind, pointer, put
from tests.catalogue.legal import Legal
from tests.catalogue.names import known
from tests.oracle.book import CLASSES

TRAINABLE = "SRD 5.2.1, Rules Glossary: Expertise"


def claim(path: str, subject: str, value: object, code: str = "claim.differs") -> Seeded:
    return Seeded(f"{code}/{subject}" if subject else code, pointer("claims", path), (put("claims", path, value=value),))


@kind(29, TRAINABLE)
def expertise_without_proficiency(legal: Legal, random: Random) -> Seeded | None:
    found = []
    skills = sorted(name for name, kinds in known().items() if "skill" in kinds)
    for path in ending(legal, "expertise"):
        plain = [name for name in skills if legal.sheet.get(f"{name}.check.proficiency") == "none"]
        found += [(path, place, name) for place in range(len(legal.choices[path])) for name in plain]
    if not found:
        return None
    path, place, name = random.choice(found)
    return Seeded(
        "requires.failed/skill.expertise_needs_proficiency_in_the_skill",
        pointer("choices", path),
        (put("choices", path, place, value=name),),
    )


@kind(29, "SRD 5.2.1, Classes: Rogue, Bard, Ranger: the level of Expertise")
def expertise_too_early(legal: Legal, random: Random) -> Seeded | None:
    late = {"bard": (2, 9), "rogue": (6,), "ranger": (9,)}
    found = [(name, at) for name, levels in late.items() for at in levels if 0 < legal.levels.count(name) < at]
    if not found:
        return None
    name, at = random.choice(found)
    path = f"{name}.{at}.expertise"
    return Seeded("choice.parked/expertise", pointer("choices", path), (put("choices", path, value=["stealth", "perception"]),))


@kind(30, "SRD 5.2.1, Classes: Weapon Mastery")
def mastery_missing(legal: Legal, random: Random) -> Seeded | None:
    return missing(legal, random, "masteries")


@kind(30, "SRD 5.2.1, Classes: Weapon Mastery")
def mastery_too_many(legal: Legal, random: Random) -> Seeded | None:
    return too_many(legal, random, "masteries")


@kind(31, "SRD 5.2.1, Classes: Warlock, Eldritch Invocations; Sorcerer, Metamagic")
def option_missing(legal: Legal, random: Random) -> Seeded | None:
    return missing(legal, random, "invocations", "metamagic")


@kind(31, "SRD 5.2.1, Classes: Warlock, Eldritch Invocations; Sorcerer, Metamagic")
def option_too_many(legal: Legal, random: Random) -> Seeded | None:
    return too_many(legal, random, "invocations", "metamagic")


@kind(32, "SRD 5.2.1, Classes: Fighter, Fighting Style; Paladin; Ranger")
def fighting_style_missing(legal: Legal, random: Random) -> Seeded | None:
    return missing(legal, random, "fighting_style", "style")


@kind(32, "SRD 5.2.1, Feats: Parts of a Feat, Repeatable")
def fighting_style_twice(legal: Legal, random: Random) -> Seeded | None:
    found = [path for path in ending(legal, "fighting_style", "style") if legal.questions[path].choice.entries]
    if len(found) < 2:
        return None
    path, other = random.sample(found, 2)
    cause = "requires.failed/feat.this_feat_cannot_be_taken_more_than_once"
    own = frozenset({legal.choices[path][0]})
    return Seeded(cause, pointer("choices", path), (put("choices", path, 0, value=legal.choices[other][0]),), hides=own)


@kind(33, "SRD 5.2.1, Character Creation: Multiclassing, Class Features, Proficiencies (saves of the first class alone)")
def save_of_the_second_class(legal: Legal, random: Random) -> Seeded | None:
    if not legal.levels:
        return None
    others = {name for name in legal.levels if name != legal.levels[0]}
    saves = {ability for name in others for ability in CLASSES[name]["saves"]}
    found = [each for each in sorted(saves) if legal.sheet.get(f"{each}.save.proficiency") == "none"]
    if not found:
        return None
    return claim(f"{random.choice(found)}.save.proficiency", "ability.save.proficiency", "proficient")


@kind(34, "SRD 5.2.1, Character Creation: Multiclassing, Class Features, Proficiencies (armor)")
def training_of_the_second_class(legal: Legal, _random: Random) -> Seeded | None:
    others = [name for name in ("fighter", "paladin") if name in legal.levels[1:] and legal.levels[0] != name]
    training = legal.sheet.get("armor_training")
    if not others or training is None or "heavy_armor" in training:
        return None
    return claim("armor_training", "armor_training", sorted([*training, "heavy_armor"]))


@kind(34, "SRD 5.2.1, Character Creation: Multiclassing, Class Features, Proficiencies (skills)")
def skills_of_the_second_class(legal: Legal, random: Random) -> Seeded | None:
    plain = {"barbarian": "nature", "cleric": "history", "druid": "nature", "fighter": "history", "monk": "history"}
    plain |= {"paladin": "medicine", "sorcerer": "arcana", "warlock": "nature", "wizard": "history"}
    found = [name for name in dict.fromkeys(legal.levels) if name in plain and name != legal.levels[0]]
    if not found:
        return None
    name = random.choice(found)
    path = f"{name}.skills"
    return Seeded("choice.parked/skills", pointer("choices", path), (put("choices", path, value=["insight", plain[name]]),))


@kind(35, "SRD 5.2.1, Classes: Class Features by level")
def feature_of_a_later_level(legal: Legal, random: Random) -> Seeded | None:
    """A use of what a later level brings."""
    late = {
        "fighter": (9, "fighter.indomitable.maximum", 1),
        "barbarian": (18, "barbarian.indomitable_might", True),
        "paladin": (9, "paladin.abjure_foes.maximum", 1),
        "rogue": (20, "rogue.stroke_of_luck.maximum", 1),
        "sorcerer": (2, "sorcerer.sorcery_points.maximum", 5),
        "bard": (18, "bard.superior_inspiration", True),
    }
    found = [late[name] for name in dict.fromkeys(legal.levels) if name in late and legal.levels.count(name) < late[name][0]]
    if not found:
        return None
    _level, path, value = random.choice(found)
    return claim(path, "", value, "claim.unknown")


@kind(35, "SRD 5.2.1, Classes: Ability Score Improvement, Epic Boon by level")
def choice_of_a_later_level(legal: Legal, random: Random) -> Seeded | None:
    found = [name for name in dict.fromkeys(legal.levels) if legal.levels.count(name) < 4]
    if not found:
        return None
    path = f"{random.choice(found)}.4.improvement"
    return Seeded("choice.parked/improvement", pointer("choices", path), (put("choices", path, value=["grappler"]),))


@kind(36, "SRD 5.2.1, Classes: Class Features, uses")
def resource_of_another_size(legal: Legal, random: Random) -> Seeded | None:
    names = (
        "second_wind",
        "action_surge",
        "rage",
        "bardic_inspiration",
        "channel_divinity",
        "wild_shape",
        "focus",
        "lay_on_hands",
    )
    names = (*names, "sorcery_points", "innate_sorcery", "indomitable")
    found = [
        path
        for path, value in legal.sheet.items()
        if path.count(".") == 2 and path.endswith(".maximum") and path.split(".")[1] in names and type(value) is int
    ]
    if not found:
        return None
    path = random.choice(found)
    value = legal.sheet[path] + random.choice([1, 2, -1])
    return claim(path, f"class.{path.split('.')[1]}.maximum", value)
