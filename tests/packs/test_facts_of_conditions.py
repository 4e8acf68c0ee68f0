"""The 15 conditions against the facts of the book: a sheet with one differs from a sheet without in these values alone."""

from typing import Any

import pytest

from tests.packs.facts import ABILITIES, entries, facts, made, moved, sheet_of

CONDITIONS = facts("conditions")
# They only follow from what is compared here.
FOLLOWING = (".mode", ".passive", "passive_perception", "passive_insight", "passive_investigation", "initiative_score")
# What the body cannot do, which the book says in words.
LOST = {"blinded": "can_see", "deafened": "can_hear", "incapacitated": "can_act"}
ARMS = {"sword": {"item": "longsword", "equipped": True}, "bow": {"item": "shortbow", "equipped": True}}


def bearer(condition: str | None, level: int = 1) -> Any:
    """A Wizard with weapons, so that attacks with weapons, Unarmed Strikes and attacks with spells all occur."""
    conditions = {"c": {"condition": condition, "level": level}} if condition else {}
    return made({"levels": [{"class": "wizard"}] * 5, "inventory": ARMS, "conditions": conditions}, {}, {})


def rolls_of(what: str) -> set[str]:
    """The addresses of all D20 Tests of a sort."""
    addresses = {name.removesuffix(".disadvantage") for name in sheet_of(bearer(None)) if name.endswith(".disadvantage")}
    saves = {name for name in addresses if name.endswith("save")}
    attacks = {name for name in addresses if name.endswith(("attack", "unarmed_strike"))}
    return {"attacks": attacks, "saves": saves, "checks": addresses - attacks - saves, "all": addresses}[what]


def expected(name: str) -> dict[str, Any]:
    """What the row of a condition, and those that it includes, say about the sheet."""
    row = CONDITIONS[name]
    found: dict[str, Any] = {f"{name}.level": 1}
    found |= {LOST[name]: False} if name in LOST else {}
    for included in row["includes"]:
        found |= expected(included)
    for mode, tests in (
        (row["own_attacks"], rolls_of("attacks")),
        (row["checks"], rolls_of("checks")),
        (row["initiative"], {"initiative"}),
        (row["dexterity_saves"], {"dexterity.save"}),
    ):
        found |= {f"{test}.{mode}": True for test in tests if mode}
    found |= {f"{ability}.save.fails": True for ability in row["fails"]}
    found |= {f"{condition}.immune": True for condition in row["immune"]}
    found |= {f"{kind}.resistant": True for kind in entries("damage_type") if row["resists_all"]}
    found |= {"speed_maximum": 0, "walk.speed": 0} if row["speed_zero"] else {}
    found |= {"attacked_with_advantage": True, "advantage_for_attackers": True} if row["attacked_with"] == "advantage" else {}
    found |= {"attacked_with_disadvantage": True} if row["attacked_with"] == "disadvantage" else {}
    found |= {"can_concentrate": False} if row["ends_concentration"] else {}
    # Nobody casts without an action, and a spell needs speech or one of them.
    found |= {"can_cast": False} if row["no_speech"] else {}
    return found


def sometimes(name: str) -> set[str]:
    """The fields that a condition moves in a situation that no sheet knows."""
    row = CONDITIONS[name]
    found = set().union(*(sometimes(included) for included in row["includes"]))
    for what, modes in row["sometimes"].items():
        if what == "attacked_with":
            whose = {"advantage": "advantage_for_attackers", "disadvantage": "attacked_with_disadvantage"}
            found |= {whose[mode] for mode in modes}
        else:
            found |= {f"{test}.{mode}" for test in rolls_of(what.removeprefix("own_")) for mode in modes}
    return found


def test_all_conditions_are_there():
    assert set(entries("condition")) == set(CONDITIONS)
    assert len(CONDITIONS) == 15


@pytest.mark.parametrize("name", sorted(set(CONDITIONS) - {"exhaustion"}))
def test_a_condition_moves_what_the_book_says_and_nothing_else(name: str):
    change = moved(sheet_of(bearer(None)), sheet_of(bearer(name)))
    plain = {field: value for field, value in change.items() if not field.endswith(FOLLOWING)}
    assert {field: value for field, value in plain.items() if not field.startswith("conditions.")} == expected(name)


@pytest.mark.parametrize("name", CONDITIONS)
def test_a_condition_says_what_holds_only_sometimes(name: str):
    hero = bearer(name)
    whose = {f"condition.{name}"} | {f"condition.{included}" for included in CONDITIONS[name]["includes"]}
    told = set()
    for field, value in sheet_of(hero).items():
        if isinstance(value, bool):
            told |= {field for effect in hero.explain(field).to_json()["situational"] if effect.get("entry") in whose}
    assert told == sometimes(name)


@pytest.mark.parametrize("level", range(1, 7))
def test_exhaustion(level: int):
    """Every D20 Test and every Speed falls with each level."""
    row = CONDITIONS["exhaustion"]["by_level"]
    before, after = sheet_of(bearer(None)), sheet_of(bearer("exhaustion", level))
    change = {field: value for field, value in moved(before, after).items() if not field.startswith("conditions.")}
    for test in rolls_of("all"):
        assert change.pop(f"{test}.bonus") == before[f"{test}.bonus"] + level * row["d20_tests"], test
    assert change.pop("speed_bonus") == level * row["speed"]
    assert change.pop("walk.speed") == max(0, before["walk.speed"] + level * row["speed"])
    assert change.pop("exhaustion.level") == level
    assert change.pop("dead", False) is (level >= row["dead_at"])
    dead = {"can_concentrate"} if level >= row["dead_at"] else set()
    assert {field for field in change if not field.endswith(FOLLOWING)} == dead
    assert entries("condition")["exhaustion"].properties["levels"] == row["levels"]


def test_the_sheets_here_have_every_sort_of_test():
    assert {f"{ability}.save" for ability in ABILITIES} | {"death_save"} == rolls_of("saves")
    assert {"unarmed_strike", "inventory.sword.attack", "inventory.bow.attack", "wizard.magic.attack"} == rolls_of("attacks")
    assert {f"{skill}.check" for skill in entries("skill")} | {"initiative"} < rolls_of("checks")
