"""Update plans: one function for each input of a structure, which brings everything that hangs on it up to date.

A plan is straight-line code: each field stands where everything that it reads has been settled, inside the test of what it
hangs on alone, so that a value which comes out equal skips all behind it. Its text consists of slots, whole numbers,
operators and numbered names of ours; nothing that a pack has written stands in it, and that is checked before it is run.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from rulecore.derive.link.code import Unlinkable
from rulecore.derive.link.cone import Cone

Plan = Callable[[list[Any], Any, Any], None]
Traced = Callable[[list[Any], Any, Any, Callable[[int], object], Callable[[tuple[int, Any]], object]], None]

DEEPEST = 60
_LANGUAGE = re.compile(
    r"(?:def plan\(v, x, w(?:, seen, was)?\):|\s+|\d+|v\[|[\[\](),:;*]|[vxtfk]\d+|[xw]\b|min\b|max\b|get\b|seen\b|was\b"
    r"|(?:if|else|and|or|not|in|is|None|True|False)\b|:=|==|!=|<=|>=|<|>|=|\+|-|//|\||\.)*"
)


def made(cone: Cone, constants: Mapping[str, Any]) -> Plan:
    """Give the plan of a cone."""
    function: Plan = _compiled(_Text(cone, traced=False).text, constants)
    return function


def traced(cone: Cone, constants: Mapping[str, Any]) -> Traced:
    """Give a plan that tells each slot that it evaluates, and each that changed with its old value."""
    function: Traced = _compiled(_Text(cone, traced=True).text, constants)
    return function


def _compiled(text: str, constants: Mapping[str, Any]) -> Any:
    if not _LANGUAGE.fullmatch(text):
        raise Unlinkable("a plan has a text that no plan can have")
    names = {name: constants[name] for name in set(re.findall(r"\bk\d+\b", text))}
    names |= {"__builtins__": {}, "min": min, "max": max}
    exec(compile(text, "<plan>", "exec"), names)
    return names["plan"]


class _Text:
    """The text of one plan."""

    def __init__(self, cone: Cone, *, traced: bool) -> None:
        self.cone, self.traced = cone, traced
        self.place = {slot: place for place, slot in enumerate(cone.order)}
        self.above = _dominators(cone)
        self.below: dict[int, list[int]] = defaultdict(list)
        for slot in cone.order:
            self.below[self.above[slot]].append(slot)
        self.flagged = {read for slot in cone.order if self._is_join(slot) for read in cone.reads[slot]}
        self.lines = ["def plan(v, x, w, seen, was):" if traced else "def plan(v, x, w):"]
        if traced:
            self.lines.append(f" was(({cone.source}, v[{cone.source}]))")
        self.lines.append(f" v[{cone.source}] = x")
        self._block(cone.source, " ", (cone.source,))
        self.text = "\n".join(self.lines) + "\n"

    def _is_join(self, slot: int) -> bool:
        return self.above[slot] not in self.cone.reads[slot]

    def _block(self, above: int, indent: str, changed: tuple[int, ...]) -> None:
        """Write what hangs on one slot alone; `changed` are the slots whose new value has a name here."""
        flags = {read for slot in self.below[above] if self._is_join(slot) for read in self.cone.reads[slot]}
        if flags:
            self.lines.append(indent + " = ".join(f"f{slot}" for slot in sorted(flags)) + " = False")
        for slot in self.below[above]:
            inside = indent
            if self._is_join(slot):
                tests = " or ".join(f"f{read}" for read in self.cone.reads[slot])
                self.lines.append(f"{indent}if {tests}:")
                inside += " "
            self._field(slot, inside, changed)

    def _field(self, slot: int, indent: str, changed: tuple[int, ...]) -> None:
        text = self.cone.code[slot].text
        for each in changed:
            name = "x" if each == self.cone.source else f"x{each}"
            text = text.replace(f"v[{each}]", name)
        if self.traced:
            self.lines.append(f"{indent}seen({slot})")
        elif not self.below[slot] and slot not in self.flagged:
            self.lines.append(f"{indent}v[{slot}] = {text}")
            return
        self.lines += [f"{indent}x{slot} = {text}", f"{indent}if x{slot} != v[{slot}]:"]
        if self.traced:
            self.lines.append(f"{indent} was(({slot}, v[{slot}]))")
        self.lines.append(f"{indent} v[{slot}] = x{slot}")
        if slot in self.flagged:
            self.lines.append(f"{indent} f{slot} = True")
        self._block(slot, indent + " ", (*changed, slot))


def _dominators(cone: Cone) -> dict[int, int]:
    """Give for each slot the last one through which every way from the source leads."""
    above: dict[int, int] = {}
    depth = {cone.source: 0}
    place = {cone.source: -1} | {slot: place for place, slot in enumerate(cone.order)}
    for slot in cone.order:
        found, *others = cone.reads[slot]
        for other in others:
            found = _common(found, other, above, place)
        while depth[found] >= DEEPEST:
            found = above[found]
        above[slot] = found
        depth[slot] = depth[found] + 1
    return above


def _common(one: int, other: int, above: Mapping[int, int], place: Mapping[int, int]) -> int:
    while one != other:
        if place[one] < place[other]:
            other = above[other]
        else:
            one = above[one]
    return one
