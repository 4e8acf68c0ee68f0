"""Spell slots, Pact Magic, and each source of spells by itself (Multiclassing, "Spellcasting"; Spells)."""

from tests.oracle.attacks import attack_sides
from tests.oracle.book import ALWAYS_PREPARED, CLASSES, SPELLS, TABLES, half_up, is_cantrip, plain, roll
from tests.oracle.checks import blessing
from tests.oracle.conditions import penalty
from tests.oracle.content_classes import column, innate_sorcery, land, row, studies, subclass_level
from tests.oracle.d20 import Test, write
from tests.oracle.levels import caster_levels
from tests.oracle.paper import Paper

SOURCES = {
    "wizard": "wizard.magic",
    "bard": "bard.magic",
    "cleric": "cleric.magic",
    "druid": "druid.magic",
    "sorcerer": "sorcerer.magic",
    "paladin": "paladin.magic",
    "ranger": "ranger.magic",
    "warlock": "warlock.pact_magic",
}
SPECIES_SOURCES = {"elf": "elf.lineage_magic", "tiefling": "tiefling.legacy_magic", "gnome": "gnome.lineage_magic"}
SUBCLASS_SPELLS = {
    "cleric": "life_domain",
    "paladin": "oath_of_devotion",
    "sorcerer": "draconic_sorcery",
    "warlock": "fiend_patron",
}
WORDS_OF_CREATION = {"power_word_heal", "power_word_kill"}
SECRETS = ("cleric", "druid", "wizard")
MAGICAL_DISCOVERIES = "bard.3.subclass.college_of_lore.6.magical_discoveries"
MENTAL = ("intelligence", "wisdom", "charisma")


def fill(p: Paper) -> None:
    """Slots, then sources."""
    _slots(p)
    _pact(p)
    p.out["spell_dc_bonus"] = sum(p.forces("spell_dc"))
    for name, source in SOURCES.items():
        if p.of(name):
            _class_source(p, name, source)
    species = p.name_in("species")
    if species in SPECIES_SOURCES:
        _granted_source(p, SPECIES_SOURCES[species], p.pick(f"{species}.ability", MENTAL))
    for feat in p.feats:
        if feat.name == "magic_initiate":
            _granted_source(p, f"{feat.path}.magic", p.pick(f"{feat.path}.ability", MENTAL))


def caster_level(p: Paper) -> int:
    """Ruling `half_casters_on_sum` (rule 59): round Paladin and Ranger each, or their sum."""
    if not p.ruling("half_casters_on_sum"):
        return sum(caster_levels(name, count) for name, count in p.classes.items())
    halves = p.of("paladin") + p.of("ranger")
    full = sum(caster_levels(n, count) for n, count in p.classes.items() if n not in {"paladin", "ranger"})
    return full + half_up(halves)


def _slots(p: Paper) -> None:
    """With one Spellcasting class its own table, which equals the common one at the rounded level (rule 60)."""
    level = caster_level(p)
    for progression in ("full", "half", "pact"):
        taken = sum(count for n, count in p.classes.items() if (CLASSES[n]["casting"] or {}).get("progression") == progression)
        p.out[f"{progression}.class_levels_taken"] = taken
        p.out[f"{progression}.caster_levels"] = {"full": taken, "half": half_up(taken), "pact": 0}[progression]
    p.out["caster_level"] = level
    table = TABLES["multiclass_spell_slots"].get(str(min(level, 20)), [0] * 9)
    for place, most in enumerate(table, start=1):
        p.out[f"level_{place}_slots.maximum"] = most
        p.out[f"level_{place}_slots.remaining"] = max(most - p.value(f"level_{place}_slots.spent", 0), 0)


def _pact(p: Paper) -> None:
    """Pact Magic: a pool of its own (rule 61)."""
    most = column(p, "warlock", "pact_slots")
    p.out["pact_slots.maximum"] = most
    p.out["pact_slots.remaining"] = max(most - p.value("pact_slots.spent", 0), 0)
    p.out["pact_slot_level"] = column(p, "warlock", "pact_slot_level")


def _dc_and_attack(p: Paper, source: str, ability: str | None) -> None:
    """8 + modifier + Proficiency Bonus; an attack roll suffers Exhaustion and takes Bless, a DC does not."""
    innate = source == "sorcerer.magic" and innate_sorcery(p)
    modifier = p.mod[ability] if ability else 0
    p.out[f"{source}.ability"] = ability
    p.out[f"{source}.save_dc"] = 8 + modifier + p.pb + sum(p.forces("spell_dc")) + innate
    attack = modifier + p.pb + sum(p.forces("spell_attack")) + penalty(p)
    advantage, disadvantage = attack_sides(p, ability or "")
    test = Test(ability, roll(blessing(p), attack), advantage or innate, disadvantage, proficient=True)
    write(p, f"{source}.attack", test)
    p.out[f"{source}.attack.bonus_damage"] = p.out[f"{source}.attack.extra_damage"] = 0
    p.out[f"{source}.attack.critical_on"] = 20  # Champions critical with weapons and Unarmed Strikes


def _class_source(p: Paper, name: str, source: str) -> None:
    """Numbers of the class alone, "as if you were a single-classed member of that class"."""
    _dc_and_attack(p, source, CLASSES[name]["casting"]["ability"])
    if name != "bard" or p.of("bard") < 10:  # Magical Secrets opens other lists to spells that are gained later
        p.out[f"{source}.spell_lists"] = [name]
    p.out[f"{source}.cantrips_maximum"] = column(p, name, "cantrips") + studies(p, name)
    p.out[f"{source}.prepared_maximum"] = column(p, name, "prepared_spells")
    p.out[f"{source}.highest_level"] = highest_level(p, name)
    p.out[f"{source}.prepared_count"] = _count(p, source, always_prepared(p, name))


def highest_level(p: Paper, name: str) -> int:
    """The highest slot of the class's own table."""
    if name == "warlock":
        return column(p, name, "pact_slot_level")
    return sum(1 for slots in row(p, name)["spell_slots"] if slots)


def _count(p: Paper, source: str, always: set[str]) -> int:
    """Spells on the list of one's own choosing; those always prepared do not count."""
    spells = [plain(str(e.get("spell"))) for e in p.collection(f"{source}.prepared").values()]
    return sum(1 for spell in spells if spell not in always)


def always_prepared(p: Paper, name: str) -> set[str]:
    """Spells of level 1 and higher that features of the class always keep prepared."""
    return {spell for spell in given(p, name) if not is_cantrip(spell)}


def cantrips_given(p: Paper, name: str) -> list[str]:
    """Cantrips of a land, or discovered by a Bard."""
    return sorted(spell for spell in given(p, name) if is_cantrip(spell))


def given(p: Paper, name: str) -> set[str]:
    """All spells that come with a feature of the class."""
    level = p.of(name)
    features = {
        "bard": {6: discoveries(p), 20: WORDS_OF_CREATION},
        "cleric": {},
        "druid": {1: {"speak_with_animals"}},
        "sorcerer": {},
        "paladin": {2: {"divine_smite"}, 5: {"find_steed"}},
        "ranger": {1: {"hunters_mark"}},
        "warlock": {9: {"contact_other_plane"}},
        "wizard": {18: mastered(p), 20: signatures(p)},
    }[name]
    spells = {spell for at, gift in features.items() if level >= at for spell in gift}
    table = f"{land(p)}_land" if name == "druid" else SUBCLASS_SPELLS.get(name, "")
    for at, gift in ALWAYS_PREPARED.get(table, {}).items():
        if subclass_level(p, name) >= int(at):
            spells.update(gift)
    return spells


def discoveries(p: Paper) -> set[str]:
    """College of Lore 6, Magical Discoveries: two spells of three other lists, of levels with slots in the Bard's table."""
    if subclass_level(p, "bard") < 6:
        return set()
    return set(p.picks(MAGICAL_DISCOVERIES, 2, discoverable(highest_level(p, "bard"))))


def discoverable(highest: int) -> list[str]:
    """Cleric, Druid and Wizard spells up to a level."""
    return [name for name, spell in SPELLS.items() if spell["level"] <= highest and set(spell["lists"]) & set(SECRETS)]


def mastered(p: Paper) -> set[str]:
    """Wizard 18, Spell Mastery: one spell of level 1, one of level 2."""
    if p.of("wizard") < 18:
        return set()
    return {*p.picks("wizard.18.mastery_first", 1), *p.picks("wizard.18.mastery_second", 1)}


def signatures(p: Paper) -> set[str]:
    """Wizard 20, Signature Spells: each once without a slot, again after a Short or Long Rest."""
    return set(p.picks("wizard.20.signature", 2)) if p.of("wizard") >= 20 else set()


def _granted_source(p: Paper, source: str, ability: str | None) -> None:
    """Lineage, legacy, Magic Initiate: the ability chosen then; its spells are always prepared and never count."""
    _dc_and_attack(p, source, ability)
    p.out[f"{source}.prepared_maximum"] = 0
    p.out[f"{source}.prepared_count"] = _count(p, source, set())
