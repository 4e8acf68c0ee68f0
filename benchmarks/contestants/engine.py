"""rulecore itself: the public API, and the engine object below it."""

from typing import Any

from benchmarks.contestants.contestant import Absent, Editor
from benchmarks.formulas.graph import Graph
from benchmarks.places import PACK
from rulecore import Character, load_ruleset


def new_character() -> Character:
    """Load the pack of the formulas as any pack is loaded, and make a character of it."""
    return load_ruleset(PACK, strict=True).new("adventurer")


class PublicApi:
    """`character.edit({field: value})`, with everything that it checks and tells."""

    title = "rulecore, `character.edit`"

    def __init__(self, graph: Graph) -> None:
        """Make a character with the starting values."""
        self.names = graph.names
        self.character = new_character()

    def editor(self, name: str) -> Editor:
        """Give the function that makes one edit."""
        make = self.character.edit

        def edit(value: int) -> None:
            make({name: value})

        return edit

    def values(self) -> list[int]:
        """Read every field by its name."""
        return [int(self.character[name]) for name in self.names]


class Engine:
    """`engine.set(slot, value)`: the edit below the public API, on the object that a character holds."""

    title = "rulecore, the engine's edit"

    def __init__(self, graph: Graph) -> None:
        """Take the engine object of a character; this is the one place that uses more than `rulecore.__all__`."""
        engine: Any = getattr(new_character(), "engine", None)
        if engine is None:
            raise Absent("this version of rulecore has no engine object")
        self.engine = engine
        self.slots = [engine.slot(name) for name in graph.names]

    def editor(self, name: str) -> Editor:
        """Give the function that sets one slot."""
        make, slot = self.engine.set, self.engine.slot(name)

        def edit(value: int) -> None:
            make(slot, value)

        return edit

    def values(self) -> list[int]:
        """Read every slot."""
        values = self.engine.values
        return [int(values[slot]) for slot in self.slots]
