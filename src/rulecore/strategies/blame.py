"""Which of several edits made a finding: those that write where it points to, else those that its law reads first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rulecore.character.placement import Placement
from rulecore.character.transaction import Transaction
from rulecore.derive import Derivation
from rulecore.derive.explain import pointer_of
from rulecore.derive.instance import Instance
from rulecore.finding import Finding
from rulecore.formula.ast import Formula
from rulecore.formula.scalar import Scope, evaluate
from rulecore.model.edit import Add, Edit
from rulecore.model.shape import Mode
from rulecore.model.strict import escape

ELEMENTS = "collections"
FARTHEST = 12

Key = tuple[Instance, str]


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
    reached = list(_law(derivation, finding))
    seen = set(reached)
    for _step in range(FARTHEST):
        found = _meeting((place for key in reached for place in _places(derivation, *key)), written)
        if found or not reached:
            return found[len(found) // 2 :]
        reached = list(dict.fromkeys(key for each in reached for key in _behind(derivation, *each) if key not in seen))
        seen.update(reached)
    return []


def _law(derivation: Derivation, finding: Finding) -> Iterator[Key]:
    """Give what the law of a finding reads, or the number of a choice."""
    structure = derivation.structure
    for owner, question in structure.questions:
        if finding.pointer == f"/choices/{escape(question.path)}":
            yield from _reads(derivation, Scope(derivation.computation, owner), question.choice.count)
    instance = structure.by_path.get(str(finding.found), structure.entity)
    for law in instance.laws:
        if law.requirement.span == finding.span:
            yield from _reads(derivation, Scope(derivation.computation, instance), law.requirement.condition)


def _reads(derivation: Derivation, scope: Scope, *formulas: Formula | None) -> list[Key]:
    world = derivation.computation
    world.reads = []
    for formula in formulas:
        if formula is not None:
            evaluate(formula, scope)
    reads, world.reads = world.reads, None
    return [(instance, name) for instance, name, _value in reads]


def _places(derivation: Derivation, instance: Instance, name: str) -> Iterator[str]:
    """Give where the document has a value, or asks for what contributes to it."""
    if name in instance.questions:
        yield f"/choices/{escape(instance.questions[name].path)}"
    elif name in instance.fields:
        if instance.fields[name].mode is Mode.EDITABLE:
            yield pointer_of(instance, name)
        terms = derivation.computation.combined(instance, name).terms
        for term in terms:
            if term.by is not None:
                yield from _origins(term.by.owner)


def _origins(instance: Instance) -> Iterator[str]:
    """Give where the document asks for an instance, and for all that brought it about."""
    found = {instance: None}
    reached = [instance]
    while reached:
        each = reached.pop()
        yield each.origin
        callers = [*each.called_by, each.granted_by]
        for above in (*(caller.owner for caller in callers if caller is not None), each.owner):
            if above is not None and above not in found:
                found[above] = None
                reached.append(above)


def _behind(derivation: Derivation, instance: Instance, name: str) -> Iterator[Key]:
    """Give what a value is made of."""
    if name not in instance.fields:
        return
    world = derivation.computation
    formula, scope = world.formula(instance, instance.fields[name])
    yield from _reads(derivation, Scope(world, scope), formula)
    for term in world.combined(instance, name).terms:
        if term.by is not None:
            effect = term.by.effect
            yield from _reads(derivation, world.scope_of(term.by), effect.of, effect.where, effect.when, effect.value)
