"""A finished graph of formulas: who reads whom, in which order they go, and what follows from what."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from benchmarks.formulas.draft import Draft, Field, Input

_FUNCTIONS = {"min", "max"}


class Graph:
    """Inputs, fields and tables that never change any more."""

    def __init__(self, draft: Draft, tables: Mapping[str, Mapping[int, int]], last: int) -> None:
        """Finish a draft; tables say from which number on there is how much, up to `last`."""
        self.inputs: Mapping[str, Input] = draft.inputs
        self.fields: Mapping[str, Field] = draft.fields
        self.truths = frozenset(draft.truths)
        self.steps = tables
        self.tables = {name: list(_spread(steps, last)) for name, steps in tables.items()}

    @cached_property
    def trees(self) -> dict[str, ast.expr]:
        """Give the formula of each field, effects included, as a tree."""
        return {name: ast.parse(field.whole, mode="eval").body for name, field in self.fields.items()}

    @cached_property
    def reads(self) -> dict[str, tuple[str, ...]]:
        """Give for each field the inputs and fields that it reads, each once."""
        known = self.inputs.keys() | self.fields.keys()
        found = {name: tuple(dict.fromkeys(_names(tree) - self.tables.keys())) for name, tree in self.trees.items()}
        strays = {name for names in found.values() for name in names} - known
        if strays:
            raise ValueError(f"formulas read what is not there: {', '.join(sorted(strays))}")
        return {name: tuple(sorted(names, key=self._declared)) for name, names in found.items()}

    def _declared(self, name: str) -> int:
        return self._places[name]

    @cached_property
    def _places(self) -> dict[str, int]:
        return {name: place for place, name in enumerate([*self.inputs, *self.fields])}

    @cached_property
    def order(self) -> list[str]:
        """Give the fields so that each comes after all that it reads."""
        done: dict[str, None] = {}

        def visit(name: str) -> None:
            if name in done or name in self.inputs:
                return
            for read in self.reads[name]:
                visit(read)
            done[name] = None

        for name in self.fields:
            visit(name)
        return list(done)

    @cached_property
    def names(self) -> list[str]:
        """Give all inputs, then all fields in order."""
        return [*self.inputs, *self.order]

    @cached_property
    def place(self) -> dict[str, int]:
        """Give the number of each name in `names`."""
        return {name: place for place, name in enumerate(self.names)}

    @property
    def defaults(self) -> dict[str, int]:
        """Give the value that each input starts with."""
        return {name: each.default for name, each in self.inputs.items()}

    def cone(self, changed: Iterable[str]) -> list[str]:
        """Give the fields that may change when inputs change, in order: what the libraries are told, in their favour."""
        touched = set(changed)
        cone = []
        for name in self.order:
            if touched.intersection(self.reads[name]):
                touched.add(name)
                cone.append(name)
        return cone


def _names(tree: ast.expr) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} - _FUNCTIONS


def _spread(steps: Mapping[int, int], last: int) -> Iterator[int]:
    value = 0
    for key in range(last + 1):
        value = steps.get(key, value)
        yield value
