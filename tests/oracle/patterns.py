"""The names under which fields.json lists the fields of a sheet."""

import re

from tests.oracle.book import ABILITIES, CLASSES, CONDITIONS, DAMAGE_TYPES, MOVEMENTS, SENSES, SKILLS, TOOLS


def pattern_of(key):
    """The pattern of fields.json under which an id stands."""
    classes = "|".join([*CLASSES])
    source = r"(?:bard|cleric|druid|paladin|ranger|sorcerer|wizard)\.magic|warlock\.pact_magic"
    granted = r"[\w.#]+\.magic|elf\.lineage_magic|tiefling\.legacy_magic|gnome\.lineage_magic"
    key = re.sub(rf"^(?:{source}|{granted})\.(cantrips|prepared)\.[^.]+\.", r"SOURCE.\1.ID.", key)
    key = re.sub(rf"^(?:{source})\.", "CLASS_SOURCE.", key)
    key = re.sub(rf"^(?:{granted})\.", "GRANTED_SOURCE.", key)
    key = re.sub(r"^sorcerer\.\d+\.metamagic\.", "sorcerer.LEVEL.metamagic.", key)
    key = re.sub(r"^(animals|coins|inventory|levels|projects|scrolls)\.[^.]+\.", r"\1.ID.", key)
    key = re.sub(rf"^(?:{classes})\.(level|first|caster_levels|qualifies)$", r"CLASS.\1", key)
    key = re.sub(r"^[\w.#]+\.(boon_of_fate|boon_of_irresistible_offense)\.", r"BOON.\1.", key)
    key = re.sub(r"^shape_changed\.attack_\d\.", "FORM_ATTACK.", key)
    head, _, rest = key.partition(".")
    families = {"ABILITY": ABILITIES, "SKILL": SKILLS, "TOOL": TOOLS, "DAMAGE_TYPE": DAMAGE_TYPES}
    families |= {"CONDITION": CONDITIONS, "MOVEMENT": MOVEMENTS, "SENSE": SENSES}
    return next((f"{name}.{rest}" for name, members in families.items() if head in members), key)
