"""Documents for the properties: the examples, the conformance corpus, what is played from nothing, and mutations of all these."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

import rulecore as rc
from rulecore.strategies.player import Player
from tests.conformance.corpus import ENVELOPE, records

ROOT = Path(__file__).parents[2]
PACKS = ROOT / "packs"
Document = dict[str, Any]


def bounded(share: int) -> settings:
    """So many examples in the CI profile, and accordingly more in a deep run."""
    usual = settings().max_examples
    return settings(max_examples=max(1, share * usual // 60))


def seeded(seed: int | str) -> Random:
    return Random(seed)  # noqa: S311 - a test, no secret


@cache
def rules() -> Any:
    return rc.load_ruleset()


@cache
def examples() -> dict[str, Document]:
    return {path.stem: json.loads(path.read_bytes()) for path in sorted((ROOT / "examples").glob("*.json"))}


@cache
def seeds() -> tuple[Document, ...]:
    corpus = [ENVELOPE | record["document"] for record in records() if "document" in record]
    return (*examples().values(), *corpus)


def played(seed: int) -> Document:
    """A legal document, played from nothing."""
    document: Document = Player(rules(), rules().character().document, seed).play(seed % 12)
    return document


def mutated(document: Document, seed: int) -> Document:
    """The document with a few changes, legal or not."""
    random, changed = seeded(seed), deepcopy(document)
    for _ in range(random.randint(0, 4)):
        random.choice(MUTATIONS)(changed, random)
    return changed


def documents() -> st.SearchStrategy[Document]:
    """Seeds and mutations of them; one in ten is played."""
    numbers = st.integers(0, 2**32 - 1)
    kept = st.builds(lambda place, seed: mutated(seeds()[place % len(seeds())], seed), numbers, numbers)
    whole = st.builds(lambda name, seed: mutated(examples()[name], seed), st.sampled_from(sorted(examples())), numbers)
    return st.one_of(kept, whole, kept, whole, st.builds(played, st.integers(0, 10_000)))


# ---- mutations


def names(kind: str) -> list[str]:
    return [entry.name for entry in rules().entries(kind)]


def _ability(document: Document, random: Random) -> None:
    document.setdefault("fields", {})[f"{random.choice(names('ability'))}.base"] = random.randint(1, 30)


def _origin(document: Document, random: Random) -> None:
    kind = random.choice(["species", "background"])
    document.setdefault("fields", {})[kind] = random.choice(names(kind))


def _levels(document: Document, random: Random) -> None:
    levels = document.setdefault("collections", {}).setdefault("levels", [])
    if len(levels) < 20 and random.random() < 0.7:
        levels.insert(random.randint(0, len(levels)), {"class": random.choice(names("class"))})
    elif levels:
        levels.pop(random.randrange(len(levels)))


def _item(document: Document, random: Random) -> None:
    worn = {"item": random.choice(names("item")), "equipped": random.random() < 0.8, "attuned": random.random() < 0.5}
    document.setdefault("collections", {}).setdefault("inventory", {})[f"m{random.randint(0, 9)}"] = worn


def _condition(document: Document, random: Random) -> None:
    element = {"condition": random.choice(names("condition")), "level": random.randint(0, 6)}
    document.setdefault("collections", {}).setdefault("conditions", {})[f"m{random.randint(0, 2)}"] = element


def _effect(document: Document, random: Random) -> None:
    element = {"effect": random.choice(names("lasting_effect")), "level": random.randint(0, 9)}
    document.setdefault("collections", {}).setdefault("effects", {})[f"m{random.randint(0, 2)}"] = element


def _ruling(document: Document, random: Random) -> None:
    document.setdefault("rulings", {})[random.choice(sorted(rules().rules.rulings))] = random.random() < 0.5


def _less(document: Document, random: Random) -> None:
    part = random.choice(["fields", "choices"])
    if document.get(part):
        del document[part][random.choice(sorted(document[part]))]


def _answers(document: Document, random: Random) -> None:
    choices = document.get("choices") or {"fighter.masteries": ["longsword"]}
    answers = choices[random.choice(sorted(choices))]
    answers.append(random.choice(answers or names("feat")) if random.random() < 0.3 else random.choice(names("feat")))


def _hit_points(document: Document, random: Random) -> None:
    document.setdefault("fields", {})["hit_points"] = random.choice([0, 1, 7, 500])


def _wrong(document: Document, random: Random) -> None:
    document.setdefault("fields", {})[random.choice(["strength.base", "species", "surprised", "purse"])] = random.choice(
        [None, True, "x", 3.5, [], {}]
    )


MUTATIONS: tuple[Callable[[Document, Random], None], ...] = (
    _ability, _origin, _levels, _item, _item, _condition, _effect, _ruling, _less, _answers, _hit_points, _wrong,
)  # fmt: skip


# ---- sheets


def character(document: Document) -> Any:
    return rules().character(document)


def sheet_text(hero: Any) -> str:
    """The sheet as text, byte for byte, but for the order of keys and findings."""
    return in_order(hero.sheet().to_json())


def in_order(sheet: dict[str, Any]) -> str:
    sheet = sheet | {"findings": sorted(json.dumps(each, sort_keys=True) for each in sheet["findings"])}
    return json.dumps(sheet, sort_keys=True)


def differences(one: str, other: str) -> list[str]:
    """The first few ids at which two sheets differ, for a message."""
    return [f"{path}: {left} / {right}" for path, left, right in _unlike("", json.loads(one), json.loads(other))][:10]


def _unlike(path: str, one: Any, other: Any) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(one, dict) and isinstance(other, dict):
        for key in {**one, **other}:
            yield from _unlike(f"{path}/{key}", one.get(key), other.get(key))
    elif isinstance(one, list) and isinstance(other, list) and "findings" in path:
        yield from ((path, each, None) for each in one if each not in other)
        yield from ((path, None, each) for each in other if each not in one)
    elif one != other:
        yield path, one, other
