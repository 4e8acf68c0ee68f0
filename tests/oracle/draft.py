"""A character in the making: the document, and what the next decisions depend on."""

from __future__ import annotations

from collections import Counter
from typing import Any

from tests.oracle.book import CLASSES
from tests.oracle.chooser import Chooser

ENVELOPE = {"format": "rulecore/1", "packs": {"core_2024": "1.0.0", "srd_2024": "5.2.1"}, "kind": "character", "name": ""}


class Draft:
    """The document under way."""

    def __init__(self, choose: Chooser) -> None:
        """Begin with an empty document."""
        self.choose = choose
        self.fields: dict[str, Any] = {}
        self.collections: dict[str, Any] = {}
        self.choices: dict[str, list[str]] = {}
        self.rulings: dict[str, bool] = {}
        self.classes: dict[str, int] = {}
        self.first = ""
        self.reached: list[tuple[str, int, int]] = []  # class, class level, character level
        self.base: dict[str, int] = {}
        self.species = ""
        self.feats: set[str] = set()
        self.lists: set[str] = set()  # spell lists of Magic Initiate
        self.skilled: list[str] = []  # places of Skilled, filled when the skills are known
        self.known: Counter[str] = Counter()  # proficiencies in skills and tools
        self.subclasses: dict[str, str] = {}
        self.invocations: list[str] = []
        self.free_hands = 2

    @property
    def document(self) -> dict[str, Any]:
        """Give the document."""
        parts = {"fields": self.fields, "collections": self.collections, "choices": self.choices, "rulings": self.rulings}
        return ENVELOPE | parts

    @property
    def level(self) -> int:
        """Give the character's level."""
        return len(self.reached)

    def of(self, name: str) -> int:
        """Give the levels in a class."""
        return self.classes.get(name, 0)

    def take_levels(self, order: list[str]) -> None:
        """Count the levels."""
        self.first = order[0]
        for place, name in enumerate(order, start=1):
            self.classes[name] = self.of(name) + 1
            self.reached.append((name, self.classes[name], place))

    def row(self, name: str) -> dict[str, Any]:
        """Give the line of the class table."""
        return CLASSES[name]["table"][self.of(name) - 1]

    def pick(self, choice: str, *options: str) -> None:
        """Answer a choice."""
        if options:
            self.choices[choice] = list(options)

    def put(self, collection: str, prefix: str, *elements: dict[str, Any]) -> list[str]:
        """Put elements into a collection under ids of their own."""
        held = self.collections.setdefault(collection, {})
        keys = []
        for element in elements:
            keys.append(f"{prefix}{len(held) + 1}")
            held[keys[-1]] = element
        return keys

    def learn(self, choice: str, offer: list[str], count: int) -> list[str]:
        """Choose proficiencies, new ones if there are any; where none is left the choice stays open."""
        fresh = [name for name in offer if not self.known[name]]
        if len(fresh) < count and not self.rulings.get("duplicate_proficiency_chooses_again"):
            fresh = list(offer)
        chosen = self.choose.some(fresh, count)
        self.pick(choice, *chosen)
        self.known.update(chosen)
        return chosen
