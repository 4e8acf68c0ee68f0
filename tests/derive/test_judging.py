"""Rounds judge again what may come out otherwise, and nothing else: the same comes of it as of judging all of it each time."""

import sys
from dataclasses import replace
from random import Random
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rulecore.derive import derive
from rulecore.derive.judging import Judging
from rulecore.formula import ast as f
from rulecore.formula import types as t
from rulecore.model.rules import Ruling
from rulecore.model.shape import Activation, Block, Collection, Grant, Mode, Part, Shape
from tests.derive.telling import told
from tests.derive.tiny import BOOL, HERO, INT, THIS, compare, constant, document, entry, field, read, rules
from tests.properties.heroes import bounded, examples, mutated, played, seeds
from tests.properties.heroes import rules as standard


class Plain(Judging):
    """Judges everything in every round, knowing nothing from the one before; `evaluated` are the editable fields on the way."""

    evaluated: ClassVar = set()

    def _field(self, instance, name):
        if instance.fields[name].mode is Mode.EDITABLE:
            self.evaluated.add((instance, name))
        return super()._field(instance, name)

    def due(self, several):
        self._judged.clear()
        return super().due(several)

    def refresh(self):
        super().refresh()
        for known in (self._known, self._passing, self._acting, self._rulings):
            known.clear()
        self.structure.unanswered = list(self.structure.questions)


def plainly(document, rules):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sys.modules["rulecore.derive.activate"], "Judging", Plain)
        Plain.evaluated.clear()
        derivation = derive(document, rules)
        derivation.structure.deciding = set(Plain.evaluated)
        return derivation


def alike(document, rules):
    derivation = derive(document, rules)
    assert told(derivation) == told(plainly(document, rules))
    return derivation


@pytest.mark.parametrize("name", examples())
def test_examples(name):
    alike(examples()[name], standard().rules)


@given(st.integers(0, 2**32))
@bounded(20)
def test_documents_that_are_played_and_mutated(seed):
    random = Random(seed)  # noqa: S311 - a test, no secret
    start = played(random.randrange(2**32)) if seed % 2 else random.choice(seeds())
    alike(mutated(start, seed), standard().rules)


# ---- what comes late


GAME = rules()
MIXED, AFRAID, MIGHT = (GAME.entries[name] for name in ("talent.mixed", "state.afraid", "stat.might"))
ANY = f.Variable(t.InstanceType("any"), "each")
BORN = {"kin": "born"}
LOST = {"woes": {"w": {"state": "lost"}}}


def everything(by, name):
    return f.Everything(t.InstancesType("any"), by, name)


def several(of, where=None, least=1):
    counted = f.Comprehension(INT, "count", ANY, "each", of, where)
    return compare(counted, ">=", constant(least))


ADDED = ("fields", "activations", "blocks", "parts", "grants")
POOLS = several(everything("record", "record pool"))
PROBE = Block(gate=POOLS, fields=(field("probe", formula=constant(3)),))


def more(gate, **members):
    """The game, its hero with more members and with one that the gate brings."""
    hero = GAME.entities["hero"]
    block = hero.shape.block
    added = {name: (*getattr(block, name), *members.get(name, ())) for name in ADDED}
    added["blocks"] = (gated(gate), *added["blocks"])
    shape = replace(hero.shape, block=replace(block, **added))
    return replace(GAME, entities={"hero": replace(hero, shape=shape)})


def gated(gate):
    return Block(gate=gate, fields=(field("late"),))


ENCLOSED = f.Container(t.InstanceType("any"), ANY, "kind stat")
LATE = {
    "records": (POOLS, BORN),
    "an entry": (several(everything("entry", "talent.mixed")), BORN),
    "entries of a kind": (several(everything("kind", "talent"), least=2), BORN),
    "active": (f.Call(BOOL, "active", (entry(MIXED),)), BORN),
    "standing": (compare(read("fire.maximum", INT, entry(MIXED)), "=", constant(3)), BORN),
    "outer": (compare(read("fire.maximum", INT, f.Outer(t.InstanceType("any"), "entry talent.mixed")), "=", constant(3)), BORN),
    "a member": (compare(read("way", t.TextType(), entry(MIXED)), "=", constant("calm", t.TextType())), BORN),
    "a shape": (several(everything("record", "family hero.state"), f.Is(BOOL, ANY, frozenset({"entry state.afraid"}))), {}),
    "elements": (compare(f.Call(INT, "count", (read("woes", t.InstancesType("any")),)), ">=", constant(2)), {}),
    "a sort of entries": (several(everything("record", "record suffered"), least=2), {}),
}


@pytest.mark.parametrize("case", LATE)
def test_a_gate_opens_by_what_comes_late(case):
    gate, fields = LATE[case]
    written = document(fields=fields, collections=LOST)
    assert "late" in alike(written, more(gate=gate)).structure.entity.fields
    assert "late" not in alike(document(), more(gate=gate)).structure.entity.fields


def test_a_gate_opens_where_an_owner_comes_to_have_a_shape():
    gate = several(everything("record", "record test"), compare(ENCLOSED, "!=", constant(None, t.RefType("stat"))))
    awake = more(gate=gate, activations=(Activation(entry(MIGHT)),))
    assert "late" in alike(document(), awake).structure.entity.fields
    assert "late" not in alike(document(), more(gate=gate)).structure.entity.fields


def test_a_gate_opens_where_an_instance_comes_to_be_held():
    hero = GAME.entities["hero"]
    held = compare(read("depth", INT, f.Self(t.InstanceType("any"))), "=", constant(4))
    keys = tuple(
        (each, replace(shape, block=replace(shape.block, blocks=(gated(held),)))) if each.kind == "state" else (each, shape)
        for each, shape in hero.keys
    )
    changed = replace(GAME, entities={"hero": replace(hero, keys=keys)})
    derivation = alike(document(collections={"woes": {"w": {"state": "lost", "depth": 4}}}), changed)
    assert "late" in derivation.structure.by_path["lost"].fields


def test_a_gate_opens_where_a_path_comes_to_lead_somewhere():
    aimed = field("aim", t.InstanceType("record pool"), mode="editable")
    gate = compare(read("aim.maximum"), "=", constant(3))
    derivation = alike(document(fields={**BORN, "aim": "born.mixed.fire"}), more(gate=gate, fields=(aimed,)))
    assert "late" in derivation.structure.entity.fields


def test_a_gate_opens_by_a_ruling_whose_default_reads_what_comes_late():
    given = more(gate=f.RulingValue(BOOL, "heroic"))
    default = replace(given.rulings["heroic"], default=POOLS)
    derivation = alike(document(fields=BORN), replace(given, rulings={"heroic": default}))
    assert "late" in derivation.structure.entity.fields


def test_a_gate_opens_by_what_was_gained_with_something_that_is_counted_late():
    wits = compare(read("stat", t.RefType("stat"), ANY), "=", entry(GAME.entries["stat.wits"]))
    rungs = read("rungs", t.InstancesType("any"), HERO)
    counted = field("counted", formula=f.Comprehension(INT, "count", ANY, "each", rungs, wits), mode="structural")
    later = Block(gate=POOLS, fields=(counted,))
    gate = compare(f.Gained(INT, read("counted", INT, THIS), 1), "=", constant(2))
    written = document(fields=BORN, collections={"rungs": [{"stat": "might"}, {"stat": "wits"}]})
    assert "late" in alike(written, more(gate=gate, blocks=(later,))).structure.entity.fields


def test_a_gate_opens_by_a_member_that_comes_late():
    derivation = alike(document(fields=BORN), more(compare(read("probe"), "=", constant(3)), blocks=(PROBE,)))
    assert "late" in derivation.structure.entity.fields


def test_a_gate_opens_by_a_record_that_is_made_when_read():
    memo = Shape(
        "record memo", "Memo", frozenset({"record memo"}), Block(fields=(field("of", formula=read("probe", INT, HERO)),))
    )
    gate = compare(read("memo.of"), "=", constant(3))
    given = more(gate, blocks=(PROBE,), parts=(Part("memo", "Memo", "record memo"),))
    given = replace(given, records={**given.records, "record memo": replace(memo, on_read=True)})
    assert "late" in alike(document(fields=BORN), given).structure.entity.fields


def test_a_gate_opens_where_content_comes_to_act():
    acting = Activation(entry(GAME.entries["talent.tough"]), when=compare(read("probe"), "=", constant(3)))
    gate = f.Call(BOOL, "active", (entry(GAME.entries["talent.tough"]),))
    derivation = alike(document(fields=BORN), more(gate, blocks=(PROBE,), activations=(acting,)))
    assert "late" in derivation.structure.entity.fields


def test_a_gate_opens_where_a_member_of_a_family_is_called_again():
    silent = Activation(entry(AFRAID), when=constant(value=False, of=BOOL))
    gate = f.Call(BOOL, "active", (entry(AFRAID),))
    given = more(gate, activations=(silent,))
    assert "late" not in alike(document(), given).structure.entity.fields
    assert "late" in alike(document(collections=LOST), given).structure.entity.fields


def test_a_gate_opens_where_an_instance_comes_to_be_of_the_wanted_shape():
    aimed = field("aim", t.InstanceType("entry state.afraid"), mode="editable")
    gate = f.Not(BOOL, compare(read("aim", t.InstanceType("any")), "=", constant(None, t.RefType("state"))))
    given = more(gate, fields=(aimed,))
    derivation = alike(document(fields={"aim": "afraid"}, collections=LOST), given)
    assert "late" in derivation.structure.entity.fields


def test_a_grant_is_given_where_a_collection_comes_late():
    later = Block(gate=POOLS, collections=(Collection("fears", "Fears", "record suffered", 5),))
    grant = Grant((entry(AFRAID),), HERO, "fears", "state")
    derivation = alike(document(fields=BORN), more(POOLS, blocks=(later,), grants=(grant,)))
    assert "fears.afraid" in derivation.structure.by_path


def test_a_gate_opens_by_a_ruling_that_names_what_comes_late():
    named = Ruling("named", "Named", t.InstanceType("record pool"), constant(None, t.InstanceType("record pool")))
    gate = compare(read("maximum", INT, f.RulingValue(t.InstanceType("record pool"), "named")), "=", constant(3))
    given = more(gate)
    given = replace(given, rulings={**given.rulings, "named": named})
    derivation = alike(document(fields=BORN, rulings={"named": "born.mixed.fire"}), given)
    assert "late" in derivation.structure.entity.fields
