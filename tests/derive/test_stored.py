"""From JSON to values, type by type."""

from dataclasses import replace
from fractions import Fraction

import pytest

from rulecore.derive import derive
from rulecore.derive.stored import Fault, read_dice, read_stored
from rulecore.formula import types as t
from rulecore.formula.dice import Dice
from rulecore.model.rules import Event
from tests.derive.tiny import MOOD, document, rules

RULES = replace(rules(), events={"dusk": Event("dusk", "Dusk")})
STRUCTURE = derive(document(collections={"bag": {"a": {}}}), RULES).structure
ELDER, BORN = RULES.entries["kin.elder"], RULES.entries["kin.born"]
PET = t.InstanceType("record carried")

READ = [
    (7, t.IntType(), 7),
    (7, t.NumberType(), 7),
    (7.5, t.NumberType(), Fraction(15, 2)),
    (0.1, t.NumberType(), Fraction(1, 10)),
    (7.0, t.NumberType(), 7),
    (True, t.BoolType(), True),
    ("x", t.TextType(), "x"),
    ("2d6", t.DiceType(), Dice(((6, 2),))),
    ("brave", MOOD, "brave"),
    (None, t.EnumType(("none", "some")), "none"),
    ("elder", t.RefType("kin"), ELDER),
    ("kin.elder", t.RefType("kin"), ELDER),
    ("tiny:elder", t.RefType("kin"), ELDER),
    (None, t.RefType("kin"), None),
    ("dusk", t.RefType("event"), "dusk"),
    (["elder", "born", None], t.SetType("kin"), frozenset({ELDER, BORN})),
    ("bag.a", PET, STRUCTURE.by_path["bag.a"]),
    (None, PET, None),
]


@pytest.mark.parametrize(("written", "of", "value"), READ)
def test_a_value_is_read_by_its_type(written, of, value):
    assert read_stored(written, of, STRUCTURE) == value


FAULTS = [
    (True, t.IntType(), "value.type"),
    (1.5, t.IntType(), "value.fraction"),
    (True, t.NumberType(), "value.type"),
    ("1", t.NumberType(), "value.type"),
    (1, t.BoolType(), "value.type"),
    (1, t.TextType(), "value.type"),
    ([], t.DiceType(), "value.type"),
    ("bold", MOOD, "value.word"),
    (None, MOOD, "value.word"),
    (1, t.RefType("kin"), "value.type"),
    ("nobody", t.RefType("kin"), "entry.unknown"),
    ("other:elder", t.RefType("kin"), "entry.unknown"),
    ("der", t.RefType("kin"), "entry.unknown"),
    ("dawn", t.RefType("event"), "entry.unknown"),
    ("elder", t.SetType("kin"), "value.type"),
    (["elder", "nobody"], t.SetType("kin"), "entry.unknown"),
    ("bag.b", PET, "value.instance"),
    ("might", PET, "value.instance"),
    ([], PET, "value.instance"),
    ({}, t.MapType("kin", t.IntType()), "value.type"),
]


@pytest.mark.parametrize(("written", "of", "code"), FAULTS)
def test_what_does_not_fit_its_type_is_a_fault(written, of, code):
    found = read_stored(written, of, STRUCTURE)
    assert isinstance(found, Fault)
    assert found.code == code


@pytest.mark.parametrize(
    ("text", "dice"),
    [("1d4+2", Dice(((4, 1),), 2)), ("1d4 - 2d6", Dice(((4, 1), (6, -2)))), ("-1", -1), ("3", 3), ("1d1+1", 2)],
)
def test_dice_are_read_as_they_are_written(text, dice):
    assert read_dice(text) == read_dice({"dice": text}) == dice


@pytest.mark.parametrize("text", ["", " ", "d6", "1d6 2", "1d6+", "1d6x", "10000d6", "1d", "+-1"])
def test_other_text_is_no_dice(text):
    assert isinstance(read_dice(text), Fault)
