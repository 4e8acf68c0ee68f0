"""Foreign shapes of sheets, read by what the packs call things: a document, and the numbers that were claimed."""

from __future__ import annotations

from rulecore.dataclass import dataclass
from rulecore.dataclass import field as given
from rulecore.finding import Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rulecore.ruleset import Ruleset

__all__ = ["Imported", "imported"]


@dataclass(frozen=True, slots=True)
class Imported:
    """A document with claims, made of a foreign shape; `places` leads from its pointers to those of the source.

    `certainty` is the share of what was written that was understood.
    """

    data: dict[str, Any]
    places: dict[str, str] = given(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    certainty: float = 0.0


def imported(source: Any, rules: Ruleset) -> Imported | None:
    """Read parsed JSON of any shape, or a text; gives none where nothing of it says anything of an entity."""
    from rulecore.validation.importing.facts import facts_of
    from rulecore.validation.importing.lexicon import lexicon_of
    from rulecore.validation.importing.making import CLAIMS, Making
    from rulecore.validation.importing.prose import tree_of
    from rulecore.validation.importing.splitting import splitter

    lexicon = lexicon_of(rules)
    tree = tree_of(source, splitter(lexicon)) if isinstance(source, str) else source
    making = Making(facts_of(tree), rules, lexicon)
    if not making.says_anything:
        return None
    making.make()
    data = {key: each for key, each in making.draft.data.items() if each or key == "fields"}
    if making.claims:
        data[CLAIMS] = making.claims
    return Imported(data, making.draft.places, tuple(making.findings()), making.certainty())
