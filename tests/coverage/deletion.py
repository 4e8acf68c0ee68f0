"""Delete lines of packs, one at a time, and see which test fails: what is executable is what somebody misses.

    python -m tests.coverage.deletion                  every line that rules.csv names, with its test
    python -m tests.coverage.deletion --only warlock   lines whose way has this in it
    python -m tests.coverage.deletion --search         look for a test where the table names none, and write it there
    python -m tests.coverage.deletion --search --only hunter --among play/test_standard.py
                                                       look among these tests alone
    python -m tests.coverage.deletion --jobs 2         by two processes

It works on a copy of the checkout. A child is forked for each line, so that what is imported is imported once. It prints
what survives.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from tests.coverage.lines import Line, line_at, without
from tests.coverage.table import read, write
from tests.coverage.tests_of import tests_for

ROOT = Path(__file__).parents[2]
# What has been found of so many lines is kept, whatever becomes of the rest.
AT_ONCE = 10
# Tests that read no pack before they run.
WARM = ("tests/golden", "tests/conformance", "tests/play")
# The plugin of the package brings it before pytest could rewrite what it asserts.
OPTIONS = ("-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--assert=plain")
COPIED = ("src", "packs", "grammars", "tests", "examples", "pyproject.toml")


class Case(NamedTuple):
    """The way to a line, and the test that is to fail without it: as pytest names it below `tests/`; none, to look for one.

    To look among some tests alone, they stand there, a line each.
    """

    way: str
    test: str


class Verdict(NamedTuple):
    """A case and the first test that failed; none where the line is missed by nobody."""

    case: Case
    failed: str


def cases(*, only: str = "", search: bool = False, among: str = "") -> list[Case]:
    """Give each line that an executable rule names, once with each of its tests; with `search` those that are untried."""
    status = "untried" if search else "executable"
    named = (row for row in read() if row["status"] == status and only in row["line"])
    return sorted({Case(row["line"], among if search else row["test"]) for row in named})


def verdicts(wanted: Iterable[Case]) -> Iterator[Verdict]:
    """Delete the line of each case in a copy of the checkout, and run its test, or all that might notice."""
    with tempfile.TemporaryDirectory() as folder:
        for name in COPIED:
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            copy(ROOT / name, Path(folder) / name)
        child = subprocess.run(
            [sys.executable, "-m", "tests.coverage.deletion", "--here"],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": f"{folder}/src:{folder}", "RULECORE_CACHE": f"{folder}/cache"},
            input="\n".join(map(json.dumps, wanted)),
            capture_output=True,
            text=True,
            check=False,
        )
    if child.returncode:
        raise RuntimeError(child.stderr)
    for text in child.stdout.splitlines():
        case, failed = json.loads(text)
        yield Verdict(Case(*case), failed)


def _serve() -> None:
    """Answer each line of the input: in a copy of the checkout, which is changed and mended again."""
    _collected(tests=WARM)
    for text in sys.stdin.read().splitlines():
        case = Case(*json.loads(text))
        tests = [[f"tests/{each}" for each in case.test.splitlines()]] if case.test else tests_for(case.way)
        print(json.dumps([case, _without(line_at(case.way), tests)]), flush=True)


def _collected(tests: Iterable[str]) -> None:
    """Import before the forks what most tests import, by their collection; no ruleset may be loaded by that, and stay."""
    import pytest

    import rulecore as rc

    loading, rc.load_ruleset = rc.load_ruleset, None
    try:
        with contextlib.redirect_stdout(io.StringIO()) as said:
            code = pytest.main([*OPTIONS, "--collect-only", *tests])
    finally:
        rc.load_ruleset = loading
    if code:
        raise RuntimeError(said.getvalue())
    rc.load_ruleset()


def _without(line: Line, tests: list[list[str]]) -> str:
    path = ROOT / "packs" / line.file
    whole = path.read_text(encoding="utf-8")
    path.write_text(without(whole.splitlines(), line), encoding="utf-8")
    reader, writer = os.pipe()
    try:
        child = os.fork()
        if child == 0:
            os.write(writer, next(filter(None, map(_first_failure, tests)), "").encode())
            os._exit(0)
        os.close(writer)
        with os.fdopen(reader) as told:
            failed = told.read()
        os.waitpid(child, 0)
    finally:
        path.write_text(whole, encoding="utf-8")
    return failed


class _Watch:
    """Keeps the name of the first test that fails."""

    def __init__(self) -> None:
        self.failed = ""

    def pytest_runtest_logreport(self, report: object) -> None:
        if getattr(report, "failed", False) and not self.failed:
            self.failed = getattr(report, "nodeid", "").removeprefix("tests/")


def _first_failure(tests: list[str]) -> str:
    """Run tests until one fails; `no test: …` where they could not be run."""
    import pytest

    watch, said = _Watch(), io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = pytest.main([*OPTIONS, "-x", *tests], plugins=[watch])
    if watch.failed or code in {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}:
        return watch.failed
    return f"no test: pytest ended with {int(code)}"


def judged(wanted: list[Case], jobs: int) -> list[Verdict]:
    """Give the verdicts of cases, worked out by so many processes."""
    parts = [wanted[place::jobs] for place in range(jobs)]
    with ThreadPoolExecutor(jobs) as pool:
        return [verdict for found in pool.map(lambda part: list(verdicts(part)), parts) for verdict in found]


def fill(found: Iterable[Verdict]) -> None:
    """Write the tests that were found into the table."""
    tests = {verdict.case.way: verdict.failed for verdict in found if not verdict.failed.startswith("no test")}
    rows = read()
    for row in rows:
        if row["status"] == "untried" and tests.get(row["line"]):
            row["status"], row["test"] = "executable", tests[row["line"]]
    write(rows)


def main() -> None:
    """Print what survives, and how many there are of each sort."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--only", default="", help="lines whose way has this in it")
    arguments.add_argument("--search", action="store_true", help="look for tests where the table names none")
    arguments.add_argument("--among", default=[], nargs="+", help="tests to look among, in place of the nearest")
    arguments.add_argument("--jobs", type=int, default=1, help="processes")
    arguments.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.here:
        _serve()
        return
    wanted, missed, size = cases(only=given.only, search=given.search, among="\n".join(given.among)), 0, AT_ONCE * given.jobs
    for start in range(0, len(wanted), size):
        found = judged(wanted[start : start + size], given.jobs)
        if given.search:
            fill(found)
        for verdict in found:
            missed += not verdict.failed
            if not verdict.failed or verdict.failed.startswith("no test"):
                print(f"{verdict.case.way} ({verdict.failed or verdict.case.test or 'survives all'})", flush=True)
    print(f"{len(wanted)} lines, {missed} survive")


if __name__ == "__main__":
    main()
