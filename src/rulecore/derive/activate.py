"""Which instances exist: the least fixed point over gates, choices, grants and activations.

Every round judges all that waits by the same state and then lets all of it happen, so that no order matters. A gate only
turns from false to true; at the end each one that was opened must still hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from rulecore.derive import build
from rulecore.derive.compute import Computation
from rulecore.derive.instance import Caller, Instance, Pick, Question
from rulecore.derive.judging import Judging
from rulecore.derive.stored import written_names
from rulecore.derive.structure import Activating, Granting, GrantKey, Structure, Waiting
from rulecore.errors import DocumentError
from rulecore.finding import Finding
from rulecore.formula.scalar import Scope, evaluate
from rulecore.formula.values import entry_of, many
from rulecore.model.document import Document
from rulecore.model.entry import Entry
from rulecore.model.rules import Rules
from rulecore.model.shape import Grant
from rulecore.names import nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MOST_ROUNDS = 100
MOST_INSTANCES = 100_000
MOST_ANSWERS = 40

Step = tuple[tuple[str, str], Callable[[], object]]


def activate(document: Document, rules: Rules) -> Judging:
    """Give the structure of every instance that a document and a ruleset bring about, in the world that judged it."""
    entity = rules.entities.get(document.kind)
    if entity is None:
        raise _unknown_kind(document.kind, rules)
    structure = Structure(rules, document)
    build.build_entity(structure, entity)
    world = Judging(structure)
    if not go_on(structure, world):
        structure.findings.append(
            Finding("activation.endless", "content brings new content to life without end, so this is cut short")
        )
        world.refresh()
    return world


def go_on(structure: Structure, world: Judging) -> bool:
    """Let all that is due happen until nothing is; tell whether that comes to an end."""
    for _round in range(MOST_ROUNDS):
        world.refresh()
        steps = sorted(_due(structure, world), key=lambda step: step[0])
        if not steps:
            return True
        for _key, happen in steps:
            happen()
        if len(structure.instances) > MOST_INSTANCES:
            break
    return False


def _unknown_kind(kind: str, rules: Rules) -> DocumentError:
    finding = Finding(
        "document.kind_unknown",
        f"there is no entity {kind!r} in these packs",
        pointer="/kind",
        expected=sorted(rules.entities),
        found=kind,
        nearest=nearest(kind, rules.entities),
    )
    return DocumentError("this is no document", [finding])


def _due(structure: Structure, world: Judging) -> Iterator[Step]:
    yield from _gates(structure, world)
    yield from _answers(structure)
    yield from _grants(structure, world)
    yield from _activations(structure, world)


def _gates(structure: Structure, world: Judging) -> Iterator[Step]:
    opened = [each for each in world.due(structure.waiting) if holds(each, world)]
    if opened:
        gone = set(opened)
        structure.waiting = [each for each in structure.waiting if each not in gone]
        structure.opened += opened
    for each in opened:
        world.happens(each)
        yield (
            (each.owner.path, ""),
            partial(build.open_block, structure, each.owner, each.block, of_entry=each.of_entry),
        )


def holds(waiting: Waiting, world: Computation) -> bool:
    """Tell whether the gate of a block holds now."""
    gate = waiting.block.gate
    return gate is None or bool(evaluate(gate, Scope(world, waiting.owner)))


# ---- choices


def _answers(structure: Structure) -> Iterator[Step]:
    waiting, structure.unanswered = structure.unanswered, []
    for owner, question in waiting:
        if question.choice.records is not None:
            # Only what is chosen among instances may come to be there later.
            structure.unanswered.append((owner, question))
        written = question.preset if question.preset is not None else written_names(structure.document.choices.get(question.path))
        for place, name in enumerate(written[:MOST_ANSWERS]):
            value = None if (id(question), place) in structure.done else answer(structure, question, name)
            if value is not None:
                pick = partial(_take, structure, owner, question, place=place, name=name, value=value)
                yield (owner.path, f"{question.choice.name} {place:09}"), pick


def answer(structure: Structure, question: Question, name: str) -> Any:
    """Give the entry, option or instance that a choice offers under a name, or none."""
    choice = question.choice
    if choice.options:
        return next((option for option in choice.options if option.name == name), None)
    if choice.records is not None:
        found = structure.by_path.get(name)
        return found if found is not None and choice.records in found.shapes else None
    kind = getattr(choice.type, "kind", "")
    entry = structure.index.find(name, kind)
    return entry if entry in choice.entries else None


def _take(structure: Structure, owner: Instance, question: Question, *, place: int, name: str, value: Any) -> None:
    structure.claim(owner)
    structure.done.add((id(question), place))
    pick = Pick(name, value)
    if question.choice.options:
        pick.value, pick.option = value.name, value
        pick.acting = build.choose_option(structure, owner, question, value)
    elif isinstance(value, Entry) and value not in structure.families and not structure.index.is_held(value):
        pick.acting = build.choose_entry(structure, owner, question, value)
    question.picks.append(pick)
    structure.changed(owner, (question.choice.name,))


# ---- grants and activations


def _grants(structure: Structure, world: Judging) -> Iterator[Step]:
    for each in world.due(structure.grants):
        for key in grants_of(each, world):
            if key not in structure.granted:
                _id, path, holder, entry = key
                world.happens(each)
                yield (path, f"{holder.path} {entry.id}"), partial(_grant, structure, key, each.caller, each.grant)


def grants_of(granting: Granting, world: Judging) -> Iterator[GrantKey]:
    """Give what tells apart the elements that a grant gives now."""
    grant, owner = granting.grant, granting.caller.owner
    scope = Scope(world, owner)
    named = many(evaluate(grant.holder, scope))
    holders = [each for each in (instance_of(world, one) for one in named) if each is not None]
    for entry in granted(grant, scope):
        for holder in holders:
            if grant.collection in holder.collections:
                yield (id(grant), owner.path, holder, entry)
            else:
                world.note((holder, grant.collection))


def instance_of(world: Computation, value: Any) -> Instance | None:
    """Give an instance as it is, and for an entry the one that stands for it."""
    if isinstance(value, Entry):
        return world.standing(value)
    return value if isinstance(value, Instance) else None


def granted(grant: Grant, scope: Scope) -> list[Entry]:
    """Give the entries that a grant gives now."""
    found = [entry_of(each) for formula in grant.entries for each in many(evaluate(formula, scope))]
    return [each for each in found if isinstance(each, Entry)]


def _grant(structure: Structure, key: GrantKey, caller: Caller, grant: Grant) -> None:
    if key not in structure.granted:
        _id, _path, holder, entry = key
        structure.granted.add(key)
        build.grant_element(structure, caller, grant, holder, entry)


def _activations(structure: Structure, world: Judging) -> Iterator[Step]:
    for each in world.due(structure.activations):
        caller, activation = each.caller, each.activation
        for entry in activated(each, world):
            key = activation_key(each, entry)
            if key not in structure.done:
                structure.done.add(key)
                world.happens(each)
                yield (caller.owner.path, entry.id), partial(build.activate_entry, structure, caller, entry, activation)


def activated(activating: Activating, world: Judging) -> Iterator[Entry]:
    """Give the entries that something brings to life now."""
    for named in many(evaluate(activating.activation.entries, Scope(world, activating.caller.owner))):
        entry = entry_of(named)
        if isinstance(entry, Entry):
            yield entry


def activation_key(activating: Activating, entry: Entry) -> tuple[int, str, Entry]:
    """Give what tells apart what something brings to life."""
    return (id(activating.activation), activating.caller.owner.path, entry)
