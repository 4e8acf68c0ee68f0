"""Spell slots, and what each class casts with."""

from benchmarks.formulas.draft import Draft
from benchmarks.formulas.names import CASTERS, FULL_CASTERS, HALF_CASTERS, SLOT_LEVELS


def declare_slots(draft: Draft) -> None:
    """Declare caster level, slots and what is left of them."""
    draft.field("full_caster_levels", " + ".join(f"{name}_level" for name in FULL_CASTERS))
    draft.field("half_caster_levels", " + ".join(f"(({name}_level + 1) // 2)" for name in HALF_CASTERS))
    draft.field("caster_level", "min(20, full_caster_levels + half_caster_levels)")
    for level in SLOT_LEVELS:
        draft.field(f"level_{level}_slots", f"slots_{level}[caster_level]")
        draft.field(f"level_{level}_slots_left", f"max(0, level_{level}_slots - slots_{level}_spent)")
    draft.field("pact_slots", "pact_slots_by_level[warlock_level]")
    draft.field("pact_slot_level", "pact_slot_level_by_level[warlock_level]")
    draft.field("pact_slots_left", "max(0, pact_slots - pact_slots_spent)")
    highest = ", ".join(f"({level} if level_{level}_slots > 0 else 0)" for level in SLOT_LEVELS)
    draft.field("highest_spell_level", f"max({highest}, pact_slot_level)")
    draft.field("concentration_difficulty", "max(10, damage // 2)")


def declare_casters(draft: Draft) -> None:
    """Declare four fields for each class that casts spells."""
    difficulty, attack = draft.terms("spell difficulty"), draft.terms("spell attacks")
    for name, ability in CASTERS.items():
        known = f"if {name}_level > 0 else 0"
        draft.field(f"{name}_spell_difficulty", f"8 + proficiency_bonus + {ability}_modifier{difficulty} {known}")
        draft.field(f"{name}_spell_attack", f"proficiency_bonus + {ability}_modifier{attack} - exhaustion_penalty {known}")
        draft.field(f"{name}_spells", f"spells_by_level[{name}_level]")
        draft.field(f"{name}_cantrips", f"cantrips_by_level[{name}_level]")
