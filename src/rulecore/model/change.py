"""Changes: what an edit did, told once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rulecore.dataclass import dataclass, field


@dataclass(frozen=True, slots=True)
class Change:
    """What one committed edit did.

    `changed` has the first old and the last new value of each field that came out different; `recomputed` counts evaluations;
    `created` and `removed` are ids of elements; `patch` is what was done to the document and `inverse` undoes it.
    """

    changed: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    recomputed: int = 0
    created: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    patch: tuple[Mapping[str, Any], ...] = ()
    inverse: tuple[Mapping[str, Any], ...] = ()
