"""Answers to choices, as edits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rulecore.derive.options import OpenChoice
from rulecore.errors import Refused
from rulecore.finding import Finding
from rulecore.model.edit import Add, Edit, Set


def answer(choices: Iterable[OpenChoice], path: str, picked: Sequence[str] | str) -> list[Edit]:
    """Give the edits that answer a choice by id, set a reference, or add one element for each name to an ordered collection.

    Refused says that more is picked than the choice has room for.
    """
    chosen = [picked] if isinstance(picked, str) else list(picked)
    found = next((each for each in choices if each.id == path), None)
    if found is not None and found.form == "element":
        return [Add(path, {found.reference: name}) for name in chosen]
    if found is not None and len(chosen) > found.count:
        message = f"{found.label}: at most {found.count} may be chosen"
        finding = Finding("choice.too_many", message, found=len(chosen), expected={"count": found.count})
        raise Refused("nothing was changed", [finding])
    if found is not None and found.form == "reference":
        return [Set(path, chosen[0] if chosen else None)]
    return [Set(path, [name.partition("#")[0] for name in chosen])]
