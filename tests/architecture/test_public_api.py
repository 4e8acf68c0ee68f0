"""The package at its door: few names, in order, all there, and light to import."""

import subprocess
import sys

import rulecore

MOST_NAMES = 30
REPORT_STRANGERS = """
import sys
before = set(sys.modules)
import rulecore
loaded = {name.partition(".")[0] for name in set(sys.modules) - before}
print(*sorted(loaded - sys.stdlib_module_names - {"rulecore"}))
"""


def test_names_are_sorted_and_few():
    assert list(rulecore.__all__) == sorted(rulecore.__all__)
    assert len(rulecore.__all__) <= MOST_NAMES


def test_every_name_is_there():
    assert [name for name in rulecore.__all__ if not hasattr(rulecore, name)] == []


def test_dir_shows_every_name():
    assert set(rulecore.__all__) <= set(dir(rulecore))


def test_importing_rulecore_loads_no_third_party_module():
    finished = subprocess.run([sys.executable, "-c", REPORT_STRANGERS], capture_output=True, text=True, check=True)
    assert finished.stdout.split() == []
