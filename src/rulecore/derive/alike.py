"""Documents that are alike: where one differs from another in values alone, they have one structure, which is made once."""

from __future__ import annotations

from _thread import RLock
from collections.abc import Collection

from rulecore.derive import Derivation, derive
from rulecore.derive.differences import differences
from rulecore.model.document import Document
from rulecore.model.rules import Rules

MOST_KEPT = 4
Near = tuple[Derivation, Collection[str]]
"""A derivation from whose document another one differs in little, with the pointers where it does."""


class Derivations:
    """The derivations that were made last under one ruleset. Several threads may ask."""

    def __init__(self, rules: Rules) -> None:
        """Have none yet."""
        self._rules = rules
        self._made: list[Derivation] = []
        self._guard = RLock()

    def of(self, document: Document, near: Near | None = None) -> Derivation:
        """Derive a document, unless one that was derived lately has the same structure: then that is shared.

        Where a derivation is near, what is the same in both is shared.
        """
        made = None if near is None else branch_from(*near, document)
        if made is None:
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


def _follow(derivation: Derivation, document: Document, pointers: Collection[str] = ("",)) -> Derivation | None:
    from rulecore.derive.link.code import Unlinkable

    try:
        found = differences(derivation, document.raw, pointers)
        return derivation.alike(document, found.keys) if found is not None and found.are_inputs(derivation) else None
    except (Unlinkable, RuntimeError):
        # What hangs on a field is not known, or its owner edits the other document meanwhile, in another thread.
        return None


def branch_from(near: Derivation, pointers: Collection[str], document: Document) -> Derivation | None:
    """Derive a document from another one that is like it, none where that cannot be or would not pay."""
    from rulecore.derive.branch import branch

    found = differences(near, document.raw, pointers)
    if found is None:
        return None
    return _follow(near, document, pointers) if found.are_inputs(near) else branch(near, document, found)
