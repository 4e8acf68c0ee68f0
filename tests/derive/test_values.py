"""Values: defaults, bounds, effects on whatever is named, deep chains, and reading by dotted id."""

from dataclasses import replace

import pytest

from rulecore.derive import derive
from rulecore.derive.collect import Contributions
from rulecore.derive.compute import Computation
from rulecore.errors import CircularReading, FieldError
from rulecore.formula import ast as f
from rulecore.formula import types as t
from rulecore.model.rules import Table
from rulecore.model.shape import Binding, Block, Part
from tests.derive.tiny import (
    BOOL,
    HERO,
    INT,
    MOOD,
    SELF,
    THIS,
    compare,
    constant,
    document,
    effect,
    field,
    plus,
    read,
    rules,
    shape,
)

RULES = rules()


def hero(**parts):
    return derive(document(**parts), RULES)


def test_an_editable_field_is_what_the_document_says_or_its_default():
    assert hero(fields={"might.base": 2}).value("might.base") == 2
    assert hero().value("might.base") == 0
    assert hero(fields={"might.base": "two"}).value("might.base") == 0


def test_the_name_of_the_document_is_the_name_of_the_entity():
    assert hero(name="Mara").value("name") == "Mara"
    assert hero(name="Mara", fields={"name": "Sol"}).value("name") == "Sol"


def test_a_stored_value_outside_its_bounds_is_clamped_where_it_is_shown():
    derivation = hero(fields={"harm": 99})
    assert derivation.value("harm") == 6
    assert derivation.document.fields["harm"] == 99


def test_a_derived_bound_moves_what_is_shown():
    assert hero(fields={"harm": 99, "might.base": 3}).value("harm") == 9


def test_a_binding_replaces_the_formula_of_a_part():
    assert hero().value("might.test.stat").name == "might"


def test_effects_reach_every_instance_of_a_record():
    derivation = hero(collections={"woes": {"w": {"state": "afraid"}}, "bag": {"a": {"gear": "sword"}}})
    assert {derivation.value(f"{path}.mood") for path in ("might.test", "wits.test", "bag.a.strike")} == {"afraid"}


def test_where_joins_the_condition_for_each_target():
    every = f.Everything(t.InstancesType("record test"), "record", "record test")
    it = f.Variable(t.InstanceType("record test"), "it")
    low = compare(read("bonus", t.DiceType(), it), "<", constant(1))
    given = rules([effect(every, "mood", "set", constant("brave", MOOD), where=low)])
    derivation = derive(document(fields={"kin": "born", "wits.base": 2}), given)
    assert (derivation.value("might.test.mood"), derivation.value("wits.test.mood")) == ("brave", "steady")


def test_a_target_that_a_derived_value_names_is_found_when_it_is_known():
    favourite = field(
        "favourite", t.RefType("stat"), f.Call(t.RefType("stat"), "first", (f.Everything(t.SetType("stat"), "family", "stat"),))
    )
    aimed = effect(read("favourite", t.RefType("stat"), HERO), "score", "add", constant(4))
    derivation = derive(document(), rules(hero=Block(fields=(favourite,), effects=(aimed,))))
    assert (derivation.value("might.score"), derivation.value("wits.score")) == (4, 0)
    assert derivation.contributions.floating.keys() == {"score"}


def test_an_effect_without_a_target_does_nothing():
    nowhere = effect(read("strike", t.InstanceType("record test"), SELF), "bonus", "add", constant(1))
    assert derive(document(fields={"kin": "born"}), rules([nowhere])).value("guard") == 11


def test_an_effect_whose_value_is_none_does_nothing():
    unset = effect(HERO, "kin_wanted", "set", read("kin_asked", t.RefType("kin"), HERO))
    more = Block(
        fields=(field("kin_asked", t.RefType("kin"), mode="editable"), field("kin_wanted", t.RefType("kin"))), effects=(unset,)
    )
    assert derive(document(), rules(hero=more)).value("kin_wanted") is None
    assert derive(document(fields={"kin_asked": "born"}), rules(hero=more)).value("kin_wanted").name == "born"


def chain(length):
    links = [field("link_0", formula=constant(0))]
    links += [field(f"link_{n}", formula=plus(read(f"link_{n - 1}", INT, HERO), constant(1))) for n in range(1, length)]
    return rules(hero=Block(fields=tuple(links)))


def test_a_long_chain_of_fields_needs_no_deep_stack():
    assert derive(document(), chain(2000)).value("link_1999") == 1999


@pytest.mark.parametrize("length", [2, 40])
def test_a_circle_is_our_fault_and_names_its_fields(length):
    links = tuple(field(f"link_{n}", formula=read(f"link_{(n + 1) % length}", INT, HERO)) for n in range(length))
    derivation = derive(document(), rules(hero=Block(fields=links)))
    with pytest.raises(CircularReading) as caught:
        derivation.value("link_0")
    assert {*caught.value.path} <= {f"link_{n}" for n in range(length)}


def test_what_is_read_is_what_was_computed():
    derivation = hero(fields={"kin": "elder"})
    assert derivation.value("elder.talents") == frozenset()
    assert derivation.value("might.test").path == "might.test"
    assert derivation.value("bag") == ()


def test_an_unknown_id_names_the_nearest():
    with pytest.raises(FieldError) as caught:
        hero().value("might.scoer")
    assert caught.value.nearest == "might.score"


def test_what_is_not_in_force_has_no_fields():
    with pytest.raises(FieldError):
        hero().value("elder.calling")


def test_a_world_without_effects_is_the_structure_alone():
    structure = hero(collections={"bag": {"a": {"gear": "cloak", "worn": True}}}).structure
    assert Computation(structure, Contributions()).value(structure.entity, "guard") == 10


def test_instances_are_counted_while_they_are_in_force():
    asked = field("counted", formula=f.Call(INT, "instances", (f.Constant(t.RefType("state"), RULES.entries["state.lost"]),)))
    active = field("is_active", BOOL, f.Call(BOOL, "active", (THIS,)))
    derivation = derive(document(), rules(hero=Block(fields=(asked, active))))
    assert derivation.value("counted") == 0
    assert derivation.value("is_active") is True


def counting(by, name, of):
    """Rules in which the hero counts everything of a sort."""
    everything = f.Everything(t.InstancesType(of), by, name)
    return rules(hero=Block(fields=(field("counted", formula=f.Call(INT, "count", (everything,))),)))


@pytest.mark.parametrize(
    ("by", "name", "count"),
    [("record", "record carried", 2), ("entry", "gear.cloak", 1), ("kind", "gear", 2), ("kind", "blade", 1)],
)
def test_everything_of_a_sort_is_counted(by, name, count):
    bag = {"a": {"gear": "sword", "worn": True}, "b": {"gear": "cloak", "worn": True}}
    assert derive(document(collections={"bag": bag}), counting(by, name, name)).value("counted") == count


def test_what_encloses_an_instance_is_found_by_its_shape():
    structure = hero(fields={"kin": "elder"}, collections={"bag": {"a": {"gear": "sword", "worn": True}}}).structure
    strike, sword, elder = (structure.by_path[path] for path in ("bag.a.strike", "bag.a.sword", "elder"))
    assert structure.outer(strike, "record carried").path == "bag.a"
    assert structure.outer(sword, "record carried").path == "bag.a"
    assert structure.outer(strike, "entity hero") is structure.entity
    assert structure.outer(structure.entity, "entity hero") is structure.entity
    assert structure.outer(strike, "entry kin.elder") is elder
    assert structure.outer(strike, "entry kin.born") is None
    assert structure.outer(strike, "option nothing") is None


def test_an_effect_aims_at_instances_that_a_derived_value_names():
    carried = t.InstanceType("record carried")
    first = field("best", carried, f.Call(carried, "first", (read("bag", t.InstancesType("record carried"), HERO),)))
    more = Block(fields=(first,), effects=(effect(read("best", carried, HERO), "load", "add", constant(10)),))
    derivation = derive(document(collections={"bag": {"a": {"gear": "rope"}, "b": {"gear": "rope"}}}), rules(hero=more))
    assert [derivation.value(f"bag.{name}.load") for name in "ab"] == [11, 1]


def test_a_table_is_read_at_a_number():
    given = rules(hero=Block(fields=(field("looked_up", formula=f.Lookup(INT, "growth", read("level"))),)))
    given = replace(given, tables={"growth": Table("growth", INT, ((1, constant(2)), (3, constant(7))))})
    values = [derive(document(collections={"rungs": [{}] * count}), given).value("looked_up") for count in range(5)]
    assert values == [0, 2, 2, 7, 7]


def test_a_binding_of_what_is_no_field_can_be_read():
    part = Part("kit", "Kit", "record pool", (Binding(("colour",), constant("red", t.TextType())),))
    asked = field("colour", t.TextType(), f.Read(t.TextType(), f.Read(t.InstanceType("record pool"), HERO, "kit"), "colour"))
    assert derive(document(), rules(hero=Block(parts=(part,), fields=(asked,)))).value("colour") == "red"


def test_a_binding_from_further_out_wins():
    outer = Part("kit", "Kit", "record case", (Binding(("inside", "maximum"), constant(9)),))
    inner = Block(parts=(Part("inside", "Inside", "record pool", (Binding(("maximum",), constant(5)),)),))
    given = rules(hero=Block(parts=(outer, Part("plain", "Plain", "record case"))))
    given = replace(given, records=given.records | {"record case": shape("record case", inner)})
    derivation = derive(document(), given)
    assert (derivation.value("kit.inside.maximum"), derivation.value("plain.inside.maximum")) == (9, 5)


def test_effects_of_a_part_reach_that_part_alone():
    louder = effect(THIS, "maximum", "add", constant(4))
    parts = (Part("kit", "Kit", "record pool", effects=(louder,)), Part("plain", "Plain", "record pool"))
    derivation = derive(document(), rules(hero=Block(parts=parts)))
    assert (derivation.value("kit.maximum"), derivation.value("plain.maximum")) == (5, 1)
