"""Ability scores, saving throws, checks, skills and initiative."""

from benchmarks.formulas.draft import Draft
from benchmarks.formulas.names import ABILITIES, SKILLS

_HALF_PROFICIENCY = "(proficiency_bonus // 2 if bard_level >= 2 else 0)"


def declare_abilities(draft: Draft) -> None:
    """Declare scores and modifiers, and what is added to all saves and checks."""
    for ability in ABILITIES:
        draft.field(f"{ability}_sum", f"min({ability}_base + {ability}_increase, 20)", added=ability)
        draft.field(f"{ability}_score", f"{ability}_sum", at_least=f"{ability} floor")
        draft.field(f"{ability}_modifier", f"({ability}_score - 10) // 2")
    draft.field("exhaustion_penalty", "2 * exhaustion")
    draft.field("save_bonus", "0", added="saves")
    draft.field("check_bonus", "0", added="checks")


def declare_saves_and_checks(draft: Draft) -> None:
    """Declare a saving throw and a check for each ability."""
    for ability in ABILITIES:
        trained = f"{ability}_save_proficiency"
        draft.field(trained, f"proficiency_bonus if {ability}_save_training == 1 else 0")
        draft.field(f"{ability}_save", f"{ability}_modifier + {trained} + save_bonus - exhaustion_penalty")
        draft.field(f"{ability}_save_hindered", "1 if restrained == 1 else 0" if ability == "dexterity" else "0")
        draft.field(f"{ability}_check", f"{ability}_modifier + check_bonus - exhaustion_penalty + {_HALF_PROFICIENCY}")


def declare_skills(draft: Draft) -> None:
    """Declare six fields for each skill, and initiative."""
    for skill, ability in SKILLS.items():
        training = f"{skill}_training"
        draft.field(f"{skill}_proficiency", f"proficiency_bonus * {training} if {training} > 0 else {_HALF_PROFICIENCY}")
        draft.field(f"{skill}_extra", "check_bonus - exhaustion_penalty", added=skill)
        draft.field(skill, f"{ability}_modifier + {skill}_proficiency + {skill}_extra")
        draft.field(f"{skill}_hindered", f"1 if {_hindrance(skill)} else 0")
        draft.field(f"{skill}_helped", f"1 if {_help(skill)} else 0")
        swing = f"5 if {skill}_helped > {skill}_hindered else (-5 if {skill}_hindered > {skill}_helped else 0)"
        draft.field(f"{skill}_passive", f"10 + {skill} + ({swing})", added=f"passive {skill}")
    draft.field("initiative", "dexterity_modifier + check_bonus - exhaustion_penalty", added="initiative")


def _hindrance(skill: str) -> str:
    noise = " or (armor_worn == 1 and armor_noisy == 1)" if skill == "stealth" else ""
    return "poisoned == 1 or frightened == 1" + noise


def _help(skill: str) -> str:
    if SKILLS[skill] == "strength":
        return "raging == 1"
    return "elven_cloak_worn == 1" if skill == "stealth" else "inspired == 1"
