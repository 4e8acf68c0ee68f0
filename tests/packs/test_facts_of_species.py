"""The nine species against the facts of the book: every trait with a number, at each level, and nothing else on the sheet."""

from functools import cache
from typing import Any

import pytest

import rulecore as rc
from tests.packs.facts import SHORT, entries, facts, hero_of, made, moved, named, of, sheet_of

SPECIES = facts("species")
# Those at which a trait or the Proficiency Bonus grows, and those before.
LEVELS = (1, 2, 3, 4, 5, 9)
# The pool that pays for a trait.
POOLS = {
    "breath_weapon": "breath",
    "draconic_flight": "flight",
    "stonecunning": "stonecunning",
    "giant_ancestry": "giant_gift",
    "large_form": "large_form_use",
    "adrenaline_rush": "rush",
    "relentless_endurance": "endurance",
}
# What a trait asks, and the trait.
CHOICES = {"elven_lineage": "lineage", "gnomish_lineage": "lineage", "giant_ancestry": "ancestry", "fiendish_legacy": "legacy"}
# Values of what a species declares itself; compared one by one below.
FOLLOWING = (
    ".mode",
    ".passive",
    "carrying_size",
    "carrying_capacity",
    "hit_points",
    "lift_limit",
    "food_needed",
    "water_needed",
)

# Three clockwork devices at once (Gnome, Rock Gnome), which are no uses of a trait.
DEVICES = {"Rock Gnome": {"gnome.lineage.rock.devices.maximum": 3}}


def offered(hero: rc.Character) -> dict[str, tuple[int, dict[str, str]]]:
    """What is asked, with the labels of what is offered."""
    return {each.id: (each.count, {option.label: option.id for option in each.options}) for each in hero.options(decided=True)}


def lineages(name: str) -> list[str | None]:
    """The lineages of a species by their names in the book; none where it has none."""
    return [option for trait in SPECIES[name]["traits"].values() for option in trait.get("options", {})] or [None]


EVERY = [(name, lineage) for name in SPECIES for lineage in lineages(name)]


@cache
def asked_of(name: str) -> dict[str, tuple[int, dict[str, str]]]:
    return offered(hero_of("fighter", 20, species=name))


@cache
def bare(level: int) -> dict[str, Any]:
    return sheet_of(hero_of("fighter", level))


@cache
def born(name: str, lineage: str | None, level: int) -> rc.Character:
    choices = {}
    if lineage:
        [choice] = [choice for trait, choice in CHOICES.items() if trait in SPECIES[name]["traits"]]
        choices = {f"{name}.{choice}": asked_of(name)[f"{name}.{choice}"][1][lineage]}
    return hero_of("fighter", level, choices, species=name)


def steps(name: str, lineage: str | None, level: int) -> list[dict[str, Any]]:
    """What a lineage has gained by a level."""
    options = [options for trait in SPECIES[name]["traits"].values() if lineage in (options := trait.get("options", {}))]
    if not options:
        return []
    row = options[0][lineage]
    by_level = {int(key.removeprefix("level_")): step for key, step in row.items() if key.startswith("level_")}
    return [step for least, step in by_level.items() if least <= level] if by_level else [row]


def expected(name: str, lineage: str | None, level: int) -> dict[str, Any]:
    """What moves on a sheet outside of what the species declares itself."""
    row, gained = SPECIES[name], steps(name, lineage, level)
    traits = row["traits"]
    found: dict[str, Any] = {"species": name}
    speed = max([row["speed"], *(step.get("speed", 0) for step in gained if lineage != "Frost's Chill")])
    if speed != bare(level)["walk.speed"]:
        found |= dict.fromkeys(("base_speed", "walk.own", "walk.speed"), speed)
    sight = max([row["darkvision"], *(step.get("darkvision", 0) for step in gained)])
    found |= {"darkvision.range": sight} if sight else {}
    found |= {"size": row["sizes"][0]} if row["sizes"] == ["small"] else {}
    resisted = [
        kind for trait in traits.values() for kind in trait.get("resistance", []) if isinstance(trait["resistance"], list)
    ]
    resisted += [step["resistance"] for step in gained if "resistance" in step]
    found |= {f"{kind.lower()}.resistant": True for kind in resisted}
    saves = [SHORT[ability] for trait in traits.values() for ability in trait.get("advantage_saves", [])]
    found |= {f"{ability}.save.advantage": True for ability in saves}
    if "dwarven_toughness" in traits:
        found |= {"hit_point_maximum": bare(level)["hit_point_maximum"] + level}
    if "trance" in traits:
        found |= {"long_rest_hours": 4}
    if "powerful_build" in traits:
        found |= {"carrying_steps": int(traits["powerful_build"]["carry_size"])}
    return found


def test_all_species_are_there():
    assert set(entries("species")) == set(SPECIES)
    assert len(SPECIES) == 9


@pytest.mark.parametrize("name", SPECIES)
def test_the_row_of_a_species(name: str):
    row, entry = SPECIES[name], entries("species")[name]
    assert (entry.label, of(entry, "creature_type"), of(entry, "speed")) == (row["name"], row["creature_type"], row["speed"])
    asked = asked_of(name)
    sizes = asked[f"{name}.body"][1].values() if f"{name}.body" in asked else [of(entry, "size")]
    assert sorted(sizes) == sorted(row["sizes"])
    for size in row["sizes"]:
        choices = {f"{name}.body": size} if f"{name}.body" in asked else {}
        assert hero_of("fighter", 1, choices, species=name)["size"] == size


@pytest.mark.parametrize(("name", "lineage"), EVERY)
def test_a_species_moves_what_the_book_says_and_nothing_else(name: str, lineage: str | None):
    for level in LEVELS:
        change = moved(bare(level), sheet_of(born(name, lineage, level)))
        outside = {
            field: value for field, value in change.items() if not field.startswith(f"{name}.") and not field.endswith(FOLLOWING)
        }
        assert outside == expected(name, lineage, level), level


@pytest.mark.parametrize(("name", "lineage"), EVERY)
def test_the_spells_and_pools_of_a_species(name: str, lineage: str | None):
    """Spells with their castings without a slot, and pools with their sizes: those of the book at each level and no other."""
    traits = SPECIES[name]["traits"]
    for level in LEVELS:
        hero = born(name, lineage, level)
        bonus = hero["proficiency_bonus"]
        rows = [each["fields"] for each in hero.sheet().to_json()["records"].values() if each["type"] == "prepared_spell"]
        gained = steps(name, lineage, level)
        cantrips = {spell for step in gained for spell in [step.get("cantrip"), *step.get("cantrips", [])] if spell}
        cantrips |= {trait["cantrip"] for trait in traits.values() if "cantrip" in trait}
        # A High Elf chooses the cantrip, and Prestidigitation is on the list.
        cantrips -= {step["cantrip"] for step in gained if "swap_on_long_rest" in step}
        uses = {"1": 1, "PB": bonus}
        free = {named(step["always_prepared"]): uses[step["free_cast"][:-10]] for step in gained if "always_prepared" in step}
        assert {row["spell"]: row["free"] for row in rows if row["always"]} == dict.fromkeys(map(named, cantrips), 0) | free, (
            level
        )
        pools = {
            f"{name}.{pool}.maximum": bonus if traits[trait].get("uses") == "PB" else 1
            for trait, pool in POOLS.items()
            if trait in traits and traits[trait].get("level", 1) <= level
        }
        sheet = sheet_of(hero)
        own = {field for field in sheet if field.startswith(f"{name}.") and field.endswith(".maximum") and "magic" not in field}
        assert {field: sheet[field] for field in own} == pools | DEVICES.get(lineage or "", {}), level


@pytest.mark.parametrize("name", SPECIES)
def test_what_a_species_asks(name: str):
    """The choices of its traits with what they offer, and no other choice."""
    traits, asked = SPECIES[name]["traits"], asked_of(name)
    book = {f"{name}.{choice}": set(traits[trait]["options"]) for trait, choice in CHOICES.items() if trait in traits}
    found = {choice: set(options) for choice, (_, options) in asked.items() if choice.startswith(f"{name}.")}
    if any("spell_ability" in trait for trait in traits.values()):
        book[f"{name}.ability"] = {"Intelligence", "Wisdom", "Charisma"}
    if len(SPECIES[name]["sizes"]) > 1:
        book[f"{name}.body"] = {size.title() for size in SPECIES[name]["sizes"]}
    book |= {f"{name}.senses": set(traits["keen_senses"]["skill_choice"])} if "keen_senses" in traits else {}
    book |= {f"{name}.skill": {each.label for each in entries("skill").values()}} if "skillful" in traits else {}
    book |= {f"{name}.ancestry": set(traits["draconic_ancestry"]["choose"].values())} if "draconic_ancestry" in traits else {}
    if "versatile" in traits:
        kind = traits["versatile"]["feat_category"].lower()
        book[f"{name}.feat"] = {row["name"] for row in facts("feats").values() if row["category"] == kind}
    assert found == book
    assert {count for choice, (count, _) in asked.items() if choice.startswith(f"{name}.")} <= {1}


def test_the_breath_of_a_dragonborn():
    traits = SPECIES["dragonborn"]["traits"]
    for kind in {kind.lower() for kind in traits["draconic_ancestry"]["choose"].values()}:
        hero = hero_of("fighter", 1, {"dragonborn.ancestry": kind}, species="dragonborn")
        assert {each for each in entries("damage_type") if hero[f"{each}.resistant"]} == {kind}
    row = {int(level): dice for level, dice in traits["breath_weapon"]["dice"].items()}
    for level in range(1, 21):
        hero = hero_of("fighter", level, species="dragonborn", **{"constitution.base": 14})
        assert str(hero["dragonborn.breath_damage"]) == row[max(least for least in row if least <= level)], level
        assert hero["dragonborn.breath_dc"] == 8 + 2 + hero["proficiency_bonus"]


def test_what_a_species_knows_only_sometimes():
    """Advantage against a condition: on every saving throw, for a Goliath on checks that end Grappled."""
    for name, row in SPECIES.items():
        told = set()
        hero = hero_of("fighter", 1, species=name)
        for field in ("strength.save.advantage", "wisdom.save.advantage", "athletics.check.advantage"):
            situations = hero.explain(field).to_json()["situational"]
            told |= {(field.split(".")[1], each["against"]) for each in situations if each.get("entry") == f"species.{name}"}
        words = [
            trait["advantage"] for trait in row["traits"].values() if trait.get("advantage", "").startswith(("saves vs", "end "))
        ]
        book = {("save" if word.startswith("saves") else "check", word.split()[-1].lower()) for word in words}
        assert told == book, name


def test_lasting_effects_of_species():
    """Stonecunning, Draconic Flight and Large Form while they last: what each moves, and nothing else."""
    traits = {name: SPECIES[name]["traits"] for name in ("dwarf", "dragonborn", "goliath")}
    speed, grown = SPECIES["dragonborn"]["speed"], traits["goliath"]["large_form"]
    strength = [name for name, entry in entries("tool").items() if of(entry, "ability") == "strength"]
    strong = {f"{name}.check.advantage": True for name in ("strength", "athletics", *strength)}
    taller = {"size": "large", "speed_bonus": grown["speed"], "walk.speed": SPECIES["goliath"]["speed"] + grown["speed"]}
    assert traits["dragonborn"]["draconic_flight"]["fly_speed"] == "speed"
    assert grown["advantage"] == "str checks"
    for effect, name, wanted in (
        ("stone_sense", "dwarf", {"tremorsense.range": traits["dwarf"]["stonecunning"]["tremorsense"]}),
        ("draconic_wings", "dragonborn", {"fly.own": speed, "fly.speed": speed}),
        ("large_form", "goliath", taller | strong),
    ):
        lists = {"levels": [{"class": "fighter"}] * 5, "effects": {"e": {"effect": effect}}}
        hero = made(lists, {}, {"species": name})
        change = moved(sheet_of(born(name, None, 5)), sheet_of(hero))
        plain = {field: value for field, value in change.items() if not field.endswith(FOLLOWING)}
        assert {field: value for field, value in plain.items() if not field.startswith("effects.")} == wanted, effect
