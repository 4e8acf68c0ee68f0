"""What is in force: families, references, choices, grants, gates, and where everything stands."""

import sys
from dataclasses import replace

import pytest

from rulecore.derive import derive
from rulecore.errors import DocumentError
from rulecore.formula import ast as f
from rulecore.formula import types as t
from rulecore.model.shape import Activation, Block, Choice, Collection, Grant
from tests.derive.tiny import BOOL, HERO, INT, Maker, compare, constant, document, effect, entry, field, read, rules, shape

RULES = rules()


def paths(derivation):
    return {instance.path for instance in derivation.structure.instances}


def codes(derivation):
    return [finding.code for finding in derivation.findings]


def test_a_blank_document_has_the_entity_and_its_families():
    derivation = derive(document(), RULES)
    assert {"", "might", "might.test", "wits", "grace", "afraid", "lost"} == paths(derivation) - {"wits.test", "grace.test"}
    assert codes(derivation) == []


def test_a_reference_of_the_entity_activates_under_the_name_of_the_entry():
    derivation = derive(document(fields={"kin": "elder"}), RULES)
    elder = derivation.structure.by_path["elder"]
    assert elder.active
    assert elder.holder is elder


def test_an_element_is_the_self_of_what_it_activates():
    bag = {"a": {"gear": "sword", "worn": True}, "b": {"gear": "sword"}}
    derivation = derive(document(collections={"bag": bag}), RULES)
    sword = derivation.structure.by_path["bag.a.sword"]
    assert sword.holder.path == "bag.a"
    assert "bag.b.sword" not in paths(derivation)
    assert str(derivation.value("bag.a.strike.bonus")) == "1d6"
    assert derivation.value("bag.b.strike.bonus") == 0


def test_a_conditional_part_exists_while_its_gate_holds():
    derivation = derive(document(collections={"bag": {"a": {"gear": "rope"}}}), RULES)
    assert "bag.a.strike" not in paths(derivation)


def test_chosen_entries_and_options_stand_under_the_choice():
    choices = {"elder.talents": ["mixed"], "elder.talents.mixed.way": ["bold"], "elder.talents.mixed.way.bold.raised": ["wits"]}
    derivation = derive(document(fields={"kin": "elder"}, choices=choices), RULES)
    assert {"elder.talents.mixed", "elder.talents.mixed.way.bold", "elder.talents.mixed.fire"} <= paths(derivation)
    assert derivation.value("wits.score") == 2
    assert derivation.value("elder.talents.mixed.way") == "bold"
    assert derivation.value("elder.talents.mixed.fire.maximum") == 3


def test_the_second_of_a_repeatable_entry_is_numbered():
    choices = {
        "elder.talents": ["trained", "trained"],
        "elder.talents.trained.raised": ["might"],
        "elder.talents.trained#2.raised": ["wits"],
    }
    derivation = derive(
        document(fields={"kin": "elder", "might.base": 2}, collections={"rungs": [{}, {}]}, choices=choices), RULES
    )
    assert (derivation.value("might.score"), derivation.value("wits.score")) == (3, 1)


def test_a_choice_not_made_contributes_nothing():
    derivation = derive(document(fields={"kin": "elder"}, choices={"elder.talents": ["trained"]}), RULES)
    assert [derivation.value(f"{stat}.score") for stat in ("might", "wits", "grace")] == [0, 0, 0]


def test_choosing_what_something_else_holds_names_it_only():
    given = rules()
    choice = Choice("favoured", "Favoured", constant(1), t.RefType("blade"), single=True, entries=(given.entries["blade.sword"],))
    hero = given.entities["hero"]
    more = replace(hero.shape, block=replace(hero.shape.block, choices=(choice,)))
    derivation = derive(document(choices={"favoured": ["sword"]}), replace(given, entities={"hero": replace(hero, shape=more)}))
    assert derivation.value("favoured").name == "sword"
    assert "favoured.sword" not in paths(derivation)


def test_an_entry_activates_another_with_a_choice_decided():
    derivation = derive(document(fields={"kin": "born"}, choices={"born.mixed.way": ["bold"]}), RULES)
    assert {"born.gifted", "born.mixed", "born.mixed.way.calm"} <= paths(derivation)
    assert derivation.value("guard") == 11
    assert "choice.preset" in codes(derivation)


def test_a_granted_element_is_named_after_its_entry():
    derivation = derive(document(collections={"woes": {"w": {"state": "lost"}}}), RULES)
    assert derivation.value("woes.afraid.state").name == "afraid"
    assert derivation.structure.families[RULES.entries["state.afraid"]].active


def test_a_granted_element_gets_a_number_where_its_name_is_taken():
    derivation = derive(document(collections={"woes": {"w": {"state": "lost"}, "afraid": {"state": "afraid"}}}), RULES)
    assert {"woes.afraid", "woes.afraid#2"} <= paths(derivation)


def test_a_granted_element_keeps_its_editable_fields_among_the_fields():
    written = {"woes.afraid.depth": 4}
    derivation = derive(document(fields=written, collections={"woes": {"w": {"state": "lost"}}}), RULES)
    assert derivation.value("woes.afraid.depth") == 4
    assert codes(derivation) == []


def test_a_family_member_acts_once_whatever_number_of_elements_name_it():
    woes = {"v": {"state": "lost"}, "w": {"state": "lost"}}
    assert derive(document(collections={"woes": woes}), RULES).value("guard") == 8


def test_a_derived_gate_silences_what_it_activates_and_what_that_grants():
    immune = effect(entry(RULES.entries["state.lost"]), "immune", "set", constant(True, BOOL))
    given = rules([immune])
    immune = effect(entry(given.entries["state.lost"]), "immune", "set", constant(True, BOOL))
    object.__setattr__(given.entries["talent.gifted"].shape.block, "effects", (immune,))
    derivation = derive(document(fields={"kin": "born"}, collections={"woes": {"w": {"state": "lost"}}}), given)
    assert derivation.value("lost.immune") is True
    assert derivation.value("guard") == 11
    assert derivation.value("might.test.mood") == "steady"
    assert "woes.afraid" in paths(derivation)


def test_blocks_open_and_close_with_the_document():
    def of(*levels):
        return str(derive(document(fields={"kin": "elder"}, collections={"rungs": list(levels)}), RULES).value("luck"))

    assert (of({}), of({}, {})) == ("0", "1d4")


def test_elements_of_a_sequence_have_their_place():
    derivation = derive(document(collections={"rungs": [{"stat": "wits"}, {"stat": "might"}]}), RULES)
    assert (derivation.value("rungs.2.stat").name, derivation.value("rungs.2.place")) == ("might", 2)


def test_the_order_of_keys_in_the_document_never_matters():
    bag = {"i2": {"gear": "rope"}, "i10": {"gear": "cloak"}}
    one = derive(document(collections={"bag": bag}), RULES)
    other = derive(document(collections={"bag": dict(reversed(bag.items()))}), RULES)
    assert [each.path for each in one.value("bag")] == [each.path for each in other.value("bag")] == ["bag.i2", "bag.i10"]


def test_a_gate_that_removes_itself_is_found():
    more = Block(
        fields=(
            field(
                "open",
                BOOL,
                compare(f.Call(INT, "count", (read("woes", t.InstancesType("record suffered")),)), "=", constant(0)),
                "structural",
            ),
        ),
        blocks=(Block(gate=read("open", BOOL), grants=(Grant((entry(RULES.entries["state.afraid"]),), HERO, "woes", "state"),)),),
    )
    assert "activation.unstable" in codes(derive(document(), rules(hero=more)))


def test_content_without_end_is_cut_short():
    make = Maker()
    ring = make.entry("talent", "ring", Block())
    object.__setattr__(ring, "shape", shape("entry talent.ring", Block(activations=(Activation(entry(ring), holds=False),))))
    derivation = derive(document(), rules(hero=Block(activations=(Activation(entry(ring)),))))
    assert "activation.endless" in codes(derivation)


def test_a_kind_of_document_that_no_pack_knows_is_refused():
    with pytest.raises(DocumentError) as caught:
        derive({"format": "rulecore/1", "kind": "heros"}, RULES)
    assert caught.value.findings[0].nearest == "hero"


def test_a_block_without_a_gate_is_open():
    assert (
        derive(document(), rules(hero=Block(blocks=(Block(fields=(field("inner", formula=constant(4)),)),)))).value("inner") == 4
    )


def test_content_without_measure_is_cut_short(monkeypatch):
    monkeypatch.setattr(sys.modules["rulecore.derive.activate"], "MOST_INSTANCES", 10)
    derivation = derive(document(collections={"bag": {"a": {"gear": "sword", "worn": True}}}), RULES)
    assert [finding.code for finding in derivation.structure.findings] == ["activation.endless"]


def test_a_grant_may_name_an_entry_that_something_stands_for():
    given = rules()
    elder, afraid = given.entries["kin.elder"], given.entries["state.afraid"]
    woes = Collection("woes", "Woes", "record suffered", 5)
    grant = Grant((entry(afraid),), entry(elder), "woes", "state")
    object.__setattr__(elder, "shape", shape("entry kin.elder", Block(collections=(woes,), grants=(grant,))))
    assert derive(document(fields={"kin": "elder"}), given).value("elder.woes.afraid.state") is afraid


def test_an_element_of_an_entry_counts_while_the_entry_does():
    derivation = derive(document(fields={"kin": "elder"}), RULES)
    elder = derivation.structure.by_path["elder"]
    assert derivation.computation.acts(elder, of_entry=True)
    assert derivation.computation.acts(derivation.structure.entity, of_entry=True)
    assert not derivation.computation.acts(derivation.structure.by_path["lost"], of_entry=True)
    assert derivation.computation.acts(derivation.structure.by_path["lost"], of_entry=False)
