"""The packs against `tests/facts/prerequisites.json`: each is refused when it is not met and allowed when it is."""

from typing import Any

import pytest

import rulecore as rc
from tests.packs.comparing import ABILITIES, Record, facts, owners, ruleset, slug

PREREQUISITES = facts("prerequisites")


def of_category(*categories: str) -> list[str]:
    return [name for name, record in PREREQUISITES.items() if record["category"] in categories]


FEATS = of_category("origin", "general", "fighting_style", "epic_boon")
# Where a hero of a class has room for a feat at a level: any feat stands there, offered or not.
ROOM = {1: "human.feat", 3: "human.feat", 4: "4.improvement", 18: "16.improvement", 19: "19.boon"}
CANTRIPS = {"chill_touch": {"spell": "chill_touch"}, "eldritch_blast": {"spell": "eldritch_blast"}}
CANTRIPS |= {"poison_spray": {"spell": "poison_spray"}}


def label_of(name: str) -> str:
    return PREREQUISITES[name]["of"].partition(": ")[2]


def made(*classes: str, choices: Any = (), lists: Any = (), **scores: int) -> rc.Character:
    """A Human with these levels."""
    fields = {"species": "human", **{f"{ability}.base": score for ability, score in scores.items()}}
    collections = {"levels": [{"class": name} for name in classes], **dict(lists)}
    return ruleset().new("character", {"collections": collections, "fields": fields, "choices": dict(choices)})


def reasons(hero: rc.Character, label: str) -> list[str]:
    """Why something may not be there: what its own prerequisites say."""
    return [each.message for each in hero.findings if each.code == "requires.failed" and each.message.startswith(f"{label} (")]


# ---- classes


@pytest.mark.parametrize("name", of_category("class"))
@pytest.mark.parametrize("first", [True, False], ids=["first", "second"])
def test_several_classes(name: str, first: bool):
    """Each ability at 12 and at 13, with all others high; the first class has to qualify as well. One class alone never has."""
    wanted = PREREQUISITES[name]["prerequisites"]["abilities"]
    least = wanted["at_least"]
    of_class, other = owners()[PREREQUISITES[name]["of"]].name, "wizard" if name != "wizard" else "bard"
    classes = (of_class, other) if first else (other, of_class)
    asked = wanted.get("all") or wanted["any"]
    high = dict.fromkeys(ABILITIES, 16)
    assert reasons(made(of_class, of_class, **dict.fromkeys(ABILITIES, 8)), label_of(name)) == []
    assert reasons(made(*classes, **high), label_of(name)) == []
    for ability in ABILITIES:
        low = {**high, ability: least - 1}
        refused = ability in wanted.get("all", ())
        assert bool(reasons(made(*classes, **low), label_of(name))) is refused, ability
    none, one = {**high, **dict.fromkeys(asked, least - 1)}, {**high, **dict.fromkeys(asked, least)}
    assert reasons(made(*classes, **none), label_of(name))
    assert reasons(made(*classes, **one), label_of(name)) == []
    for ability in wanted.get("any", ()):
        assert reasons(made(*classes, **{**none, ability: least}), label_of(name)) == [], ability


# ---- invocations


def warlock(level: int, *invocations: str, cantrips: Any = CANTRIPS, **choices: list[str]) -> rc.Character:
    picked = {f"warlock.invocations.{path.replace('__', '.')}": value for path, value in choices.items()}
    lists = {"warlock.pact_magic.cantrips": cantrips}
    return made(*["warlock"] * level, choices={"warlock.invocations": list(invocations), **picked}, lists=lists)


@pytest.mark.parametrize("name", of_category("invocation"))
def test_an_invocation(name: str):
    """Its level, the invocation below it, and a cantrip; each taken away for itself."""
    record, label = PREREQUISITES[name], label_of(name)
    wanted = record["prerequisites"]
    least = wanted.get("class_level", {}).get("warlock", 1)
    below = [slug(wanted["invocation"])] if "invocation" in wanted else []
    below += ["pact_of_the_blade"] if "thirsting_blade" in below else []
    assert reasons(warlock(least, *below, name), label) == []
    if least > 1:
        [reason] = reasons(warlock(least - 1, *below, name), label)
        assert reason.endswith(f": Warlock level {least}")
    if below:
        [reason] = reasons(warlock(least, name), label)
        assert reason.endswith(f": {wanted['invocation']}")
    if "cantrip" in wanted:
        [reason] = reasons(warlock(least, name, cantrips={"m": {"spell": "mage_hand"}}), label)
        assert "a Warlock cantrip that deals damage" in reason


@pytest.mark.parametrize("name", of_category("invocation"))
def test_an_invocation_taken_twice(name: str):
    """Only what is repeatable, and then each time for something else."""
    record, label = PREREQUISITES[name], label_of(name)
    assert owners()[record["of"]].properties.get("repeatable", False) is record["repeatable"]
    if not record["repeatable"]:
        assert [each for each in reasons(warlock(20, name, name), label) if "more than once" in each]
        return
    choice, same, other = (
        ("lesson", "alert", "skilled") if name.startswith("lessons") else ("cantrip", "eldritch_blast", "poison_spray")
    )
    for second, allowed in ((other, True), (same, False)):
        picked = {f"{name}__{choice}": [same], f"{name}#2__{choice}": [second]}
        assert (reasons(warlock(20, name, name, **picked), label) == []) is allowed, second


def test_the_cantrip_of_an_invocation_is_a_known_one():
    for cantrip, allowed in (("eldritch_blast", True), ("poison_spray", False)):
        known = {"e": {"spell": "eldritch_blast"}}
        for name in ("agonizing_blast", "eldritch_spear", "repelling_blast"):
            hero = warlock(5, name, cantrips=known, **{f"{name}__cantrip": [cantrip]})
            assert (reasons(hero, label_of(name)) == []) is allowed, (name, cantrip)


# ---- metamagic


@pytest.mark.parametrize("name", of_category("metamagic"))
def test_a_metamagic_option(name: str):
    """Its price, whether it goes with another option, and that it is known once. Only the feature asks for one."""
    record, entry = PREREQUISITES[name], owners()[PREREQUISITES[name]["of"]]
    assert entry.properties.get("cost", 1) == record["cost"]["number"]
    assert ("beside another option" in (entry.text or "")) is record["with_another_option"]
    twice = {"sorcerer.2.metamagic": [name], "sorcerer.10.metamagic": [name]}
    assert reasons(made(*["sorcerer"] * 10, choices={"sorcerer.2.metamagic": [name]}), label_of(name)) == []
    assert reasons(made(*["sorcerer"] * 10, choices=twice), label_of(name))
    assert not [each.id for each in made("sorcerer").options(decided=True) if "metamagic" in each.id]


# ---- feats


def with_feat(name: str, level: int, of_class: str = "fighter", **scores: int) -> rc.Character:
    room = ROOM[level] if level < 4 else f"{of_class}.{ROOM[level]}"
    return made(*[of_class] * level, choices={room: [name]}, **scores)


@pytest.mark.parametrize("name", FEATS)
def test_a_feat(name: str):
    """Its level, abilities and feature, each taken away for itself."""
    record, label = PREREQUISITES[name], label_of(name)
    wanted = record["prerequisites"]
    level = wanted.get("level", 4)
    needs_spells = wanted.get("feature") == "Spellcasting"
    of_class = "wizard" if needs_spells else "fighter"
    high = dict.fromkeys(ABILITIES, 14)
    assert reasons(with_feat(name, level, of_class, **high), label) == []
    if "level" in wanted:
        [reason] = reasons(with_feat(name, level - 1, of_class, **high), label)
        assert reason.endswith(f": level {level}")
    if "abilities" in wanted:
        least = wanted["abilities"]["at_least"]
        low = {**high, **dict.fromkeys(wanted["abilities"]["any"], least - 1)}
        assert len(reasons(with_feat(name, level, **low), label)) == 1
        assert all(reasons(with_feat(name, level, **{**low, each: least}), label) == [] for each in wanted["abilities"]["any"])
    if wanted.get("feature") == "Fighting Style":
        assert len(reasons(with_feat(name, 4, "wizard"), label)) == 1
        assert reasons(with_feat(name, 4, "paladin"), label) == reasons(with_feat(name, 4, "ranger"), label) == []
    if needs_spells:
        assert len(reasons(with_feat(name, level, "fighter"), label)) == 1
        assert len(reasons(with_feat(name, level, "warlock"), label)) == 1, "Pact Magic is another feature"
        assert reasons(with_feat(name, level, "paladin"), label) == []


@pytest.mark.parametrize("name", FEATS)
def test_a_feat_taken_twice(name: str):
    record = PREREQUISITES[name]
    assert owners()[record["of"]].properties.get("repeatable", False) is record["repeatable"]
    rooms = {f"fighter.{place}": [name] for place in ("4.improvement", "19.boon")}
    twice = made(*["fighter"] * 19, choices=rooms, **dict.fromkeys(ABILITIES, 14))
    refused = [each for each in reasons(twice, label_of(name)) if "more than once" in each]
    assert bool(refused) is not record["repeatable"]


def test_magic_initiate_twice_is_for_two_lists():
    for second, allowed in (("druid", True), ("cleric", False)):
        choices = {"human.feat": ["magic_initiate"], "fighter.4.improvement": ["magic_initiate"]}
        choices["human.feat.magic_initiate.source"] = ["cleric"]
        choices["fighter.4.improvement.magic_initiate.source"] = [second]
        assert (reasons(made(*["fighter"] * 4, choices=choices), "Magic Initiate") == []) is allowed, second


RAISING = [name for name in FEATS if "ability_increase" in PREREQUISITES[name]]


@pytest.mark.parametrize("name", RAISING)
def test_a_feat_raises_abilities_up_to_its_cap(name: str):
    """Every ability it allows, by as much as it says, and not above the cap; no other is offered."""
    increase = PREREQUISITES[name]["ability_increase"]
    level = PREREQUISITES[name]["prerequisites"]["level"]
    room = f"fighter.{ROOM[level]}"
    allowed = list(ABILITIES) if increase["of"] == "all" else increase["of"]
    for amounts in increase["amounts"]:
        path = f"{room}.{name}"
        choices: dict[str, list[str]] = {room: [name]}
        if len(increase["amounts"]) > 1:
            option = "two_points" if len(amounts) == 1 else "one_each"
            choices[f"{path}.increase"] = [option]
            path = f"{path}.increase.{option}"
        plain = made(*["fighter"] * level, choices=choices)
        [asked] = [each for each in plain.options(decided=True) if each.id == f"{path}.raised"]
        assert (asked.count, set(asked.candidates)) == (len(amounts), set(allowed))
        for picked in (allowed, allowed[::-1]):
            chosen = picked[: len(amounts)]
            for base in (15, increase["cap"] - 1, increase["cap"]):
                hero = made(*["fighter"] * level, choices={**choices, f"{path}.raised": chosen}, **dict.fromkeys(ABILITIES, base))
                wanted = {each: min(increase["cap"], base + amounts[0]) if each in chosen else base for each in ABILITIES}
                assert {each: hero[f"{each}.score"] for each in ABILITIES} == wanted, (base, chosen)


def test_every_entry_with_a_prerequisite_has_a_record():
    """The other way round: classes, invocations, Metamagic options and feats of the pack."""
    told: set[str] = {record["of"] for record in PREREQUISITES.values()}
    kinds = ("class", "invocation", "metamagic", "feat")
    assert {of for of in owners() if of.startswith(tuple(f"{kind}:" for kind in kinds))} == told


def test_records_are_read_as_they_are_meant():
    """A prerequisite that no test above knows would go untested."""
    known = {"abilities", "level", "class_level", "invocation", "cantrip", "feature"}
    records: list[Record] = list(PREREQUISITES.values())
    assert {key for record in records for key in record["prerequisites"]} <= known
    assert {record["prerequisites"].get("feature") for record in records} <= {None, "Metamagic", "Fighting Style", "Spellcasting"}
