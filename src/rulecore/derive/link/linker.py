"""The linker: formulas over one structure become code. What a structure settles is worked out once, by the interpreter.

Every node of a formula has one rule, in a table of the module that it belongs to. A rule links the parts and joins their
texts; where no text says the same in any case, the interpreter is called at that place, on the values of the moment.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from functools import partial
from math import floor
from typing import Any

from rulecore.dataclass import replace
from rulecore.derive.collect import Contributions
from rulecore.derive.compute import Computation
from rulecore.derive.contents import NOTHING
from rulecore.derive.instance import Instance
from rulecore.derive.link import amounts, calls, operators, paths, tables
from rulecore.derive.link.code import Code, Key, Known, Linked, Place, Unlinkable, is_whole, reads_of
from rulecore.derive.link.fields import link_field
from rulecore.derive.link.names import Names
from rulecore.derive.structure import Structure
from rulecore.formula import ast as f
from rulecore.formula import types as t
from rulecore.formula.scalar import Scope, evaluate
from rulecore.formula.traverse import parts
from rulecore.formula.values import number
from rulecore.model.shape import Mode

Rule = Callable[["Linker", Any, Place], Linked]
Start = Callable[[Computation], Any]
_SLOT = re.compile(r"v\[\d+\]")
_RULES: dict[type, Rule] = {**paths.RULES, **operators.RULES, **amounts.RULES, **calls.RULES, **tables.RULES}


class Linker(Names):
    """Code for the fields of one structure, made when first asked for; slots and constants are numbered as they come."""

    def __init__(self, structure: Structure, contributions: Contributions) -> None:
        """Know nothing yet."""
        super().__init__()
        self.structure, self.contributions = structure, contributions
        self.world = Computation(structure, contributions)
        self.slots: dict[Key, int] = {}
        self.keys: list[Key | None] = []
        self.starts: list[Start] = []
        self.written: dict[Key, int] = {}
        self.hidden: dict[int, Code] = {}
        self.origins: dict[int, tuple[f.Formula, Place]] = {}
        self.lifted_at: dict[Hashable, int] = {}
        self._lifted: dict[str, int] = {}
        self._shared: dict[tuple[int, Instance], Linked] = {}
        self._fields: dict[Key, Linked] = {}
        self._open: set[Key] = set()
        self.nothing = NOTHING

    # ---- slots

    def slot(self, key: Key) -> int:
        """Give the slot of a field."""
        found = self.slots.get(key)
        if found is None:
            found = self._fresh(lambda world: world.combined(*key).value, key)
            self.slots[key] = found
        return found

    def _fresh(self, start: Start, key: Key | None = None) -> int:
        """Give a new slot; `start` says what it holds at first."""
        self.keys.append(key)
        self.starts.append(start)
        return len(self.starts) - 1

    # ---- linking

    def link(self, formula: f.Formula, place: Place) -> Linked:
        """Give the code of a formula at a place."""
        return self.plainly(self.link_amount(formula, place))

    def link_amount(self, formula: f.Formula, place: Place) -> Linked:
        """Give the code of a formula at a place, an average perhaps still as the dice that it is of."""
        return _RULES[type(formula)](self, formula, place)

    def floored(self, linked: Linked, of: t.Type) -> Linked:
        """Give code of the whole number below an amount."""
        if isinstance(linked, Known):
            return Known(_floor(linked.value))
        if is_whole(of, linked) and not linked.averaged:
            return linked
        if linked.cases is not None:
            return self.call(_floor, [linked])
        test, name = self.named(linked.text)
        text = f"({name} if {self.constant(type)}({test}) is {self.constant(int)} else {self.constant(_floor)}({name}))"
        return Code(text, linked.reads, exact=True, whole=True)

    def plainly(self, linked: Linked) -> Linked:
        """Give code of an average as a number."""
        return self.call(number, [linked]) if isinstance(linked, Code) and linked.averaged else linked

    def settled(self, formula: f.Formula, place: Place) -> Known:
        """Work out a formula that reads nothing but the structure."""
        return Known(self.evaluated(formula, place, self.world))

    @staticmethod
    def evaluated(formula: f.Formula, place: Place, world: Computation) -> Any:
        """Let the interpreter work out a formula in a world."""
        return evaluate(formula, Scope(world, place.this, place.variables))

    def call(self, function: Callable[..., Any], arguments: Sequence[Linked], **more: Any) -> Linked:
        """Give the code of a call of a function of ours, worked out at once where all is settled that it takes."""
        if operators.all_known(arguments):
            return Known(function(*(each.value for each in arguments if isinstance(each, Known))))
        by_truth = operators.by_case(self, arguments, function)
        if by_truth is not None:
            return by_truth
        texts = ", ".join(map(self.text, arguments))
        return Code(f"{self.constant(function)}({texts})", reads_of(arguments), **more)

    def interpreted(self, formula: f.Formula, place: Place, reads: frozenset[int] | None = None, **more: Any) -> Code:
        """Give code that asks the interpreter; `reads` are those of the parts, unless given."""
        if reads is None:
            reads = reads_of(self.link(part, place) for part in parts(formula))
        ask = partial(_evaluated_now, formula, place)
        return Code(f"{self.constant(ask)}(w)", reads, **more)

    def lifted(self, formula: f.Formula, place: Place, linked: Linked) -> Linked:
        """Give code that reads the value of a formula from a hidden slot of its own, unless it is no more than a slot."""
        if isinstance(linked, Known) or _SLOT.fullmatch(linked.text):
            return linked
        slot = self._lifted.get(linked.text)
        if slot is None:
            slot = self._lifted[linked.text] = self._fresh(partial(self.evaluated, formula, place))
            self.hidden[slot] = linked
            self.origins[slot] = formula, place
        self.lifted_at[asked_at(formula, place)] = slot
        return in_slot(linked, slot)

    def shared(self, formula: f.Formula, place: Place) -> Linked:
        """Give the code of a formula that several ask at one place: a hidden slot of its own."""
        key = (id(formula), place.this)
        if key not in self._shared:
            self._shared[key] = self.lifted(formula, place, self.link(formula, place))
        return self._shared[key]

    def holding(self, value: Any) -> int:
        """Give a slot that holds a settled value for good."""
        name = f"held {type(value).__name__} {value!r}"
        slot = self._lifted.get(name)
        if slot is None:
            slot = self._lifted[name] = self._fresh(lambda _world: value)
        return slot

    # ---- fields

    def field(self, key: Key) -> Linked:
        """Give the code that a field is computed by."""
        found = self._fields.get(key)
        if found is None:
            if key in self._open:
                raise Unlinkable(f"{key[0].join(key[1])} reads itself")
            self._open.add(key)
            try:
                found = self._fields[key] = link_field(self, *key)
            finally:
                self._open.discard(key)
        return found

    def read(self, _key: Key, read: Code) -> Linked:
        """Give the code of reading a field, from that of reading its slot."""
        return read

    def is_settled(self, key: Key) -> bool:
        """Tell whether an editable field is given by a rule, or the structure stands and falls with it."""
        instance, name = key
        return key in self.structure.deciding or (instance.fields[name].mode is Mode.EDITABLE and name in instance.fixed)

    def written_slot(self, key: Key) -> int:
        """Give the slot that holds what the document has written for an editable field."""
        found = self.written.get(key)
        if found is None:
            instance, name = key
            field = instance.fields[name]
            found = self.written[key] = self._fresh(lambda world: world.stored(instance, field))
        return found

    def stored(self, key: Key) -> Linked:
        """Give the code of what the document has written for an editable field."""
        slot = self.written_slot(key)
        return Code(f"v[{slot}]", frozenset({slot}))


def asked_at(formula: f.Formula, place: Place) -> Hashable:
    """Give what tells a formula at a place from all others."""
    return id(formula), place.this, tuple((name, type(value), value) for name, value in place.variables.items())


def in_slot(linked: Code, slot: int) -> Code:
    """Give the code of reading from a slot what some code gives."""
    return replace(linked, text=f"v[{slot}]", reads=frozenset({slot}), follows=((slot, 1),))


def _evaluated_now(formula: f.Formula, place: Place, world: Computation) -> Any:
    # In the middle of a plan, what was remembered a moment ago may have been made of slots that have changed since.
    world.is_edited = True
    return Linker.evaluated(formula, place, world)


def _floor(value: Any) -> int:
    return floor(number(value))
