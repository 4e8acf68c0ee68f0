"""The debug mode: after every edit the document is derived anew, and the live sheet must be the same."""

from __future__ import annotations

import os

from rulecore.character.values import jsonlike
from rulecore.derive import Derivation, derive
from rulecore.errors import Diverged

VARIABLE = "RULECORE_VERIFY_EDITS"


def is_verifying() -> bool:
    """Tell whether the environment asks for the debug mode."""
    return bool(os.environ.get(VARIABLE))


def verify(live: Derivation) -> None:
    """Raise Diverged where a live derivation is not what its document gives."""
    anew = derive(jsonlike(live.document.raw), live.rules)
    found = [*_structure(live, anew), *_values(live, anew), *_findings(live, anew)]
    if found:
        raise Diverged("an edit did not give what a new derivation gives: " + "; ".join(found[:5]))


def _structure(live: Derivation, anew: Derivation) -> list[str]:
    here, there = (set(each.structure.by_path) for each in (live, anew))
    return [f"{path or 'the entity'} is there on one side alone" for path in sorted(here ^ there)]


def _values(live: Derivation, anew: Derivation) -> list[str]:
    from rulecore.formula.format import format_value

    found = []
    for instance in anew.structure.instances:
        mine = live.structure.by_path.get(instance.path, live.structure.entity)
        for name in instance.fields:
            left, right = (format_value(each.computation.value(owner, name)) for each, owner in ((live, mine), (anew, instance)))
            if left != right:
                found.append(f"{instance.join(name)} is {left} and should be {right}")
    return found


def _findings(live: Derivation, anew: Derivation) -> list[str]:
    here, there = ({str(finding) for finding in each.findings} for each in (live, anew))
    return [f"found on one side alone: {text}" for text in sorted(here ^ there)]
