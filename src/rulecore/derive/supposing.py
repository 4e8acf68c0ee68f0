"""Values as they would be if some of them were others: beside a derivation, which stays as it is."""

from __future__ import annotations

from collections.abc import Mapping

from rulecore.derive.combine import Combined
from rulecore.derive.compute import Computation
from rulecore.derive.instance import Instance

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rulecore.derive.derivation import Derivation


class _Supposing(Computation):
    def __init__(self, derivation: Derivation, supposed: Mapping[tuple[Instance, str], Any]) -> None:
        super().__init__(derivation.structure, derivation.contributions, contents=derivation.contents)
        for (instance, name), value in supposed.items():
            self._known[instance, name] = Combined(instance.fields[name].type, value)


def supposing(derivation: Derivation, supposed: Mapping[tuple[Instance, str], Any]) -> Computation:
    """Give the world in which some fields have other values, by instance and name; what exists does not move with them."""
    return _Supposing(derivation, supposed)
