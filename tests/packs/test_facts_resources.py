"""The packs against `tests/facts/resources.json`: each pool, when it comes, how much it holds, what gives it back."""

from functools import cache
from itertools import chain
from typing import Any

import pytest

import rulecore as rc
from tests.packs.comparing import SCORES, Who, entry_id, facts, levels_of, owners, ruleset
from tests.packs.lines_of import Line, entries, regained

RESOURCES = facts("resources")

# Where the sheet has another label than the book's word.
NAMED = {"circle_of_the_land-natural_recovery": "natural_recovery"}
# What counts up without a limit is a field that counts, and no pool.
COUNTERS = {"barbarian-relentless_rage": "relentless_uses", "evoker-overchannel": "overchannel_uses"}
# Pools of the pack that the facts have elsewhere, or nowhere.
ELSEWHERE = {
    "class.druid.resurgence_of_turn": "what holds Wild Resurgence to one use a turn",
    "class.ranger.favored_enemy": "free_castings.json has the castings of Hunter's Mark",
    "species.gnome.devices": "how many clockwork devices there are at a time",
    "subclass.circle_of_the_land.natural_recovery_spell": "free_castings.json has the Circle Spell",
}
# What gives something back beside the rests: as the facts say it, the occasion in the pack, and how much it writes there.
OTHERS = {
    "expend a use of Rage": ("restore_presence", "1"),
    "expend a spell slot: 1": ("font_of_inspiration", "1"),
    "rolling Initiative: up to 2": ("initiative_rolled", "to highest(0, bardic_inspiration.maximum - 2)"),
    "expend a spell slot when none is left, once on each of your turns: 1": ("regain_shape", "1"),
    "rolling Initiative with none left: 1": ("initiative_rolled", "1"),
    "rolling Initiative with Uncanny Metabolism: all": ("uncanny_metabolism", "all"),
    "rolling Initiative without Uncanny Metabolism: up to 4": ("perfect_focus", "to focus.maximum - 4"),
    "rolling Initiative with Persistent Rage: all": ("recover_rages", "all"),
    "expend a level 5 spell slot": ("restore_nimbus", "1"),
    "expend a spell slot: its level": ("slot_to_points", "slot.number"),
    "Sorcerous Restoration at a Short Rest: half of level": ("restore_points", "sorcerous_restoration_points"),
    "expend 3 Sorcery Points": ("restore_wings", "1"),
    "Magical Cunning: half of the maximum, rounded up": ("magical_cunning", "cunning_slots"),
    "Magical Cunning: all": ("magical_cunning", "cunning_slots"),
    "expend a Pact Magic spell slot": ("restore_hurl", "1"),
    "the start of your next turn": ("turn_starts", "all"),
    "rolling Initiative": ("initiative_rolled", "all"),
}
# What only delays a rest.
DELAYED = {"after Wish: 2d4 Long Rests": "refill on long_rest when rests_after_wish <= 1"}
SHARED = {"Hit Point Dice", "Spell Slots", "Pact Magic", "Heroic Inspiration"}
OWN = {name: record for name, record in RESOURCES.items() if record["label"] not in SHARED}
POOLS = [name for name in OWN if name not in COUNTERS]


def made_by(name: str) -> Line:
    """The line of the pack that makes the pool of a record."""
    label = OWN[name]["label"]
    lines = [line for line in entries()[entry_id(OWN[name])].all() if line.word == "resource"]
    found = [line for line in lines if line.name == NAMED.get(name)] or [line for line in lines if line.label == label]
    assert len(found) == 1, f"{label}: {[line.text for line in lines]}"
    return found[0]


def pool_of(name: str) -> str:
    return COUNTERS.get(name) or made_by(name).name


@pytest.mark.parametrize("name", POOLS)
def test_a_pool_holds_as_much_as_the_book_says(name: str):
    record, pool = OWN[name], pool_of(name)
    for level in levels_of(record):
        for scores in SCORES:
            who = Who(record["of"], level, scores)
            assert who.value(f"{who.path(pool)}.maximum") == who.number(record["maximum"]), (level, scores)
            if record["die"]:
                assert who.value(f"{who.path(pool)}.die") == who.number(record["die"]), level


@pytest.mark.parametrize("name", OWN)
def test_a_pool_comes_at_its_level(name: str):
    record, pool = OWN[name], pool_of(name)
    assert Who(record["of"], record["level"]).path(pool) is not None
    if record["level"] > 1 and not record["of"].startswith(("invocation", "feat")):
        assert Who(record["of"], record["level"] - 1).path(pool) is None


@pytest.mark.parametrize("name", [*OWN, "warlock-pact_magic"])
def test_what_comes_back_of_a_pool(name: str):
    """By each event, hook and card, no more and no less, at the levels at which that changes."""
    record = RESOURCES[name]
    pool = "pact_slots" if name == "warlock-pact_magic" else pool_of(name)
    lines = list(chain(entries()[entry_id(record)].all(), entries()["character"].all()))
    rows = record["recovers"] if isinstance(record["recovers"], list) else [record["recovers"]]
    for place, row in enumerate(rows):
        until = rows[place + 1]["from_level"] - 1 if place + 1 < len(rows) else 20
        for level in {row.get("from_level", record["level"]), until}:
            assert regained(lines, pool, level) == wanted_back(row), level
    delayed = [DELAYED[row["other"]] for row in rows if row["other"] in DELAYED]
    assert all(text in made_by(name).written() for text in delayed)


@cache
def rested(of: str, level: int, rest: str) -> rc.Character:
    """A hero whose pools were all spent, after a rest."""
    document = Who(of, level).hero.document
    spent = {Who(of, level).path(f"{pool_of(name)}.spent"): 1000 for name in POOLS if OWN[name]["of"] == of}
    counted = {Who(of, level).path(COUNTERS[name]): 3 for name in COUNTERS if OWN[name]["of"] == of}
    maxima = {path: Who(of, level).value(path.replace(".spent", ".maximum")) for path in spent if path is not None}
    fields = {**document["fields"], **maxima, **{path: number for path, number in counted.items() if path is not None}}
    hero = ruleset().character({**document, "fields": fields})
    hero.act(rest)
    return hero


@pytest.mark.parametrize("name", OWN)
def test_a_rest_is_played(name: str):
    """All that was spent stays spent, comes back, or so much of it."""
    record = OWN[name]
    for row in record["recovers"] if isinstance(record["recovers"], list) else [record["recovers"]]:
        who = Who(record["of"], row.get("from_level", record["level"]))
        path = who.path(COUNTERS.get(name) or f"{pool_of(name)}.spent")
        assert path is not None
        spent = 3 if name in COUNTERS else who.value(path.replace(".spent", ".maximum"))
        for rest in ("short_rest", "long_rest"):
            back = {"all": spent, None: 0}.get(row[rest], row[rest])
            assert rested(who.of, who.level, rest)[path] == spent - back, (who.level, rest)


def wanted_back(row: dict[str, Any]) -> dict[str, str]:
    rests = {rest: str(row[rest]) for rest in ("short_rest", "long_rest") if row[rest] is not None}
    others = [each for each in (row["other"] or "").split("; ") if each and each not in DELAYED]
    return rests | dict(OTHERS[each] for each in others)


def test_no_pool_is_missing_in_the_facts():
    """The other way round: what content of the pack makes as a resource has a record, or a reason."""
    told = {f"{entry_id(OWN[name])}.{pool_of(name)}" for name in POOLS}
    kinds = {entry.kind for entry in owners().values()}
    made = {
        f"{entry}.{line.name}"
        for entry, whole in entries().items()
        if entry.partition(".")[0] in kinds
        for line in whole.all()
        if line.word == "resource"
    }
    assert made == told | set(ELSEWHERE)


# ---- what all characters share


@pytest.mark.parametrize("name", [name for name, record in RESOURCES.items() if record["label"] == "Hit Point Dice"])
def test_hit_point_dice(name: str):
    record = RESOURCES[name]
    for level in (1, 20):
        who = Who(record["of"], level)
        die = who.number(record["die"]).removeprefix("1")
        assert who.value(f"{die}_hit_point_dice.maximum") == who.number(record["maximum"]) == level
    assert regained(entries()["character"].all(), "hit_point_die", 1) == {"long_rest": record["recovers"]["long_rest"]}


@pytest.mark.parametrize("name", [name for name, record in RESOURCES.items() if record["label"] == "Spell Slots"])
def test_spell_slots(name: str):
    """Those of the rule for several classes with Wizard and Sorcerer levels in turn."""
    record = RESOURCES[name]
    for level in {1, record["level"] - 1, *levels_of(record)} - {0}:
        if record["of"].startswith("rule"):
            mixed = [{"class": ("wizard", "sorcerer")[number % 2]} for number in range(level)]
            held = ruleset().new("character", {"collections": {"levels": mixed}})
        else:
            held = Who(record["of"], level).hero
        wanted = Who("class: Wizard", level).number(record["maximum"]) if level >= record["level"] else 0
        assert held[f"level_{record['spell_level']}_slots.maximum"] == wanted, level
    assert regained(entries()["character"].all(), "spell_slot", 1) == {"long_rest": record["recovers"]["long_rest"]}


def test_half_casters_add_half_their_levels_rounded_up():
    """As the note of the rule for several classes has it."""
    for levels, slots in ((["paladin", "ranger"], 3), (["paladin"] * 3 + ["cleric"] * 2, 4)):
        held = ruleset().new("character", {"collections": {"levels": [{"class": name} for name in levels]}})
        assert held["level_1_slots.maximum"] == slots


def test_pact_magic():
    record = RESOURCES["warlock-pact_magic"]
    for level in range(1, 21):
        who = Who(record["of"], level)
        assert who.value("pact_slots.maximum") == who.number(record["maximum"])
        assert who.value("pact_slot_level") == who.number(record["spell_level"])


def test_heroic_inspiration():
    """One or none, so a switch; the note names two who gain it."""
    assert Who("class: Wizard", 1).value("heroic_inspiration") is False
    human = [line.occasion for line in entries()["species.human"].all() if line.text == "change heroic_inspiration to true"]
    champion = [
        (line.occasion, line.level) for line in entries()["subclass.champion"].all() if "heroic_inspiration to" in line.text
    ]
    assert (human, champion) == (["long_rest"], [("turn_starts", 10)])
