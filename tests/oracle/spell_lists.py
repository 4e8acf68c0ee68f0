"""The spells that features put on the lists of each source, and what is written beside them."""

from dataclasses import dataclass

from tests.oracle.book import SPELLS, plain
from tests.oracle.content_classes import affinity, invocations, potent, subclass_level
from tests.oracle.content_origin import lineage
from tests.oracle.paper import Paper
from tests.oracle.spellcasting import SOURCES, SPECIES_SOURCES, always_prepared, cantrips_given, mastered, signatures

# Lineage or legacy: cantrips, spell at character level 3, spell at character level 5.
LINEAGES = {
    "drow": (("dancing_lights",), "faerie_fire", "darkness"),
    "high_elf": ((), "detect_magic", "misty_step"),  # its cantrip: Prestidigitation, or the one it was replaced with
    "wood_elf": (("druidcraft",), "longstrider", "pass_without_trace"),
    "abyssal": (("thaumaturgy", "poison_spray"), "ray_of_sickness", "hold_person"),
    "chthonic": (("thaumaturgy", "chill_touch"), "false_life", "ray_of_enfeeblement"),
    "infernal": (("thaumaturgy", "fire_bolt"), "hellish_rebuke", "darkness"),
}
# Eldritch Invocations: "you can cast ... without expending a spell slot".
AT_WILL = {
    "armor_of_shadows": "mage_armor",
    "ascendant_step": "levitate",
    "fiendish_vigor": "false_life",
    "mask_of_many_faces": "disguise_self",
    "master_of_myriad_forms": "alter_self",
    "misty_visions": "silent_image",
    "one_with_shadows": "invisibility",
    "otherworldly_leap": "jump",
    "pact_of_the_chain": "find_familiar",
    "visions_of_distant_realms": "arcane_eye",
    "whispers_of_the_grave": "speak_with_dead",
}
STYLE_CANTRIPS = {"paladin": "blessed_warrior", "ranger": "druidic_warrior"}
# Spells: the cantrips whose own text deals damage (True Strike and Shillelagh change a weapon's attack).
DAMAGING = {
    *("acid_splash", "chill_touch", "eldritch_blast", "fire_bolt", "poison_spray", "produce_flame", "ray_of_frost"),
    *("sacred_flame", "shocking_grasp", "sorcerous_burst", "starry_wisp", "vicious_mockery"),
}
# Once without a slot: Paladin's Smite, Faithful Steed, Contact Patron; Dragon Companion, from its level on.
ONCE_FREE = {
    ("paladin", "divine_smite"): 2,
    ("paladin", "find_steed"): 5,
    ("warlock", "contact_other_plane"): 9,
    ("sorcerer", "summon_dragon"): 18,
}


@dataclass(frozen=True)
class Granted:
    """A spell that a feature always keeps prepared."""

    name: str
    free: int = 0
    at_will: bool = False


def fill(p: Paper) -> None:
    """Class sources, lineages, Magic Initiate; then the person's own spells."""
    for name, source in SOURCES.items():
        if p.of(name):
            granted = [_of_class(p, name, s) for s in sorted(always_prepared(p, name))]
            book = _of_invocations(p) if name == "warlock" else ([], [])
            cantrips = [*_style_cantrips(p, name), *cantrips_given(p, name), *book[0]]
            _write(p, source, cantrips, [*granted, *book[1]])
    species = p.name_in("species")
    if species in SPECIES_SOURCES:
        _write(p, SPECIES_SOURCES[species], *_of_species(p, species))
    for feat in p.feats:
        if feat.name == "magic_initiate":
            spells = [Granted(s, free=1) for s in p.picks(f"{feat.path}.spell", 1)]
            _write(p, f"{feat.path}.magic", p.picks(f"{feat.path}.cantrips", 2), spells)


def _write(p: Paper, source: str, cantrips: list[str], spells: list[Granted]) -> None:
    known = p.collection(f"{source}.cantrips")
    for key in (*cantrips, *known):
        _line(
            p,
            f"{source}.cantrips.{key}",
            Granted(plain(str(known[key]["spell"])) if key in known else key),
            always=key in cantrips,
        )
    p.out[f"{source}.cantrips_count"] = len(known)
    for key, element in p.collection(f"{source}.prepared").items():
        _line(p, f"{source}.prepared.{key}", Granted(plain(str(element["spell"]))), always=False)
    for spell in spells:
        _line(p, f"{source}.prepared.{spell.name}", spell, always=True)


def _line(p: Paper, at: str, spell: Granted, *, always: bool) -> None:
    """A spell on a list, with what is written beside it."""
    p.out[f"{at}.dc"] = p.out[f"{at.rpartition('.')[0].rpartition('.')[0]}.save_dc"]
    p.out[f"{at}.always"] = always
    p.out[f"{at}.at_will"] = spell.at_will
    p.out[f"{at}.cast_at"] = SPELLS[spell.name]["level"] if spell.name in SPELLS else 0
    p.out[f"{at}.damage_bonus"] = _damage_bonus(p, at, spell.name)
    p.out[f"{at}.refills"] = "short_rest" if spell.name in signatures(p) and at.startswith("wizard") else "long_rest"
    p.out[f"{at}.free"] = spell.free
    p.out[f"{at}.free_casts.maximum"] = spell.free
    p.out[f"{at}.free_casts.remaining"] = max(spell.free - p.value(f"{at}.free_casts.spent", 0), 0)


def _damage_bonus(p: Paper, at: str, spell: str) -> int:
    """Agonizing Blast: Charisma to that cantrip; Evoker 10, Potent Spellcasting: the ability to spells of the class."""
    blasts = [name for name in invocations(p) if name.startswith("agonizing_blast")]
    chosen = [cantrip for name in blasts for cantrip in p.picks(f"warlock.invocations.{name}.cantrip", 1)]
    bonus = p.mod["charisma"] if spell in chosen else 0
    empowered = at.startswith("wizard.magic.") and subclass_level(p, "wizard") >= 10
    if spell in DAMAGING and any(potent(p, name) and at.startswith(f"{name}.magic.cantrips.") for name in ("cleric", "druid")):
        bonus += p.mod["wisdom"]
    # Elemental Affinity: any spell of that damage and no other, and nobody has to add what is negative.
    if SPELLS[spell]["damage"] == [affinity(p)]:
        bonus += max(0, p.mod["charisma"])
    return bonus + (p.mod["intelligence"] if empowered and SPELLS[spell]["school"] == "evocation" else 0)


def _of_class(p: Paper, name: str, spell: str) -> Granted:
    """Free casts of features and Signature Spells; Favored Enemy is a resource."""
    least = ONCE_FREE.get((name, spell))
    free = int(least is not None and p.of(name) >= least)
    if name == "wizard":
        free = int(spell in signatures(p))
    return Granted(spell, free, at_will=name == "wizard" and spell in mastered(p))


def _of_invocations(p: Paper) -> tuple[list[str], list[Granted]]:
    """Spells of Eldritch Invocations and of Mystic Arcanum."""
    names = invocations(p)
    spells = [Granted(spell, at_will=True) for name, spell in AT_WILL.items() if name in names]
    if "gift_of_the_depths" in names:
        spells.append(Granted("water_breathing", free=1))
    for level in (11, 13, 15, 17):
        if p.of("warlock") >= level:
            spells += [Granted(spell, free=1) for spell in p.picks(f"warlock.{level}.arcanum", 1)]
    if "pact_of_the_tome" not in names:
        return [], spells
    tome = "warlock.invocations.pact_of_the_tome"
    return p.picks(f"{tome}.cantrips", 3), [*spells, *(Granted(s) for s in p.picks(f"{tome}.rituals", 2))]


def _style_cantrips(p: Paper, name: str) -> list[str]:
    """Blessed Warrior and Druidic Warrior: two cantrips instead of a Fighting Style feat."""
    other = STYLE_CANTRIPS.get(name)
    if other is None or p.of(name) < 2 or p.pick(f"{name}.2.fighting_style", ("feat_style", other)) != other:
        return []
    return p.picks(f"{name}.2.fighting_style.{other}.cantrips", 2)


def _of_species(p: Paper, species: str) -> tuple[list[str], list[Granted]]:
    line = lineage(p)
    if species == "gnome":
        return _gnome(p, line)
    cantrips, third, fifth = LINEAGES.get(line or "", ((), None, None))
    chosen = (p.picks("elf.lineage.high_elf.cantrip", 1) or ["prestidigitation"]) if line == "high_elf" else []
    if species == "tiefling" and line is None:
        cantrips = ("thaumaturgy",)
    reached = [(third, 3), (fifth, 5)]
    return [*cantrips, *chosen], [Granted(s, free=1) for s, level in reached if s and p.level >= level]


def _gnome(p: Paper, line: str | None) -> tuple[list[str], list[Granted]]:
    """Forest Gnome: Speak with Animals as often as the Proficiency Bonus; Rock Gnome: two cantrips."""
    if line in {"forest", "forest_gnome"}:
        return ["minor_illusion"], [Granted("speak_with_animals", free=p.pb)]
    return (["mending", "prestidigitation"], []) if line in {"rock", "rock_gnome"} else ([], [])
