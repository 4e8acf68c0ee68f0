"""Where in a document stands what a finding is about: what its law, or the count of its choice, reads on its way down."""

from __future__ import annotations

from collections.abc import Iterator

from rulecore.derive.derivation import Derivation
from rulecore.derive.explain import pointer_of
from rulecore.derive.instance import Form, Instance
from rulecore.finding import Finding
from rulecore.formula.ast import Formula
from rulecore.formula.scalar import Scope, evaluate
from rulecore.model.shape import Mode
from rulecore.model.strict import escape

FARTHEST = 12

Key = tuple[Instance, str]


def read_by(derivation: Derivation, finding: Finding) -> Iterator[list[str]]:
    """Give the JSON pointers of what a finding's law reads: first of what it reads itself, then of what that reads, and so on."""
    return read_from(derivation, _law(derivation, finding))


def read_from(derivation: Derivation, keys: Iterator[Key]) -> Iterator[list[str]]:
    """Give the JSON pointers of members and of what they read, step by step."""
    reached = list(keys)
    seen = set(reached)
    for _step in range(FARTHEST):
        if not reached:
            return
        yield [place for key in reached for place in _places(derivation, *key)]
        reached = list(dict.fromkeys(key for each in reached for key in behind(derivation, *each) if key not in seen))
        seen.update(reached)


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
        elif instance.form is Form.ELEMENT and instance.origin:
            yield instance.origin
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


def behind(derivation: Derivation, instance: Instance, name: str) -> Iterator[Key]:
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
