"""Formulas written back as text, with no parenthesis too few and none too many."""

from fractions import Fraction

import pytest

from rulecore.formula import ast as f
from rulecore.formula import format as written
from rulecore.formula import types as t
from rulecore.formula.dice import Dice
from rulecore.formula.format import format_formula, format_value
from tests.formula.test_scalar import BOOL, BOX, DICE, INT, STONE, THIS, TIER, c, ref, several, sized


def infix(left, operator, right):
    return f.Arithmetic(INT, left, operator, right)


A, B, C = (f.Variable(INT, name) for name in "abc")
P, Q = (f.Variable(BOOL, name) for name in "pq")

CASES = {
    "a + b * c": infix(A, "+", infix(B, "*", C)),
    "(a + b) * c": infix(infix(A, "+", B), "*", C),
    "a - (b - c)": infix(A, "-", infix(B, "-", C)),
    "a - b - c": infix(infix(A, "-", B), "-", C),
    "-(a + b)": f.Negative(INT, infix(A, "+", B)),
    "not (p or q) and p": f.And(BOOL, f.Not(BOOL, f.Or(BOOL, P, Q)), P),
    "p or q and p": f.Or(BOOL, P, f.And(BOOL, Q, P)),
    "a + b > 3": f.Compare(BOOL, infix(A, "+", B), ">", c(3)),
    "if p then a else b": f.If(INT, P, A, B),
    "(if p then a else b) + c": infix(f.If(INT, P, A, B), "+", C),
    "size": sized(THIS),
    "self.size": sized(f.Self(t.InstanceType("record x"))),
    "stone.size": sized(ref(STONE)),
    "it": f.EntryOf(t.RefType("thing"), THIS),
    "it.weight": f.Property(INT, f.EntryOf(t.RefType("thing"), THIS), "weight", 0),
    "2d6": f.Call(DICE, "dice", (c(2), c(6))),
    "highest(a, b)": f.Call(INT, "highest", (A, B)),
    "[a, b]": f.Call(t.ListType(INT), "list", (A, B)),
    "table(a)": f.Lookup(INT, "table", A),
    "step(a: 1 -> b, 2 -> c)": f.Steps(INT, A, ((c(1), B), (c(2), C))),
    "sum(v for v in every box where p)": f.Comprehension(
        INT, "sum", f.Variable(INT, "v"), "v", f.Everything(t.InstancesType("record box"), "record", "record box"), P
    ),
    "a has stone": f.Has(BOOL, A, ref(STONE)),
    "a is box": f.Is(BOOL, A, frozenset({"record box", "record longer_box"})),
    "nothing": several(),
    '"text"': c("text", t.TextType()),
    "half": c("half", TIER),
    "a * -2": infix(A, "*", c(-2)),
    "position": f.Position(INT),
    "ruled": f.RulingValue(BOOL, "ruled"),
    "hero": f.Entity(t.InstanceType("entity hero")),
    "this": THIS,
    "bag": f.Outer(t.InstanceType("record bag"), "record bag"),
    "a.bag": f.Container(t.InstanceType("record bag"), A, "record bag"),
}


@pytest.mark.parametrize(("text", "formula"), CASES.items(), ids=CASES.keys())
def test_a_formula_is_written_as_it_is_read(text, formula):
    assert format_formula(formula) == text


VALUES = [
    (None, "none"),
    (True, "true"),
    (3, "3"),
    (Fraction(15, 2), "7.5"),
    (Fraction(1, 3), "1/3"),
    (Dice(((6, 2),), 1), "2d6+1"),
    (STONE, "stone"),
    (frozenset({STONE}), "stone"),
    (frozenset(), "nothing"),
    ((1, 2), "[1, 2]"),
    (BOX, "box"),
    ("word", "word"),
]


@pytest.mark.parametrize(("value", "text"), VALUES)
def test_a_value_is_written_for_people(value, text):
    assert format_value(value) == text


def test_every_node_can_be_written():
    assert set(written._WRITERS) == set(f.Formula.__args__)
