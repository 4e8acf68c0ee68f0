"""Jumps, weights moved, breath, food and water (Rules Glossary: each under its own name)."""

from tests.oracle.book import WORLD
from tests.oracle.conditions import DEADLY_EXHAUSTION
from tests.oracle.content_classes import subclass
from tests.oracle.content_origin import size
from tests.oracle.paper import Paper

HALF_A_MINUTE = 0.5
SELF_RESTORATION = 10


def fill(p: Paper) -> None:
    """A Thief may jump by Dexterity, and does where that is farther."""
    jumpers = ["strength", "dexterity"] if subclass(p, "rogue") else ["strength"]
    p.out["long_jump"] = max(p.score[each] for each in jumpers)
    p.out["high_jump"] = max(0, *(3 + p.mod[each] for each in jumpers))
    p.out["standing_long_jump"] = p.out["long_jump"] // 2
    p.out["standing_high_jump"] = p.out["high_jump"] // 2
    height = p.value("stature") or 0
    p.out["high_jump_reach"] = p.out["high_jump"] + height * 1.5 if height else 0
    p.out["lift_limit"] = 2 * p.out["carrying_capacity"]
    p.out["held_breath"] = max(HALF_A_MINUTE, 1 + p.mod["constitution"])
    p.out["food_needed"] = WORLD["food"][size(p)]
    p.out["water_needed"] = WORLD["water"][size(p)]
    p.out["goes_hungry"] = p.of("monk") < SELF_RESTORATION
    p.out["exhaustion.incurable"] = min(DEADLY_EXHAUSTION, sum(int(p.value(want) or 0) for want in ("hunger", "thirst")))
