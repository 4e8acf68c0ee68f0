"""What must hold on every sheet of the standard packs, whatever the document says."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from .heroes import ENVELOPE, bounded, character, documents, examples, names, played, rules

ABILITIES = ("strength", "dexterity", "constitution", "intelligence", "wisdom", "charisma")
MODES = {(False, False): "normal", (True, True): "normal", (True, False): "advantage", (False, True): "disadvantage"}


def records_with(hero: Any, *wanted: str) -> list[dict[str, Any]]:
    """The values of every instance that has these fields."""
    instances = [each for each in hero.derivation.structure.instances if set(wanted) <= set(each.fields)]
    return [{name: hero[each.join(name)] for name in wanted} | {"path": each.path} for each in instances]


def check(hero: Any, *, legal: bool = False) -> None:
    check_tests(hero)
    check_levels(hero, legal=legal)
    check_abilities(hero)
    check_spent(hero)
    check_gear(hero)
    check_magic(hero)
    check_origins(hero)


def check_tests(hero: Any) -> None:
    for test in records_with(hero, "advantage", "disadvantage", "mode"):
        assert test["mode"] == MODES[test["advantage"], test["disadvantage"]], test["path"]
    for test in records_with(hero, "expertise", "proficiency", "proficiency_part"):
        assert not test["expertise"] or test["proficiency"] == "proficient", test["path"]
        whole = hero["proficiency_bonus"]
        parts = {"none": {0}, "half": {whole // 2}, "proficient": {2 * whole if test["expertise"] else whole}}
        assert test["proficiency_part"] in parts[test["proficiency"]], test["path"]


def check_levels(hero: Any, *, legal: bool) -> None:
    level = hero["level"]
    classes = [hero[f"{name}.level"] for name in names("class")]
    assert sum(classes) <= level <= 20
    assert level == len(hero.members("levels"))
    assert sum(hero[f"{name}.first"] for name in names("class")) <= 1
    assert max(2, (level + 7) // 4) <= hero["proficiency_bonus"] <= 9  # an item may add to it
    dice = [hero[f"{name}.maximum"] for name in names("hit_point_die")]
    assert sum(dice) == sum(classes)
    assert 0 <= hero["hit_points"] <= hero["hit_point_maximum"]
    assert hero["bloodied"] is (hero["hit_points"] <= hero["hit_point_maximum"] // 2)
    if legal:
        assert sum(classes) == level
    if not any(
        "class" not in each or hero[f"levels.{place + 1}.class"] is None for place, each in enumerate(written_levels(hero))
    ):
        assert hero["hit_point_maximum"] + hero["hit_point_reduction"] >= level


def written_levels(hero: Any) -> list[Any]:
    found: list[Any] = hero.document.get("collections", {}).get("levels", [])
    return found


def check_abilities(hero: Any) -> None:
    for name in ABILITIES:
        score = hero[f"{name}.score"]
        assert 0 <= score <= 30
        assert hero[f"{name}.modifier"] == (score - 10) // 2
        assert 1 <= hero[f"{name}.natural"] <= 30
        # a form lies over the own score, and something may have reduced that
        assert hero[f"{name}.own_score"] + hero[f"{name}.reduced"] >= min(30, hero[f"{name}.floor"])


def check_spent(hero: Any) -> None:
    for pool in records_with(hero, "maximum", "spent", "remaining"):
        assert 0 <= pool["spent"] <= max(0, pool["maximum"]), pool["path"]
        assert pool["remaining"] == max(0, pool["maximum"] - pool["spent"]), pool["path"]


def check_gear(hero: Any) -> None:
    assert hero["load"] >= 0
    assert hero["armor_class"] >= 0
    assert hero["unarmored"] is (hero["armor_weight"] == "none")
    inventory = hero.document.get("collections", {}).get("inventory", {})
    assert set(hero.members("inventory")) >= {f"inventory.{name}" for name in inventory}
    for item in records_with(hero, "attack.reach"):
        assert item["attack.reach"] >= 0


def check_magic(hero: Any) -> None:
    assert 0 <= hero["caster_level"] <= 20
    for source in records_with(hero, "save_dc", "prepared_maximum", "cantrips_maximum", "highest_level"):
        assert 0 <= source["highest_level"] <= 9, source["path"]
        assert source["prepared_maximum"] >= 0, source["path"]
    slots = [hero[f"level_{number}_slots.maximum"] for number in range(1, 10)]
    assert all(0 <= slot <= 4 for slot in slots)
    assert slots == sorted(slots, reverse=True)


def check_origins(hero: Any) -> None:
    """What is said to be asked for by a part of the document is asked for by one that is there; an answer may be a rule's."""
    document = hero.derivation.document
    for each in hero.derivation.structure.instances:
        _, *parts = [part.replace("~1", "/").replace("~0", "~") for part in each.origin.split("/")]
        part = {"fields": document.fields, "collections": document.collections}.get(parts[0]) if parts else None
        for key in parts[1:] if part is not None else ():
            part = part[int(key)] if isinstance(part, list) else part[key]


@pytest.mark.parametrize("name", sorted(examples()))
def test_an_example(name: str):
    check(character(examples()[name]), legal=True)


@bounded(15)
@given(documents())
def test_any_document(document: dict[str, Any]):
    check(character(document))


@pytest.mark.parametrize("condition", ["paralyzed", "stunned", "unconscious"])
def test_a_condition_that_brings_another(condition: str):
    check(character(ENVELOPE | {"collections": {"conditions": {"a": {"condition": condition}}}}))


@pytest.mark.parametrize("seed", range(6))
def test_a_played_document(seed: int):
    hero = rules().character(played(seed))
    check(hero, legal=True)
    assert [each for each in hero.findings if str(each.severity) == "error"] == []
