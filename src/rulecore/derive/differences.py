"""Where a document differs from that of a derivation, told by what the derivation has there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from rulecore.dataclass import dataclass, field
from rulecore.derive.basis import Key
from rulecore.derive.contents import FIELDS
from rulecore.derive.derivation import Derivation
from rulecore.derive.instance import Instance
from rulecore.errors import FieldError
from rulecore.model.shape import Mode
from rulecore.model.strict import escape, unescape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MOST = 12
_UNREAD = frozenset({"format", "packs", "notes", "waivers", "inputs"})
"""What no value follows from: findings alone do, and each derivation has its own."""
_PARTS = frozenset({"fields", "collections", "choices"})
"""What may as well be empty as not be there."""
_NOTHING = object()
Place = tuple[str, ...]


@dataclass(slots=True)
class Differences:
    """The editable fields that have another value, the collections that have other elements, and who asks for other answers."""

    keys: set[Key] = field(default_factory=set)
    collections: set[Key] = field(default_factory=set)
    asking: set[Instance] = field(default_factory=set)

    def are_inputs(self, derivation: Derivation) -> bool:
        """Tell whether nothing hangs on the differences but values."""
        return not (self.collections or self.asking) and all(derivation.structure.is_input(*key) for key in self.keys)


def differences(derivation: Derivation, raw: Mapping[str, Any], pointers: Iterable[str] = ("",)) -> Differences | None:
    """Tell where a document differs from that of a derivation, none where it differs in much or in anything else.

    No more than what stands at some pointers is compared.
    """
    found = Differences()
    for number, place in enumerate(_differing(derivation.document.raw, raw, pointers)):
        if number == MOST or not _sort(found, derivation, place):
            return None
    return found


def are_same(old: Any, new: Any, pointers: Iterable[str]) -> bool:
    """Tell whether two documents have the same at some places."""
    return next(_differing(old, new, pointers), None) is None


def _sort(found: Differences, derivation: Derivation, place: Place) -> bool:
    """Note what stands at a place; tell whether that is known."""
    match place:
        case (part, *_rest) if part in _UNREAD:
            return True
        case ("choices", path, *_rest):
            # Answers that nothing asks for wait, and those that a rule gives do not follow the document.
            asked = derivation.structure.questions
            found.asking.update(owner for owner, question in asked if question.path == path and question.preset is None)
            return True
        case ("collections", path) | ("collections", path, _):
            holding = (key for key in derivation.structure.elements if key[0].join(key[1]) == path)
            found.collections.update(holding)
            return True
    key = _field_at(derivation, place)
    # What a rule has fixed does not follow the document.
    if key is not None and key[1] not in key[0].fixed:
        found.keys.add(key)
    return key is not None


def _field_at(derivation: Derivation, place: Place) -> Key | None:
    """Give the editable field that stands at a place of the document."""
    if len(place) == 1 and place != ("name",):
        return None
    pointer = "".join(f"/{escape(each)}" for each in place)
    try:
        instance, found = derivation.field(derivation.document.path(pointer))
    except (FieldError, ValueError):
        return None
    stands = instance.home.pointer + escape(instance.home.prefix + found.name)
    is_there = pointer == stands or (place == ("name",) and stands == f"{FIELDS}name")
    return (instance, found.name) if is_there and found.mode is Mode.EDITABLE else None


# ---- comparing documents


def _differing(old: Any, new: Any, pointers: Iterable[str]) -> Iterator[Place]:
    for pointer in pointers:
        place = tuple(map(unescape, pointer.split("/")[1:]))
        yield from _between(_at(old, place), _at(new, place), place)


def _at(raw: Any, place: Place) -> Any:
    for number, segment in enumerate(place):
        if isinstance(raw, list):
            raw = raw[int(segment)] if segment.isdecimal() and int(segment) < len(raw) else _NOTHING
        else:
            raw = raw.get(segment, _missing(place[: number + 1])) if isinstance(raw, Mapping) else _NOTHING
    return raw


def _missing(place: Place) -> Any:
    return {} if len(place) == 1 and place[0] in _PARTS else _NOTHING


def _between(old: Any, new: Any, above: Place) -> Iterator[Place]:
    """Give the places where two documents differ: whole elements where one has them, fields where both have."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in (*old, *(key for key in new if key not in old)):
            place = (*above, key)
            yield from _between(old.get(key, _missing(place)), new.get(key, _missing(place)), place)
    elif isinstance(old, list) and isinstance(new, list):
        for number, (one, other) in enumerate(zip(old, new, strict=False)):
            yield from _between(one, other, (*above, str(number)))
        yield from ((*above, str(number)) for number in range(min(len(old), len(new)), max(len(old), len(new))))
    elif old is not new and (old != new or type(old) is not type(new)):
        yield above
