"""Documents that are alike: where one differs from another in values alone, they have one structure, which is made once."""

from __future__ import annotations

from _thread import RLock
from collections.abc import Iterator, Mapping

from rulecore.derive import Derivation, derive
from rulecore.derive.basis import Key
from rulecore.derive.contents import FIELDS
from rulecore.errors import FieldError
from rulecore.model.document import Document
from rulecore.model.rules import Rules
from rulecore.model.strict import escape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MOST_KEPT = 4
MOST_DIFFERENCES = 12
_UNREAD = frozenset({"format", "packs", "notes", "waivers", "inputs"})
"""What no value follows from: findings alone do, and each derivation has its own."""

Place = tuple[str, ...]


class Derivations:
    """The derivations that were made last under one ruleset. Several threads may ask."""

    def __init__(self, rules: Rules) -> None:
        """Have none yet."""
        self._rules = rules
        self._made: list[Derivation] = []
        self._guard = RLock()

    def of(self, document: Document) -> Derivation:
        """Derive a document, unless one that was derived lately has the same structure: then that is shared."""
        for each in self._made:
            found = _follow(each, document)
            if found is not None:
                self._keep(each)
                return found
        made = derive(document, self._rules)
        self._keep(made)
        return made

    def _keep(self, derivation: Derivation) -> None:
        with self._guard:
            self._made = [derivation, *(each for each in self._made if each is not derivation)][:MOST_KEPT]


def _follow(derivation: Derivation, document: Document) -> Derivation | None:
    from rulecore.derive.link.code import Unlinkable

    try:
        keys = inputs_between(derivation, document)
        return None if keys is None else derivation.alike(document, keys)
    except (Unlinkable, RuntimeError):
        # What hangs on a field is not known, or its owner edits the other document meanwhile, in another thread.
        return None


def inputs_between(derivation: Derivation, document: Document) -> list[Key] | None:
    """Give the fields in which a document differs from that of a derivation, none where it differs in anything else."""
    found: list[Key] = []
    for place in _differences(derivation.document.raw, document.raw, ()):
        key = None if len(found) == MOST_DIFFERENCES else _input(derivation, place)
        if key is None and place[0] not in _UNREAD:
            return None
        found += [] if key is None else [key]
    return found


def _input(derivation: Derivation, place: Place) -> Key | None:
    """Give the field that stands at a place of the document and on which nothing depends but values."""
    if len(place) == 1 and place != ("name",):
        return None
    pointer = "".join(f"/{escape(each)}" for each in place)
    try:
        instance, field = derivation.field(derivation.document.path(pointer))
    except (FieldError, ValueError):
        return None
    stands = instance.home.pointer + escape(instance.home.prefix + field.name)
    is_there = pointer == stands or (place == ("name",) and stands == f"{FIELDS}name")
    return (instance, field.name) if is_there and derivation.structure.is_input(instance, field.name) else None


def _differences(old: Any, new: Any, above: Place) -> Iterator[Place]:
    """Give the places where two documents differ, first those where one of them has nothing."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        if old.keys() != new.keys():
            yield from ((*above, key) for key in old.keys() ^ new.keys())
        for key, value in old.items():
            yield from _differences(value, new.get(key, value), (*above, key))
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for place, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from _differences(one, other, (*above, str(place)))
    elif old is not new and (old != new or type(old) is not type(new)):
        yield above
