"""Whether what is picked beforehand can mean anything at all: told before the first question, with what is nearest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from rulecore.cli.questions import plain
from rulecore.derive.index import blocks
from rulecore.errors import Refused
from rulecore.names import nearest

if TYPE_CHECKING:
    from rulecore.model.rules import Rules
    from rulecore.model.shape import Block, Shape


def refuse_unknown(rules: Rules, picks: Mapping[str, Sequence[str]]) -> None:
    """Refuse ids with a segment, and names with a beginning, that nothing of these rules has: all of them at once."""
    if not picks:
        return
    inside = [block for shape in _shapes(rules) for block in blocks(shape.block)]
    segments = {entry.name for entry in rules.entries.values()} | {name for block in inside for name in _segments(block)}
    labels = {plain(each): each for each in _labels(rules, inside)}
    faults = [fault for key in picks if (fault := _unknown_id(key, segments)) is not None]
    names = [(key, name) for key, several in picks.items() for name in several]
    faults += [fault for key, name in names if (fault := _unknown_name(key, name, labels)) is not None]
    if faults:
        raise Refused("; ".join(faults))


def _unknown_id(key: str, segments: set[str]) -> str | None:
    for segment in key.split("."):
        name = segment.partition("#")[0]
        # Elements of lists have ids of their own, a letter and a number.
        if name not in segments and not name[-1:].isdecimal():
            near = nearest(name, segments)
            return f"--pick {key}=...: nothing is called `{name}`" + (f"; did you mean `{near}`?" if near else "")
    return None


def _unknown_name(key: str, name: str, labels: Mapping[str, str]) -> str | None:
    wanted = plain(name)
    if wanted.isdecimal() or "." in name or any(each.startswith(wanted) for each in labels):
        return None
    near = nearest(wanted, labels)
    return f"--pick {key}={name}: nothing is called {name!r}" + (f"; did you mean {labels[near]}?" if near else "")


def _shapes(rules: Rules) -> Iterator[Shape]:
    yield from rules.records.values()
    for entity in rules.entities.values():
        yield entity.shape
        yield from (shape for _entry, shape in entity.keys)
    yield from (kind.shape for kind in rules.kinds.values() if kind.shape is not None)
    yield from (entry.shape for entry in rules.entries.values() if entry.shape is not None)


def _segments(block: Block) -> Iterator[str]:
    for several in (block.fields, block.parts, block.collections, block.choices):
        for each in several:
            yield from each.name.split(".")
    for choice in block.choices:
        yield from (option.name for option in choice.options)


def _labels(rules: Rules, inside: Sequence[Block]) -> Iterator[str]:
    for entry in rules.entries.values():
        yield from (entry.name, entry.label)
    for block in inside:
        for choice in block.choices:
            for option in choice.options:
                yield from (option.name, option.label)
