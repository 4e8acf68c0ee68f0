"""Hit Point maximum, Bloodied, death (Character Creation; Rules Glossary)."""

from tests.oracle.book import CLASSES, modifier
from tests.oracle.conditions import DEADLY_EXHAUSTION
from tests.oracle.content_classes import subclass_level
from tests.oracle.levels import level_order, rolled
from tests.oracle.paper import Paper

AID_SLOT = 2


def fill(p: Paper) -> None:
    """Maximum and what hangs on it."""
    most = maximum(p)
    p.out["hit_point_maximum"] = most
    p.out["bloodied"] = 2 * p.value("hit_points", most) <= most
    no_maximum = p.level > 0 and most <= 0
    p.out["dead"] = p.exhaustion >= DEADLY_EXHAUSTION or p.value("death_failures", 0) >= 3 or no_maximum


def maximum(p: Paper) -> int:
    """Levels, Dwarven Toughness, Draconic Resilience, Aid, Heroes' Feast."""
    toughness = p.level if p.name_in("species") == "dwarf" else 0
    resilience = subclass_level(p, "sorcerer")  # 3, and 1 for each Sorcerer level above 3
    return sum(_by_level(p)) + toughness + resilience + _aid(p) + _feast(p)


def _by_level(p: Paper) -> list[int]:
    """Die maximum at level 1, then rolled or fixed; Constitution each time, at least 1 each level."""
    gains = []
    for place, (name, roll) in enumerate(zip(level_order(p), rolled(p), strict=True)):
        die = CLASSES[name]["hit_die"] if place == 0 else roll or CLASSES[name]["fixed_hit_points"]
        gains.append(max(1, die + modifier(p.own_score["constitution"])))
        p.out[f"levels.{place + 1}.hit_points"] = gains[-1]
        p.out[f"levels.{place + 1}.character_level"] = place + 1
    return gains


def _aid(p: Paper) -> int:
    """Aid: 5, and 5 more for each slot level above 2; the best casting counts."""
    return max((5 * (max(int(e.get("level", 0)), AID_SLOT) - 1) for e in p.effects("aided")), default=0)


def _feast(p: Paper) -> int:
    """Heroes' Feast: the 2d10 that were rolled stand in a field of the effect; 11 is their average."""
    return max((int(e.get("heroes_feasted.rolled", 11)) for e in p.effects("heroes_feasted")), default=0)
