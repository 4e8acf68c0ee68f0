"""Every explanation comes to its value by a fold that shares no code with the engine, and ends in the document or constants."""

from __future__ import annotations

import json
import re
from random import Random
from typing import Any

import pytest
from hypothesis import given

import rulecore as rc
from rulecore.model.shape import Mode
from tests.derive.fold import fold

from .heroes import bounded, character, documents, examples, seeded


@pytest.mark.parametrize("name", sorted(examples()))
def test_every_value_of_an_example_is_worked_out_from_its_terms(name: str):
    hero = character(examples()[name])
    paths = hero.derivation.paths()
    numeric = 0
    for path in paths:
        explanation = hero.explain(path)
        value = explanation.value
        assert fold(explanation.terms) == value == hero.derivation.value(path), path
        assert type(fold(explanation.terms)) is type(value) or not isinstance(value, bool), path
        numeric += isinstance(value, int | rc.Dice) and not isinstance(value, bool)
    assert len(paths) > 1000
    assert numeric > 500


@bounded(3)
@given(documents())
def test_every_value_of_any_document_is_worked_out_from_its_terms(document: dict[str, Any]):
    hero = character(document)
    for path in hero.derivation.paths():
        explanation = hero.explain(path)
        assert fold(explanation.terms) == explanation.value == hero.derivation.value(path), path


@pytest.mark.parametrize("name", sorted(examples()))
def test_a_tree_ends_in_the_document_or_in_constants(name: str):
    """Every fifth field; over all examples that is each of them, since each example begins at another."""
    hero = character(examples()[name])
    document = hero.document
    for path in hero.derivation.paths()[sorted(examples()).index(name) % 5 :: 5]:
        tree = json.loads(json.dumps(hero.explain(path).tree()))
        told = {node["field"] for node in nodes(tree)}
        for node in nodes(tree):
            for term in node["terms"]:
                reads = [read["path"] for read in term.get("reads", ())]
                assert [each for each in reads if each not in told and is_field(hero, each)] == [], (path, node["field"])
                if term["operation"] == "document":
                    assert same(value_at(document, term["pointer"]), term.get("value")), (path, term)


def nodes(tree: dict[str, Any]) -> list[dict[str, Any]]:
    found = [tree]
    for node in found:
        found += node["from"]
    return found


def is_field(hero: Any, path: str) -> bool:
    try:
        hero.derivation.field(path)
    except rc.FieldError:
        return False
    return True


def value_at(document: Any, pointer: str) -> Any:
    if pointer == "/fields/name" and "name" not in document["fields"]:
        return document["name"]
    for step in [each.replace("~1", "/").replace("~0", "~") for each in pointer.split("/")[1:]]:
        document = document[int(step)] if isinstance(document, list) else document[step]
    return document


def same(written: Any, shown: Any) -> bool:
    """An entry may be written with its kind and pack."""
    return written == shown or (isinstance(written, str) and re.split(r"[.:]", written)[-1] == shown)


# ---- what an explanation leaves out


@pytest.mark.parametrize("name", sorted(examples()))
def test_what_moves_a_value_stands_in_its_explanation(name: str):
    """One editable value at a time: whatever else changes has read it, directly or through what it has read."""
    hero = character(with_bounds(examples()[name]))
    reads = {path: reads_of(hero, path) for path in hero.derivation.paths()}
    random = seeded(name)
    for path in random.sample(found := changeable(hero), min(len(found), bounded(4).max_examples)):
        fork = hero.fork()
        try:
            change = fork.edit({path: other_value(hero, path, random)})
        except rc.Refused:
            continue
        if not change.created and not change.removed:
            assert [each for each in change.changed if path not in closure(each, reads)] == [], path


def with_bounds(document: dict[str, Any]) -> dict[str, Any]:
    """A document in which a stored number is beyond a bound that the rules derive."""
    return document | {"fields": document["fields"] | {"hit_points": 4000}}


def changeable(hero: Any) -> list[str]:
    derivation = hero.derivation
    fields = {path: derivation.field(path)[1] for path in derivation.paths()}
    found = [path for path, field in fields.items() if field.mode is Mode.EDITABLE]
    return [path for path in found if isinstance(hero[path], int) and "levels." not in path]


def other_value(hero: Any, path: str, random: Random) -> Any:
    value = hero[path]
    return not value if isinstance(value, bool) else value + random.choice([-3, -1, 1, 2, 6])


def reads_of(hero: Any, path: str) -> set[str]:
    """All that an explanation names: what counts, what lost, what is not in force or counts only sometimes."""
    explanation = hero.explain(path)
    terms = (*explanation.terms, *explanation.lost, *explanation.inactive, *explanation.situational)
    return {read.path for term in terms for read in term.reads}


def closure(path: str, reads: dict[str, set[str]]) -> set[str]:
    found, waiting = {path}, [path]
    while waiting:
        new = reads.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found
