"""What branches off another derivation is what derivation gives, however much of it is shared; the other stays as it was."""

import gc
from copy import deepcopy
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rulecore import Add, Remove
from rulecore.character.patch import applied, difference
from rulecore.derive import alike, derive
from rulecore.derive.alike import branch_from
from rulecore.derive.differences import differences
from rulecore.derive.instance import Instance
from rulecore.formula import ast as f
from rulecore.formula import types as t
from rulecore.model.document import read_document
from rulecore.model.shape import Block, Mode, Part
from tests.derive.telling import told_in_any_order as told
from tests.derive.tiny import INT, compare, constant, document, rules
from tests.properties.heroes import bounded, examples, mutated, played, seeds
from tests.properties.heroes import rules as standard


def step(near, raw):
    """The derivation of a document, branched off another one where that can be; then it is what derivation gives."""
    before, pointers = told(near), [each["path"] for each in difference(near.document.raw, raw)]
    anew = derive(deepcopy(raw), near.rules)
    found = branch_from(near, pointers, read_document(deepcopy(raw)))
    assert told(near) == before
    if found is None:
        return anew, False
    assert told(found) == told(anew)
    return found, True


def other_values(derivation, instance, name):
    """A few values that a reference may have besides, and none."""
    field = instance.fields[name]
    now = derivation.computation.value(instance, name)
    yield None
    if isinstance(field.type, t.RefType):
        entries = [each for each in derivation.structure.index.of_kind(field.type.kind) if each is not now]
        yield from (each.name for each in Random(instance.path).sample(entries, min(3, len(entries))))  # noqa: S311
    elif isinstance(field.type, t.InstanceType):
        yield from [each.path for each in derivation.structure.instances if field.type.shape in each.shapes][:2]


def with_value(derivation, instance, name, value):
    pointer = instance.home.pointer + (instance.home.prefix + name).replace("~", "~0").replace("/", "~1")
    word = "add" if value is not None else "remove"
    is_there = derivation.contents.of(instance.home).get(instance.home.prefix + name) is not None
    if word == "remove" and not is_there:
        return None
    return applied(derivation.document.raw, [{"op": word, "path": pointer, "value": value}])


@pytest.mark.parametrize("name", examples())
def test_every_deciding_field(name):
    start = derive(examples()[name], standard().rules)
    count = 0
    for instance, field in sorted(start.structure.deciding, key=lambda key: key[0].join(key[1])):
        for value in other_values(start, instance, field):
            raw = with_value(start, instance, field, value) if field not in instance.fixed else None
            if raw is not None and instance.fields[field].mode is Mode.EDITABLE:
                there, grew = step(start, raw)
                _back, grew_back = step(there, examples()[name])
                count += grew and grew_back
    assert count > 4


@given(st.integers(0, 2**32))
@bounded(20)
def test_a_chain_of_mutations(seed):
    random = Random(seed)  # noqa: S311 - a test, no secret
    start = played(random.randrange(2**32)) if seed % 2 else random.choice(seeds())
    derivation, raw = derive(deepcopy(start), standard().rules), start
    for _ in range(5):
        raw = mutated(raw, random.randrange(2**32))
        derivation, _grew = step(derivation, raw)


# ---- through a character, whose edits are all verified


def edits_of_structure(document):
    """Edits that all change what exists, one after the other: things, levels, answers, what a person comes from."""
    levels, things = document["collections"]["levels"], list(document["collections"].get("inventory", {}))
    yield from ([Add("inventory", {"item": item})] for item in ("longsword", "rope", "ring_of_evasion", "plate_armor"))
    yield from ([Remove(f"inventory.{name}")] for name in things[:3])
    if len(levels) < 19:
        yield [Add("levels", dict(levels[-1]))]
        yield [Add("levels", {"class": "wizard"})]
        yield [Remove(f"levels.{len(levels) + 2}")]
        yield [Remove(f"levels.{len(levels) + 1}")]
    yield {"levels.1.class": "monk"}
    yield {"levels.1.class": levels[0]["class"]}
    for path, answers in document["choices"].items():
        if path != "known_languages":
            yield {path: []}
            yield {path: answers}


@pytest.mark.parametrize("name", ["ranger_wizard", "monk_barbarian", "warlock_paladin"])
def test_what_a_person_does_to_a_sheet_derives_nothing_in_full(name, monkeypatch):
    start = examples()[name]
    hero, made = standard().character(deepcopy(start)), []
    monkeypatch.setattr(alike, "derive", lambda *given: made.append(given) or derive(*given))
    for edit in edits_of_structure(start):
        hero.edit(edit)
    assert hero.document["collections"]["levels"] == start["collections"]["levels"]
    while hero.log:
        hero.undo()
    assert hero.document == start
    assert hero.sheet() == standard().character(start).sheet()
    assert not made


def test_what_does_not_hang_on_it_is_shared():
    hero = standard().character(examples()["warlock_paladin"])
    hero.edit([Add("inventory", {"item": "longsword"}, "blade")])
    before = set(hero.derivation.structure.instances)
    hero.edit({"inventory.blade.item": "rapier"})
    after = hero.derivation.structure.instances
    assert [each.path for each in after if each not in before] == ["inventory.blade.rapier"]


def test_an_answer_that_waits_changes_nothing():
    hero = standard().character(examples()["warlock_paladin"])
    raw = hero.document
    raw["choices"]["monk.3.subclass"] = ["warrior_of_the_open_hand"]
    found = differences(hero.derivation, raw)
    assert found.are_inputs(hero.derivation)


# ---- what holds because of itself


POOLS = f.Comprehension(
    INT,
    "count",
    f.Variable(t.InstanceType("any"), "each"),
    "each",
    f.Everything(t.InstancesType("any"), "record", "record pool"),
    None,
)
OWN = Block(gate=compare(POOLS, ">=", constant(1)), parts=(Part("own", "Own", "record pool", ()),))


def with_more(record, *blocks):
    game = rules()
    shape = game.records[record]
    more = replace(shape, block=replace(shape.block, blocks=(*shape.block.blocks, *blocks)))
    return replace(game, records={**game.records, record: more})


@pytest.mark.parametrize("woes", [1, 2, 3])
def test_what_came_by_what_goes_does_not_stay_because_of_itself(woes):
    """Kin born brings a pool, whereupon each woe has one of its own; without the kin they would hold each other up."""
    game = with_more("record suffered", OWN)
    several = {f"w{number}": {"state": "lost"} for number in range(woes)}
    born = document(fields={"kin": "born"}, collections={"woes": several})
    plain = document(fields={"kin": "elder"}, collections={"woes": several})
    with_own = derive(born, game)
    assert "woes.w0.own" in with_own.structure.by_path
    without, _grew = step(with_own, plain)
    assert "woes.w0.own" not in without.structure.by_path
    again, _grew = step(without, born)
    assert "woes.w0.own" in again.structure.by_path


def test_what_is_held_up_by_something_else_stays():
    game = with_more("record carried", OWN)
    bag = {"cloak": {"gear": "cloak"}, "rope": {"gear": "rope"}}
    derivation = derive(document(fields={"kin": "born"}, collections={"bag": bag}), game)
    without, _grew = step(derivation, document(fields={"kin": "born"}, collections={"bag": {"rope": {"gear": "rope"}}}))
    assert "bag.rope.own" in without.structure.by_path
    raw = document(fields={"kin": "born"}, collections={"bag": {**bag, "rope": {"gear": "sword"}}})
    other, _grew = step(derivation, raw)
    assert {"bag.rope.own", "bag.rope.strike", "bag.cloak.own"} <= other.structure.by_path.keys()


def test_of_two_of_one_name_the_first_goes():
    """A grant and the document may both give an element of one name: which is the second then is for derivation to say."""
    woes = {"w": {"state": "lost"}, "afraid": {"state": "lost"}}
    derivation = derive(document(collections={"woes": woes}), rules())
    assert "woes.afraid#2" in derivation.structure.by_path
    without, _grew = step(derivation, document(collections={"woes": {"w": {"state": "lost"}}}))
    assert "woes.afraid#2" not in without.structure.by_path
    again, _grew = step(without, document(collections={"woes": woes}))
    assert "woes.afraid#2" in again.structure.by_path


@pytest.mark.parametrize("count", range(1, 5))
def test_elements_of_a_sequence_come_and_go_at_its_end(count):
    stats = ["might", "wits", "grace", "might"]
    rungs = [[{"stat": stat} for stat in stats[:number]] for number in (count, count - 1)]
    more, fewer = (document(fields={"kin": "elder"}, collections={"rungs": each}) for each in rungs)
    derivation = derive(more, rules())
    there, _grew = step(derivation, fewer)
    back, _grew = step(there, more)
    assert [each.position for each in back.structure.elements[back.structure.entity, "rungs"]] == list(range(1, count + 1))


def test_what_no_structure_has_any_more_is_forgotten():
    hero = standard().character(examples()["warlock_paladin"])
    hero.edit([Add("inventory", {"item": "longsword"}, "blade")])
    items = ["rapier", "mace", "club", "longsword", "leather_armor", "rope"]

    def size():
        for item in items:
            hero.edit({"inventory.blade.item": item})
        gc.collect()
        world = hero.derivation.basis.world
        kept = sum(map(len, world._readers.values()))
        return kept, sum(isinstance(each, Instance) for each in gc.get_objects())

    size()
    first = size()
    for _ in range(5):
        last = size()
    assert last == first


def test_a_document_that_differs_in_much_is_derived():
    start = derive(document(), rules())
    assert branch_from(start, [""], read_document(document(kind="hero", rulings={"heroic": True}))) is None
