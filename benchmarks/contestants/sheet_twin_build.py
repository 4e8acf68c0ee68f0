"""Fills the hand-written twin from the values of a sheet, and says which of its attributes is which field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from benchmarks.contestants import sheet_twin as twin
from benchmarks.sheet_parts import ABILITIES
from benchmarks.sheets import BLESSING
from rulecore import Dice

_TEST_FIELDS = {"proficiency_part": "part", "passive": "passive"}
_SECOND_WIND = "fighter.second_wind"
_HIT_DICE = "d10_hit_point_dice"
_CHOSEN = ("rapier", "dagger", "shortsword")
_HEAVY = ("greatsword", "glaive")
_EITHER_HAND = {"longsword": (Dice(((8, 1),)), Dice(((10, 1),))), "warhammer": (Dice(((8, 1),)), Dice(((10, 1),)))}

# Attributes of the sheet itself, by the field that each holds.
SHEET_FIELDS = {
    "strength.base": "strength_base",
    "strength.natural": "strength_natural",
    "strength.with_items": "strength_with_items",
    "strength.own_score": "strength_own_score",
    "strength.score": "strength_score",
    "strength.prerequisite_score": "strength_prerequisite",
    "carrying_capacity": "carrying_capacity",
    "lift_limit": "lift_limit",
    "long_jump": "long_jump",
    "standing_long_jump": "standing_long_jump",
    "high_jump": "high_jump",
    "standing_high_jump": "standing_high_jump",
    "load": "load",
    "speed_maximum": "speed_maximum",
    "grapple_dc": "grapple_dc",
    "armor_class": "armor_class",
    "level": "level",
    "least_experience": "least_experience",
    "cantrip_dice": "cantrip_dice",
    "fighter.level": "fighter_level",
    "proficiency_bonus": "proficiency_bonus",
    "passive_perception": "passive_perception",
    "hit_point_maximum": "hit_point_maximum",
    "hit_points": "hit_points",
    "attacks_per_action": "attacks_per_action",
    "monk.save_dc": "monk_save_dc",
    BLESSING: "blessing",
}

Place = tuple[str, Any, str]


class Builder:
    """Makes the twin of a sheet; `places` holds each field that does not come or go, with its object and attribute."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        """Read all from the values of a sheet."""
        self.values = values
        sheet: Any = twin.TwinSheet()
        self.sheet = sheet
        self.places: list[Place] = []
        self._abilities()
        self._tests()
        self._weapons()
        self._sources()
        self._things()
        for path, attribute in SHEET_FIELDS.items():
            setattr(self.sheet, attribute, values[path])
            self.places.append((path, self.sheet, attribute))
        sheet.average = 0
        sheet.weak = values["strength.score"] < twin.HEAVY_SCORE
        sheet.loaded = values["load"] > values["carrying_capacity"]
        sheet.qualifying = {name: values[f"{name}.qualifies"] for name in ("barbarian", "paladin")}

    def _put(self, item: Any, path: str, fields: Mapping[str, str]) -> Any:
        for name, attribute in fields.items():
            setattr(item, attribute, self.values[f"{path}.{name}"])
            self.places.append((f"{path}.{name}", item, attribute))
        return item

    def _abilities(self) -> None:
        sheet = self.sheet
        sheet.abilities = {}
        for name in ABILITIES:
            ability: Any = twin.Ability()
            sheet.abilities[name] = ability
            ability.name, ability.modifier = name, self.values[f"{name}.modifier"]
            self.places.append((f"{name}.modifier", ability, "modifier"))
        sheet.strength, sheet.dexterity = sheet.abilities["strength"], sheet.abilities["dexterity"]
        sheet.wisdom = sheet.abilities["wisdom"]

    def _test(self, path: str, test: Any) -> Any:
        """Fill a D20 Test: what is in its bonus besides modifier and proficiency is kept as one sum."""
        values = self.values
        self._put(test, path, _TEST_FIELDS)
        test.ability = self.sheet.abilities.get(values[f"{path}.ability"])
        test.bonus, test.dice = values[f"{path}.bonus"], twin.NO_DICE
        modifier = 0 if test.ability is None else test.ability.modifier
        test.extra = test.bonus - modifier - test.part
        test.ground = test.passive - test.bonus
        self.places.append((f"{path}.bonus", test, "dice+bonus"))
        return test

    def _tests(self) -> None:
        sheet, values = self.sheet, self.values
        checks = [path.removesuffix(".ability") for path in values if path.endswith(".check.ability")]
        tests = {path: self._test(path, twin.Test()) for path in checks}
        saves = {path: self._test(path, twin.Test()) for path in (f"{name}.save" for name in ABILITIES)}
        sheet.strength_save = saves["strength.save"]
        sheet.expert = tests["perception.check"]
        sheet.strength_tests = [test for test in tests.values() if test.ability is sheet.strength]
        sheet.proficient_tests = [test for test in tests.values() if test.part and test is not sheet.expert]
        sheet.proficient_saves = [save for save in saves.values() if save.part]
        sheet.saves = [*saves.values(), self._test("death_save", twin.Test())]

    def _attack(self, path: str) -> Any:
        attack = self._test(path, twin.Attack())
        attack.damage = attack.ability.modifier + self._bonus_damage(path)
        attack.bonus_damage = self._bonus_damage(path)
        attack.die, attack.wanted = twin.NO_DICE, None
        return attack

    def _bonus_damage(self, path: str) -> int:
        found = self.values[f"{path}.bonus_damage"]
        assert isinstance(found, int)
        return found

    def _weapons(self) -> None:
        sheet = self.sheet
        sheet.attacks, sheet.weapons = [], {}
        sheet.strength_attacks, sheet.finesse_attacks, sheet.heavy_attacks = [], [], []
        paths = [path.removesuffix(".attack.item") for path in self.values if path.endswith(".attack.item")]
        for path in paths:
            self._weapon(path, self.values[f"{path}.item"])
        unarmed = self._attack("unarmed_strike")
        # its die is a plain 1, which joins the number
        unarmed.bonus_damage += self.values["unarmed_strike.die"]
        unarmed.damage += self.values["unarmed_strike.die"]
        self.places.append(("unarmed_strike.damage", unarmed, "damage"))
        sheet.attacks.append(unarmed)
        sheet.strength_attacks.append(unarmed)

    def _weapon(self, path: str, item: str) -> None:
        sheet = self.sheet
        attack = self._attack(f"{path}.attack")
        fields = {
            "attack.disadvantage": "disadvantage",
            "attack.mode": "mode",
            "enchantment": "enchantment",
            "two_hands": "two_hands",
        }
        self._put(attack, path, fields)
        attack.die = dice_of(self.values[f"{path}.attack.die"])
        attack.one_hand_dice, attack.versatile_dice = _EITHER_HAND.get(item, (attack.die, attack.die))
        inner = f"{path}.attack"
        if item in _EITHER_HAND:
            self.places.append((f"{inner}.two_hands", attack, "two_hands"))
        self.places += [
            (f"{inner}.die", attack, "die"),
            (f"{inner}.damage", attack, "die+damage"),
            (f"{inner}.bonus_damage", attack, "bonus_damage"),
            (f"{inner}.ability", attack, "ability"),
            (f"{inner}.wanted_ability", attack, "wanted"),
        ]
        sheet.attacks.append(attack)
        sheet.weapons[path.removeprefix("inventory.")] = attack
        if item in _CHOSEN:
            sheet.finesse_attacks.append(attack)
        elif attack.ability is sheet.strength:
            sheet.strength_attacks.append(attack)
        if item in _HEAVY:
            sheet.heavy_attacks.append(attack)

    def _sources(self) -> None:
        self.sheet.sources = []
        for path in [path.removesuffix(".save_dc") for path in self.values if path.endswith("magic.save_dc")]:
            source = self._put(twin.Source(), path, {"save_dc": "save_dc"})
            source.ability = self.sheet.abilities[self.values[f"{path}.ability"]]
            spells = [name for name in self.values if name.startswith(f"{path}.") and name.endswith(".dc")]
            source.spells = [self._put(twin.Spell(), name.removesuffix(".dc"), {"dc": "dc"}) for name in spells]
            self.sheet.sources.append(source)
            self.sheet.attacks.append(self._attack(f"{path}.attack"))

    def _things(self) -> None:
        sheet, values = self.sheet, self.values
        cloak = "inventory.cloak_of_protection"
        fields = {"equipped": "equipped", "in_force": "in_force"}
        sheet.items = {"cloak_of_protection": self._put(twin.Item(), cloak, fields)}
        used = {"maximum": "maximum", "spent": "spent", "remaining": "remaining"}
        sheet.second_wind = self._put(twin.Resource(), _SECOND_WIND, used)
        sheet.second_wind.die_bonus = values["fighter.level"]
        sheet.hit_dice = self._put(twin.Resource(), _HIT_DICE, used)
        sheet.movements = []
        for path in [path.removesuffix(".own") for path in values if path.endswith(".own")]:
            movement = self._put(twin.Movement(), path, {"speed": "speed"})
            movement.free = movement.speed
            sheet.movements.append(movement)
        sheet.levels = []
        for place in range(1, values["level"] + 1):
            level: Any = twin.Level()
            level.class_name, level.rolled = values[f"levels.{place}.class"], values[f"levels.{place}.rolled"]
            level.character_level, level.hit_points = place, values[f"levels.{place}.hit_points"]
            sheet.levels.append(level)


def twin_values(sheet: Any, places: list[Place]) -> dict[str, Any]:
    """Give all fields that the twin holds, by id, as JSON has them."""
    found = {path: _value(item, attribute) for path, item, attribute in places}
    found |= {f"{name}.qualifies": value for name, value in sheet.qualifying.items()}
    wind = sheet.second_wind
    found[f"{_SECOND_WIND}.die"] = dice_json(Dice(((10, 1),), wind.die_bonus))
    return found | dict(_coming_and_going(sheet))


def _coming_and_going(sheet: Any) -> Iterator[tuple[str, Any]]:
    for place, level in enumerate(sheet.levels, 1):
        yield f"levels.{place}.class", level.class_name
        for name in ("rolled", "character_level", "hit_points"):
            yield f"levels.{place}.{name}", getattr(level, name)
    for name, item in sheet.items.items():
        for attribute in twin.Item.__slots__:
            if hasattr(item, attribute):
                yield f"inventory.{name}.{attribute}", getattr(item, attribute)


def _value(item: Any, attribute: str) -> Any:
    if "+" in attribute:
        dice, number = (getattr(item, name) for name in attribute.split("+"))
        return dice_json(Dice(dice.terms, dice.constant + number))
    value = getattr(item, attribute)
    if isinstance(value, Dice):
        return dice_json(value)
    return getattr(value, "name", value)


def dice_json(dice: Dice) -> Any:
    """Give dice as a sheet has them: without any, a plain number."""
    if not dice.terms:
        return dice.constant
    average = dice.average
    return {"dice": str(dice), "average": average if isinstance(average, int) else float(average)}


def dice_of(found: Any) -> Dice:
    """Read dice without a number beside them, as a sheet has them."""
    if isinstance(found, int):
        return Dice((), found)
    count, _, sides = found["dice"].partition("d")
    return Dice(((int(sides), int(count)),))
