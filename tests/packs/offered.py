"""What the descriptions in `tests/facts/choices.json` offer, worked out from the other tables of facts, never from a pack."""

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

from tests.packs.comparing import Who, facts, table


def skills() -> set[str]:
    return {slugged for record in table("classes").values() for slugged in record["skills"]["from"]}


def tools(*groups: str) -> set[str]:
    return {name for name, tool in table("tools").items() if not groups or tool["group"] in groups}


def weapons(*kinds: str) -> set[str]:
    return {name for name, weapon in table("weapons").items() if weapon["kind"] in kinds}


def feats(*categories: str) -> set[str]:
    records = facts("prerequisites").items()
    return {
        name
        for name, record in records
        if record["of"].startswith("feat") and (record["category"] in categories or not categories)
    }


def spells(lists: Iterable[str], levels: Iterable[int], also: Callable[[dict[str, Any]], bool] = lambda _spell: True) -> set[str]:
    """Spells of one of the lists and levels; of no list means of any."""
    wanted, allowed = set(lists), set(levels)
    found = table("spells").items()
    return {
        name
        for name, spell in found
        if spell["level"] in allowed and (not wanted or wanted & set(spell["lists"])) and also(spell)
    }


def invocations() -> set[str]:
    return {name for name, record in facts("prerequisites").items() if record["category"] == "invocation"}


def metamagic() -> set[str]:
    return {name for name, record in facts("prerequisites").items() if record["category"] == "metamagic"}


def forms(who: Who) -> set[str]:
    """The Beasts whose forms a Druid may know: none that is a swarm, unless a ruling says so."""
    most = Fraction(1) if who.level >= 8 else Fraction(1, 2) if who.level >= 4 else Fraction(1, 4)
    beasts = table("beasts").items()
    return {
        name
        for name, beast in beasts
        if Fraction(beast["challenge"]) <= most and not beast["swarm"] and (who.level >= 8 or "fly" not in beast["speed"])
    }


def slots(who: Who) -> range:
    """The levels of spells that a full caster of a level has slots for."""
    return range(1, min(9, (who.level + 1) // 2) + 1)


def damaging(spell: dict[str, Any]) -> bool:
    return bool(spell["damage"])


OTHER_LISTS = ("cleric", "druid", "wizard")
LANGUAGES = {"common_sign_language", "draconic", "dwarvish", "elvish", "giant", "gnomish", "goblin", "halfling", "orc"}
RARE = {"abyssal", "celestial", "deep_speech", "druidic", "infernal", "primordial", "sylvan", "thieves_cant", "undercommon"}
DAMAGE = {"acid", "bludgeoning", "cold", "fire", "force", "lightning", "necrotic", "piercing", "poison", "psychic", "radiant"}
DAMAGE |= {"slashing", "thunder"}

OFFERED: dict[str, Callable[[Who], set[str]]] = {
    "any skill": lambda _who: skills(),
    "own skill proficiencies": lambda _who: skills(),
    "own skill proficiencies without Expertise": lambda _who: skills(),
    "any skills and tools": lambda _who: skills() | tools(),
    "Musical Instruments": lambda _who: tools("musical_instrument"),
    "Gaming Sets": lambda _who: tools("gaming_set"),
    "one kind of Artisan's Tools or Musical Instrument": lambda _who: tools("artisans_tools", "musical_instrument"),
    "Simple or Martial Melee weapons": lambda _who: weapons("melee"),
    "Simple or Martial weapons": lambda _who: weapons("melee", "ranged"),
    "weapons with which you have proficiency": lambda _who: weapons("melee", "ranged"),
    "Fighting Style feats": lambda _who: feats("fighting_style"),
    "Origin feats": lambda _who: feats("origin"),
    "Ability Score Improvement or another feat for which you qualify": lambda _who: feats(),
    "an Epic Boon or another feat for which you qualify": lambda _who: feats(),
    "Standard Languages": lambda _who: LANGUAGES,
    "Standard or Rare Languages": lambda _who: LANGUAGES | RARE,
    "Standard or Rare Languages other than Thieves' Cant": lambda _who: (LANGUAGES | RARE) - {"thieves_cant"},
    "any damage type but force": lambda _who: DAMAGE - {"force"},
    "Metamagic Options": lambda _who: metamagic(),
    "Eldritch Invocation Options for which you qualify": lambda _who: invocations(),
    "Cleric cantrips": lambda _who: spells(["cleric"], [0]),
    "Druid cantrips": lambda _who: spells(["druid"], [0]),
    "Wizard cantrips, Prestidigitation first": lambda _who: spells(["wizard"], [0]),
    "cantrips of any class that are not prepared": lambda _who: spells([], [0]),
    "level 1 Rituals of any class that are not prepared": lambda _who: spells([], [1], lambda spell: spell["ritual"]),
    "known Warlock cantrips that deal damage": lambda _who: spells(["warlock"], [0], damaging),
    # every such cantrip of theirs is an attack
    "known Warlock cantrips with an attack roll": lambda _who: spells(["warlock"], [0], damaging),
    "known Warlock cantrips that deal damage, range 10 feet or more": lambda _who: (
        spells(["warlock"], [0], damaging) - {"chill_touch"}
    ),
    "Cleric, Druid or Wizard cantrips, or spells with slots": lambda who: spells(OTHER_LISTS, [0, *slots(who)]),
    "Wizard Evocations: two of level 2 or lower, then one with slots at each new slot level": lambda who: spells(
        ["wizard"], slots(who), lambda spell: spell["school"] == "evocation"
    ),
    "Beasts of Challenge Rating 1/4, from level 4 1/2, from level 8 1; no Fly Speed before level 8": forms,
    **{f"Warlock spells of level {level}": lambda _who, level=level: spells(["warlock"], [level]) for level in range(6, 10)},
}
