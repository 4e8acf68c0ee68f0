"""The source keeps the rules of the house, and each rule bites."""

from pathlib import Path

import pytest

from tests.architecture.rules import RULES, Rule

SOURCE = Path(__file__).parents[2] / "src" / "rulecore"

LONG_FUNCTION = 'def long():\n    """Run on."""\n' + "    print()\n" * 41
PLANTED = [
    ("long_files", "play/log.py", "# a line\n" * 301),
    ("long_functions", "play/log.py", LONG_FUNCTION),
    ("undocumented", "play/log.py", "def undo(): ..."),
    ("undocumented", "play/log.py", 'class Log:\n    """A log."""\n    def undo(self): ...'),
    ("undocumented", "play/log.py", 'def undo():\n    """no sentence"""'),
    ("vague_modules", "play/utils.py", ""),
    ("vague_modules", "play/_helpers.py", ""),
    ("vague_modules", "common/log.py", ""),
    ("strayed_libraries", "play/log.py", "def parse():\n    from lark.lexer import Token"),
    ("strayed_libraries", "dsl/parse.py", "import pluggy"),
    ("executed_text", "play/log.py", "exec('1')"),
    ("executed_text", "play/log.py", "run = eval"),
    ("executed_text", "derive/compute.py", "compile('1', '', 'eval')"),
    ("executed_text", "dsl/parse.py", "def load():\n    import marshal"),
    ("executed_text", "dsl/parse.py", "from builtins import exec as run"),
    ("loose_dataclasses", "model/entry.py", "@dataclass\nclass Entry: ..."),
    ("loose_dataclasses", "model/entry.py", "@dataclasses.dataclass(frozen=True)\nclass Entry: ..."),
    ("plain_integers", "derive/collect.py", "def bonus(level):\n    return 10 + level"),
    ("plain_integers", "model/field.py", "largest = 30"),
]
KEPT = [
    ("long_functions", "play/log.py", LONG_FUNCTION.removesuffix("    print()\n")),
    ("undocumented", "play/log.py", 'def undo():\n    """Take back the last edit.\n\n    More of it\n    """'),
    ("undocumented", "play/log.py", "def _undo(): ..."),
    ("strayed_libraries", "dsl/parse.py", "from lark import Lark"),
    ("executed_text", "derive/plan.py", "exec('1')"),
    ("executed_text", "play/log.py", "import re\nre.compile('1')"),
    ("loose_dataclasses", "model/entry.py", "@dataclass(frozen=True, slots=True)\nclass Entry: ..."),
    ("loose_dataclasses", "play/log.py", "@dataclass\nclass Log: ..."),
    ("plain_integers", "derive/collect.py", "MOST_ROUNDS = 64\nMOST_TERMS: int = 5"),
    ("plain_integers", "derive/collect.py", "def next(place):\n    return place + 1"),
]
BY_NAME = {rule.__name__: rule for rule in RULES}


@pytest.mark.parametrize("rule", RULES, ids=BY_NAME)
def test_the_source_keeps_the_rule(rule: Rule):
    assert rule(SOURCE) == []


@pytest.mark.parametrize(("rule", "name", "text"), PLANTED)
def test_a_planted_violation_is_found(rule: str, name: str, text: str, tmp_path: Path):
    write(tmp_path / name, text)
    assert BY_NAME[rule](tmp_path) != []


@pytest.mark.parametrize(("rule", "name", "text"), KEPT)
def test_what_is_allowed_is_left_alone(rule: str, name: str, text: str, tmp_path: Path):
    write(tmp_path / name, text)
    assert BY_NAME[rule](tmp_path) == []


def test_every_rule_has_a_planted_violation():
    assert {rule for rule, _, _ in PLANTED} == set(BY_NAME)


def write(path: Path, text: str):
    path.parent.mkdir(parents=True)
    path.write_text(text)
