"""Keys that stand twice in one object: the last value counts, as everywhere in JSON, and the first is offered back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from json import dumps

from rulecore.finding import Finding, Fix, Safety, Severity
from rulecore.model.document import replacing
from rulecore.validation.faults import LONGEST_EXCERPT, Faults, pointer_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def tell_duplicates(
    faults: Faults, keys: Sequence[str | int], values: Mapping[str, Any], firsts: Mapping[str, tuple[Any, int]]
) -> None:
    """Tell each key of an object that has stood there before; `firsts` has its first value, and where it stands again."""
    for key, (first, at) in firsts.items():
        if faults.is_full("document.duplicate"):
            continue
        last, pointer = values[key], pointer_of([*keys, key])
        if dumps(first) == dumps(last):
            message, severity = "the key stands twice, with the same value", Severity.WARNING
            fix = Fix("taken as one key", Safety.CERTAIN)
        else:
            message, severity = "the key stands twice, and the last value counts", Severity.ERROR
            fix = replacing(pointer, last, first, Safety.CHOICE)
        found = key[:LONGEST_EXCERPT]
        faults.put(Finding("document.duplicate", message, severity, pointer=pointer, found=found, fixes=(fix,)), at)
