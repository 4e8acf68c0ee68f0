"""Order never matters: not of packs, files, effects and blocks, keys, answers or edits."""

from __future__ import annotations

import itertools
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rulecore as rc
from rulecore.derive import derive
from rulecore.model.rules import Rules
from rulecore.model.shape import Block, Choice, Shape

from .heroes import PACKS, bounded, character, differences, documents, examples, in_order, names, rules, seeded, sheet_text

FEW = ("ranger_wizard", "monk_barbarian", "heavy_armor_fighter")
SEEDS = st.integers(0, 2**32 - 1)


def same(one: str, other: str) -> bool:
    assert one == other, differences(one, other)
    return True


# ---- packs and files


@cache
def with_homebrew() -> Any:
    return rc.load_ruleset("srd_2024", PACKS / "example-homebrew")


@pytest.mark.parametrize("asked", list(itertools.permutations(["core_2024", "srd_2024", PACKS / "example-homebrew"]))[3::3])
def test_the_order_in_which_packs_are_asked_for(asked: tuple[Any, ...]):
    usual, other = with_homebrew(), rc.load_ruleset(*asked)
    assert usual.hash == other.hash
    for name in FEW[:2]:
        assert same(sheet_text(usual.character(examples()[name])), sheet_text(other.character(examples()[name])))


def test_the_order_of_files(tmp_path: Path):
    """Files renamed so that they come the other way round: the same values; sets are shown in order of declaration."""
    other = rc.load_ruleset(*(turned(PACKS / pack, tmp_path / pack) for pack in ("core-2024", "srd-2024")))
    assert other.findings == ()
    for document in examples().values():
        assert same(without_order(character(document)), without_order(other.character(document)))


def turned(pack: Path, target: Path) -> Path:
    files = sorted(path for path in pack.rglob("*.brew"))
    target.mkdir()
    for place, path in enumerate(reversed(files)):
        shutil.copy(path, target / f"{place:02}_{path.stem}.brew")
    return target


def without_order(hero: Any) -> str:
    sheet = hero.sheet().to_json()
    found = [[each["code"], each["message"]] for each in sheet["findings"]]
    return in_order(_sorted(sheet | {"findings": [], "ruleset": {}}) | {"findings": found})


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _sorted(each) for key, each in value.items()}
    return sorted(value, key=json.dumps) if isinstance(value, list) else value


# ---- effects, blocks and whatever else stands in a shape


@contextmanager
def shuffled(given_rules: Rules, seed: int) -> Iterator[Rules]:
    """The rules with the members of every shape in another order; entries equal only themselves: they are changed in place."""
    random = seeded(seed)
    kept = {entry: entry.shape for entry in given_rules.entries.values()}
    inside = {entry: _shape(shape, random) for entry, shape in kept.items()}
    others = {
        "records": {name: _shape(shape, random) for name, shape in given_rules.records.items()},
        "kinds": {name: replace(kind, shape=_shape(kind.shape, random)) for name, kind in given_rules.kinds.items()},
        "entities": {
            name: replace(
                each, shape=_shape(each.shape, random), keys=tuple((key, _shape(shape, random)) for key, shape in each.keys)
            )
            for name, each in given_rules.entities.items()
        },
    }
    entries = list(given_rules.entries.items())
    random.shuffle(entries)
    try:
        for entry, shape in inside.items():
            object.__setattr__(entry, "shape", shape)
        yield replace(given_rules, **others, entries=dict(entries))
    finally:
        for entry, shape in kept.items():
            object.__setattr__(entry, "shape", shape)


def _shape(shape: Shape | None, random: Random) -> Any:
    return None if shape is None else replace(shape, block=_block(shape.block, random))


SHUFFLED = ("collections", "grants", "activations", "effects", "requirements", "blocks", "parts", "choices", "fields")


def _block(block: Block, random: Random) -> Block:
    parts: dict[str, list[Any]] = {name: list(getattr(block, name)) for name in SHUFFLED}
    parts["blocks"] = [_block(inner, random) for inner in parts["blocks"]]
    parts["choices"] = [_choice(choice, random) for choice in parts["choices"]]
    for members in parts.values():
        random.shuffle(members)
    return replace(block, **{name: tuple(members) for name, members in parts.items()})


def _choice(choice: Choice, random: Random) -> Choice:
    return replace(choice, options=tuple(replace(option, shape=_shape(option.shape, random)) for option in choice.options))


@bounded(8)
@given(documents(), SEEDS)
def test_the_order_of_effects_and_blocks(document: dict[str, Any], seed: int):
    usual = sheet_text(character(document))
    with shuffled(rules().rules, seed) as other:
        assert same(usual, in_order(derive(document, other).sheet().to_json()))


# ---- documents


def with_keys_shuffled(value: Any, random: Random) -> Any:
    if isinstance(value, dict):
        keys = random.sample(list(value), len(value))
        return {key: with_keys_shuffled(value[key], random) for key in keys}
    return [with_keys_shuffled(each, random) for each in value] if isinstance(value, list) else value


def without_places(hero: Any) -> str:
    """The sheet with findings whose pointers do not say at which place an answer stands."""
    sheet = hero.sheet().to_json()
    for finding in sheet["findings"]:
        pointer = finding.get("pointer", "")
        if pointer.startswith("/choices/"):
            finding["pointer"] = "/".join(pointer.split("/")[:3])
    return in_order(sheet)


@bounded(10)
@given(documents(), SEEDS)
def test_the_order_of_keys(document: dict[str, Any], seed: int):
    assert same(sheet_text(character(document)), sheet_text(character(with_keys_shuffled(document, seeded(seed)))))


@bounded(10)
@given(documents(), SEEDS)
def test_the_order_of_answers(document: dict[str, Any], seed: int):
    random = seeded(seed)
    choices = document.get("choices", {})
    answers = {path: random.sample(picked, len(picked)) for path, picked in choices.items()}
    other = character(document | {"choices": answers})
    assert same(without_places(character(document)), without_places(other))


# ---- edits


def independent_edits(random: Random) -> list[Any]:
    """Edits of different places, of which none needs another."""
    return [
        rc.Set(f"{random.choice(names('ability'))}.base", random.randint(3, 20)),
        rc.Set("temporary_hit_points", random.randint(0, 9)),
        rc.Add("inventory", {"item": random.choice(names("item")), "equipped": True, "attuned": True}, id="n1"),
        rc.Add("inventory", {"item": random.choice(names("weapon")), "equipped": True}, id="n2"),
        rc.Add("conditions", {"condition": random.choice(names("condition"))}, id="n1"),
        rc.Add("effects", {"effect": random.choice(names("lasting_effect"))}, id="n1"),
        rc.Set(f"rulings.{random.choice(sorted(rules().rules.rulings))}", value=random.random() < 0.5),
        rc.Set("experience", random.randint(0, 9999)),
        rc.Set("notes", "x"),
        rc.Add("levels", {"class": random.choice(names("class"))}),
    ]


@bounded(5)
@given(documents(), SEEDS)
def test_the_order_of_edits_that_commute(document: dict[str, Any], seed: int):
    random = seeded(seed)
    chosen = random.sample(independent_edits(random), 3)
    ends = [after(document, order) for order in (chosen, random.sample(chosen, len(chosen)))]
    together = character(document)
    if None in ends:
        return
    together.edit(chosen)
    for end in ends:
        assert end.document == together.document
        assert same(sheet_text(end), sheet_text(together))


def after(document: dict[str, Any], edits: list[Any]) -> Any:
    """The character after edits one by one; none where one of them is refused."""
    hero = character(document)
    try:
        for edit in edits:
            hero.edit([edit])
    except rc.Refused:
        return None
    return hero
