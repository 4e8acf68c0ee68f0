"""A cone made narrow for one sheet: what does not move with its input counts as settled, with the value that it has now."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from rulecore.dataclass import dataclass, replace
from rulecore.derive.compute import Computation
from rulecore.derive.link.code import Code, Key, Known, Linked, Place, Unlinkable
from rulecore.derive.link.cone import Cone
from rulecore.derive.link.linker import Linker, Start, asked_at, in_slot
from rulecore.derive.link.operators import bounds
from rulecore.formula import ast as f

_SLOT = re.compile(r"v\[(\d+)\]")
_TEMPORARY = re.compile(r"\bt\d+\b")


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A cone that is right as long as every field of `assumed` stays, with the constants of its code."""

    cone: Cone
    constants: Mapping[str, Any]
    assumed: frozenset[Key]


def narrowed(wide: Linker, cone: Cone, world: Computation) -> Narrowed:
    """Make a cone narrow for the sheet of a world."""
    linker = _NarrowLinker(wide, cone, world)
    code = {slot: linked for slot in cone.order if isinstance(linked := linker.code(slot), Code)}
    return Narrowed(_joined(cone.source, code), linker.constants, frozenset(linker.assumed))


class _NarrowLinker(Linker):
    """Links as the wide linker does, into its slots, but what does not move is settled. It makes no slot of its own."""

    def __init__(self, wide: Linker, cone: Cone, world: Computation) -> None:
        super().__init__(wide.structure, wide.contributions)
        self.world = world
        self.slots, self.keys, self.written = wide.slots, wide.keys, wide.written
        self.assumed: set[Key] = set()
        self._wide, self._source, self._moving = wide, cone.source, {cone.source, *cone.order}

    def code(self, slot: int) -> Linked:
        """Give the code of a field or of what is hidden."""
        key = self.keys[slot]
        if key is not None:
            return self.field(key)
        linked = self.link(*self._wide.origins[slot])
        return self.hidden[slot] if isinstance(linked, Code) and linked.text == f"v[{slot}]" else linked

    def is_settled(self, key: Key) -> bool:
        if super().is_settled(key):
            return True
        if self.slots.get(key) in self._moving:
            return False
        self.assumed.add(key)
        return True

    def read(self, key: Key, read: Code) -> Linked:
        code = self.field(key)
        if isinstance(code, Known):
            return code
        if _SLOT.fullmatch(code.text) and code.reads != {self._source}:
            read = replace(read, text=code.text, reads=code.reads, follows=code.follows)
        (low, high), (least, most) = bounds(read), bounds(code)
        low, high = low if least is None else least, high if most is None else most
        whole, exact = read.whole or code.whole, read.exact or code.exact
        return replace(read, low=low, high=high, cases=code.cases, whole=whole, exact=exact)

    def stored(self, key: Key) -> Linked:
        if self.written.get(key) == self._source:
            return super().stored(key)
        instance, name = key
        self.assumed.add(key)
        return Known(self.world.stored(instance, instance.fields[name]))

    def lifted(self, formula: f.Formula, place: Place, linked: Linked) -> Linked:
        if isinstance(linked, Known) or _SLOT.fullmatch(linked.text):
            return linked
        slot = self._wide.lifted_at.get(asked_at(formula, place))
        if slot is None or slot not in self._moving:
            return linked
        self.hidden[slot] = linked
        return in_slot(linked, slot)

    def _fresh(self, start: Start, key: Key | None = None) -> int:  # noqa: ARG002 - as the wide linker has it
        raise Unlinkable("one sheet alone has no slots")


def _joined(source: int, code: Mapping[int, Code]) -> Cone:
    """Give a cone in which all that has the same code stands once, and nothing that does not move."""
    joining = _Joining(source)
    for slot, linked in code.items():
        joining.add(slot, linked)
    return Cone(
        source, tuple(joining.code), joining.code, joining.reads, {slot: tuple(joining.also[slot]) for slot in joining.also}
    )


class _Joining:
    """What is kept of a cone so far, with the slot that stands for each."""

    def __init__(self, source: int) -> None:
        self.code: dict[int, Code] = {}
        self.reads: dict[int, tuple[int, ...]] = {}
        self.also: dict[int, list[int]] = defaultdict(list)
        self._source, self._place = source, {source: -1}
        self._first: dict[str, int] = {}
        self._stands_for: dict[int, int] = {}

    def add(self, slot: int, linked: Code) -> None:
        """Add a slot after all that it reads."""
        standing = self._stands_for
        moving = {standing.get(read, read) for read in linked.reads if read == self._source or read in standing}
        if not moving:
            return
        text = _SLOT.sub(lambda found: f"v[{standing.get(int(found[1]), int(found[1]))}]", linked.text)
        copied = _SLOT.fullmatch(text)
        is_copy = copied is not None and moving != {self._source}
        first = next(iter(moving)) if is_copy else self._first.setdefault(_without_names(text), slot)
        standing[slot] = first
        if first != slot:
            self.also[first].append(slot)
            return
        follows = tuple((standing.get(read, read), sign) for read, sign in linked.follows)
        self._place[slot] = len(self.code)
        self.code[slot] = replace(linked, text=text, reads=frozenset(moving), follows=follows)
        self.reads[slot] = tuple(sorted(moving, key=self._place.__getitem__))


def _without_names(text: str) -> str:
    """Number the names that a text gives on the way as they come: two texts that say the same are equal then."""
    numbers: dict[str, int] = {}
    return _TEMPORARY.sub(lambda found: f"t{numbers.setdefault(found[0], len(numbers))}", text)
