"""Any single edit: each editable field of the sheet set to another value and back, beside a full derivation in the same round."""

from __future__ import annotations

import gc
import re
import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from time import perf_counter, perf_counter_ns
from typing import Any

from benchmarks.sheet_whole import build, build_alone, nanoseconds
from benchmarks.sheets import full_document, sheet_values, standard_rules
from rulecore import Character, RulecoreError

MOST_ROUNDS = 5
SECONDS = 90.0
FULL_TIMES = 3
FEW = 40
TEXT = "something else"
ELEMENTS = {"inventory_item": "inventory.weapon_1"}


@dataclass(frozen=True, slots=True)
class FieldEdits:
    """The cost of each edit as a part of a full derivation, cheapest first, and the fields that take no other value."""

    parts: list[tuple[float, str]]
    left_out: list[str]
    rounds: int

    def at(self, percent: int) -> tuple[float, str]:
        """Give the part that so many percent of the edits do not exceed, with its field."""
        return self.parts[min(len(self.parts) - 1, len(self.parts) * percent // 100)]


def editable_fields(hero: Character) -> dict[str, str]:
    """Give each editable field that is on a sheet, with its type."""
    known: dict[str, list[tuple[re.Pattern[str], str]]] = {}
    for field in standard_rules().fields("character"):
        if field.mode == "editable":
            known.setdefault(field.id.rpartition(".")[2], []).append((_pattern(field.id), field.type))
    found = {}
    for path in sheet_values(hero):
        for pattern, type_ in known.get(path.rpartition(".")[2], ()):
            if pattern.fullmatch(path):
                found[path] = type_
                break
    return found


def _pattern(static: str) -> re.Pattern[str]:
    """Write the id of a field so that it fits all places: any element of a collection, any holder of an entry."""
    text = re.escape(static).replace(re.escape("[]"), r"\.[^.]+")
    return re.compile(text.replace(re.escape("*."), r"(?:.+\.)?", 1))


def other_values(type_: str, value: Any) -> Iterator[Any]:
    """Give other values that may be legal."""
    word, _, rest = type_.partition(" ")
    if word == "bool":
        yield not value
    elif word in {"int", "number"}:
        yield value + 1
        yield value - 1
    elif word == "text":
        yield TEXT
    elif word == "one":
        yield from (name.strip() for name in rest.removeprefix("of ").split("|") if name.strip() != value)
    elif word == "ref" and rest in standard_rules().kinds:
        yield from (entry.name for entry in standard_rules().entries(rest) if entry.name != value)
    elif type_ in ELEMENTS:
        yield ELEMENTS[type_]


@dataclass(slots=True)
class FieldEdit:
    """A field, the value that it has, others that it may take, and the part of a full derivation in each round."""

    path: str
    value: Any
    others: list[Any]
    parts: list[float]

    def both_ways(self, hero: Character) -> float | None:
        """Give the nanoseconds of the dearer way, forth or back; nothing if no other value is legal."""
        while self.others:
            try:
                there = _timed(hero, self.path, self.others[0])
            except RulecoreError:
                del self.others[0]
                continue
            try:
                return max(there, _timed(hero, self.path, self.value))
            except RulecoreError:
                hero.undo()
                self.others.clear()
        return None


def _timed(hero: Character, path: str, value: Any) -> float:
    start = perf_counter_ns()
    hero.edit({path: value})
    return perf_counter_ns() - start


def measure_fields(most_rounds: int = MOST_ROUNDS, seconds: float = SECONDS) -> FieldEdits:
    """Time every edit once or more often, as long as there is time; of a field, the middle of the rounds counts."""
    hero = build(full_document())
    full = partial(build_alone, full_document())
    edits = [
        FieldEdit(path, hero[path], list(other_values(type_, hero[path])), []) for path, type_ in editable_fields(hero).items()
    ]
    start, rounds = perf_counter(), 0
    while not rounds or (rounds < most_rounds and perf_counter() - start < seconds):
        _round(hero, full, edits)
        rounds += 1
    parts = sorted((statistics.median(edit.parts), edit.path) for edit in edits if edit.parts)
    return FieldEdits(parts, [edit.path for edit in edits if not edit.parts], rounds)


def _round(hero: Character, full: Callable[[], object], edits: list[FieldEdit]) -> None:
    """Time every edit once, and a full derivation before each few of them."""
    gc.disable()
    try:
        for first in range(0, len(edits), FEW):
            gc.collect()
            whole = statistics.median(nanoseconds(full) for _ in range(FULL_TIMES))
            gc.disable()
            for edit in edits[first : first + FEW]:
                taken = edit.both_ways(hero)
                if taken is not None:
                    edit.parts.append(taken / whole)
    finally:
        gc.enable()
