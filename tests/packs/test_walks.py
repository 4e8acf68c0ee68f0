"""From a blank to level 20 by what `options()` offers, in every class: each level leaves a legal character with nothing open."""

from random import Random
from typing import Any

import pytest

import rulecore as rc

RULES = rc.load_ruleset()
CLASSES = [entry.name for entry in RULES.entries("class")]
MOST_ROUNDS = 12
# Who takes gold for equipment carries no weapon.
OFFERS_NOTHING = {"warlock.invocations.pact_of_the_blade.blade"}


def decide(hero: Any, random: Random) -> None:
    """Answer all that is open, by legal options alone, until nothing more is asked."""
    for _round in range(MOST_ROUNDS):
        still_open = [each for each in hero.options() if each.form != "element" and each.id not in OFFERS_NOTHING]
        if not still_open:
            return
        for each in still_open:
            # What was answered before may have taken this one away, or some of what it offers.
            now = next((other for other in hero.options() if other.id == each.id), None)
            while now is not None and now.missing and now.legal:
                hero.choose(now.id, [*now.picked, random.choice(now.legal)])
                now = next((other for other in hero.options() if other.id == each.id), None)
    raise AssertionError(f"still open: {[each.id for each in hero.options()]}")


def learn(hero: Any, random: Random) -> None:
    """Fill the spellbook, and the cantrips and prepared spells of every source that has room for some of its lists."""
    fields = hero.sheet().to_json()["fields"]
    if hero["wizard.level"]:
        room = hero["wizard.book_given"] - len(hero["wizard.book"])
        known = [each for each in spells(1, (hero["wizard.level"] + 1) // 2, ["wizard"]) if each not in hero["wizard.book"]]
        add(hero, "wizard.spellbook", random.sample(known, max(0, min(room, len(known)))))
    for source in [name.removesuffix(".prepared_maximum") for name in fields if name.endswith(".prepared_maximum")]:
        taken = {fields[name] for name in fields if name.startswith(f"{source}.") and name.endswith(".spell")}
        lists = fields.get(f"{source}.spell_lists", [])
        own = ["bard"] if source == "bard.magic" else lists
        fill(hero, f"{source}.cantrips", [each for each in spells(0, 0, own) if each not in taken], random)
        known = spells(1, hero[f"{source}.highest_level"], lists)
        if source == "wizard.magic":
            known = [each for each in known if each in hero["wizard.book"]]
        fill(hero, f"{source}.prepared", [each for each in known if each not in taken], random)


def spells(lowest: int, highest: int, lists: list[str]) -> list[str]:
    every = RULES.entries("spell")
    fit = [each for each in every if lowest <= each.properties["level"] <= highest]
    return [each.name for each in fit if any(found.name in lists for found in each.properties["spell_lists"])]


def fill(hero: Any, collection: str, known: list[str], random: Random) -> None:
    room = hero[f"{collection}_maximum"] - hero[f"{collection}_count"]
    add(hero, collection, random.sample(known, max(0, min(room, len(known)))))


def add(hero: Any, collection: str, names: list[str]) -> None:
    if names:
        hero.edit([rc.Add(collection, {"spell": name}) for name in names])


def errors(hero: Any) -> list[str]:
    return [str(finding) for finding in hero.findings if finding.severity == "error"]


@pytest.mark.parametrize("name", CLASSES)
def test_a_walk_from_blank_to_level_20(name: str, monkeypatch: pytest.MonkeyPatch):
    # All that is derived here is derived again at the end.
    monkeypatch.delenv("RULECORE_VERIFY_EDITS", raising=False)
    random = Random(f"walk {name}")  # noqa: S311 - a test, no secret
    hero = RULES.character()
    hero.edit(
        {f"{ability}.base": 15 for ability in ("strength", "dexterity", "constitution", "intelligence", "wisdom", "charisma")}
    )
    for level in range(1, 21):
        hero.choose("levels", name)
        decide(hero, random)
        learn(hero, random)
        assert hero[f"{name}.level"] == hero["level"] == level
        assert errors(hero) == [], level
    assert hero.sheet().to_json() == RULES.character(hero.document).sheet().to_json()
