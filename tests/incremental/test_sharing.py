"""One ruleset, many characters: in threads, in other processes, and in other versions of Python."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest

import rulecore as rc
from tests.properties.heroes import character, examples, rules, sheet_text

ROOT = Path(__file__).parents[2]
THREADS = 2
VALUES = ("strength.base", "dexterity.base", "wisdom.base", "charisma.base", "hit_points")

RESTORED = """
import json, pickle, sys
hero = pickle.load(open(sys.argv[1], "rb"))
hero.undo()
hero.edit({"dexterity.base": 7})
print(json.dumps([hero.document, hero.sheet().to_json()["fields"], len(hero.log)]))
"""

IN_THREADS = """
import json, sys
from concurrent.futures import ThreadPoolExecutor
import rulecore as rc
rules = rc.load_ruleset()
documents = [json.loads(open(path).read()) for path in sys.argv[1:]]
shared = rules.character(documents[0])
def lived(place):
    hero = shared.fork() if place % 2 else rules.character(documents[place % len(documents)])
    for score in (8, 15, 20, 3):
        hero.edit({"strength.base": score, "dexterity.base": 23 - score})
        hero.edit({"strength.base": score})
    again = rules.character(hero.document)
    assert hero.sheet().to_json()["fields"] == again.sheet().to_json()["fields"]
    return hero["armor_class"]
with ThreadPoolExecutor(2) as pool:
    print(list(pool.map(lived, range(6))) == [lived(place) for place in range(6)])
"""


def live(hero: Any, seed: int) -> Any:
    random = Random(seed)  # noqa: S311 - a test, no secret
    for _ in range(8):
        hero.edit({random.choice(VALUES): random.randint(1, 20)})
    return hero


def test_two_threads_edit_characters_of_one_ruleset():
    documents = list(examples().values())
    with ThreadPoolExecutor(THREADS) as pool:
        lived = list(pool.map(lambda place: live(character(documents[place]), place), range(len(documents))))
    for hero in lived:
        assert sheet_text(hero) == sheet_text(character(hero.document))


def test_two_threads_edit_forks_of_one_character():
    """Forks share what exists and the plans of edits, made by whoever needs them first, and nothing else."""
    hero = character(examples()["warlock_paladin"])
    hero.edit({"strength.base": 9})
    before = hero.document, sheet_text(hero)
    forks = [hero.fork() for _ in range(6)]
    with ThreadPoolExecutor(THREADS) as pool:
        lived = list(pool.map(live, forks, range(6)))
    for place, fork in enumerate(lived):
        assert sheet_text(fork) == sheet_text(live(character(before[0]), place))
    assert (hero.document, sheet_text(hero)) == before


def test_a_character_goes_to_another_process(tmp_path: Path):
    """By its document, its log, and the names of its packs: there it can be taken back and edited on."""
    hero = character(examples()["ranger_wizard"])
    hero.edit({"wisdom.base": 20})
    hero.edit([rc.Add("levels", {"class": "wizard"})])
    path = tmp_path / "hero.pickle"
    path.write_bytes(pickle.dumps(hero))
    document, fields, logged = json.loads(run(sys.executable, RESTORED, str(path)))
    hero.undo()
    hero.edit({"dexterity.base": 7})
    assert (document, fields, logged) == (hero.document, hero.sheet().to_json()["fields"], len(hero.log))
    assert pickle.loads(pickle.dumps(rules())).hash == rules().hash  # noqa: S301 - our own


@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13"])
def test_other_versions_of_python(version: str):
    python = other_python(version)
    if python is None:
        pytest.skip(f"there is no Python {version} here")
    paths = [str(ROOT / "examples" / f"{name}.json") for name in ("monk_barbarian", "human_paladin_13")]
    assert run(python, IN_THREADS, *paths).strip() == "True"


@cache
def other_python(version: str) -> str | None:
    """A Python of a version: the running one, one on the path, or one of those that stand beside it."""
    if sys.version.startswith(version):
        return sys.executable
    beside = sorted(Path(sys.base_prefix).parent.glob(f"{version}*/bin/python{version}"))
    found = [str(each) for each in beside] + [path for path in [shutil.which(f"python{version}")] if path]
    return next(
        (python for python in found if subprocess.run([python, "-c", ""], check=False, capture_output=True).returncode == 0), None
    )


def run(python: str, code: str, *arguments: str) -> str:
    # The libraries that load packs are pure Python, so those of this environment serve every version.
    libraries = [str(ROOT / "src"), *(path for path in sys.path if path.endswith("site-packages"))]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(libraries)}
    environment.pop("RULECORE_VERIFY_EDITS", None)
    finished = subprocess.run([python, "-c", code, *arguments], capture_output=True, text=True, check=False, env=environment)
    assert finished.returncode == 0, finished.stderr
    return finished.stdout
