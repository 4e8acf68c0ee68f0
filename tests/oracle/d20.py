"""What every D20 Test has: proficiency counted once, Advantage and Disadvantage, the bonus (Playing the Game, "D20 Tests")."""

from dataclasses import dataclass

from tests.oracle.book import mode
from tests.oracle.paper import Paper


@dataclass(frozen=True)
class Test:
    """A D20 Test as it stands on the sheet."""

    __test__ = False

    ability: str | None
    bonus: int | str
    advantage: bool = False
    disadvantage: bool = False
    proficient: bool = False
    expert: bool = False
    half: bool = False
    sources: int = 0
    least_total: int = 0
    lowest_roll: int = 1

    @property
    def proficiency(self) -> str:
        """Full, half (Jack of All Trades) or none."""
        if self.proficient:
            return "proficient"
        return "half" if self.half else "none"


def write(p: Paper, at: str, test: Test) -> None:
    """Write the lines that all tests share."""
    p.out[f"{at}.ability"] = test.ability
    p.out[f"{at}.bonus"] = test.bonus
    p.out[f"{at}.advantage"] = test.advantage
    p.out[f"{at}.disadvantage"] = test.disadvantage
    p.out[f"{at}.mode"] = mode(test.advantage, test.disadvantage)
    p.out[f"{at}.proficiency"] = test.proficiency
    p.out[f"{at}.proficiency_sources"] = test.sources
    p.out[f"{at}.proficiency_part"] = p.pb * (test.proficient + test.expert) + (p.pb // 2 if test.half else 0)
    p.out[f"{at}.expertise_gained"] = test.expert
    p.out[f"{at}.expertise"] = test.expert
    p.out[f"{at}.lowest_roll"] = test.lowest_roll
    p.out[f"{at}.least_total"] = test.least_total


def indomitable_might(p: Paper, ability: str) -> int:
    """Barbarian 18: the total of a Strength check or save is at least the score."""
    return p.score["strength"] if ability == "strength" and p.of("barbarian") >= 18 else 0
