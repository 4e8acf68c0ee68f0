"""What is told about a document: each cause has one code, a pointer, what was expected, and a fix where there is one."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rulecore.derive import derive
from rulecore.finding import Severity
from rulecore.formula import ast as f
from rulecore.formula import types as t
from rulecore.model.shape import Block, Choice, Requirement
from tests.derive.tiny import BOOL, DICE, HERO, INT, compare, constant, document, effect, field, plus, read, rules

RULES = rules()
FAR = {"kin": "elder"}


def told(given=RULES, **parts):
    return [(each.code, each.pointer) for each in derive(document(**parts), given).findings]


def only(code, given=RULES, **parts):
    found = [each for each in derive(document(**parts), given).findings if each.code == code]
    assert len(found) == 1
    return found[0]


A, B = "/collections/bag/a", {"bag": {"a": {"worn": 1}}}
CASES = {
    "an unknown field": ("field.unknown", "/fields/might.bsae", {"fields": {"might.bsae": 1}}),
    "a derived field": ("field.derived", "/fields/guard", {"fields": {"guard": 1}}),
    "a structural field": ("field.derived", "/fields/level", {"fields": {"level": 1}}),
    "text for a number": ("value.type", "/fields/might.base", {"fields": {"might.base": "1"}}),
    "true for a number": ("value.type", "/fields/might.base", {"fields": {"might.base": True}}),
    "a number for a truth value": ("value.type", f"{A}/worn", {"collections": B}),
    "a list for a text": ("value.type", "/fields/name", {"fields": {"name": ["Mara"]}}),
    "a number for an entry": ("value.type", "/fields/kin", {"fields": {"kin": 3}}),
    "an entry that is not there": ("entry.unknown", "/fields/kin", {"fields": {"kin": "eldre"}}),
    "an entry of another kind": ("entry.kind", "/fields/kin", {"fields": {"kin": "sword"}}),
    "a value outside its range": ("value.range", "/fields/might.base", {"fields": {"might.base": 9}}),
    "an unknown field of an element": ("field.unknown", f"{A}/wron", {"collections": {"bag": {"a": {"wron": True}}}}),
    "an element that is no object": ("element.type", A, {"collections": {"bag": {"a": 3}}}),
    "a list for an object": ("collection.shape", "/collections/bag", {"collections": {"bag": [{}]}}),
    "an object for a list": ("collection.shape", "/collections/rungs", {"collections": {"rungs": {"a": {}}}}),
    "too many elements": ("collection.maximum", "/collections/bag", {"collections": {"bag": {name: {} for name in "abcd"}}}),
    "an unknown collection": ("collection.unknown", "/collections/bgs", {"collections": {"bgs": {}}}),
    "an unknown ruling": ("ruling.unknown", "/rulings/heroik", {"rulings": {"heroik": True}}),
    "a ruling of another type": ("value.type", "/rulings/heroic", {"rulings": {"heroic": "yes"}}),
    "a pack that is not loaded": ("pack.missing", "/packs/tinny", {"packs": {"tinny": "1"}}),
    "a pack of another version": ("pack.version", "/packs/tiny", {"packs": {"tiny": "0.9"}}),
    "a collection of what is not there": ("collection.parked", "/collections/elder.pets", {"collections": {"elder.pets": {}}}),
    "a field of what is not there": ("field.parked", "/fields/elder.calling", {"fields": {"elder.calling": True}}),
}


@pytest.mark.parametrize(("code", "pointer", "parts"), CASES.values(), ids=CASES.keys())
def test_a_fault_is_told_with_its_place(code, pointer, parts):
    assert (code, pointer) in told(**parts)


def test_elements_beyond_the_maximum_do_not_count():
    bag = {f"i{number}": {"gear": "rope"} for number in range(9)}
    assert [each.path for each in derive(document(collections={"bag": bag}), RULES).value("bag")] == [
        "bag.i0",
        "bag.i1",
        "bag.i2",
    ]


@pytest.mark.parametrize("name", ["", "a.b"])
def test_an_element_whose_id_would_make_paths_ambiguous_is_left_out(name):
    derivation = derive(document(collections={"bag": {name: {"gear": "rope"}}}), RULES)
    assert derivation.value("bag") == ()
    assert [each.code for each in derivation.findings] == ["element.id"]


ANSWERS = {
    "an unknown one": ("choice.unknown", "/choices/elder.talents/0", ["togh"]),
    "one that is no text": ("choice.type", "/choices/elder.talents/0", [3]),
    "too many": ("choice.too_many", "/choices/elder.talents", ["tough", "mixed"]),
    "none": ("choice.missing", "/choices/elder.talents", []),
    "one twice": ("choice.repeated", "/choices/elder.talents", ["tough", "tough"]),
}


@pytest.mark.parametrize(("code", "pointer", "answers"), ANSWERS.values(), ids=ANSWERS.keys())
def test_a_fault_of_an_answer_is_told(code, pointer, answers):
    assert (code, pointer) in told(fields=FAR, choices={"elder.talents": answers})


def test_a_sound_document_has_no_findings():
    choices = {"elder.talents": ["mixed"], "elder.talents.mixed.way": ["calm"]}
    parts = {
        "fields": FAR | {"might.base": 3},
        "choices": choices,
        "collections": {"bag": {"a": {"gear": "tiny:blade.sword"}}},
    }
    assert told(**parts, rulings={"heroic": True}, packs={"tiny": "1.0.0"}) == []


def test_the_nearest_name_is_given():
    assert only("field.unknown", fields={"might.bsae": 1}).nearest == "might.base"
    assert only("entry.unknown", fields={"kin": "eldre"}).nearest == "elder"
    assert only("choice.unknown", fields=FAR, choices={"elder.talents": ["togh"]}).nearest == "tough"


def test_a_value_outside_its_range_comes_with_a_fix():
    found = only("value.range", fields={"might.base": 9})
    assert found.fixes[0].patch == (
        {"op": "test", "path": "/fields/might.base", "value": 9},
        {"op": "replace", "path": "/fields/might.base", "value": 3},
    )
    assert (found.found, found.expected) == (9, {"high": 3})


def test_a_derived_field_is_removed_by_its_fix():
    assert only("field.derived", fields={"guard": 1}).fixes[0].patch == (
        {"op": "test", "path": "/fields/guard", "value": 1},
        {"op": "remove", "path": "/fields/guard"},
    )


def test_an_answer_that_nothing_asks_is_parked_with_a_note():
    found = only("choice.parked", choices={"elder.talents": ["tough"]})
    assert (found.severity, found.pointer) == (Severity.NOTE, "/choices/elder.talents")


def test_an_unknown_entry_is_a_warning_where_a_pack_is_not_loaded():
    assert only("entry.unknown", fields={"kin": "eldre"}, packs={"more": "1"}).severity is Severity.WARNING
    assert only("entry.unknown", fields={"kin": "eldre"}).severity is Severity.ERROR


def test_a_renamed_entry_is_found_under_its_old_name():
    renamed = replace(RULES, renamed={"kin.ancient": "kin.elder"})
    assert derive(document(fields={"kin": "ancient"}), renamed).value("kin").name == "elder"


def test_an_unknown_answer_is_left_out_and_the_others_act():
    derivation = derive(document(fields=FAR, choices={"elder.talents": ["nothing", "tough"]}), RULES)
    assert derivation.value("health") == 8


def test_what_may_be_named_is_restricted_by_where():
    active = f.Call(BOOL, "active", (f.Variable(t.RefType("kin"), "it"),))
    given_rules = rules(hero=Block(fields=(field("ally", t.RefType("kin"), mode="editable", where=f.Not(BOOL, active)),)))
    assert ("value.where", "/fields/ally") in told(given_rules, fields={"kin": "born", "ally": "born"})
    assert ("value.where", "/fields/ally") not in told(given_rules, fields={"kin": "born", "ally": "elder"})


def asking(given_rules, choice):
    """The rules with one more choice of the entity."""
    hero = given_rules.entities["hero"]
    block = replace(hero.shape.block, choices=(choice,))
    return replace(given_rules, entities={"hero": replace(hero, shape=replace(hero.shape, block=block))})


def test_an_answer_must_fulfil_where():
    given_rules = rules()
    good = compare(read("score", INT, f.Variable(t.RefType("stat"), "it")), ">=", constant(2))
    stats = tuple(each for each in given_rules.entries.values() if each.kind == "stat")
    choice = Choice("best", "Best", constant(2), t.SetType("stat"), single=False, entries=stats, where=good)
    found = told(asking(given_rules, choice), fields={"might.base": 2}, choices={"best": ["might", "wits"]})
    assert [place for code, place in found if code == "choice.where"] == ["/choices/best/1"]


def test_instances_can_be_chosen():
    choice = Choice("pet", "Pet", constant(1), t.InstanceType("record carried"), single=True, records="record carried")
    given_rules = asking(rules(), choice)
    parts = {"collections": {"bag": {"a": {"gear": "rope"}}}, "choices": {"pet": ["bag.a"]}}
    assert derive(document(**parts), given_rules).value("pet").path == "bag.a"
    assert ("choice.unknown", "/choices/pet/0") in told(given_rules, choices={"pet": ["bag.b"]})


# ---- requirements


def test_a_requirement_is_judged_without_the_effects_of_what_asks():
    choices = {"elder.talents": ["trained"], "elder.talents.trained.raised": ["might"]}
    found = only("requires.failed", fields=FAR | {"might.base": 1}, choices=choices)
    assert found.pointer == "/choices/elder.talents"
    assert "requires.failed" not in {code for code, _ in told(fields=FAR | {"might.base": 2}, choices=choices)}


def test_a_requirement_is_judged_with_the_effects_of_others():
    choices = {
        "elder.talents": ["trained", "mixed"],
        "elder.talents.trained.raised": ["wits"],
        "elder.talents.mixed.way": ["bold"],
        "elder.talents.mixed.way.bold.raised": ["might"],
    }
    assert told(fields=FAR, choices=choices, collections={"rungs": [{}, {}]}) == []


def test_a_requirement_of_a_kind_holds_for_each_of_its_entries():
    choices = {"elder.talents": ["tough", "tough"]}
    derivation = derive(document(fields=FAR, choices=choices, collections={"rungs": [{}, {}]}), RULES)
    assert [each.message for each in derivation.findings if each.code == "requires.failed"] == [
        "Tough (elder.talents.tough): this talent cannot be taken twice",
        "Tough (elder.talents.tough#2): this talent cannot be taken twice",
    ]


def test_a_waived_requirement_is_a_note_with_the_reason():
    choices = {"elder.talents": ["trained"], "elder.talents.trained.raised": ["wits"]}
    found = only("requires.waived", fields=FAR, choices=choices, waivers={"elder.talents.trained": "the table agreed"})
    assert found.severity is Severity.NOTE
    assert "the table agreed" in found.message


def test_a_law_of_the_entity_counts_everything():
    law = Requirement(compare(read("guard", INT, HERO), "<=", constant(10)), "too well guarded")
    parts = {"collections": {"bag": {"a": {"gear": "cloak", "worn": True}}}}
    assert only("requires.failed", rules(hero=Block(requirements=(law,))), **parts).message == "too well guarded"


# ---- values


def test_a_derived_value_outside_its_range_is_told():
    huge = effect(HERO, "guard", "add", constant(100))
    found = only("range.derived", rules([huge]), fields={"kin": "born"})
    assert found.severity is Severity.WARNING


def test_sets_that_disagree_are_told_with_both_places():
    both = [effect(HERO, "guard", "set", constant(value), line) for value, line in ((3, 7), (4, 8))]
    found = only("set.disagree", rules(both), fields={"kin": "born"})
    assert [span.line for _what, span in found.related] == [7, 8]


def test_dice_may_be_written():
    given_rules = rules(
        hero=Block(
            fields=(
                field("pool", DICE, constant(0), "editable"),
                field("twice", DICE, plus(read("pool", DICE), read("pool", DICE), DICE)),
            )
        )
    )
    for written, shown in (
        ({"dice": "2d6+1"}, "4d6+2"),
        ("d6", None),
        (3, "6"),
        ("1d4 - 1", "2d4-2"),
        ({"dice": "x"}, None),
        ("", None),
    ):
        derivation = derive(document(fields={"pool": written}), given_rules)
        assert str(derivation.value("twice")) == (shown or "0")
        assert ("value.type" in {each.code for each in derivation.findings}) == (shown is None)


PLAIN = st.none() | st.booleans() | st.integers(-3, 9) | st.floats(-1e6, 1e6)
WORD = st.sampled_from(["elder", "sword", "tough", "x", "1d6"])
NAME = st.sampled_from(["gear", "worn", "stat", "state", "a"])
JSON = st.recursive(
    PLAIN | WORD,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAME, inner, max_size=3),
    max_leaves=8,
)
FIELD = st.sampled_from(["kin", "might.base", "harm", "guard", "name", "elder.calling", "heroic", ""])
OTHER = st.sampled_from(["bag", "woes", "rungs", "elder.talents", "elder.talents.mixed.way"])
PARTS = ("fields", "collections", "choices", "rulings", "waivers", "packs")


@given(st.fixed_dictionaries({}, optional={part: st.dictionaries(FIELD | OTHER, JSON, max_size=5) for part in PARTS}))
def test_any_document_is_derived_and_all_of_it_is_shown(parts):
    derivation = derive(document(**parts), RULES)
    assert derivation.sheet().to_json()["entity"] == "hero"
    for path in derivation.paths():
        derivation.value(path)


def test_a_collection_that_is_neither_list_nor_object_is_told_once():
    assert told(collections={"bag": 3}) == [("collection.shape", "/collections/bag")]


def test_answers_that_are_no_list_are_told_once():
    assert told(fields=FAR, choices={"elder.talents": "tough"}) == [("choice.type", "/choices/elder.talents")]


def test_what_does_not_act_now_asks_nothing():
    given_rules = rules()
    lost = given_rules.entries["state.lost"]
    law = Requirement(constant(False, BOOL), "never")
    object.__setattr__(lost.shape.block, "requirements", (law,))
    parts = {"collections": {"woes": {"w": {"state": "lost"}}}}
    assert "requires.failed" in {code for code, _ in told(given_rules, **parts)}
    immune = effect(f.Constant(t.RefType("state"), lost), "immune", "set", constant(True, BOOL))
    object.__setattr__(given_rules.entries["talent.gifted"].shape.block, "effects", (immune,))
    assert told(given_rules, fields={"kin": "born"}, **parts) == []
