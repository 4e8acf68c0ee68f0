"""The 82 rows of adventuring gear against the facts of the book: name, cost, weight, and every number in a text."""

import json
import re
from typing import Any

import pytest

from tests.packs.facts import NAMED, facts, named, of, things

ROWS = facts("things")
GEAR = "SRD 5.2.1, Equipment: Adventuring Gear"
# A row of the book that is sold by the lot; the pack counts pieces, and names one of them.
PIECES = {
    "Ammunition (Arrows)": "Arrow",
    "Ammunition (Bolts)": "Bolt",
    "Ammunition (Bullets, Firearm)": "Bullet, Firearm",
    "Ammunition (Bullets, Sling)": "Bullet, Sling",
    "Ammunition (Needles)": "Needle",
}
# Words in brackets in a row that say how to hold the thing.
HOW = re.compile(r" \((also a Quarterstaff|worn or held|borne on fabric or a Shield|held)\)\)$")
# Numbers that stand in a text and in the description of the book, but not among the facts.
OF_THE_BOOK = {
    "healers_kit": {"0"},
    "ink": {"1", "500"},
    "magnifying_glass": {"5"},
    "paper": {"250"},
    "parchment": {"250"},
    "shovel": {"1", "5"},
}


def label(row: str) -> str:
    """The label of the entry for a row."""
    return PIECES.get(row, HOW.sub(")", row))


def numbers(text: str) -> set[str]:
    """The numbers and dice in words; dice count as one."""
    return set(re.findall(r"\d+d\d+|\d+(?:\.\d+)?", text))


def test_every_row_of_gear_is_there_and_no_other():
    pack = {entry.label for entry in things().values() if (entry.citation or "").startswith(GEAR)}
    assert pack == {label(row) for row in ROWS}
    assert len({row.partition(" (")[0] if " (" in row and "Scroll" not in row else row for row in ROWS}) == 82


@pytest.mark.parametrize("row", ROWS)
def test_a_row_of_gear(row: str):
    line = ROWS[row]
    [entry] = [each for each in things().values() if each.label == label(row) and (each.citation or "").startswith(GEAR)]
    plain = named(label(row))
    assert entry.name == NAMED.get(plain, plain)
    assert of(entry, "cost") * 100 * line["amount"] == pytest.approx(line["cost"])
    assert of(entry, "weight") * line["amount"] == pytest.approx(line["weight"])
    assert (of(entry, "rarity"), of(entry, "attunement"), of(entry, "tags")) == (None, False, [])


@pytest.mark.parametrize("row", ROWS)
def test_the_numbers_in_the_text_of_a_row(row: str):
    """Each number that the pack states is the book's. Not the other way: a text is short, and leaves most of a row out."""
    line = ROWS[row]
    [entry] = [each for each in things().values() if each.label == label(row) and (each.citation or "").startswith(GEAR)]
    book = numbers(json.dumps([line["facts"], line["contents"]])) | OF_THE_BOOK.get(entry.name, set())
    assert numbers(entry.text or "") <= book


def test_a_staff_that_is_a_focus_is_a_quarterstaff():
    staffs = [row for row in ROWS if "Quarterstaff" in row]
    entries: dict[str, Any] = {entry.label: entry for entry in things().values() if entry.kind == "weapon"}
    for row in staffs:
        assert of(entries[label(row)], "variety") == "quarterstaff"
        for each in ("weapon_category", "ranged", "damage", "versatile_damage", "damage_type", "weapon_properties", "mastery"):
            assert of(entries[label(row)], each) == of(entries["Quarterstaff"], each), (row, each)
    assert len(staffs) == 2


def test_what_the_other_tables_of_facts_say_of_gear_agrees():
    """The oracle has its own table of weights, under the same names."""
    weights = {named(label(row)): line["weight"] / line["amount"] for row, line in ROWS.items()}
    of_the_oracle = facts("gear")
    shared = set(weights) & set(of_the_oracle)
    assert {name: weights[name] for name in shared} == pytest.approx({name: of_the_oracle[name] for name in shared})
    assert {name for name in weights if weights[name] and name not in shared} <= {named(piece) for piece in PIECES.values()}
