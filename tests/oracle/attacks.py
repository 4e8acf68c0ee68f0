"""Attack lines of weapons and the Unarmed Strike (Equipment, "Weapons"; Rules Glossary, "Unarmed Strike")."""

from dataclasses import dataclass
from typing import Any

from tests.oracle.book import WEAPONS, average, mode, roll
from tests.oracle.checks import PROFICIENCY, blessing, body_hindered
from tests.oracle.conditions import any_says, penalty
from tests.oracle.content_classes import column, monk_free, row, subclass_level
from tests.oracle.content_feats import has
from tests.oracle.inventory import enchanted
from tests.oracle.paper import Item, Paper
from tests.oracle.proficiencies import proficient_with

ENOUGH_FOR_HEAVY = 13


@dataclass(frozen=True)
class Hold:
    """A weapon in the hand, and how it is used."""

    item: Item
    facts: dict[str, Any]

    def is_a(self, trait: str) -> bool:
        """Whether it has a property."""
        return trait in self.facts["properties"]

    @property
    def melee(self) -> bool:
        """A Melee weapon, thrown or not."""
        return self.facts["kind"] == "melee"

    @property
    def thrown(self) -> bool:
        """Used for a ranged attack by throwing it."""
        return bool(self.item.element.get("thrown")) and self.is_a("thrown")

    @property
    def two_hands(self) -> bool:
        """Held with two hands for a melee attack."""
        both = self.is_a("two_handed") or (self.is_a("versatile") and bool(self.item.element.get("two_hands")))
        return both and not self.thrown

    @property
    def extra(self) -> bool:
        """The extra attack of the Light property."""
        return self.is_a("light") and bool(self.item.element.get("off_hand"))


def fill(p: Paper) -> None:
    """A line for each weapon carried, then the Unarmed Strike."""
    for item in p.items:
        if item.name in WEAPONS:
            _line(p, Hold(item, WEAPONS[item.name]))
    _unarmed(p)


def monk_weapon(facts: dict[str, Any]) -> bool:
    """Martial Arts: Simple Melee weapons, and Martial Melee weapons with the Light property."""
    return facts["kind"] == "melee" and (facts["category"] == "simple" or "light" in facts["properties"])


def martial_arts(p: Paper) -> bool:
    """Martial Arts: unarmed or wielding only Monk weapons, no armor, no Shield."""
    wielded = [WEAPONS[i.name] for i in p.items if i.equipped and i.name in WEAPONS]
    return p.of("monk") >= 1 and monk_free(p) and all(monk_weapon(facts) for facts in wielded)


def ability(p: Paper, hold: Hold) -> str:
    """Strength for Melee, Dexterity for Ranged; Finesse and Monk weapons may use the other if it is better."""
    usual, other = ("strength", "dexterity") if hold.melee else ("dexterity", "strength")
    free = hold.is_a("finesse") or (martial_arts(p) and monk_weapon(hold.facts))
    return other if free and p.mod[other] > p.mod[usual] else usual


def die(p: Paper, hold: Hold) -> str:
    """The weapon's die, the Versatile one in two hands, or the Martial Arts die where that is better."""
    versatile = hold.two_hands and hold.facts["versatile"]
    own = versatile or hold.facts["damage"]
    if martial_arts(p) and monk_weapon(hold.facts):
        return max(own, row(p, "monk")["martial_arts_die"], key=average)
    return own


def attack_bonus(p: Paper, which: str, proficient: bool, more: int) -> int | str:
    """Ability modifier, Proficiency Bonus, other bonuses, Exhaustion, Bless."""
    return roll(blessing(p), p.mod[which] + (p.pb if proficient else 0) + more + penalty(p))


def attack_mode(p: Paper, which: str, *, clumsy: bool = False) -> str:
    """Invisible, Reckless Attack; conditions, untrained armor, a Heavy weapon."""
    advantage = any_says(p, "own_attacks", "advantage") or (p.reckless and which == "strength")
    disadvantage = any_says(p, "own_attacks", "disadvantage") or body_hindered(p, which) or clumsy
    return mode(advantage, disadvantage)


def rage_damage(p: Paper, which: str) -> int:
    """Rage Damage: on any attack with Strength, weapon or Unarmed Strike."""
    return column(p, "barbarian", "rage_damage") if p.raging and which == "strength" else 0


def _line(p: Paper, hold: Hold) -> None:
    which, facts = ability(p, hold), hold.facts
    proficient = proficient_with(p, hold.item.name)
    magic = enchanted(hold.item, "weapon")
    archery = 2 if has(p, "archery") and not hold.melee else 0
    at = f"inventory.{hold.item.id}.attack"
    p.out[f"{at}.bonus"] = attack_bonus(p, which, proficient, magic + archery)
    p.out[f"{at}.damage"] = roll(die(p, hold), _damage_bonus(p, hold, which) + magic)
    p.out[f"{at}.die"] = roll(die(p, hold), 0)
    p.out[f"{at}.ability"] = which
    p.out[f"{at}.mode"] = attack_mode(p, which, clumsy=_too_heavy(p, hold))
    p.out[f"{at}.reach"] = facts["reach"] or 0
    p.out[f"{at}.range"] = facts["range"] or 0
    p.out[f"{at}.mastery_usable"] = hold.item.name in p.mastered
    p.out[f"{at}.critical_on"] = critical_on(p)
    p.out[f"{at}.least_die"] = _least_die(p, hold)
    p.out[f"{at}.damage_type"] = facts["damage_type"]
    p.out[f"{at}.proficiency"] = PROFICIENCY[proficient]


def _damage_bonus(p: Paper, hold: Hold, which: str) -> int:
    """The Light extra attack leaves a positive modifier out, unless with Two-Weapon Fighting."""
    modifier = p.mod[which]
    if hold.extra and not has(p, "two_weapon_fighting"):
        modifier = min(modifier, 0)
    archers = sum(p.forces("damage")) if hold.item.name in {"longbow", "shortbow"} else 0
    return modifier + rage_damage(p, which) + archers


def _too_heavy(p: Paper, hold: Hold) -> bool:
    """Heavy: Strength 13 for a Melee weapon, Dexterity 13 for a Ranged one."""
    needed = "strength" if hold.melee else "dexterity"
    return hold.is_a("heavy") and p.score[needed] < ENOUGH_FOR_HEAVY


def _least_die(p: Paper, hold: Hold) -> int:
    """Great Weapon Fighting: a 1 or 2 counts as a 3, in two hands, with a Melee weapon."""
    return 3 if has(p, "great_weapon_fighting") and hold.melee and hold.two_hands else 1


def critical_on(p: Paper) -> int:
    """Champion 3 and 15."""
    champion = subclass_level(p, "fighter")
    if champion >= 15:
        return 18
    return 19 if champion >= 3 else 20


def _unarmed(p: Paper) -> None:
    """1 + Strength; a Monk's die, and Dexterity where better, also for the DC of grapple and shove."""
    monk = martial_arts(p)
    which = "dexterity" if monk and p.mod["dexterity"] > p.mod["strength"] else "strength"
    strike = row(p, "monk")["martial_arts_die"] if monk else "1"
    p.out["unarmed_strike.bonus"] = attack_bonus(p, which, proficient=True, more=0)
    p.out["unarmed_strike.damage"] = roll(strike, p.mod[which] + rage_damage(p, which))
    p.out["unarmed_strike.die"] = roll(strike, 0)
    p.out["unarmed_strike.ability"] = which
    p.out["unarmed_strike.mode"] = attack_mode(p, which)
    p.out["grapple_dc"] = 8 + p.mod[which] + p.pb
