"""A structure that branches off takes over values, and each of them is what derivation gives, with the terms that make it."""

from contextlib import suppress
from copy import deepcopy
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rulecore import Add, Refused, Remove, Ruleset
from rulecore.character.patch import difference
from rulecore.character.verification import verify
from rulecore.derive import derive
from rulecore.derive.alike import branch_from
from rulecore.derive.compute import Computation
from rulecore.derive.inheritance import MOST_STEPS
from rulecore.derive.noting import RULING
from rulecore.derive.valuing import Valuing
from rulecore.formula import ast as f
from rulecore.formula import types as t
from rulecore.model.document import read_document
from rulecore.model.rules import Ruling
from rulecore.model.shape import Activation, Block, Part, Shape
from tests.derive.telling import keys, read_all, values
from tests.derive.test_judging import ANY, BORN, GAME, LATE, LOST, MIGHT, POOLS, everything, more
from tests.derive.tiny import BOOL, HERO, INT, THIS, compare, constant, document, effect, entry, field, read
from tests.incremental.histories import some_edits
from tests.properties.heroes import bounded, examples, mutated, played, rules, seeds

MOST_WORKED_OUT = 0.25
WITS = GAME.entries["stat.wits"]
THINGS = {"rope": {"item": "rope"}, "chain": {"item": "chain", "quantity": 3}, "shield": {"item": "shield", "equipped": True}}


def branched(near, raw):
    """A derivation that branches off another one, none where too much hangs on what differs."""
    pointers = [each["path"] for each in difference(near.document.raw, raw)]
    return branch_from(near, pointers, read_document(deepcopy(raw)))


def read_some(derivation, random):
    for key in random.sample(keys(derivation), 100):
        derivation.computation.value(*key)


def added(document, **things):
    raw = deepcopy(document)
    raw.setdefault("collections", {}).setdefault("inventory", {}).update(deepcopy(things))
    return raw


@pytest.fixture
def worked_out(monkeypatch):
    """The ids of the fields that were worked out, rather than taken over."""
    found, work_out = [], Computation._field

    def noted(self, instance, name):
        found.extend([instance.join(name)] if isinstance(self, Valuing) and not instance.on_read else [])
        return work_out(self, instance, name)

    monkeypatch.setattr(Computation, "_field", noted)
    return found


@given(st.integers(0, 2**32))
@bounded(20)
def test_values_are_those_of_a_new_derivation(seed):
    """Some are asked for before the next change and some are not, so that what is taken over is all, a part, or nothing."""
    random = Random(seed)  # noqa: S311 - a test, no secret
    raw = played(random.randrange(2**32)) if seed % 2 else random.choice(seeds())
    derivation = derive(deepcopy(raw), rules().rules)
    for _ in range(5):
        read = random.choice([read_all, read_all, lambda each: read_some(each, random), lambda _each: None])
        read(derivation)
        raw = mutated(raw, random.randrange(2**32))
        found = branched(derivation, raw)
        derivation = derive(deepcopy(raw), rules().rules) if found is None else found
        if random.random() < 0.7:
            assert values(derivation) == values(derive(deepcopy(raw), rules().rules))


@pytest.mark.parametrize("thing", THINGS)
@pytest.mark.parametrize("name", examples())
def test_few_are_worked_out_again(name, thing, worked_out):
    near = derive(deepcopy(examples()[name]), rules().rules)
    read_all(near)
    worked_out.clear()
    found = branched(near, added(examples()[name], new=THINGS[thing]))
    read_all(found)
    assert len(worked_out) == len(set(worked_out))
    assert len(worked_out) < MOST_WORKED_OUT * len(keys(found))


def test_what_comes_out_as_it_was_is_followed_no_further(worked_out):
    """A second Barbarian level makes its effects on every check anew; nothing of them counts, so no check is worked out."""
    document = examples()["monk_barbarian"]
    near = derive(deepcopy(document), rules().rules)
    read_all(near)
    worked_out.clear()
    raw = deepcopy(document)
    raw["collections"]["levels"].append({"class": "barbarian"})
    read_all(branched(near, raw))
    names = {path.rpartition(".")[2] for path in worked_out}
    assert "advantage" in names
    assert "stealth.check.mode" not in worked_out


def test_what_nobody_has_read_meanwhile_is_taken_over_all_the_same():
    document = examples()["dwarf_fighter_1"]
    derivation = derive(deepcopy(document), rules().rules)
    read_all(derivation)
    for count in range(1, MOST_STEPS + 3):
        raw = added(document, **{f"n{number}": THINGS["rope"] for number in range(count)})
        derivation = branched(derivation, raw)
        assert (derivation.basis.inheritance is None) == (count == MOST_STEPS + 1)
    assert values(derivation) == values(derive(raw, rules().rules))


def test_a_structure_that_is_left_is_let_go_when_a_value_is_read():
    near = derive(deepcopy(examples()["dwarf_fighter_1"]), rules().rules)
    read_all(near)
    found = branched(near, added(examples()["dwarf_fighter_1"], new=THINGS["rope"]))
    assert found.basis.inheritance.basis is near.basis
    found.value("armor_class")
    assert found.basis.inheritance is None


def test_nothing_of_what_is_no_more_is_taken_over():
    document = examples()["warlock_paladin"]
    near = derive(deepcopy(document), rules().rules)
    read_all(near)
    raw = deepcopy(document)
    raw["collections"]["levels"][-1]["class"] = "fighter"
    found = branched(near, raw)
    read_all(found)
    there, basis = {*found.structure.instances, RULING}, found.basis
    assert {topic[0] for topic in (*basis.known, *basis.sources, *basis.doubtful)} <= there
    assert {topic[0] for topic in near.basis.known} - there


def test_what_an_edit_moves_is_not_taken_over():
    """Whoever works a value out while another thread begins to move it adds it all the same, and nobody looks at it."""
    document = examples()["dwarf_fighter_1"]
    hero = rules().character(deepcopy(document))
    read_all(hero.derivation)
    late = dict(hero.derivation.basis.known)
    hero.edit({"strength.base": hero["strength.base"] + 6})
    hero.derivation.basis.known.update(late)
    raw = added(hero.document, new=THINGS["rope"])
    assert values(branched(hero.derivation, raw)) == values(derive(raw, rules().rules))


@given(st.integers(0, 2**32))
@bounded(12)
def test_values_between_edits(seed):
    """Values are edited between edits of structure, and some of them are read meanwhile; nothing else reads any."""
    random = Random(seed)  # noqa: S311 - a test, no secret
    hero = rules().character(deepcopy(random.choice(seeds())))
    hero._editing.observers.clear()
    for _ in range(12):
        random.choice([read_all, lambda each: read_some(each, random), lambda _each: None])(hero.derivation)
        with suppress(Refused):
            hero.edit(some_edits(hero, random))
        if random.random() < 0.2:
            verify(hero.derivation)
    verify(hero.derivation)


def test_where_two_that_are_alike_differ_nothing_is_taken_over(monkeypatch):
    """The second stands on the structure of the first, and differs from it in a value; nobody has read that structure yet."""
    monkeypatch.delenv("RULECORE_VERIFY_EDITS")
    ruleset = Ruleset(rules().rules)
    first = ruleset.character(deepcopy(examples()["dwarf_fighter_1"]))
    read_all(first.derivation)
    first.edit([Add("inventory", THINGS["rope"])])
    document = first.document
    document["fields"]["strength.base"] -= 6
    second = ruleset.character(document)
    assert second.derivation.basis is first.derivation.basis
    assert second.derivation.basis.inheritance is not None
    second.edit([Add("inventory", THINGS["rope"])])
    assert second.derivation.basis.inheritance is not None
    verify(second.derivation)


def test_what_edits_have_moved_comes_anew_before_what_is_made_of_it():
    """Armor is put on, so that the Armor Class moves, and then made another by its magic; every edit is verified."""
    inventory = {"plate": {"item": "dwarven_plate"}, "rope": {}}
    parts = {"conditions": {"c": {}, "d": {}}, "effects": {"e": {}, "f": {}}, "inventory": inventory}
    hero = rules().character({"kind": "character", "fields": {"species": "dwarf"}, "collections": parts})
    hero.edit({"inventory.plate.enchantment": "armor_of_resistance_cold"})
    hero.undo()
    hero.edit({"dwarf.stonecunning.spent": 0, "inventory.plate.equipped": True, "effects.e.level": 0})
    hero.edit([Remove("conditions.d")])
    hero.edit([Remove("effects.f")])
    hero.edit({"inventory.plate.enchantment": "armor_of_resistance_acid", "inventory.rope.attuned": False})
    assert hero["armor_class"] == 18


# ---- every way in which a value may hang on what exists


NEVER = constant(value=False, of=BOOL)
AIM = field("aim", t.InstanceType("record pool"), mode="editable")
STAT = t.RefType("stat")
FAVORITE = field("favorite", STAT, f.If(STAT, compare(read("load"), ">=", constant(2)), entry(MIGHT), entry(WITS)))


def seeing(formula, of=BOOL, **members):
    """The game, its hero with a field that a formula makes."""
    return more(NEVER, **{**members, "fields": (*members.get("fields", ()), field("seen", of, formula))})


def by_ruling():
    given = seeing(f.RulingValue(BOOL, "heroic"))
    return replace(given, rulings={"heroic": replace(given.rulings["heroic"], default=POOLS)})


def by_ruling_of_a_path():
    of = t.InstanceType("record pool")
    given = seeing(read("maximum", INT, f.RulingValue(of, "named")), INT)
    return replace(given, rulings={**given.rulings, "named": Ruling("named", "Named", of, constant(None, of))})


def by_what_is_gained():
    wits = compare(read("stat", STAT, ANY), "=", entry(WITS))
    rungs = read("rungs", t.InstancesType("any"), HERO)
    counted = field("counted", formula=f.Comprehension(INT, "count", ANY, "each", rungs, wits), mode="structural")
    return seeing(f.Gained(INT, read("counted", INT, THIS), 1), INT, fields=(counted,))


def by_a_record_made_when_read():
    memo = Block(fields=(field("of", formula=f.Call(INT, "count", (everything("record", "record pool"),))),))
    given = seeing(read("memo.of"), INT, parts=(Part("memo", "Memo", "record memo"),))
    shape = Shape("record memo", "Memo", frozenset({"record memo"}), memo, on_read=True)
    return replace(given, records={**given.records, "record memo": shape})


def by_who_acts():
    acting = Activation(entry(GAME.entries["talent.tough"]), when=POOLS)
    return seeing(f.Call(BOOL, "active", (entry(GAME.entries["talent.tough"]),)), activations=(acting,))


def by_effects_that_float():
    aimed = effect(read("favorite", STAT, HERO), "score", "add", constant(2), 90)
    return replace(more(NEVER, fields=(FAVORITE,)), entries=with_effect("kin.born", aimed))


def with_effect(name, more_effect):
    made = GAME.entries[name]
    shape = replace(made.shape, block=replace(made.shape.block, effects=(*made.shape.block.effects, more_effect)))
    return {**GAME.entries, name: replace(made, shape=shape)}


RUNGS = [{"stat": "might"}, {"stat": "wits"}, {"stat": "wits"}]
HANGING = {name: (seeing(gate), document(fields=fields, collections=LOST)) for name, (gate, fields) in LATE.items()} | {
    "a ruling": (by_ruling(), document(fields=BORN)),
    "a ruling of a path": (by_ruling_of_a_path(), document(fields=BORN, rulings={"named": "born.mixed.fire"})),
    "a path": (seeing(read("aim.maximum"), INT, fields=(AIM,)), document(fields={**BORN, "aim": "born.mixed.fire"})),
    "what is gained": (by_what_is_gained(), document(collections={"rungs": RUNGS})),
    "a record that is made when read": (by_a_record_made_when_read(), document(fields=BORN)),
    "what acts": (by_who_acts(), document(fields=BORN)),
    "effects that float": (by_effects_that_float(), document(fields=BORN)),
    "effects on all": (GAME, document(fields=BORN, collections={"woes": {"w": {"state": "afraid"}}})),
}


@pytest.mark.parametrize("case", HANGING)
def test_a_value_follows(case):
    """From a document to one that lacks a collection or a field, one after the other, and back."""
    game, whole = HANGING[case]
    branches = 0
    for less in [*lacking(whole)]:
        derivation = derive(deepcopy(whole), game)
        for raw in (less, whole, less):
            read_all(derivation)
            found = branched(derivation, raw)
            branches += found is not None
            derivation = derive(deepcopy(raw), game) if found is None else found
            assert values(derivation) == values(derive(deepcopy(raw), game))
    assert branches


def lacking(whole):
    """The document without one of its fields, without one of its collections, and without the first and last of each."""
    for part in ("fields", "collections"):
        for name in whole.get(part, {}):
            less = deepcopy(whole)
            del less[part][name]
            yield less
    for name, elements in whole.get("collections", {}).items():
        if isinstance(elements, list):
            for place in (0, -1):
                less = deepcopy(whole)
                del less["collections"][name][place]
                yield less
