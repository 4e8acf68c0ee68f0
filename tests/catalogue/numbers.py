"""Kinds 45 to 52: numbers that follow from the rest, written wrongly."""

from __future__ import annotations

from random import Random

from tests.catalogue.classes import claim
from tests.catalogue.fault import Seeded, kind
from tests.catalogue.legal import ABILITIES, Legal
from tests.oracle.book import CLASSES

CONSTITUTION = "constitution"


def off(path: str, subject: str, legal: Legal, random: Random) -> Seeded | None:
    """A number a little off; none where the sheet has dice."""
    value = legal.sheet[path]
    return claim(path, subject, value + random.choice([-3, -2, -1, 1, 2, 3])) if type(value) is int else None


@kind(45, "SRD 5.2.1, Playing the Game: Ability Modifiers")
def modifier(legal: Legal, random: Random) -> Seeded | None:
    path = f"{random.choice(ABILITIES)}.modifier"
    return off(path, "ability.modifier", legal, random)


@kind(46, "SRD 5.2.1, Character Creation: Level Advancement, Character Advancement")
def proficiency_bonus(legal: Legal, random: Random) -> Seeded | None:
    return claim("proficiency_bonus", "proficiency_bonus", legal.sheet["proficiency_bonus"] + random.choice([-1, 1]))


@kind(47, "SRD 5.2.1, Playing the Game: Skill Proficiencies")
def skill(legal: Legal, random: Random) -> Seeded | None:
    path = f"{random.choice(['stealth', 'perception', 'arcana', 'athletics', 'persuasion'])}.check.bonus"
    return off(path, "skill.check.bonus", legal, random)


@kind(47, "SRD 5.2.1, Playing the Game: Saving Throw Proficiencies")
def saving_throw(legal: Legal, random: Random) -> Seeded | None:
    path = f"{random.choice(ABILITIES)}.save.bonus"
    return off(path, "ability.save.bonus", legal, random)


@kind(47, "SRD 5.2.1, Rules Glossary: Passive Perception")
def passive_perception(legal: Legal, random: Random) -> Seeded | None:
    return off("passive_perception", "passive_perception", legal, random)


@kind(48, "SRD 5.2.1, Equipment: Armor")
def armor_class(legal: Legal, random: Random) -> Seeded | None:
    return off("armor_class", "armor_class", legal, random)


def rolled_span(legal: Legal) -> tuple[int, int]:
    """How much lower and higher the Hit Points could be by other rolls, of the levels without one."""
    part = legal.sheet["constitution.own_score"] // 2 - 5
    less = more = 0
    for place, level in enumerate(legal.collections.get("levels", [])):
        die = CLASSES[level["class"]]["hit_die"]
        if place and not level.get("rolled"):
            fixed = max(1, part + die // 2 + 1)
            less += fixed - max(1, part + 1)
            more += max(1, part + die) - fixed
    return less, more


@kind(49, "SRD 5.2.1, Character Creation: Gaining a Level, Fixed Hit Points by Class (or rolled)")
def hit_points_beyond_every_roll(legal: Legal, random: Random) -> Seeded | None:
    less, more = rolled_span(legal)
    now = legal.sheet["hit_point_maximum"]
    value = now + more + random.choice([1, 2, 5]) if random.random() < 0.5 else now - less - random.choice([1, 2])
    if not legal.levels or value < 0:
        return None
    return claim("hit_point_maximum", "hit_point_maximum", value, "claim.impossible" if less or more else "claim.differs")


@kind(50, "SRD 5.2.1, Rules Glossary: Initiative")
def initiative(legal: Legal, random: Random) -> Seeded | None:
    return off("initiative.bonus", "initiative.bonus", legal, random)


@kind(51, "SRD 5.2.1, Playing the Game: Attack Rolls, Attack Roll Modifiers")
def attack(legal: Legal, random: Random) -> Seeded | None:
    found = [path for path in legal.sheet if path.startswith("inventory.") and path.endswith(".attack.bonus")]
    if not found:
        return None
    path = random.choice(found)
    return off(path, "inventory_item.attack.bonus", legal, random)


@kind(51, "SRD 5.2.1, Playing the Game: Damage Rolls")
def damage(legal: Legal, random: Random) -> Seeded | None:
    found = [path for path in legal.sheet if path.startswith("inventory.") and path.endswith(".attack.damage")]
    found = [path for path in found if isinstance(legal.sheet[path], dict)]
    if not found:
        return None
    path = random.choice(found)
    dice = str(legal.sheet[path]["dice"]).partition("+")[0].partition("-")[0]
    return claim(path, "inventory_item.attack.damage", f"{dice}+19")


@kind(52, "SRD 5.2.1, Playing the Game: Movement and Position; Equipment: Armor (Strength)")
def speed(legal: Legal, random: Random) -> Seeded | None:
    return claim("walk.speed", "movement.speed", max(0, legal.sheet["walk.speed"] + random.choice([5, 10, 15])))
