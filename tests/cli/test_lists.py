"""Lists with room and base values that packs ask for: how they are shown, filled, searched and changed, and all wrong input."""

import json
from pathlib import Path
from typing import Any

import pytest

import rulecore as rc

from .conftest import Run
from .conversing import Types

RULES = rc.load_ruleset()
ORIGIN = ["--pick", "levels=wizard", "--pick", "species=orc", "--pick", "background=soldier", "--name", "Ash"]
SCORES = ["--set", "*.base=8,14,13,15,12,10"]
CHOICES = ["skip"] * 6
"""Languages; increase, equipment and tool of the background; skills and equipment of the class."""
CANTRIPS, BOOK = "fire bolt, light, mage hand", "alarm, shield, sleep, magic missile, detect magic, identify"


@pytest.fixture(autouse=True)
def unverified(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RULECORE_VERIFY_EDITS", raising=False)


def spells(document: Any, name: str) -> list[str]:
    return [each["spell"] for each in document["collections"].get(f"wizard.{name}", {}).values()]


def made(run: Run, types: Types, *lines: str, more: tuple[str, ...] = ()) -> Any:
    types([*CHOICES, *lines, *["skip"] * 6])
    return run("new", *ORIGIN, *SCORES, *more)


def test_a_wizard_from_nothing(run: Run, types: Types, tmp_path: Path):
    path = tmp_path / "ash.json"
    types(
        [
            *("Ash", "wizard", "sage", "orc", "standard", "8 14 13 15 12 10", "elvish, orc", "2", "1, 2"),
            *("b", "a", "1", "1, 2", "shield", CANTRIPS, BOOK, "alarm, sleep", "magic missile, detect", ""),
        ]
    )
    finished = run("new", path)
    assert finished.code == 0, finished.err
    hero = RULES.character(json.loads(path.read_text()))
    assert (hero["name"], hero["strength.base"], hero["intelligence.score"]) == ("Ash", 8, 16)
    assert (hero["wizard.magic.cantrips_count"], hero["wizard.magic.prepared_count"]) == (3, 4)
    assert [str(each) for each in hero.findings if each.severity == "error"] == []
    assert hero.options()[0].id == "levels"
    assert len(hero.options()) == 1


# ---- lists


def test_how_far_a_list_is_and_what_it_offers_is_shown(run: Run, types: Types):
    told = made(run, types, "light", "fire bolt, mage hand", "shield").err
    assert "Wizard spells, Cantrips: 0 of 3  wizard.magic.cantrips" in told
    assert "Wizard spells, Cantrips: 1 of 3" in told
    assert "there: Light" in told
    assert "Wizard, Spellbook: 0 of 6" in told
    assert "Shield (Level 1 Abjuration)" in told
    # Above its level, or of other lists.
    assert "Fireball" not in told
    assert "Cure Wounds" not in told


def test_what_is_chosen_stands_in_the_document_and_the_rest_may_wait(run: Run, types: Types):
    found = made(run, types, CANTRIPS, "shield, sleep", "", "sleep", "")
    assert found.code == 0
    assert spells(found.json, "magic.cantrips") == ["fire_bolt", "light", "mage_hand"]
    assert spells(found.json, "spellbook") == ["shield", "sleep"]
    assert spells(found.json, "magic.prepared") == ["sleep"]
    assert "still room: Wizard, Spellbook: 2 of 6 (wizard.spellbook)" in found.err


def test_what_is_picked_beforehand_is_not_asked(run: Run, types: Types):
    book = ["--pick", f"wizard.spellbook={BOOK}", "--pick", "wizard.magic.prepared=alarm,sleep,shield,identify"]
    found = made(run, types, more=("--pick", f"wizard.magic.cantrips={CANTRIPS}", *book))
    assert found.code == 0, found.err
    assert spells(found.json, "magic.prepared") == ["alarm", "sleep", "shield", "identify"]
    assert "Cantrips: 0 of 3" not in found.err


def test_a_list_is_searched_and_paged(run: Run, types: Types):
    told = made(run, types, "/bolt", "/necromancy", "/nothing", "/", "more", CANTRIPS).err
    searched = told.partition("> /bolt")[2].partition("> /necromancy")[0]
    assert searched.strip().split(maxsplit=1)[1] == "Fire Bolt (Evocation)"
    assert "Chill Touch (Necromancy)" in told.partition("> /necromancy")[2].partition(">")[0]
    assert "nothing on offer has 'nothing' in it" in told
    assert "nothing on offer has '' in it" in told
    assert told.count("Acid Splash (Evocation)") == 2


def test_a_long_list_comes_page_by_page(run: Run, types: Types, tmp_path: Path):
    path = tmp_path / "hero.json"
    path.write_text(json.dumps({"kind": "character", "collections": {"levels": [{"class": "cleric"}] * 9}}))
    types(["change prepared", "more", "more", "quit"])
    pages = run("level-up", path).err.partition("Prepared spells: 0 of 14")[2].split("> more")
    first, second, third = (page.partition("\n> ")[0] for page in pages)
    assert "more: more" in first
    assert "Bless (" in first
    assert "Bless (" not in second
    assert "(Level 5 " in second
    assert "Bless (" in third


def test_what_is_there_can_be_taken_out_and_changed(run: Run, types: Types):
    found = made(
        run, types, CANTRIPS, "shield", "drop shield", "sleep", "back", "alarm", "", "change cantrips", "drop 1", "message", ""
    )
    assert found.code == 0, found.err
    assert "Wizard, Spellbook: without Shield" in found.err
    assert spells(found.json, "spellbook") == ["alarm"]
    assert spells(found.json, "magic.cantrips") == ["light", "mage_hand", "message"]


def test_a_full_list_takes_nothing_more(run: Run, types: Types):
    found = made(run, types, CANTRIPS, "change wizard.magic.cantrips", "message", "", "")
    assert "there is no room: drop NAME makes some" in found.err
    assert len(spells(found.json, "magic.cantrips")) == 3


def test_more_is_told_of_a_candidate(run: Run, types: Types):
    told = made(run, types, "? fire bolt", CANTRIPS).err
    for wanted in ("spell.fire_bolt", "+ Fire Bolt", "Cantrips 0/3 → 1/3"):
        assert wanted in told


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("0", "'0' is none of these"),
        ("firebolt", "did you mean Fire Bolt?"),
        ("fireball", "'fireball' is none of these"),
        ("m", "'m' may be "),
        ("1, 2, 3, 4", "4 are too many: there is room for 3"),
        ("1 2 3 4", "4 are too many"),
        ("light, light", "Light cannot be taken: it is chosen already"),
        ("drop light", "there is nothing in it that could be taken out"),
        ("change", "change which list? Wizard spells, Cantrips (wizard.magic.cantrips)"),
        ("change spells", "change which list?"),
        ("? nobody", "'nobody' is none of these"),
        ("\x1b[2J", "is none of these"),
    ],
)
def test_wrong_input_at_a_list_is_told(run: Run, types: Types, wrong: str, told: str):
    found = made(run, types, wrong, CANTRIPS)
    assert found.code == 0
    assert told in found.err
    assert spells(found.json, "magic.cantrips") == ["fire_bolt", "light", "mage_hand"]


# ---- base values


@pytest.mark.parametrize(
    ("lines", "scores"),
    [
        (["1", "8 14 13 15 12 10"], [8, 14, 13, 15, 12, 10]),
        (["standard", "8, 14", "13 15 12", "10"], [8, 14, 13, 15, 12, 10]),
        (["2", "15 15 15 8 8 8"], [15, 15, 15, 8, 8, 8]),
        (["3", "18 17 3 9 11 12"], [18, 17, 3, 9, 11, 12]),
        (["1", "back", "3", "9 9 9 9 9 9"], [9] * 6),
        (["1", "8 14 13 15 12 10", "back", "3", "9 9 9 9 9 9"], [9] * 6),
        (["skip"], [10] * 6),
        ([""], [10] * 6),
    ],
    ids=lambda each: " ".join(map(str, each)),
)
def test_scores_are_asked_in_one_of_the_ways(run: Run, types: Types, lines: list[str], scores: list[int]):
    types([*lines, *["skip"] * 10])
    found = run("new", *ORIGIN)
    assert found.code == 0, found.err
    assert "Base ability scores: Strength, Dexterity" in found.err
    hero = RULES.character(found.json)
    assert [hero[f"{each.name}.base"] for each in RULES.entries("ability")] == scores


@pytest.mark.parametrize(
    ("way", "wrong", "told"),
    [
        ("4", "", "a number from 1 to 3 or a name is expected"),
        ("1", "15 15 13 12 10 8", "15 is not left"),
        ("1", "8 14 13 15 12 10 8", "7 values are too many"),
        ("1", "many", "many is not left"),
        ("2", "15 15 15 15 8 8", "more than 27 points are spent; Points left -9"),
        ("2", "16 8 8 8 8 8", "each score is from 8 to 15"),
        ("3", "31 8 8 8 8 8", "strength.base"),
        ("3", "[1] {} null x 1.5 NaN", "strength.base"),
        ("3", "/x", "there is nothing to search in here"),
        ("3", ",", "6 values are expected"),
    ],
)
def test_wrong_scores_are_told_and_asked_again(run: Run, types: Types, way: str, wrong: str, told: str):
    types([way, *([wrong] if wrong else ["3"]), "back" if wrong else "skip", "3", "9 9 9 9 9 9", *["skip"] * 10])
    found = run("new", *ORIGIN)
    assert told in found.err.replace("\N{MINUS SIGN}", "-")
    assert RULES.character(found.json)["strength.base"] == (9 if wrong else 10)


# ---- levels


def test_a_new_level_asks_for_what_it_gives_room_for_alone(run: Run, types: Types, tmp_path: Path):
    path = tmp_path / "ash.json"
    path.write_text(json.dumps(made(run, types, CANTRIPS, "shield, sleep", "", "sleep", "").json))
    types(["change prepared", "drop sleep", "shield", "", "wizard", "fog cloud, grease", "fog"])
    finished = run("level-up", path)
    assert finished.code == 0, finished.err
    # Four places in the book and three of the prepared spells were empty before, and stay so.
    assert "Wizard, Spellbook: 2 of 8" in finished.err
    document = json.loads(path.read_text())
    assert spells(document, "spellbook") == ["shield", "sleep", "fog_cloud", "grease"]
    assert spells(document, "magic.prepared") == ["shield", "fog_cloud"]
    assert "  + Fog Cloud" in finished.out


@pytest.mark.parametrize("lines", [[], [CANTRIPS], [CANTRIPS, "shield", "quit"]], ids=["scores", "cantrips", "quit"])
def test_the_end_of_input_leaves_no_file(run: Run, types: Types, tmp_path: Path, lines: list[str]):
    types([*CHOICES, *lines] if lines else ["1", "8 14"])
    finished = run("new", tmp_path / "ash.json", *ORIGIN, *(SCORES if lines else []))
    assert (finished.code, finished.out) == (1, "")
    assert list(tmp_path.iterdir()) == []


def test_an_interrupt_leaves_no_file(run: Run, types: Types, tmp_path: Path):
    def lines():
        yield from CHOICES
        raise KeyboardInterrupt

    types(lines())
    assert run("new", tmp_path / "ash.json", *ORIGIN, *SCORES).code == 130
    assert list(tmp_path.iterdir()) == []
