"""Feats where they are gained, each only if its prerequisite is met and it is not there already (Feats)."""

from __future__ import annotations

from tests.oracle import make_origin
from tests.oracle.book import ABILITIES, CLASSES, FEATS, SPELLS
from tests.oracle.draft import Draft

LISTS = ["cleric", "druid", "wizard"]
GRAPPLERS = 13
# The classes with the Spellcasting feature; the Warlock has Pact Magic.
SPELLCASTING = ("bard", "cleric", "druid", "paladin", "ranger", "sorcerer", "wizard")
BOON_LEVEL = 19


def fill(d: Draft) -> None:
    """Species, Fighting Styles, then the levels in the order in which they were gained."""
    make_origin.keen(d)
    _styles(d)
    for name, level, total in d.reached:
        if level in CLASSES[name]["improvements"]:
            _improvement(d, f"{name}.{level}.improvement", boon=total >= BOON_LEVEL)
        if level == CLASSES[name]["boon"]:
            take(d, f"{name}.{level}.boon", d.choose.one(["epic_boon", "epic_boon", "general"]))


def _improvement(d: Draft, choice: str, *, boon: bool) -> None:
    offered = ["general", "general", "general", "origin"]
    if d.of("fighter") or d.of("paladin") >= 2 or d.of("ranger") >= 2:
        offered.append("fighting_style")
    if boon and d.rulings.get("boon_at_ability_score_improvement", True):
        offered.append("epic_boon")
    take(d, choice, d.choose.one(offered))


def allowed(d: Draft, category: str) -> list[str]:
    """The feats of a category that the character may take now."""
    return [name for name, facts in FEATS.items() if facts["category"] == category and _open(d, name)]


def _open(d: Draft, name: str) -> bool:
    if name == "magic_initiate":
        return len(d.lists) < len(LISTS)
    if name == "grappler" and max(d.base["strength"], d.base["dexterity"]) < GRAPPLERS:
        return False
    if name == "boon_of_spell_recall" and not any(d.of(caster) for caster in SPELLCASTING):
        return False
    return FEATS[name]["repeatable"] or name not in d.feats


def take(d: Draft, choice: str, category: str) -> None:
    """Choose a feat of a category and answer what it asks."""
    names = allowed(d, category)
    if not names:
        return
    name = d.choose.one(names)
    d.pick(choice, name)
    d.feats.add(name)
    path = f"{choice}.{name}"
    if name == "ability_score_improvement":
        _increase(d, f"{path}.increase")
    elif name == "magic_initiate":
        magic_initiate(d, path)
    elif name == "skilled":
        d.skilled.append(path)
    elif FEATS[name]["raises"]:
        d.pick(f"{path}.raised", d.choose.one(FEATS[name]["raises"]))


def _increase(d: Draft, choice: str) -> None:
    way, count = d.choose.one([("two_points", 1), ("one_each", 2)])
    d.pick(choice, way)
    d.pick(f"{choice}.{way}.raised", *d.choose.some(ABILITIES, count))


def magic_initiate(d: Draft, path: str, fixed: str | None = None) -> None:
    """Two cantrips and a level 1 spell of a list that was not taken before; a background fixes the list."""
    source = fixed or d.choose.one([name for name in LISTS if name not in d.lists])
    d.lists.add(source)
    if fixed is None:
        d.pick(f"{path}.source", source)
    d.pick(f"{path}.ability", d.choose.one(["intelligence", "wisdom", "charisma"]))
    d.pick(f"{path}.cantrips", *d.choose.some(spells(source, 0), 2))
    d.pick(f"{path}.spell", d.choose.one(spells(source, 1)))


def spells(source: str, level: int) -> list[str]:
    """The spells of a list and level."""
    return [name for name, spell in SPELLS.items() if spell["level"] == level and source in spell["lists"]]


def _styles(d: Draft) -> None:
    """Fighting Styles of Fighter, Paladin, Ranger; the two latter may take cantrips instead."""
    if d.of("fighter"):
        take(d, "fighter.fighting_style", "fighting_style")
    for name, other, source in (("paladin", "blessed_warrior", "cleric"), ("ranger", "druidic_warrior", "druid")):
        if d.of(name) < 2:
            continue
        way = d.choose.one(["feat_style", "feat_style", other]) if allowed(d, "fighting_style") else other
        d.pick(f"{name}.2.fighting_style", way)
        if way == "feat_style":
            take(d, f"{name}.2.fighting_style.feat_style.style", "fighting_style")
        else:
            d.pick(f"{name}.2.fighting_style.{other}.cantrips", *d.choose.some(spells(source, 0), 2))
    if d.of("fighter") >= 7 and "fighter" in d.subclasses:
        take(d, "fighter.3.subclass.champion.7.second_style", "fighting_style")
