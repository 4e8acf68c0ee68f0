"""The five edits that are timed, and how much each may cost beside the hand-written twin."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """One input set to one value and back, with the most that engine and public API may take, as multiples of the twin."""

    title: str
    name: str
    first: int
    second: int
    engine_limit: float
    public_limit: float

    @property
    def values(self) -> tuple[int, int]:
        """Give both values."""
        return self.first, self.second


EDITS = (
    Edit("ability score", "strength_base", 14, 16, engine_limit=2, public_limit=2.5),
    Edit("level-up", "fighter_level", 4, 5, engine_limit=2, public_limit=2.5),
    Edit("toggle", "cloak_of_protection_worn", 0, 1, engine_limit=3.5, public_limit=5),
    Edit("same modifier", "strength_base", 15, 14, engine_limit=3, public_limit=5),
    Edit("damage", "damage", 8, 7, engine_limit=4, public_limit=10),
)
