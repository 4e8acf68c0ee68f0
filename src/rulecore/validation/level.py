"""The level of a finding: what it is about, from the text up to the numbers that somebody claims."""

from __future__ import annotations

from enum import IntEnum

from rulecore.finding import Finding


class Level(IntEnum):
    """What a check asks; a fault of a lower level is mended before those above it can be trusted."""

    SYNTAX = 0
    SCHEMA = 1
    REFERENCES = 2
    LEGALITY = 3
    CLAIMS = 4
    ENGINE = 5

    def __str__(self) -> str:
        """Show the name in lower case."""
        return self.name.lower()


_OF_CODE = {
    "document.format": Level.SCHEMA,
    "document.key": Level.SCHEMA,
    "document.kind": Level.SCHEMA,
    "document.name": Level.SCHEMA,
    "document.part": Level.SCHEMA,
    "document.packs": Level.SCHEMA,
    "document.waivers": Level.SCHEMA,
    "document.unrecognized": Level.SCHEMA,
    "document.kind_unknown": Level.REFERENCES,
    "choice.type": Level.SCHEMA,
    "choice.unknown": Level.REFERENCES,
    "choice.unasked": Level.REFERENCES,
    "field.derived": Level.SCHEMA,
    "field.unknown": Level.REFERENCES,
    "field.parked": Level.LEGALITY,
    "collection.shape": Level.SCHEMA,
    "collection.room": Level.LEGALITY,
    "collection.unknown": Level.REFERENCES,
    "claim.unknown": Level.REFERENCES,
    "claim.type": Level.SCHEMA,
    "value.type": Level.SCHEMA,
    "value.fraction": Level.SCHEMA,
    "value.word": Level.SCHEMA,
    "value.instance": Level.REFERENCES,
    "element.id": Level.SCHEMA,
    "element.type": Level.SCHEMA,
    "import.unknown": Level.REFERENCES,
    "range.derived": Level.ENGINE,
}

_OF_PREFIX = {
    "document": Level.SYNTAX,
    "import": Level.SYNTAX,
    "entry": Level.REFERENCES,
    "pack": Level.REFERENCES,
    "ruling": Level.REFERENCES,
    "input": Level.REFERENCES,
    "waiver": Level.REFERENCES,
    "choice": Level.LEGALITY,
    "collection": Level.LEGALITY,
    "value": Level.LEGALITY,
    "reference": Level.LEGALITY,
    "requires": Level.LEGALITY,
    "claim": Level.CLAIMS,
}


def level_of(finding: Finding) -> Level:
    """Give the level of a finding."""
    return _OF_CODE.get(finding.code) or _OF_PREFIX.get(finding.code.partition(".")[0], Level.ENGINE)
