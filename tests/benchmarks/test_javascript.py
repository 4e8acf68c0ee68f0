"""The formulas in JavaScript give what they give in Python; only where node is there, and without any of its packages."""

import json
import shutil
import subprocess
from typing import Any

import pytest

from benchmarks.contestants.handwritten import fresh_values
from benchmarks.edits import EDITS
from benchmarks.formulas import adventurer
from benchmarks.formulas.javascript import functions
from benchmarks.formulas.python import full_recompute

NODE = shutil.which("node")
PROGRAM = """
const { formulas, tables, states } = JSON.parse(require('fs').readFileSync(0))
const all = states.map((values) => {
  const S = values.map((value) => () => value)
  formulas.forEach((text, place) => { if (text) S[place] = new Function('S', 'T', `return ${text}`).bind(null, S, tables) })
  return S.map((read) => Number(read()))
})
console.log(JSON.stringify(all))
"""


@pytest.mark.skipif(NODE is None, reason="node is not installed")
def test_the_formulas_in_javascript_give_the_same():
    graph = adventurer()
    right = [edited(name, value) for name, value in [(edit.name, value) for edit in EDITS for value in edit.values]]
    states = [values[: len(graph.inputs)] + [0] * len(graph.order) for values in right]
    asked = json.dumps({"formulas": functions(graph), "tables": graph.tables, "states": states})
    answered = subprocess.run([str(NODE), "-e", PROGRAM], input=asked, capture_output=True, text=True, check=True)
    assert json.loads(answered.stdout) == right


def edited(name: str, value: int) -> list[Any]:
    graph = adventurer()
    values = fresh_values(graph)
    values[graph.place[name]] = value
    full_recompute(graph)(values)
    return [int(each) for each in values]
