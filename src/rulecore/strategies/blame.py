"""Which of several edits made a finding: those that write where it points to, else those that its law reads first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rulecore.character.placement import Placement
from rulecore.character.transaction import Transaction
from rulecore.derive import Derivation
from rulecore.derive.tracing import read_by
from rulecore.finding import Finding
from rulecore.model.edit import Add, Edit
from rulecore.model.strict import escape

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


def blamed(derivation: Derivation, findings: Iterable[Finding], written: Sequence[str]) -> frozenset[int]:
    """Give the places of the edits to leave out, of the pointers that they write."""
    found: set[int] = set()
    for finding in findings:
        found.update(_meeting((finding.pointer,), written) or _read_first(derivation, finding, written))
    return frozenset(found)


def _meeting(places: Iterable[str | None], written: Sequence[str]) -> list[int]:
    """Give those that write what a pointer leads to, or what is inside or around it."""
    known = [place for place in places if place]
    return [number for number, each in enumerate(written) if any(_meets(place, each) for place in known)]


def _meets(one: str, other: str) -> bool:
    return one == other or one.startswith(f"{other}/") or other.startswith(f"{one}/")


# ---- what a law reads


def _read_first(derivation: Derivation, finding: Finding, written: Sequence[str]) -> list[int]:
    """Give the later ones of those whose values a broken law reads by the shortest way."""
    for places in read_by(derivation, finding):
        found = _meeting(places, written)
        if found:
            return found[len(found) // 2 :]
    return []
