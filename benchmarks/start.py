"""How long a new process takes to its first sheet, as multiples of a bare interpreter's start.

.venv/bin/python benchmarks/start.py                 21 rounds, one of each case in turn
.venv/bin/python benchmarks/start.py --rounds 5      in haste

Every measurement is a new process; the cases alternate, so that whatever else the machine does falls on all alike; the middle
of the rounds counts. A load without any cache is set beside lark's bare parse of the same files in the same process.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = sorted((ROOT / "examples").glob("*.json"))
ROUNDS = 21
LOADS = 3

BARE = "pass"
SHEET = """
import json, rulecore
with open({example!r}) as file:
    document = json.load(file)
rulecore.load_ruleset({asked}).character(document).sheet().to_json()
"""
LOAD = """
import time
from rulecore.dsl.grammar import parser
from rulecore.packs.load import load
from rulecore.source import SourceFile

parser()
started = time.perf_counter()
texts = [source.text + "\\n" for source in load().sources.values()]
loaded = time.perf_counter()
for text in texts:
    parser().parse(text)
print((loaded - started) / (time.perf_counter() - loaded))
"""
GOALS = {"compiled ruleset, sheet": 4.0, "discovery and cache, sheet": 12.0, "no cache, beside lark's parse": 3.0}


def main() -> None:
    """Measure all cases and print them with their goals."""
    arguments = argparse.ArgumentParser(description="Measure the start of a process.")
    arguments.add_argument("--rounds", type=int, default=ROUNDS)
    rounds = arguments.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        compiled = Path(folder) / "standard.rulecore"
        command = "import sys; from rulecore.cli import main; sys.exit(main(['pack', 'compile', '-o', sys.argv[1]]))"
        run(command, Path(folder), str(compiled))
        times = measured(Path(folder), compiled, rounds)
        loads = [float(run(LOAD, None)) for _ in range(min(rounds, LOADS))]
    bare = statistics.median(times.pop("bare"))
    print(f"{'bare interpreter':32}{bare * 1000:8.1f} ms")
    for name, taken in times.items():
        show(name, statistics.median(taken) / bare, statistics.median(taken))
    show("no cache, beside lark's parse", statistics.median(loads))


def measured(cache: Path, compiled: Path, rounds: int) -> dict[str, list[float]]:
    """Give the seconds that each case took, round by round; the first round of all is not counted: it fills the caches."""
    times: dict[str, list[float]] = {}
    for number in range(-1, rounds):
        for name, code in cases(compiled, EXAMPLES[number % len(EXAMPLES)]):
            started = time.perf_counter()
            run(code, cache)
            if number >= 0:
                times.setdefault(name, []).append(time.perf_counter() - started)
    return times


def cases(compiled: Path, example: Path) -> Iterator[tuple[str, str]]:
    """Give what each new process does."""
    yield "bare", BARE
    yield "compiled ruleset, sheet", SHEET.format(example=str(example), asked=repr(str(compiled)))
    yield "discovery and cache, sheet", SHEET.format(example=str(example), asked="")


def run(code: str, cache: Path | None, *arguments: str) -> str:
    """Run code in a new interpreter, which may write its own compiled modules, and give what it prints."""
    environment = {**os.environ, "RULECORE_CACHE": "off" if cache is None else str(cache)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-I", "-c", code, *arguments]
    return subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout


def show(name: str, ratio: float, seconds: float | None = None) -> None:
    """Print one case."""
    taken = " " * 11 if seconds is None else f"{seconds * 1000:8.1f} ms"
    print(f"{name:32}{taken}{ratio:8.2f} times{GOALS[name]:8.0f} wanted{'' if ratio <= GOALS[name] else '   missed'}")


if __name__ == "__main__":
    main()
