"""Which of several edits a finding points to: those that write where it says that something is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rulecore.character.edits import Add, Edit
from rulecore.character.placement import Placement
from rulecore.character.transaction import Transaction
from rulecore.derive import Derivation
from rulecore.model.document import escape

ELEMENTS = "collections"


def pointers(derivation: Derivation, document: Mapping[str, Any], edits: Sequence[Edit]) -> list[str]:
    """Give the JSON pointer of what each edit writes, if all are made in turn."""
    transaction = Transaction(derivation, document)
    return [_pointer(transaction, derivation, edit) for edit in edits]


def _pointer(transaction: Transaction, derivation: Derivation, edit: Edit) -> str:
    if isinstance(edit, Add):
        transaction.apply([edit])
        elements = transaction.document[ELEMENTS][edit.collection]
        key = str(len(elements) - 1) if isinstance(elements, list) else list(elements)[-1]
        return f"/{ELEMENTS}/{escape(edit.collection)}/{escape(key)}"
    place = Placement(derivation, frozenset()).of(edit.path, getattr(edit, "value", None), derivation.document.raw)
    if place.part in {ELEMENTS, "fields"}:
        return derivation.document.pointer(edit.path)
    return f"/{place.part}/{escape(place.key)}"


def blamed(broken: Sequence[str], written: Sequence[str]) -> frozenset[int]:
    """Give the places of the edits that write what some pointer leads to, or what is inside or around it."""
    return frozenset(
        place for place, pointer in enumerate(written) if any(each and _meets(each, pointer) for each in broken)
    )


def _meets(one: str, other: str) -> bool:
    return one == other or one.startswith(f"{other}/") or other.startswith(f"{one}/")
