"""How effects combine: the order, case by case, and the laws that hold for all of them."""

from fractions import Fraction
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rulecore.derive.combine import Offer, combine
from rulecore.formula import types as t
from rulecore.formula.dice import Dice
from tests.derive.fold import fold
from tests.derive.tiny import Maker

INT, NUMBER, DICE, BOOL = t.IntType(), t.NumberType(), t.DiceType(), t.BoolType()
TIER = t.EnumType(("none", "half", "full"))
MAKE = Maker()
RED, BLUE, GREEN = (MAKE.entry("hue", name) for name in ("red", "blue", "green"))
D4, D6 = Dice(((4, 1),)), Dice(((6, 1),))


def by(place):
    """A contribution as far as combining looks: where it stands."""
    return SimpleNamespace(place=(place,))


def offers(*given_offers):
    return [Offer(operation, value, **more, by=by(place)) for place, (operation, value, more) in enumerate(given_offers)]


def of(operation, value, **more):
    return operation, value, more


CASES = {
    "the formula alone": (INT, 3, [], 3),
    "the best base": (INT, 10, [of("base", 12), of("base", 13), of("base", 11)], 13),
    "a formula that is better than any base": (INT, 14, [of("base", 12)], 14),
    "base by the order of words": (TIER, "none", [of("base", "half")], "half"),
    "a base reference where the formula gives none": (t.RefType("hue"), None, [of("base", RED)], RED),
    "additions": (INT, 1, [of("add", 2), of("add", -1)], 2),
    "a cap": (INT, 19, [of("add", 2, cap=20)], 20),
    "a cap never lowers": (INT, 23, [of("add", 2, cap=20)], 23),
    "caps in rising order": (INT, 19, [of("add", 1, cap=30), of("add", 2, cap=20)], 21),
    "a turn comes before the cap": (INT, 19, [of("add", 1, cap=30, turn=1), of("add", 2, cap=20, turn=2)], 20),
    "uncapped additions after capped ones": (INT, 19, [of("add", 5), of("add", 2, cap=20)], 25),
    "of a stack the best": (INT, 0, [of("add", 2, stack="s"), of("add", 3, stack="s"), of("add", 1)], 4),
    "equal ones of a stack count once": (INT, 0, [of("add", 2, stack="s"), of("add", 2, stack="s")], 2),
    "multiplied after adding": (INT, 10, [of("multiply", 2), of("add", 5)], 30),
    "half is floored once, at the end": (INT, 5, [of("multiply", Fraction(1, 2)), of("multiply", 2)], 5),
    "a half is floored": (INT, 5, [of("multiply", Fraction(1, 2))], 2),
    "a number keeps its half": (NUMBER, 5, [of("multiply", Fraction(1, 2))], Fraction(5, 2)),
    "the highest lower bound": (INT, 3, [of("at_least", 8), of("at_least", 6)], 8),
    "a lower bound without effect": (INT, 9, [of("at_least", 8)], 9),
    "the lowest upper bound": (INT, 9, [of("at_most", 5), of("at_most", 7)], 5),
    "at most after at least": (INT, 0, [of("at_least", 8), of("at_most", 5)], 5),
    "bounds on words": (TIER, "none", [of("at_least", "half"), of("at_most", "full")], "half"),
    "set comes last": (INT, 3, [of("set", 1), of("at_least", 8)], 1),
    "what agrees is set": (BOOL, False, [of("set", True), of("set", True)], True),
    "what disagrees is not": (INT, 3, [of("set", 1), of("set", 2), of("add", 1)], 4),
    "dice stay dice": (DICE, 2, [of("add", D4), of("add", D6)], Dice(((4, 1), (6, 1)), 2)),
    "dice by their average": (DICE, D6, [of("at_least", 3)], D6),
    "dice times a whole number": (DICE, D6, [of("multiply", 2)], Dice(((6, 2),))),
    "dice times a half stay": (DICE, D6, [of("multiply", Fraction(1, 2))], D6),
    "dice up to a cap": (DICE, D6, [of("add", 4, cap=5)], 5),
    "sets unite": (
        t.SetType("hue"),
        frozenset({RED}),
        [of("add", BLUE), of("add", frozenset({RED, GREEN}))],
        frozenset({RED, BLUE, GREEN}),
    ),
    "a formula of one entry makes a set": (t.SetType("hue"), RED, [], frozenset({RED})),
}


@pytest.mark.parametrize(("type_of_field", "formula", "given_offers", "value"), CASES.values(), ids=CASES.keys())
def test_a_case_has_its_value(type_of_field, formula, given_offers, value):
    result = combine(type_of_field, formula, offers(*given_offers))
    assert result.value == value
    assert fold(result.terms) == value


@pytest.mark.parametrize(
    ("formula", "low", "high", "value", "last"), [(3, 5, 9, 5, "low"), (12, 5, 9, 9, "high"), (7, 5, 9, 7, "formula")]
)
def test_a_bound_is_the_last_term(formula, low, high, value, last):
    result = combine(INT, formula, [], low, high)
    assert (result.value, result.terms[-1].operation) == (value, last)
    assert (result.clamped is None) == (last == "formula")


def test_what_loses_is_kept_with_its_reason():
    result = combine(
        INT, 5, offers(of("base", 3), of("add", 1, stack="s"), of("add", 2, stack="s"), of("at_least", 1), of("at_most", 40))
    )
    assert result.value == 7
    assert [(lost.offer.operation, lost.offer.value) for lost in result.lost] == [
        ("base", 3),
        ("add", 1),
        ("at_least", 1),
        ("at_most", 40),
    ]


def test_disagreeing_sets_are_told():
    result = combine(INT, 5, offers(of("set", 1), of("set", 2)))
    assert {offer.value for offer in result.disagreeing} == {1, 2}


def test_every_source_of_a_set_counts_as_a_term():
    result = combine(t.SetType("hue"), frozenset(), offers(of("add", RED), of("add", RED)))
    assert [term.value for term in result.terms[1:]] == [frozenset({RED}), frozenset({RED})]


# ---- laws

WHOLE = st.integers(-30, 30)
FACTORS = st.sampled_from([Fraction(1, 2), 2, 3, 0])
NUMERIC = st.one_of(
    st.builds(of, st.sampled_from(["base", "add", "at_least", "at_most", "set"]), WHOLE),
    st.builds(of, st.just("add"), WHOLE, cap=WHOLE),
    st.builds(of, st.just("add"), WHOLE, stack=st.sampled_from(["s", "u"])),
    st.builds(of, st.just("multiply"), FACTORS),
)
DICED = st.one_of(
    st.builds(of, st.sampled_from(["base", "add", "at_least", "at_most"]), st.sampled_from([D4, D6, 0, 5, Dice(((6, 2),), 1)])),
    st.builds(of, st.just("add"), st.sampled_from([D4, D6, 3]), cap=st.integers(0, 9)),
    st.builds(of, st.just("multiply"), st.sampled_from([2, 3])),
)
WORDS = st.builds(of, st.sampled_from(["base", "at_least", "at_most", "set"]), st.sampled_from(TIER.words))
MEMBERS = st.builds(of, st.just("add"), st.sampled_from([RED, BLUE, frozenset({GREEN, RED})]))
FIELDS = st.one_of(
    st.tuples(st.just(INT), WHOLE, st.lists(NUMERIC, max_size=7)),
    st.tuples(st.just(NUMBER), st.fractions(-9, 9, max_denominator=4), st.lists(NUMERIC, max_size=7)),
    st.tuples(st.just(DICE), st.sampled_from([0, D6, 4]), st.lists(DICED, max_size=6)),
    st.tuples(st.just(TIER), st.sampled_from(TIER.words), st.lists(WORDS, max_size=6)),
    st.tuples(st.just(t.SetType("hue")), st.just(frozenset({BLUE})), st.lists(MEMBERS, max_size=6)),
)


@given(FIELDS, st.randoms(use_true_random=False))
def test_the_order_of_effects_never_matters(case, random):
    type_of_field, formula, given_offers = case
    one = offers(*given_offers)
    other = [Offer(each.operation, each.value, each.cap, each.stack, by(random.random()), each.turn) for each in one]
    random.shuffle(other)
    assert combine(type_of_field, formula, one).value == combine(type_of_field, formula, other).value


@given(FIELDS, st.none() | st.integers(-5, 5), st.none() | st.integers(6, 20))
def test_the_terms_fold_to_the_value(case, low, high):
    type_of_field, formula, given_offers = case
    numeric = type_of_field in (INT, NUMBER)
    result = combine(type_of_field, formula, offers(*given_offers), low if numeric else None, high if numeric else None)
    assert fold(result.terms) == result.value


@given(FIELDS, st.integers(0, 6))
def test_an_effect_that_is_taken_away_leaves_no_trace(case, place):
    type_of_field, formula, given_offers = case
    whole = offers(*given_offers)
    rest = [offer for index, offer in enumerate(whole) if index != place]
    combine(type_of_field, formula, whole)
    assert (
        combine(type_of_field, formula, rest).value
        == combine(type_of_field, formula, offers(*(each for index, each in enumerate(given_offers) if index != place))).value
    )


@given(FIELDS)
def test_every_offer_counts_or_is_lost(case):
    type_of_field, formula, given_offers = case
    result = combine(type_of_field, formula, offers(*given_offers))
    told = [offer for offer in result.terms if offer.by is not None] + [
        lost.offer for lost in result.lost if lost.offer.by is not None
    ]
    assert len(told) == len(given_offers)


@given(WHOLE, st.lists(st.tuples(st.integers(0, 10), WHOLE), max_size=5))
def test_a_capped_addition_never_lowers(value, additions):
    assert combine(INT, value, offers(*(of("add", amount, cap=cap) for amount, cap in additions))).value >= value
