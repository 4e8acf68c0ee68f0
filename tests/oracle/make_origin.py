"""Species, background, languages (Character Origins; Character Creation)."""

from __future__ import annotations

from tests.oracle import make_feats
from tests.oracle.book import BACKGROUNDS, SKILLS, SPECIES, SPELLS, TABLES, TOOLS
from tests.oracle.draft import Draft

MENTAL = ["intelligence", "wisdom", "charisma"]
BREATHS = ["acid", "cold", "fire", "lightning", "poison"]
LINEAGES = {
    "elf": ("lineage", ["drow", "high_elf", "wood_elf"]),
    "gnome": ("lineage", ["forest", "rock"]),
    "tiefling": ("legacy", ["abyssal", "chthonic", "infernal"]),
    "dragonborn": ("ancestry", BREATHS),
    "goliath": (
        "ancestry",
        ["clouds_jaunt", "fires_burn", "frosts_chill", "hills_tumble", "stones_endurance", "storms_thunder"],
    ),
}


def fill(d: Draft) -> None:
    """Species and background, each with its choices; two languages besides Common."""
    _background(d)
    _species(d)
    tongues = [name for name in TABLES["languages"]["standard"] if name != "common"]
    d.pick("known_languages", *d.choose.some(tongues, 2))


def _background(d: Draft) -> None:
    name = d.choose.one(sorted(BACKGROUNDS))
    facts = BACKGROUNDS[name]
    d.fields["background"] = name
    d.known.update(facts["skills"])
    way = d.choose.one(["two_and_one", "one_each"])
    d.pick(f"{name}.increase", way)
    if way == "two_and_one":
        two, one = d.choose.some(facts["abilities"], 2)
        d.pick(f"{name}.increase.two_and_one.two", two)
        d.pick(f"{name}.increase.two_and_one.one", one)
    if facts["tool"]:
        d.known[facts["tool"]] += 1
    else:
        d.learn(f"{name}.tool", [tool for tool, each in TOOLS.items() if each["group"] == facts["tool_from"]], 1)
    d.feats.add(facts["feat"])
    if facts["feat"] == "magic_initiate":
        make_feats.magic_initiate(d, f"{name}.magic_initiate", facts["list"])


def _species(d: Draft) -> None:
    d.species = d.choose.one(sorted(SPECIES))
    d.fields["species"] = d.species
    if d.species in LINEAGES:
        place, lines = LINEAGES[d.species]
        line = d.choose.one(lines)
        d.pick(f"{d.species}.{place}", line)
        if line == "high_elf":
            cantrips = [name for name, spell in SPELLS.items() if spell["level"] == 0 and "wizard" in spell["lists"]]
            d.pick("elf.lineage.high_elf.cantrip", d.choose.one(cantrips))
    if d.species in {"elf", "gnome", "tiefling"}:
        d.pick(f"{d.species}.ability", d.choose.one(MENTAL))
    if len(SPECIES[d.species]["sizes"]) > 1:
        d.pick(f"{d.species}.body", d.choose.one(["medium", "small"]))


def keen(d: Draft) -> None:
    """Keen Senses of the Elf, Skillful and Versatile of the Human."""
    if d.species == "elf":
        d.learn("elf.senses", ["insight", "perception", "survival"], 1)
    if d.species == "human":
        d.learn("human.skill", list(SKILLS), 1)
        make_feats.take(d, "human.feat", "origin")
