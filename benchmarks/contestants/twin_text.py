"""The text of the hand-written twin: setters for four inputs that recompute only what is affected.

They are written as a careful person writes them for one known character sheet: a test at the points where a change is known
to end (ability modifier, proficiency bonus, hit points), `min` and `max` spelt out, what is read twice kept in a local
variable. What is the same for ten weapons, eighteen skills or eight classes is unrolled by filling in a template. Nothing is
derived from the graph of formulas.
"""

from benchmarks.formulas.names import ABILITIES, CASTERS, CLASSES, SKILLS, WEAPONS

_DAMAGE = """
def set_damage(sheet, damage):
    if damage == sheet.damage: return
    sheet.damage = damage
    most = sheet.hit_point_maximum
    left = most - damage
    if left < 0: left = 0
    sheet.hit_points = left
    sheet.bloodied = 1 if left * 2 <= most else 0
    half = damage // 2
    sheet.concentration_difficulty = half if half > 10 else 10
"""

_CLOAK = """
def set_cloak(sheet, worn):
    if worn == sheet.cloak_of_protection_worn: return
    sheet.cloak_of_protection_worn = worn
    sheet.cloak_armor_class_active = sheet.cloak_saves_active = active = worn == 1
    old = sheet.cloak_armor_class
    sheet.cloak_armor_class = sheet.cloak_saves = new = 1 if active else 0
    step = new - old
    sheet.extra_armor_class += step
    sheet.armor_class += step
    sheet.save_bonus += step
    sheet.strength_save += step
    sheet.dexterity_save += step
    sheet.constitution_save += step
    sheet.intelligence_save += step
    sheet.wisdom_save += step
    sheet.charisma_save += step
    sheet.attuned_items = items = sheet.attuned_items + step
    sheet.attunement_kept = 1 if items <= 3 else 0
"""

_STRENGTH = """
def set_strength(sheet, base):
    if base == sheet.strength_base: return
    sheet.strength_base = base
    score = base + sheet.strength_increase
    if score > 20: score = 20
    score += sheet.strength_stone_strength
    if score == sheet.strength_sum: return
    sheet.strength_sum = score
    if sheet.ogre_gauntlets_strength > score: score = sheet.ogre_gauntlets_strength
    if sheet.giant_belt_strength > score: score = sheet.giant_belt_strength
    if score == sheet.strength_score: return
    sheet.strength_score = score
    sheet.long_jump = score
    sheet.carrying_capacity = capacity = score * 15 * (2 if sheet.size > 2 else 1)
    sheet.lifting_capacity = capacity * 2
    slow = 10 if sheet.armor_worn == 1 and sheet.armor_kind == 3 and score < sheet.armor_strength_needed else 0
    encumbered = 1 if sheet.carried_weight > capacity else 0
    if slow != sheet.armor_slowness or encumbered != sheet.encumbered:
        sheet.armor_slowness = slow
        sheet.encumbered = encumbered
        speed = sheet.base_speed + sheet.mobile_speed + sheet.monk_speed + sheet.barbarian_speed
        sheet.full_speed = speed = speed - slow - 5 * sheet.exhaustion
        if sheet.grappled == 1 or sheet.restrained == 1: speed = 0
        elif encumbered == 1: speed = 5
        else:
            speed *= 1 + sheet.boots_speed_factor
            if speed < 0: speed = 0
        sheet.walking_speed = speed
        sheet.climbing_speed = sheet.swimming_speed = speed // 2
    modifier = (score - 10) // 2
    if modifier == sheet.strength_modifier: return
    sheet.strength_modifier = modifier
    jump = 3 + modifier
    sheet.high_jump = jump if jump > 0 else 0
    penalty = sheet.exhaustion_penalty
    half = sheet.proficiency_bonus // 2 if sheet.bard_level >= 2 else 0
    sheet.strength_save = modifier + sheet.strength_save_proficiency + sheet.save_bonus - penalty
    sheet.strength_check = modifier + sheet.check_bonus - penalty + half
    sheet.athletics = bonus = modifier + sheet.athletics_proficiency + sheet.athletics_extra
    helped = sheet.athletics_helped
    hindered = sheet.athletics_hindered
    sheet.athletics_passive = 10 + bonus + (5 if helped > hindered else -5 if hindered > helped else 0)
    dexterity = sheet.dexterity_modifier
    attacks = sheet.attacks_per_action
    attack_bonus = sheet.attack_bonus
    damage_bonus = sheet.melee_damage_bonus
"""

_STRENGTH_OF_WEAPON = """\
    if sheet.weapon_N_ranged != 1:
        best = modifier
        if sheet.weapon_N_finesse == 1 and dexterity > best: best = dexterity
        if best != sheet.attack_N_modifier:
            sheet.attack_N_modifier = best
            magic = sheet.weapon_N_magic
            die = sheet.weapon_N_die + 1
            sheet.attack_N_hit = hit = best + sheet.attack_N_proficiency + magic + attack_bonus
            sheet.attack_N_damage = damage = best + magic + damage_bonus
            sheet.attack_N_average_twice = average = die + 2 * damage
            sheet.attack_N_critical_twice = average + die
            chance = (5 + hit) * 5
            if chance < 5: chance = 5
            elif chance > 95: chance = 95
            sheet.attack_N_damage_per_hundred_rounds = attacks * (chance * average // 2 + 5 * die // 2)
"""

_FIGHTER = """
def set_fighter(sheet, fighter):
    old = sheet.fighter_level
    if fighter == old: return
    sheet.fighter_level = fighter
    step = fighter - old
    sheet.level = level = sheet.level + step
    sheet.fighter_hit_points = fighter * 6
    sheet.constitution_hit_points = constitution = sheet.constitution_modifier * level
    if sheet.tough_feat == 1: sheet.tough_hit_points = 2 * level
    if fighter > 0 or sheet.paladin_level > 0 or sheet.ranger_level > 0: first = 4
    elif sheet.barbarian_level > 0: first = 5
    elif sheet.bard_level > 0 or sheet.rogue_level > 0 or sheet.cleric_level > 0: first = 3
    else: first = 2
    sheet.first_level_bonus = first
    most = HIT_POINTS + first + constitution + sheet.tough_hit_points
    if most < level: most = level
    if most != sheet.hit_point_maximum:
        sheet.hit_point_maximum = sheet.massive_damage = most
        left = most - sheet.damage
        if left < 0: left = 0
        sheet.hit_points = left
        sheet.bloodied = 1 if left * 2 <= most else 0
    sheet.d10_hit_dice = left = sheet.d10_hit_dice + step
    left -= sheet.d10_hit_dice_used
    sheet.d10_hit_dice_left = left if left > 0 else 0
    sheet.second_wind_most = left = 2 + (1 if fighter >= 4 else 0) + (1 if fighter >= 10 else 0) if fighter > 0 else 0
    left -= sheet.second_wind_used
    sheet.second_wind_left = left if left > 0 else 0
    sheet.action_surge_most = left = 1 + (1 if fighter >= 17 else 0) if fighter >= 2 else 0
    left -= sheet.action_surge_used
    sheet.action_surge_left = left if left > 0 else 0
    sheet.indomitable_most = left = (1 if fighter >= 9 else 0) + (1 if fighter >= 13 else 0) + (1 if fighter >= 17 else 0)
    left -= sheet.indomitable_used
    sheet.indomitable_left = left if left > 0 else 0
    sheet.superiority_dice_most = left = 4 + (1 if fighter >= 7 else 0) + (1 if fighter >= 15 else 0)
    left -= sheet.superiority_dice_used
    sheet.superiority_dice_left = left if left > 0 else 0
    five = fighter >= 5 or sheet.barbarian_level >= 5 or sheet.monk_level >= 5
    five = five or sheet.paladin_level >= 5 or sheet.ranger_level >= 5
    attacks = 1 + (1 if five else 0) + (1 if fighter >= 11 else 0) + (1 if fighter >= 20 else 0)
    more_attacks = attacks != sheet.attacks_per_action
    sheet.attacks_per_action = attacks
    proficiency = 2 + ((level if level > 1 else 1) - 1) // 4
    if proficiency == sheet.proficiency_bonus:
        if more_attacks:
"""

_ATTACKS_OF_WEAPON = """\
            chance = (5 + sheet.attack_N_hit) * 5
            if chance < 5: chance = 5
            elif chance > 95: chance = 95
            rounds = chance * sheet.attack_N_average_twice // 2 + 5 * (sheet.weapon_N_die + 1) // 2
            sheet.attack_N_damage_per_hundred_rounds = attacks * rounds
"""

_PROFICIENCY = """\
        return
    sheet.proficiency_bonus = proficiency
    penalty = sheet.exhaustion_penalty
    half = proficiency // 2 if sheet.bard_level >= 2 else 0
    check_bonus = sheet.check_bonus
    save_bonus = sheet.save_bonus - penalty
    if sheet.alert_feat == 1:
        sheet.alert_initiative = proficiency
        sheet.initiative = sheet.dexterity_modifier + check_bonus - penalty + proficiency + sheet.luck_stone_initiative
    sheet.luck_most = proficiency
    left = proficiency - sheet.luck_used
    sheet.luck_left = left if left > 0 else 0
"""

_PROFICIENCY_OF_SAVE = """\
    if sheet.ABILITY_save_training == 1:
        sheet.ABILITY_save_proficiency = proficiency
        sheet.ABILITY_save = sheet.ABILITY_modifier + proficiency + save_bonus
"""

_PROFICIENCY_OF_CHECK = """\
        sheet.ABILITY_check = sheet.ABILITY_modifier + check_bonus - penalty + half
"""

_PROFICIENCY_OF_SKILL = """\
    part = sheet.SKILL_training
    part = proficiency * part if part > 0 else half
    if part != sheet.SKILL_proficiency:
        sheet.SKILL_proficiency = part
        sheet.SKILL = bonus = sheet.ABILITY_modifier + part + sheet.SKILL_extra
        helped = sheet.SKILL_helped
        hindered = sheet.SKILL_hindered
        sheet.SKILL_passive = 10 + bonusEXTRA + (5 if helped > hindered else -5 if hindered > helped else 0)
"""

_PROFICIENCY_OF_CASTER = """\
    if sheet.CASTER_level > 0:
        sheet.CASTER_spell_difficulty = 8 + proficiency + sheet.ABILITY_modifier + sheet.stone_spell_difficulty
        sheet.CASTER_spell_attack = proficiency + sheet.ABILITY_modifier + sheet.blessing_spell_attacks - penalty
"""

_PROFICIENCY_OF_WEAPON = """\
    die = sheet.weapon_N_die + 1
    if sheet.weapon_N_trained == 1:
        sheet.attack_N_proficiency = proficiency
        hit = sheet.attack_N_modifier + proficiency + sheet.weapon_N_magic + attack_bonus
        if sheet.weapon_N_ranged == 1: hit += ranged_bonus
        sheet.attack_N_hit = hit
    else: hit = sheet.attack_N_hit
    chance = (5 + hit) * 5
    if chance < 5: chance = 5
    elif chance > 95: chance = 95
    sheet.attack_N_damage_per_hundred_rounds = attacks * (chance * sheet.attack_N_average_twice // 2 + 5 * die // 2)
"""

_PASSIVE_EXTRAS = {
    "perception": " + sheet.observant_perception",
    "investigation": " + sheet.observant_investigation",
}


def setters_text() -> str:
    """Give the text of all setters."""
    return _DAMAGE + _CLOAK + _STRENGTH + _of_weapons(_STRENGTH_OF_WEAPON) + _fighter_text()


def _fighter_text() -> str:
    hit_points = " + ".join(f"sheet.{name}_hit_points" for name in CLASSES)
    skills = "".join(
        _PROFICIENCY_OF_SKILL.replace("EXTRA", _PASSIVE_EXTRAS.get(skill, "")).replace("SKILL", skill).replace("ABILITY", ability)
        for skill, ability in SKILLS.items()
    )
    casters = "".join(
        _PROFICIENCY_OF_CASTER.replace("CASTER", caster).replace("ABILITY", ability) for caster, ability in CASTERS.items()
    )
    return "".join(
        (
            _FIGHTER.replace("HIT_POINTS", hit_points),
            _of_weapons(_ATTACKS_OF_WEAPON),
            _PROFICIENCY,
            _of_abilities(_PROFICIENCY_OF_SAVE),
            "    if half:\n",
            _of_abilities(_PROFICIENCY_OF_CHECK),
            skills,
            casters,
            "    attack_bonus = sheet.attack_bonus\n    ranged_bonus = sheet.ranged_attack_bonus\n",
            _of_weapons(_PROFICIENCY_OF_WEAPON),
        )
    )


def _of_weapons(template: str) -> str:
    return "".join(template.replace("_N_", f"_{number}_") for number in WEAPONS)


def _of_abilities(template: str) -> str:
    return "".join(template.replace("ABILITY", ability) for ability in ABILITIES)
