"""The linker: formulas over one structure become code. What a structure settles is worked out once, by the interpreter.

Every node of a formula has one rule, in a table of the module that it belongs to. A rule links the parts and joins their
texts; where no text says the same in any case, the interpreter is called at that place, on the values of the moment.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from math import floor
from typing import Any

from rulecore.dataclass import replace
from rulecore.derive.collect import Contributions
from rulecore.derive.compute import Computation
from rulecore.derive.contents import NOTHING
from rulecore.derive.instance import Instance
from rulecore.derive.link import calls, operators, paths, tables
from rulecore.derive.link.code import Code, Key, Known, Linked, Place, Unlinkable, is_whole, reads_of
from rulecore.derive.link.fields import link_field
from rulecore.derive.structure import Structure
from rulecore.formula import ast as f
from rulecore.formula import types as t
from rulecore.formula.scalar import Scope, evaluate
from rulecore.formula.traverse import parts
from rulecore.formula.values import number
from rulecore.model.shape import Mode

Rule = Callable[["Linker", Any, Place], Linked]
Start = Callable[[Computation], Any]
_INLINE = (int, bool, type(None))
_ATOM = re.compile(r"v\[\d+\]|\w+|\(-\d+\)")
_SLOT = re.compile(r"v\[\d+\]")
_RULES: dict[type, Rule] = {**paths.RULES, **operators.RULES, **calls.RULES, **tables.RULES}


class Linker:
    """Code for the fields of one structure, made when first asked for; slots and constants are numbered as they come."""

    def __init__(self, structure: Structure, contributions: Contributions) -> None:
        """Know nothing yet."""
        self.structure, self.contributions = structure, contributions
        self.world = Computation(structure, contributions)
        self.slots: dict[Key, int] = {}
        self.keys: list[Key | None] = []
        self.starts: list[Start] = []
        self.written: dict[Key, int] = {}
        self.constants: dict[str, Any] = {}
        self._constant_names: dict[int, str] = {}
        self.hidden: dict[int, Code] = {}
        self._lifted: dict[str, int] = {}
        self._shared: dict[tuple[int, Instance], Linked] = {}
        self._fields: dict[Key, Linked] = {}
        self._open: set[Key] = set()
        self._temporary = 0
        self.nothing = NOTHING

    # ---- slots, constants, names

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

    def constant(self, value: Any) -> str:
        """Give the text of a value: whole numbers and truths as they are, everything else by a name that holds it."""
        if isinstance(value, _INLINE) and type(value) in _INLINE:
            return str(value) if not isinstance(value, int) or value >= 0 else f"({value})"
        name = self._constant_names.get(id(value))
        if name is None:
            name = self._constant_names[id(value)] = f"k{len(self.constants)}"
            # The value is kept under its name, so that its number is not given to another.
            self.constants[name] = value
        return name

    def text(self, linked: Linked) -> str:
        """Give the text of what was linked."""
        return self.constant(linked.value) if isinstance(linked, Known) else linked.text

    def temporary(self) -> str:
        """Give a name that no other text uses."""
        self._temporary += 1
        return f"t{self._temporary}"

    def named(self, text: str) -> tuple[str, str]:
        """Give what a test of an expression says, which names it on the way, and then the name."""
        if _ATOM.fullmatch(text):
            return text, text
        name = self.temporary()
        return f"({name} := {text})", name

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
        test, name = self.named(linked.text)
        text = f"({name} if {self.constant(type)}({test}) is {self.constant(int)} else {self.constant(_floor)}({name}))"
        return Code(text, linked.reads, exact=True)

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

    def call(self, function: Callable[..., Any], arguments: Sequence[Linked], **more: Any) -> Code:
        """Give the code of a call of a function of ours."""
        texts = ", ".join(map(self.text, arguments))
        return Code(f"{self.constant(function)}({texts})", reads_of(arguments), **more)

    def interpreted(self, formula: f.Formula, place: Place, reads: frozenset[int] | None = None, **more: Any) -> Code:
        """Give code that asks the interpreter; `reads` are those of the parts, unless given."""
        if reads is None:
            reads = reads_of(self.link(part, place) for part in parts(formula))
        ask = partial(self.evaluated, formula, place)
        return Code(f"{self.constant(ask)}(w)", reads, **more)

    def lifted(self, formula: f.Formula, place: Place, linked: Linked) -> Linked:
        """Give code that reads the value of a formula from a hidden slot of its own, unless it is no more than a slot."""
        if isinstance(linked, Known) or _SLOT.fullmatch(linked.text):
            return linked
        slot = self._lifted.get(linked.text)
        if slot is None:
            slot = self._lifted[linked.text] = self._fresh(partial(self.evaluated, formula, place))
            self.hidden[slot] = linked
        return replace(linked, text=f"v[{slot}]", reads=frozenset({slot}), follows=((slot, 1),))

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


def _floor(value: Any) -> int:
    return floor(number(value))
