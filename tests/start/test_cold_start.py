"""What a new process imports before its first sheet: nothing of others, and of rulecore only what a sheet needs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from rulecore.packs.load import load
from rulecore.packs.shipped import write_shipped

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "monk_barbarian.json"
REPORT = """
import sys
before = set(sys.modules)
{code}
loaded = set(sys.modules) - before
print(*sorted({{name.partition(".")[0] for name in loaded}} - sys.stdlib_module_names))
print(*sorted(loaded))
"""
IMPORT = "import rulecore"
SHEET = (
    "import rulecore, json; rulecore.load_ruleset({ruleset}).character(json.loads(open({example!r}).read())).sheet().to_json()"
)
# What costs a start much and gives it nothing.
HEAVY = {
    "argparse",
    "dataclasses",
    "difflib",
    "email",
    "importlib.metadata",
    "importlib.resources",
    "inspect",
    "logging",
    "pathlib",
}
HEAVY |= {"hashlib", "pickle", "subprocess", "tempfile", "urllib.parse"}
# What costs a little, and nothing of a first sheet needs.
LIGHT = {"array", "contextlib", "copy", "fnmatch", "importlib", "importlib.util", "threading", "typing", "warnings", "weakref"}
# What explains, edits and checks.
NOT_OF_A_SHEET = {
    "rulecore.character.faults",
    "rulecore.character.transaction",
    "rulecore.character.attempt",
    "rulecore.derive.engine",
    "rulecore.derive.explain",
    "rulecore.derive.explanation",
    "rulecore.derive.link",
    "rulecore.derive.options",
    "rulecore.formula.format",
    "rulecore.formula.traverse",
    "rulecore.formula.world",
    "rulecore.model.dependencies",
    "rulecore.model.edit",
    "rulecore.model.play",
    "rulecore.packs.encode",
    "rulecore.play",
}


@pytest.fixture(scope="module")
def ruleset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("compiled") / "standard.rulecore"
    write_shipped(path, load(portable=True).rules)
    return path


def report(code: str, cache: Path | None = None) -> tuple[list[str], set[str]]:
    environment = {**os.environ, "RULECORE_CACHE": "off" if cache is None else str(cache)}
    command = [sys.executable, "-c", REPORT.format(code=code)]
    lines = subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout.splitlines()
    return lines[0].split(), set(lines[1].split())


def sheet(ruleset: Path | None) -> str:
    return SHEET.format(ruleset="" if ruleset is None else repr(str(ruleset)), example=str(EXAMPLE))


def test_importing_rulecore_loads_nothing_of_others():
    strangers, loaded = report(IMPORT)
    assert strangers == ["rulecore"]
    assert {name for name in loaded if name.startswith("rulecore.")} == set()


def test_a_sheet_of_a_compiled_ruleset_loads_nothing_of_others(ruleset: Path):
    strangers, loaded = report(sheet(ruleset))
    assert strangers == ["rulecore"]
    assert loaded & (HEAVY | NOT_OF_A_SHEET) == set()
    assert not any(name.startswith("rulecore.dsl") for name in loaded)


def test_a_first_sheet_imports_of_the_standard_library_what_it_needs(ruleset: Path):
    code = f"import json, sys, rulecore; before = set(sys.modules); {sheet(ruleset)}; print(*sorted(set(sys.modules) - before))"
    command = [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(ROOT / 'src')!r}); {code}"]
    loaded = set(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())
    assert "rulecore.character" in loaded
    assert loaded & LIGHT == set()


def test_a_sheet_of_a_ruleset_that_is_kept_loads_nothing_of_others(tmp_path: Path):
    report(sheet(None), tmp_path)
    strangers, loaded = report(sheet(None), tmp_path)
    assert strangers == ["rulecore"]
    assert {name for name in loaded if name.startswith("rulecore.dsl")} == {"rulecore.dsl", "rulecore.dsl.private_folder"}
