"""Update plans: one function for each input of a structure, which brings everything that hangs on it up to date.

A plan is straight-line code: each field stands where everything that it reads has been settled, inside the test of what it
hangs on alone, so that a value which comes out equal skips all behind it. Its text consists of slots, whole numbers,
operators and numbered names of ours; nothing that a pack has written stands in it, and that is checked before it is run.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from types import FunctionType
from typing import Any

from rulecore.derive.link.code import Unlinkable
from rulecore.derive.link.cone import Cone
from rulecore.derive.nesting import Nesting

Plan = Callable[[Any, list[Any], Any], None]
Bound = Callable[[Any], None]
Traced = Callable[[Any, list[Any], Any, Callable[[int], object], Callable[[tuple[int, Any]], object]], None]

_LANGUAGE = re.compile(
    r"(?:def plan\(x, v, w(?:, seen, was)?\):|\s+|\d+|v\[|[\[\](),:;*]|[vxtfkoh]\d+|[xw]\b|get\b|seen\b|was\b"
    r"|(?:if|else|and|or|not|in|is|None|True|False)\b|:=|==|!=|<=|>=|<|>|=|\+|-|//|\||\.)*"
)
_READ = re.compile(r"v\[(\d+)\](?! = )")
# One of two settled values, by a truth that has a name: what is chosen by one truth is chosen together.
_CHOICE = re.compile(r"\((?P<then>k\d+|\d+|\(-\d+\)) if (?P<test>x\d+) else (?P<otherwise>k\d+|\d+|\(-\d+\))\)")
_OFTEN = 3
_LONG_SUM = 5


def made(cone: Cone, constants: Mapping[str, Any]) -> Plan:
    """Give the plan of a cone."""
    function: Plan = _compiled(text_of(cone), constants)
    return function


def bound(plan: Plan, values: list[Any], world: Any) -> Bound:
    """Give a plan that takes a value alone, for the slots and the world of one sheet."""
    assert isinstance(plan, FunctionType)
    return FunctionType(plan.__code__, plan.__globals__, plan.__name__, (values, world))


def traced(cone: Cone, constants: Mapping[str, Any]) -> Traced:
    """Give a plan that tells each slot that it evaluates, and each that changed with its old value."""
    function: Traced = _compiled(text_of(cone, traced=True), constants)
    return function


def text_of(cone: Cone, *, traced: bool = False) -> str:
    """Give the text of a plan."""
    block = _Writer(cone, traced=traced).block
    _name_often_read(block, {cone.source, *cone.order})
    head = "def plan(x, v, w, seen, was):" if traced else "def plan(x, v, w):"
    return "\n".join([head, *block.lines(" ")]) + "\n"


def _compiled(text: str, constants: Mapping[str, Any]) -> Any:
    if not _LANGUAGE.fullmatch(text):
        raise Unlinkable("a plan has a text that no plan can have")
    names = {name: constants[name] for name in set(re.findall(r"\bk\d+\b", text))}
    exec(compile(text, "<plan>", "exec"), names | {"__builtins__": {}}, names)
    return names["plan"]


class _Block:
    """Lines, and blocks that stand behind a test."""

    def __init__(self, test: str = "") -> None:
        self.test = test
        self.items: list[str | _Block] = []
        self.otherwise: list[str] = []

    def inside(self, test: str) -> _Block:
        block = _Block(test)
        self.items.append(block)
        return block

    def within(self, test: str) -> _Block:
        """Give the last block if it has this very test, or else a new one."""
        last = self.items[-1] if self.items else None
        return last if isinstance(last, _Block) and last.test == test and not last.otherwise else self.inside(test)

    def choose(self, test: str, then: str, otherwise: str) -> None:
        """Add a line for each way a test may come out, to those of the last block if it has this very test."""
        last = self.items[-1] if self.items else None
        found = last if isinstance(last, _Block) and last.test == test and last.otherwise else self.inside(test)
        found.items.append(then)
        found.otherwise.append(otherwise)

    def lines(self, indent: str) -> list[str]:
        found: list[str] = []
        for item in self.items:
            if isinstance(item, str):
                found.append(indent + item)
            else:
                found += [f"{indent}if {item.test}:", *item.lines(indent + " ")]
                if item.otherwise:
                    found += [f"{indent}else:", *(f"{indent} {line}" for line in item.otherwise)]
        return found or [indent + "None"]


class _Writer:
    """Writes the blocks of one plan."""

    def __init__(self, cone: Cone, *, traced: bool) -> None:
        self.cone, self.traced = cone, traced
        self.nesting = Nesting(cone)
        self.block = _Block()
        if traced:
            self.block.items.append(f"was(({cone.source}, v[{cone.source}]))")
        self.block.items.append(f"v[{cone.source}] = x")
        self._below(cone.source, self.block, {cone.source: "x"})

    def _below(self, above: int, block: _Block, changed: Mapping[int, str]) -> None:
        """Write what hangs on one slot alone; `changed` has the names of new values."""
        flags = sorted(self.nesting.flags(above))
        if flags:
            block.items.append(" = ".join(f"f{slot}" for slot in flags) + " = False")
        for slot in self.nesting.below[above]:
            if self.nesting.is_join(slot):
                self._field(slot, block.within(" or ".join(f"f{read}" for read in self.cone.reads[slot])), changed)
            else:
                self._field(slot, block, changed)

    def _field(self, slot: int, block: _Block, changed: Mapping[int, str]) -> None:
        text = self._text(slot, changed)
        if self.traced:
            block.items.append(f"seen({slot})")
        elif not self.nesting.below[slot] and slot not in self.nesting.flagged:
            chosen = _CHOICE.fullmatch(text)
            if chosen is None:
                block.items.append(self._put(slot, text))
            else:
                block.choose(chosen["test"], self._put(slot, chosen["then"]), self._put(slot, chosen["otherwise"]))
            return
        block.items.append(f"x{slot} = {text}")
        differs = "is not" if slot in self.cone.single and not self.traced else "!="
        inner = block if self._is_certain(slot) else block.inside(f"x{slot} {differs} v[{slot}]")
        if self.traced:
            inner.items.append(f"was(({slot}, v[{slot}]))")
        if any(self._by_difference(below) for below in self.nesting.below[slot]):
            inner.items.append(f"o{slot} = v[{slot}]")
        inner.items.append(self._put(slot, f"x{slot}"))
        if slot in self.nesting.flagged:
            inner.items.append(f"f{slot} = True")
        self._below(slot, inner, {**changed, slot: f"x{slot}"})

    def _put(self, slot: int, text: str) -> str:
        """Give the line that puts a value into a slot, and into all that hold the same."""
        return "".join(f"v[{each}] = " for each in (slot, *self.cone.also.get(slot, ()))) + text

    def _is_certain(self, slot: int) -> bool:
        """Tell whether a value that is evaluated has changed: it follows the only one that it hangs on."""
        reads = self.cone.reads[slot]
        return not self.traced and len(reads) == 1 and reads[0] in dict(self.cone.code[slot].follows)

    def _by_difference(self, slot: int) -> bool:
        """Tell whether a long sum is kept up to date by what one term has changed by."""
        code, reads = self.cone.code[slot], self.cone.reads[slot]
        is_long = code.exact and len(code.reads) >= _LONG_SUM and len(reads) == 1 and reads[0] != self.cone.source
        return is_long and dict(code.follows).get(reads[0]) == 1

    def _text(self, slot: int, changed: Mapping[int, str]) -> str:
        if self._by_difference(slot):
            read = self.cone.reads[slot][0]
            return f"v[{slot}] + x{read} - o{read}"
        return _READ.sub(lambda found: changed.get(int(found[1]), found[0]), self.cone.code[slot].text)


def _name_often_read(block: _Block, moving: set[int]) -> None:
    """Name what is read often and does not move, at the innermost block that has all the readings."""
    counts = _counted(block)
    inner = [(item, _counted(item)) for item in block.items if isinstance(item, _Block)]
    often = {slot for slot, count in counts.items() if count >= _OFTEN and slot not in moving}
    here = sorted(slot for slot in often if not any(counted[slot] == counts[slot] for _item, counted in inner))
    _rename(block, {slot: f"h{slot}" for slot in here})
    block.items[:0] = [f"h{slot} = v[{slot}]" for slot in here]
    for item, _count in inner:
        _name_often_read(item, moving | set(here))


def _counted(block: _Block) -> Counter[int]:
    found = Counter(int(slot) for slot in _READ.findall(block.test))
    for item in block.items:
        found += _counted(item) if isinstance(item, _Block) else Counter(int(slot) for slot in _READ.findall(item))
    return found


def _rename(block: _Block, names: Mapping[int, str]) -> None:
    if not names:
        return
    block.test = _renamed(block.test, names)
    for place, item in enumerate(block.items):
        if isinstance(item, _Block):
            _rename(item, names)
        else:
            block.items[place] = _renamed(item, names)


def _renamed(text: str, names: Mapping[int, str]) -> str:
    return _READ.sub(lambda found: names.get(int(found[1]), found[0]), text)
