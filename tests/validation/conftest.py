import json
from copy import deepcopy
from pathlib import Path

import pytest

import rulecore as rc

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="session")
def rules():
    return rc.load_ruleset()


@pytest.fixture
def fighter():
    return deepcopy(json.loads((EXAMPLES / "dwarf_fighter_1.json").read_text()))


@pytest.fixture
def paladin():
    return deepcopy(json.loads((EXAMPLES / "human_paladin_13.json").read_text()))
