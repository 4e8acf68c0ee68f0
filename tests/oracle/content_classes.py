"""Classes and subclasses: rows of their tables, features that other pages ask for (Classes)."""

from typing import Any

from tests.oracle.book import CLASSES, SPELLS, half_up, plain, roll
from tests.oracle.paper import Paper

# The entry name of each subclass, then the shorter names under which it is understood as well.
SUBCLASSES = {
    "barbarian": ("path_of_the_berserker", "berserker"),
    "bard": ("college_of_lore",),
    "cleric": ("life_domain",),
    "druid": ("circle_of_the_land",),
    "fighter": ("champion",),
    "monk": ("warrior_of_the_open_hand", "open_hand"),
    "paladin": ("oath_of_devotion", "devotion"),
    "ranger": ("hunter",),
    "rogue": ("thief",),
    "sorcerer": ("draconic_sorcery",),
    "warlock": ("fiend_patron", "fiend"),
    "wizard": ("evoker",),
}

# Divine Order and Primal Order of level 1: the one who fights, then the one who studies.
ORDERS = {
    "cleric": ("cleric.divine_order", "protector", "thaumaturge"),
    "druid": ("druid.primal_order", "warden", "magician"),
}
# Blessed Strikes and Elemental Fury of level 7: the option for weapons, then the one for cantrips.
FURIES = {
    "cleric": ("cleric.7.blessed_strikes", "divine_strike", "potent_spellcasting"),
    "druid": ("druid.7.elemental_fury", "primal_strike", "potent_spellcasting"),
}
CIRCLE = "druid.3.subclass.circle_of_the_land"
# The lands of the Circle of the Land, each with the resistance of Nature's Ward.
LANDS = {"arid": "fire", "polar": "cold", "temperate": "lightning", "tropical": "poison"}
AFFINITIES = ("acid", "cold", "fire", "lightning", "poison")


def row(p: Paper, class_name: str) -> dict[str, Any]:
    """The line of the class table for the character's level in it."""
    level = p.of(class_name)
    return CLASSES[class_name]["table"][min(level, 20) - 1] if level else {}


def column(p: Paper, class_name: str, name: str) -> int:
    """A number of that line; a dash is 0."""
    return int(row(p, class_name).get(name) or 0)


def subclass(p: Paper, class_name: str) -> str | None:
    """The subclass as the document writes it, from class level 3."""
    chosen = p.pick(f"{class_name}.3.subclass", SUBCLASSES[class_name])
    return chosen if p.of(class_name) >= 3 else None


def subclass_level(p: Paper, class_name: str) -> int:
    """Levels that count for subclass features: none without the subclass."""
    return p.of(class_name) if subclass(p, class_name) else 0


def order(p: Paper, class_name: str) -> str | None:
    """Divine Order of the Cleric, Primal Order of the Druid."""
    choice, *options = ORDERS[class_name]
    return p.pick(choice, options) if p.of(class_name) else None


def fights(p: Paper, class_name: str) -> bool:
    """Protector or Warden: Martial weapons and the next heavier armor."""
    return class_name in ORDERS and order(p, class_name) in {"protector", "warden"}


def studies(p: Paper, class_name: str) -> bool:
    """Thaumaturge or Magician: a cantrip, and Wisdom on two skills of Intelligence."""
    return class_name in ORDERS and order(p, class_name) in {"thaumaturge", "magician"}


def fury(p: Paper, class_name: str) -> str | None:
    """Blessed Strikes of the Cleric, Elemental Fury of the Druid."""
    choice, *options = FURIES[class_name]
    return p.pick(choice, options) if p.of(class_name) >= 7 else None


def potent(p: Paper, class_name: str) -> bool:
    """Potent Spellcasting: Wisdom to the damage of the class's cantrips."""
    return class_name in FURIES and fury(p, class_name) == "potent_spellcasting"


def land(p: Paper) -> str | None:
    """The land that a Druid of the Circle of the Land chose after the last Long Rest."""
    return p.pick(f"{CIRCLE}.land", LANDS) if subclass(p, "druid") else None


def affinity(p: Paper) -> str | None:
    """Elemental Affinity of Draconic Sorcery 6."""
    chosen = p.pick("sorcerer.3.subclass.draconic_sorcery.6.elemental_affinity", AFFINITIES)
    return chosen if subclass_level(p, "sorcerer") >= 6 else None


def innate_sorcery(p: Paper) -> bool:
    """Sorcerer 1, Innate Sorcery, while its minute lasts."""
    return p.of("sorcerer") >= 1 and bool(p.value("sorcerer.innate_sorcery_active"))


def elusive(p: Paper) -> bool:
    """Rogue 18: no attack roll has Advantage against the Rogue, unless Incapacitated."""
    return p.of("rogue") >= 18 and not p.incapacitated


def has_extra_attack(p: Paper) -> bool:
    """Level 5: Extra Attack of Barbarian, Fighter, Monk, Paladin and Ranger."""
    return any(p.of(name) >= 5 for name in ("barbarian", "fighter", "monk", "paladin", "ranger"))


def attacks_per_action(p: Paper) -> int:
    """Multiclassing, "Extra Attack": not added together; Fighter 11 and 20 replace it."""
    blade = {"devouring_blade": 3, "thirsting_blade": 2}  # with the pact weapon only
    with_blade = max((times for name, times in blade.items() if name in invocations(p)), default=1)
    if p.of("fighter") >= 11:
        return max(with_blade, 4 if p.of("fighter") >= 20 else 3)
    return max(with_blade, 2 if has_extra_attack(p) else 1)


def invocations(p: Paper) -> list[str]:
    """The Eldritch Invocations, no more than the table allows; the second of a name is `agonizing_blast#2`."""
    written = p.document.get("choices", {}).get("warlock.invocations") or []
    names: list[str] = []
    for name in map(plain, written[: column(p, "warlock", "eldritch_invocations")]):
        times = 1 + sum(each.partition("#")[0] == name for each in names)
        names.append(name if times == 1 else f"{name}#{times}")
    return names


def pact_weapon(p: Paper) -> str | None:
    """The line of the inventory bonded by Pact of the Blade."""
    return p.pick("warlock.invocations.pact_of_the_blade.blade") if "pact_of_the_blade" in invocations(p) else None


def fighting_style_choices(p: Paper) -> list[str]:
    """Where a Fighting Style feat is chosen."""
    places = []
    if p.of("fighter") >= 1:
        places.append("fighter.fighting_style")
    if subclass_level(p, "fighter") >= 7:
        places.append("fighter.3.subclass.champion.7.second_style")
    for name, other in (("paladin", "blessed_warrior"), ("ranger", "druidic_warrior")):
        way = p.pick(f"{name}.2.fighting_style", ("feat_style", other))
        if p.of(name) >= 2 and way == "feat_style":
            places.append(f"{name}.2.fighting_style.feat_style.style")
    return places


def monk_free(p: Paper) -> bool:
    """Martial Arts, Unarmored Defense and Movement: no armor, no Shield."""
    return p.unarmored and not p.shields


def at_least_one(number: int) -> int:
    """Wherever the text says "minimum of once" or "minimum bonus of +1"."""
    return max(1, number)


def fields(p: Paper) -> None:
    """The fields of each class on the sheet."""
    p.out["attacks_per_action"] = attacks_per_action(p)
    if p.of("monk"):
        _monk(p)
    if p.of("paladin"):
        _paladin(p)
    if p.of("ranger"):
        _ranger(p)
    if p.of("wizard"):
        _wizard(p)
    if p.of("warlock"):
        _warlock(p)


def resource(p: Paper, name: str, most: int) -> None:
    """Uses of a feature, and those that are left."""
    p.out[f"{name}.maximum"] = most
    p.out[f"{name}.remaining"] = max(most - p.value(f"{name}.spent", 0), 0)


def _monk(p: Paper) -> None:
    p.out["monk.free"] = monk_free(p)
    p.out["monk.die"] = row(p, "monk")["martial_arts_die"]
    if p.of("monk") >= 2:
        p.out["monk.save_dc"] = 8 + p.mod["wisdom"] + p.pb
    if p.of("monk") >= 3:
        p.out["monk.deflected"] = roll("1d10", p.mod["dexterity"] + p.of("monk"))
        p.out["monk.redirected"] = roll(f"2{row(p, 'monk')['martial_arts_die'].removeprefix('1')}", p.mod["dexterity"])
    resource(p, "monk.focus", column(p, "monk", "focus_points"))
    resource(p, "monk.metabolism", 1 if p.of("monk") >= 2 else 0)


def _paladin(p: Paper) -> None:
    if p.of("paladin") >= 6:
        p.out["paladin.aura"] = max(1, p.mod["charisma"])
    resource(p, "paladin.lay_on_hands", 5 * p.of("paladin"))
    resource(p, "paladin.channel_divinity", column(p, "paladin", "channel_divinity"))


def _ranger(p: Paper) -> None:
    times = at_least_one(p.mod["wisdom"])
    resource(p, "ranger.favored_enemy", column(p, "ranger", "favored_enemy"))
    resource(p, "ranger.tireless", times if p.of("ranger") >= 10 else 0)
    resource(p, "ranger.nature_veil", times if p.of("ranger") >= 14 else 0)


def _wizard(p: Paper) -> None:
    """The spellbook with what Evocation Savant adds to it, its rituals, Arcane Recovery."""
    level = p.of("wizard")
    savant = 2 + max(0, half_up(min(level, 17)) - 2) if subclass(p, "wizard") else 0  # 2, and 1 for each new level of slots
    book = {plain(str(element.get("spell"))) for element in p.collection("wizard.spellbook").values()}
    book.update(p.picks("wizard.3.subclass.evoker.3.savant", savant))
    p.out["wizard.book"] = sorted(book)
    p.out["wizard.rituals"] = sorted(spell for spell in book if SPELLS[spell]["ritual"])
    p.out["wizard.book_given"] = 6 + 2 * (level - 1)
    p.out["wizard.recovered_levels"] = half_up(level)


def _warlock(p: Paper) -> None:
    """Magical Cunning, from level 20 Eldritch Master; Dark One's Blessing of the Fiend."""
    level, slots = p.of("warlock"), column(p, "warlock", "pact_slots")
    if level >= 2:
        p.out["warlock.cunning_slots"] = slots if level >= 20 else half_up(slots)
    if subclass(p, "warlock"):
        p.out["warlock.3.subclass.fiend_patron.blessing"] = at_least_one(p.mod["charisma"] + level)


def assumed(p: Paper) -> dict[str, int]:
    """Numbers whose ids the vocabulary does not give: maxima of resources that the book prints."""
    fighter, wizard, warlock = p.of("fighter"), p.of("wizard"), p.of("warlock")
    return {
        "barbarian.rage.maximum": column(p, "barbarian", "rages"),
        "barbarian.rage_damage": column(p, "barbarian", "rage_damage"),
        "fighter.second_wind.maximum": column(p, "fighter", "second_wind"),
        "fighter.action_surge.maximum": (fighter >= 2) + (fighter >= 17),
        "fighter.indomitable.maximum": (fighter >= 9) + (fighter >= 13) + (fighter >= 17),
        "wizard.arcane_recovery.maximum": int(wizard >= 1),
        "warlock.magical_cunning.maximum": int(warlock >= 2),
        "warlock.invocations.count": column(p, "warlock", "eldritch_invocations"),
        "monk.wholeness_of_body.maximum": at_least_one(p.mod["wisdom"]) if subclass_level(p, "monk") >= 6 else 0,
        "warlock.dark_ones_own_luck.maximum": at_least_one(p.mod["charisma"]) if subclass_level(p, "warlock") >= 6 else 0,
    }
