"""Jumps, weights moved, breath, food and water (Rules Glossary, "Long Jump", "High Jump", "Suffocation" and others)."""

from tests.oracle.book import WORLD
from tests.oracle.content_classes import subclass
from tests.oracle.content_origin import size
from tests.oracle.paper import Paper

HALF_A_MINUTE = 0.5


def fill(p: Paper) -> None:
    """A Thief may jump by Dexterity, and does where that is farther."""
    jumpers = ["strength", "dexterity"] if subclass(p, "rogue") else ["strength"]
    p.out["long_jump"] = max(p.score[each] for each in jumpers)
    p.out["high_jump"] = max(0, *(3 + p.mod[each] for each in jumpers))
    p.out["standing_long_jump"] = p.out["long_jump"] // 2
    p.out["standing_high_jump"] = p.out["high_jump"] // 2
    p.out["lift_limit"] = 2 * p.out["carrying_capacity"]
    p.out["held_breath"] = max(HALF_A_MINUTE, 1 + p.mod["constitution"])
    p.out["food_needed"] = WORLD["food"][size(p)]
    p.out["water_needed"] = WORLD["water"][size(p)]
