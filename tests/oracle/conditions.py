"""Conditions, Exhaustion, Rage, Aura of Protection (Rules Glossary; Barbarian; Paladin)."""

from tests.oracle.book import CONDITIONS, plain
from tests.oracle.content_classes import elusive, invocations, subclass_level
from tests.oracle.paper import Paper

DEADLY_EXHAUSTION = 6
BEAST_SPELLS = 18


def fill(p: Paper) -> None:
    """Which conditions are on the character and do something."""
    written = [(plain(str(e.get("condition"))), e) for e in p.collection("conditions").values()]
    p.exhaustion = min(sum(int(e.get("level", 1)) for name, e in written if name == "exhaustion"), DEADLY_EXHAUSTION)
    names = {name for name, _ in written if name in CONDITIONS and name != "exhaustion"}
    for name in sorted(names):
        names.update(CONDITIONS[name]["includes"])
    p.conditions = names
    p.raging = _raging(p)
    p.reckless = bool(p.value("barbarian.reckless")) and p.of("barbarian") >= 2
    p.aura = _aura(p)
    p.immune_to = _immunities(p)
    p.conditions = names - p.immune_to
    for name in CONDITIONS:
        p.out[f"{name}.immune"] = name in p.immune_to
        p.out[f"{name}.incurable"] = 0
        # What stands on the sheet, whether or not immunity silences it.
        p.out[f"{name}.level"] = p.exhaustion if name == "exhaustion" else int(name in names)


def _raging(p: Paper) -> bool:
    """Level 1: Rage ends in Heavy armor or when Incapacitated; from level 15 only Unconscious ends it."""
    ended = "unconscious" in p.conditions if p.of("barbarian") >= 15 else p.incapacitated
    wants = bool(p.value("barbarian.raging")) and p.of("barbarian") >= 1
    return wants and p.armor_weight != "heavy" and not ended


def _aura(p: Paper) -> int:
    """Paladin 6: Charisma modifier, at least +1; inactive while Incapacitated."""
    return max(1, p.mod["charisma"]) if aura_active(p) else 0


def aura_active(p: Paper) -> bool:
    """Paladin 6 and not Incapacitated."""
    return p.of("paladin") >= 6 and not p.incapacitated


def _immunities(p: Paper) -> set[str]:
    immune = {name for held in p.conditions for name in CONDITIONS[held]["immune"]}
    if aura_active(p) and p.of("paladin") >= 10:
        immune.add("frightened")
    if aura_active(p) and subclass_level(p, "paladin") >= 7:
        immune.add("charmed")
    if p.raging and subclass_level(p, "barbarian") >= 6:
        immune |= {"charmed", "frightened"}
    if subclass_level(p, "druid") >= 10:
        immune.add("poisoned")
    if p.effects("heroes_feasted"):
        immune |= {"frightened", "poisoned"}
    if p.form:
        immune.update(p.form["condition_immunities"])
    return immune


def any_says(p: Paper, key: str, word: str) -> bool:
    """Whether some condition has this word under a heading of its table row."""
    return any(CONDITIONS[name][key] == word for name in p.conditions)


def penalty(p: Paper) -> int:
    """Exhaustion lowers every D20 Test by 2 for each level."""
    return -2 * p.exhaustion


def attacked(p: Paper) -> None:
    """Advantage and Disadvantage of attacks against the character; Prone depends on distance and is left out."""
    open_to_it = p.reckless or any_says(p, "attacked_with", "advantage")
    p.out["advantage_for_attackers"], p.out["no_advantage_against"] = open_to_it, elusive(p)
    p.out["attacked_with_advantage"] = open_to_it and not elusive(p)
    p.out["attacked_with_disadvantage"] = any_says(p, "attacked_with", "disadvantage")


def _speechless(p: Paper) -> bool:
    """Druid, "No Spellcasting" in a form before Beast Spells."""
    return p.form is not None and p.of("druid") < BEAST_SPELLS


def able_to_cast(p: Paper) -> None:
    """Equipment, "Armor Training"; Rage; Incapacitated (no actions, no Concentration); death."""
    p.out["can_cast"] = not (p.untrained_armor or p.raging or p.incapacitated or _speechless(p))
    p.out["concentration_advantage"] = p.out["constitution.save.advantage"] or "eldritch_mind" in invocations(p)
    p.out["can_concentrate"] = not (p.raging or p.incapacitated or p.out["dead"])
