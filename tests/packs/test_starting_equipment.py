"""Starting equipment: every package of every class and background is taken, held against the book, given back and exchanged."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import rulecore as rc
from tests.conformance.corpus import shown

FACTS = Path(__file__).parents[1] / "facts"


def facts(name: str) -> Any:
    return json.loads((FACTS / f"{name}.json").read_text(encoding="utf-8"))


BOOK = facts("starting_equipment")["starting_equipment"]
ARMOR, WEAPONS, TOOLS = facts("armor")["armor"], facts("weapons")["weapons"], facts("tools")["tools"]
WEIGHTS = {
    **{name: line["weight"] for table in (ARMOR, WEAPONS, TOOLS) for name, line in table.items()},
    **facts("gear")["gear"],
    **facts("starting_equipment")["weights"],
}
# These are weapons as well.
STAVES = {"arcane_focus_staff", "druidic_focus_wooden_staff"}
HOLY_SYMBOLS = ["holy_symbol_amulet", "holy_symbol_emblem", "holy_symbol_reliquary"]
TRAINED = {"monk": "smiths_tools", "soldier": "dragonchess_set"}
PACKAGES = [(giver, option) for giver, options in BOOK.items() for option in options]
EACH = pytest.mark.parametrize(("giver", "option"), PACKAGES, ids=lambda each: each)


@cache
def ruleset() -> rc.Ruleset:
    return rc.load_ruleset()


def names(kind: str) -> set[str]:
    return {entry.name for entry in ruleset().entries(kind)}


def blank(giver: str) -> rc.Character:
    """A character of the class, or a Fighter of the background, with the tool that the proficiency asks for and nothing else."""
    is_class = giver in names("class")
    document: dict[str, Any] = {"collections": {"levels": [{"class": giver if is_class else "fighter"}]}}
    if not is_class:
        document["fields"] = {"background": giver}
    if giver in TRAINED:
        document["choices"] = {f"{giver}.tool": [TRAINED[giver]]}
    return ruleset().new("character", document)


def sort_of(giver: str, option: str) -> list[str]:
    """What may be taken for the one thing of a package that is freely chosen; nothing where there is none."""
    sort = BOOK[giver][option].get("one_of")
    return HOLY_SYMBOLS if sort == "holy_symbol" else [name for name, line in TOOLS.items() if sort and line["group"] == sort]


def packages(giver: str, option: str) -> Iterator[tuple[dict[str, list[str]], dict[str, int]]]:
    """Each way to answer for a package: the answers, and what is in it then."""
    line, choice = BOOK[giver][option], f"{giver}.equipment"
    given = line["items"] | ({TRAINED[giver]: 1} if "same_as" in line else {})
    sort = sort_of(giver, option)
    if not sort:
        yield {choice: [option]}, given
    asked = "holy_symbol" if sort == HOLY_SYMBOLS else "instrument"
    for name in sort:
        yield {choice: [option], f"{choice}.{option}.{asked}": [name]}, given | {name: 1}


def take(hero: rc.Character, answers: dict[str, list[str]]) -> None:
    """Answer, by what is offered alone, until the package asks for nothing more."""
    for choice, answer in answers.items():
        asked = {each.id: each for each in hero.options()}
        assert set(answer) <= set(asked[choice].legal)
        hero.choose(choice, answer)
        assert hero.document["choices"][choice] == answer
    givers = {choice.partition(".")[0] for choice in answers}
    assert [each.id for each in hero.options() if each.id.startswith(tuple(f"{giver}.equipment" for giver in givers))] == []


def give_back(hero: rc.Character, answers: dict[str, list[str]]) -> None:
    for choice in reversed(answers):
        hero.edit([rc.Remove(choice)])


def state(hero: rc.Character) -> tuple[Any, Any]:
    return hero.document, hero.sheet().to_json()


def inventory(hero: rc.Character) -> dict[str, dict[str, Any]]:
    """What is carried: path of the element to its fields."""
    records = hero.sheet().to_json()["records"]
    return {path: each["fields"] for path, each in records.items() if each["type"] == "inventory_item"}


def test_every_class_and_background_has_packages():
    assert set(BOOK) == names("class") | names("background")
    for giver, options in BOOK.items():
        [asked] = [each for each in blank(giver).options() if each.id == f"{giver}.equipment"]
        assert (asked.count, list(asked.legal)) == (1, list(options))


@EACH
def test_a_package_is_that_of_the_book(giver: str, option: str):
    for answers, items in packages(giver, option):
        hero = blank(giver)
        take(hero, answers)
        carried = inventory(hero)
        assert {fields["item"]: fields["quantity"] for fields in carried.values()} == items
        # The paths can be read, and typed.
        assert set(carried) == {f"inventory.{name}" for name in items}
        assert hero["purse"] == BOOK[giver][option]["gold"]


@EACH
def test_a_package_weighs_and_arms(giver: str, option: str):
    for answers, items in packages(giver, option):
        hero = blank(giver)
        take(hero, answers)
        weight = sum(WEIGHTS[name] * number for name, number in items.items())
        assert hero["load"] == pytest.approx(weight + BOOK[giver][option]["gold"] // 50)
        attacks = {name for name in items if f"inventory.{name}.attack.bonus" in hero}
        assert attacks == {name for name in items if name in WEAPONS or name in STAVES}
        for name in attacks & set(WEAPONS):
            # The Martial Arts die of a Monk is a d6 at level 1, and better than that of a Dagger.
            damage = "1d6" if giver == "monk" else WEAPONS[name]["damage"]
            assert shown(hero[f"inventory.{name}.attack.damage"]) == damage


def armored() -> list[tuple[str, str]]:
    return [(giver, option) for giver, option in PACKAGES if set(BOOK[giver][option]["items"]) & set(ARMOR)]


@pytest.mark.parametrize(("giver", "option"), armored(), ids=lambda each: each)
def test_armor_of_a_package_is_put_on(giver: str, option: str):
    """With Dexterity 10: what the suit gives, and 2 more with the Shield."""
    answers, items = next(packages(giver, option))
    hero = blank(giver)
    take(hero, answers)
    assert hero["armor_class"] == 10
    worn = [name for name in items if name in ARMOR]
    hero.edit({f"inventory.{name}.equipped": True for name in worn})
    assert hero["armor_class"] == sum(ARMOR[name].get("base") or ARMOR[name]["bonus"] for name in worn)
    assert not hero["untrained_armor"]
    hero.choose(f"{giver}.equipment", ["package_b" if option == "package_a" else "package_a"])
    assert hero["armor_class"] == 10


@EACH
def test_what_is_given_back_leaves_no_trace(giver: str, option: str):
    hero = blank(giver)
    before = state(hero)
    for answers, _items in packages(giver, option):
        take(hero, answers)
        assert state(hero) != before
        give_back(hero, answers)
        assert state(hero) == before


@EACH
def test_what_is_exchanged_leaves_no_trace(giver: str, option: str):
    hero = blank(giver)
    answers, _items = next(packages(giver, option))
    for other in BOOK[giver]:
        *_ways, (differently, _items) = packages(giver, other)
        if differently != answers:
            take(hero, answers)
            give_back(hero, answers)
            take(hero, differently)
            alone = blank(giver)
            take(alone, differently)
            assert state(hero) == state(alone)
            give_back(hero, differently)


def test_another_package_puts_what_was_asked_for_the_first_aside():
    """The instrument stays in the document, so that it is there again when the package is; on the sheet it is not."""
    hero, alone = blank("bard"), blank("bard")
    take(hero, {"bard.equipment": ["package_a"], "bard.equipment.package_a.instrument": ["lute"]})
    first = state(hero)
    hero.choose("bard.equipment", ["package_b"])
    take(alone, {"bard.equipment": ["package_b"]})
    here, wanted = hero.sheet().to_json(), alone.sheet().to_json()
    assert (here["fields"], here["records"]) == (wanted["fields"], wanted["records"])
    hero.choose("bard.equipment", ["package_a"])
    assert state(hero) == first


def test_only_the_first_class_gives_equipment():
    levels = [{"class": "wizard"}, {"class": "fighter"}, {"class": "wizard"}]
    hero = ruleset().new("character", {"collections": {"levels": levels}})
    assert [each.id for each in hero.options() if each.id.endswith(".equipment")] == ["wizard.equipment"]
    take(hero, {"wizard.equipment": ["package_a"]})
    hero.edit([rc.Set("levels.1.class", "fighter")])
    assert [each.id for each in hero.options() if each.id.endswith(".equipment")] == ["fighter.equipment"]
    assert (inventory(hero), hero["purse"]) == ({}, 0)


def test_class_and_background_give_both():
    """Four Daggers in two lots; 8 GP and 16 GP."""
    hero = blank("rogue")
    hero.edit({"background": "criminal"})
    take(hero, {"rogue.equipment": ["package_a"], "criminal.equipment": ["package_a"]})
    daggers = {path: each["quantity"] for path, each in inventory(hero).items() if each["item"] == "dagger"}
    assert daggers == {"inventory.dagger": 2, "inventory.dagger#2": 2}
    assert hero["purse"] == 24
    other = blank("rogue")
    other.edit({"background": "criminal"})
    take(other, {"criminal.equipment": ["package_a"], "rogue.equipment": ["package_a"]})
    assert other.sheet().to_json() == hero.sheet().to_json()


def test_what_was_given_is_used_sold_and_spent():
    hero = blank("fighter")
    take(hero, {"fighter.equipment": ["package_b"]})
    load = hero["load"]
    hero.edit({"inventory.longbow.quantity": 0, "inventory.arrow.quantity": 12, "purse": 36, "inventory.scimitar.off_hand": True})
    # 2 lb of the Longbow, 8 arrows of 0.05 lb
    assert hero["load"] == pytest.approx(load - 2 - 0.4)
    assert hero["purse"] == 36
    assert hero["starting_gold"] == 11
    hero.edit({"inventory.quiver.attuned": True})
    assert hero["inventory.quiver.attuned"] is True
    with pytest.raises(rc.Refused):
        hero.edit([rc.Remove("inventory.quiver")])
