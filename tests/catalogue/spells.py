"""Kinds 37 to 44: slots, cantrips, prepared spells, save DCs."""

from __future__ import annotations

from functools import lru_cache
from random import Random
from typing import Any

from tests.catalogue.classes import claim
from tests.catalogue.fault import Seeded, drop, kind, pointer, put
from tests.catalogue.legal import ABILITIES, Legal, ruleset
from tests.catalogue.names import known
from tests.oracle.book import CLASSES

SLOTS = "SRD 5.2.1, Character Creation: Multiclassing, Multiclass Spellcaster: Spell Slots per Spell Level"
PREPARING = "SRD 5.2.1, Spells: Preparing Spells, Spell Preparation by Class"


@lru_cache(maxsize=1)
def spells() -> dict[str, Any]:
    """The level and the lists of each spell."""
    found = {}
    for entry in ruleset().rules.entries.values():
        if entry.kind == "spell":
            lists = {getattr(each, "name", each) for each in entry.properties["spell_lists"]}
            found[entry.name] = (int(entry.properties["level"]), lists)
    return found


def sources(legal: Legal, part: str) -> list[str]:
    """The sources of spells in whose list of this name a person has written some."""
    return [path for path, elements in legal.collections.items() if path.endswith(f".{part}") and elements]


@kind(37, SLOTS)
def slots_that_are_not_in_the_table(legal: Legal, random: Random) -> Seeded | None:
    found = [f"level_{level}_slots.maximum" for level in range(1, 10)]
    if not any(legal.sheet.get(path) for path in found):
        return None
    path = random.choice(found)
    return claim(path, "spell_slot.maximum", min(9, legal.sheet[path] + random.choice([1, 2])) - (legal.sheet[path] == 9))


@kind(38, "SRD 5.2.1, Character Creation: Multiclassing, Class Features, Spellcasting (half casters round up)")
def caster_levels_rounded_wrongly(legal: Legal, _random: Random) -> Seeded | None:
    halves = [name for name in ("paladin", "ranger") if legal.levels.count(name) % 2]
    if not halves or "caster_level" not in legal.sheet:
        return None
    return claim("caster_level", "caster_level", legal.sheet["caster_level"] - len(halves))


@kind(38, "SRD 5.2.1, Classes: Warlock, Pact Magic (slots of their own)")
def pact_slots_merged(legal: Legal, _random: Random) -> Seeded | None:
    pact, level = legal.sheet.get("pact_slots.maximum"), legal.sheet.get("level_1_slots.maximum")
    if not pact or not level:
        return None
    return claim("pact_slots.maximum", "pact_slots.maximum", pact + level)


def _more(legal: Legal, random: Random, part: str, cause: str, *, cantrips: bool) -> Seeded | None:
    found = []
    for path in sources(legal, part):
        source = path.rpartition(".")[0]
        name = source.partition(".")[0]
        highest = legal.sheet.get(f"{source}.highest_level", 0)
        held = {each.get("spell") for each in legal.collections[path].values()}
        book = (
            {each.get("spell") for each in legal.collections.get("wizard.spellbook", {}).values()} if name == "wizard" else None
        )
        offered = [
            spell
            for spell, (level, lists) in spells().items()
            if name in lists and spell not in held and (level == 0 if cantrips else 1 <= level <= highest)
        ]
        offered = [spell for spell in offered if book is None or cantrips or spell in book]
        room = legal.sheet[f"{source}.{part}_maximum"] - legal.sheet[f"{source}.{part}_count"] + 1
        if len(offered) >= room > 0:
            found.append((path, offered, room))
    if not found:
        return None
    path, offered, room = random.choice(found)
    more = random.sample(offered, room)
    changes = tuple(put("collections", path, f"more{place}", value={"spell": spell}) for place, spell in enumerate(more))
    return Seeded(cause, pointer("collections", path), changes)


@kind(39, PREPARING)
def cantrip_too_many(legal: Legal, random: Random) -> Seeded | None:
    return _more(legal, random, "cantrips", "requires.failed/spellcasting.too_many_cantrips", cantrips=True)


@kind(40, PREPARING)
def prepared_too_many(legal: Legal, random: Random) -> Seeded | None:
    return _more(legal, random, "prepared", "requires.failed/spellcasting.too_many_prepared_spells", cantrips=False)


def _fewer(legal: Legal, random: Random, part: str) -> Seeded | None:
    found = [
        path
        for path in sources(legal, part)
        if legal.sheet.get(f"{path}_count") == legal.sheet.get(f"{path}_maximum") and path.partition(".")[0] in CLASSES
    ]
    if not found:
        return None
    path = random.choice(found)
    key = random.choice(list(legal.collections[path]))
    old = frozenset({str(legal.collections[path][key].get("spell"))})
    return Seeded(f"collection.room/{part}", pointer("collections", path), (drop("collections", path, key),), hides=old)


@kind(39, PREPARING)
def cantrip_too_few(legal: Legal, random: Random) -> Seeded | None:
    return _fewer(legal, random, "cantrips")


@kind(40, PREPARING)
def prepared_too_few(legal: Legal, random: Random) -> Seeded | None:
    return _fewer(legal, random, "prepared")


def _exchanged(legal: Legal, random: Random, wanted: str) -> Seeded | None:
    found = []
    for path in (*sources(legal, "prepared"), *(sources(legal, "cantrips") if wanted == "list" else ())):
        source = path.rpartition(".")[0]
        lists = set(legal.sheet.get(f"{source}.spell_lists") or ())
        highest, name = legal.sheet.get(f"{source}.highest_level", 0), source.partition(".")[0]
        if name == "wizard" and path.endswith("prepared"):
            continue
        for key, element in legal.collections[path].items():
            low, high = (0, 0) if path.endswith("cantrips") else (1, highest) if wanted == "list" else (highest + 1, 9)
            others = [
                spell
                for spell, (level, of) in spells().items()
                if low <= level <= high and (bool(of & lists) is (wanted != "list")) and spell != element.get("spell")
            ]
            if others:
                found.append((path, key, others, element.get("spell")))
    if not found:
        return None
    path, key, others, old = random.choice(found)
    law = "not_on_the_spell_list_of_this_source" if wanted == "list" else "above_the_spell_level_of_this_source"
    keys = ("collections", path, key)
    change = put(*keys, "spell", value=random.choice(others))
    return Seeded(f"requires.failed/prepared_spell.{law}", pointer(*keys), (change,), hides=frozenset({old or ""}))


@kind(41, "SRD 5.2.1, Spells: Class Spell Lists")
def spell_of_another_list(legal: Legal, random: Random) -> Seeded | None:
    return _exchanged(legal, random, "list")


@kind(42, PREPARING + " (of a level for which you have spell slots)")
def spell_of_too_high_a_level(legal: Legal, random: Random) -> Seeded | None:
    return _exchanged(legal, random, "level")


@kind(43, "SRD 5.2.1, Spells: Always-Prepared Spells")
def always_prepared_counted(legal: Legal, random: Random) -> Seeded | None:
    found = []
    for path in legal.sheet:
        if path.endswith(".prepared_count"):
            source = path.removesuffix("_count")
            always = sum(
                value is True for each, value in legal.sheet.items() if each.startswith(f"{source}.") and each.endswith(".always")
            )
            if always:
                found.append((path, legal.sheet[path] + always))
    if not found:
        return None
    path, value = random.choice(found)
    return claim(path, subject(legal, path), value)


def subject(_legal: Legal, path: str) -> str:
    """The name of a field of what an entry brings: the kind of the entry, and then the names of the parts."""
    *above, part, name = path.split(".")
    kinds = known()[above[-1]]
    return f"{min(kinds - {'spell', 'trainable'})}.{part}.{name}"


def _classes(legal: Legal) -> list[tuple[str, str]]:
    parts = {name: "pact_magic" if name == "warlock" else "magic" for name in CLASSES}
    found = [(name, f"{name}.{parts[name]}") for name in dict.fromkeys(legal.levels)]
    return [(name, path) for name, path in found if f"{path}.save_dc" in legal.sheet]


@kind(44, "SRD 5.2.1, Spells: Effects, Saving Throws")
def another_save_dc(legal: Legal, random: Random) -> Seeded | None:
    found = _classes(legal)
    if not found:
        return None
    path = f"{random.choice(found)[1]}.save_dc"
    return claim(path, subject(legal, path), legal.sheet[path] + random.choice([-2, -1, 1, 2]))


@kind(44, "SRD 5.2.1, Classes: Spellcasting, Spellcasting Ability")
def another_spellcasting_ability(legal: Legal, random: Random) -> Seeded | None:
    found = _classes(legal)
    if not found:
        return None
    path = f"{random.choice(found)[1]}.ability"
    own = str(legal.sheet[path])
    return claim(path, subject(legal, path), random.choice([each for each in ABILITIES if each != own]))
