"""An edit is one transaction: all of it or nothing, and what it did is told net."""

from typing import Any

import pytest

import rulecore as rc


def refused(hero: Any, edits: Any) -> dict[str, Any]:
    before = hero.document, hero.sheet()
    with pytest.raises(rc.Refused) as raised:
        hero.edit(edits)
    assert (hero.document, hero.sheet()) == before
    return {finding.code: finding for finding in raised.value.findings}


def test_an_edit_tells_what_changed(hero: Any):
    change = hero.edit({"nerve.grown": 2})
    assert change.changed["nerve.grown"] == (0, 2)
    assert change.changed["bulk_limit"] == (8, 10)
    assert "grace.stature" not in change.changed
    assert change.created == change.removed == ()
    assert change.recomputed > 0
    assert change.patch == ({"op": "add", "path": "/fields/nerve.grown", "value": 2},)


def test_several_edits_are_one_transaction(hero: Any):
    change = hero.edit(
        [
            rc.Add("satchel", {"gear": "knife"}),
            rc.Add("satchel", {"gear": "storm_lamp"}, id="lamp"),
            rc.Set("satchel.lamp.lit", value=True),
            rc.Remove("satchel.s1"),
        ]
    )
    assert set(change.created) == {"satchel.s2", "satchel.lamp", "satchel.lamp.storm_lamp"}
    assert set(change.removed) == {"satchel.s1", "satchel.s1.pole"}
    assert hero["lamplight"] is True
    assert len(hero.log) == 1


def test_all_faults_are_told_at_once(hero: Any):
    found = refused(
        hero,
        [
            rc.Set("grace.grwn", 1),
            rc.Set("grace.stature", 5),
            rc.Set("wit.grown", 99),
            rc.Set("heart.grown", value=True),
            rc.Set("calling", "ferier"),
            rc.Set("ferrier.knacks", ["singing"]),
            rc.Add("satchl", {}),
            rc.Remove("nothing.at.all"),
            rc.Remove("heart.stature"),
        ],
    )
    assert set(found) >= {"field.unknown", "field.derived", "value.range", "value.type", "entry.unknown", "collection.unknown"}
    assert found["entry.unknown"].nearest == "ferrier"
    assert found["collection.unknown"].nearest == "satchel"


@pytest.mark.parametrize(
    ("edits", "code"),
    [
        ({"grace.grwn": 1}, "field.unknown"),
        ({"satchel.s1.lid": True}, "field.unknown"),
        ({"lamplighter.knacks": ["long_memory"]}, "choice.parked"),
        ({"grace.stature": 1}, "field.derived"),
        ({"ferrier.charm": ["gold"]}, "choice.unknown"),
        ({"fog_hides_lamps": 3}, "value.type"),
        ([rc.Add("satchel", {"gear": "spoon"})], "entry.unknown"),
        ([rc.Add("satchel", {"gear": "pole"}, id="s1")], "edit.exists"),
        ([rc.Add("woes", {"nights": 1}) for _ in range(7)], "collection.maximum"),
        ([{"op": "replace", "path": "/fields/nothing", "value": 1}], "patch.missing"),
        ([{"op": "test", "path": "/fields/grace.grown", "value": 7}], "patch.test"),
        ([{"op": "burn", "path": "/fields"}], "patch.operation"),
        ([{"op": "replace", "path": "/kind", "value": "fish"}], "document.kind_unknown"),
    ],
)
def test_a_wrong_edit_is_refused(hero: Any, edits: Any, code: str):
    assert code in refused(hero, edits)


def test_a_json_patch_is_an_edit(hero: Any):
    change = hero.edit(
        [{"op": "replace", "path": "/fields/grace.grown", "value": 3}, {"op": "remove", "path": "/collections/satchel/s1"}]
    )
    assert change.changed["grace.grown"] == (1, 3)
    assert "s1" not in hero.document["collections"]["satchel"]


def test_breaking_a_law_of_the_game_is_a_finding_and_no_refusal(hero: Any):
    hero.edit({"satchel.s1.pieces": 20})
    assert "requires.failed" in {finding.code for finding in hero.findings}


def test_a_stored_value_outlives_the_bounds_that_rules_derive(hero: Any):
    hero.edit({"heart.grown": 3, "dread": 7})
    hero.edit({"heart.grown": 0})
    assert hero["dread"] == 4
    assert hero.document["fields"]["dread"] == 7
    hero.edit({"heart.grown": 3})
    assert hero["dread"] == 7


def test_rulings_names_and_notes_are_edited_alike(hero: Any):
    hero.edit({"rulings.fog_hides_lamps": True, "name": "Una", "notes": "met at the ferry"})
    assert hero.document["rulings"] == {"fog_hides_lamps": True}
    assert hero.document["name"] == "Una"
    assert hero.document["notes"] == "met at the ferry"
    hero.edit([rc.Remove("rulings.fog_hides_lamps")])
    assert "rulings" not in hero.document


def test_content_and_its_choices_come_in_one_transaction(hero: Any):
    hero.edit({"calling": "lamplighter", "lamplighter.knacks": ["long_memory"]})
    assert hero["dread_brim"] == 7


def test_undo_and_redo_edit_the_document(hero: Any):
    before, sheet = hero.document, hero.sheet()
    hero.edit({"grace.grown": 3})
    hero.edit([rc.Remove("satchel.s1")])
    after = hero.document
    hero.undo()
    change = hero.undo()
    assert change.changed["grace.grown"] == (3, 1)
    assert (hero.document, hero.sheet()) == (before, sheet)
    assert hero.log == ()
    hero.redo()
    hero.redo()
    assert hero.document == after
    with pytest.raises(rc.Refused):
        hero.redo()


def test_what_if_changes_nothing(hero: Any):
    before = hero.document
    assert hero.what_if({"grace.grown": 3}).changed["grace.stature"] == (2, 4)
    assert hero.document == before
    assert hero.log == ()


def test_a_fork_goes_its_own_way(hero: Any):
    other = hero.fork()
    other.edit({"grace.grown": 3})
    assert (hero["grace.grown"], other["grace.grown"]) == (1, 3)


def test_watchers_are_told_once_and_only_what_they_watch(hero: Any):
    told: list[Any] = []
    stop = hero.watch(["grace.*", "satchel.*"], told.append)
    hero.edit([rc.Set("grace.grown", 2), rc.Set("grace.grown", 3), rc.Add("satchel", {"gear": "knife"}), rc.Set("epithet", "x")])
    hero.edit({"epithet": "y"})
    assert len(told) == 1
    assert told[0].changed["grace.grown"] == (1, 3)
    assert told[0].created == ("satchel.s2",)
    assert "epithet" not in told[0].changed
    stop()
    hero.edit({"grace.grown": 1})
    assert len(told) == 1


def test_removing_an_element_leaves_no_trace(hero: Any):
    before = hero.document
    created = hero.edit([rc.Add("satchel", {"gear": "pole", "lit": True})]).created
    hero.edit([rc.Remove(created[0])])
    assert hero.document == before


def test_the_first_and_last_of_everything_leaves_no_trace(rules: Any):
    hero = rules.character({"kind": "wayfarer"})
    hero.edit([rc.Add("satchel", {"gear": "pole"}), rc.Set("nerve.grown", 1), rc.Set("calling", "ferrier")])
    hero.choose("ferrier.charm", ["old_rope"])
    hero.choose("ferrier.charm", [])
    hero.edit([rc.Remove("satchel.s1"), rc.Remove("nerve.grown"), rc.Remove("calling")])
    assert hero.document == {"kind": "wayfarer"}
