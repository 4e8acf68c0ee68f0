"""How instances come to be: paths, homes in the document, and what an open block adds to its owner."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet

from rulecore.derive.instance import Bound, Caller, Form, Home, Instance, Law, Question
from rulecore.derive.structure import CALLS, Activating, Granting, Structure, Waiting, in_order
from rulecore.formula import ast as f
from rulecore.model.entry import Entry
from rulecore.model.shape import Activation, Block, Choice, Collection, Entity, Grant, Option, Part, Shape
from rulecore.model.strict import escape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def build_entity(structure: Structure, entity: Entity) -> None:
    """Give the entity its members, and each key entry of its families an instance."""
    root = structure.entity
    root.label = entity.label
    _add_families(structure, entity.keys)
    # Families exist before the first block opens, so that everything can name them.
    open_shape(structure, root, entity.shape)
    _open_families(structure, entity.keys)


def build_families(structure: Structure, entity: Entity, entries: AbstractSet[Entry]) -> None:
    """Give some key entries their instances anew."""
    keys = [(entry, shape) for entry, shape in entity.keys if entry in entries]
    for entry in entries:
        _family_member(structure, entry)
    _add_families(structure, keys)
    _open_families(structure, keys)


def _add_families(structure: Structure, keys: Iterable[tuple[Entry, Shape]]) -> None:
    for entry, shape in keys:
        found = structure.families.get(entry) or _family_member(structure, entry)
        _dress(structure, found, shape)


def _open_families(structure: Structure, keys: Iterable[tuple[Entry, Shape]]) -> None:
    for entry, shape in keys:
        open_shape(structure, structure.families[entry], shape)


def _family_member(structure: Structure, entry: Entry) -> Instance:
    root = structure.entity
    made = Instance(entry.name, Form.FAMILY, root, root.home.inside(entry.name), entry.label, entry=entry)
    made.held_by = made
    structure.families[entry] = made
    return structure.add(made)


def _dress(structure: Structure, instance: Instance, shape: Shape) -> None:
    instance.shape = instance.shape or shape.name
    structure.shape(instance, shape.ancestors)
    instance.on_read = instance.on_read or shape.on_read


def open_shape(structure: Structure, instance: Instance, shape: Shape, *, of_entry: bool = False) -> None:
    """Give an instance the members of a shape."""
    _dress(structure, instance, shape)
    open_block(structure, instance, shape.block, of_entry=of_entry)


def open_block(structure: Structure, instance: Instance, block: Block, *, of_entry: bool) -> None:
    """Give an instance the members of a block; inner blocks with a gate wait for it."""
    structure.claim(instance)
    if instance not in structure.fresh:
        for members in (block.fields, block.parts, block.collections, block.choices):
            if members:
                structure.changed(instance, (member.name for member in members))
    if block.fields:
        fields = structure.index.fields(block)
        instance.fields.update(fields)
        if not instance.parts.keys().isdisjoint(fields):
            instance.parts = {name: part for name, part in instance.parts.items() if name not in fields}
    for part in block.parts:
        _add_part(structure, instance, part, of_entry=of_entry)
    for collection in block.collections:
        _add_collection(structure, instance, collection)
    for choice in block.choices:
        _ask(structure, instance, choice)
    for effect in block.effects:
        instance.effects.append((effect, of_entry))
    for requirement in block.requirements:
        instance.laws.append(Law(requirement, of_entry))
    for grant in block.grants:
        structure.grants.append(Granting(Caller(instance, of_entry), grant))
    for activation in block.activations:
        structure.activations.append(Activating(Caller(instance, of_entry, activation.when), activation))
    for inner in block.blocks:
        if inner.gate is None:
            open_block(structure, instance, inner, of_entry=of_entry)
        else:
            structure.waiting.append(Waiting(instance, inner, of_entry))


def _belonging(owner: Instance, form: Form, segment: str, home: Home, label: str) -> Instance:
    made = Instance(owner.join(segment), form, owner, home, label, position=owner.position)
    made.on_read, made.origin = owner.on_read, owner.origin
    return made


def _add_part(structure: Structure, owner: Instance, part: Part, *, of_entry: bool) -> None:
    made = _belonging(owner, Form.PART, part.name, owner.home.inside(part.name), part.label)
    made.is_record = of_entry
    if part.bindings:
        made.bindings = {binding.path: Bound(binding.value, owner) for binding in part.bindings}
    if owner.bindings:
        # What stands further out is the more particular text: its binding wins.
        made.bindings |= {path[1:]: bound for path, bound in owner.bindings.items() if path[0] == part.name and len(path) > 1}
    owner.parts[part.name] = made
    owner.fields.pop(part.name, None)
    structure.add(made)
    open_shape(structure, made, structure.rules.records[part.shape])
    made.effects.extend((effect, of_entry) for effect in part.effects)


def _add_collection(structure: Structure, owner: Instance, collection: Collection) -> None:
    owner.collections[collection.name] = collection
    structure.elements[owner, collection.name] = []
    owner.fields.pop(collection.name, None)
    for name, key in written_elements(collection, structure.document.collections.get(owner.join(collection.name))):
        add_written(structure, owner, collection, name, key)


def add_written(structure: Structure, owner: Instance, collection: Collection, name: str, key: str) -> Instance:
    """Add an element that the document has under a key."""
    pointer = f"/collections/{escape(owner.join(collection.name))}/{escape(key)}/"
    return add_element(structure, owner, collection, name, Home(pointer), origin=pointer.removesuffix("/"))


def written_elements(collection: Collection, written: Any) -> list[tuple[str, str]]:
    """Give name and key of the elements that a document has and that count: at most as many as there may be."""
    if collection.ordered and isinstance(written, list):
        found = [(str(place + 1), str(place)) for place in range(len(written))]
    elif not collection.ordered and isinstance(written, Mapping):
        names = sorted((name for name in written if is_element_name(name)), key=in_order)
        found = [(name, name) for name in names]
    else:
        return []
    return found[: collection.maximum]


def is_element_name(name: Any) -> bool:
    """Tell whether an element may have this id: a dot would make its path ambiguous."""
    return isinstance(name, str) and bool(name) and "." not in name


def add_element(
    structure: Structure,
    owner: Instance,
    collection: Collection,
    name: str,
    home: Home,
    *,
    bindings: Mapping[tuple[str, ...], Bound] | None = None,
    fixed: Mapping[str, Any] | None = None,
    origin: str | None = None,
) -> Instance:
    """Add an element to a collection, after those that are there. Only those of a sequence have a position."""
    made = _belonging(owner, Form.ELEMENT, f"{collection.name}.{name}", home, name)
    made.bindings, made.fixed, made.is_record = dict(bindings or {}), dict(fixed or {}), True
    made.origin = owner.origin if origin is None else origin
    elements = structure.elements[owner, collection.name]
    elements.append(made)
    structure.changed(owner, (collection.name,))
    made.position = len(elements) if collection.ordered else 0
    structure.add(made)
    open_shape(structure, made, structure.rules.records[collection.shape])
    return made


def grant_element(structure: Structure, caller: Caller, grant: Grant, holder: Instance, entry: Entry) -> None:
    """Make the element that a rule gives: its reference is the entry, `with` replaces formulas of its other fields."""
    collection = holder.collections[grant.collection]
    segment = structure.free_name(holder, f"{grant.collection}.{entry.name}")
    name = segment.removeprefix(f"{grant.collection}.")
    bindings = {binding.path: Bound(binding.value, caller.owner) for binding in grant.bindings}
    home = holder.home.inside(grant.collection).inside(name)
    made = add_element(
        structure,
        holder,
        collection,
        name,
        home,
        bindings=bindings,
        fixed={grant.reference: entry},
        origin=caller.owner.origin,
    )
    made.granted_by = caller
    if not collection.ordered:
        # Elements are kept in the order of their ids, wherever they come from; those of a sequence in its own.
        structure.elements[holder, grant.collection].sort(key=lambda each: in_order(each.path))


def _ask(structure: Structure, owner: Instance, choice: Choice) -> None:
    plain = choice.name.rpartition(".")[2]
    preset = owner.presets.get(choice.name, owner.presets.get(plain))
    question = Question(choice, owner.join(choice.name), preset)
    owner.questions[choice.name] = question
    structure.questions.append((owner, question))
    structure.unanswered.append((owner, question))


def activate_entry(structure: Structure, caller: Caller, entry: Entry, activation: Activation) -> Instance:
    """Bring an entry to life where something names it; a member of a family lives in its family's instance."""
    owner, family = caller.owner, structure.families.get(entry)
    if family is not None:
        structure.claim(family)
        family.origin = family.origin or _asked_by(owner, activation)
        family.called_by.append(caller)
        structure.touched.add((CALLS, family))
        return _activate_family(structure, owner, entry, family)
    held = activation.holds and owner is not structure.entity
    made = _living(structure, owner, entry, entry.name)
    made.held_by = owner if held else made
    made.origin = _asked_by(owner, activation)
    made.presets = dict(activation.presets)
    made.called_by.append(caller)
    _run(structure, made, entry)
    return made


def _asked_by(owner: Instance, activation: Activation) -> str:
    """Give the pointer of the field that names what is activated, or of what asked for the owner."""
    of = activation.entries
    if isinstance(of, f.Read) and isinstance(of.of, f.This) and of.name in owner.fields.keys() - owner.fixed.keys():
        return owner.home.pointer + escape(owner.home.prefix + of.name)
    return owner.origin


def _activate_family(structure: Structure, owner: Instance, entry: Entry, family: Instance) -> Instance:
    if owner.form is Form.ELEMENT and family.held_by is family:
        family.held_by = owner
    if not family.active:
        _run(structure, family, entry)
    return family


def choose_entry(structure: Structure, owner: Instance, question: Question, entry: Entry) -> Instance:
    """Bring a chosen entry to life: its `self` is itself."""
    made = _living(structure, owner, entry, f"{question.choice.name}.{entry.name}")
    made.called_by.append(Caller(owner))
    made.origin = f"/choices/{escape(question.path)}"
    made.held_by = made
    _run(structure, made, entry)
    return made


def choose_option(structure: Structure, owner: Instance, question: Question, option: Option) -> Instance:
    """Bring a chosen option to life: it stands in the text of the one that asks."""
    segment = structure.free_name(owner, f"{question.choice.name}.{option.name}")
    made = _belonging(owner, Form.OPTION, segment, owner.home.inside(segment), option.label)
    made.origin = f"/choices/{escape(question.path)}"
    structure.add(made)
    open_shape(structure, made, option.shape, of_entry=True)
    return made


def _living(structure: Structure, owner: Instance, entry: Entry, segment: str) -> Instance:
    segment = structure.free_name(owner, segment)
    made = _belonging(owner, Form.ENTRY, segment, owner.home.inside(segment), entry.label)
    made.entry = entry
    return structure.add(made)


def _run(structure: Structure, instance: Instance, entry: Entry) -> None:
    instance.active = True
    structure.run(instance, entry)
    structure.shape(instance, frozenset({f"entry {entry.id}"}))
    kinds = (structure.rules.kinds[name] for name in sorted(entry.kinds) if name in structure.rules.kinds)
    for kind in sorted(kinds, key=lambda each: len(each.ancestors)):
        structure.shape(instance, frozenset({f"kind {kind.name}"}))
        if kind.shape is not None:
            open_shape(structure, instance, kind.shape, of_entry=True)
    instance.shape = instance.shape or f"entry {entry.id}"
    if entry.shape is not None:
        open_shape(structure, instance, entry.shape, of_entry=True)
