"""Spells, spells always prepared, magic items and enchantments against the facts of the book, record by record and both ways."""

from typing import Any

import pytest

import rulecore as rc
from tests.packs.facts import LEVELS, entries, facts, hero_of, of, things

SPELLS = facts("spells")
RARITIES = facts("rarities")

# ---- spells: 339 rows

# Its extra damage has the type of the weapon, so that the book names none.
DAMAGE_OF_NO_TYPE = {"enlarge_reduce"}
WORDS = {"action": "Action", "bonus action": "Bonus Action", "reaction": "Reaction", "Self": "Yourself"}


def test_all_spells_are_there():
    assert set(entries("spell")) == set(SPELLS)


def components(row: dict[str, Any]) -> str:
    letters = ", ".join(row["components"])
    if not row["cost"]:
        return letters
    prices = " and ".join(f"{price:,}+ GP" for price in row["cost"])
    return f"{letters} ({prices}{', consumed' if row['consumed'] else ''})"


@pytest.mark.parametrize("name", SPELLS)
def test_a_spell(name: str):
    row, entry = SPELLS[name], entries("spell")[name]
    assert entry.label == row["name"]
    assert entry.citation == f"SRD 5.2.1, Spells: {row['name']}"
    assert [of(entry, each) for each in ("level", "school")] == [row["level"], row["school"]]
    assert of(entry, "spell_lists") == sorted(row["lists"])
    assert of(entry, "casting_time") == WORDS.get(row["casting_time"], row["casting_time"])
    assert of(entry, "range") == WORDS.get(row["range"], row["range"])
    assert of(entry, "components") == components(row)
    assert of(entry, "lasting_time") == ("Concentration, up to " if row["concentration"] else "") + row["duration"]
    assert (of(entry, "concentration"), of(entry, "ritual")) == (row["concentration"], row["ritual"])
    assert of(entry, "damage_types") == sorted(row["damage"])
    assert of(entry, "tags") == (["deals_damage"] if row["damage"] or name in DAMAGE_OF_NO_TYPE else [])


# ---- spells always prepared

ALWAYS = facts("always_prepared")
# Prepared or known by a feature of the class itself, with its level and the class.
OF_THE_CLASS = {
    "druid": {1: {"speak_with_animals"}},
    "paladin": {2: {"divine_smite"}, 5: {"find_steed"}},
    "ranger": {1: {"hunters_mark"}},
    "warlock": {9: {"contact_other_plane"}},
    "bard": {20: {"power_word_heal", "power_word_kill"}},
}
SUBCLASSES = {entry.name: entry for entry in entries("subclass").values()}


def always(hero: rc.Character) -> set[str]:
    """The spells that some source of a character always has prepared, or knows without counting them."""
    records = hero.sheet().to_json()["records"].values()
    return {row["fields"]["spell"] for row in records if row["type"] == "prepared_spell" and row["fields"]["always"]}


def of_rows(rows: dict[Any, Any], level: int) -> set[str]:
    return {spell for least, spells in rows.items() for spell in spells if int(least) <= level}


@pytest.mark.parametrize("name", [*SUBCLASSES, *(name for name in ALWAYS if name.endswith("_land"))])
def test_what_a_subclass_keeps_prepared(name: str):
    """At each level the spells of its rows and of the features of its class, and no other."""
    subclass = "circle_of_the_land" if name.endswith("_land") else name
    kind = of(SUBCLASSES[subclass], "class")
    chosen = {f"{kind}.3.subclass": subclass}
    if name != subclass:
        chosen[f"{kind}.3.subclass.{subclass}.land"] = name.removesuffix("_land")
    for level in LEVELS:
        hero = hero_of(kind, level, chosen if level >= 3 else {})
        assert always(hero) == of_rows(ALWAYS.get(name, {}), level) | of_rows(OF_THE_CLASS.get(kind, {}), level), level


def test_every_row_of_spells_belongs_to_a_subclass_or_a_land():
    lands = {f"{name}_land" for name in ("arid", "polar", "temperate", "tropical")}
    assert set(ALWAYS) <= set(SUBCLASSES) | lands
    assert lands <= set(ALWAYS)


# ---- magic items and enchantments

PLUS = ("Weapon", "Armor", "Shield", "Wand of the War Mage")


def magic() -> dict[str, rc.Entry]:
    """Everything that has a rarity, asks for attunement or is cited as a magic item."""
    found = things() | entries("enchantment")
    return {
        name: entry
        for name, entry in found.items()
        if of(entry, "rarity") or of(entry, "attunement") or "Magic Items:" in (entry.citation or "")
    }


def row_of(entry: rc.Entry) -> tuple[str, str]:
    """The heading in the book and the rarity that it gives this thing."""
    heading = (entry.citation or "").removeprefix("SRD 5.2.1, Magic Items: ")
    heading = "Ioun Stone" if heading.startswith("Ioun Stone, ") else heading
    rarity = RARITIES[heading]["rarity"]
    if isinstance(rarity, str):
        return heading, rarity
    [part] = [part for part in rarity if part.lower() in entry.label.lower()]
    return heading, rarity[part]


@pytest.mark.parametrize("name", magic())
def test_a_magic_item(name: str):
    entry = magic()[name]
    heading, rarity = row_of(entry)
    assert of(entry, "rarity") == rarity
    assert of(entry, "attunement") is RARITIES[heading]["attunement"]


def test_every_row_of_magic_items_with_numbers_is_there():
    """The oracle reads numbers of these rows; the pack has each, and so many of the rows of a line as the line has."""
    for table in ("magic_items", "enchantments"):
        assert set(facts(table)) <= set(magic()), table
    for heading in ("Belt of Giant Strength", "Potion of Giant Strength", *(f"{name}, +1, +2, or +3" for name in PLUS)):
        of_heading = [name for name, entry in magic().items() if row_of(entry)[0] == heading]
        assert len(of_heading) == len(RARITIES[heading]["rarity"]), heading


def test_the_thing_that_a_magic_item_is_made_of():
    """A suit, Shield or weapon that is magic in itself is like one that its line allows."""
    for name, entry in magic().items():
        if entry.kind in ("armor", "shield", "weapon"):
            base = RARITIES[row_of(entry)[0]]["base"] or "Quarterstaff"
            alike = [each for each in entries(entry.kind).values() if each.label in base and each.label != entry.label]
            assert any(of(each, "weight") == of(entry, "weight") for each in alike), name
