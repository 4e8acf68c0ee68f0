"""What the structured outputs of providers of models take of JSON Schema: a profile for each.

The limits are those of the table in `docs/structured-outputs.md`, with their dates and where they are from.
"""

from __future__ import annotations

from rulecore.dataclass import dataclass
from rulecore.errors import Refused
from rulecore.names import nearest

KEY = r"[A-Za-z0-9_.-]{1,64}"
"""Keys of properties that all take: so the interface of Anthropic says when it refuses a schema, seen from 2026-01 to 2026-09."""
LONGEST_KEY = 64

# OpenAI, strict mode, as of 2026-02.
OPENAI_PROPERTIES = 5_000
OPENAI_DEPTH = 10
OPENAI_VALUES = 1_000
OPENAI_CHARACTERS = 120_000
OPENAI_LONG_ENUM = 250
OPENAI_LONG_ENUM_CHARACTERS = 15_000

# Anthropic, strict mode, from the documentation of a converter.
ANTHROPIC_OPTIONAL = 24
ANTHROPIC_UNIONS = 16
ANTHROPIC_LEAST_ITEMS = 1

# What both take, and what lesser models keep to.
PORTABLE_UNIONS = 8
PORTABLE_VALUES = 300
SLOTS = 4
"""Up to so many answers to one question have a property each, where an array cannot say how many."""

_EVERYWHERE = frozenset(
    {"type", "properties", "required", "additionalProperties", "description", "title", "enum", "const", "items"}
)
_NUMBERS = frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"})
_DEFINITIONS = frozenset({"$defs", "$ref"})


@dataclass(frozen=True, slots=True)
class Profile:
    """Limits; none is no limit. `keywords` are all that may stand in a schema.

    `least_items` is the largest `minItems`, `discriminated` wants a union of objects that share one constant property,
    `long_enum` and `long_enum_characters` are from how many values on how long an enum may be.
    """

    name: str
    keywords: frozenset[str]
    optional: int = 0
    unions: int | None = None
    discriminated: bool = False
    recursive: bool = False
    least_items: int | None = None
    properties: int | None = None
    depth: int | None = None
    values: int | None = None
    characters: int | None = None
    long_enum: int | None = None
    long_enum_characters: int = 0

    @property
    def counts_items(self) -> bool:
        """Tell whether an array may say how many items it has."""
        return "maxItems" in self.keywords

    @property
    def bounds_numbers(self) -> bool:
        """Tell whether a number may have bounds."""
        return "minimum" in self.keywords


OPENAI = Profile(
    "openai",
    _EVERYWHERE | _NUMBERS | _DEFINITIONS | {"anyOf", "minItems", "maxItems", "pattern", "format"},
    recursive=True,
    properties=OPENAI_PROPERTIES,
    depth=OPENAI_DEPTH,
    values=OPENAI_VALUES,
    characters=OPENAI_CHARACTERS,
    long_enum=OPENAI_LONG_ENUM,
    long_enum_characters=OPENAI_LONG_ENUM_CHARACTERS,
)
ANTHROPIC = Profile(
    "anthropic",
    _EVERYWHERE | _DEFINITIONS | {"anyOf", "minItems", "pattern", "format"},
    optional=ANTHROPIC_OPTIONAL,
    unions=ANTHROPIC_UNIONS,
    least_items=ANTHROPIC_LEAST_ITEMS,
)
PORTABLE = Profile(
    "portable",
    _EVERYWHERE | {"anyOf"},
    unions=PORTABLE_UNIONS,
    discriminated=True,
    properties=OPENAI_PROPERTIES,
    depth=OPENAI_DEPTH,
    values=PORTABLE_VALUES,
    characters=OPENAI_CHARACTERS,
    long_enum=OPENAI_LONG_ENUM,
    long_enum_characters=OPENAI_LONG_ENUM_CHARACTERS,
)
PROFILES = {each.name: each for each in (OPENAI, ANTHROPIC, PORTABLE)}


def profile_of(name: str | Profile) -> Profile:
    """Give the profile of a name; Refused says which there are."""
    if isinstance(name, Profile):
        return name
    if name not in PROFILES:
        near, known = nearest(name, PROFILES), ", ".join(PROFILES)
        raise Refused(f"there is no profile `{name}`; {f'did you mean `{near}`?' if near else f'there are {known}'}")
    return PROFILES[name]
