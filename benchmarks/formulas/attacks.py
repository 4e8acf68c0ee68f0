"""Ten attacks with eight fields each, and what is common to them."""

from benchmarks.formulas.draft import Draft
from benchmarks.formulas.names import WEAPONS

_TYPICAL_ARMOR_CLASS = 16


def declare_attack_bonuses(draft: Draft) -> None:
    """Declare what all attacks take."""
    draft.field("attack_bonus", "0 - exhaustion_penalty", added="attacks")
    draft.field("melee_damage_bonus", "0", added="melee damage")
    draft.field("ranged_attack_bonus", "0", added="ranged attacks")
    five = " or ".join(f"{name}_level >= 5" for name in ("fighter", "barbarian", "monk", "paladin", "ranger"))
    more = "(1 if fighter_level >= 11 else 0) + (1 if fighter_level >= 20 else 0)"
    draft.field("attacks_per_action", f"1 + (1 if {five} else 0) + {more}")


def declare_attacks(draft: Draft) -> None:
    """Declare what each weapon does."""
    for number in WEAPONS:
        weapon, attack = f"weapon_{number}", f"attack_{number}"
        ranged = f"{weapon}_ranged == 1"
        best = f"(max(strength_modifier, dexterity_modifier) if {weapon}_finesse == 1 else strength_modifier)"
        hit_chance = f"min(95, max(5, (21 + {attack}_hit - {_TYPICAL_ARMOR_CLASS}) * 5))"
        draft.field(f"{attack}_modifier", f"dexterity_modifier if {ranged} else {best}")
        draft.field(f"{attack}_proficiency", f"proficiency_bonus if {weapon}_trained == 1 else 0")
        own = f"{attack}_modifier + {attack}_proficiency + {weapon}_magic"
        draft.field(f"{attack}_hit", f"{own} + attack_bonus + (ranged_attack_bonus if {ranged} else 0)")
        melee = f"(melee_damage_bonus if {weapon}_ranged == 0 else 0)"
        draft.field(f"{attack}_damage", f"{attack}_modifier + {weapon}_magic + {melee}")
        draft.field(f"{attack}_average_twice", f"{weapon}_die + 1 + 2 * {attack}_damage")
        draft.field(f"{attack}_critical_twice", f"2 * ({weapon}_die + 1) + 2 * {attack}_damage")
        draft.field(
            f"{attack}_damage_per_hundred_rounds",
            f"attacks_per_action * ({hit_chance} * {attack}_average_twice // 2 + 5 * ({weapon}_die + 1) // 2)",
        )
        close = f"({weapon}_ranged == 0 and frightened == 1)"
        draft.field(f"{attack}_hindered", f"1 if poisoned == 1 or restrained == 1 or prone == 1 or {close} else 0")
