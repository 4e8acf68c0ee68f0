"""The formulas that all contestants get: 266 inputs and 480 fields of a character, said once and written in many languages."""

from functools import cache

from benchmarks.formulas.attacks import declare_attack_bonuses, declare_attacks
from benchmarks.formulas.defence import declare_armor_class, declare_hit_points, declare_resistances
from benchmarks.formulas.draft import Draft
from benchmarks.formulas.effects import declare_effects
from benchmarks.formulas.graph import Graph
from benchmarks.formulas.inputs import declare_inputs
from benchmarks.formulas.magic import declare_casters, declare_slots
from benchmarks.formulas.names import CLASSES, LAST_LEVEL, TABLES
from benchmarks.formulas.tests_of_skill import declare_abilities, declare_saves_and_checks, declare_skills
from benchmarks.formulas.travel import declare_possessions, declare_resources, declare_travel

_SECTIONS = (
    declare_inputs,
    declare_effects,
    declare_abilities,
    declare_saves_and_checks,
    declare_skills,
    declare_armor_class,
    declare_hit_points,
    declare_slots,
    declare_casters,
    declare_attack_bonuses,
    declare_attacks,
    declare_resources,
    declare_travel,
    declare_resistances,
    declare_possessions,
)


@cache
def adventurer() -> Graph:
    """Give the graph."""
    draft = Draft()
    draft.field("level", " + ".join(f"{name}_level" for name in CLASSES))
    draft.field("proficiency_bonus", "2 + (max(level, 1) - 1) // 4")
    for declare in _SECTIONS:
        declare(draft)
    return Graph(draft, TABLES, LAST_LEVEL)
