"""Levels: total level, levels by class, Proficiency Bonus, Hit Point Dice (Character Creation, "Level Advancement")."""

from tests.oracle.book import CLASSES, CLASSES_IN_SCOPE, TABLES, half_up, plain
from tests.oracle.paper import Paper

# Character Creation, "Character Advancement" (table): Experience Points of levels 1 to 20.
EXPERIENCE = (
    *(0, 300, 900, 2700, 6500, 14000, 23000, 34000, 48000, 64000),
    *(85000, 100000, 120000, 140000, 165000, 195000, 225000, 265000, 305000, 355000),
)


def fill(p: Paper) -> None:
    """Count the levels."""
    taken = level_order(p)
    p.level = len(taken)
    p.classes = {name: taken.count(name) for name in taken}
    p.first = taken[0] if taken else None
    p.out["level"] = p.level
    for name in dict.fromkeys((*CLASSES_IN_SCOPE, *p.classes)):
        p.out[f"{name}.level"] = p.of(name)
        p.out[f"{name}.first"] = p.first == name
        p.out[f"{name}.caster_levels"] = caster_levels(name, p.of(name))
    hit_point_dice(p)
    experience = p.value("experience", 0)
    p.out["experience_level"] = sum(experience >= needed for needed in EXPERIENCE)
    p.out["least_experience"] = EXPERIENCE[p.level - 1] if p.level else 0
    p.out["further_feats_earned"] = max(0, (experience - EXPERIENCE[-1]) // 30_000) if p.level == 20 else 0
    p.out["cantrip_dice"] = 1 + sum(p.level >= level for level in (5, 11, 17))


def level_order(p: Paper) -> list[str]:
    """The classes in the order in which their levels were taken."""
    levels = p.document.get("collections", {}).get("levels") or []
    return [plain(str(element.get("class"))) for element in levels if plain(str(element.get("class"))) in CLASSES]


def rolled(p: Paper) -> list[int]:
    """The Hit Points rolled at each level; 0 where the fixed number was taken."""
    levels = p.document.get("collections", {}).get("levels") or []
    return [int(element.get("rolled") or 0) for element in levels if plain(str(element.get("class"))) in CLASSES]


def proficiency_bonus(p: Paper) -> None:
    """Playing the Game, "Proficiency" (table), by total level; plus an Ioun Stone of Mastery."""
    by_level = TABLES["proficiency_bonus_by_level"]
    p.pb = by_level[str(min(max(p.level, 1), 20))] + sum(p.forces("proficiency"))
    p.out["proficiency_bonus"] = p.pb


def caster_levels(name: str, level: int) -> int:
    """Multiclassing, "Spell Slots": all levels of full casters, half of Paladin and Ranger rounded up."""
    casting = CLASSES[name]["casting"]
    progression = casting["progression"] if casting else None
    if progression == "full":
        return level
    return half_up(level) if progression == "half" else 0


def hit_point_dice(p: Paper) -> None:
    """Multiclassing, "Hit Points and Hit Point Dice": pooled by type."""
    for die in (6, 8, 10, 12):
        most = sum(count for name, count in p.classes.items() if CLASSES[name]["hit_die"] == die)
        p.out[f"d{die}_hit_point_dice.maximum"] = most
        p.out[f"d{die}_hit_point_dice.remaining"] = max(most - p.value(f"d{die}_hit_point_dice.spent", 0), 0)


def prerequisites(p: Paper) -> None:
    """Multiclassing, "Prerequisites": 13 in the primary ability (ruling: with or without items)."""
    scores = p.own_score if p.ruling("prerequisites_count_items") else p.natural
    for name in CLASSES_IN_SCOPE:
        primary = CLASSES[name]["primary"]
        enough = [scores[ability] >= 13 for ability in primary["of"]]
        p.out[f"{name}.qualifies"] = all(enough) if primary["how"] == "all" else any(enough)
