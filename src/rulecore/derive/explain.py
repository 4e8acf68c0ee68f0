"""From a derivation and the name of a field to the explanation of its value."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rulecore.derive import combine
from rulecore.derive.collect import Contribution
from rulecore.derive.combine import Combined, Offer
from rulecore.derive.compute import Computation
from rulecore.derive.contents import NOTHING
from rulecore.derive.explanation import Explanation, Passed, Read, Term
from rulecore.derive.instance import Form, Instance
from rulecore.derive.offering import applies
from rulecore.derive.stored import Fault
from rulecore.errors import FieldError
from rulecore.formula import types as t
from rulecore.formula.ast import Formula
from rulecore.formula.format import format_formula
from rulecore.formula.scalar import Scope, evaluate
from rulecore.model.effect import Effect
from rulecore.model.entry import Entry
from rulecore.model.shape import Field, Mode
from rulecore.model.strict import escape
from rulecore.source import NOWHERE, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rulecore.derive.derivation import Derivation

_BOUNDS = {combine.LOW: "the least there is", combine.HIGH: "the most there is", combine.FLOOR: "whole numbers alone"}


def explain(derivation: Derivation, path: str) -> Explanation:
    """Explain the value of a field; raises FieldError where there is none of this id."""
    instance, field = derivation.field(path)
    world = derivation.computation
    combined = world.combined(instance, field.name)
    inactive, situational = _standing_by(world, instance, field)
    return Explanation(
        field=path,
        label=_label(world, instance, field),
        value=combined.value,
        terms=tuple(_term(world, instance, field, offer) for offer in combined.terms),
        lost=tuple(_lost(world, instance, field, combined)),
        inactive=tuple(inactive),
        situational=tuple(situational),
        rulings=tuple(_rulings(derivation, instance, field)),
        citation=field.citation,
        place=_place(field.span),
        explain=lambda inner: _or_none(derivation, inner),
    )


def _or_none(derivation: Derivation, path: str) -> Explanation | None:
    try:
        return explain(derivation, path)
    except FieldError:
        return None


def _label(world: Computation, instance: Instance, field: Field) -> str:
    words = [field.label]
    step: Instance | None = instance
    while step is not None and step.owner is not None:
        words.insert(0, name_of(world, step))
        step = step.owner if step.form in {Form.PART, Form.OPTION} else None
    return ", ".join(words)


def name_of(world: Computation, instance: Instance) -> str:
    """Name an instance for people: an element by the entry that it holds."""
    if instance.form is Form.ELEMENT:
        references = (name for name, field in instance.fields.items() if isinstance(field.type, t.RefType))
        held = next((world.value(instance, name) for name in references), None)
        return held.label if isinstance(held, Entry) else instance.label
    return instance.label


def _place(span: Span) -> str | None:
    return None if span == NOWHERE else f"{span.file}:{span.line}"


# ---- terms


def _term(world: Computation, instance: Instance, field: Field, offer: Offer) -> Term:
    if offer.by is not None:
        return _of_contribution(world, offer.by, offer)
    if offer.operation == combine.FORMULA:
        return _start(world, instance, field, offer)
    return _bound(world, instance, field, offer)


def _bound(world: Computation, instance: Instance, field: Field, offer: Offer) -> Term:
    """Tell what a field was brought to at the end: a whole number, or one of its bounds."""
    limit = {combine.LOW: field.low, combine.HIGH: field.high}.get(offer.operation)
    text = None if limit is None else format_formula(limit)
    reads = _reads(world, limit, Scope(world, instance))
    return Term(offer.operation, offer.value, _BOUNDS[offer.operation], text=text, reads=reads, place=_place(field.span))


def _start(world: Computation, instance: Instance, field: Field, offer: Offer) -> Term:
    """Tell where a field starts: given by a grant, written in the document, or its formula."""
    if field.name in instance.fixed:
        return Term(
            "fixed", offer.value, "granted", owner=None if instance.granted_by is None else instance.granted_by.owner.path
        )
    if field.mode is Mode.EDITABLE:
        written = world.written(instance, field)
        if written is not NOTHING and not isinstance(written, Fault):
            return Term("document", offer.value, "written in the document", pointer=pointer_of(instance, field.name))
    formula, scope = world.formula(instance, field)
    label = "default" if field.mode is Mode.EDITABLE else "formula"
    text = None if formula is None else format_formula(formula)
    reads = () if formula is None else _reads(world, formula, Scope(world, scope))
    return Term(combine.FORMULA, offer.value, label, text=text, reads=reads, place=_place(field.span), citation=field.citation)


def pointer_of(instance: Instance, name: str) -> str:
    """Give the JSON pointer of an editable field of an instance."""
    return instance.home.pointer + escape(instance.home.prefix + name)


def _reads(world: Computation, formula: Formula | None, scope: Scope) -> tuple[Read, ...]:
    """Evaluate a formula once more, keeping what it reads itself; what those read is known already."""
    return () if formula is None else _noted(world, lambda: evaluate(formula, scope))


def _noted(world: Computation, ask: Callable[[], object]) -> tuple[Read, ...]:
    """Ask for something, and give what is read on the way."""
    world.reads = []
    ask()
    found, world.reads = world.reads, None
    return tuple({instance.join(name): Read(instance.join(name), value) for instance, name, value in found}.values())


def _of_contribution(world: Computation, by: Contribution, offer: Offer | None, reason: str | None = None) -> Term:
    effect, scope = by.effect, world.scope_of(by)
    value = offer.value if offer is not None else evaluate(effect.value, scope)
    content = by.owner.content()
    return Term(
        operation=str(effect.operation),
        value=value,
        label=effect.label or (content.label if content is not None else by.owner.label),
        entry=None if content is None else content.id,
        owner=by.owner.path,
        text=format_formula(effect.value),
        reads=_reads_of(world, by),
        cap=None if offer is None else offer.cap,
        stack=effect.stack,
        when=_when(effect),
        against=effect.against,
        reason=reason,
        place=_place(effect.span),
        citation=effect.citation,
    )


def _reads_of(world: Computation, by: Contribution) -> tuple[Read, ...]:
    """Give what a contribution reads, and what decides whether its text counts."""
    effect, scope = by.effect, world.scope_of(by)
    formulas = (effect.value, effect.when, effect.where, effect.cap)
    found = {read.path: read for formula in formulas for read in _reads(world, formula, scope)}
    gates = _noted(world, lambda: world.acts(by.owner, of_entry=by.of_entry))
    return tuple({**found, **{read.path: read for read in gates}}.values())


def _when(effect: Effect) -> str | None:
    texts = [format_formula(each) for each in (effect.where, effect.when) if each is not None]
    return " and ".join(texts) or None


def _lost(world: Computation, instance: Instance, field: Field, combined: Combined) -> Iterator[Term]:
    for lost in combined.lost:
        if lost.offer.by is not None:
            yield _of_contribution(world, lost.offer.by, lost.offer, lost.reason)
            continue
        start = _start(world, instance, field, lost.offer)
        yield Term(
            start.operation, start.value, start.label, text=start.text, reads=start.reads, reason=lost.reason, place=start.place
        )


def _standing_by(world: Computation, instance: Instance, field: Field) -> tuple[list[Term], list[Term]]:
    """Give what would count if its condition held, and what counts in some situation alone."""
    inactive, situational = [], []
    for each in world.contributing(instance, field.name) if field.mode is Mode.DERIVED else ():
        if not applies(world, each, world.scope_of(each)):
            inactive.append(_of_contribution(world, each, None, None if _when(each.effect) else "what brings it is not active"))
        elif each.effect.against is not None:
            situational.append(_of_contribution(world, each, None))
    return inactive, situational


# ---- rulings


def _rulings(derivation: Derivation, instance: Instance, field: Field) -> Iterator[Passed]:
    """Give every ruling on which a value rests, its own and those of all it reads."""
    world, rules = derivation.computation, derivation.rules
    names: dict[str, None] = {}
    seen: set[tuple[Instance, str]] = set()
    waiting = [(instance, field.name)]
    while waiting:
        key = waiting.pop()
        if key in seen or key[1] not in key[0].fields:
            continue
        seen.add(key)
        traced = derivation.traces.get(key)
        if traced is None or key in world.moving or key[0].on_read:
            traced = derivation.traces[key] = _traced(world, *key)
        reads, rulings = traced
        names |= dict.fromkeys(rulings)
        waiting += reads
    for name in names:
        ruling = rules.rulings[name]
        yield Passed(name, ruling.label, world.ruling(name), ruling.citation)


def _traced(world: Computation, instance: Instance, name: str) -> tuple[list[tuple[Instance, str]], list[str]]:
    reads: list[tuple[Instance, str, Any]] = []
    rulings: list[str] = []
    world.reads, world.rulings = reads, rulings
    field = instance.fields[name]
    world.start(instance, field)
    if field.mode is Mode.DERIVED:
        world.offers(instance, name)
    world.reads, world.rulings = None, None
    return [(of, read) for of, read, _value in reads], rulings
