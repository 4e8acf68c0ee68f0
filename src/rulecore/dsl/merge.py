"""What a shape inherits: the blocks of those it descends from, joined."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rulecore.model.shape import Block


def merged(blocks: Iterable[Block]) -> Block:
    """Join the blocks of a descent, ancestors first: what is declared again replaces what was inherited."""
    fields: dict[str, Any] = {}
    named: dict[str, dict[str, Any]] = {"parts": {}, "collections": {}, "choices": {}}
    others: dict[str, list[Any]] = {name: [] for name in ("grants", "activations", "effects", "requirements", "hooks", "blocks")}
    for block in blocks:
        for part in block.parts:
            fields.pop(part.name, None)
        fields.update({each.name: each for each in block.fields})
        for name, found in named.items():
            found.update({each.name: each for each in getattr(block, name)})
        for each in block.fields:
            named["parts"].pop(each.name, None)
        for name, several in others.items():
            several.extend(getattr(block, name))
    tuples = {name: tuple(found.values()) for name, found in named.items()}
    return Block(None, tuple(fields.values()), **tuples, **{name: tuple(found) for name, found in others.items()})
