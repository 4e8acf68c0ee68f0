"""Resistance, Vulnerability and Immunity by damage type (Playing the Game, "Damage and Healing")."""

from tests.oracle.book import CONDITIONS, DAMAGE_TYPES
from tests.oracle.content_classes import LANDS, affinity, land, subclass, subclass_level
from tests.oracle.content_origin import resistances
from tests.oracle.paper import Paper


def fill(p: Paper) -> None:
    """Thirteen lines."""
    resistant = _resistant(p)
    for damage in DAMAGE_TYPES:
        p.out[f"{damage}.resistant"] = damage in resistant
        p.out[f"{damage}.vulnerable"] = False
        p.out[f"{damage}.immune"] = False
        p.out[f"{damage}.reduced_by"] = 0


def _resistant(p: Paper) -> set[str]:
    resistant = resistances(p)
    for gift in p.forces("resistance"):
        resistant.update(gift)
    if p.raging:
        resistant |= {"bludgeoning", "piercing", "slashing"}
    if p.effects("heroes_feasted"):
        resistant.add("poison")
    if any(CONDITIONS[name]["resists_all"] for name in p.conditions):
        resistant |= set(DAMAGE_TYPES)
    return resistant | _fiendish_resilience(p) | _of_land(p) | ({affinity(p)} - {None})


def _of_land(p: Paper) -> set[str]:
    """Circle of the Land 10, Nature's Ward: by the land that was chosen."""
    chosen = land(p)
    return {LANDS[chosen]} if chosen and p.of("druid") >= 10 else set()


def _fiendish_resilience(p: Paper) -> set[str]:
    """Fiend Patron 10: one damage type other than Force, under whatever name its choice has."""
    if subclass_level(p, "warlock") < 10:
        return set()
    start = f"warlock.3.subclass.{subclass(p, 'warlock')}.10."
    allowed = [damage for damage in DAMAGE_TYPES if damage != "force"]
    choices = [choice for choice in p.document.get("choices", {}) if choice.startswith(start)]
    return {damage for choice in choices for damage in p.picks(choice, 1, allowed)}
