"""Engines on V8, each in a process of its own that answers one question at a time."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping
from functools import cache
from typing import Any

from benchmarks.contestants.contestant import Absent
from benchmarks.formulas.graph import Graph
from benchmarks.formulas.javascript import functions
from benchmarks.formulas.spreadsheet import formula_sheet, table_sheet
from benchmarks.harness import Timed
from benchmarks.places import NODE

_PACKAGES = NODE / "node_modules"
_INSTALL = ("install", "--no-package-lock", "--no-audit", "--no-fund", "--silent")
_WARM_UP_PAIRS = 50
_WARM_UP = 300_000_000  # nanoseconds


@cache
def node_version() -> str:
    """Give the version of node, with its packages installed, or say why there is none."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None:
        raise Absent("node is not installed")
    if not _PACKAGES.is_dir():
        if npm is None:
            raise Absent("npm is not installed, and the packages for node are missing")
        if subprocess.run([npm, *_INSTALL], cwd=NODE, check=False).returncode:
            raise Absent("the packages for node could not be installed")
    return subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout.strip()


class NodePeer:
    """The graph in one library of JavaScript."""

    def __init__(self, graph: Graph, program: str, package: str, note: str = "") -> None:
        """Start the process and hand it the graph."""
        runtime = node_version()
        number = json.loads((_PACKAGES / package / "package.json").read_text())["version"]
        self.title = f"{package} {number}{note}, node {runtime.removeprefix('v')}"
        self.graph = graph
        self.process = subprocess.Popen(["node", program], cwd=NODE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._send(
            {
                "functions": functions(graph),
                "defaults": list(graph.defaults.values()),
                "tables": graph.tables,
                "sheets": {"Tables": table_sheet(graph), "Formulas": formula_sheet(graph)},
            }
        )
        self.warm: set[str] = set()

    def _send(self, message: Mapping[str, Any]) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(message) + "\n")
        self.process.stdin.flush()

    def _ask(self, edit: Timed, **question: int) -> Any:
        assert self.process.stdout is not None
        place = self.graph.place
        cone = [place[name] for name in self.graph.cone([edit.name])]
        self._send({"place": place[edit.name], "cone": cone, **question})
        return json.loads(self.process.stdout.readline())

    def values_after(self, edit: Timed, value: int) -> list[int]:
        """Make an edit and give all values."""
        values: list[int] = self._ask(edit, value=value)
        return values

    def nanoseconds(self, edit: Timed, pairs: int) -> float:
        """Do an edit forth and back so many times, and give the time of one; the first time lets V8 compile."""
        if edit.title not in self.warm:
            self.warm.add(edit.title)
            spent = 0.0
            while spent < _WARM_UP:
                spent += 2 * _WARM_UP_PAIRS * self._time(edit, _WARM_UP_PAIRS)
        return self._time(edit, pairs)

    def _time(self, edit: Timed, pairs: int) -> float:
        return float(self._ask(edit, first=edit.first, second=edit.second, pairs=pairs))

    def close(self) -> None:
        """End the process."""
        self.process.communicate()


def hyperformula(graph: Graph) -> NodePeer:
    """Start HyperFormula."""
    return NodePeer(graph, "hyperformula.mjs", "hyperformula")


def alien_signals(graph: Graph) -> NodePeer:
    """Start alien-signals."""
    return NodePeer(graph, "alien_signals.mjs", "alien-signals", ", told what can change")
