"""Attack lines of weapons and the Unarmed Strike (Equipment, "Weapons"; Rules Glossary, "Unarmed Strike")."""

from dataclasses import dataclass
from typing import Any

from tests.oracle.book import ABILITIES, WEAPONS, average, roll
from tests.oracle.checks import blessing, body_hindered
from tests.oracle.conditions import any_says, penalty
from tests.oracle.content_classes import column, monk_free, pact_weapon, row, subclass_level
from tests.oracle.content_feats import has
from tests.oracle.d20 import Test, write
from tests.oracle.inventory import enchanted, weapon_name
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
    def improvised(self) -> bool:
        """A Melee weapon thrown without the Thrown property (Rules Glossary, "Improvised Weapons")."""
        return bool(self.item.element.get("thrown")) and self.melee and not self.is_a("thrown")

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
        if weapon_name(item) in WEAPONS:
            _line(p, Hold(item, WEAPONS[weapon_name(item)]))
    if p.of("monk"):
        p.out["monk.martial_arts"] = martial_arts(p)
    _unarmed(p)


def monk_weapon(facts: dict[str, Any]) -> bool:
    """Martial Arts: Simple Melee weapons, and Martial Melee weapons with the Light property."""
    return facts["kind"] == "melee" and (facts["category"] == "simple" or "light" in facts["properties"])


def martial_arts(p: Paper) -> bool:
    """Martial Arts: unarmed or wielding only Monk weapons, no armor, no Shield."""
    wielded = [WEAPONS[weapon_name(i)] for i in p.items if i.equipped and weapon_name(i) in WEAPONS]
    return p.of("monk") >= 1 and monk_free(p) and all(monk_weapon(facts) for facts in wielded)


def ability(p: Paper, hold: Hold) -> str:
    """The best of those that are allowed; of equal ones the first in the order of the sheet."""
    return max(sorted(abilities(p, hold), key=ABILITIES.index), key=lambda name: p.mod[name])


def abilities(p: Paper, hold: Hold) -> set[str]:
    """Strength for Melee, Dexterity for Ranged; Finesse and Monk weapons both, the pact weapon Charisma too."""
    if hold.improvised:
        return {"dexterity"}
    allowed = {"strength" if hold.melee else "dexterity"}
    if hold.is_a("finesse") or (martial_arts(p) and monk_weapon(hold.facts)):
        allowed |= {"strength", "dexterity"}
    return allowed | ({"charisma"} if pact_weapon(p) == hold.item.id else set())


def die(p: Paper, hold: Hold) -> str:
    """The weapon's die, the Versatile one in two hands, or the Martial Arts die where that is better."""
    if hold.improvised:
        return "1d4"
    versatile = hold.two_hands and hold.facts["versatile"]
    own = versatile or hold.facts["damage"]
    if martial_arts(p) and monk_weapon(hold.facts):
        return max(own, row(p, "monk")["martial_arts_die"], key=average)
    return own


def attack_bonus(p: Paper, which: str, proficient: bool, more: int) -> int | str:
    """Ability modifier, Proficiency Bonus, other bonuses, Exhaustion, Bless."""
    return roll(blessing(p), p.mod[which] + (p.pb if proficient else 0) + more + penalty(p))


def attack_sides(p: Paper, which: str, *, clumsy: bool = False) -> tuple[bool, bool]:
    """Invisible, Reckless Attack; conditions, untrained armor, a Heavy weapon."""
    advantage = any_says(p, "own_attacks", "advantage") or (p.reckless and which == "strength")
    disadvantage = any_says(p, "own_attacks", "disadvantage") or body_hindered(p, which) or clumsy
    return advantage, disadvantage


def rage_damage(p: Paper, which: str) -> int:
    """Rage Damage: on any attack with Strength, weapon or Unarmed Strike."""
    return column(p, "barbarian", "rage_damage") if p.raging and which == "strength" else 0


def _line(p: Paper, hold: Hold) -> None:
    which, facts = ability(p, hold), hold.facts
    trained = proficient_with(p, weapon_name(hold.item)) or pact_weapon(p) == hold.item.id
    proficient = trained and not hold.improvised
    magic = enchanted(hold.item, "weapon")
    archery = 2 if has(p, "archery") and not hold.melee else 0
    at = f"inventory.{hold.item.id}.attack"
    bonus = attack_bonus(p, which, proficient, magic + archery)
    write(p, at, Test(which, bonus, *attack_sides(p, which, clumsy=_too_heavy(p, hold)), proficient))
    p.out[f"{at}.damage"] = roll(die(p, hold), _modifier(p, hold, which) + _damage_bonus(p, hold, which) + magic)
    p.out[f"{at}.bonus_damage"] = _damage_bonus(p, hold, which) + magic
    p.out[f"{at}.die"] = roll(die(p, hold), 0)
    p.out[f"{at}.reach"] = facts["reach"] or 0
    p.out[f"{at}.range"] = 20 if hold.improvised else facts["range"] or 0
    p.out[f"{at}.mastery_usable"] = weapon_name(hold.item) in p.mastered and not hold.improvised
    p.out[f"{at}.critical_on"] = critical_on(p)
    p.out[f"{at}.least_die"] = _least_die(p, hold)
    p.out[f"{at}.damage_type"] = facts["damage_type"]
    _extra(p, at, on=hold.melee)
    _traits(p, hold, at, proficient=trained)


def _traits(p: Paper, hold: Hold, at: str, *, proficient: bool) -> None:
    """What follows from the weapon and how it is held."""
    if hold.item.name in WEAPONS:
        p.out[f"{at}.item"] = hold.item.name
    p.out[f"{at}.two_hands"] = hold.is_a("two_handed") or bool(hold.item.element.get("two_hands"))
    p.out[f"{at}.off_hand"] = bool(hold.item.element.get("off_hand"))
    p.out[f"{at}.thrown"] = hold.thrown or hold.improvised
    p.out[f"{at}.improvised"] = hold.improvised
    p.out[f"{at}.monk_weapon"] = monk_weapon(hold.facts)
    p.out[f"{at}.one_shot"] = "loading" in (hold.facts.get("properties") or ())
    p.out[f"{at}.long_range"] = 60 if hold.improvised else hold.facts.get("long_range") or 0
    p.out[f"{at}.trained"] = proficient
    p.out[f"{at}.off_hand_modifier"] = has(p, "two_weapon_fighting")
    p.out[f"{at}.abilities"] = sorted(abilities(p, hold))


def _extra(p: Paper, at: str, *, on: bool) -> None:
    """Paladin 11, Radiant Strikes: a Melee weapon or an Unarmed Strike deals 1d8 Radiant damage more."""
    radiant = on and p.of("paladin") >= 11
    p.out[f"{at}.extra_damage"] = "1d8" if radiant else 0
    p.out[f"{at}.extra_type"] = "radiant" if radiant else "bludgeoning"


def _modifier(p: Paper, hold: Hold, which: str) -> int:
    """No modifier to a fixed amount; the Light extra attack leaves a positive one out, but with Two-Weapon Fighting."""
    modifier = p.mod[which] if "d" in hold.facts["damage"] else 0
    return min(modifier, 0) if hold.extra and not has(p, "two_weapon_fighting") else modifier


def _damage_bonus(p: Paper, hold: Hold, which: str) -> int:
    """Rage; Bracers of Archery."""
    archers = sum(p.forces("damage")) if hold.item.name in {"longbow", "shortbow"} else 0
    return rage_damage(p, which) + archers


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
    bonus = attack_bonus(p, which, proficient=True, more=0)
    write(p, "unarmed_strike", Test(which, bonus, *attack_sides(p, which), proficient=True))
    p.out["unarmed_strike.bonus_damage"] = rage_damage(p, which)
    p.out["unarmed_strike.damage_type"] = "force" if p.of("monk") >= 6 and p.value("monk.empowered") else "bludgeoning"
    p.out["unarmed_strike.reach"], p.out["unarmed_strike.range"] = 5, 0
    p.out["unarmed_strike.critical_on"] = critical_on(p)
    _extra(p, "unarmed_strike", on=True)
    p.out["unarmed_strike.damage"] = roll(strike, p.mod[which] + rage_damage(p, which))
    p.out["unarmed_strike.die"] = roll(strike, 0)
    p.out["grapple_dc"] = 8 + p.mod[which] + p.pb
