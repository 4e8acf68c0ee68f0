"""The plain interpreter, node by node, on a world of a few things."""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import pytest

from rulecore.formula import ast as f
from rulecore.formula import types as t
from rulecore.formula.dice import Dice
from rulecore.formula.scalar import Scope, evaluate
from rulecore.formula.values import InstanceValue, is_one_of
from rulecore.model.entry import Entry

INT, NUMBER, BOOL, DICE = t.IntType(), t.NumberType(), t.BoolType(), t.DiceType()
TIER = t.EnumType(("none", "half", "full"))
D6 = Dice(((6, 1),))


def made(name: str, order: int, **properties: Any) -> Entry:
    return Entry("thing", name, name, frozenset({"thing", "object"}), "p", order, properties)


STONE, STICK, CUP = made("stone", 2, weight=4), made("stick", 1), made("cup", 3, weight=1)


@dataclass(eq=False)
class Thing(InstanceValue):
    path: str
    shapes: set[str] = field(default_factory=set)
    entry: Any = None
    position: int = 0
    values: dict[str, Any] = field(default_factory=dict)


BOX = Thing("box", {"record box"}, None, 2, {"size": 5, "inside": frozenset({STONE})})
HEAP = Thing("heap", {"record heap"}, None, 1, {"size": 7})
STANDING = Thing("stone", {"entry thing.stone"}, STONE, 0, {"size": 9, "friends": frozenset({STICK})})


class SmallWorld:
    entity = BOX

    def read(self, instance: Thing, name: str, default: Any) -> Any:
        return instance.values.get(name, default)

    def standing(self, entry: Any) -> Any:
        return STANDING if entry is STONE else None

    def referring(self, _members: tuple[Any, ...], _name: str, _entry: Any) -> None:
        return None

    def everything(self, by: str, _name: str) -> tuple[Any, ...]:
        return (STICK, STONE) if by == "family" else (BOX, HEAP)

    def outer(self, _instance: Any, shape: str) -> Any:
        return HEAP if shape == "record heap" else None

    def held_by(self, _instance: Any) -> Any:
        return HEAP

    def property(self, entry: Any, name: str, default: Any) -> Any:
        return entry.properties.get(name, default)

    def ruling(self, name: str) -> Any:
        return name == "on"

    def rows(self, _table: str) -> tuple[tuple[int, f.Formula], ...]:
        return ((1, c(10)), (5, c(50)))

    def instances(self, value: Any) -> int:
        return 2 if value is STONE else 0

    def is_one_of(self, value: Any, names: frozenset[str]) -> bool:
        return is_one_of(value, names)


def c(value: Any, of: t.Type = INT) -> f.Formula:
    return f.Constant(of, value)


def ref(entry: Entry | None) -> f.Formula:
    return f.Constant(t.RefType("thing"), entry)


def several(*entries: Entry) -> f.Formula:
    return f.Constant(t.SetType("thing"), frozenset(entries))


def sized(of: f.Formula, result: t.Type = INT) -> f.Formula:
    return f.Read(result, of, "size")


def arithmetic(left: Any, operator: str, right: Any, of: t.Type = INT) -> f.Formula:
    return f.Arithmetic(of, c(left), operator, c(right))


THIS = f.This(t.InstanceType("record box"))
EVERY = f.Everything(t.InstancesType("record box"), "record", "record box")
V = f.Variable(INT, "v")
KNOWN = f.Comprehension(INT, "sum", sized(f.Variable(t.InstanceType("record box"), "v")), "v", EVERY, None)

CASES: dict[str, tuple[f.Formula, Any]] = {
    "constant": (c(4), 4),
    "this": (THIS, BOX),
    "outer": (f.Outer(t.InstanceType("record heap"), "record heap"), HEAP),
    "outer that is not": (f.Outer(t.InstanceType("record bag"), "record bag"), None),
    "self": (f.Self(t.InstanceType("record heap")), HEAP),
    "entity": (f.Entity(t.InstanceType("entity box")), BOX),
    "ruling": (f.RulingValue(BOOL, "on"), True),
    "position": (f.Position(INT), 2),
    "entry of an instance": (f.EntryOf(t.RefType("thing"), f.Read(t.InstanceType("x"), THIS, "nothing")), None),
    "container": (f.Container(t.InstanceType("record heap"), THIS, "record heap"), HEAP),
    "containers": (f.Container(t.InstancesType("record heap"), EVERY, "record heap"), (HEAP,)),
    "container of nothing": (f.Container(t.InstanceType("record heap"), ref(None), "record heap"), None),
    "read": (sized(THIS), 5),
    "read what is not there": (f.Read(TIER, THIS, "absent"), "none"),
    "read through an entry": (sized(ref(STONE)), 9),
    "read through an entry that nothing stands for": (sized(ref(STICK)), 0),
    "read through none": (sized(ref(None)), 0),
    "read through several": (sized(EVERY, t.ListType(INT)), (5, 7)),
    "read sets through several": (f.Read(t.SetType("thing"), several(STONE, STICK), "friends"), frozenset({STICK})),
    "property": (f.Property(INT, ref(STONE), "weight", 1), 4),
    "property that is not given": (f.Property(INT, ref(STICK), "weight", 1), 1),
    "property through none": (f.Property(INT, ref(None), "weight", 1), 1),
    "properties of several, in order of declaration": (f.Property(t.ListType(INT), several(CUP, STONE), "weight", 1), (4, 1)),
    "property of an instance's entry": (f.Property(INT, f.Constant(t.InstanceType("x"), STANDING), "weight", 1), 4),
    "everything": (EVERY, (BOX, HEAP)),
    "a family": (f.Everything(t.SetType("thing"), "family", "thing"), frozenset({STICK, STONE})),
    "if": (f.If(INT, c(True, BOOL), c(1), c(2)), 1),
    "else": (f.If(INT, c(False, BOOL), c(1), c(2)), 2),
    "or": (f.Or(BOOL, c(False, BOOL), c(True, BOOL)), True),
    "and": (f.And(BOOL, c(False, BOOL), c(True, BOOL)), False),
    "not": (f.Not(BOOL, c(False, BOOL)), True),
    "none equals the word none": (f.Compare(BOOL, ref(None), "=", c("none", TIER)), True),
    "an instance is not none": (f.Compare(BOOL, THIS, "!=", ref(None)), True),
    "an instance equals its entry": (f.Compare(BOOL, c(STANDING, t.InstanceType("x")), "=", ref(STONE)), True),
    "words in their order": (f.Compare(BOOL, c("half", TIER), "<", c("full", TIER)), True),
    "dice by their average": (f.Compare(BOOL, c(D6, DICE), ">=", c(4)), False),
    "has": (f.Has(BOOL, several(STONE), ref(STONE)), True),
    "has not": (f.Has(BOOL, f.Read(t.SetType("thing"), THIS, "inside"), ref(CUP)), False),
    "is a kind": (f.Is(BOOL, ref(STONE), frozenset({"thing"})), True),
    "is a record": (f.Is(BOOL, THIS, frozenset({"record box"})), True),
    "is an entry's kind": (f.Is(BOOL, c(STANDING, t.InstanceType("x")), frozenset({"thing"})), True),
    "is nothing": (f.Is(BOOL, ref(None), frozenset({"thing"})), False),
    "sum of dice": (arithmetic(D6, "+", 2, DICE), Dice(((6, 1),), 2)),
    "difference": (arithmetic(5, "-", D6, DICE), Dice(((6, -1),), 5)),
    "product of dice": (arithmetic(2, "*", D6, DICE), Dice(((6, 2),))),
    "whole division goes down": (arithmetic(-1, "/", 2), -1),
    "division of numbers is exact": (arithmetic(1, "/", 2, NUMBER), Fraction(1, 2)),
    "division by nothing": (arithmetic(1, "/", 0), 0),
    "negative": (f.Negative(INT, c(3)), -3),
    "negative dice": (f.Negative(DICE, c(D6, DICE)), Dice(((6, -1),))),
    "call": (f.Call(INT, "highest", (c(2), c(8))), 8),
    "highest word": (f.Call(TIER, "highest", (c("full", TIER), c("half", TIER))), "full"),
    "highest of nothing is the first word": (f.Call(TIER, "highest", (c((), t.ListType(TIER)),)), "none"),
    "first of nothing": (f.Call(t.RefType("thing"), "first", (several(),)), None),
    "active": (f.Call(BOOL, "active", (ref(STONE),)), True),
    "instances": (f.Call(INT, "instances", (ref(CUP),)), 0),
    "lookup": (f.Lookup(INT, "table", c(7)), 50),
    "lookup between rows": (f.Lookup(INT, "table", c(4)), 10),
    "lookup below": (f.Lookup(INT, "table", c(0)), 0),
    "steps": (f.Steps(INT, c(3), ((c(1), c(10)), (c(3), c(30)), (c(4), c(40)))), 30),
    "steps below": (f.Steps(INT, c(0), ((c(1), c(10)),)), 0),
    "steps of words": (f.Steps(INT, c("full", TIER), ((c("none", TIER), c(1)), (c("half", TIER), c(2)))), 2),
    "steps of entries": (f.Steps(INT, ref(STONE), ((ref(STONE), c(6)), (ref(CUP), c(7)))), 6),
    "comprehension": (KNOWN, 12),
    "comprehension with where": (
        f.Comprehension(INT, "count", V, "v", c((1, 2, 3), t.ListType(INT)), f.Compare(BOOL, V, ">", c(1))),
        2,
    ),
    "comprehension in order": (
        f.Comprehension(t.RefType("thing"), "first", f.Variable(t.RefType("thing"), "v"), "v", several(STONE, STICK), None),
        STICK,
    ),
}


@pytest.mark.parametrize(("formula", "value"), CASES.values(), ids=CASES.keys())
def test_a_formula_has_its_value(formula, value):
    assert evaluate(formula, Scope(SmallWorld(), BOX)) == value


def test_bound_names_are_seen_inside_alone():
    scope = Scope(SmallWorld(), BOX).bind("v", 3)
    assert evaluate(V, scope) == 3
    assert scope.bind("v", 4).variables == {"v": 4}
    assert scope.variables == {"v": 3}


def test_every_node_has_a_rule():
    from rulecore.formula import scalar

    assert set(scalar._RULES) == set(f.Formula.__args__)
