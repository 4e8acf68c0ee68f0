"""Speeds, senses, carrying (Rules Glossary, "Speed", "Carrying Capacity")."""

import math

from tests.oracle.book import CONDITIONS, MOVEMENTS, SIZES, TABLES
from tests.oracle.content_classes import column, invocations, monk_free, subclass
from tests.oracle.content_feats import has
from tests.oracle.content_origin import base_speed, darkvision, size
from tests.oracle.inventory import armor_facts, load
from tests.oracle.paper import Paper

OVERLOADED = 5
WINGS = 60


def fill(p: Paper) -> None:
    """Carrying first: too much load slows."""
    _carrying(p)
    _speeds(p)
    _senses(p)


def _carrying(p: Paper) -> None:
    """Powerful Build of the Goliath: one size larger."""
    step = 1 if p.body == "goliath" else 0
    p.out["carrying_steps"] = step
    larger = SIZES[SIZES.index(size(p)) + step]
    p.out["carrying_size"] = larger
    p.out["carrying_capacity"] = math.floor(p.score["strength"] * TABLES["carry_per_strength"][larger])
    p.out["load"] = load(p)


def speed_bonus(p: Paper) -> int:
    """All that adds to Speed or takes from it in feet."""
    bonus = 10 if p.effects("longstriding") else 0
    if p.armor_weight != "heavy":
        bonus += 10 * (p.of("barbarian") >= 5) + 10 * (p.of("ranger") >= 6)
    if monk_free(p):
        bonus += column(p, "monk", "unarmored_movement")
    return bonus - _too_weak(p) - 5 * p.exhaustion


def _too_weak(p: Paper) -> int:
    """Equipment, "Armor", Strength column: -10 feet."""
    needs = [(armor_facts(item) or {}).get("strength") or 0 for item in p.worn]
    return 10 if any(p.score["strength"] < need for need in needs) else 0


def speed_factor(p: Paper) -> int:
    """Haste doubles; Boots of Speed double once their heels are clicked."""
    boots = [i for i in p.items if i.name == "boots_of_speed" and i.in_force]
    clicked = any(i.element.get("boots_of_speed.clicked") for i in boots)
    return (2 if p.effects("hasted") else 1) * (2 if clicked else 1)


def speed_maximum(p: Paper) -> int | None:
    """Speed 0 that can't increase; 5 feet over the carrying capacity; else no limit."""
    if any(CONDITIONS[name]["speed_zero"] for name in p.conditions):
        return 0
    return OVERLOADED if p.out["load"] > p.out["carrying_capacity"] else None


def _speeds(p: Paper) -> None:
    base, bonus, factor, most = base_speed(p), speed_bonus(p), speed_factor(p), speed_maximum(p)
    p.out.update(base_speed=base, speed_bonus=bonus, speed_factor=factor, speed_maximum=most)
    for movement in MOVEMENTS:
        own = base if movement == "walk" or movement in _as_speed(p) else 0
        if movement == "fly" and p.effects("dragon_winged"):
            own = max(own, WINGS)
        if p.form:
            own = max(own, p.form["speed"].get(movement, 0))
        p.out[f"{movement}.own"] = own
        p.out[f"{movement}.speed"] = _speed(p, own, bonus, factor) if own else 0


def _speed(p: Paper, own: int, bonus: int, factor: int) -> int:
    """Ruling `double_before_adding` (rule 53); never below 0, never above the maximum."""
    feet = own * factor + bonus if p.ruling("double_before_adding") else (own + bonus) * factor
    most = speed_maximum(p)
    return max(0, feet if most is None else min(feet, most))


def _as_speed(p: Paper) -> set[str]:
    """A special speed "equal to your Speed": Ranger 6 Roving; Second-Story Work of the Thief; Gift of the Depths."""
    granted = {"climb", "swim"} if p.of("ranger") >= 6 else set()
    granted |= {"climb"} if subclass(p, "rogue") else set()
    return granted | ({"swim"} if "gift_of_the_depths" in invocations(p) else set())


def _senses(p: Paper) -> None:
    """Species; Goggles of Night; Feral Senses; Boon of Truesight; Witch Sight. The longest range counts."""
    p.out["darkvision.range"] = darkvision(p) + max(p.forces("darkvision"), default=0)
    p.out["blindsight.range"] = 30 if p.of("ranger") >= 18 else 0
    p.out["tremorsense.range"] = 0
    witch_sight = 30 if "witch_sight" in invocations(p) else 0
    p.out["truesight.range"] = 60 if has(p, "boon_of_truesight") else witch_sight
    for sense, feet in (p.form["senses"] if p.form else {}).items():
        if sense != "darkvision":
            p.out[f"{sense}.range"] = max(p.out[f"{sense}.range"], feet)
