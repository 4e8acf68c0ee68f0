"""The spells that features put on the lists of each source, and what is written beside them."""

from dataclasses import dataclass

from tests.oracle.content_classes import column
from tests.oracle.content_origin import lineage
from tests.oracle.paper import Paper
from tests.oracle.spellcasting import SOURCES, SPECIES_SOURCES, always_prepared, mastered

# Lineage or legacy: cantrips, spell at character level 3, spell at character level 5.
LINEAGES = {
    "drow": (("dancing_lights",), "faerie_fire", "darkness"),
    "high_elf": ((), "detect_magic", "misty_step"),  # its cantrip: Prestidigitation, or the one it was replaced with
    "wood_elf": (("druidcraft",), "longstrider", "pass_without_trace"),
    "abyssal": (("thaumaturgy", "poison_spray"), "ray_of_sickness", "hold_person"),
    "chthonic": (("thaumaturgy", "chill_touch"), "false_life", "ray_of_enfeeblement"),
    "infernal": (("thaumaturgy", "fire_bolt"), "hellish_rebuke", "darkness"),
}
STYLE_CANTRIPS = {"paladin": "blessed_warrior", "ranger": "druidic_warrior"}


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
            _write(p, source, _style_cantrips(p, name), [_of_class(p, name, s) for s in always_prepared(p, name)])
    species = p.name_in("species")
    if species in SPECIES_SOURCES:
        _write(p, SPECIES_SOURCES[species], *_of_species(p, species))
    for feat in p.feats:
        if feat.name == "magic_initiate":
            spells = [Granted(s, free=1) for s in p.picks(f"{feat.path}.spell", 1)]
            _write(p, f"{feat.path}.magic", p.picks(f"{feat.path}.cantrips", 2), spells)


def _write(p: Paper, source: str, cantrips: list[str], spells: list[Granted]) -> None:
    dc = p.out[f"{source}.save_dc"]
    for key in (*cantrips, *p.collection(f"{source}.cantrips")):
        p.out[f"{source}.cantrips.{key}.dc"] = dc
    own = [Granted(key) for key in p.collection(f"{source}.prepared")]
    granted = {spell.name for spell in spells}
    for spell in (*own, *spells):
        at = f"{source}.prepared.{spell.name}"
        p.out[f"{at}.dc"] = dc
        p.out[f"{at}.always"] = spell.name in granted
        p.out[f"{at}.at_will"] = spell.at_will
        p.out[f"{at}.free_casts.maximum"] = spell.free


def _of_class(p: Paper, name: str, spell: str) -> Granted:
    """Free casts of Paladin's Smite, Faithful Steed, Favored Enemy, Contact Patron, Signature Spells."""
    free = {"divine_smite": 1, "find_steed": 1, "contact_other_plane": 1}.get(spell, 0)
    if spell == "hunters_mark":
        free = column(p, "ranger", "favored_enemy")
    if name == "wizard":
        free = int(spell in p.picks("wizard.20.signature", 2) and p.of("wizard") >= 20)
    return Granted(spell, free, at_will=name == "wizard" and spell in mastered(p))


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
