"""The edits of a whole sheet that are timed, and how much each may cost beside the hand-written twin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from benchmarks.sheets import BLESSING, MANY_WEAPONS, NO_WEAPONS, USUAL_WEAPONS, Document, full_document
from rulecore import Add, Remove

LEVEL = {"class": "fighter"}
THING: dict[str, Any] = {"item": "chain", "quantity": 2}


@dataclass(frozen=True, slots=True)
class SheetEdit:
    """An edit of one sheet forth and back: two values of a path, or something added and removed."""

    title: str
    path: str
    first: Any
    second: Any
    limit: float | None = None
    weapons: int = USUAL_WEAPONS
    further_levels: int = 0

    @property
    def name(self) -> str:
        """Each edit has a sheet of its own, so that it is known by its title."""
        return self.title

    @property
    def values(self) -> tuple[Any, Any]:
        """Give both values."""
        return self.first, self.second

    @property
    def structural(self) -> bool:
        """Tell whether something is added and removed."""
        return isinstance(self.first, Add)

    def document(self) -> Document:
        """Give the document that is edited."""
        return full_document(self.weapons, further_levels=self.further_levels)

    def asked(self, value: Any) -> Any:
        """Give the edit as the public API takes it."""
        return [value] if self.structural else {self.path: value}


def _level(title: str, place: int, limit: float, further_levels: int) -> SheetEdit:
    first, second = Add("levels", LEVEL), Remove(f"levels.{place}")
    return SheetEdit(title, "levels", first, second, limit=limit, further_levels=further_levels)


SCORE = SheetEdit("ability score, the modifier changes", "strength.base", 18, 16, limit=2)
SAME = SheetEdit("ability score, the modifier stays", "strength.base", 17, 16, limit=2.2)
SAME_WITH_NONE = SheetEdit("the modifier stays, no weapons", "strength.base", 17, 16, weapons=NO_WEAPONS)
SAME_WITH_MANY = SheetEdit("the modifier stays, 40 weapons", "strength.base", 17, 16, weapons=MANY_WEAPONS)
MANY_LIMIT = 1.2
STRUCTURAL = {"levels.2.class": "barbarian"}

SHEET_EDITS = (
    SCORE,
    SAME,
    SAME_WITH_NONE,
    SAME_WITH_MANY,
    SheetEdit("an effect on every attack: Bless", BLESSING, "blessed", None, limit=2.2),
    SheetEdit(
        "a property of one weapon: the ability used", "inventory.weapon_2.attack.wanted_ability", "dexterity", None, limit=2
    ),
    SheetEdit("a property of one weapon: held in two hands", "inventory.weapon_1.two_hands", first=True, second=False, limit=2),
    SheetEdit("a resource spent", "fighter.second_wind.spent", 1, 0, limit=3.2),
    _level("level-up with a new proficiency bonus", 17, limit=3, further_levels=0),
    _level("level-up without", 18, limit=5, further_levels=1),
    SheetEdit("an item's effect toggled: a cloak", "inventory.cloak_of_protection.equipped", first=False, second=True, limit=6),
    SheetEdit(
        "an item's effect toggled: a weapon's magic", "inventory.weapon_1.enchantment", "weapon_plus_2", "weapon_plus_1", limit=6
    ),
    SheetEdit(
        "an item added or removed",
        "inventory",
        Add("inventory", THING, "new_chain"),
        Remove("inventory.new_chain"),
        limit=5,
    ),
)
