"""The hand-written twin of the whole sheet: plain attributes and lists, and a function for each edit that is timed.

It is written as a careful person writes it for this character and no other: the objects that an edit can reach stand in
lists, a function stops where a value is known to stay, sums are made of parts that are kept, and dice are held apart from
the number beside them. What follows for any other edit is not here. `sheet_twin_build` fills it from a sheet.
"""

from __future__ import annotations

from typing import Any

from rulecore import Dice

BLESS, NO_DICE = Dice(((4, 1),)), Dice()
BLESS_AVERAGE = 2
HEAVY_SCORE = 13  # a heavy weapon asks for it, and so do the classes for another one beside them
SLOW, FREE = 5, 2000
POUNDS_A_POINT = 15
FIGHTER_HIT_POINTS = 6
PLUS: dict[str | None, int] = {None: 0, "weapon_plus_1": 1, "weapon_plus_2": 2, "weapon_plus_3": 3}
BONUS_OF_LEVEL = [2, *(2 + (level - 1) // 4 for level in range(1, 21))]
ATTACKS_OF_FIGHTER = [1, 1, 1, 1, 1, 2, 2, 2, 2]
EXPERIENCE_OF_LEVEL = (
    *(0, 0, 300, 900, 2700, 6500, 14000, 23000, 34000, 48000, 64000),
    *(85000, 100000, 120000, 140000, 165000, 195000, 225000, 265000, 305000, 355000),
)
CANTRIP_DICE_OF_LEVEL = [1 + (level >= 5) + (level >= 11) + (level >= 17) for level in range(21)]
SECOND_WINDS_OF_FIGHTER = [2, 2, 2, 2, 3, 3, 3, 3, 3]


class Ability:
    """An ability's name and modifier."""

    __slots__ = ("modifier", "name")


class Test:
    """A D20 Test: `bonus` and `passive` follow from the others, `ground` is the passive score without bonus."""

    __slots__ = ("ability", "bonus", "dice", "extra", "ground", "part", "passive")


class Attack(Test):
    """An attack: `damage` is what is added to the dice of `die`."""

    __slots__ = (
        *("bonus_damage", "damage", "die", "disadvantage", "enchantment", "mode", "one_hand_dice", "two_hands"),
        *("versatile_dice", "wanted"),
    )


class Source:
    """A source of spells."""

    __slots__ = ("ability", "save_dc", "spells")


class Spell:
    """A spell that is known or prepared."""

    __slots__ = ("dc",)


class Level:
    """A level taken."""

    __slots__ = ("character_level", "class_name", "hit_points", "rolled")


class Item:
    """Something carried."""

    __slots__ = (
        *("at_hand", "attuned", "bonus", "enchantment", "equipped", "in_force", "item", "off_hand", "quantity", "thrown"),
        *("two_hands", "weight", "worn_by_form"),
    )


class Resource:
    """Something that is spent; `die_bonus` is what is added to its die."""

    __slots__ = ("die_bonus", "maximum", "remaining", "spent")


class Movement:
    """A way to move: its speed, and what it is without a load."""

    __slots__ = ("free", "speed")


class TwinSheet:
    """All values that the timed edits can change."""

    __slots__ = (
        *("abilities", "armor_class", "attacks", "attacks_per_action", "average", "blessing", "cantrip_dice"),
        *("carrying_capacity", "dexterity", "expert", "fighter_level", "finesse_attacks", "grapple_dc", "heavy_attacks"),
        *("high_jump", "hit_dice", "hit_point_maximum", "hit_points", "items", "least_experience", "level", "levels"),
        *("lift_limit", "load", "loaded", "long_jump", "monk_save_dc", "movements", "passive_perception"),
        *("standing_high_jump", "standing_long_jump"),
        *("proficiency_bonus", "proficient_saves", "proficient_tests", "qualifying", "saves", "second_wind", "sources"),
        *("speed_maximum", "strength", "strength_attacks", "strength_base", "strength_natural", "strength_prerequisite"),
        *(
            "strength_own_score",
            "strength_save",
            "strength_score",
            "strength_tests",
            "strength_with_items",
            "weak",
            "weapons",
            "wisdom",
        ),
    )


def set_strength(sheet: Any, base: int) -> None:
    """Set the base of Strength."""
    if base == sheet.strength_base:
        return
    sheet.strength_base = sheet.strength_natural = sheet.strength_with_items = base
    sheet.strength_own_score = sheet.strength_score = sheet.strength_prerequisite = base
    sheet.carrying_capacity = capacity = base * POUNDS_A_POINT
    sheet.lift_limit = 2 * capacity
    sheet.long_jump, sheet.standing_long_jump = base, base // 2
    if (sheet.load > capacity) is not sheet.loaded:
        set_loaded(sheet)
    if (base < HEAVY_SCORE) is not sheet.weak:
        set_weak(sheet)
    modifier = (base - 10) // 2
    strength = sheet.strength
    if modifier == strength.modifier:
        return
    strength.modifier = modifier
    sheet.high_jump, sheet.standing_high_jump = max(0, 3 + modifier), max(0, 3 + modifier) // 2
    sheet.grapple_dc = 8 + sheet.proficiency_bonus + modifier
    for test in sheet.strength_tests:
        test.bonus = bonus = modifier + test.part + test.extra
        test.passive = bonus + test.ground
    average = sheet.average
    save = sheet.strength_save
    save.bonus = bonus = modifier + save.part + save.extra
    save.passive = bonus + save.ground + average
    for attack in sheet.strength_attacks:
        attack.bonus = bonus = modifier + attack.part + attack.extra
        attack.passive = bonus + attack.ground + average
        attack.damage = modifier + attack.bonus_damage
    dexterity = sheet.dexterity
    for attack in sheet.finesse_attacks:
        ability = attack.wanted
        if ability is None:
            ability = strength if modifier >= dexterity.modifier else dexterity
        if ability is strength or ability is not attack.ability:
            attack.ability = ability
            used = ability.modifier
            attack.bonus = bonus = used + attack.part + attack.extra
            attack.passive = bonus + attack.ground + average
            attack.damage = used + attack.bonus_damage


def set_loaded(sheet: Any) -> None:
    """Let the load slow, or stop slowing."""
    sheet.loaded = loaded = sheet.load > sheet.carrying_capacity
    sheet.speed_maximum = most = SLOW if loaded else FREE
    for movement in sheet.movements:
        movement.speed = movement.free if movement.free < most else most


def set_weak(sheet: Any) -> None:
    """Let Strength be too little, or enough, for heavy weapons and for several classes."""
    sheet.weak = weak = sheet.strength_score < HEAVY_SCORE
    for attack in sheet.heavy_attacks:
        attack.disadvantage = weak
        attack.mode = "disadvantage" if weak else "normal"
        attack.ground = 5 if weak else 10
        attack.passive = attack.bonus + attack.ground + sheet.average
    for name in sheet.qualifying:
        sheet.qualifying[name] = not weak


def set_bless(sheet: Any, blessing: str | None) -> None:
    """Bless, or end it."""
    if blessing == sheet.blessing:
        return
    sheet.blessing = blessing
    if blessing is None:
        dice, average = NO_DICE, 0
    else:
        dice, average = BLESS, BLESS_AVERAGE
    sheet.average = average
    for save in sheet.saves:
        save.dice = dice
        save.passive = save.bonus + save.ground + average
    for attack in sheet.attacks:
        attack.dice = dice
        attack.passive = attack.bonus + attack.ground + average


def set_wanted(sheet: Any, attack: Any, name: str | None) -> None:
    """Say which ability a weapon that leaves the choice is used with."""
    strength, dexterity = sheet.strength, sheet.dexterity
    if name is None:
        attack.wanted = None
        ability = strength if strength.modifier >= dexterity.modifier else dexterity
    else:
        attack.wanted = ability = strength if name == "strength" else dexterity
    if ability is attack.ability:
        return
    attack.ability = ability
    modifier = ability.modifier
    attack.bonus = bonus = modifier + attack.part + attack.extra
    attack.passive = bonus + attack.ground + sheet.average
    attack.damage = modifier + attack.bonus_damage


def set_two_hands(attack: Any, held: bool) -> None:
    """Take a versatile weapon in two hands, or in one."""
    if held is attack.two_hands:
        return
    attack.two_hands = held
    attack.die = attack.versatile_dice if held else attack.one_hand_dice


def set_enchantment(sheet: Any, attack: Any, name: str | None) -> None:
    """Make a weapon one that adds to hit and damage."""
    if name == attack.enchantment:
        return
    attack.enchantment = name
    attack.extra += PLUS[name] - attack.bonus_damage
    attack.bonus_damage = plus = PLUS[name]
    modifier = attack.ability.modifier
    attack.bonus = bonus = modifier + attack.part + attack.extra
    attack.passive = bonus + attack.ground + sheet.average
    attack.damage = modifier + plus


def set_spent(resource: Any, spent: int) -> None:
    """Spend a resource, or get it back."""
    if spent == resource.spent:
        return
    resource.spent = spent
    left = resource.maximum - spent
    resource.remaining = left if left > 0 else 0


def set_cloak(sheet: Any, cloak: Any, worn: bool) -> None:
    """Put on the cloak, or take it off."""
    if worn is cloak.equipped:
        return
    cloak.equipped = cloak.in_force = worn
    step = 1 if worn else -1
    sheet.armor_class += step
    for save in sheet.saves:
        save.extra += step
        save.bonus += step
        save.passive += step


def add_item(sheet: Any, name: str, item: str, pounds: int, quantity: int) -> None:
    """Carry something more, which has no other effect than its weight."""
    new: Any = Item()
    new.item = item
    new.enchantment = None
    new.quantity = quantity
    new.equipped = new.attuned = new.two_hands = new.off_hand = new.thrown = new.in_force = new.worn_by_form = False
    new.at_hand = True
    new.bonus = 0
    new.weight = weight = quantity * pounds
    sheet.items[name] = new
    sheet.load += weight
    if (sheet.load > sheet.carrying_capacity) is not sheet.loaded:
        set_loaded(sheet)


def remove_item(sheet: Any, name: str) -> None:
    """Lay something down."""
    sheet.load -= sheet.items.pop(name).weight
    if (sheet.load > sheet.carrying_capacity) is not sheet.loaded:
        set_loaded(sheet)
