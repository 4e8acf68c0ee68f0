"""What a ruleset says, as plain data without places and without the order of writing, to be compared and hashed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from rulecore.model.entry import Entry
from rulecore.model.rules import Rules
from rulecore.model.shape import Block, Choice, Entity
from rulecore.source import Span

_LEFT_OUT = {"span", "findings", "hash", "path", "order", "citation", "text"}
_NAMED = {"packs", "kinds", "records", "entities", "entries", "tables", "rulings", "events", "layouts", "renamed", "units"}


def content(rules: Rules) -> dict[str, Any]:
    """Give what a ruleset holds; entries inside formulas by their ids, sets and names in order."""
    return {name: _plain(getattr(rules, name), top=True) for name in sorted(_NAMED)}


def content_hash(rules: Rules) -> str:
    """Give the hash of what a ruleset holds."""
    return hashlib.sha256(repr(content(rules)).encode()).hexdigest()


def _plain(value: Any, *, top: bool = False) -> Any:
    if isinstance(value, Entry) and not top:
        return f"<{value.id}>"
    if isinstance(value, Span):
        return None
    if isinstance(value, Enum):
        return str(value)
    if isinstance(value, Mapping):
        return sorted((_plain(key), _plain(each, top=top)) for key, each in value.items())
    if isinstance(value, frozenset | set):
        return sorted(_plain(each) for each in value)
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if is_dataclass(value) and not isinstance(value, type):
        own = [(each.name, _plain(getattr(value, each.name))) for each in fields(value) if each.name not in _LEFT_OUT]
        unordered = isinstance(value, Block | Entity | Choice)
        return [type(value).__name__, *(_sorted(pair) if unordered else pair for pair in own)]
    return repr(value)


def _sorted(pair: tuple[str, Any]) -> tuple[str, Any]:
    """The order of the members of a block is that of their lines, and says nothing."""
    name, value = pair
    lists = isinstance(value, list) and all(isinstance(each, list | str) for each in value) and name != "when"
    return (name, sorted(value, key=repr)) if lists and name in _UNORDERED else pair


_UNORDERED = {
    "fields", "parts", "collections", "choices", "grants", "activations", "effects", "requirements", "hooks", "blocks",
    "keys", "entries", "options",
}  # fmt: skip
