"""From a document to its sheet: what is active, who changes what, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping

from rulecore.derive.activate import activate
from rulecore.derive.basis import Basis
from rulecore.derive.collect import collect
from rulecore.derive.derivation import Derivation
from rulecore.model.document import Document, read_document
from rulecore.model.rules import Rules

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

__all__ = ["Derivation", "derive"]


def derive(document: Document | Mapping[str, Any] | str | bytes | Path, rules: Rules) -> Derivation:
    """Derive a document: activate, collect, then compute whatever is asked."""
    world = activate(read_document(document), rules)
    contributions = collect(world.structure, world)
    world.settle()
    return Derivation(Basis(world, contributions), world.structure.contents)
