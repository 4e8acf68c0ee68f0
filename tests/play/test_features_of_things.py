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
