"""A structure that branches off another one: where a document differs in what decides, what does not hang on that is shared.

What the difference calls in question is judged again over the old structure. Whatever comes out otherwise is taken away as a
whole, an active entry, an element or a member of a family with all that belongs to it, and comes anew in ordinary rounds of
activation. What is shared stays as it is: where it would have to change, it is taken away as well. At the end all that is
shared must come out as it did, by what came to be before it, so that nothing holds because of itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import Any

from rulecore.derive.activate import activated, activation_key, go_on, grants_of, holds
from rulecore.derive.basis import Basis
from rulecore.derive.branching import Branching
from rulecore.derive.build import add_written, build_families, written_elements
from rulecore.derive.collect import collect_more
from rulecore.derive.compute import Key
from rulecore.derive.derivation import Derivation
from rulecore.derive.differences import Differences
from rulecore.derive.inheritance import Step, inheritance
from rulecore.derive.instance import Form, Instance
from rulecore.derive.judging import Judging
from rulecore.derive.structure import Activating, Borrowed, Granting, Judged, Structure, in_order
from rulecore.model.document import Document
from rulecore.model.entry import Entry

MOST_TRIES = 4


class _Rooted(Exception):
    # What has to go belongs to the entity itself, so that everything would have to go.
    pass


def branch(near: Derivation, document: Document, differences: Differences) -> Derivation | None:
    """Derive a document that differs from that of a derivation in some places.

    None where too much hangs on them, or where it cannot be told what does.
    """
    deciding = {key for key in differences.keys if not near.structure.is_input(*key)}
    if near.structure.findings or not near.structure.deciding.issuperset(deciding):
        return None
    uprooted = set[Instance]()
    try:
        for _try in range(MOST_TRIES):
            made = _Branch(near.basis.world, document, differences.collections)
            otherwise = made.tried(deciding, differences.asking | uprooted)
            if otherwise is None:
                return made.derivation(near.basis, differences.keys) if made.is_sound() else None
            uprooted |= otherwise
    except (_Rooted, RecursionError):
        pass
    return None


class _Branch:
    """One try to make a structure, given what has to be taken away."""

    def __init__(self, world: Judging, document: Document, collections: Iterable[Key]) -> None:
        self.old = world.structure
        self._collections = frozenset(collections)
        self.structure = self.old.beside(document)
        self.world = Branching(world, self.structure)
        self._opened = set(self.old.opened)
        self.gone: AbstractSet[Instance] = frozenset()

    def tried(self, keys: AbstractSet[Key], uprooted: Iterable[Instance]) -> set[Instance] | None:
        """Make it; give what else has to be taken away first, none if nothing has."""
        self.world.differ(keys)
        self._take_away(self._with_all({*uprooted, *self._removed(), *self._otherwise()}))
        try:
            if not go_on(self.structure, self.world):
                raise _Rooted
        except Borrowed as borrowed:
            return {self._whole(borrowed.instance)}
        return {self._whole(each) for each in self._otherwise()} or None

    def derivation(self, near: Basis, differing: AbstractSet[Key]) -> Derivation:
        """Give the derivation that has come of it; what is known of the old structure holds here but for what differs."""
        found, doubtful = near.contributions.without(self.gone, self.world.stirred)
        # What is shared comes first.
        new = self.structure.instances[len(self.structure.borrowed) :]
        collect_more(found, {*doubtful, *new}, self.world)
        basis = Basis(self.world, found)
        step = Step(self.structure, self.gone, self.world.touched | differing, near.contributions, found)
        basis.inheritance = inheritance(near, step)
        self.world.settle()
        self.structure.borrowed = frozenset()
        return Derivation(basis, self.structure.contents)

    def is_sound(self) -> bool:
        """Tell whether derivation would come to the same: nothing shared supports itself, and no gate held for a while alone."""
        borrowed, stirred = self.structure.borrowed, self.world.stirred
        opened = (each for each in self.structure.opened if each.owner not in borrowed and not self.world.is_settled(each))
        if self._is_ambiguous() or not all(holds(each, self.world) for each in self.world.asking(opened)):
            return False
        shut = (each for each in self.structure.waiting if each in stirred or each.owner not in borrowed)
        late = self.world.late()
        return self.world.is_founded(self._shared(stirred), late) and self.world.is_timely(shut, late)

    def _is_ambiguous(self) -> bool:
        """Tell whether of two things of one name only one is shared: which of them is the second hangs on which came first."""
        if not self.structure.has_seconds:
            return False
        borrowed, by_path = self.structure.borrowed, {each.path: each for each in self.gone} | self.structure.by_path
        numbered = [path for path in by_path if "#" in path.rpartition(".")[2]]
        for path in numbered:
            first = path.rpartition("#")[0]
            if first in by_path and (by_path[first] in borrowed) != (by_path[path] in borrowed):
                return True
        return False

    # ---- what comes out otherwise

    def _shared(self, several: Iterable[Any]) -> list[Any]:
        """Give of all that was called in question what is judged for shared instances."""
        judged = (each for each in several if isinstance(each, Judged))
        return [each for each in judged if each.owner in self.structure.borrowed]

    def _otherwise(self) -> set[Instance]:
        """Give the shared instances that would have to be otherwise, by all that was called in question since this was asked."""
        found: set[Instance] = set()
        for each in self.world.asking(self._shared(self.world.recently())):
            if isinstance(each, Granting):
                found |= self._granted_otherwise(each)
            elif isinstance(each, Activating):
                found |= self._activated_otherwise(each)
            elif each.owner not in found and holds(each, self.world) != (each in self._opened):
                found.add(each.owner)
        return found

    def _granted_otherwise(self, granting: Granting) -> set[Instance]:
        grant, owner = granting.grant, granting.caller.owner
        had = {key for key in self.old.granted if (key[0], key[1]) == (id(grant), owner.path)}
        return {key[2] for key in had ^ set(grants_of(granting, self.world)) if key[2] in self.structure.borrowed}

    def _activated_otherwise(self, activating: Activating) -> set[Instance]:
        now = set(activated(activating, self.world))
        had = list(_brought(self.old, {id(activating.caller)}))
        lost = {each for each in had if each.entry not in now and each in self.structure.borrowed}
        gained = now - {each.entry for each in had}
        families = self.structure.families
        return lost | {families[entry] for entry in gained if entry in families and families[entry] in self.structure.borrowed}

    # ---- what has to go

    def _removed(self) -> Iterator[Instance]:
        """Give the elements that the document has no more."""
        for owner, name in self._collections:
            now = {_element(owner, name, segment) for segment in _written(self.structure, owner, name)}
            elements = self.old.elements[owner, name]
            yield from (each for each in elements if each.granted_by is None and each.path not in now)

    def _whole(self, instance: Instance) -> Instance:
        """Give the smallest thing around an instance that can be taken away and come anew."""
        found: Instance | None = instance
        while found is not None and not self._can_come_anew(found):
            found = found.owner
        if found is None:
            raise _Rooted
        return found

    def _can_come_anew(self, instance: Instance) -> bool:
        if instance.form is Form.FAMILY:
            return True
        if instance.form is Form.ELEMENT:
            return instance.granted_by is None
        return instance.form is Form.ENTRY

    def _with_all(self, several: Iterable[Instance]) -> set[Instance]:
        """Give instances as wholes, with all that belongs to them or is there because of them."""
        roots, gone = {self._whole(each) for each in several}, set[Instance]()
        while roots - gone:
            gone |= roots
            for each in self.old.instances:
                if each.owner in gone:
                    gone.add(each)
            roots = {self._whole(each) for each in self._because_of(gone)}
        return gone

    def _because_of(self, gone: AbstractSet[Instance]) -> Iterator[Instance]:
        yield from _brought(self.old, {id(each.caller) for each in self.old.activations if each.caller.owner in gone})
        callers = {each.owner.path for each in self.old.grants if each.owner in gone}
        yield from (holder for _id, path, holder, _entry in self.old.granted if path in callers)
        for owner, question in self.old.questions:
            if owner not in gone and any(pick.value in gone or pick.acting in gone for pick in question.picks):
                yield owner

    def _take_away(self, gone: AbstractSet[Instance]) -> None:
        self.gone = gone
        families = {each.entry for each in gone if each.form is Form.FAMILY and each.entry is not None}
        collections = {key for key, several in self.old.elements.items() if not gone.isdisjoint(several)} | self._collections
        called = [(id(caller), each.entry) for each in gone for caller in each.called_by if each.entry is not None]
        self.structure.lose(gone)
        callers = {caller for caller, _entry in called}
        again = {id(each.caller): each for each in self.structure.activations if id(each.caller) in callers}
        self.world.lose(gone, again.values())
        self.structure.done -= {activation_key(again[caller], entry) for caller, entry in called if caller in again}
        self._restart(families, [key for key in collections if key[0] not in gone])

    def _restart(self, families: AbstractSet[Entry], collections: Iterable[Key]) -> None:
        """Let families and elements be there that are there from the start."""
        now, self.structure.round = self.structure.round, 0
        if families:
            build_families(self.structure, self.structure.rules.entities[self.structure.document.kind], families)
        for owner, name in collections:
            self._write_again(owner, name)
        self.world.refresh()
        self.structure.round = now

    def _write_again(self, owner: Instance, name: str) -> None:
        """Let a collection have the elements that the document has now, and those that were granted."""
        collection, elements = owner.collections[name], self.structure.elements[owner, name]
        shared = {each.path: each for each in elements}
        elements.clear()
        for segment, key in _written(self.structure, owner, name).items():
            found = shared.pop(_element(owner, name, segment), None)
            if found is None:
                add_written(self.structure, owner, collection, segment, key)
            elif found.granted_by is None:
                elements.append(found)
            else:
                # Two elements of one name: which of them is the second, activation has to say.
                raise _Rooted
        for each in shared.values():
            elements.append(each)
            if collection.ordered and each.position != len(elements):
                raise _Rooted
        if not collection.ordered:
            elements.sort(key=lambda each: in_order(each.path))


def _brought(structure: Structure, callers: AbstractSet[int]) -> Iterator[Instance]:
    """Give all that some have called to life."""
    running = (each for several in structure.running.values() for each in several)
    return (each for each in running for caller in each.called_by if id(caller) in callers)


def _written(structure: Structure, owner: Instance, name: str) -> dict[str, str]:
    """Give the keys of the elements that the document has in a collection, by their names."""
    return dict(written_elements(owner.collections[name], structure.document.collections.get(owner.join(name))))


def _element(owner: Instance, name: str, segment: str) -> str:
    return owner.join(f"{name}.{segment}")
