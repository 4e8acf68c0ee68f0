"""Dataclasses of ours behave as those of the standard library do, and those who ask it take them for its own."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError
from functools import cached_property
from typing import Any

import pytest

from rulecore import dataclass as ours
from rulecore.formula import ast
from rulecore.formula import types as t
from rulecore.model.entry import Entry
from rulecore.source import Span

SETTINGS: dict[str, dict[str, bool]] = {
    "frozen": {"frozen": True, "slots": True},
    "ordered": {"frozen": True, "slots": True, "order": True},
    "by identity": {"frozen": True, "slots": True, "eq": False},
    "open": {"slots": True},
    "open, by identity": {"slots": True, "eq": False},
    "without slots": {"frozen": True},
}


def define(library: Any, settings: dict[str, bool]) -> Any:
    @library.dataclass(**settings)
    class Kite:
        """A kite."""

        name: str
        length: int = 3
        marks: list[str] = library.field(default_factory=list, compare=False)
        inner: str = library.field(default="s", repr=False)

        def shout(self) -> str:
            return self.name.upper()

    return Kite


@pytest.fixture(params=SETTINGS)
def pair(request: pytest.FixtureRequest) -> tuple[Any, Any]:
    settings = SETTINGS[request.param]
    return define(dataclasses, settings), define(ours, settings)


WAYS: list[Callable[[Any], Any]] = [
    lambda kite: repr(kite("a", 2)),
    lambda kite: repr(kite(name="a", inner="x")),
    lambda kite: kite("a").shout(),
    lambda kite: (kite("a").marks is kite("a").marks, kite("a").marks),
    lambda kite: kite("a") == kite("a", 3, ["m"]),
    lambda kite: kite("a") == kite("b"),
    lambda kite: kite("a") == "a",
    lambda kite: kite("a") != kite("a"),
    lambda kite: kite("a") < kite("b"),
    lambda kite: kite("a") >= kite("a"),
    lambda kite: kite("a") <= 1,
    lambda kite: len({kite("a"), kite("a", 3)}),
    lambda kite: {kite("a"): 1}[kite("a")],
    lambda kite: kite(),
    lambda kite: kite("a", nothing=1),
    lambda kite: kite("a", 1, [], "s", 5),
    lambda kite: kite("a", name="b"),
    lambda kite: setattr(kite("a"), "name", "b"),
    lambda kite: delattr(kite("a"), "name"),
    lambda kite: repr(dataclasses.replace(kite("a"), length=5)),
    lambda kite: repr(ours.replace(kite("a"), length=5)),
    lambda kite: ours.replace(kite("a"), other=5),
    lambda kite: dataclasses.asdict(kite("a", 1, ["m"])),
    lambda kite: [(field.name, field.default, field.repr, field.compare) for field in dataclasses.fields(kite)],
    lambda kite: dataclasses.is_dataclass(kite) and dataclasses.is_dataclass(kite("a")),
    lambda kite: repr(copy.copy(kite("a", 2, ["m"]))),
    lambda kite: repr(copy.deepcopy(kite("a", 2, ["m"]))),
    lambda kite: (kite.__match_args__, kite.__doc__, kite.__name__, kite.__qualname__, kite.__module__),
    lambda kite: (kite.__annotations__, hasattr(kite("a"), "__dict__")),
]


@pytest.mark.parametrize("way", WAYS, ids=range(len(WAYS)))
def test_it_does_the_same(pair: tuple[Any, Any], way: Callable[[Any], Any]):
    outcomes = []
    for kite in pair:
        try:
            outcomes.append(way(kite))
        except Exception as error:  # noqa: BLE001 - whatever it is, both must do it
            outcomes.append(type(error))
    assert outcomes[0] == outcomes[1]


def test_the_first_objects_and_the_later_ones_are_made_alike(pair: tuple[Any, Any]):
    for number in range(100):
        made = [kite("a", number, inner="b") for kite in pair]
        assert repr(made[0]) == repr(made[1])
        for kite in pair:
            with pytest.raises(TypeError):
                kite()


def test_classes_of_the_engine_are_of_this_sort():
    span = Span("a", 1, 2)
    assert pickle.loads(pickle.dumps(span)) == span  # noqa: S301 - of our own making
    assert dataclasses.replace(span, line=2) == Span("a", 2, 2)
    assert span < Span("a", 1, 3)
    assert hash(t.IntType(1, 2)) == hash(t.IntType(1, 2))
    with pytest.raises(FrozenInstanceError):
        span.line = 2  # type: ignore[misc]
    match ast.Not(t.BoolType(), ast.This(t.BoolType())):
        case ast.Not(_, ast.This(of)):
            assert of == t.BoolType()


def test_what_holds_itself_is_pickled_and_copied():
    entry = Entry("kite", "red", "Red", frozenset({"kite"}), "pack", 0)
    object.__setattr__(entry, "properties", {"self": entry})
    for again in (pickle.loads(pickle.dumps(entry)), copy.deepcopy(entry)):  # noqa: S301 - of our own making
        assert again is not entry
        assert again.properties["self"] is again


def test_a_property_may_be_kept_where_there_are_no_slots():
    @ours.dataclass(frozen=True)
    class Kite:
        name: str

        @cached_property
        def shout(self) -> str:
            return self.name.upper()

    assert Kite("a").shout == "A"


def test_a_method_that_is_written_out_counts():
    @ours.dataclass(slots=True)
    class Kite:
        name: str

        def __init__(self, name: str) -> None:
            self.name = name * 2

        def __repr__(self) -> str:
            return "kite"

    assert (repr(Kite("a")), Kite("a").name) == ("kite", "aa")
