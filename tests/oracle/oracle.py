"""The naive oracle: a document goes in, the numbers of the sheet come out, worked out from top to bottom.

Written from the SRD 5.2.1 text and tests/facts alone; it knows nothing of the packs or of the engine.
"""

from typing import Any

from tests.oracle import (
    abilities,
    armor_class,
    attacks,
    checks,
    class_numbers,
    conditions,
    content_classes,
    content_feats,
    content_origin,
    defenses,
    exploration,
    forms,
    goods,
    hit_points,
    inventory,
    levels,
    movement,
    proficiencies,
    spell_lists,
    spellcasting,
)
from tests.oracle.paper import Paper


def sheet(document: dict[str, Any]) -> dict[str, object]:
    """Field id -> value, for the derived scalar fields of the vocabulary."""
    return filled(document).out


def assumed(document: dict[str, Any]) -> dict[str, object]:
    """Numbers of the book whose field ids the vocabulary does not settle, under ids of the oracle's own."""
    return dict(content_classes.assumed(filled(document)))


def filled(document: dict[str, Any]) -> Paper:
    """Each topic reads only what stands above it on the paper."""
    p = Paper(document)
    levels.fill(p)
    content_origin.fill(p)
    inventory.fill(p)
    levels.proficiency_bonus(p)
    content_feats.fill(p)
    abilities.fill(p)
    levels.prerequisites(p)
    conditions.fill(p)
    proficiencies.fill(p)
    checks.fill(p)
    armor_class.fill(p)
    hit_points.fill(p)
    movement.fill(p)
    exploration.fill(p)
    goods.fill(p)
    defenses.fill(p)
    attacks.fill(p)
    forms.fill(p)
    spellcasting.fill(p)
    spell_lists.fill(p)
    conditions.attacked(p)
    conditions.able_to_cast(p)
    content_classes.fields(p)
    class_numbers.fill(p)
    content_origin.numbers(p)
    content_feats.numbers(p)
    return p
