"""What things are used for, against the facts of the book: neither has what the other lacks."""

from fractions import Fraction
from typing import Any

import pytest

import rulecore as rc
from tests.conformance.corpus import shown
from tests.packs.facts import NAMED, entries, facts, of, ruleset, things

GEAR, GOODS, WORLD = facts("gear_uses"), facts("goods"), facts("world")
COPPER = 100
CARD = ("range", "saves", "check_of", "difficulty", "damage", "damage_type", "heals")
"""The numbers of a card that the facts name; what they leave out is that of a card that says nothing."""
SILENT = {"range": 5, "saves": [], "check_of": [], "difficulty": 0, "damage": 0, "damage_type": None, "heals": 0}
CONTAINER = ("capacity", "volume", "liquid", "holds_pieces")
LIGHT = ("bright_light", "dim_light", "light_cone", "burns", "fuel")


def said(entry: rc.Entry, names: tuple[str, ...]) -> dict[str, Any]:
    """The properties that an entry gives itself, in the forms of the facts."""
    return {name: plain(entry.properties[name]) for name in names if name in entry.properties}


def plain(value: Any) -> Any:
    if isinstance(value, Fraction):
        return float(value)
    if hasattr(value, "items"):
        return {key.name: amount for key, amount in value.items()}
    if isinstance(value, frozenset | tuple):
        return sorted(each.name for each in value)
    return getattr(value, "name", shown(value))


def given(names: tuple[str, ...], kinds: dict[str, rc.Entry]) -> dict[str, dict[str, Any]]:
    """All entries that give one of these properties, with what they give."""
    found = {name: said(entry, names) for name, entry in kinds.items()}
    return {name: each for name, each in found.items() if each}


def hero(*items: str, **scores: int) -> rc.Character:
    """A fighter of level 1 who carries some things."""
    inventory = {f"i{place}": {"item": name} for place, name in enumerate(items)}
    fields = {f"{ability}.base": score for ability, score in scores.items()}
    return ruleset().new(
        "character", {"fields": fields, "collections": {"levels": [{"class": "fighter"}], "inventory": inventory}}
    )


def cards(who: rc.Character, below: str) -> dict[str, dict[str, Any]]:
    """The cards below a path: what each says where a card may stay silent."""
    structure = who.derivation.structure.instances
    found = [each for each in structure if each.on_read and each.path.rpartition(".")[0] == below]
    return {each.path.rpartition(".")[2]: {name: value(who, f"{each.path}.{name}") for name in CARD} for each in found}


def value(who: rc.Character, path: str) -> Any:
    if path.rpartition(".")[2] in {"saves", "check_of"}:
        return sorted(who.members(path))
    return shown(who[path])


# ---- gear


def test_containers_packs_lights_and_ammunition():
    items = things()
    assert given(CONTAINER, items) == GEAR["containers"]
    assert {name: each["pack_contents"] for name, each in given(("pack_contents",), items).items()} == GEAR["contents"]
    assert given(LIGHT, items) == GEAR["lights"]
    sold = {name: [each["sold_by"], each["kept_in"]] for name, each in given(("sold_by", "kept_in"), items).items()}
    assert sold == {name: line[:2] for name, line in GEAR["ammunition"].items()}
    for name, (amount, _, price) in GEAR["ammunition"].items():
        assert round(of(items[name], "cost") * amount * COPPER, 6) == price, name


def test_a_pack_weighs_what_is_in_it():
    items = things()
    assert len(GEAR["contents"]) == 7
    for name, contents in GEAR["contents"].items():
        assert of(items[name], "weight") == sum(of(items[each], "weight") * count for each, count in contents.items()), name


GEAR_NAMES = sorted({NAMED.get(name, name) for name in (*facts("gear"), *GEAR["ammunition"], *GOODS["tack"])})


@pytest.mark.parametrize("name", GEAR_NAMES)
def test_the_cards_of_a_thing(name: str):
    """Dexterity 16 and proficiency 2: what is thrown has 8 + 3 + 2; with Dexterity 8 it has 8 - 1 + 2."""
    book = GEAR["cards"].get(name, {})
    for dexterity, thrown in ((16, 13), (8, 9)):
        found = cards(hero(name, dexterity=dexterity), f"inventory.i0.{name}")
        assert found == {card: SILENT | wanted(line, thrown) for card, line in book.items()}


def wanted(line: dict[str, Any], thrown: int) -> dict[str, Any]:
    numbers = {field: each for field, each in line.items() if field in CARD}
    if numbers.get("difficulty") == "thrown":
        numbers["difficulty"] = thrown
    return {field: each.replace(" ", "") if isinstance(each, str) else each for field, each in numbers.items()}


@pytest.mark.parametrize(("name", "card"), [(name, card) for name, each in GEAR["cards"].items() for card in each])
def test_a_bonus_action_is_one_and_a_cost_is_named(name: str, card: str):
    line, who = GEAR["cards"][name][card], hero(name)
    path = f"inventory.i0.{name}.{card}"
    [made] = [each for each in who.derivation.structure.instances if each.path == path]
    assert made.shape.rpartition(" ")[2] == ("bonus_action" if line.get("bonus_action") else "action")
    assert (who[f"{path}.cost"] is not None) is ("cost" in line)
    if "bonus" in line:
        assert who[f"{path}.bonus"] == line["bonus"]


def test_the_bonus_of_a_check_is_that_of_whoever_acts():
    """Strength 18 alone: +4 on Athletics, nothing on Acrobatics."""
    who = hero("chain", strength=18)
    assert who["inventory.i0.chain.wrap_in_chain.bonus"] == who["athletics.check.bonus"] == 4
    assert who["inventory.i0.chain.escape_chain.bonus"] == 0


def test_what_helps_in_one_situation():
    """Listed at each number that it reaches, counted at none; where the facts name none there is none."""
    bare, who = hero(), hero(*GEAR_NAMES)
    who.edit({f"inventory.i{place}.equipped": True for place in range(len(GEAR_NAMES))})
    labels = {things()[name].label: name for name in GEAR_NAMES}
    listed: dict[str, set[str]] = {}
    for path in bare.derivation.paths():
        for term in who.explain(path).situational:
            assert who[path] == bare[path], path
            listed.setdefault(labels[term.label], set()).add(path)
    assert listed == {name: reached(bare, helps) for name, helps in GEAR["helps"].items()}


def reached(who: rc.Character, helps: dict[str, Any]) -> set[str]:
    """The paths behind `all` and `strength`: every ability check, or every one of that ability."""
    found = {path for path in helps if path not in {"all", "strength"}}
    tests = [path for path in who.derivation.paths() if path.endswith((".check.advantage", "initiative.advantage"))]
    for path in tests:
        owner = path.removesuffix(".advantage")
        if "all" in helps or ("strength" in helps and who[f"{owner}.ability"] == "strength"):
            found.add(path)
            if helps.get("strength") == 4:
                found.add(f"{owner}.bonus")
    return found


def test_what_acts_by_being_carried():
    marked = {name for name in GEAR_NAMES if things()[name].properties.get("worn") is False}
    assert marked == set(GEAR["carried"])


def test_a_healers_kit_has_ten_uses():
    who = hero("healers_kit")
    assert who["inventory.i0.healers_kit.kit_uses.maximum"] == 10
    who.edit({"inventory.i0.quantity": 2, "inventory.i0.healers_kit.kit_uses.spent": 3})
    assert who["inventory.i0.healers_kit.kit_uses.remaining"] == 17


# ---- tools


@pytest.mark.parametrize("name", facts("tools"))
def test_what_a_tool_is_for(name: str):
    book, entry, who = facts("tool_uses")[name], entries("tool")[name], hero(name, dexterity=14, strength=14)
    assert of(entry, "crafts") == book["crafts"]
    found = cards(who, name)
    assert sorted(card["difficulty"] for card in found.values()) == book["difficulties"]
    for card, line in found.items():
        assert line["check_of"] == [name]
        assert who[f"{name}.{card}.bonus"] == who[f"{name}.check.bonus"]


def test_every_tool_stands_in_the_facts():
    assert set(entries("tool")) == set(facts("tool_uses"))


# ---- what else money buys


def table(kind: str, *names: str) -> dict[str, dict[str, Any]]:
    return {name: {each: priced(entry, each) for each in names} for name, entry in entries(kind).items()}


def priced(entry: rc.Entry, name: str) -> Any:
    found = of(entry, name)
    return round(found * COPPER, 6) if name == "cost" else found


def test_animals_and_vehicles():
    assert table("mount", "carrying_capacity", "cost") == GOODS["mounts"]
    names = (
        "travels_by",
        "speed",
        "crew",
        "passengers",
        "cargo",
        "armor_class",
        "hit_points",
        "damage_threshold",
        "cost",
        "weight",
    )
    drawn = {name: {"travels_by": "land", **line} for name, line in GOODS["drawn_vehicles"].items()}
    book = {name: dict.fromkeys(names, 0) | line for name, line in (drawn | GOODS["ships"]).items()}
    assert table("vehicle", *names) == book
    for name, line in GOODS["tack"].items():
        assert (of(things()[name], "weight"), priced(things()[name], "cost")) == (line["weight"], line["cost"]), name


def test_lifestyles_and_services():
    assert {name: line["cost"] for name, line in table("lifestyle", "cost").items()} == GOODS["lifestyles"]
    spells = {
        str(line["level"]): [line["cost"], line["settlement"]]
        for line in table("spell_service", "level", "cost", "settlement").values()
    }
    assert spells == GOODS["spell_services"]
    others = {name: [line["cost"], line["sold_by"]] for name, line in table("service", "cost", "sold_by").items()}
    assert {name: line for name, line in others.items() if name not in entries("spell_service")} == GOODS["services"]


@pytest.mark.parametrize(("level", "line"), GOODS["scribing"].items())
def test_scribing_a_scroll(level: str, line: list[int]):
    spell = next(name for name, entry in entries("spell").items() if of(entry, "level") == int(level))
    who = ruleset().new("character", {"collections": {"scrolls": {"s": {"spell": spell}}}})
    assert [who["scrolls.s.days"], who["scrolls.s.materials"] * COPPER] == line
    assert not who["scrolls.s.able"]
    assert any("not prepared" in finding.message for finding in who.findings)


# ---- the world


def test_objects_needs_and_paces():
    assert {name: line["armor_class"] for name, line in table("substance", "armor_class").items()} == WORLD["substances"]
    sizes = table("size", "food", "water", "fragile", "resilient")
    assert {name: line["food"] for name, line in sizes.items()} == WORLD["food"]
    assert {name: line["water"] for name, line in sizes.items()} == WORLD["water"]
    breakable = {name: [line["fragile"], line["resilient"]] for name, line in sizes.items() if line["fragile"]}
    assert breakable == WORLD["object_hit_points"]
    paces = table("pace", "minute_distance", "hour_distance", "day_distance")
    assert {name: [*line.values()] for name, line in paces.items()} == WORLD["paces"]


def test_hazards():
    names = ("damage", "per_feet", "most_damage", "damage_type", "save", "difficulty", "growth")
    assert {name: said(entry, names) for name, entry in entries("hazard").items()} == WORLD["hazards"]


def test_the_actions_of_everybody():
    """Strength 16 and proficiency 2: 8 + 3 + 2."""
    told = {"Speed": 30, "Unarmed Strike": 13}
    book = {
        name: SILENT | {key: told.get(str(each), each) for key, each in line.items()} for name, line in WORLD["actions"].items()
    }
    who = hero(strength=16)
    assert cards(who, "") == book
    assert who["hide_action.bonus"] == who["stealth.check.bonus"]


def test_cards_are_no_part_of_a_sheet():
    shown_fields = hero("acid_vial", "drum").sheet().to_json()
    names = [*shown_fields["fields"], *shown_fields["records"]]
    assert [name for name in names if "throw_acid" in name or "play_tune" in name or "hide_action" in name] == []


# ---- numbers of everybody


@pytest.mark.parametrize(
    ("scores", "numbers"),
    [
        ({"strength": 15, "constitution": 8}, (15, 7, 5, 2, 450, Fraction(1, 2))),
        ({"strength": 1, "constitution": 18}, (1, 0, 0, 0, 30, 5)),
        ({"strength": 20, "constitution": 12}, (20, 10, 8, 4, 600, 2)),
    ],
)
def test_jumps_weights_and_breath(scores: dict[str, int], numbers: tuple[Any, ...]):
    who = hero(**scores)
    names = ("long_jump", "standing_long_jump", "high_jump", "standing_high_jump", "lift_limit", "held_breath")
    assert tuple(who[name] for name in names) == numbers


def test_a_thief_jumps_by_the_better_of_two():
    for strength, dexterity, longest, highest in ((10, 18, 18, 7), (18, 10, 18, 7)):
        fields = {"strength.base": strength, "dexterity.base": dexterity}
        levels = [{"class": "rogue"}] * 3
        who = ruleset().new(
            "character", {"fields": fields, "collections": {"levels": levels}, "choices": {"rogue.3.subclass": ["thief"]}}
        )
        assert (who["long_jump"], who["high_jump"], who["standing_long_jump"]) == (longest, highest, longest // 2)
