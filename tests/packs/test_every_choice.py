"""Every choice that the packs ask is made, unmade and made differently, alone, and nothing of what was before is left."""

from collections.abc import Iterator
from functools import cache
from typing import Any
from zlib import crc32

import pytest

import rulecore as rc
from rulecore.model.shape import Block, Choice

RULES = rc.load_ruleset()
CLASSES = [entry.name for entry in RULES.entries("class")]
SPECIES = [entry.name for entry in RULES.entries("species")]
BACKGROUNDS = [entry.name for entry in RULES.entries("background")]
HEROES = range(4 * len(CLASSES))
ABILITIES = ("strength", "dexterity", "constitution", "intelligence", "wisdom", "charisma")
MOST_ROUNDS = 12
# So much that feats come after level 20, too.
EXPERIENCE = 400_000
# The pact weapon and the signature spells are chosen among what is there.
KIT = ("longsword", "leather_armor")
BOOK = ("shield", "magic_missile", "misty_step", "web", "fireball", "fly", "haste", "slow")
# Of a choice among many so many other answers are tried; of one with few, all.
TRIED = 3
PARTS = 4
MANY = 5


@cache
def declared() -> dict[str, Choice]:
    """Every choice that some shape of the ruleset asks, by where it is written."""
    rules = RULES._rules
    blocks = [shape.block for shape in rules.records.values()]
    blocks += [entity.shape.block for entity in rules.entities.values()]
    blocks += [shape.block for entity in rules.entities.values() for _key, shape in entity.keys]
    blocks += [kind.shape.block for kind in rules.kinds.values() if kind.shape]
    blocks += [entry.shape.block for entry in rules.entries.values() if entry.shape]
    return {str(choice.span): choice for block in blocks for choice in choices_of(block)}


def choices_of(block: Block) -> Iterator[Choice]:
    for choice in block.choices:
        yield choice
        for option in choice.options:
            yield from choices_of(option.shape.block)
    for inner in block.blocks:
        yield from choices_of(inner)


@cache
def asking(kind: str) -> list[str]:
    """The entries of a kind that ask something."""
    return [entry.name for entry in RULES.entries(kind) if entry.shape and any(choices_of(entry.shape.block))]


def asked(hero: rc.Character) -> dict[str, Choice]:
    """The choices that a hero is asked, by id; without those that some content has decided."""
    questions = hero.derivation.structure.questions
    return {question.path: question.choice for _, question in questions if question.preset is None}


@cache
def document(number: int) -> dict[str, Any]:
    """A hero of level 20 who has answered everything, each time with another of what is on offer."""
    hero = RULES.character()
    hero.edit({f"{ability}.base": 18 for ability in ABILITIES})
    hero.edit({"experience": EXPERIENCE})
    hero.edit({"species": SPECIES[number % len(SPECIES)], "background": BACKGROUNDS[number % len(BACKGROUNDS)]})
    hero.edit([rc.Add("levels", {"class": CLASSES[number % len(CLASSES)]}) for _ in range(20)])
    hero.edit([rc.Add("inventory", {"item": name, "equipped": True, "attuned": True}) for name in (*KIT, *asking("item"))])
    hero.edit([rc.Add("effects", {"effect": name}) for name in asking("lasting_effect")])
    if hero["wizard.level"]:
        hero.edit([rc.Add("wizard.spellbook", {"spell": name}) for name in BOOK])
    for _round in range(MOST_ROUNDS):
        waiting = [each for each in hero.options() if each.form == "choice"]
        for each in waiting:
            names = sorted(set(each.candidates) - set(each.picked), key=lambda name: rank(number, name))
            hero.choose(each.id, [*each.picked, *names[: each.missing]])
    return hero.document


def rank(number: int, name: str) -> tuple[bool, int]:
    """In which order a hero likes names: after the first round what asks something itself first, and each in its own way."""
    asks = any(name in asking(kind) for kind in RULES.kinds)
    return number >= len(CLASSES) and not asks, crc32(f"{number} {name}".encode())


def answers(hero: rc.Character, choice: str) -> list[list[str]]:
    """Other answers to a choice: each in turn takes the place of the last name, all if they are few."""
    found = next(each for each in hero.options(decided=True) if each.id == choice)
    others = [name for name in found.candidates if name not in found.picked]
    step = 1 if len(others) <= MANY else len(others) // TRIED
    return [[*found.picked[:-1], name] for name in others[::step]]


@cache
def places() -> dict[str, tuple[int, str]]:
    """For each choice that is declared the first hero who is asked it, and under which id."""
    found: dict[str, tuple[int, str]] = {}
    for number in HEROES:
        for path, choice in asked(RULES.character(document(number))).items():
            found.setdefault(str(choice.span), (number, path))
    return found


def sheet(hero: rc.Character) -> Any:
    return hero.sheet().to_json()


def with_answer(number: int, choice: str, names: list[str] | None) -> rc.Character:
    """A hero made from the document with another answer, or none."""
    others = {name: answer for name, answer in document(number)["choices"].items() if name != choice}
    return RULES.character(document(number) | {"choices": others if names is None else {**others, choice: names}})


def test_every_choice_is_asked_of_somebody():
    assert len(declared()) > 130
    assert set(declared()) == set(places())


@pytest.mark.parametrize("part", range(PARTS))
def test_a_choice_alone(part: int, monkeypatch: pytest.MonkeyPatch):
    # Every sheet is compared with one made of its document here, so that nobody else need do that.
    monkeypatch.delenv("RULECORE_VERIFY_EDITS", raising=False)
    tried = 0
    for number, choice in sorted(places().values())[part::PARTS]:
        hero = RULES.character(document(number))
        first, picked = sheet(hero), document(number)["choices"].get(choice, [])
        others = answers(hero, choice)
        hero.edit([rc.Remove(choice)])
        assert sheet(hero) == sheet(with_answer(number, choice, None)), choice
        for other in others:
            hero.choose(choice, other)
            assert sheet(hero) == sheet(with_answer(number, choice, other)), (choice, other)
        hero.choose(choice, picked)
        assert sheet(hero) == first, choice
        assert hero.document == document(number), choice
        tried += len(others)
    assert tried > 60
