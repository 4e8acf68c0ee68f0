"""Species: size, speed, senses, resistances, lineages (Character Origins)."""

from typing import Any

from tests.oracle.book import SPECIES
from tests.oracle.content_classes import resource
from tests.oracle.paper import Paper

# Without a species: a Medium Humanoid with a Speed of 30 feet and no special sense.
NOBODY = {"speed": 30, "darkvision": 0, "sizes": ["medium"], "creature_type": "humanoid"}
LEGACY_RESISTANCE = {"abyssal": "poison", "chthonic": "necrotic", "infernal": "fire"}
DRAGONS = {
    "black": "acid",
    "blue": "lightning",
    "brass": "fire",
    "bronze": "lightning",
    "copper": "acid",
    "gold": "fire",
    "green": "poison",
    "red": "fire",
    "silver": "cold",
    "white": "cold",
}


def species(p: Paper) -> dict[str, Any]:
    """The facts of the species."""
    return SPECIES.get(p.name_in("species") or "", NOBODY)


def fill(p: Paper) -> None:
    """Size, creature type, and how long a rest takes: Trance takes 4 hours."""
    # the traits of a species are not kept in the form of a Beast
    p.out["long_rest_hours"] = 4 if p.name_in("species") == "elf" and p.form is None else 8
    p.out["short_rest_hours"] = 1
    p.out["size"] = size(p)
    p.out["creature_type"] = species(p)["creature_type"]


def size(p: Paper) -> str:
    """Small or Medium by choice for Human and Tiefling, else as printed; in a form the Beast's."""
    if p.form:
        return p.form["size"]
    sizes = species(p)["sizes"]
    chosen = p.pick(f"{p.name_in('species')}.body", ("small", "medium"))
    return chosen if len(sizes) > 1 and chosen else sizes[0]


def numbers(p: Paper) -> None:
    """Uses and numbers of the traits of a species (Character Origins, "Species Descriptions")."""
    name = p.name_in("species")
    grown = int(p.level >= 5)
    if name == "dwarf":
        resource(p, "dwarf.stonecunning", p.pb)
    if name == "orc":
        resource(p, "orc.rush", p.pb)
        resource(p, "orc.endurance", 1)
    if name == "goliath":
        resource(p, "goliath.large_form_use", grown)
        if p.pick("goliath.ancestry"):
            resource(p, "goliath.giant_gift", p.pb)
    if name == "dragonborn":
        _breath(p)
        resource(p, "dragonborn.flight", grown)


def _breath(p: Paper) -> None:
    """Breath Weapon: 1d10, and one die more at character levels 5, 11 and 17."""
    dice = f"{1 + (p.level >= 5) + (p.level >= 11) + (p.level >= 17)}d10"
    resource(p, "dragonborn.breath", p.pb)
    p.out["dragonborn.breath.die"] = p.out["dragonborn.breath_damage"] = dice
    p.out["dragonborn.breath_dc"] = 8 + p.mod["constitution"] + p.pb


def lineage(p: Paper) -> str | None:
    """Elven or Gnomish lineage, Fiendish legacy, ancestry of Dragonborn and Goliath."""
    name = p.name_in("species")
    place = {"elf": "lineage", "gnome": "lineage", "tiefling": "legacy", "dragonborn": "ancestry"}.get(name or "")
    return p.pick(f"{name}.{place}") if place else None


def base_speed(p: Paper) -> int:
    """Species, "Speed"; Wood Elf 35; in a form the Beast's."""
    if p.form:
        return p.form["speed"]["walk"]
    if p.name_in("species") == "elf" and lineage(p) == "wood_elf":
        return 35
    return species(p)["speed"]


def darkvision(p: Paper) -> int:
    """Species, "Darkvision"; Drow 120; in a form the Beast's."""
    if p.form:
        return p.form["senses"].get("darkvision", 0)
    if p.name_in("species") == "elf" and lineage(p) == "drow":
        return 120
    return species(p)["darkvision"]


def resistances(p: Paper) -> set[str]:
    """Dragonborn by ancestry, Dwarf Poison, Tiefling by legacy; in a form the Beast's."""
    if p.form:
        return set(p.form["resistances"])
    name, line = p.name_in("species"), lineage(p)
    if name == "dwarf":
        return {"poison"}
    if name == "tiefling" and line in LEGACY_RESISTANCE:
        return {LEGACY_RESISTANCE[line]}
    if name == "dragonborn" and line:
        return {DRAGONS.get(line, line)}
    return set()
