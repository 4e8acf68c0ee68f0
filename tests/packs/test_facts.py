"""The packs against the facts of the book, record by record: every row of every class table, every weapon, suit and tool."""

from typing import Any

import pytest

import rulecore as rc
from tests.conformance.corpus import shown
from tests.packs.facts import ABILITIES, LEVELS, NAMED, entries, facts, hero_of, made, named, of, sheet_of, things

# ---- classes: 240 rows

CLASSES = facts("classes")
# Where a column of a class table stands on the sheet; `CLASS` and `SOURCE` are those of the class.
COLUMNS = {
    "bardic_die": "CLASS.bardic_inspiration.die",
    "cantrips": "SOURCE.cantrips_maximum",
    "channel_divinity": "CLASS.channel_divinity.maximum",
    "favored_enemy": "CLASS.favored_enemy.maximum",
    "focus_points": "CLASS.focus.maximum",
    "martial_arts_die": "CLASS.die",
    "pact_slot_level": "pact_slot_level",
    "pact_slots": "pact_slots.maximum",
    "prepared_spells": "SOURCE.prepared_maximum",
    "rage_damage": "CLASS.rage_damage",
    "rages": "CLASS.rage.maximum",
    "second_wind": "CLASS.second_wind.maximum",
    "sneak_attack": "CLASS.sneak_attack",
    "sorcery_points": "CLASS.sorcery_points.maximum",
    "unarmored_movement": "speed_bonus",
    "weapon_mastery": "CLASS.mastery_kinds",
    "wild_shape": "CLASS.wild_shape.maximum",
}


# What the text of a feature gives and the table of the class has no column for: Fast Movement, Roving, Weapon Mastery.
WITHOUT_A_COLUMN = {
    ("barbarian", "unarmored_movement"): dict.fromkeys(range(5, 21), 10),
    ("ranger", "unarmored_movement"): dict.fromkeys(range(6, 21), 10),
    ("paladin", "weapon_mastery"): dict.fromkeys(LEVELS, 2),
    ("ranger", "weapon_mastery"): dict.fromkeys(LEVELS, 2),
    ("rogue", "weapon_mastery"): dict.fromkeys(LEVELS, 2),
}


def wanted(value: Any) -> Any:
    return f"1{value}" if str(value).startswith("d") else value or 0


@pytest.mark.parametrize("name", CLASSES)
def test_the_table_of_a_class(name: str):
    source = "warlock.pact_magic" if name == "warlock" else f"{name}.magic"
    for level, row in zip(LEVELS, CLASSES[name]["table"], strict=True):
        hero = hero_of(name, level)
        for column, value in row.items():
            if column == "spell_slots":
                slots = [hero[f"level_{number}_slots.maximum"] for number in range(1, 10)]
                assert slots == [*value, *[0] * (9 - len(value))], (level, column)
            elif column == "eldritch_invocations":
                [asked] = [each for each in hero.options(decided=True) if each.id == "warlock.invocations"]
                assert asked.count == value, (level, column)
            else:
                field = COLUMNS[column].replace("CLASS", name).replace("SOURCE", source)
                found = shown(hero[field]) if field in hero else 0
                assert found == wanted(value), (level, column)
        for column in set(COLUMNS) - set(row):
            address = COLUMNS[column].replace("CLASS", name).replace("SOURCE", source)
            found = shown(hero[address]) if address in hero else 0
            assert found == WITHOUT_A_COLUMN.get((name, column), dict[int, int]()).get(level, 0), (level, column)


@pytest.mark.parametrize("name", CLASSES)
def test_the_traits_of_a_class(name: str):
    book, hero = CLASSES[name], hero_of(name, 1)
    assert of(entries("class")[name], "hit_die") == f"d{book['hit_die']}_hit_point_dice"
    assert of(entries("class")[name], "primary") == sorted(book["primary"]["of"])
    saves = {
        save for save in hero.sheet().to_json()["fields"] if save.endswith(".save.proficiency") and hero[save] == "proficient"
    }
    assert saves == {f"{ability}.save.proficiency" for ability in book["saves"]}
    assert training(hero) == trained(book["armor"], book["weapons"])
    assert of(entries("class")[name], "primary_all") is (book["primary"]["how"] == "all")
    [skills] = [each for each in hero.options() if each.id == f"{name}.skills"]
    offered = {each.id for each in skills.options}
    everything = set(entries("skill"))
    assert (skills.count, offered) == (book["skills"]["choose"], set(book["skills"]["from"] or everything))
    twenty = {each.id for each in hero_of(name, 20).options(decided=True)}
    assert {each for each in twenty if each.endswith(".improvement")} == {
        f"{name}.{at}.improvement" for at in book["improvements"]
    }
    assert f"{name}.{book['boon']}.boon" in twenty


def training(hero: rc.Character) -> tuple[set[str], set[str], set[str]]:
    """Armor, categories of weapons, and single weapons beside them."""
    return set(hero.members("armor_training")), set(hero.members("weapon_training")), set(hero.members("trained_weapons"))


def trained(armor: list[str], weapons: dict[str, Any]) -> tuple[set[str], set[str], set[str]]:
    """The same from the book, where single weapons are those of a category with one of some properties."""
    single = {
        name
        for category, properties in weapons["by_property"]
        for name, line in facts("weapons").items()
        if line["category"] == category and set(properties) & set(line["properties"])
    }
    suits = {f"{each}_armor" if each != "shield" else "shields" for each in armor}
    return suits, {f"{each}_weapons" for each in weapons["categories"]}, single


@pytest.mark.parametrize("name", CLASSES)
def test_what_a_second_class_trains(name: str):
    """The later class gives the proficiencies of multiclassing and no others; the first is one that gives no armor."""
    first = "sorcerer" if name != "sorcerer" else "wizard"
    book, before = CLASSES[name]["multiclass"], hero_of(first, 1)
    hero = made({"levels": [{"class": first}, {"class": name}]}, {}, {})
    suits, categories, single = trained(book["armor"], book["weapons"])
    assert training(hero) == (suits, categories | {"simple_weapons"}, single)
    asked = {each.id: each.count for each in hero.options()}
    skills = [choice for choice in asked if choice.startswith(f"{name}.") and "skill" in choice]
    assert [asked[choice] for choice in skills] == [book["skills"]] * bool(book["skills"])
    assert {ability for ability in ABILITIES if hero[f"{ability}.save.proficiency"] == "proficient"} == {
        ability for ability in ABILITIES if before[f"{ability}.save.proficiency"] == "proficient"
    }


@pytest.mark.parametrize("name", CLASSES)
def test_the_magic_of_a_class(name: str):
    book, hero = CLASSES[name]["casting"], hero_of(name, 2)
    assert of(entries("class")[name], "casting") == (book and book["progression"])
    source = "warlock.pact_magic" if name == "warlock" else f"{name}.magic"
    sheet = sheet_of(hero)
    assert sheet.get(f"{source}.ability") == (book and book["ability"])
    assert sheet.get(f"{source}.spell_lists") == (book and [name])


# ---- things: what carries its own heading of the chapter of equipment, so that magic and foci are apart


def of_heading(kind: str, heading: str) -> dict[str, rc.Entry]:
    return {
        name: each for name, each in entries(kind).items() if (each.citation or "").startswith(f"SRD 5.2.1, Equipment: {heading}")
    }


def test_all_weapons_armor_and_tools_are_there_and_no_others():
    assert set(of_heading("weapon", "Weapons")) == set(facts("weapons"))
    assert set(of_heading("armor", "Armor")) | set(of_heading("shield", "Armor")) == set(facts("armor"))
    assert set(entries("tool")) == set(facts("tools"))


@pytest.mark.parametrize("name", facts("weapons"))
def test_a_weapon(name: str):
    book, entry = facts("weapons")[name], entries("weapon")[name]
    assert of(entry, "weapon_category") == f"{book['category']}_weapons"
    assert of(entry, "ranged") is (book["kind"] == "ranged")
    assert of(entry, "damage") == (int(book["damage"]) if book["damage"].isdecimal() else book["damage"])
    assert of(entry, "versatile_damage") == (book["versatile"] or 0)
    assert (of(entry, "damage_type"), of(entry, "mastery")) == (book["damage_type"], book["mastery"])
    assert of(entry, "weapon_properties") == sorted(book["properties"])
    assert [of(entry, "range"), of(entry, "long_range")] == [book["range"] or 0, book["long_range"] or 0]
    assert of(entry, "weight") == book["weight"]
    hero = made({"levels": [{"class": "fighter"}], "inventory": {"w": {"item": name, "equipped": True}}}, {}, {})
    assert hero["inventory.w.attack.reach"] == (book["reach"] or 0)


def test_armor():
    book = facts("armor")
    suits, shields = entries("armor"), entries("shield")
    for name, line in book.items():
        if name in shields:
            assert (of(shields[name], "bonus"), of(shields[name], "weight")) == (line["bonus"], line["weight"])
            continue
        entry = suits[name]
        assert of(entry, "armor_category") == f"{line['category']}_armor"
        assert of(entry, "armor_class") == line["base"]
        assert (of(entry, "strength") or None) == line["strength"]
        assert of(entry, "noisy") is line["stealth_disadvantage"]
        assert of(entry, "weight") == line["weight"]
        for dexterity in (8, 12, 14, 18):
            worn = {"levels": [{"class": "fighter"}], "inventory": {"a": {"item": name, "equipped": True}}}
            hero = made(worn, {}, {"dexterity.base": dexterity})
            modifier = hero["dexterity.modifier"]
            added = {"full": modifier, "max_2": min(2, modifier), "none": 0}[line["dexterity"]]
            assert hero["armor_class"] == line["base"] + added, (name, dexterity)
    assert len(book) == 13


# What is magic in itself is made of a thing that has a price, which the book adds to what its rarity is worth.
MADE_OF_THINGS = (
    "Elven Chain",
    "Dwarven Plate",
    "Glamoured Studded Leather",
    "Armor of Invulnerability",
    "Sentinel Shield",
    "Staff of Power",
)


def test_tools_and_gear():
    tools = entries("tool")
    groups = {"musical_instrument": "musical_instruments", "gaming_set": "gaming_sets"}
    for name, line in facts("tools").items():
        assert (of(tools[name], "ability"), of(tools[name], "tool_group")) == (
            line["ability"],
            groups.get(line["group"], line["group"]),
        ), name
        assert of(tools[name], "weight") == line["weight"], name
    items, book = things(), {NAMED.get(name, name): weight for name, weight in facts("gear").items()}
    assert {name: of(items[name], "weight") for name in book} == book


def test_prices():
    """In copper pieces in the book, in gold pieces here."""
    items, book = things(), facts("prices")
    assert {name: of(items[name], "cost") * 100 for name in book} == book
    gear = {NAMED.get(named(entry.label), entry.name) for entry in items.values() if "Adventuring Gear" in (entry.citation or "")}
    headings = {f"SRD 5.2.1, Magic Items: {heading}" for heading in MADE_OF_THINGS}
    magic = {name for name, entry in items.items() if entry.citation in headings}
    assert {name for name, entry in items.items() if of(entry, "cost")} - set(book) <= gear | magic | set(facts("goods")["tack"])


# ---- backgrounds and invocations


@pytest.mark.parametrize("name", facts("backgrounds"))
def test_a_background(name: str):
    line, entry, hero = facts("backgrounds")[name], entries("background")[name], hero_of("fighter", 1, background=name)
    bare = hero_of("fighter", 1)
    assert of(entry, "abilities") == sorted(line["abilities"])
    skilled = {each for each in entries("skill") if hero[f"{each}.check.proficiency"] != bare[f"{each}.check.proficiency"]}
    assert skilled == set(line["skills"])
    tools = {each for each in entries("tool") if hero[f"{each}.check.proficiency"] != bare[f"{each}.check.proficiency"]}
    assert tools == ({line["tool"]} if line["tool"] else set())
    asked = {each.id: [option.id for option in each.options] for each in hero.options(decided=True) if each.id.startswith(name)}
    if line["tool_from"]:
        kind = [tool for tool, row in facts("tools").items() if row["group"] == line["tool_from"]]
        assert sorted(kind) in [sorted(offered) for offered in asked.values()]
    assert bool(line["tool_from"]) == any(set(offered) <= set(entries("tool")) for offered in asked.values())
    assert given(name) == line["feat"]
    source = [set(offered) for choice, offered in asked.items() if choice.endswith(".magic_initiate.spell")]
    spells = {spell for spell, row in facts("spells").items() if row["level"] == 1 and line["list"] in row["lists"]}
    assert source == ([spells] if line["list"] else [])


def given(background: str) -> str:
    """The feat of a background: one that cannot be taken again, or else the one that asks for spells."""
    once = []
    for feat, row in facts("feats").items():
        if row["category"] == "origin" and not row["repeatable"]:
            hero = hero_of("fighter", 1, {"human.feat": feat}, species="human", background=background)
            once += [feat] * any("more than once" in finding.message for finding in hero.findings)
    asked = [
        each.id.split(".")[1]
        for each in hero_of("fighter", 1, background=background).options(decided=True)
        if each.id.count(".") > 1
    ]
    [feat] = {*once, *asked}
    return feat


@pytest.mark.parametrize("name", facts("backgrounds"))
def test_the_scores_of_a_background(name: str):
    """Of its three abilities one rises by 2 and another by 1, or all by 1; none above 20."""
    abilities, path = facts("backgrounds")[name]["abilities"], f"{name}.increase"
    for two in abilities:
        for one in set(abilities) - {two}:
            choices = {path: "two_and_one", f"{path}.two_and_one.two": two, f"{path}.two_and_one.one": one}
            assert rises(name, choices) == {two: 2, one: 1}
    assert rises(name, {path: "one_each"}) == dict.fromkeys(abilities, 1)
    assert rises(name, {path: "one_each"}, 20) == {}
    choices = {path: "two_and_one", f"{path}.two_and_one.two": abilities[0], f"{path}.two_and_one.one": abilities[1]}
    assert rises(name, choices, 19) == dict.fromkeys(abilities[:2], 1)


def rises(background: str, choices: dict[str, Any], base: int = 10) -> dict[str, int]:
    """By how much each score is higher than what was generated."""
    bases = {f"{ability}.base": base for ability in ABILITIES}
    hero = hero_of("fighter", 1, choices, background=background, **bases)
    return {ability: hero[f"{ability}.score"] - base for ability in ABILITIES if hero[f"{ability}.score"] != base}


def test_all_backgrounds_and_invocations_are_there():
    assert set(entries("background")) == set(facts("backgrounds"))
    assert set(entries("invocation")) == set(facts("invocations"))


@pytest.mark.parametrize(("name", "least"), facts("invocations").items())
def test_an_invocation_asks_for_a_level(name: str, least: int | None):
    """One level below what the book says it is refused for that reason; at that level for no such reason."""
    for level, refused in ((max(1, (least or 1) - 1), (least or 1) > 1), (least or 1, False)):
        hero = hero_of("warlock", level)
        hero.edit({"warlock.invocations": [name]})
        reasons = [finding.message for finding in hero.findings if "Warlock level" in finding.message]
        assert bool(reasons) is refused, (level, reasons)
