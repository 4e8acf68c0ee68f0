"""What single things do in play, as the SRD 5.2.1 has them."""

from __future__ import annotations

from typing import Any

import pytest

import rulecore as rc
from tests.play.conftest import Making


def with_thing(made: Making, item: str, **more: Any) -> Any:
    return made({"fighter": 1}, collections={"inventory": {"thing": {"item": item, "equipped": True, **more}}})


def test_a_healers_kit_stabilizes_ten_times(made):
    hero = with_thing(made, "healers_kit")
    for used in range(1, 11):
        hero.act("inventory.thing.healers_kit.stabilize")
        assert hero["inventory.thing.healers_kit.kit_uses.spent"] == used
    with pytest.raises(rc.Refused, match="no use is left"):
        hero.act("inventory.thing.healers_kit.stabilize")


def test_antitoxin_helps_against_poison(made):
    hero = with_thing(made, "antitoxin")
    hero.act("inventory.thing.antitoxin.drink_antitoxin")
    assert [each["effect"] for each in hero.document["collections"]["effects"].values()] == ["antitoxin_taken"]
    assert "poisoned" in {term.against for term in hero.explain("constitution.save.advantage").situational}


def test_a_component_pouch_holds_components(made):
    assert with_thing(made, "component_pouch")["components_at_hand"]
    assert not with_thing(made, "pouch")["components_at_hand"]


@pytest.mark.parametrize(
    ("coin", "gold"),
    [("copper_piece", 1), ("silver_piece", 10), ("electrum_piece", 50), ("gold_piece", 100), ("platinum_piece", 1000)],
)
def test_a_hundred_coins_are_worth_so_many_gold_pieces(made, coin, gold):
    hero = made({"fighter": 1}, collections={"coins": {"these": {"coin": coin, "pieces": 100}}})
    assert hero["coins.these.in_gold"] == gold


def test_a_torch_burns_for_1_point_whatever_the_strength(made):
    torch = with_thing(made, "torch")
    torch.edit({"strength.base": 18})
    attack = {name: torch[f"inventory.thing.attack.{name}"] for name in ("damage", "damage_type", "trained", "reach")}
    assert attack == {"damage": 1, "damage_type": "fire", "trained": True, "reach": 5}


@pytest.mark.parametrize(
    ("item", "materials", "days"), [("potion_of_healing", 25, 1), ("shield", 5, 1), ("plate_armor", 750, 150)]
)
def test_what_it_takes_to_make_a_thing(made, item, materials, days):
    hero = made({"fighter": 1}, collections={"projects": {"this": {"item": item}}})
    assert (hero["projects.this.materials"], hero["projects.this.days"]) == (materials, days)
