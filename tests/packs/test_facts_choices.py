"""The packs against `tests/facts/choices.json`: what is asked, from which level on, how many, of what, and when anew."""

import re

import pytest

import rulecore as rc
from tests.packs.comparing import Record, Who, entry_id, facts, levels_of, owners, ruleset, slug, table
from tests.packs.lines_of import Line, entries
from tests.packs.offered import OFFERED

CHOICES = facts("choices")

# ---- which line asks, where a heading has several

ASKED_BY = {
    "bard-core_bard_traits-skill_proficiencies": "skills",
    "bard-core_bard_traits-tool_proficiencies": "musical_instruments",
    "cleric-core_cleric_traits-skill_proficiencies": "skills",
    "paladin-core_paladin_traits-skill_proficiencies": "skills",
    "monk-core_monk_traits-skill_proficiencies": "skills",
    "monk-core_monk_traits-tool_proficiency": "tool",
    "paladin-fighting_style-feat_or_option": "fighting_style",
    "paladin-fighting_style-cantrips": "cantrips",
    "ranger-fighting_style-feat_or_option": "fighting_style",
    "ranger-fighting_style-cantrips": "cantrips",
    "ranger-deft_explorer-expertise": "explorer_expertise",
    "ranger-deft_explorer-languages": "explorer_languages",
    **{f"warlock-mystic_arcanum-spell_of_level_{level}": "arcanum" for level in range(6, 10)},
    "wizard-spell_mastery-spell_of_level_1": "mastery_first",
    "wizard-spell_mastery-spell_of_level_2": "mastery_second",
    "pact_of_the_tome-cantrips": "cantrips",
    "pact_of_the_tome-spells": "rituals",
    **{f"{name}-ability_scores": "increase" for name in ("acolyte", "criminal", "sage", "soldier", "ability_score_improvement")},
    "soldier-tool_proficiency": "tool",
    "elf-elven_lineage-lineage": "lineage",
    "elf-elven_lineage-spellcasting_ability": "ability",
    "elf-elven_lineage-cantrip": "cantrip",
    "elf-keen_senses-skill_proficiency": "senses",
    "gnome-gnomish_lineage-lineage": "lineage",
    "gnome-gnomish_lineage-spellcasting_ability": "ability",
    "human-size": "body",
    "human-skillful-skill_proficiency": "skill",
    "human-versatile-feat": "feat",
    "tiefling-size": "body",
    "tiefling-fiendish_legacy-legacy": "legacy",
    "tiefling-fiendish_legacy-spellcasting_ability": "ability",
    "magic_initiate-two_cantrips-spell_list": "source",
    "magic_initiate-two_cantrips-spellcasting_ability": "ability",
    "magic_initiate-two_cantrips-cantrips": "cantrips",
    "magic_initiate-level_1_spell-spell": "spell",
}
ASKED_BY |= {name: "equipment" for name, record in CHOICES.items() if record["choice"] == "starting equipment"}
ASKED_BY["bard-core_bard_traits-musical_instrument_of_equipment_a"] = "instrument"
# The place among several of one name.
PLACES = {f"warlock-mystic_arcanum-spell_of_level_{level}": 2 * level - 1 for level in range(6, 10)}
# An option that must be taken first.
AFTER = {
    "bard-core_bard_traits-musical_instrument_of_equipment_a": ("package_a",),
    "paladin-fighting_style-cantrips": ("blessed_warrior",),
    "ranger-fighting_style-cantrips": ("druidic_warrior",),
    "elf-elven_lineage-cantrip": ("high_elf",),
    "magic_initiate-two_cantrips-cantrips": ("cleric",),
    "magic_initiate-level_1_spell-spell": ("cleric",),
}
# Choices that are the entries of a list, with how many the field counts.
COUNTED = {
    "cantrips": "magic.cantrips_maximum",
    "prepared spells": "magic.prepared_maximum",
    "spells of the spellbook": "book_given",
}
# Asked by another line, tested in a test of its own below, or not asked by the pack.
ELSEWHERE = {
    "bard-magical_secrets-list_of_new_prepared_spells": "the spell lists of the class",
    "cleric-divine_order-cantrip": "one cantrip more",
    "druid-primal_order-cantrip": "one cantrip more",
    "wizard-memorize_spell-prepared_spell_in_exchange": "prepared spells are a list that may be edited at any time",
    "pact_of_the_blade-pact_weapon": "an element of the inventory",
    "character_creation-choose_languages-languages": "asked of every character",
    "character_creation-multiclassing-class_of_a_level": "the sequence of levels; prerequisites.json has what it takes",
}
AS_SECOND_CLASS = [name for name in CHOICES if "as_a_multiclass_character" in name]
LISTS = [
    name
    for name, record in CHOICES.items()
    if record["choice"] in COUNTED and record["feature"] in {"Spellcasting", "Pact Magic"}
]
SUBCLASSES = [name for name, record in CHOICES.items() if record["choice"] == "subclass"]
OWN = [name for name in CHOICES if name not in {*ELSEWHERE, *AS_SECOND_CLASS, *LISTS, *SUBCLASSES}]

# ---- words for what is offered

LABELS = {
    "one +2 and another +1": "+2 and +1",
    "all three +1": "+1, +1 and +1",
    "one +2": "+2",
    "two +1": "+1 and +1",
}
DRAGONS = {"black": "acid", "blue": "lightning", "brass": "fire", "bronze": "lightning", "copper": "acid", "gold": "fire"}
DRAGONS |= {"green": "poison", "red": "fire", "silver": "cold", "white": "cold"}
# A Short Rest is the shorter occasion; a choice has one event.
AGAIN = {"short_or_long_rest": "short_rest"}


def asking(name: str) -> Line:
    record = CHOICES[name]
    of_class = record["of"].startswith(("class", "subclass"))
    lines = [line for line in entries()[entry_id(record)].all() if line.word == "choose"]
    found = [line for line in lines if not of_class or record["feature"] in line.headings]
    if name in ASKED_BY:
        found = [line for line in found if line.name == ASKED_BY[name]]
    else:
        found = [line for line in found if line.name != "equipment" and not line.option.startswith("package")]
    assert len(found) == 1, [line.text for line in lines]
    return found[0]


def who_of(name: str, level: int) -> Who:
    return Who(CHOICES[name]["of"], level, options=AFTER.get(name, ()))


def asked(name: str, level: int) -> list[rc.OpenChoice]:
    """The open choices of a record on the sheet of a hero, decided ones too; of `at` several."""
    wanted = f"{PLACES[name]}.{asking(name).name}" if name in PLACES else asking(name).name
    who = who_of(name, level)
    owner = owners()[CHOICES[name]["of"]].name
    every = [each for each in who.hero.options(decided=True) if f".{each.id}".endswith(f".{wanted}")]
    return [each for each in every if owner in each.id.split(".")]


@pytest.mark.parametrize("name", OWN)
def test_how_many_are_chosen(name: str):
    """At each level, and none one level before."""
    record = CHOICES[name]
    for level in levels_of(record):
        number = who_of(name, level).number(record["number"])
        assert sum(each.count for each in asked(name, level)) == number, level
    if record["level"] > 1 and record["of"].startswith(("class", "subclass")):
        assert asked(name, record["level"] - 1) == []


@pytest.mark.parametrize("name", OWN)
def test_what_is_offered(name: str):
    """By name, or all that the description means; at 20 for what grows with levels."""
    record = CHOICES[name]
    for level in {record["level"], 20}:
        for each in asked(name, level):
            if isinstance(record["from"], list):
                labels = {option.label.lower().removesuffix(" spells").partition(":")[0] for option in each.options}
                assert labels == named(record), level
            else:
                assert set(each.candidates) | set(each.picked) == described(name, level), level


def named(record: Record) -> set[str]:
    words = [LABELS.get(word, word.lower()) for word in record["from"]]
    return {DRAGONS[word] for word in words} if record["choice"] == "dragon" else set(words)


def described(name: str, level: int) -> set[str]:
    text, who = CHOICES[name]["from"], who_of(name, level)
    if text.startswith("Fighting Style feats, or"):
        return {"feat_style", slug(text.rpartition(", or ")[2])}
    if "of the chosen list" in text:
        wanted = 0 if "cantrips" in text else 1
        return {spell for spell, book in table("spells").items() if book["level"] == wanted and "cleric" in book["lists"]}
    if "spellbook" in text:  # the hero's is empty
        return set()
    return OFFERED[text](who)


@pytest.mark.parametrize("name", OWN)
def test_when_it_may_be_changed(name: str):
    again = re.search(r" again on (\w+)", asking(name).text)
    wanted = CHOICES[name].get("again")
    assert (again and again[1]) == AGAIN.get(wanted, wanted)


@pytest.mark.parametrize("name", LISTS)
def test_the_entries_of_a_list(name: str):
    """How many cantrips, prepared spells and spells of the book a level allows, and from which lists."""
    record = CHOICES[name]
    field = COUNTED[record["choice"]]
    if record["of"] == "class: Warlock":
        field = field.replace("magic", "pact_magic")
    source = field.partition(".")[0]
    for level in range(1, 21):
        who = Who(record["of"], level)
        of_class = owners()[record["of"]].name
        assert who.value(f"{of_class}.{field}") == who.number(record["number"]), level
        if source != "book_given" and level < 10:
            assert who.value(f"{of_class}.{source}.spell_lists") == [of_class]


@pytest.mark.parametrize("name", SUBCLASSES)
def test_subclasses(name: str):
    """Chosen at level 3, of those of the class."""
    record = CHOICES[name]
    of_class = owners()[record["of"]].name
    assert not [each for each in Who(record["of"], record["level"] - 1).hero.options(decided=True) if "subclass" in each.id]
    [found] = [each for each in Who(record["of"], record["level"]).hero.options() if each.id == f"{of_class}.3.subclass"]
    assert (found.count, [option.label for option in found.options]) == (record["number"], record["from"])


def together(*classes: str) -> rc.Character:
    return ruleset().new("character", {"collections": {"levels": [{"class": name} for name in classes]}})


@pytest.mark.parametrize("name", AS_SECOND_CLASS)
def test_what_a_second_class_asks(name: str):
    record = CHOICES[name]
    of_class = owners()[record["of"]].name
    line = "musical_instruments" if record["choice"] == "tool proficiency" else "skills"
    [found] = [each for each in together("fighter", of_class).options() if each.id == f"{of_class}.{line}"]
    assert found.count == record["number"]
    offered = (
        {slug(word) for word in record["from"]}
        if isinstance(record["from"], list)
        else OFFERED[record["from"]](Who(record["of"], 1))
    )
    assert set(found.candidates) == offered


@pytest.mark.parametrize("name", [name for name in OWN if "when it is the first class" in (CHOICES[name].get("note") or "")])
def test_what_only_a_first_class_asks(name: str):
    record = CHOICES[name]
    of_class = owners()[record["of"]].name
    first = "wizard" if of_class != "wizard" else "fighter"
    more = {each.partition("-")[0] for each in AS_SECOND_CLASS}
    found = [each.id for each in together(first, of_class).options(decided=True) if each.id == f"{of_class}.{asking(name).name}"]
    assert bool(found) is (of_class in more and record["choice"] != "starting equipment")


def test_what_is_asked_in_another_way():
    """Magical Secrets widens the lists, an Order brings one more cantrip, all speak two more languages."""
    bard = CHOICES["bard-magical_secrets-list_of_new_prepared_spells"]
    assert Who(bard["of"], bard["level"]).value("bard.magic.spell_lists") == sorted(slug(word) for word in bard["from"])
    for name, option in (("cleric-divine_order-cantrip", "thaumaturge"), ("druid-primal_order-cantrip", "magician")):
        of, field = CHOICES[name]["of"], f"{name.partition('-')[0]}.magic.cantrips_maximum"
        assert Who(of, 1, options=(option,)).value(field) == Who(of, 1).value(field) + CHOICES[name]["number"]
    languages = CHOICES["character_creation-choose_languages-languages"]
    [found] = [each for each in Who("class: Bard", 1).hero.options() if each.id == "known_languages"]
    assert (found.count, set(found.candidates)) == (languages["number"], OFFERED[languages["from"]](Who("class: Bard", 1)))


@pytest.mark.parametrize("of_class", ["rogue", "bard"])
def test_expertise_is_for_a_skill_with_proficiency(of_class: str):
    """All skills are offered, and one without proficiency is a finding."""
    at = f"{of_class}.{1 if of_class == 'rogue' else 2}.expertise"
    document = {"collections": {"levels": [{"class": of_class}] * 2}, "choices": {f"{of_class}.skills": ["stealth"]}}
    for skill, allowed in (("stealth", True), ("arcana", False)):
        hero = ruleset().new("character", {**document, "choices": {**document["choices"], at: [skill]}})
        assert all("Expertise needs" not in finding.message for finding in hero.findings) is allowed


def test_a_rogue_masters_weapons_of_the_own_training():
    """A longbow is neither Simple nor Finesse nor Light; as a second class a Rogue has the weapons of the first."""
    for weapon, allowed in (("dagger", True), ("rapier", True), ("whip", True), ("longbow", False), ("greatsword", False)):
        document = {"collections": {"levels": [{"class": "rogue"}]}, "choices": {"rogue.masteries": [weapon]}}
        hero = ruleset().new("character", document)
        assert all("weapon without proficiency" not in finding.message for finding in hero.findings) is allowed, weapon
    monk = [{"class": "monk"}, {"class": "rogue"}]
    for weapon, allowed in (("scimitar", True), ("rapier", False)):
        hero = ruleset().new("character", {"collections": {"levels": monk}, "choices": {"rogue.masteries": [weapon]}})
        assert all("weapon without proficiency" not in finding.message for finding in hero.findings) is allowed, weapon


def test_no_choice_is_missing_in_the_facts():
    """The other way round: what content of the pack asks has a record, or is a part of one."""
    kinds = {entry.kind for entry in owners().values()}
    told = {(entry_id(CHOICES[name]), asking(name).name) for name in OWN} | {("invocation.pact_of_the_blade", "blade")}
    made = {
        (entry, line.name)
        for entry, whole in entries().items()
        if entry.partition(".")[0] in kinds
        for line in whole.all()
        if line.word == "choose" and line.headings and not (line.option.startswith("package") and line.name != "instrument")
    }
    within = {("class.paladin", "style"), ("class.ranger", "style"), ("feat.ability_score_improvement", "raised")}
    within |= {(f"background.{name}", part) for name in table("backgrounds") for part in ("one", "two")}
    assert made - told == within
