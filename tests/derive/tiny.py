"""A small game of 2d6, built by hand: what the engine is tested on without any text.

A hero has three stats (a family), carries gear, has a kin and talents that are chosen, and can be frightened (a state).
"""

from collections.abc import Iterable
from typing import Any

from rulecore.formula import ast as f
from rulecore.formula import types as t
from rulecore.formula.dice import Dice
from rulecore.model.effect import Effect, Operation
from rulecore.model.entry import Entry, Kind, PropertyType
from rulecore.model.rules import PackInfo, Rules, Ruling
from rulecore.model.shape import (
    Activation,
    Binding,
    Block,
    Choice,
    Collection,
    Entity,
    Field,
    Grant,
    Mode,
    Option,
    Part,
    Requirement,
    Shape,
)
from rulecore.source import Span

INT, BOOL, DICE, TEXT = t.IntType(), t.BoolType(), t.DiceType(), t.TextType()
MOOD = t.EnumType(("afraid", "steady", "brave"))
THIS = f.This(t.InstanceType("any"))
SELF = f.Self(t.InstanceType("record carried"))
HERO = f.Entity(t.InstanceType("entity hero"))


def constant(value: Any, of: t.Type = INT) -> f.Formula:
    return f.Constant(of, value)


def read(path: str, of: t.Type = INT, start: f.Formula = THIS) -> f.Formula:
    *before, last = path.split(".")
    for name in before:
        start = f.Read(t.InstanceType("any"), start, name)
    return f.Read(of, start, last)


def entry(value: Entry) -> f.Formula:
    return f.Constant(t.RefType(value.kind), value)


def plus(left: f.Formula, right: f.Formula, of: t.Type = INT) -> f.Formula:
    return f.Arithmetic(of, left, "+", right)


def compare(left: f.Formula, operator: str, right: f.Formula) -> f.Formula:
    return f.Compare(BOOL, left, operator, right)


def field(name: str, of: t.Type = INT, formula: f.Formula | None = None, mode: str = "derived", **more: Any) -> Field:
    return Field(name, name.capitalize(), of, Mode(mode), formula, **more)


def effect(target: f.Formula, name: str, operation: str, value: f.Formula, line: int = 1, **more: Any) -> Effect:
    return Effect(target, name, Operation(operation), value, span=Span("tiny.brew", line, 1), **more)


def shape(name: str, block: Block, *above: str) -> Shape:
    return Shape(name, name, frozenset({name, *above}), block)


class Maker:
    """Makes entries in order, and at last the rules."""

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}

    def entry(self, kind: str, name: str, block: Block | None = None, *above: str, **properties: Any) -> Entry:
        made_shape = None if block is None else shape(f"entry {kind}.{name}", block)
        made = Entry(
            kind,
            name,
            name.capitalize(),
            frozenset({kind, *above}),
            "tiny",
            len(self.entries),
            properties,
            made_shape,
            span=Span("tiny.brew", len(self.entries) + 1, 1),
        )
        self.entries[made.id] = made
        return made


def rules(extra: Iterable[Effect] = (), *, talent_laws: tuple[Requirement, ...] = (), hero: Block | None = None) -> Rules:
    """Give the game; `extra` are effects of the talent `gifted`, `hero` more members of the entity."""
    make = Maker()
    might, wits, grace = (make.entry("stat", name) for name in ("might", "wits", "grace"))
    lamp = make.entry("talent", "gifted", Block(effects=tuple(extra), requirements=talent_laws))
    _talents(make, might, wits)
    _gear(make)
    _states(make)
    _kins(make, lamp)
    stat = shape(
        "family hero.stat",
        Block(
            fields=(
                field("base", mode="editable", formula=constant(0), low=constant(-2), high=constant(3)),
                field("score", formula=read("base"), low=constant(-5), high=constant(10)),
            ),
            parts=(Part("test", "Test", "record test", (Binding(("stat",), f.EntryOf(t.RefType("stat"), THIS)),)),),
        ),
    )
    state = shape("family hero.state", Block(fields=(field("immune", BOOL, constant(False, BOOL)),)))
    states = (make.entries["state.afraid"], make.entries["state.lost"])
    keys = (*((each, stat) for each in (might, wits, grace)), *((each, state) for each in states))
    return Rules(
        packs=(PackInfo("tiny", "1.0.0", "Tiny"),),
        kinds=_kinds(),
        records=_records(),
        entities={"hero": Entity("hero", "Hero", _hero(hero or Block(), might), keys)},
        entries=make.entries,
        tables={},
        rulings={"heroic": Ruling("heroic", "Heroes are tougher", BOOL, constant(False, BOOL), citation="Tiny, page 1")},
        events={},
        layouts={},
        hash="tiny",
    )


def _kinds() -> dict[str, Kind]:
    weight = PropertyType("weight", "Weight", INT, 1, required=False)
    once = Requirement(
        f.Or(
            BOOL,
            f.Property(BOOL, f.EntryOf(t.RefType("talent"), THIS), "repeatable", False),
            compare(f.Call(INT, "instances", (f.EntryOf(t.RefType("talent"), THIS),)), "<=", constant(1)),
        ),
        "this talent cannot be taken twice",
    )
    talent = shape("kind talent", Block(requirements=(once,)))
    plain = {name: Kind(name, name, frozenset({name}), {}) for name in ("stat", "kin", "state")}
    return plain | {
        "gear": Kind("gear", "gear", frozenset({"gear"}), {"weight": weight}),
        "blade": Kind("blade", "blade", frozenset({"blade", "gear"}), {"weight": weight}),
        "talent": Kind("talent", "talent", frozenset({"talent"}), {}, talent),
    }


def _records() -> dict[str, Shape]:
    test = Block(
        fields=(
            field("stat", t.RefType("stat")),
            field("bonus", DICE, read("stat.score")),
            field("mood", MOOD, constant("steady", MOOD)),
        )
    )
    pool = Block(
        fields=(
            field("maximum", formula=constant(1), low=constant(0), high=constant(20)),
            field("spent", mode="editable", formula=constant(0), low=constant(0), high=read("maximum")),
        )
    )
    gear = t.RefType("gear")
    carried = Block(
        fields=(
            field("gear", gear, mode="editable"),
            field("worn", BOOL, constant(False, BOOL), "editable"),
            field("load", formula=f.Property(INT, read("gear", gear), "weight", 0)),
        ),
        blocks=(
            Block(gate=read("worn", BOOL), activations=(Activation(read("gear", gear)),)),
            Block(
                gate=f.Is(BOOL, read("gear", gear), frozenset({"blade"})),
                parts=(Part("strike", "Strike", "record test", (Binding(("stat",), constant(None, t.RefType("stat"))),)),),
            ),
        ),
    )
    suffered = Block(
        fields=(field("state", t.RefType("state"), mode="editable"), field("depth", formula=constant(1), mode="editable")),
        activations=(Activation(read("state", t.RefType("state")), when=f.Not(BOOL, read("state.immune", BOOL))),),
    )
    rung = Block(
        fields=(field("stat", t.RefType("stat"), mode="editable"), field("place", formula=f.Position(INT), mode="structural"))
    )
    return {
        "record test": shape("record test", test),
        "record pool": shape("record pool", pool),
        "record carried": shape("record carried", carried),
        "record suffered": shape("record suffered", suffered),
        "record rung": shape("record rung", rung),
    }


def _hero(more: Block, might: Entry) -> Shape:
    carried, kin = t.InstancesType("record carried"), t.RefType("kin")
    loads = f.Comprehension(
        INT, "sum", read("load", INT, f.Variable(t.InstanceType("record carried"), "c")), "c", read("bag", carried), None
    )
    guard = f.If(INT, f.RulingValue(BOOL, "heroic"), constant(12), constant(10))
    return shape(
        "entity hero",
        Block(
            fields=(
                field("name", TEXT, constant("Nobody", TEXT), "editable"),
                field("kin", kin, mode="editable"),
                field("level", formula=f.Call(INT, "count", (read("rungs", t.InstancesType("record rung")),)), mode="structural"),
                field("guard", formula=guard, low=constant(0), high=constant(30), citation="Tiny, page 2"),
                field("load", formula=loads),
                field("harm", mode="editable", formula=constant(0), low=constant(0), high=read("health")),
                field("health", formula=plus(constant(6), read("score", INT, entry(might))), low=constant(1), high=constant(20)),
                field("tongues", t.SetType("kin")),
                field("luck", DICE, constant(0)),
                field("rate", t.NumberType(), constant(1)),
                *more.fields,
            ),
            collections=(
                Collection("bag", "Bag", "record carried", 3),
                Collection("woes", "Woes", "record suffered", 5),
                Collection("rungs", "Rungs", "record rung", 9, ordered=True),
                *more.collections,
            ),
            choices=more.choices,
            effects=more.effects,
            requirements=more.requirements,
            parts=more.parts,
            grants=more.grants,
            activations=(Activation(read("kin", kin)), *more.activations),
            blocks=more.blocks,
        ),
    )


def _talents(make: Maker, might: Entry, wits: Entry) -> None:
    stat = t.RefType("stat")
    raised = Choice("raised", "Raised", constant(1), stat, single=True, entries=(might, wits))
    make.entry("talent", "tough", Block(effects=(effect(HERO, "health", "add", constant(2), 10, label="Tough"),)))
    make.entry(
        "talent",
        "trained",
        Block(
            choices=(raised,),
            effects=(effect(read("raised", stat), "score", "add", constant(1), 11, cap=constant(3)),),
            requirements=(Requirement(compare(read("score", INT, entry(might)), ">=", constant(2)), "needs Might 2"),),
        ),
        repeatable=True,
    )
    bold = shape(
        "option talent.mixed/way/bold",
        Block(choices=(raised,), effects=(effect(read("raised", stat), "score", "add", constant(2), 12),)),
    )
    calm = shape("option talent.mixed/way/calm", Block(effects=(effect(HERO, "guard", "add", constant(1), 13),)))
    way = Choice(
        "way",
        "Way",
        constant(1),
        t.EnumType(("none", "bold", "calm")),
        single=True,
        options=(Option("bold", "Bold", bold), Option("calm", "Calm", calm)),
    )
    make.entry(
        "talent",
        "mixed",
        Block(choices=(way,), parts=(Part("fire", "Fire", "record pool", (Binding(("maximum",), constant(3)),)),)),
    )


def _gear(make: Maker) -> None:
    make.entry("gear", "cloak", Block(effects=(effect(HERO, "guard", "add", constant(1), 20),)), weight=2)
    make.entry(
        "blade",
        "sword",
        Block(
            effects=(
                effect(read("strike", t.InstanceType("record test"), SELF), "bonus", "add", constant(Dice(((6, 1),)), DICE), 21),
            ),
        ),
        "gear",
        weight=3,
    )
    make.entry("gear", "rope")


def _states(make: Maker) -> None:
    every = f.Everything(t.InstancesType("record test"), "record", "record test")
    worse = effect(every, "mood", "at_most", constant("afraid", MOOD), 30)
    make.entry("state", "afraid", Block(effects=(worse,)))
    lost = Block(
        grants=(Grant((entry(make.entries["state.afraid"]),), HERO, "woes", "state"),),
        effects=(effect(HERO, "guard", "add", constant(-2), 31),),
    )
    make.entry("state", "lost", lost)


def _kins(make: Maker, gifted: Entry) -> None:
    talents = tuple(each for each in make.entries.values() if each.kind == "talent")
    tall = read("level", INT, HERO)
    make.entry(
        "kin",
        "elder",
        Block(
            fields=(field("calling", BOOL, constant(False, BOOL), "editable"),),
            choices=(
                Choice(
                    "talents",
                    "Talents",
                    f.Call(INT, "highest", (constant(1), tall)),
                    t.SetType("talent"),
                    single=False,
                    entries=talents,
                    repeat=f.Property(BOOL, f.Variable(t.RefType("talent"), "it"), "repeatable", False),
                ),
            ),
            effects=(effect(HERO, "guard", "add", constant(3), 40, when=read("calling", BOOL)),),
            blocks=(
                Block(
                    gate=compare(tall, ">=", constant(2)),
                    effects=(effect(HERO, "luck", "add", constant(Dice(((4, 1),)), DICE), 41),),
                ),
            ),
        ),
    )
    make.entry(
        "kin",
        "born",
        Block(
            activations=(
                Activation(entry(gifted), holds=False),
                Activation(entry(make.entries["talent.mixed"]), (("way", ("calm",)),), holds=False),
            )
        ),
    )


def document(**parts: Any) -> dict[str, Any]:
    """Give a document of the game."""
    return {"format": "rulecore/1", "kind": "hero", **parts}
