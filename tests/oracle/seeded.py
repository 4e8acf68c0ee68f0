"""Faults put into packs and into the combination of effects, to see whether the oracle would notice them."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from rulecore.derive import combine as combination
from rulecore.dsl import ast
from rulecore.finding import Finding
from rulecore.formula.functions import plus
from rulecore.formula.values import number, rank
from rulecore.model.effect import Operation
from rulecore.model.rules import Rules
from rulecore.packs import load as loading
from rulecore.source import SourceFile

HERE = Path(__file__).parent
Fault = dict[str, Any]
Patch = Callable[[], dict[str, object]]
_read_source, _parsed = loading.read_source, loading.parsed


def faults() -> list[Fault]:
    return tomllib.loads((HERE / "faults.toml").read_text(encoding="utf-8"))["fault"]


@contextmanager
def rules_with(fault: Fault, sound: Rules) -> Iterator[Rules]:
    """Give the rules with a fault in one file of the packs, or sound rules while effects combine otherwise."""
    if "file" in fault:
        yield _changed(fault)
        return
    with patch.multiple(combination, **PATCHES[fault["combine"]]()):
        yield sound


def _changed(fault: Fault) -> Rules:
    """Load the packs as ever, but for one file; what was parsed before is not parsed again, nor are circles sought."""
    with (
        patch.object(loading, "read_source", lambda path, _content: _with_fault(fault, path)),
        patch.object(loading, "parsed", _once),
        patch.object(loading, "without_circles", lambda rules: (rules, [])),
    ):
        return loading.load().rules


def _with_fault(fault: Fault, path: Path) -> SourceFile | Finding:
    source = _read_source(path)
    if not path.as_posix().endswith(fault["file"]) or isinstance(source, Finding):
        return source
    assert source.text.count(fault["old"]) == 1, f"{fault['name']}: the text to change is not there, or more than once"
    return SourceFile(source.name, source.text.replace(fault["old"], fault["new"]))


@cache
def _once(source: SourceFile) -> tuple[ast.File, list[Finding]]:
    return _parsed(source)


# Faults of the combination. Each gives the names of combine.py with what they become. Two orders cannot be told apart by
# these packs, where no field that is multiplied or held down is also added to: multiply before add, at most before add.
# tests/derive proves those.


def _reordered(*operations: Operation) -> dict[str, object]:
    steps = dict(combination._ORDER)
    return {"_ORDER": tuple((operation, steps[operation]) for operation in operations)}


def _without(operation: Operation) -> dict[str, object]:
    return {"_ORDER": tuple(step for step in combination._ORDER if step[0] is not operation)}


def _worst(result: combination.Combined, alternatives: list[combination.Offer]) -> None:
    worst = min(alternatives, key=lambda offer: rank(offer.value, result.type))
    result.count(worst, worst.value)


def _rounded_up(value: Any, of: Any) -> Any:
    return _fit(math.ceil(value) if isinstance(value, Fraction) else value, of)


def _lowered_to_cap(value: Any, offer: combination.Offer) -> Any:
    reached = plus(value, offer.value)
    return reached if number(reached) <= offer.cap else offer.cap


def _all_or_nothing(value: Any, offer: combination.Offer) -> Any:
    reached = plus(value, offer.value)
    return reached if number(reached) <= offer.cap else value


def _least_of_stack(result: combination.Combined, offers: list[combination.Offer]) -> Iterator[combination.Offer]:
    best: dict[str, combination.Offer] = {}
    for offer in offers:
        if offer.stack is None:
            yield offer
        elif offer.stack not in best or rank(offer.value, result.type) < rank(best[offer.stack].value, result.type):
            best[offer.stack] = offer
    yield from best.values()


def _first_set(result: combination.Combined, offers: list[combination.Offer]) -> None:
    """The first counts, and only if it is none."""
    for offer in offers[:1]:
        result.lose(offer, "a seeded fault")


_fit = combination.fit
PATCHES: dict[str, Patch] = {
    "at least before add": lambda: _reordered(
        Operation.AT_LEAST, Operation.ADD, Operation.MULTIPLY, Operation.AT_MOST, Operation.SET
    ),
    "add last": lambda: _reordered(Operation.MULTIPLY, Operation.AT_LEAST, Operation.AT_MOST, Operation.SET, Operation.ADD),
    "no add": lambda: _without(Operation.ADD),
    "no multiply": lambda: _without(Operation.MULTIPLY),
    "no at least": lambda: _without(Operation.AT_LEAST),
    "no at most": lambda: _without(Operation.AT_MOST),
    "set is lost": lambda: {"_ORDER": (*combination._ORDER[:-1], (Operation.SET, _first_set))},
    "the worst base counts": lambda: {"_best": _worst},
    "fractions round up": lambda: {"fit": _rounded_up},
    "caps are ignored": lambda: {"_capped": lambda value, offer: plus(value, offer.value)},
    "caps lower what is above them": lambda: {"_capped": _lowered_to_cap},
    "what passes a cap adds nothing": lambda: {"_capped": _all_or_nothing},
    "a stack counts twice": lambda: {"_stacked": lambda _result, offers: iter(offers)},
    "of a stack the least counts": lambda: {"_stacked": _least_of_stack},
}
