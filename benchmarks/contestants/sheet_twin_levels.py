"""The hand-written twin, continued: levels of a fighter gained and lost."""

from __future__ import annotations

from typing import Any

from benchmarks.contestants.sheet_twin import (
    ATTACKS_OF_FIGHTER,
    BONUS_OF_LEVEL,
    CANTRIP_DICE_OF_LEVEL,
    EXPERIENCE_OF_LEVEL,
    FIGHTER_HIT_POINTS,
    SECOND_WINDS_OF_FIGHTER,
    Level,
)


def add_level(sheet: Any) -> None:
    """Gain a level of the fighter."""
    new: Any = Level()
    new.class_name = "fighter"
    new.rolled = 0
    sheet.levels.append(new)
    new.character_level = len(sheet.levels)
    points = FIGHTER_HIT_POINTS + sheet.abilities["constitution"].modifier
    new.hit_points = points = points if points > 1 else 1
    _count_level(sheet, 1, points)


def remove_level(sheet: Any) -> None:
    """Lose the last level, which is one of the fighter."""
    _count_level(sheet, -1, -sheet.levels.pop().hit_points)


def _count_level(sheet: Any, step: int, points: int) -> None:
    """Count a level more or less."""
    sheet.level = level = sheet.level + step
    sheet.least_experience = EXPERIENCE_OF_LEVEL[level]
    sheet.cantrip_dice = CANTRIP_DICE_OF_LEVEL[level]
    sheet.fighter_level = fighter = sheet.fighter_level + step
    sheet.hit_point_maximum = sheet.hit_points = sheet.hit_point_maximum + points
    dice = sheet.hit_dice
    dice.maximum = most = dice.maximum + step
    dice.remaining = most - dice.spent if most > dice.spent else 0
    wind = sheet.second_wind
    wind.die_bonus = fighter
    most = SECOND_WINDS_OF_FIGHTER[fighter]
    if most != wind.maximum:
        wind.maximum = most
        wind.remaining = most - wind.spent if most > wind.spent else 0
    sheet.attacks_per_action = ATTACKS_OF_FIGHTER[fighter]
    bonus = BONUS_OF_LEVEL[level]
    if bonus != sheet.proficiency_bonus:
        _set_proficiency(sheet, bonus)


def _set_proficiency(sheet: Any, proficiency: int) -> None:
    sheet.proficiency_bonus = proficiency
    base = 8 + proficiency
    sheet.grapple_dc = base + sheet.strength.modifier
    sheet.monk_save_dc = base + sheet.wisdom.modifier
    for test in sheet.proficient_tests:
        test.part = proficiency
        test.bonus = bonus = test.ability.modifier + proficiency + test.extra
        test.passive = bonus + test.ground
    expert = sheet.expert
    expert.part = double = 2 * proficiency
    expert.bonus = bonus = expert.ability.modifier + double + expert.extra
    expert.passive = sheet.passive_perception = bonus + expert.ground
    average = sheet.average
    for save in sheet.proficient_saves:
        save.part = proficiency
        save.bonus = bonus = save.ability.modifier + proficiency + save.extra
        save.passive = bonus + save.ground + average
    for attack in sheet.attacks:
        attack.part = proficiency
        attack.bonus = bonus = attack.ability.modifier + proficiency + attack.extra
        attack.passive = bonus + attack.ground + average
    for source in sheet.sources:
        source.save_dc = difficulty = base + source.ability.modifier
        for spell in source.spells:
            spell.dc = difficulty
