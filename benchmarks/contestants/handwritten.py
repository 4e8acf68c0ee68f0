"""Code without an engine: the expert's setters, against which all others are measured, and a full recompute."""

from typing import Any

from benchmarks.contestants.contestant import Editor
from benchmarks.contestants.twin_text import setters_text
from benchmarks.formulas.graph import Graph
from benchmarks.formulas.python import full_recompute

_SETTERS = {
    "strength_base": "set_strength",
    "cloak_of_protection_worn": "set_cloak",
    "fighter_level": "set_fighter",
    "damage": "set_damage",
}


def fresh_values(graph: Graph) -> list[Any]:
    """Give all values as they are before any edit."""
    values = [*graph.defaults.values(), *([0] * len(graph.order))]
    full_recompute(graph)(values)
    return values


class Twin:
    """The hand-written twin: an object with a slot for each value."""

    title = "hand-written, only what is affected"

    def __init__(self, graph: Graph) -> None:
        """Write the starting values into a new sheet."""
        self.names = graph.names
        self.sheet: Any = type("Sheet", (), {"__slots__": tuple(graph.names)})()
        for name, value in zip(graph.names, fresh_values(graph), strict=True):
            setattr(self.sheet, name, value)
        self.setters: dict[str, Any] = {}
        exec(compile(setters_text(), "<twin>", "exec"), self.setters)

    def editor(self, name: str) -> Editor:
        """Give the setter of an input, for this sheet."""
        sheet, setter = self.sheet, self.setters[_SETTERS[name]]

        def edit(value: int) -> None:
            setter(sheet, value)

        return edit

    def values(self) -> list[int]:
        """Read all slots."""
        return [getattr(self.sheet, name) for name in self.names]


class FullRecompute:
    """Everything anew after each edit, in a straight line: what an edit costs without knowing what is affected."""

    title = "full recompute in a straight line"

    def __init__(self, graph: Graph) -> None:
        """Compile the straight line and run it once."""
        self.graph = graph
        self.recompute = full_recompute(graph)
        self.all = fresh_values(graph)

    def editor(self, name: str) -> Editor:
        """Give the function that sets an input and recomputes."""
        values, recompute, place = self.all, self.recompute, self.graph.place[name]

        def edit(value: int) -> None:
            values[place] = value
            recompute(values)

        return edit

    def values(self) -> list[int]:
        """Give all values."""
        return list(self.all)
