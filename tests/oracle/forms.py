"""Another body: what the stat block of a Beast puts in the place of one's own (Druid, "Rules While Shape-Shifted")."""

import re
from fractions import Fraction
from typing import Any

from tests.oracle.attacks import attack_bonus, attack_sides
from tests.oracle.book import BEASTS, roll
from tests.oracle.d20 import Test, write
from tests.oracle.paper import Paper

CHANGED = "shape_changed"
# Druid level, known forms, greatest Challenge Rating, with a Fly Speed (table "Beast Shapes").
SHAPES = ((8, 8, Fraction(1), True), (4, 6, Fraction(1, 2), False), (2, 4, Fraction(1, 4), False))


def beasts(level: int) -> tuple[list[str], int]:
    """The Beasts that a Druid of a level can know, and how many of them; a swarm is none unless a ruling says so."""
    for least, count, greatest, flying in SHAPES:
        if level >= least:
            fit = [name for name, facts in BEASTS.items() if Fraction(facts["challenge"]) <= greatest and not facts["swarm"]]
            return [name for name in fit if flying or "fly" not in BEASTS[name]["speed"]], count
    return [], 0


def fill(p: Paper) -> None:
    """What the sheet says of the form itself, and its attacks."""
    facts = p.form
    p.out["own_body"] = facts is None
    p.out["shape_taken"] = CHANGED if facts else None
    p.out["form_proficiency"] = facts["proficiency_bonus"] if facts else 0
    for place, attack in enumerate(facts["attacks"] if facts else [], start=1):
        _attack(p, f"{CHANGED}.attack_{place}", facts, attack)


def _attack(p: Paper, at: str, facts: dict[str, Any], attack: dict[str, Any]) -> None:
    """An attack of the stat block: its bonus is the Beast's, whatever the level of the Druid."""
    which, proficiency = attack["ability"], p.out["form_proficiency"]
    bonus = attack_bonus(p, which, proficient=False, more=proficiency)
    write(p, at, Test(which, bonus, *attack_sides(p, which), proficient=True))
    dice = re.match(r"(\d+d\d+)(.*)", attack["damage"])
    die = dice[1] if dice else attack["damage"]
    # What the stat block adds beside the Beast's own modifier: the bite of a Giant Frog has 1 more.
    more = int(dice[2] or 0) - facts["abilities"][which][1] if dice else 0
    near, far = attack.get("range", (0, 0))
    p.out |= {
        f"{at}.stat_block": p.name_in("other_form"),
        f"{at}.weapon": attack["name"],
        f"{at}.proficiency_part": proficiency,
        f"{at}.die": roll(die, 0),
        f"{at}.bonus_damage": 0,
        f"{at}.damage": roll(die, p.mod[which] + more if dice else 0),
        f"{at}.damage_type": attack["type"],
        f"{at}.extra_damage": roll(attack["extra"], 0) if "extra" in attack else 0,
        f"{at}.extra_type": attack.get("extra_type", "bludgeoning"),
        f"{at}.reach": attack.get("reach", 0),
        f"{at}.range": near,
        f"{at}.long_range": far,
        f"{at}.critical_on": 20,
    }
