"""The packs against `tests/facts/free_castings.json`: spells cast without a slot, from when, how often, what brings them back."""

from functools import cache
from typing import Any

import pytest

import rulecore as rc
from tests.packs.comparing import SCORES, Record, Who, entry_id, facts, owners, ruleset, slug, table
from tests.packs.lines_of import entries, regained

CASTINGS = facts("free_castings")
ABILITIES = ("intelligence", "wisdom", "charisma")

# Counted by a pool of their own: the pool and what holds it; and what activities.json has as well.
POOLS = {
    "cleric-divine_intervention-any_cleric_spell_of_level_5_or_lower_that_is_no_reaction": "divine_intervention",
    "cleric-greater_divine_intervention-wish": "divine_intervention",
    "druid-wild_companion-find_familiar": "wild_shape",
    "circle_of_the_land-natural_recovery-one_of_the_prepared_circle_spells_of_level_1_or_higher": "natural_recovery_spell",
    "ranger-favored_enemy-hunters_mark": "favored_enemy",
}
# A spell that is chosen: by which choice, and what is chosen for the test.
CHOSEN = {
    **{
        f"warlock-mystic_arcanum-one_chosen_warlock_spell_of_level_{level}": (f"warlock.{2 * level - 1}.arcanum", [spell])
        for level, spell in ((6, "eyebite"), (7, "forcecage"), (8, "glibness"), (9, "foresight"))
    },
    "wizard-spell_mastery-one_chosen_level_1_spell_of_the_spellbook_with_a_casting_time_of_an_action": (
        "wizard.18.mastery_first",
        ["magic_missile"],
    ),
    "wizard-spell_mastery-one_chosen_level_2_spell_of_the_spellbook_with_a_casting_time_of_an_action": (
        "wizard.18.mastery_second",
        ["invisibility"],
    ),
    "wizard-signature_spells-each_of_two_chosen_level_3_spells_of_the_spellbook": ("wizard.20.signature", ["fireball", "fly"]),
    "magic_initiate-level_1_spell-one_chosen_level_1_spell_of_the_chosen_list_cleric_druid_or_wizard": (
        "human.feat.magic_initiate.spell",
        ["bless"],
    ),
    "elf-elven_lineage_high_elf-prestidigitation": ("elf.lineage.high_elf.cantrip", ["prestidigitation"]),
}
RITUALS = "wizard-ritual_adept-any_ritual_in_the_spellbook"
BOOK = ("magic_missile", "invisibility", "fireball", "fly", "detect_magic", "alarm")
# The option that brings a spell: a land, a lineage, a legacy; and the spell list of Magic Initiate.
OPTIONS = {"fire_bolt": "arid", "ray_of_frost": "polar", "shocking_grasp": "temperate", "acid_splash": "tropical"}
LISTED = [name for name in CASTINGS if name not in POOLS and name != RITUALS]


def options(name: str) -> tuple[str, ...]:
    record = CASTINGS[name]
    if record["of"] == "subclass: Circle of the Land":
        return (OPTIONS[record["spell"]],)
    if record["of"] == "feat: Magic Initiate":
        return ("cleric", "wisdom")
    lineage = record["feature"].partition(": ")[2]
    ability = ("charisma",) if record["of"].startswith("species") else ()
    return (*ability, *((slug(lineage).removesuffix("_gnome"),) if lineage else ()))


@cache
def caster(name: str, level: int, scores: str = "one") -> rc.Character:
    """The hero of a record with a book, and with the spell chosen where it is chosen."""
    document = Who(CASTINGS[name]["of"], level, scores, options(name)).hero.document
    if CASTINGS[name]["of"] == "class: Wizard":
        book = {spell: {"spell": spell} for spell in BOOK}
        document = {**document, "collections": {**document["collections"], "wizard.spellbook": book}}
    if name in CHOSEN:
        document = {**document, "choices": {**document["choices"], CHOSEN[name][0]: CHOSEN[name][1]}}
    return ruleset().character(document)


def spells_of(name: str) -> list[str]:
    return CHOSEN[name][1] if name in CHOSEN else [CASTINGS[name]["spell"]]


def castings(hero: rc.Character, spell: str, collection: str) -> list[str]:
    """The paths of a spell in the lists of prepared spells or cantrips."""
    paths = [each.path for each in hero.derivation.structure.instances if each.path.split(".")[-2:-1] == [collection]]
    return [path for path in paths if str(hero[f"{path}.spell"]).rpartition(".")[2] == spell]


def listed(name: str, level: int, scores: str = "one") -> list[tuple[rc.Character, str]]:
    hero, record = caster(name, level, scores), CASTINGS[name]
    collection = "cantrips" if record["cantrip"] else "prepared"
    return [(hero, path) for spell in spells_of(name) for path in castings(hero, spell, collection)]


def wanted_casts(record: Record, who: Who) -> tuple[int, bool]:
    """How often a rest, and whether at will; a cantrip is at will by itself."""
    if record["cantrip"]:
        return 0, False
    return (0, True) if record["casts"] == "at_will" else (who.number(record["casts"]), False)


@pytest.mark.parametrize("name", LISTED)
def test_a_casting_without_a_slot(name: str):
    """At each level that matters it is prepared or known, counts so many castings, and comes back on its rest."""
    record = CASTINGS[name]
    for level in sorted({record["level"], 9, 20}):
        for scores in SCORES if level >= record["level"] else ():
            found = listed(name, level, scores)
            assert len(found) == len(spells_of(name)), (level, scores)
            for hero, path in found:
                who = Who(record["of"], level, scores)
                assert (hero[f"{path}.free"], hero[f"{path}.at_will"]) == wanted_casts(record, who), (level, scores)
                assert hero[f"{path}.always"] is True
                if record["recovers"]:
                    rest = {"short_or_long_rest": "short_rest"}.get(record["recovers"], record["recovers"])
                    assert str(hero[f"{path}.refills"]).rpartition(".")[2] == rest


@pytest.mark.parametrize(
    "name", [name for name in LISTED if CASTINGS[name]["level"] > 1 and "invocation" not in CASTINGS[name]["of"]]
)
def test_it_comes_at_its_level(name: str):
    """One level before there is no casting without a slot."""
    assert not [
        path for hero, path in listed(name, CASTINGS[name]["level"] - 1) if hero[f"{path}.free"] or CASTINGS[name]["cantrip"]
    ]


@pytest.mark.parametrize("name", LISTED)
def test_the_ability_of_a_casting(name: str):
    """That of the source; where it is chosen, these three are offered, and the chosen one counts."""
    record = CASTINGS[name]
    [(hero, path), *_] = listed(name, max(record["level"], 5))
    source = path.rpartition(".")[0].rpartition(".")[0]
    ability = str(hero[f"{source}.ability"]).rpartition(".")[2]
    if isinstance(record["ability"], list):
        [asked] = [each for each in hero.options(decided=True) if each.id.endswith(".ability")]
        assert sorted([*asked.candidates, *asked.picked]) == sorted(record["ability"])
        assert [ability] == list(asked.picked)
    else:
        assert ability == record["ability"]


@pytest.mark.parametrize("name", [name for name in LISTED if CASTINGS[name]["recovers"]])
def test_a_rest_brings_the_castings_back(name: str):
    """Played: all castings spent, then a Short Rest and a Long Rest."""
    record = CASTINGS[name]
    level = max(record["level"], 1)
    document: dict[str, Any] = caster(name, level).document
    [(hero, path), *_] = listed(name, level)
    free = hero[f"{path}.free"]
    for rest, back in (("short_rest", "short" in record["recovers"]), ("long_rest", True)):
        spent = {**document["fields"], f"{path}.free_casts.spent": free}
        after = ruleset().character({**document, "fields": spent})
        after.act(rest)
        assert after[f"{path}.free_casts.spent"] == (0 if back else free), rest


@pytest.mark.parametrize("name", POOLS)
def test_castings_that_a_pool_counts(name: str):
    """The pool is there at the level, as large as the record says, and comes back with a Long Rest."""
    record, pool = CASTINGS[name], POOLS[name]
    of = "subclass: Circle of the Land" if "natural" in pool else record["of"]
    casts = record["casts"]
    for level in sorted({record["level"], 5, 9, 13, 17, 20}):
        if level >= record["level"]:
            who = Who(of, level, options=("arid",) if "natural" in pool else ())
            held = who.value(f"{who.path(pool)}.maximum")
            assert held == who.number(casts) if casts != "Wild Shape" else held >= 2
    assert "long_rest" in regained(entries()[entry_id(record)].all(), pool, 20)
    for each in record.get("spends") or []:
        assert slug(each["resource"]) == pool


def test_hunters_mark_is_always_prepared():
    name = "ranger-favored_enemy-hunters_mark"
    assert [hero[f"{path}.always"] for hero, path in listed(name, 1)] == [CASTINGS[name]["prepared"]]


def test_rituals_of_the_book():
    """Castable without being prepared; of the six spells two are rituals."""
    rituals = {spell for spell in BOOK if table("spells")[spell]["ritual"]}
    assert (
        {spell.rpartition(".")[2] for spell in map(str, caster(RITUALS, 1)["wizard.rituals"])}
        == rituals
        == {"alarm", "detect_magic"}
    )


def test_no_casting_is_missing_in_the_facts():
    """The other way round: each line of the pack that gives castings without a slot, or at will, belongs to a record."""
    kinds = {entry.kind for entry in owners().values()}
    told = {entry_id(record) for record in CASTINGS.values()}
    named = {record["spell"] for record in CASTINGS.values()}
    chosen = {"arcanum", "mastery_first", "mastery_second", "signature", "spell", "cantrip"}
    for entry, whole in entries().items():
        if entry.partition(".")[0] not in kinds:
            continue
        for line in whole.all():
            if line.word == "grant" and ("free = " in line.text or "at_will" in line.text):
                granted = set(line.text.removeprefix("grant ").partition(" to ")[0].split(", "))
                assert entry in told, line.text
                assert granted <= named | chosen, line.text
