"""What judging costs, beside a full derivation of the same document; and what a second process brings for many lines.

.venv/bin/python benchmarks/judging.py                 21 rounds
.venv/bin/python benchmarks/judging.py --rounds 5      in haste

The cases alternate within a round, so that whatever else the machine does falls on all alike; the middle of the ratios counts.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import rulecore as rc

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = sorted((ROOT / "examples").glob("*.json"))
ROUNDS = 21
LINES = 400
MOST_DERIVES = 10.0
LEAST_GAIN = 1.7


def caster(rules: rc.Ruleset) -> dict[str, Any]:
    """Give a character of level 20 with three classes that cast: an example with other levels, repaired until it is legal."""
    document = json.loads((ROOT / "examples" / "elf_wizard_20.json").read_text())
    taken = ["wizard"] * 8 + ["cleric"] * 6 + ["bard"] * 6
    document["collections"]["levels"] = [{"class": name} for name in taken]
    document["fields"] |= {"charisma.base": 15, "wisdom.base": 15}
    report = rc.validate(document, rules).fixed("choice")
    if not report.ok:
        raise SystemExit(f"the caster is not legal: {report.to_markdown()}")
    return dict(report.data or {})


def main() -> None:
    """Measure all cases and print them with their goals."""
    arguments = argparse.ArgumentParser(description="Measure judging.")
    arguments.add_argument("--rounds", type=int, default=ROUNDS)
    rounds = arguments.parse_args().rounds
    rules = rc.load_ruleset()
    for title, ratio in judging(rules, rounds).items():
        print(f"{title:<60} {ratio:5.2f} derivations (at most {MOST_DERIVES:g})")
    print(f"{'lines on two cores beside one':<60} {many(max(1, rounds // 4)):5.2f} times (at least {LEAST_GAIN:g})")


def judging(rules: rc.Ruleset, rounds: int) -> dict[str, float]:
    """Give how many full derivations with all values it takes to judge the caster, without a fault and with some."""
    document = caster(rules)
    sheet = rules.character({key: each for key, each in document.items() if key != "claims"}).sheet().fields
    numbers = [name for name in sheet if name.endswith(".check.bonus")]
    turn = itertools.count()

    def another(**claims: Any) -> str:
        """Write the document with another value each time, so that nothing of the last one is simply there."""
        document["collections"]["levels"][3] = {"class": "wizard", "rolled": next(turn) % 6 + 1}
        return json.dumps({**document, "claims": claims})

    cases: dict[str, Callable[[], object]] = {
        "no fault": lambda: rc.validate(another(), rules).findings,
        "thirty claims that hold": lambda: rc.validate(another(**{name: sheet[name] for name in numbers[:30]}), rules).ok,
        "one wrong claim, with its sum and repair": lambda: rc.validate(another(armor_class=3), rules).findings,
    }
    ratios: dict[str, list[float]] = {title: [] for title in cases}
    for _round in range(rounds):
        # A ruleset that has derived nothing yet shares nothing with the last document.
        whole = timed(lambda: rc.Ruleset(rules.rules).character(json.loads(another())).sheet())
        for title, case in cases.items():
            ratios[title].append(timed(case) / whole)
    return {title: statistics.median(found) for title, found in ratios.items()}


def timed(case: Callable[[], object]) -> float:
    """Give the seconds that something takes."""
    started = time.perf_counter()
    case()
    return time.perf_counter() - started


def many(rounds: int) -> float:
    """Give how many times as fast two processes judge many lines as one."""
    if (os.cpu_count() or 1) < 2:
        return 1.0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "many.jsonl"
        documents = [json.loads(example.read_text()) for example in EXAMPLES]
        lines = (json.dumps({**documents[place % len(documents)], "name": str(place)}) for place in range(LINES))
        path.write_text("\n".join(lines))
        ratios = []
        for _round in range(rounds):
            one, two = (timed(partial(run, path, jobs)) for jobs in (1, 2))
            ratios.append(one / two)
        return statistics.median(ratios)


def run(path: Path, jobs: int) -> None:
    """Judge the lines of a file in a new process."""
    command = [sys.executable, "-m", "rulecore.cli", "validate", str(path), "--jsonl", "--jobs", str(jobs)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
