"""The laws of what happens: read before, done together, answered once each, and then what was raised."""

from __future__ import annotations

from typing import Any

import pytest

import rulecore as rc
from tests.play.bakehouse import document, write


def code(act: Any) -> str:
    with pytest.raises(rc.Refused) as refused:
        act()
    return refused.value.findings[0].code


# ---- one event


def test_all_readings_see_the_document_before(baker):
    hero = baker(flour=3, loaves=8)
    hero.act("swap")
    assert (hero["flour"], hero["loaves"]) == (8, 3)


def test_a_let_holds_what_was_before(baker):
    hero = baker(flour=9, loaves=4)
    change = hero.act("bake", {"amount": 3, "grain": "spelt"})
    assert (hero["flour"], hero["loaves"], hero["spelt.scoops"], hero["rye.scoops"]) == (6, 7, 3, 4)
    assert change.changed["loaves"] == (4, 7)
    assert [(event.name, event.arguments) for event in change.events] == [("bake", {"amount": 3, "grain": "spelt"})]


def test_a_default_of_a_parameter_holds(baker):
    hero = baker(flour=9)
    hero.act("bake", {"amount": 2})
    assert hero["rye.scoops"] == 3


def test_two_that_set_one_field_to_different_values_are_refused(baker):
    hero = baker(coins=5)
    assert code(lambda: hero.act("quarrel", {"left": 1, "right": 2})) == "act.conflict"
    assert hero["coins"] == 5
    hero.act("quarrel", {"left": 2, "right": 2})
    assert hero["coins"] == 2


def test_amounts_add_up_on_top_of_what_is_set(baker):
    hero = baker(flour=9)
    hero.act("top_up")
    assert hero["flour"] == 6


def test_a_result_is_kept_inside_the_range_that_the_field_has_before(baker):
    hero = baker(flour=5, loaves=40, rank=0)
    hero.act("swap")
    assert hero["flour"] == hero["store"] == 10
    assert hero.document["fields"]["flour"] == 10
    hero.act("quarrel", {"left": -4, "right": -4})
    assert hero["coins"] == 0


def test_a_value_out_of_range_stays_where_nothing_changes_it(baker):
    hero = baker(flour=45)
    before = hero.document
    assert hero["flour"] == hero["store"]
    hero.act("quarrel", {"left": 0, "right": 0})
    assert hero.document == before


def test_every_changes_those_that_fit(baker):
    hero = baker()
    hero.act("night")
    assert [hero[f"{grain}.scoops"] for grain in ("rye", "spelt", "wheat")] == [4, 5, 5]


def test_a_list_of_arguments_counts_what_is_named_twice(baker):
    hero = baker()
    hero.act("counts", {"grains": ["rye", "wheat", "rye"]})
    assert [hero[f"{grain}.scoops"] for grain in ("rye", "spelt", "wheat")] == [2, 4, 3]


# ---- lists


def test_an_insertion_makes_an_element_and_a_removal_takes_out_all_of_an_entry(baker):
    hero = baker()
    assert hero.act("feels", {"mood": "merry"}).created[0] == "feelings.merry"
    hero.act("feels", {"mood": "merry", "depth": 5})
    hero.act("feels", {"mood": "cross"})
    assert hero.document["collections"]["feelings"] == {
        "merry": {"mood": "merry", "depth": 2},
        "merry#2": {"mood": "merry", "depth": 5},
        "cross": {"mood": "cross", "depth": 2},
    }
    hero.act("calms", {"mood": "merry"})
    assert [*hero.document["collections"]["feelings"]] == ["cross"]


def test_a_sequence_takes_at_its_end_and_gives_from_anywhere(baker):
    hero = baker()
    for grain in ("rye", "spelt", "rye", "wheat"):
        hero.act("sells", {"grain": grain})
    hero.act("forgets", {"grain": "rye"})
    assert hero.document["collections"]["ledger"] == [{"grain": "spelt", "price": 3}, {"grain": "wheat", "price": 3}]


def test_a_list_that_is_full_takes_no_more(baker):
    hero = baker()
    for _ in range(3):
        hero.act("feels", {"mood": "merry"})
    before = hero.document
    assert code(lambda: hero.act("feels", {"mood": "merry"})) == "collection.maximum"
    assert hero.document == before


def test_an_editable_set_takes_and_gives_members(baker):
    hero = baker(stocked=["rye"])
    hero.act("stocks", {"grain": "wheat", "gone": "rye"})
    assert hero.document["fields"]["stocked"] == ["wheat"]


# ---- who answers


def test_each_active_entry_answers_once_and_what_it_does_joins_the_event(baker):
    hero = baker(trade="miller", rank=3)
    for mood in ("merry", "cross", "sleepy"):
        hero.act("feels", {"mood": mood})
    hero.act("market", {"visitors": 4})
    # 4 of the event, 1 of being cross, 5 of a miller of rank 3; the sleepy do nothing until they are awake
    assert (hero["coins"], hero["feelings.merry.merry.songs"], hero["loaves"]) == (10, 4, 0)


def test_what_stands_in_a_block_answers_while_the_block_is_open(baker):
    hero = baker(trade="miller", rank=2)
    hero.act("market", {"visitors": 0})
    assert hero["coins"] == 0


def test_a_part_answers_for_itself(baker):
    hero = baker(trade="miller", rank=2, **{"miller.sacks.taken": 3})
    hero.act("night")
    assert hero["miller.sacks.taken"] == 0


def test_an_answer_whose_own_demand_fails_does_nothing(tmp_path):
    more = """mood stingy "Stingy"
  on market
    requires coins >= 5, "too poor"
    change coins by -5
"""
    hero = rc.load_ruleset(write(tmp_path, more), strict=True).character(document(coins=3))
    hero.act("feels", {"mood": "stingy"})
    hero.act("market", {"visitors": 1})
    assert hero["coins"] == 4
    hero.edit({"coins": 7})
    hero.act("market", {"visitors": 1})
    assert hero["coins"] == 3


# ---- what follows


def test_what_is_raised_reads_the_document_as_it_is_by_then(baker):
    hero = baker(flour=20, loaves=1, rank=5)
    change = hero.act("bake", {"amount": 12})
    assert hero["coins"] == 10 * 13 + 1
    assert [event.name for event in change.events] == ["bake", "proved"]


def test_raised_events_follow_in_order_each_with_what_follows_from_it(baker):
    hero = baker()
    hero.act("feels", {"mood": "cross"})
    change = hero.act("sneeze")
    assert [event.name for event in change.events] == ["sneeze", "swept", "dusted", "swept", "tidied"]
    # 1, then 17, then 172, then 1729, which is more than a purse holds
    assert hero["coins"] == 1000


def test_a_demand_of_a_raised_event_refuses_all(baker):
    hero = baker()
    before = hero.document
    with pytest.raises(rc.Refused, match="never enough"):
        hero.act("doomed")
    assert hero.document == before
    assert hero.log == ()


def test_what_is_raised_on_others_is_sent(baker):
    hero = baker(trade="miller", rank=2)
    change = hero.act("miller.overtime", {"hours": 3, "helper": "Ada"})
    assert [(event.name, event.arguments, event.to) for event in change.sent] == [("paid", {"amount": 3}, "Ada")]
    assert (hero["coins"], hero["tired"]) == (3, True)
    assert [event.name for event in change.events] == ["miller.overtime", "tired_out"]


def test_lists_of_others_are_told_and_left_to_them(baker):
    change = baker().act("cheers", {"whom": "Ada", "mood": "merry"})
    assert [(event.name, event.arguments, event.to) for event in change.sent] == [
        ("insert", {"list": "feelings", "entry": "merry", "depth": 3}, "Ada"),
        ("remove", {"list": "feelings", "entry": "cross"}, "Ada"),
        ("paid", {"amount": 2}, "Ada"),
    ]
    assert not change


def test_somebody_may_be_oneself_and_has_the_name_of_the_parameter_otherwise(baker):
    hero = baker()
    hero.act("cheers", {"whom": "self", "mood": "merry"})
    assert (hero["feelings.merry.depth"], hero["coins"]) == (3, 2)
    assert {event.to for event in hero.act("cheers", {"mood": "merry"}).sent} == {"whom"}


# ---- one transaction


def test_an_act_is_one_entry_of_the_log_and_is_taken_back_and_done_again(baker):
    hero = baker(trade="miller", rank=2)
    before, sheet = hero.document, hero.sheet().to_json()
    hero.act("miller.overtime", {"hours": 3})
    after = hero.document
    assert len(hero.log) == 1
    hero.undo()
    assert (hero.document, hero.sheet().to_json()) == (before, sheet)
    hero.redo()
    assert hero.document == after


def test_an_act_that_changes_nothing_is_no_transaction(baker):
    hero = baker()
    assert not hero.act("calms", {"mood": "merry"})
    assert hero.log == ()


def test_a_watcher_hears_of_an_act_once(baker):
    hero = baker(flour=20, rank=5)
    heard: list[Any] = []
    hero.watch(["loaves", "coins"], heard.append)
    hero.act("bake", {"amount": 10})
    assert [dict(change.changed) for change in heard] == [{"loaves": (0, 10), "coins": (0, 100)}]


# ---- what can be done


def test_acts_say_what_they_ask_and_what_is_in_the_way(baker):
    acts = {act.path: act for act in baker(trade="miller", rank=2, tired=True).actions()}
    bake, grind, overtime = acts["bake"], acts["miller.grind"], acts["miller.overtime"]
    assert [(each.name, each.type, each.optional) for each in bake.parameters] == [
        ("amount", "int 1..20", False),
        ("grain", "ref grain", True),
    ]
    # whether there is flour enough depends on the amount
    assert (bake.sort, bake.is_possible) == ("event", True)
    assert (grind.sort, grind.label, grind.values, grind.obstacle) == ("handle", "Grind", {"cost": "miller.sacks"}, None)
    assert overtime.obstacle == "too tired"


def test_acts_of_content_are_there_while_it_is(baker):
    assert [act.path for act in baker().actions() if "." in act.path] == []
    assert [act.path for act in baker(trade="miller").actions() if "." in act.path] == ["miller.grind"]


def test_a_part_without_what_it_needs_is_refused(baker):
    hero = baker(trade="miller", rank=1)
    for _ in range(3):
        hero.act("miller.grind", dice=rc.dice.average())
    assert {act.path: act.obstacle for act in hero.actions()}["miller.grind"] == "no sack is left"
    with pytest.raises(rc.Refused, match="no sack is left"):
        hero.act("miller.grind", dice=rc.dice.average())


def test_a_bare_name_will_do_where_only_one_has_it(baker):
    hero = baker(trade="miller", rank=2)
    hero.act("overtime", {"hours": 1})
    assert hero["coins"] == 1


@pytest.mark.parametrize(
    ("name", "arguments", "expected"),
    [
        ("bakes", {}, "act.unknown"),
        ("miller.grind", {}, "act.unknown"),
        ("bake", {}, "act.argument"),
        ("bake", {"amount": "much"}, "act.argument"),
        ("bake", {"amount": 21}, "act.argument"),
        ("bake", {"amount": 1, "grian": "rye"}, "act.argument"),
        ("bake", {"amount": 1, "grain": "oats"}, "act.argument"),
        ("bake", {"amount": 20}, "act.requires"),
        ("counts", {"grains": "rye"}, "act.argument"),
        ("counts", {"grains": ["rye", "oats"]}, "act.argument"),
    ],
)
def test_what_cannot_be_done_is_refused_and_changes_nothing(baker, name, arguments, expected):
    hero = baker()
    before = hero.document
    assert code(lambda: hero.act(name, arguments)) == expected
    assert (hero.document, hero.log) == (before, ())


def test_all_wrong_arguments_are_told_at_once_with_the_nearest_names(baker):
    with pytest.raises(rc.Refused) as refused:
        baker().act("bake", {"amount": 0, "grian": "rye", "grain": "spelled"})
    assert [(each.found, each.nearest) for each in refused.value.findings] == [
        ("grian", "grain"),
        ("amount", None),
        ("grain", "spelt"),
    ]


# ---- dice


def test_a_let_is_rolled_once(baker):
    hero = baker(coins=1)
    change = hero.act("gambles", dice=rc.dice.scripted([4]))
    assert (hero["coins"], hero["loaves"]) == (5, 4)
    assert [(roll.dice, roll.total) for roll in change.rolls] == [("1d6", 4)]


def test_without_dice_nothing_is_rolled(baker):
    hero = baker(coins=1)
    assert code(lambda: hero.act("gambles")) == "act.dice"
    assert hero["coins"] == 1


def test_a_seed_rolls_the_same_again(baker):
    rolled = [baker(coins=1).act("gambles", dice=rc.dice.seeded(7)).rolls for _ in range(2)]
    assert rolled[0] == rolled[1]
    source = rc.dice.seeded("a word")
    assert {source(rc.Dice(((6, 1),), 2)) for _ in range(200)} == {3, 4, 5, 6, 7, 8}


def test_a_script_shows_its_faces_in_order_and_on_fitting_dice():
    source = rc.dice.scripted([3, 1, 5, 9])
    assert source(rc.Dice(((4, 1), (6, 2)), 10)) == 19
    with pytest.raises(rc.Refused, match="this rolls a d6, and the script has a 9"):
        source(rc.Dice(((6, 1),)))
    with pytest.raises(rc.Refused, match="no more numbers"):
        source(rc.Dice(((6, 1),)))


def test_dice_that_are_taken_off_are_rolled_too():
    assert rc.dice.scripted([2, 3])(rc.Dice(((4, -1), (6, 1)), 1)) == 2
    assert rc.dice.average()(rc.Dice(((6, 1),), 1)) == 4
