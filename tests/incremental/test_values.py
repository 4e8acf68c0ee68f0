"""An edit of a value computes what hangs on it: few fields, never everything, told once, explained as before."""

from __future__ import annotations

import gc
import weakref
from random import Random
from statistics import median
from typing import Any

import pytest

import rulecore as rc
import rulecore.character
import rulecore.derive.alike
from rulecore.character.lately import MOST_KEPT
from rulecore.derive.link.code import Unlinkable
from rulecore.derive.plan import made
from tests.properties.heroes import character, examples, rules, sheet_text

from .histories import any_value

EDITS = 1000
PER_HERO = 125
INPUTS = 40


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch):
    """No verification: here it is counted what an edit itself does."""
    monkeypatch.delenv("RULECORE_VERIFY_EDITS")


def value_edits(hero: Any, seed: int, count: int) -> list[list[Any]]:
    """Edits of some inputs that move values alone, each legal where the sheet is."""
    random = Random(seed)  # noqa: S311 - a test, no secret
    inputs: set[str] = set()
    found: list[list[Any]] = []
    while len(found) < count:
        edits = any_value(hero, random)
        if not isinstance(edits[0], rc.Set) or (edits[0].path not in inputs and len(inputs) == INPUTS):
            continue
        if hero.engine.slot(edits[0].path) is not None and is_sound(hero, edits):
            inputs.add(edits[0].path)
            found.append(edits)
    return found


@pytest.mark.usefixtures("quick")
def test_a_thousand_edits_of_values_evaluate_few_fields_and_never_derive_anew(monkeypatch: pytest.MonkeyPatch):
    derived: list[Any] = []
    usual = rulecore.derive.alike.derive
    shares = []
    for place, document in enumerate(examples().values()):
        hero = character(document)
        fields = len(hero.derivation.paths())
        edits = value_edits(hero, place, PER_HERO)
        monkeypatch.setattr(rulecore.derive.alike, "derive", lambda *given: derived.append(given) or usual(*given))
        shares += [hero.edit(each).recomputed / fields for each in edits]
        monkeypatch.undo()
    assert len(shares) == EDITS
    assert derived == []
    assert median(shares) < 0.05
    assert max(shares) < 0.5


def is_sound(hero: Any, edits: list[Any]) -> bool:
    """Whether an edit is taken: numbers outside the range are refused, which derives to say why."""
    try:
        hero.what_if(edits)
    except rc.Refused:
        return False
    return True


def test_a_change_is_told_late_as_it_would_have_been_at_once():
    """Changes are worked out when asked for, however much has been edited since."""
    documents = examples()["warlock_paladin"], examples()["warlock_paladin"]
    prompt, late = map(character, documents)
    edits = [{"charisma.base": 9}, {"hit_points": 3}, {"charisma.base": 20}, {"strength.base": 3}, {"charisma.base": 9}]
    told = [(dict(change.changed), change.recomputed, change.patch) for change in map(prompt.edit, edits)]
    changes = [late.edit(each) for each in edits]
    late.undo()
    late.redo()
    assert [(dict(change.changed), change.recomputed, change.patch) for change in changes] == told
    assert sheet_text(late) == sheet_text(prompt)


def test_watchers_see_one_net_report_a_transaction():
    hero = character(examples()["human_paladin_13"])
    told: list[Any] = []
    hero.watch(["armor_class", "strength.*"], told.append)
    change = hero.edit({"strength.base": 8, "dexterity.base": 18, "hit_points": 3})
    assert len(told) == 1
    assert told[0].changed.keys() == {each for each in change.changed if each == "armor_class" or each.startswith("strength.")}
    hero.edit([rc.Set("strength.base", 3), rc.Set("strength.base", 8)])
    assert len(told) == 1, "an edit to and fro is no change"
    hero.edit({"hit_points": 4})
    assert len(told) == 1
    hero.undo()
    hero.undo()
    assert [each.changed["strength.base"] for each in told[1:]] == [
        (8, examples()["human_paladin_13"]["fields"]["strength.base"])
    ]


@pytest.mark.parametrize("name", ["monk_barbarian"])
def test_explanations_are_those_of_a_new_sheet(name: str):
    hero = character(examples()[name])
    hero.edit({"strength.base": 20, "dexterity.base": 7, "intelligence.base": 19})
    hero.edit({"hit_points": 5})
    again = character(hero.document)
    for path in hero.derivation.paths():
        assert hero.explain(path).to_json() == again.explain(path).to_json(), path


def test_what_if_and_forks_leave_no_trace():
    hero = character(examples()["ranger_wizard"])
    before = hero.document, sheet_text(hero)
    fork = hero.fork()
    expected = hero.what_if({"wisdom.base": 20, "dexterity.base": 3})
    assert (hero.document, sheet_text(hero)) == before
    assert fork.edit({"wisdom.base": 20, "dexterity.base": 3}) == expected
    assert (hero.document, sheet_text(hero)) == before
    hero.edit({"wisdom.base": 3})
    assert sheet_text(fork) == sheet_text(character(fork.document))
    assert sheet_text(hero) == sheet_text(character(hero.document))


def test_a_json_patch_of_values_goes_the_same_way():
    hero = character(examples()["ranger_wizard"])
    patch = [
        {"op": "replace", "path": "/fields/wisdom.base", "value": 9},
        {"op": "add", "path": "/fields/hit_points", "value": 4},
        {"op": "replace", "path": "/fields/hit_points", "value": 5},
    ]
    change = hero.edit(patch)
    assert (hero["wisdom.base"], hero["hit_points"], change.changed["hit_points"][1]) == (9, 5, 5)
    hero.undo()
    assert hero.document == examples()["ranger_wizard"]


@pytest.mark.parametrize("edited", ["worn", "spare", "shield"])
def test_what_a_reference_to_one_of_several_elements_leads_to(edited: str):
    """Every edit is compared with a new derivation; what is worn is one of two, each with a number of its own."""
    inventory = {
        "worn": {"item": "padded_armor", "equipped": True},
        "spare": {"item": "ring_mail"},
        "shield": {"item": "shield"},
    }
    document = {"kind": "character", "collections": {"inventory": inventory, "levels": [{"class": "barbarian"}]}}
    hero = rc.Character(rc.Ruleset(rules().rules), document)
    for equipped in (True, False, True):
        hero.edit({f"inventory.{edited}.equipped": equipped})
    assert hero["armor_class"] == {"worn": 11, "spare": 11, "shield": 13}[edited]


def test_an_edit_that_is_refused_changes_nothing_and_says_why():
    hero = character(examples()["ranger_wizard"])
    before = hero.document, sheet_text(hero)
    with pytest.raises(rc.Refused) as raised:
        hero.edit({"wisdom.base": 9, "strength.base": 31, "armor_class": 3, "dexterity.base": "high"})
    assert {finding.code for finding in raised.value.findings} == {"value.range", "field.derived", "value.type"}
    assert (hero.document, sheet_text(hero)) == before


def test_no_text_of_a_plan_is_run_that_is_no_plan(monkeypatch: pytest.MonkeyPatch):
    from rulecore.derive import plan

    for text in (
        "def plan(x, v, w):\n import os\n",
        "def plan(x, v, w):\n v[0] = k1.__class__\n",
        "def plan(x, v, w):\n v[0] = 'a'\n",
    ):
        monkeypatch.setattr(plan, "text_of", lambda _cone, text=text, **_more: text)
        with pytest.raises(Unlinkable):
            made(None, {"k1": 1})  # type: ignore[arg-type]


def test_rules_are_shared_and_characters_are_not():
    one, other = (rules().character(examples()["monk_barbarian"]) for _ in range(2))
    one.edit({"strength.base": 3})
    assert other["strength.base"] == examples()["monk_barbarian"]["fields"]["strength.base"]


def test_nothing_of_an_older_structure_is_kept():
    """The log keeps no derivation: a long life of edits of both sorts holds no more than the last few."""
    hero = character(examples()["monk_barbarian"]).fork()
    first = weakref.ref(hero.derivation)
    for place in range(MOST_KEPT + 2):
        hero.edit({"strength.base": 8 + place})
        hero.edit([rc.Add("conditions", {"condition": "prone"})])
    gc.collect()
    assert first() is None
    for _ in hero.log:
        hero.undo()
    assert hero.document == examples()["monk_barbarian"]


def test_to_go_back_to_what_was_derives_nothing(monkeypatch: pytest.MonkeyPatch):
    """Put on and taken off, undone and redone: the live sheet that was left is brought up to date."""
    hero = character(examples()["human_paladin_13"])
    monkeypatch.delenv("RULECORE_VERIFY_EDITS")
    hero = hero.fork()
    worn = [hero.edit({"inventory.i1.item": each}) for each in ("leather_armor", "plate_armor")]
    again = character(hero.document)
    assert sheet_text(hero) == sheet_text(again)
    monkeypatch.setattr(rulecore.derive.alike, "derive", None)
    hero.edit({"strength.base": 9, "hit_points": 3})
    assert hero.edit({"inventory.i1.item": "leather_armor"})
    assert hero.undo()
    assert hero.redo()
    monkeypatch.undo()
    assert sheet_text(hero) == sheet_text(character(hero.document))
    assert "armor_class" in worn[0].changed
    assert {path: values[::-1] for path, values in worn[0].changed.items()} == dict(worn[1].changed)


@pytest.mark.parametrize("edits", [{"strength.base": 3}, {"strength.base": 3, "hit_points": 5}])
def test_a_plan_that_fails_costs_a_derivation_and_nothing_else(edits: dict[str, Any], monkeypatch: pytest.MonkeyPatch):
    """The interpreter is the way back: the edit is made, the sheet is right, and it can be taken back."""
    from rulecore.derive import plan

    hero = rc.Ruleset(rules().rules).character(examples()["human_paladin_13"])
    before = hero.document, sheet_text(hero)
    usual = plan.text_of
    monkeypatch.setattr(plan, "text_of", lambda cone, **more: usual(cone, **more) + " v[0] = v[k0]\n")
    expected = hero.what_if(edits)
    with pytest.warns(RuntimeWarning, match="the plan of strength.base failed"):
        change = hero.edit(edits)
    assert change.changed == expected.changed
    monkeypatch.undo()
    monkeypatch.setenv("RULECORE_VERIFY_EDITS", "1")
    assert sheet_text(hero) == sheet_text(character(hero.document))
    assert hero["strength.base"] == 3
    hero.undo()
    assert (hero.document, sheet_text(hero)) == before


@pytest.mark.parametrize("fails", ["once", "always"])
def test_a_plan_may_fail_when_it_has_served_for_a_while(fails: str):
    hero = character(examples()["human_paladin_13"])
    for value in (3, 4, 3):
        hero.edit({"strength.base": value})
    before = hero.document, sheet_text(hero), len(hero.log)
    slot = hero.engine.slot("strength.base")

    def broken(_value: Any, values: list[Any] = hero.engine.values) -> None:
        values[:] = [None] * len(values)
        raise ZeroDivisionError

    for plans in (hero.engine.plans, *([hero.engine._often._wide, hero.engine._often._own] if fails == "always" else [])):
        plans[slot] = broken
    with pytest.warns(RuntimeWarning, match="the plan of strength.base failed") as warned:
        change = hero.edit({"strength.base": 15})
    assert {each.filename for each in warned} == {__file__}
    assert hero["strength.base"] == 15
    assert change.patch[0]["value"] == 15
    assert sheet_text(hero) == sheet_text(character(hero.document))
    assert len(hero.log) == before[2] + 1
    hero.undo()
    assert (hero.document, sheet_text(hero)) == before[:2]


def test_what_if_of_a_sheet_that_was_taken_up_again_leaves_no_trace():
    """Neither a question nor a refusal touches the sheet that counts, though it is one that was left before."""
    hero = character(examples()["human_paladin_13"])
    hero.edit({"inventory.i1.item": "leather_armor"})
    hero.edit({"inventory.i1.item": "plate_armor"})
    before = hero.document, sheet_text(hero)
    tested = [
        {"op": "test", "path": "/fields/strength.base", "value": hero["strength.base"]},
        {"op": "replace", "path": "/fields/strength.base", "value": 3},
    ]
    assert hero.what_if(tested).changed["strength.base"][1] == 3
    assert (hero.document, sheet_text(hero)) == before
    with pytest.raises(rc.Refused):
        hero.edit([*tested, {"op": "replace", "path": "/fields/no_such_field", "value": 3}])
    assert (hero.document, sheet_text(hero)) == before
    assert hero.edit(tested).changed["strength.base"][1] == 3
    hero.undo()
    assert (hero.document, sheet_text(hero)) == before
