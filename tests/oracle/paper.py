"""The document, and the sheet of paper on which the numbers are written from top to bottom."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from tests.oracle.book import BEASTS, MAGIC_ITEMS, plain

RULINGS = {
    "score_floor_first": True,
    "half_casters_on_sum": False,
    "double_before_adding": False,
    "exhaustion_lowers_passives": True,
    "proficiency_joins_initiative_score": True,
    "prerequisites_count_items": True,
    "boon_at_ability_score_improvement": True,
    "masteries_of_classes_add": True,
    "increases_in_order_gained": False,
    "duplicate_proficiency_chooses_again": False,
    "all_saves_include_death_saves": True,
    "swarms_are_forms": False,
}


@dataclass(frozen=True)
class Feat:
    """A feat that the character has, and where it stands."""

    name: str
    path: str


@dataclass(frozen=True)
class Increase:
    """An ability score goes up by an amount, not above a cap."""

    ability: str
    by: int
    cap: int


@dataclass(frozen=True)
class Item:
    """A line of the inventory."""

    id: str
    name: str
    element: dict[str, Any]
    enchantment: str | None
    equipped: bool
    attuned: bool
    in_force: bool


@dataclass
class Paper:
    """What has been worked out so far; each topic fills its part and reads only the parts above it."""

    document: dict[str, Any]
    out: dict[str, Any] = field(default_factory=dict)
    # Levels (levels.py).
    level: int = 0
    classes: dict[str, int] = field(default_factory=dict)
    first: str | None = None
    pb: int = 2
    # Inventory (inventory.py).
    items: list[Item] = field(default_factory=list)
    worn: list[Item] = field(default_factory=list)
    shields: list[Item] = field(default_factory=list)
    armor_weight: str = "none"
    untrained_armor: bool = False
    # Features (content_*.py).
    feats: list[Feat] = field(default_factory=list)
    # Abilities (abilities.py).
    natural: dict[str, int] = field(default_factory=dict)
    own_score: dict[str, int] = field(default_factory=dict)
    score: dict[str, int] = field(default_factory=dict)
    mod: dict[str, int] = field(default_factory=dict)
    # Conditions (conditions.py).
    conditions: set[str] = field(default_factory=set)
    immune_to: set[str] = field(default_factory=set)
    exhaustion: int = 0
    raging: bool = False
    reckless: bool = False
    aura: int = 0
    # Proficiencies (proficiencies.py).
    armor_training: set[str] = field(default_factory=set)
    weapon_training: set[str] = field(default_factory=set)
    trained_weapons: set[str] = field(default_factory=set)
    mastered: set[str] = field(default_factory=set)
    skills: set[str] = field(default_factory=set)
    expertise: set[str] = field(default_factory=set)
    tools: set[str] = field(default_factory=set)
    saves: set[str] = field(default_factory=set)
    sources: Counter[str] = field(default_factory=Counter)
    languages: set[str] = field(default_factory=set)

    def value(self, key: str, default: Any = None) -> Any:
        """An editable field of the document."""
        value = self.document.get("fields", {}).get(key)
        return default if value is None else value

    def name_in(self, key: str) -> str | None:
        """The entry that an editable field names."""
        value = self.value(key)
        return plain(value) if isinstance(value, str) else None

    def ruling(self, name: str) -> bool:
        """A ruling of the document, or its documented default."""
        return bool(self.document.get("rulings", {}).get(name, RULINGS[name]))

    def collection(self, key: str) -> dict[str, dict[str, Any]]:
        """The elements of an unordered collection."""
        return dict(self.document.get("collections", {}).get(key) or {})

    def picks(self, key: str, count: int, among: Any = None) -> list[str]:
        """What was chosen at a choice: no option twice, no more than it allows, none that it does not offer."""
        chosen: list[str] = []
        for option in self.document.get("choices", {}).get(key) or []:
            name = plain(option)
            if name not in chosen and (among is None or name in among):
                chosen.append(name)
        return chosen[:count]

    def pick(self, key: str, among: Any = None) -> str | None:
        """The one thing chosen, if any."""
        chosen = self.picks(key, 1, among)
        return chosen[0] if chosen else None

    def of(self, class_name: str) -> int:
        """Levels in a class."""
        return self.classes.get(class_name, 0)

    @property
    def form(self) -> dict[str, Any] | None:
        """The stat block of the Beast whose form the character is in."""
        return BEASTS.get(self.name_in("other_form") or "")

    @property
    def body(self) -> str | None:
        """The species, as long as the character is in its own body; traits of a species are not kept in a form."""
        return None if self.form else self.name_in("species")

    @property
    def unarmored(self) -> bool:
        """Wears no armor; a Shield is another matter."""
        return self.armor_weight == "none"

    @property
    def incapacitated(self) -> bool:
        """Has the Incapacitated condition, by itself or within another."""
        return "incapacitated" in self.conditions

    def forces(self, key: str) -> list[Any]:
        """What the magic items in force give under one heading."""
        gifts = [MAGIC_ITEMS[i.name] for i in self.items if i.in_force and i.name in MAGIC_ITEMS]
        return [gift[key] for gift in gifts if key in gift and not gift.get("activated") and self._fits(gift)]

    def _fits(self, gift: dict[str, Any]) -> bool:
        without = gift.get("only_without", [])
        return not ("armor" in without and not self.unarmored) and not ("shield" in without and self.shields)

    def effects(self, name: str) -> list[dict[str, Any]]:
        """The lasting effects of one name."""
        return [e for e in self.collection("effects").values() if plain(str(e.get("effect"))) == name]
