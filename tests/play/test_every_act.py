"""Everything that a character of level 20 can do is done, or refused with a reason, and taken back."""

from __future__ import annotations

import pytest

import rulecore as rc


@pytest.mark.parametrize(
    "name",
    ["barbarian", "bard", "cleric", "druid", "fighter", "monk", "paladin", "ranger", "rogue", "sorcerer", "warlock", "wizard"],
)
def test_every_act_of_a_class_at_20_is_done_or_refused_with_a_reason_and_is_taken_back(made, name):
    hero = made({name: 20}, **{"charisma.base": 16, "wisdom.base": 16})
    before, sheet = hero.document, hero.sheet().to_json()
    acts = [act for act in hero.actions() if all(each.optional for each in act.parameters)]
    assert len(acts) >= 3
    for act in acts:
        if not act.is_possible:
            with pytest.raises(rc.Refused):
                hero.act(act.path, dice=rc.dice.seeded(1))
        elif hero.act(act.path, dice=rc.dice.seeded(1)):
            hero.undo()
        assert hero.document == before
    assert hero.sheet().to_json() == sheet
