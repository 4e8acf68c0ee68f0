"""The numbers of Bard, Cleric, Druid, Rogue and Sorcerer with their subclasses (Classes)."""

from tests.oracle.book import roll
from tests.oracle.content_classes import (
    CIRCLE,
    at_least_one,
    column,
    fury,
    innate_sorcery,
    potent,
    resource,
    row,
    subclass_level,
)
from tests.oracle.paper import Paper

LIFE = "cleric.3.subclass.life_domain"
THIEF = "rogue.3.subclass.thief"
DRAGON = "sorcerer.3.subclass.draconic_sorcery"
# Druid, "Beast Shapes": Druid level, known forms, maximum Challenge Rating.
BEAST_SHAPES = ((8, 8, 1), (4, 6, 0.5), (2, 4, 0.25))
# Sorcerer, "Creating Spell Slots": least Sorcerer level of slots of levels 1 to 5.
CREATED_SLOTS = (2, 3, 5, 7, 9)
METAMAGIC = {2: "sorcerer.2.metamagic", 10: "sorcerer.10.metamagic", 17: "sorcerer.17.metamagic"}


def fill(p: Paper) -> None:
    """The fields of each class that is there."""
    if p.of("bard"):
        _bard(p)
    if p.of("cleric"):
        _cleric(p)
    if subclass_level(p, "cleric"):
        _life(p)
    if p.of("druid") >= 2:
        _druid(p)
    if subclass_level(p, "druid"):
        _circle(p)
    if p.of("rogue"):
        _rogue(p)
    if p.of("sorcerer"):
        _sorcerer(p)
    if subclass_level(p, "sorcerer"):
        _dragon(p)


def reached(level: int, *levels: int) -> int:
    """How many of some levels have been reached."""
    return sum(level >= each for each in levels)


def _bard(p: Paper) -> None:
    resource(p, "bard.bardic_inspiration", at_least_one(p.mod["charisma"]))
    p.out["bard.bardic_inspiration.die"] = f"1{row(p, 'bard')['bardic_die']}"
    if p.of("bard") >= 2:
        p.out["bard.jack_of_all_trades"] = p.pb // 2


def _cleric(p: Paper) -> None:
    """Channel Divinity, Sear Undead, Blessed Strikes, Divine Intervention."""
    level, wisdom = p.of("cleric"), p.mod["wisdom"]
    resource(p, "cleric.channel_divinity", column(p, "cleric", "channel_divinity"))
    resource(p, "cleric.divine_intervention", int(level >= 10))
    p.out["cleric.divine_spark"] = roll(f"{1 + reached(level, 7, 13, 18)}d8", wisdom) if level >= 2 else 0
    p.out["cleric.sear_undead"] = f"{at_least_one(wisdom)}d8" if level >= 5 else 0
    p.out["cleric.divine_strike"] = strike(p, "cleric", 14)
    p.out["cleric.potent_spellcasting"] = wisdom if potent(p, "cleric") else 0
    vitality = max(0, 2 * wisdom) if potent(p, "cleric") and level >= 14 else 0
    p.out["cleric.potent_spellcasting_temporary_hit_points"] = vitality
    p.out["cleric.greater_divine_intervention"] = "2d4" if level >= 20 else 0


def strike(p: Paper, name: str, better_at: int) -> str | int:
    """Divine Strike of the Cleric, Primal Strike of the Druid: 1d8, later 2d8; 0 without that option."""
    if fury(p, name) not in {"divine_strike", "primal_strike"}:
        return 0
    return "2d8" if p.of(name) >= better_at else "1d8"


def _life(p: Paper) -> None:
    """Life Domain; what comes on top of a slot's level is written without it."""
    p.out[f"{LIFE}.disciple_of_life"] = 2
    p.out[f"{LIFE}.blessed_healer"] = 2 if p.of("cleric") >= 6 else 0
    p.out[f"{LIFE}.preserve_life"] = 5 * p.of("cleric")


def _druid(p: Paper) -> None:
    """Wild Shape and what is made of it, Elemental Fury."""
    level = p.of("druid")
    resource(p, "druid.wild_shape", column(p, "druid", "wild_shape"))
    resource(p, "druid.wild_resurgence", int(level >= 5))
    resource(p, "druid.resurgence_of_turn", int(level >= 5))
    resource(p, "druid.nature_magician", int(level >= 20))
    p.out["druid.wild_shape_hours"] = level // 2
    p.out["druid.wild_shape_temporary_hit_points"] = level
    forms, rating = next((forms, rating) for least, forms, rating in BEAST_SHAPES if level >= least)
    p.out["druid.known_forms"], p.out["druid.maximum_challenge_rating"] = forms, rating
    p.out["druid.primal_strike"] = strike(p, "druid", 15)


def _circle(p: Paper) -> None:
    """Circle of the Land: Land's Aid; Natural Recovery of level 6."""
    level = p.of("druid")
    p.out[f"{CIRCLE}.lands_aid"] = f"{2 + reached(level, 10, 14)}d6"
    resource(p, f"{CIRCLE}.natural_recovery", int(level >= 6))
    resource(p, f"{CIRCLE}.natural_recovery_spell", int(level >= 6))
    p.out[f"{CIRCLE}.natural_recovery_levels"] = (level + 1) // 2 if level >= 6 else 0


def _rogue(p: Paper) -> None:
    """Sneak Attack, Cunning Strike, Stroke of Luck; how far a Thief jumps."""
    level = p.of("rogue")
    p.out["rogue.sneak_attack"] = row(p, "rogue")["sneak_attack"]
    p.out["rogue.cunning_strike_dc"] = 8 + p.mod["dexterity"] + p.pb if level >= 5 else 0
    p.out["rogue.cunning_strike_effects"] = reached(level, 5, 11)
    resource(p, "rogue.stroke_of_luck", int(level >= 20))
    if subclass_level(p, "rogue"):
        p.out[f"{THIEF}.long_jump"] = p.score["dexterity"]
        p.out[f"{THIEF}.high_jump"] = max(0, 3 + p.mod["dexterity"])


def _sorcerer(p: Paper) -> None:
    """Innate Sorcery, Font of Magic, Metamagic, Sorcerous Restoration."""
    level = p.of("sorcerer")
    resource(p, "sorcerer.innate_sorcery", 2)
    resource(p, "sorcerer.sorcery_points", column(p, "sorcerer", "sorcery_points"))
    resource(p, "sorcerer.sorcerous_restoration", int(level >= 5))
    p.out["sorcerer.created_slot_level"] = reached(level, *CREATED_SLOTS)
    p.out["sorcerer.sorcerous_restoration_points"] = level // 2 if level >= 5 else 0
    if level >= 2:
        p.out["sorcerer.metamagic_per_spell"] = 2 if level >= 7 and innate_sorcery(p) else 1
    for least, choice in METAMAGIC.items():
        options = p.picks(choice, 2) if level >= least else []
        for option, field in (("careful_spell", "protected_creatures"), ("empowered_spell", "rerolled_dice")):
            if option in options:
                p.out[f"{choice}.{option}.{field}"] = at_least_one(p.mod["charisma"])


def _dragon(p: Paper) -> None:
    """Draconic Sorcery: Elemental Affinity of level 6, Dragon Wings of level 14."""
    p.out[f"{DRAGON}.elemental_affinity_damage"] = max(0, p.mod["charisma"]) if p.of("sorcerer") >= 6 else 0
    resource(p, f"{DRAGON}.dragon_wings", int(p.of("sorcerer") >= 14))
