"""The formulas of the benchmarks: one source, and the same values in every language."""

import random
import re
from typing import Any

import pytest

from benchmarks.contestants.contestant import Absent, Contestant
from benchmarks.contestants.engine import Engine, PublicApi
from benchmarks.contestants.handwritten import FullRecompute, Twin
from benchmarks.contestants.signals import PurePython
from benchmarks.edits import EDITS
from benchmarks.formulas import adventurer
from benchmarks.formulas.brew import pack_text
from benchmarks.harness import Disagreement, InProcess, verify
from benchmarks.places import PACK
from rulecore import load_ruleset

GRAPH = adventurer()
HIGHEST_TRIED = 150


def history(length: int, seed: int) -> list[tuple[str, int]]:
    generator = random.Random(seed)  # noqa: S311 - the same edits in every run
    names = generator.choices([edit.name for edit in EDITS], k=length)
    return [(name, generator.randint(*tried_range(name))) for name in names]


def tried_range(name: str) -> tuple[int, int]:
    return GRAPH.inputs[name].lowest, min(GRAPH.inputs[name].highest, HIGHEST_TRIED)


def test_there_are_as_many_as_the_page_says():
    assert (len(GRAPH.inputs), len(GRAPH.fields)) == (266, 480)


def test_the_pack_is_what_the_formulas_give():
    assert (PACK / "adventurer.brew").read_text(encoding="utf-8") == pack_text(GRAPH)


def test_the_pack_loads_alone_without_findings():
    rules = load_ruleset(PACK, strict=True)
    assert rules.findings == ()
    assert rules.new("adventurer").findings == ()


@pytest.mark.parametrize("contestant", [Twin, PurePython])
def test_a_contestant_agrees_with_the_full_recompute_after_any_edit(contestant: type[Contestant]):
    agree_on(contestant(GRAPH), history(400, seed=1))


def test_the_public_api_agrees_with_the_full_recompute_after_any_edit():
    agree_on(PublicApi(GRAPH), history(60, seed=2))


def test_the_engine_agrees_with_the_full_recompute_after_any_edit():
    try:
        engine = Engine(GRAPH)
    except Absent as reason:
        pytest.skip(str(reason))
    agree_on(engine, history(400, seed=3))


def agree_on(contestant: Contestant, edits: list[tuple[str, int]]):
    right = FullRecompute(GRAPH)
    judges, editors = ({name: each.editor(name) for name, _ in edits} for each in (right, contestant))
    for name, value in edits:
        judges[name](value)
        editors[name](value)
        wrong = {
            field: (found, wanted)
            for field, found, wanted in zip(GRAPH.names, contestant.values(), right.values(), strict=True)
            if found != wanted
        }
        assert wrong == {}, f"after {name} = {value}"


def test_a_disagreement_is_found_and_named():
    class Wrong(Twin):
        def values(self) -> list[Any]:
            return [*super().values()[:-1], -1]

    with pytest.raises(Disagreement, match=re.escape(GRAPH.names[-1])):
        verify([InProcess(FullRecompute(GRAPH)), InProcess(Wrong(GRAPH))], GRAPH.names, EDITS)
