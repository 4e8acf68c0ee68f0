"""Explanations: complete enough to be worked out again, and told with sources, losers, conditions and rulings."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rulecore.derive import derive
from rulecore.errors import FieldError
from rulecore.formula import ast as f
from rulecore.formula import types as t
from rulecore.model.shape import Block, Choice
from tests.derive.fold import fold
from tests.derive.tiny import HERO, INT, constant, document, effect, rules

RULES = rules()
BUSY = document(
    fields={"kin": "elder", "elder.calling": True, "might.base": 2, "harm": 99},
    collections={
        "bag": {"a": {"gear": "sword", "worn": True}, "b": {"gear": "cloak", "worn": True}},
        "rungs": [{}, {}],
        "woes": {"w": {"state": "lost"}},
    },
    choices={"elder.talents": ["trained", "tough"], "elder.talents.trained.raised": ["might"]},
)


def hero(given_rules=RULES, **parts):
    return derive(BUSY | parts, given_rules)


def operations(terms):
    return [term.operation for term in terms]


def test_every_value_can_be_worked_out_from_its_terms():
    derivation = hero()
    for path in derivation.paths():
        explanation = derivation.explain(path)
        assert fold(explanation.terms) == explanation.value == derivation.value(path)


def test_terms_name_their_source_place_and_citation():
    explanation = hero().explain("guard")
    formula, cloak, elder, lost = explanation.terms
    assert (formula.text, formula.citation) == ("if heroic then 12 else 10", "Tiny, page 2")
    assert (cloak.label, cloak.entry, cloak.owner, cloak.place) == ("Cloak", "gear.cloak", "bag.b.cloak", "tiny.brew:20")
    assert (elder.when, lost.value) == ("calling", -2)


def test_terms_say_what_their_formulas_have_read():
    explanation = hero().explain("health")
    assert [(read.path, read.value) for read in explanation.terms[0].reads] == [("might.score", 3)]


def test_a_cap_and_a_stack_are_told():
    added = hero().explain("might.score").terms[1]
    assert (added.operation, added.cap, added.label) == ("add", 3, "Trained")


def test_what_the_document_says_is_told_with_its_pointer_and_its_bound():
    written, bound = hero().explain("harm").terms
    assert (written.operation, written.pointer, written.value) == ("document", "/fields/harm", 99)
    assert (bound.operation, bound.value) == ("high", 11)


def test_what_a_grant_fixes_is_told():
    (fixed,) = hero().explain("woes.afraid.state").terms
    assert (fixed.operation, fixed.owner) == ("fixed", "lost")


def test_what_loses_is_told_with_the_reason():
    low = effect(HERO, "guard", "at_least", constant(3), 50)
    given_rules = rules([low])
    explanation = derive(document(fields={"kin": "born"}), given_rules).explain("guard")
    (lost,) = explanation.lost
    assert (lost.operation, lost.value) == ("at_least", 3)
    assert "already" in lost.reason


def test_a_condition_that_does_not_hold_is_told():
    explanation = hero(fields={"kin": "elder"}).explain("guard")
    assert [(term.label, term.when, term.value) for term in explanation.inactive] == [("Elder", "calling", 3)]


def test_what_a_false_gate_would_bring_is_not_told():
    explanation = hero(collections={"rungs": [{}]}).explain("luck")
    assert (operations(explanation.terms), explanation.inactive) == (["formula"], ())


def test_what_counts_in_a_situation_alone_is_told_and_not_counted():
    seldom = effect(HERO, "guard", "add", constant(5), 51, against="ghosts")
    explanation = derive(document(fields={"kin": "born"}), rules([seldom])).explain("guard")
    assert explanation.value == 11
    assert [(term.value, term.against) for term in explanation.situational] == [(5, "ghosts")]


def test_rulings_are_told_however_far_down_they_are_read():
    explanation = hero(rulings={"heroic": True}).explain("guard")
    assert [(ruling.name, ruling.value, ruling.citation) for ruling in explanation.rulings] == [("heroic", True, "Tiny, page 1")]
    assert hero().explain("health").rulings == ()


def test_an_explanation_unfolds_down_to_the_document():
    tree = hero().explain("health").tree()
    (score,) = tree["from"]
    (base,) = score["from"][:1]
    assert (score["field"], base["field"], base["terms"][0]["operation"]) == ("might.score", "might.base", "document")
    json.dumps(tree)


def test_an_explanation_is_shown_to_people():
    text = str(hero().explain("guard"))
    assert text.splitlines()[0] == "Guard (guard) = 12  [Tiny, page 2]"
    assert "+ 1            Cloak" in text
    assert "ruling heroic = false: Heroes are tougher" in text


def test_elements_are_called_by_what_they_hold():
    assert hero().explain("bag.a.strike.bonus").label == "Sword, Strike, Bonus"


def test_what_is_no_field_has_no_explanation():
    with pytest.raises(FieldError):
        hero().explain("elder.talents")


GEAR = st.dictionaries(
    st.sampled_from("abc"),
    st.fixed_dictionaries({"gear": st.sampled_from(["sword", "cloak", "rope"]), "worn": st.booleans()}),
)
FIELDS = st.fixed_dictionaries({"might.base": st.integers(-4, 6), "kin": st.sampled_from(["elder", "born", None])})
COLLECTIONS = st.fixed_dictionaries(
    {
        "bag": GEAR,
        "rungs": st.lists(st.just({}), max_size=3),
        "woes": st.sampled_from([{}, {"w": {"state": "lost"}}]),
    },
)
TALENTS = st.lists(st.sampled_from(["tough", "trained", "mixed"]), max_size=3)


@given(FIELDS, COLLECTIONS, TALENTS)
def test_any_document_explains_itself(fields, collections, talents):
    choices = {"elder.talents": talents, "elder.talents.trained.raised": ["might"], "elder.talents.mixed.way": ["calm"]}
    derivation = derive(document(fields=fields, collections=collections, choices=choices), RULES)
    for path in derivation.paths():
        explanation = derivation.explain(path)
        assert fold(explanation.terms) == explanation.value == derivation.value(path)
        json.dumps(explanation.to_json())


def test_a_formula_that_loses_to_a_base_is_told():
    better = effect(HERO, "guard", "base", constant(14), 52, label="Plate")
    explanation = derive(document(fields={"kin": "born"}), rules([better])).explain("guard")
    assert (explanation.terms[0].label, explanation.terms[0].value) == ("Plate", 14)
    assert [(term.operation, term.value, term.text) for term in explanation.lost] == [
        ("formula", 10, "if heroic then 12 else 10")
    ]


def test_a_choice_that_was_read_is_a_leaf_of_the_tree():
    chosen = effect(HERO, "guard", "add", f.Call(INT, "count", (f.Read(t.SetType("talent"), HERO, "talents"),)), 53)
    talents = Choice("talents", "Talents", constant(1), t.SetType("talent"), single=False)
    tree = derive(document(), rules(hero=Block(choices=(talents,), effects=(chosen,)))).explain("guard").tree()
    assert [read["path"] for read in tree["terms"][1]["reads"]] == ["talents"]
    assert tree["from"] == []


def test_what_is_silenced_by_its_gate_says_so():
    derivation = hero(fields={"kin": "born"})
    derivation.computation._acting[derivation.structure.by_path["lost"], True] = False
    (silent,) = derivation.explain("guard").inactive
    assert silent.reason == "what brings it is not active"
