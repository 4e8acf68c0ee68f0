"""Named edits, each with exactly the fields that it evaluates.

`evaluated.json` has the lists, read against the rules by hand: a field stands in one if something that its formula, its
effects or its bounds name has changed, and in no other case. Beside that, the lists are held against the interpreter: what
an edit did not evaluate must come out the same when it is worked out anew.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.properties.heroes import character, examples

EDITS = json.loads(Path(__file__).with_name("evaluated.json").read_text())


def test_there_are_enough():
    assert len(EDITS) >= 25
    assert len({each["document"] for each in EDITS}) >= 6


@pytest.mark.parametrize("edit", EDITS, ids=[each["name"] for each in EDITS])
def test_exactly_these_fields_are_evaluated(edit: dict[str, Any]):
    hero = character(examples()[edit["document"]])
    change = hero.edit({edit["path"]: edit["value"]})
    assert change.recomputed == len(edit["evaluated"])
    assert change.changed.keys() <= set(edit["evaluated"])
    hero.undo()
    engine, derivation = hero.engine, hero.derivation
    slot = engine.slot(edit["path"])
    instance, field = derivation.field(edit["path"])
    value = edit["value"]
    if isinstance(value, str):
        value = derivation.structure.index.find(value, field.type.kind)
    evaluated, _was = engine.trace(slot, value)
    assert sorted(owner.join(name) for owner, name in evaluated) == edit["evaluated"]
    assert instance.join(field.name) in edit["evaluated"]
