"""In which order packs, files and declarations come never matters."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from rulecore.packs.load import Loaded, load
from tests.checker.content import content_hash
from tests.checker.tiny import CLUBS, GUSTS, KITES, PEOPLE, write

CALM = """pack calm 1.0.0 "Calm"
  uses kites ">=1.2"
feat patience "Patience"
  set nerve.score to at least 8
extend entity.flyer
  editable field hours: int 0..24 = 0
  field rested: bool = hours >= 8
extend club.wind_hands
  add 1 to reach when rested
"""
FAULTS = """feat faulty "Faulty"
  add 1 to tired
  add reech to reach
  choose pick: 1 of any kyte
  requires nerve.scor > 3, "nerve"
"""
_TOP = re.compile(r"^(?=[a-z])", re.MULTILINE)


def _declarations(text: str) -> list[str]:
    return [part for part in _TOP.split(text) if part.strip() and not part.startswith("#")]


PACKS = {
    "kites": [*_declarations(KITES), *_declarations(PEOPLE), *_declarations(CLUBS)],
    "gusts": _declarations(GUSTS),
    "calm": _declarations(CALM),
}


def _load(packs: dict[str, list[str]], cuts: list[int], asked: list[str]) -> Loaded:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, declarations in packs.items():
            files: dict[str, str] = {}
            for index, text in enumerate(declarations):
                file = f"f{cuts[index % len(cuts)]}.brew"
                files[file] = files.get(file, "") + text
            write(root / name, files)
        return load(*(root / name for name in asked))


def _findings(loaded: Loaded) -> list[tuple[str, str]]:
    return sorted((finding.code, finding.message) for finding in loaded.findings)


PLAIN = _load(PACKS, [0], list(PACKS))
BROKEN = _load(PACKS | {"gusts": [*PACKS["gusts"], FAULTS]}, [0], list(PACKS))

orders = st.fixed_dictionaries({name: st.permutations(parts) for name, parts in PACKS.items()})
cuts = st.lists(st.integers(0, 6), min_size=1, max_size=9)


def test_the_game_has_no_faults() -> None:
    assert _findings(PLAIN) == []
    assert len(PLAIN.rules.entries) > 15


@settings(max_examples=25)
@given(orders, cuts, st.permutations(list(PACKS)))
def test_the_ruleset_is_the_same_in_any_order(packs: dict[str, list[str]], cuts: list[int], asked: list[str]) -> None:
    loaded = _load(packs, cuts, asked)
    assert _findings(loaded) == []
    assert content_hash(loaded.rules) == content_hash(PLAIN.rules)
    assert [pack.name for pack in loaded.rules.packs] == ["kites", "calm", "gusts"]


@settings(max_examples=25)
@given(orders, cuts, st.permutations(list(PACKS)), st.data())
def test_the_findings_are_the_same_in_any_order(
    packs: dict[str, list[str]], cuts: list[int], asked: list[str], data: st.DataObject
) -> None:
    gusts = data.draw(st.permutations([*packs["gusts"], FAULTS]))
    assert _findings(_load(packs | {"gusts": gusts}, cuts, asked)) == _findings(BROKEN)


def test_faults_of_all_sorts_are_among_them() -> None:
    assert {code for code, _ in _findings(BROKEN)} == {"effect.editable", "name.unknown", "choice.kind", "name.member"}
