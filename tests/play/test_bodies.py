"""Bodies: what the checker says of them, and that they are kept with a compiled ruleset and loaded late."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import rulecore as rc
from rulecore.packs.load import load
from rulecore.packs.shipped import write_shipped
from tests.play.bakehouse import document, write


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("event odd\n  change store by 1\n", "change.derived"),
        ("event odd\n  change flour to rye\n", "type.mismatch"),
        ("event odd\n  insert merry into feelings with height = 2\n", "insert.field"),
        ("event odd\n  insert merry into cellar\n", "grant.collection"),
        ("event odd\n  insert rye into feelings\n", "type.mismatch"),
        ("event odd\n  raise bakes(1)\n", "name.unknown"),
        ("event odd\n  raise bake()\n", "event.arguments"),
        ("event odd (whom: baker)\n  remove cross from whoever.feelings\n", "name.unknown"),
        ("event odd\n  raise even()\nevent even\n  raise odd()\n", "event.circle"),
        ("mood odd\n  on bakes\n    change flour by 1\n", "name.unknown"),
        ("mood odd\n  on bake as baked when baked.weight > 2\n    change flour by 1\n", "name.member"),
        ("mood odd\n  handle pull\n    change flour by loaf\n", "name.unknown"),
        ("mood odd\n  handle pull\n    event tug (much: int)\n      change flour by many\n", "name.unknown"),
    ],
)
def test_faults_of_bodies_are_found_when_the_pack_loads(tmp_path: Path, lines: str, expected: str):
    assert expected in {finding.code for finding in load(write(tmp_path, lines)).findings}


def test_a_let_names_a_value_for_the_lines_below_in_a_part_too(tmp_path: Path):
    more = """mood busy "Busy"
  handle pull "Pull"
    let twice = 2 * flour
    change flour to twice + 1
    change loaves to twice
    event tug (much: int)
      let thrice = 3 * much
      change coins to thrice
"""
    hero = rc.load_ruleset(write(tmp_path, more), strict=True).character(document(flour=3))
    hero.act("feels", {"mood": "busy"})
    hero.act("feelings.busy.busy.pull")
    assert (hero["flour"], hero["loaves"]) == (7, 6)
    hero.act("feelings.busy.busy.pull.tug", {"much": 4})
    assert hero["coins"] == 12


def test_a_demand_without_words_is_told_as_it_is_written(tmp_path: Path):
    hero = rc.load_ruleset(write(tmp_path, "event odd\n  requires flour > 2 * loaves\n"), strict=True).character(
        document(loaves=9)
    )
    with pytest.raises(rc.Refused, match=r"it needs `flour > 2 \* loaves`"):
        hero.act("odd")


def test_a_compiled_ruleset_plays_the_same(tmp_path: Path):
    loaded = load(write(tmp_path / "bakehouse"), portable=True)
    path = tmp_path / "bakehouse.rulecore"
    write_shipped(path, loaded.rules)
    compiled = rc.load_ruleset(str(path))
    assert compiled.rules.playbook.part != b""

    def played(rules: Any) -> tuple[Any, ...]:
        hero = rules.character(document(trade="miller", rank=3, flour=9))
        for name, arguments in (("feels", {"mood": "cross"}), ("bake", {"amount": 9}), ("market", {}), ("sneeze", {})):
            hero.act(name, arguments)
        hero.act("miller.grind", dice=rc.dice.seeded(3))
        return hero.document, [act.path for act in hero.actions()]

    assert played(compiled) == played(rc.load_ruleset(tmp_path / "bakehouse"))
    assert compiled.rules.playbook.part == b""
