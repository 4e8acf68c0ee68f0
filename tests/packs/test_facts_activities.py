"""The packs against `tests/facts/activities.json`: each activity, when it comes, what it takes, spends, does and gives back."""

import re
from typing import Any

import pytest

from tests.packs.cards import BACK, BY_ITSELF, CARDS, HEADS, LATER, MORE, POOLS, SPENT, TEXT_ALONE, given, own_lines, spent
from tests.packs.comparing import SCORES, Record, Who, entry_id, facts, levels_of, owners
from tests.packs.lines_of import OCCASIONS, Line, begun, entries, plain

ACTIVITIES = facts("activities")
DO = {"action", "magic_action", "utilize_action", "replaces_attack", "bonus_action", "reaction", "initiative"}
# Where the DC stands on no card of its own.
DIFFICULTIES = {
    "barbarian-relentless_rage": "relentless_dc",
    "monk-martial_arts-dexterous_attacks": "grapple_dc",
    "monk-deflect_attacks-redirect_attack": "deflect_attacks.difficulty",
    "monk-stunning_strike": "monk.save_dc",
    "warrior_of_the_open_hand-open_hand_technique-push": "monk.save_dc",
    "warrior_of_the_open_hand-open_hand_technique-topple": "monk.save_dc",
    "warrior_of_the_open_hand-quivering_palm-end_the_vibrations_in_place_of_an_attack": "quivering_palm.difficulty",
    **{f"rogue-cunning_strike-{name}": "cunning_strike_dc" for name in ("poison", "trip")},
    **{f"rogue-devious_strikes-{name}": "cunning_strike_dc" for name in ("daze", "knock_out", "obscure")},
}
# A number that another feature has on the sheet.
FIELDS = {
    "college_of_lore-cutting_words": "bard.bardic_inspiration.die",
    "college_of_lore-peerless_skill": "bard.bardic_inspiration.die",
    "hunter-superior_hunters_prey": "ranger.mark_die",
}
# A number that stands in a line as it is played, or in words, and in no field.
WRITTEN = {
    "monk-uncanny_metabolism-healing": "raise heal(level + roll(die))",
    "paladin-lay_on_hands-healing": "raise target.heal(points)",
    "lifedrinker-drink_life-healing": "raise heal(highest(1, roll(dice(1, die.faces)) + constitution.modifier))",
    "two_weapon_fighting-damage": "set every weapon_attack.off_hand_modifier to true",
    "boon_of_irresistible_offense-overwhelming_strike-damage": '"Overwhelming Strike": int 0..30 = raised.score',
    "evoker-sculpt_spells-targets": "1 + the spell's level of creatures",
}
LIMITS = r"\bonce\b|\b1 use a turn|this turn|first \w+ hit of your turn|each of your turns|\b(?:1 creature|devices) at a time"
# What the pack leaves out on purpose.
UNSAID = {
    "monk-martial_arts-dexterous_attacks": "the rules for Grapple and Shove name both saves",
}
NUMBERS = ("damage", "healing", "temporary_hit_points", "roll", "targets", "attacks", "range", "self_damage")


def block(record: Record) -> list[Line]:
    """The lines under the heading of a record, and the lasting effects that they begin; of a small entry all."""
    whole = entries()[entry_id(record)]
    of_class = record["of"].startswith(("class", "subclass"))
    lines = [line for line in whole.all() if not of_class or {record["feature"], *record["improved_by"]} & set(line.headings)]
    return [*lines, *begun(lines)]


def options(lines: list[Line], name: str) -> tuple[str, ...]:
    """The option that a record is about, where there are options."""
    made = [line.option for line in lines if line.word == "option" and (line.label == name or name.startswith(f"{line.label}:"))]
    return tuple(made)


def card_of(name: str) -> Line | None:
    """The card, event or hook by which a record is done: by its label, or by the table; none where a text says it alone."""
    record = ACTIVITIES[name]
    cards = [line for line in block(record) if line.word in OCCASIONS and name not in TEXT_ALONE]
    found = [line for line in cards if (line.name == CARDS[name] if name in CARDS else line.label == record["name"])]
    assert len(found) <= 1, [line.text for line in found]
    return found[0] if found else None


def said(record: Record) -> str:
    return plain("\n".join(line.text for line in block(record)))


@pytest.mark.parametrize("name", ACTIVITIES)
def test_an_activity_is_there_from_its_level_on(name: str):
    record, card, level = ACTIVITIES[name], card_of(name), ACTIVITIES[name]["level"]
    lines, of_class = block(record), record["of"].startswith(("class", "subclass"))
    assert lines, f"no line cites {record['feature']}"
    if card is None:
        assert name not in CARDS, "the card is gone"
        written = re.compile(rf"\b{level} ->|level >= {level}\b|level {level}\b")
        assert (
            name in TEXT_ALONE
            or record["of"].startswith("metamagic")
            or (record["activation"] not in DO and not record["spends"])
        ), [line.text for line in lines]
        assert not of_class or any(line.level == level or written.search(line.text) for line in lines)
        return
    assert (card.card or card.word) in HEADS.get(record["activation"], BY_ITSELF), card.text
    assert not of_class or card.level == level or name in LATER
    if card.word == card.card:
        chosen = options(lines, record["name"])
        assert Who(record["of"], level, options=chosen).path(card.name) is not None
        if level > 1 and record["of"].startswith(("class", "subclass", "species")):
            assert Who(record["of"], level - 1, options=chosen).path(card.name) is None


@pytest.mark.parametrize("name", [name for name in ACTIVITIES if card_of(name)])
def test_what_an_activity_spends_and_gives_back(name: str):
    record, card = ACTIVITIES[name], card_of(name)
    assert card is not None
    wanted = {each["resource"]: str(each["number"]) for each in record["spends"]}
    assert spent(card) == SPENT.get(name, wanted)
    costs = [line.text.rpartition(".")[2].removeprefix("cost: ") for line in own_lines(card) if line.word == "cost:"]
    assert {POOLS[cost] for cost in costs} <= set(SPENT.get(name, wanted))
    back = record["gives_back"]
    assert given(card) == ({back["resource"]: BACK.get(name, str(back["number"]))} if back else {})
    if back and "unit" in back:
        assert has_field(record, block(record), {"formula": back["number"]})
        assert f"s.number <= {back['highest_slot']}" in card.written()


@pytest.mark.parametrize("name", [name for name, record in ACTIVITIES.items() if record["of"].startswith("metamagic")])
def test_the_price_of_a_metamagic_option(name: str):
    [price] = ACTIVITIES[name]["spends"]
    assert price["resource"] == "Sorcery Points"
    assert owners()[ACTIVITIES[name]["of"]].properties.get("cost", 1) == price["number"]


WITH_SAVES = {name: record for name, record in ACTIVITIES.items() if record["save"]}


@pytest.mark.parametrize("name", WITH_SAVES)
def test_a_saving_throw(name: str):
    """The DC at each level for several scores; the ability, and what a success leaves, in words."""
    record, text = WITH_SAVES[name], said(WITH_SAVES[name])
    save = record["save"]
    abilities = save["ability"] if isinstance(save["ability"], list) else [save["ability"]]
    if name not in UNSAID:
        assert all(f"{ability} save" in text or f"save_step {ability}" in text for ability in abilities), text
        assert "half" not in save["success"] or "half" in text
    card = card_of(name)
    place = DIFFICULTIES.get(name) or f"{card.name}.difficulty"
    for level in levels_of(record | {"bonus": "proficiency_bonus"}):
        for scores in SCORES:
            who = Who(record["of"], level, scores)
            assert who.value(who.path(place)) == who.number(save["dc"], times_used=0), (level, scores)


PAIRS = [(name, column) for name, record in ACTIVITIES.items() for column in NUMBERS if record.get(column)]


@pytest.mark.parametrize(("name", "column"), PAIRS, ids=[f"{name}-{column}" for name, column in PAIRS])
def test_a_number(name: str, column: str):
    """A field, part or card of its block has it at every level for several scores; or the lines say it."""
    record = ACTIVITIES[name]
    lines, text, value = block(record), said(record), record[column]
    written = WRITTEN.get(f"{name}-{column}")
    if written is not None:
        assert any(written in line.text for line in lines)
    elif value == "touch":
        assert re.search(r"\btouch", text)
    elif column == "range" and isinstance(value, int):
        card = card_of(name)
        assert re.search(rf"\b{value} ft\b|\b(?:within|teleport) {value}\b", text), text
        assert all(line.text == f"range: {value} ft" for line in own_lines(card) if line.word == "range:") if card else True
    elif isinstance(value, int):
        assert re.search(rf"\b{value} (?:\w+ )*(?:attack|strike)", text), text
    else:
        assert has_field(record, lines, value, name) or has_words(value, text), text


def has_field(record: Record, lines: list[Line], value: dict[str, Any], activity: str = "") -> bool:
    names = [line.name for line in lines if line.word == "field"]
    names += [f"{line.name}.die" for line in lines if line.word == "resource"]
    names += [FIELDS[activity]] if activity in FIELDS else []
    chosen = options(lines, record["name"])
    heroes = [Who(record["of"], level, scores, chosen) for level in levels_of(record) for scores in SCORES]
    return any(all(matches(who, name, value) for who in heroes) for name in names)


def matches(who: Who, name: str, value: dict[str, Any]) -> bool:
    """Whether a field has the number; what does not exist yet has 0."""
    path = who.path(name)
    wanted = who.number(value, slot_level=0, spell_level=0, times_used=1)
    return wanted == (0 if path is None else who.value(path))


def has_words(value: dict[str, Any], text: str) -> bool:
    """All of it stands there as numbers or dice, as far as it is no formula."""
    numbers = value["by_level"].values() if "by_level" in value else [value["formula"]]
    return all(re.search(rf"(?<![\w.]){re.escape(str(number))}(?![\w.])", text) for number in numbers)


@pytest.mark.parametrize(
    "name", [name for name, record in ACTIVITIES.items() if record["area"] or record["duration"] or record["limit"]]
)
def test_area_duration_and_limit_are_written_down(name: str):
    record, text = ACTIVITIES[name], said(ACTIVITIES[name])
    for area in record["area"] if isinstance(record["area"], list) else [record["area"] or ""]:
        assert all(word in text for word in re.findall(r"\d+|cone|line|sphere|cube|emanation|aura", area.lower())), text
    for number, unit in re.findall(r"(\d+) (minute|hour|day)s?", record["duration"] or ""):
        assert re.search(rf"\b{number} {unit}|\b{number}-{unit}", text), text
    if record["duration"] and not re.search(r"\d", record["duration"]):
        assert re.search(r"turn|round|rest|level", text), text
    assert not record["limit"] or re.search(LIMITS, text), text


def test_no_card_is_missing_in_the_facts():
    """The other way round: what content of the pack makes as a card or event has a record, or stands inside one that has."""
    told = {(entry_id(record), card.name) for name, record in ACTIVITIES.items() if (card := card_of(name))}
    kinds = {entry.kind for entry in owners().values()}
    made = {
        (entry, line.name)
        for entry, whole in entries().items()
        if entry.partition(".")[0] in kinds
        for line in whole.all()
        if line.word in OCCASIONS - {"on"}
    }
    assert made - told == set(MORE)
