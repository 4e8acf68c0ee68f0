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
_COMPARISON = re.compile(r"\(v\[\d+\] (?:[<>]|==|!=) \(?-?\d+\)?\)")
_ASKS = re.compile(r"[<>=]")
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
    return Narrowed(_joined(cone, code), linker.constants, frozenset(linker.assumed))


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
        """Tell whether a field stays as it is while the input is edited, and remember those of which that is assumed."""
        if super().is_settled(key):
            return True
        if self.slots.get(key) in self._moving:
            return False
        self.assumed.add(key)
        return True

    def read(self, key: Key, read: Code) -> Linked:
        """Give code that reads a field; one that is no more than another's slot is read there."""
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
        """Give what is written for a field: that of every other input is settled."""
        if self.written.get(key) == self._source:
            return super().stored(key)
        self.assumed.add(key)
        # While a question is answered, the document is behind the slots.
        return Known(self.world.values[self.written[key]])

    def lifted(self, formula: f.Formula, place: Place, linked: Linked) -> Linked:
        """Give code that reads the hidden slot that the wide linker has for a formula, if that one follows from the input."""
        if isinstance(linked, Known) or _SLOT.fullmatch(linked.text):
            return linked
        slot = self._wide.lifted_at.get(asked_at(formula, place))
        if slot is None or slot not in self._moving:
            return linked
        self.hidden[slot] = linked
        return in_slot(linked, slot)

    def _fresh(self, start: Start, key: Key | None = None) -> int:  # noqa: ARG002 - as the wide linker has it
        raise Unlinkable("one sheet alone has no slots")


def _joined(cone: Cone, code: Mapping[int, Code]) -> Cone:
    """Give a cone in which all that has the same code stands once, and nothing that does not move."""
    joining = _Joining(cone)
    for slot, linked in code.items():
        joining.add(slot, linked)
    also = {slot: tuple(others) for slot, others in joining.also.items()}
    return Cone(cone.source, tuple(joining.code), joining.code, joining.reads, also, cone.single)


class _Joining:
    """What is kept of a cone so far, with the slot that stands for each."""

    def __init__(self, cone: Cone) -> None:
        self.code: dict[int, Code] = {}
        self.reads: dict[int, tuple[int, ...]] = {}
        self.also: dict[int, list[int]] = defaultdict(list)
        self._source, self._single, self._place = cone.source, cone.single, {cone.source: -1}
        self._first: dict[str, int] = {}
        self._truths: dict[str, int] = {}
        self._stands_for: dict[int, int] = {}

    def add(self, slot: int, linked: Code) -> None:
        """Add a slot after all that it reads."""
        standing = self._stands_for
        moving = {standing.get(read, read) for read in linked.reads if read == self._source or read in standing}
        if not moving:
            return
        text = _SLOT.sub(lambda found: f"v[{standing.get(int(found[1]), int(found[1]))}]", linked.text)
        if _ASKS.search(text):
            text, moving = self._with_truths(text, moving)
        copied = _SLOT.fullmatch(text)
        copy_of = self._source if copied is None else int(copied[1])
        first = self._first.setdefault(_without_names(text), slot) if copy_of == self._source else copy_of
        standing[slot] = first
        if first != slot:
            self.also[first].append(slot)
            return
        follows = tuple((standing.get(read, read), sign) for read, sign in linked.follows)
        self._place[slot] = len(self.code)
        self.code[slot] = replace(linked, text=text, reads=frozenset(moving), follows=follows)
        self.reads[slot] = tuple(sorted(moving, key=self._place.__getitem__))
        if slot in self._single and _COMPARISON.fullmatch(text):
            self._truths[text] = slot

    def _with_truths(self, text: str, moving: set[int]) -> tuple[str, set[int]]:
        """Read truths that stand in a slot there, so that all who ask for one wait until it changes."""
        before = _slots(text)
        for truth, slot in self._truths.items():
            text = text.replace(truth, f"v[{slot}]")
        after = _slots(text)
        return text, {read for read in moving if read in after or read not in before} | (after - before)


def _slots(text: str) -> set[int]:
    return {int(slot) for slot in _SLOT.findall(text)}


def _without_names(text: str) -> str:
    """Number the names that a text gives on the way as they come: two texts that say the same are equal then."""
    numbers: dict[str, int] = {}
    return _TEMPORARY.sub(lambda found: f"t{numbers.setdefault(found[0], len(numbers))}", text)
