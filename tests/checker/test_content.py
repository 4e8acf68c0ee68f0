"""`extend`, `override`, `like`, `renamed`, phrases and gates: what becomes of what is written."""

from __future__ import annotations

import pytest

from rulecore.model.effect import Operation
from rulecore.model.rules import Rules
from rulecore.model.shape import Block
from tests.checker.conftest import Loading
from tests.checker.content import content, content_hash
from tests.checker.test_names import codes, pilot

HELPS = "helps (which: ref trait)\n  add 2 to which.score"
TWICE = "helps (which: ref trait) by (much: int)\n  add much to which.score\n  add much to reach"
OTHER = 'pack other 1.0.0\n  uses kites ">=1"\n'


def block(rules: Rules, entry: str) -> Block:
    shape = rules.entries[entry].shape
    assert shape is not None
    return shape.block


# ---- extend and override


def test_extend_adds_lines_to_an_entry_of_another_pack(loading: Loading) -> None:
    loaded = loading({"other/x.brew": OTHER + "extend feat.long_arm\n  add 3 to reach\n"})
    assert codes(loaded) == []
    operations = [effect.operation for effect in block(loaded.rules, "feat.long_arm").effects]
    assert operations == [Operation.MULTIPLY, Operation.ADD]
    assert loaded.rules.entries["feat.long_arm"].properties["repeatable"] is True


def test_extend_adds_fields_to_an_entity_and_to_a_kind(loading: Loading) -> None:
    more = "extend entity.flyer\n  field far: int = reach\nextend kind.kite\n  property length: int 0..9 = 2\n"
    loaded = loading({"other/x.brew": OTHER + more})
    assert codes(loaded) == []
    assert "far" in [field.name for field in loaded.rules.entities["flyer"].shape.block.fields]
    assert loaded.rules.kinds["tail"].properties["length"].default == 2


def test_a_pack_may_give_an_entry_of_another_a_property_of_its_own(loading: Loading) -> None:
    more = "extend kind.kite\n  property length: int 0..9 = 2\nextend kite.box\n  length: 7\n"
    loaded = loading({"other/x.brew": OTHER + more})
    assert codes(loaded) == []
    assert loaded.rules.entries["kite.box"].properties["length"] == 7


def test_override_replaces_all_lines(loading: Loading) -> None:
    more = 'override feat.long_arm\n  because "it is shorter now"\n  add 1 to reach\n'
    loaded = loading({"other/x.brew": OTHER + more})
    assert codes(loaded) == []
    assert [effect.operation for effect in block(loaded.rules, "feat.long_arm").effects] == [Operation.ADD]
    assert "repeatable" not in loaded.rules.entries["feat.long_arm"].properties


# ---- like and renamed


def test_like_takes_over_properties_and_effects_and_its_own_lines_win(loading: Loading) -> None:
    gull = "kite gull like kestrel\n  span: 8\n"
    more = f"kite kestrel\n  span: 7\n  wind: storm\n  add 2 to reach\n{gull}kite tern like gull\n  add 1 to reach\n"
    loaded = loading({"kites/x.brew": more})
    assert codes(loaded) == []
    assert loaded.rules.entries["kite.gull"].properties["wind"] == "storm"
    assert loaded.rules.entries["kite.tern"].properties["span"] == 8
    assert len(block(loaded.rules, "kite.tern").effects) == 2


def test_an_entry_that_is_like_another_is_cited_where_it_says_itself(loading: Loading) -> None:
    more = (
        'kite kestrel\n  cite "Birds, page 1"\n  text "Hovers."\n  add 2 to reach\n'
        'kite gull like kestrel\n  cite "Birds, page 2"\n  add 1 to reach\nkite tern like gull\n  text "Dives."\n'
    )
    entries = loading({"kites/x.brew": more}).rules.entries
    said = {name: (entries[f"kite.{name}"].citation, entries[f"kite.{name}"].text) for name in ("kestrel", "gull", "tern")}
    assert said == {
        "kestrel": ("Birds, page 1", "Hovers."),
        "gull": ("Birds, page 2", "Hovers."),
        "tern": ("Birds, page 2", "Dives."),
    }


def test_like_does_not_depend_on_the_order_of_writing(loading: Loading) -> None:
    parts = ["kite kestrel\n  span: 7\n", "kite gull like kestrel\n  wind: storm\n", "kite tern like gull\n"]
    hashes = {content_hash(loading({"kites/x.brew": "".join(order)}).rules) for order in (parts, parts[::-1])}
    assert len(hashes) == 1


def test_a_renamed_entry_leads_to_its_new_name(loading: Loading) -> None:
    loaded = loading({"kites/x.brew": "renamed kite.square to kite.box since 1.1.0\n"})
    assert codes(loaded) == []
    assert loaded.rules.renamed == {"kite.foil": "kite.parafoil", "kite.square": "kite.box"}


# ---- phrases


@pytest.mark.parametrize(
    ("phrase", "line", "meant"),
    [
        (HELPS, "helps arm", ["add 2 to arm.score"]),
        (HELPS, "helps arm, eye", ["add 2 to arm.score", "add 2 to eye.score"]),
        (HELPS, "helps arm when seasons > 2", ["add 2 to arm.score when seasons > 2"]),
        (f"{HELPS} when tired < 3", "helps arm when seasons > 2", ["add 2 to arm.score when tired < 3 and seasons > 2"]),
        (HELPS, 'helps arm against "wind"', ['add 2 to arm.score against "wind"']),
        (TWICE, "helps arm by 1 + seasons", ["add 1 + seasons to arm.score", "add 1 + seasons to reach"]),
        ("helps (which: ref trait) by (much: int = 4)\n  add much to which.score", "helps arm", ["add 4 to arm.score"]),
        (
            "lifts (what: throw)\n  set what.helped to true",
            "lifts every throw where it.bonus > 2",
            ["set every throw.helped where it.bonus > 2 to true"],
        ),
        ("lifts (what: throw)\n  set what.helped to true", "lifts every trait.check", ["set every trait.check.helped to true"]),
    ],
)
def test_a_phrase_is_worth_its_lines(loading: Loading, phrase: str, line: str, meant: list[str]) -> None:
    def rules(lines: list[str]) -> Rules:
        body = "".join(f"  {each}\n" for each in lines)
        loaded = loading({"kites/x.brew": f"phrase {phrase}\nfeat try_out\n{body}"})
        assert codes(loaded) == []
        return loaded.rules

    assert content(rules([line])) == content(rules(meant))


# ---- gates


@pytest.mark.parametrize(
    "gate", ["seasons > 3", "veteran", "active(club.wind_hands)", "states has drenched", "count(kites) > 2", "gusts_add"]
)
def test_a_structural_gate_makes_a_block_in_which_anything_may_stand(loading: Loading, gate: str) -> None:
    body = "    choose pick: 1 of box, diamond\n    field far: int = 3\n    throw swing\n    add 1 to reach\n"
    loaded = loading({"kites/x.brew": f"feat try_out\n  while {gate}\n{body}"})
    assert codes(loaded) == []
    (inner,) = block(loaded.rules, "feat.try_out").blocks
    assert inner.gate is not None
    assert [effect.when for effect in inner.effects] == [None]
    assert len(inner.choices) == len(inner.parts) == len(inner.fields) == 1


@pytest.mark.parametrize(
    "gate", ["reach > 3", "arm.score >= 5", "rank = able", "any(k.pull > 3 for k in kites)", "average(luck) > 2"]
)
def test_a_derived_gate_becomes_a_condition_of_the_effects(loading: Loading, gate: str) -> None:
    inner = "    while veteran\n      set every throw.helped to true when tired > 1\n"
    body = f"  while {gate}\n    set strongest to at least 1\n{inner}"
    loaded = loading({"kites/x.brew": f"feat try_out\n{body}"})
    assert codes(loaded) == []
    own = block(loaded.rules, "feat.try_out")
    assert len(own.effects) == 1
    assert own.effects[0].when is not None
    assert len(own.blocks) == 1
    assert len(own.blocks[0].effects) == 1


@pytest.mark.parametrize(
    "line",
    ["choose pick: 1 of box, diamond", "field far: int = 3", "throw swing", "activate feat.long_arm", "grant box to kites"],
)
def test_nothing_of_the_structure_stands_under_a_derived_gate(loading: Loading, line: str) -> None:
    loaded = loading({"kites/x.brew": f"feat try_out\n  while reach > 3\n    {line}\n"})
    assert [(each.code, each.span and each.span.line) for each in loaded.findings] == [("gate.derived", 3)]


def test_a_condition_on_an_effect_may_ask_for_what_is_not_active(loading: Loading) -> None:
    assert codes(loading({"kites/x.brew": "feat try_out\n  add 1 to reach when not active(feat.long_arm)\n"})) == []
    loaded = loading({"kites/x.brew": "feat try_out\n  while not active(feat.long_arm)\n    add 1 to reach\n"})
    assert codes(loaded) == ["structure.inactive"]


@pytest.mark.parametrize(
    "line",
    [
        "structural field wide: bool = reach > 3",
        "structural field wide: bool = arm.score > 3",
        "choose pick: reach of box, diamond",
    ],
)
def test_structure_reads_nothing_derived(loading: Loading, line: str) -> None:
    assert codes(loading({"kites/x.brew": pilot(line)})) == ["structure.derived"]


def test_an_entry_in_a_circle_is_switched_off_and_the_rest_loads(loading: Loading) -> None:
    more = OTHER + "feat spin\n  add arm.score to reach\n  add reach to arm.score\nfeat calm\n  add 1 to reach\n"
    loaded = loading({"other/x.brew": more})
    assert codes(loaded) == ["cycle"]
    assert loaded.rules.entries["feat.spin"].shape is None
    assert loaded.rules.entries["feat.calm"].shape is not None
    related = loaded.findings[0].related
    assert {span.line for _what, span in related} == {4, 5}
