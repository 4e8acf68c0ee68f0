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
from rulecore.derive import alike, branching, derive
from rulecore.derive.alike import branch_from
from rulecore.derive.differences import MOST, differences
from rulecore.derive.instance import Instance
from rulecore.formula import ast as f
from rulecore.formula import types as t
from rulecore.model.document import read_document
from rulecore.model.shape import Activation, Block, Choice, Grant, Mode, Part
from tests.derive import tiny
from tests.derive.telling import read_all, values
from tests.derive.telling import told_in_any_order as told
from tests.derive.tiny import HERO, INT, THIS, compare, constant, document, entry, read, rules
from tests.properties.heroes import bounded, examples, mutated, played, seeds
from tests.properties.heroes import rules as standard


def step(near, raw):
    """The derivation of a document, branched off another one where that can be; then it is what derivation gives."""
    read_all(near)
    before, pointers = told(near), [each["path"] for each in difference(near.document.raw, raw)]
    anew = derive(deepcopy(raw), near.rules)
    found = branch_from(near, pointers, read_document(deepcopy(raw)))
    assert told(near) == before
    if found is None:
        return anew, False
    assert told(found) == told(anew)
    assert values(found) == values(anew)
    assert set(named(found)) <= {None, *found.structure.instances}
    return found, True


def named(derivation):
    """Every instance that anything of a derivation names."""
    structure, contributions = derivation.structure, derivation.contributions
    for each in structure.instances:
        yield from (each.owner, each.holder, each.granted_by and each.granted_by.owner)
        yield from (caller.owner for caller in each.called_by)
        yield from (bound.scope for bound in each.bindings.values())
        yield from (pick.acting for question in each.questions.values() for pick in question.picks)
    for owner, _name in (*structure.elements, *structure.deciding, *contributions.single, *derivation.basis.world._known):
        yield owner
    yield from (each for several in (*structure.elements.values(), *structure.running.values()) for each in several)
    yield from (each for several in contributions.single.values() for one in several for each in (one.owner, one.target))
    yield from (owner for several in contributions.sweeping.values() for _shape, (owner, _number, _aim) in several)
    yield from (each.value for each in derivation.basis.world._known.values() if isinstance(each.value, Instance))


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


STAT = t.RefType("stat")


def with_more(record, *blocks, game=None, hero=None):
    game = game or rules(hero=hero)
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


def test_of_two_of_one_name_the_first_is_let_go():
    gear = t.RefType("gear")
    second = Block(fields=(tiny.field("second", gear, mode="editable"),), activations=(Activation(read("second", gear)),))
    game = with_more("record carried", second)
    bags = [{"bag": {"c": {"gear": "cloak", "worn": True, "second": second}}} for second in ("cloak", "rope")]
    derivation = derive(document(collections=bags[0]), game)
    assert "bag.c.cloak#2" in derivation.structure.by_path
    without, _branched = step(derivation, document(collections=bags[1]))
    assert {"bag.c.cloak", "bag.c.rope"} <= without.structure.by_path.keys()
    assert "bag.c.cloak#2" not in without.structure.by_path
    again, _branched = step(without, document(collections=bags[0]))
    assert "bag.c.cloak#2" in again.structure.by_path


def test_what_is_granted_to_a_sequence_comes_after_what_the_document_has():
    plain = rules()
    grant = Grant((entry(plain.entries["stat.might"]),), HERO, "rungs", "stat")
    hero = plain.entities["hero"]
    shape = replace(hero.shape, block=replace(hero.shape.block, grants=(grant,)))
    game = replace(plain, entities={"hero": replace(hero, shape=shape)})
    several = [document(collections={"rungs": [{"stat": "wits"}] * count}) for count in (1, 2, 1)]
    derivation = derive(several[0], game)
    for raw in several[1:]:
        derivation, _branched = step(derivation, raw)
        elements = derivation.structure.elements[derivation.structure.entity, "rungs"]
        assert [each.position for each in elements] == list(range(1, len(elements) + 1))


def test_who_stands_for_an_entry_is_asked_again_where_that_comes_anew():
    plain, stat = rules(), t.InstanceType("family hero.stat")
    might, wits = (plain.entries[f"stat.{name}"] for name in ("might", "wits"))
    which = tiny.field("which", stat, f.Outer(stat, "entry stat.might"), mode="structural")
    better = tiny.effect(read("which", stat), "score", "add", constant(1))
    hero = rules(hero=Block(fields=(which,), effects=(better,))).entities["hero"]
    lean = Choice("lean", "Lean", constant(1), STAT, single=True, entries=(might, wits))
    shape = with_choice(plain.entities["hero"].keys[0][1], lean)
    keys = tuple((each, shape if each.kind == "stat" else other) for each, other in plain.entities["hero"].keys)
    game = replace(plain, entities={"hero": replace(hero, keys=keys)})
    there, branched = step(derive(document(), game), document(choices={"might.lean": ["wits"]}))
    assert branched
    assert there.value("might.score") == 1


def with_choice(shape, choice):
    return replace(shape, block=replace(shape.block, choices=(choice,)))


def test_an_element_beside_what_a_rule_gives_is_no_reason_to_derive():
    hero = standard().character(examples()["human_paladin_13"])
    near = hero.derivation
    given = next(owner for (owner, name), several in near.structure.elements.items() if any(each.granted_by for each in several))
    path = next(path for path in hero.document["collections"] if path.startswith(given.path))
    raw = hero.document
    raw["collections"][path]["more"] = {"spell": "bless"}
    _there, branched = step(derive(hero.document, near.rules), raw)
    assert branched


# ---- gates that hold for a while alone


def test_a_gate_that_would_have_held_for_a_while_is_for_derivation_to_judge():
    """A woe asks that there be no pool, before that of the kin comes: derivation opens the gate, and finds it unstable."""
    alone = Block(gate=compare(POOLS, "=", constant(0)), fields=(tiny.field("late"),))
    game = with_more("record suffered", alone)
    woes = {"woes": {"w": {"state": "afraid"}}}
    plain, with_woe = document(fields={"kin": "born"}), document(fields={"kin": "born"}, collections=woes)
    there, _branched = step(derive(plain, game), with_woe)
    assert "late" in there.structure.by_path["woes.w"].fields
    step(derive(document(collections=woes), game), with_woe)
    step(there, document(collections=woes))


def test_a_gate_that_was_shut_by_what_goes_would_have_held_before_another_came():
    """A woe asks that there be one pool at most: two carried ones shut it from the start, one alone does not for a while."""
    few = Block(gate=compare(POOLS, "<=", constant(1)), fields=(tiny.field("late"),))
    pool = Block(parts=(Part("own", "Own", "record pool", ()),))
    game = with_more("record carried", pool, game=with_more("record suffered", few))
    bags = [{"r": {"gear": "rope"}, "s": {"gear": "rope"}}, {"r": {"gear": "rope"}}]
    woes = {"w": {"state": "afraid"}}
    before, after = (document(fields={"kin": "born"}, collections={"woes": woes, "bag": bag}) for bag in bags)
    start = derive(before, game)
    assert "late" not in start.structure.by_path["woes.w"].fields
    there, _branched = step(start, after)
    assert "late" in there.structure.by_path["woes.w"].fields


def test_a_gate_that_holds_for_a_while_in_the_branch_alone_is_for_derivation_to_judge():
    """The cloak comes late, by the pool of the kin, and asks that there be one pool; by then the rope has brought another."""
    gear, plain = t.RefType("gear"), rules(hero=Block(fields=(tiny.field("omen", t.RefType("gear"), mode="editable"),)))
    single = Block(blocks=(Block(gate=compare(POOLS, "<=", constant(1)), fields=(tiny.field("late"),)),))
    pool = Block(parts=(Part("own", "Own", "record pool", ()),))
    shaped = {
        f"gear.{name}": with_shape(plain.entries[f"gear.{name}"], block) for name, block in (("cloak", single), ("rope", pool))
    }
    called = Block(activations=(Activation(read("omen", gear, HERO)),))
    game = with_more("record pool", called, game=replace(plain, entries={**plain.entries, **shaped}))
    before = document(fields={"kin": "born"}, collections={"bag": {"r": {"gear": "rope"}}})
    after = document(fields={"kin": "born", "omen": "cloak"}, collections={"bag": {"r": {"gear": "rope", "worn": True}}})
    there, _branched = step(derive(before, game), after)
    assert "late" not in there.structure.by_path["born.mixed.fire.cloak"].fields
    assert "bag.r.rope.own" in there.structure.by_path


def with_shape(of, block):
    return replace(of, shape=tiny.shape(f"entry {of.id}", block))


@pytest.mark.parametrize("count", range(1, 5))
def test_elements_of_a_sequence_come_and_go_at_its_end(count):
    stats = ["might", "wits", "grace", "might"]
    rungs = [[{"stat": stat} for stat in stats[:number]] for number in (count, count - 1)]
    more, fewer = (document(fields={"kin": "elder"}, collections={"rungs": each}) for each in rungs)
    derivation = derive(more, rules())
    there, _grew = step(derivation, fewer)
    back, _grew = step(there, more)
    assert [each.position for each in back.structure.elements[back.structure.entity, "rungs"]] == list(range(1, count + 1))


def test_what_no_structure_has_any_more_is_forgotten(monkeypatch):
    monkeypatch.setattr(branching, "MOST_LOST", 0)
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


def test_what_is_left_of_others_has_a_bound():
    hero = standard().character(examples()["warlock_paladin"])
    hero._editing.observers.clear()
    left = []
    for number in range(60):
        hero.edit({"levels.1.class": ["fighter", "wizard", "ranger", "monk"][number % 4]})
        left.append(len(hero.derivation.basis.world._lost))
    assert left != sorted(left)
    assert max(left) <= branching.MOST_LOST


def test_what_an_element_of_a_sequence_holds_stands_where_it_stands():
    plain, strike = rules(), Part("strike", "Strike", "record test", ())
    is_wits = compare(read("stat", STAT), "=", entry(plain.entries["stat.wits"]))
    game = with_more("record rung", Block(gate=is_wits, parts=(strike,)), game=plain)
    rungs = [[{"stat": "might"}, {"stat": stat}, {"stat": "grace"}] for stat in ("might", "wits")]
    there, branched = step(derive(document(collections={"rungs": rungs[0]}), game), document(collections={"rungs": rungs[1]}))
    assert branched
    assert there.structure.by_path["rungs.2.strike"].position == 2
    assert [each.path for each in there.structure.elements[there.structure.entity, "rungs"]] == ["rungs.1", "rungs.2", "rungs.3"]


def test_a_value_that_comes_out_as_it_was_because_of_what_hangs_on_it_holds_nothing_up():
    """A woe has a pool while the hero has a kin or there is any pool: its own is no reason once the kin has gone."""
    kin = t.RefType("kin")
    has_kin = compare(read("kin", kin), "!=", constant(None, kin))
    lit = tiny.field("lit", t.BoolType(), f.Or(t.BoolType(), has_kin, compare(POOLS, ">=", constant(1))), mode="structural")
    game = with_more("record suffered", replace(OWN, gate=read("lit", t.BoolType(), HERO)), hero=Block(fields=(lit,)))
    woes = {"woes": {"w": {"state": "afraid"}}}
    start = derive(document(fields={"kin": "elder"}, collections=woes), game)
    assert "woes.w.own" in start.structure.by_path
    without, _branched = step(start, document(collections=woes))
    assert "woes.w.own" not in without.structure.by_path


def test_what_differs_in_much_or_in_what_nothing_tells_is_derived():
    start = derive(document(), rules())
    assert branch_from(start, [""], read_document(document(rulings={"heroic": True}))) is None
    bag = {f"b{number}": {"gear": "rope"} for number in range(MOST + 1)}
    one = derive(document(collections={"bag": {"a": {"gear": "rope"}}}), rules())
    assert branch_from(one, [""], read_document(document(collections={"bag": bag}))) is None
    assert branch_from(start, [""], read_document(document(fields={"kin": "elder"}))) is not None


# ---- which elements refer to an entry


def referring(default, *, effects=()):
    """The game, whose rungs have a stat unless the document gives another, and whose stats have a gate that counts theirs."""
    plain = rules()
    stat, each = t.RefType("stat"), f.Variable(t.InstanceType("record rung"), "each")
    mine = compare(f.Read(stat, each, "stat"), "=", f.EntryOf(stat, THIS))
    rungs = read("rungs", t.InstancesType("record rung"), HERO)
    more = Block(
        effects=tuple(made(f.Comprehension(rungs.type, "list", each, "each", rungs, mine)) for made in effects),
        blocks=(Block(gate=compare(f.Comprehension(INT, "count", each, "each", rungs, mine), ">=", constant(1)), fields=LATE),),
    )
    hero, rung = plain.entities["hero"], plain.records["record rung"]
    keys = tuple((entry_, with_block(shape, more) if entry_.kind == "stat" else shape) for entry_, shape in hero.keys)
    fields = tuple(replace(each, formula=default(plain)) if each.name == "stat" else each for each in rung.block.fields)
    rung = replace(rung, block=replace(rung.block, fields=fields))
    return replace(plain, entities={"hero": replace(hero, keys=keys)}, records={**plain.records, "record rung": rung})


LATE = (tiny.field("late"),)


def with_block(shape, block):
    return replace(shape, block=replace(shape.block, blocks=(*shape.block.blocks, block)))


def choosing(condition):
    """A default of one stat where a condition holds, and of another where it does not."""

    def default(game):
        wits, might = (entry(game.entries[f"stat.{name}"]) for name in ("wits", "might"))
        return f.If(t.RefType("stat"), condition(game), wits, might)

    return default


def test_who_refers_to_an_entry_may_hang_on_what_differs():
    def is_born(game):
        return compare(read("kin", t.RefType("kin"), HERO), "=", entry(game.entries["kin.born"]))

    game, rungs = referring(choosing(is_born)), {"rungs": [{}, {"stat": "grace"}]}
    derivation = derive(document(fields={"kin": "elder"}, collections=rungs), game)
    assert late(derivation) == {"might", "grace"}
    for kin, expected in (("born", {"wits", "grace"}), ("elder", {"might", "grace"})):
        derivation, _grew = step(derivation, document(fields={"kin": kin}, collections=rungs))
        assert late(derivation) == expected


def late(derivation):
    return {entry_.name for entry_, instance in derivation.structure.families.items() if "late" in instance.fields}


def test_an_effect_on_those_who_refer_to_an_entry_floats_where_effects_move_the_reference():
    def is_loaded(_game):
        return compare(read("load", INT, HERO), ">=", constant(2))

    def aimed(of):
        return tiny.effect(of, "place", "add", constant(1), 90)

    derivation = derive(document(collections={"rungs": [{}]}), referring(choosing(is_loaded), effects=(aimed,)))
    assert "place" in derivation.contributions.floating
