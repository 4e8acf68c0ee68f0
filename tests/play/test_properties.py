"""What holds of every act, it is taken back whole, refused whole, and leaves the sheet of a document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import rulecore as rc
from rulecore.derive import derive
from tests.play.bakehouse import document

GRAINS, MOODS = st.sampled_from(["rye", "spelt", "wheat"]), st.sampled_from(["cross", "merry", "sleepy"])
SMALL = st.integers(0, 12)
ASKED: Mapping[str, Mapping[str, st.SearchStrategy[Any]]] = {
    "bake": {"amount": st.integers(1, 20), "grain": GRAINS},
    "calms": {"mood": MOODS},
    "counts": {"grains": st.lists(GRAINS, max_size=4)},
    "doomed": {},
    "feels": {"mood": MOODS, "depth": st.integers(1, 9)},
    "forgets": {"grain": GRAINS},
    "gambles": {},
    "market": {"visitors": st.integers(0, 9)},
    "miller.grind": {},
    "miller.overtime": {"hours": st.integers(1, 4)},
    "night": {},
    "quarrel": {"left": SMALL, "right": SMALL},
    "sells": {"grain": GRAINS},
    "sneeze": {},
    "stocks": {"grain": GRAINS, "gone": GRAINS},
    "swap": {},
    "top_up": {},
}
ACTS = st.sampled_from(sorted(ASKED)).flatmap(lambda name: st.tuples(st.just(name), st.fixed_dictionaries(dict(ASKED[name]))))
BAKERS = st.fixed_dictionaries(
    {"flour": st.integers(0, 40), "coins": SMALL, "loaves": SMALL, "rank": st.integers(0, 5), "awake": st.booleans()},
    optional={"trade": st.just("miller"), "favourite": GRAINS},
)
ANY_TIME = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def done(hero: Any, act: tuple[str, dict[str, Any]], seed: int) -> Any:
    """Do something, and give what came of it; none where it was refused."""
    try:
        return hero.act(*act, dice=rc.dice.seeded(seed))
    except rc.Refused:
        return None


@ANY_TIME
@given(fields=BAKERS, acts=st.lists(ACTS, min_size=1, max_size=8), seed=st.integers(0, 99))
def test_acts_are_taken_back_one_by_one_to_where_they_began(bakehouse, fields, acts, seed):
    hero = bakehouse.character(document(**fields))
    before = [(hero.document, hero.sheet().to_json())]
    for act in acts:
        length = len(hero.log)
        outcome = done(hero, act, seed)
        now = (hero.document, hero.sheet().to_json())
        if len(hero.log) > length:
            assert len(hero.log) == length + 1
            before.append(now)
        else:
            # refused, or nothing was to be done
            assert now == before[-1]
            assert not outcome
    while len(before) > 1:
        before.pop()
        hero.undo()
        assert (hero.document, hero.sheet().to_json()) == before[-1]


@ANY_TIME
@given(fields=BAKERS, acts=st.lists(ACTS, max_size=8), seed=st.integers(0, 99))
def test_the_sheet_is_that_of_the_document(bakehouse, fields, acts, seed):
    hero = bakehouse.character(document(**fields))
    for act in acts:
        done(hero, act, seed)
    assert derive(hero.document, bakehouse.rules).sheet().to_json()["fields"] == hero.sheet().to_json()["fields"]


@ANY_TIME
@given(fields=BAKERS, acts=st.lists(ACTS, max_size=6), seed=st.integers(0, 99))
def test_the_same_dice_give_the_same_again(bakehouse, fields, acts, seed):
    ends = []
    for _ in range(2):
        hero = bakehouse.character(document(**fields))
        ends.append(([repr(done(hero, act, seed)) for act in acts], hero.document))
    assert ends[0] == ends[1]


@ANY_TIME
@given(fields=BAKERS, acts=st.lists(ACTS, max_size=6), seed=st.integers(0, 99))
def test_no_act_leaves_a_number_outside_its_range(bakehouse, fields, acts, seed):
    hero = bakehouse.character(document(**fields))
    outside = {finding.pointer for finding in hero.findings if finding.code == "value.bound"}
    for act in acts:
        done(hero, act, seed)
        assert {finding.pointer for finding in hero.findings if finding.code == "value.bound"} <= outside


@ANY_TIME
@given(fields=BAKERS, acts=st.lists(ACTS, max_size=4), seed=st.integers(0, 99))
def test_what_is_said_to_be_in_the_way_is(bakehouse, fields, acts, seed):
    hero = bakehouse.character(document(**fields))
    for act in acts:
        done(hero, act, seed)
    for each in hero.actions():
        if not each.is_possible and all(asked.optional for asked in each.parameters):
            before = hero.document
            assert done(hero, (each.path, {}), seed) is None
            assert hero.document == before
