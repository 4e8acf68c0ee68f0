"""Which fields an edit of one may move, in an order in which each comes after all that it reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from rulecore.dataclass import dataclass, field
from rulecore.derive.instance import Caller, Instance
from rulecore.derive.link.code import Code, Key, Linked, Unlinkable
from rulecore.formula import ast as f
from rulecore.formula import types as t
from rulecore.formula.traverse import every_part
from rulecore.model.shape import Mode

if TYPE_CHECKING:
    from rulecore.derive.link.linker import Linker


@dataclass(frozen=True, slots=True)
class Cone:
    """All that may move with a slot, each after what it reads: the slots, their code, and what each reads of the others.

    `also` has for a slot all others that hold the same value in any case. Of what a `single` slot may hold there is one object
    each, so that another object is another value.
    """

    source: int
    order: tuple[int, ...]
    code: dict[int, Code]
    reads: dict[int, tuple[int, ...]]
    also: dict[int, tuple[int, ...]] = field(default_factory=dict)
    single: frozenset[int] = frozenset()


class Readers:
    """Who reads a slot, over one structure. Only what mentions a field's name is looked at, and linked when it is."""

    def __init__(self, linker: Linker) -> None:
        """Sort all fields by the names that they mention."""
        self.linker = linker
        self.code: dict[int, Code] = {}
        self._readers: dict[int, list[int]] = defaultdict(list)
        self._seen: set[Key] = set()
        self._gates: dict[Instance, frozenset[str]] = {}
        self._renamed: dict[str, set[str]] = defaultdict(set)
        self._by_name: dict[str, list[Key]] = defaultdict(list)
        self._by_key: dict[Key, list[Key]] = defaultdict(list)
        self._sort()

    def cone(self, key: Key) -> Cone:
        """Give all that may move with what is written for an editable field."""
        source = self.linker.written_slot(key)
        self._register(key)
        found, waiting = {source}, [source]
        while waiting:
            slot = waiting.pop()
            new = [reader for reader in self._of(slot) if reader not in found]
            found.update(new)
            waiting += new
        found.discard(source)
        return self._ordered(source, found)

    def _of(self, slot: int) -> list[int]:
        key = self.linker.keys[slot]
        if key is not None:
            for candidate in (*self._by_name[key[1]], *self._by_key[key]):
                self._register(candidate)
        return self._readers[slot]

    def _register(self, key: Key) -> None:
        if key in self._seen:
            return
        linked = self.linker.field(key)
        self._seen.add(key)
        if isinstance(linked, Code):
            self._read(self.linker.slot(key), linked)

    def _read(self, reader: int, linked: Code) -> None:
        self.code[reader] = linked
        for slot in linked.reads:
            self._readers[slot].append(reader)
            hidden = self.linker.hidden.get(slot)
            if hidden is not None and slot not in self.code:
                self._read(slot, hidden)

    def _ordered(self, source: int, found: set[int]) -> Cone:
        reads = {slot: tuple(sorted(read for read in self.code[slot].reads if read in found)) for slot in found}
        order: dict[int, None] = {}
        for slot in sorted(found):
            _visit(slot, reads, order)
        code = {slot: self.code[slot] for slot in order}
        from_source = {slot: (source, *reads[slot]) if source in self.code[slot].reads else reads[slot] for slot in order}
        return Cone(source, tuple(order), code, from_source, single=single_of(self.linker.keys, order))

    # ---- what mentions what

    def _sort(self) -> None:
        structure = self.linker.structure
        for instance in structure.instances:
            for (name, *_rest), bound in instance.bindings.items():
                if name not in instance.fields:
                    self._renamed[name] |= self._anywhere(bound.formula)
        for instance in structure.instances:
            if not instance.on_read:
                for name in instance.fields:
                    self._sort_field(instance, name)

    def _sort_field(self, instance: Instance, name: str) -> None:
        """Put a field under all names that it mentions, and under the very fields where it says which."""
        key, names = (instance, name), set[str]()
        for formula, scope in self._formulas(instance, name):
            for mention in self._mentions(formula):
                where, mentioned = mention[:1], mention[1:]
                owner = scope if where == _OWN else self.linker.structure.entity
                if where == _ANYWHERE or mentioned in self._renamed:
                    names.add(mentioned)
                else:
                    self._by_key[owner, mentioned].append(key)
        for each in self.linker.contributions.settled(*key):
            names |= self._gates_of(each.owner)
        for mentioned in self._with_renamed(names):
            self._by_name[mentioned].append(key)

    def _formulas(self, instance: Instance, name: str) -> Iterator[tuple[f.Formula, Instance]]:
        """Give every formula that a field is made of, with the instance in whose scope it stands."""
        field = instance.fields[name]
        bound = instance.bindings.get((name,))
        found = [(field.formula, instance) if bound is None else (bound.formula, bound.scope)]
        found += [(field.low, instance), (field.high, instance)]
        if field.mode is Mode.DERIVED:
            for each in self.linker.contributions.settled(instance, name):
                effect = each.effect
                parts = (effect.value, effect.when, effect.where, effect.cap, effect.turn)
                found += [(part, each.owner) for part in parts]
            for owner, effect, _of_entry in self.linker.contributions.floating.get(name, ()):
                found += [(part, owner) for part in (effect.of, effect.value, effect.when, effect.where)]
        return ((formula, scope) for formula, scope in found if formula is not None)

    def _with_renamed(self, names: set[str]) -> set[str]:
        waiting = [name for name in names if name in self._renamed]
        while waiting:
            new = self._renamed[waiting.pop()] - names
            names |= new
            waiting += [name for name in new if name in self._renamed]
        return names

    def _mentions(self, formula: f.Formula) -> frozenset[str]:
        kept = self.linker.structure.index.mentioned
        found = kept.get(id(formula))
        if found is None:
            found = kept[id(formula)] = frozenset(self._mentioned(formula))
        return found | self._every_gate() if _ACTIVITY in found else found

    def _mentioned(self, formula: f.Formula) -> Iterator[str]:
        for part in every_part(formula):
            if isinstance(part, f.Read):
                where = _OWN if isinstance(part.of, f.This) else _ENTITY if isinstance(part.of, f.Entity) else _ANYWHERE
                yield where + part.name
            elif isinstance(part, f.Call) and part.function in {"active", "instances"}:
                yield _ACTIVITY
            elif isinstance(part, f.Lookup):
                for _at, row in self.linker.world.rows(part.table):
                    yield from self._mentioned(row)

    def _anywhere(self, formula: f.Formula) -> frozenset[str]:
        """Give the names that a formula mentions, of whatever instance."""
        return frozenset(mention[1:] for mention in self._mentions(formula))

    # ---- gates

    def _gates_of(self, instance: Instance) -> frozenset[str]:
        """Give the names that the gates mention which decide whether an instance acts."""
        found = self._gates.get(instance)
        if found is None:
            self._gates[instance] = frozenset()
            above = [*instance.called_by, *([] if instance.granted_by is None else [instance.granted_by])]
            names = [self._gate(caller) | self._gates_of(caller.owner) for caller in above]
            if instance.owner is not None:
                names.append(self._gates_of(instance.owner))
            found = self._gates[instance] = frozenset().union(*names)
        return found

    def _gate(self, caller: Caller) -> frozenset[str]:
        return frozenset() if caller.when is None else self._anywhere(caller.when)

    def _every_gate(self) -> frozenset[str]:
        callers = (caller for several in self.linker.structure.running.values() for each in several for caller in each.called_by)
        granted = (each.granted_by for each in self.linker.structure.instances if each.granted_by is not None)
        gates = {id(caller.when): caller.when for caller in (*callers, *granted) if caller.when is not None}
        found = (mention for gate in gates.values() for mention in self._mentioned(gate))
        return frozenset(_ANYWHERE + mention[1:] for mention in found if mention != _ACTIVITY)


def single_of(keys: Sequence[Key | None], slots: Iterable[int]) -> frozenset[int]:
    """Give those slots that hold a truth, a word or an entry: equal ones are one object, or else are computed in vain."""
    found = ((slot, keys[slot]) for slot in slots)
    return frozenset(slot for slot, key in found if key is not None and isinstance(key[0].fields[key[1]].type, _SINGLE))


# Where a mention looks for its name: in the instance that owns the formula, in the entity, or wherever a reference leads.
_OWN, _ENTITY, _ANYWHERE = "./*"
_ACTIVITY = _ANYWHERE + "active()"
_SINGLE = (t.BoolType, t.EnumType, t.RefType)


def _visit(slot: int, reads: dict[int, tuple[int, ...]], order: dict[int, None]) -> None:
    """Put a slot into the order, after all that it reads."""
    waiting: list[tuple[int, Iterable[int]]] = [(slot, iter(reads[slot]))]
    open_ones = {slot}
    while waiting:
        current, rest = waiting[-1]
        following = next((each for each in rest if each not in order), None)
        if following is None:
            waiting.pop()
            open_ones.discard(current)
            order[current] = None
        elif following in open_ones:
            raise Unlinkable("what follows from an edit reads itself")
        else:
            open_ones.add(following)
            waiting.append((following, iter(reads[following])))


__all__ = ["Cone", "Linked", "Readers"]
