"""What was handed in as facts: every single value with the words of the way to it, and what stands beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import islice

from rulecore.dataclass import dataclass
from rulecore.dataclass import field as given
from rulecore.model.strict import escape
from rulecore.validation.importing.words import Words, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MOST_FACTS = 6000
MOST_IN_ONE = 1000
DEEPEST = 24


@dataclass(eq=False, slots=True)
class Place:
    """An object or a list: the words that lead to it, what it is in, and the values that stand in it directly."""

    keys: tuple[Words, ...]
    pointer: str
    outer: Place | None = None
    is_item: bool = False
    facts: list[Fact] = given(default_factory=list)
    is_keyed: bool = False

    def around(self) -> Iterator[Place]:
        """Give this and what it is in, up to the element of a list that holds it; never all of the source."""
        place: Place | None = self
        while place is not None and place.outer is not None:
            yield place
            if place.is_item:
                return
            place = place.outer


@dataclass(eq=False)
class Fact:
    """A single value. `keys` are the words of each key on the way, `own` whether the last of them is its own key."""

    keys: tuple[Words, ...]
    value: Any
    pointer: str
    place: Place
    key: str = ""
    used: bool = False

    @cached_property
    def is_listed(self) -> bool:
        """Tell whether it is an element of a list, so that its key says what the list is."""
        return self.key == ""

    @property
    def text(self) -> str:
        """Give the value as a text, nothing for what is none."""
        return self.value if isinstance(self.value, str) else ""


@dataclass(slots=True)
class Facts:
    """All facts of a source in their order, the objects that have keys, and how many values were too many."""

    facts: list[Fact] = given(default_factory=list)
    keyed: list[tuple[str, Place]] = given(default_factory=list)
    left_out: int = 0


def facts_of(source: Any) -> Facts:
    """Give the facts of parsed JSON."""
    found = Facts()
    _collect(source, Place((), ""), "", found, 0)
    return found


def _collect(value: Any, place: Place, key: str, found: Facts, depth: int) -> None:
    if depth > DEEPEST or len(found.facts) >= MOST_FACTS:
        found.left_out += 1
    elif isinstance(value, Mapping):
        found.left_out += max(0, len(value) - MOST_IN_ONE)
        for name, each in islice(value.items(), MOST_IN_ONE):
            _member(str(name), each, place, found, depth)
    elif isinstance(value, list | tuple):
        found.left_out += max(0, len(value) - MOST_IN_ONE)
        for number, each in enumerate(value[:MOST_IN_ONE]):
            pointer = f"{place.pointer}/{number}"
            if isinstance(each, Mapping | list | tuple):
                _collect(each, Place(place.keys, pointer, place, is_item=True), key, found, depth + 1)
            else:
                _add(Fact(place.keys, each, pointer, place), found)


def _member(name: str, each: Any, place: Place, found: Facts, depth: int) -> None:
    source = getattr(name, "pointer", None)
    pointer = f"{place.pointer}/{escape(name)}" if source is None else source
    own = words(name)
    keys = (*place.keys, own) if own else place.keys
    if isinstance(each, Mapping | list | tuple):
        inner = Place(keys, pointer, place)
        if isinstance(each, Mapping):
            found.keyed.append((name, inner))
        _collect(each, inner, name, found, depth + 1)
    else:
        _add(Fact(keys, each, pointer, place, name), found)


def _add(fact: Fact, found: Facts) -> None:
    if len(found.facts) >= MOST_FACTS:
        found.left_out += 1
    elif fact.value is not None and fact.value != "":
        fact.pointer = getattr(fact.value, "pointer", fact.pointer)
        found.facts.append(fact)
        fact.place.facts.append(fact)
