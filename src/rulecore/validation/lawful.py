"""What could be changed so that a broken law holds: whatever the document has written of what the law reads, nearest first."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, islice, zip_longest

from rulecore.derive.tracing import read_by
from rulecore.errors import FieldError
from rulecore.finding import Finding, Fix, Safety
from rulecore.formula import types as t
from rulecore.model.document import removing, replacing
from rulecore.model.shape import Field
from rulecore.model.strict import escape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rulecore.validation.proposing import Proposing

FARTHEST_NUMBER = 7
MOST_OTHERS = 6
MOST_ADDED = 24
MOST_SINGLE = 60
MOST_LEFT_OUT = 30
MOST_TOGETHER = 12
"""Of how many changes several are tried together."""


def lawful(proposing: Proposing, finding: Finding) -> Iterator[Fix]:
    """Propose single changes, then to leave out more at the end of a list, then two and three of the nearest together."""
    single = list(islice(_changes(proposing, finding), MOST_SINGLE))
    yield from single
    stored = proposing.stored(finding.pointer or "")
    last = _single(finding.pointer or "", stored) if isinstance(stored, dict) and _is_list(finding.pointer or "") else []
    yield from (_joined(tuple(last[:several])) for several in range(2, min(len(last), MOST_LEFT_OUT) + 1))
    for several in (2, 3):
        for together in combinations(single[:MOST_TOGETHER], several):
            if len({_place(fix) for fix in together}) == several:
                yield _joined(together)


def _changes(proposing: Proposing, finding: Finding) -> Iterator[Fix]:
    seen: set[str] = set()
    for layer in ([finding.pointer or ""], *read_by(proposing.derivation, finding)):
        places = [place for place in dict.fromkeys(layer) if place and place not in seen]
        seen.update(places)
        # One change of each place before a second one of any: what helps may be anywhere.
        for row in zip_longest(*(_at(proposing, place) for place in places)):
            yield from (fix for fix in row if fix is not None)


def _is_list(pointer: str) -> bool:
    return pointer.startswith("/collections/") and pointer.count("/") == 2


def _at(proposing: Proposing, pointer: str) -> Iterator[Fix]:
    """Propose other values at a pointer."""
    stored = proposing.stored(pointer)
    if stored is None:
        yield from _added(proposing, pointer)
    elif isinstance(stored, dict):
        if pointer.startswith("/collections/") and not _is_list(pointer):
            yield removing(pointer, stored, Safety.CHOICE, _leaving(stored))
        elif _is_list(pointer):
            yield from _single(pointer, stored)[:MOST_OTHERS]
    elif pointer.startswith("/choices/"):
        yield from _answers(proposing, pointer, stored)
    elif isinstance(stored, bool):
        yield replacing(pointer, stored, not stored, Safety.CHOICE, f"set {_last(pointer)} to {str(not stored).lower()}")
    else:
        yield from _values(proposing, pointer, stored)


def _single(pointer: str, stored: dict[str, Any]) -> list[Fix]:
    """Give what leaves out one element of a list, from the last to the first."""
    elements = reversed([(key, each) for key, each in stored.items() if isinstance(each, dict)])
    return [removing(f"{pointer}/{escape(key)}", each, Safety.CHOICE, _leaving(each)) for key, each in elements]


def _added(proposing: Proposing, pointer: str) -> Iterator[Fix]:
    """Propose names where an element has none."""
    holder, _, name = pointer.rpartition("/")
    if isinstance(proposing.stored(holder), dict) and holder.startswith("/collections/"):
        test = {"op": "test", "path": holder, "value": proposing.stored(holder)}
        for each in islice(proposing.labels(pointer), MOST_ADDED):
            added = {"op": "add", "path": f"{holder}/{name}", "value": each}
            yield Fix(f"write {each}", Safety.CHOICE, (test, added))


def _leaving(element: dict[str, Any]) -> str:
    name = next((each for each in element.values() if isinstance(each, str)), None)
    return "leave it out" if name is None else f"leave out {name}"


def _last(pointer: str) -> str:
    return " ".join(pointer.split("/")[-2:])


def _answers(proposing: Proposing, pointer: str, stored: Any) -> Iterator[Fix]:
    names = [stored] if isinstance(stored, str) else stored
    if isinstance(stored, str):
        others = [name for name in proposing.labels(pointer) if name != stored]
        yield from (replacing(pointer, stored, name, Safety.CHOICE, f"choose {name}") for name in others[:MOST_OTHERS])
        return
    others = [name for name in proposing.labels(pointer) if name not in names]
    for place in range(len(names) - 1, -1, -1):
        at = f"{pointer}/{place}"
        for name in others[:MOST_OTHERS]:
            yield replacing(at, names[place], name, Safety.CHOICE, f"choose {name} in place of {names[place]}")
        yield removing(at, names[place], Safety.CHOICE, f"leave out {names[place]}")


def _values(proposing: Proposing, pointer: str, stored: Any) -> Iterator[Fix]:
    try:
        _instance, field = proposing.derivation.field(proposing.derivation.document.path(pointer))
    except FieldError:
        return
    if isinstance(field.type, t.IntType) and isinstance(stored, int):
        yield from _numbers(pointer, stored, field)
    elif isinstance(stored, str):
        others = [name for name in proposing.labels(pointer) if name != stored]
        yield from (
            replacing(pointer, stored, name, Safety.CHOICE, f"write {name} in place of {stored} ({_last(pointer)})")
            for name in others[:MOST_OTHERS]
        )
    yield removing(pointer, stored, Safety.CHOICE, f"leave {_last(pointer)} as it is by default")


def _numbers(pointer: str, stored: int, field: Field) -> Iterator[Fix]:
    for distance in range(1, FARTHEST_NUMBER + 1):
        for value in (stored + distance, stored - distance):
            yield replacing(pointer, stored, value, Safety.CHOICE, f"set {field.label} to {value}")


def _place(fix: Fix) -> str:
    return str(fix.patch[-1]["path"])


def _joined(together: tuple[Fix, ...]) -> Fix:
    """Make several changes one, tests first; places in lists are changed from the last to the first."""
    operations = [operation for fix in together for operation in fix.patch]
    tests = [operation for operation in operations if operation["op"] == "test"]
    changes = sorted((each for each in operations if each["op"] != "test"), key=_order, reverse=True)
    return Fix("; ".join(fix.title for fix in together), Safety.CHOICE, (*tests, *changes))


def _order(operation: dict[str, Any]) -> tuple[int, ...]:
    return tuple(int(segment) for segment in str(operation["path"]).split("/") if segment.isdecimal())
