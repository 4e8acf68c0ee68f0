"""Kinds 9 to 16: names of what there is, what there is not, and what is of another sort."""

from __future__ import annotations

from difflib import get_close_matches
from functools import lru_cache
from random import Random

from tests.catalogue.fault import Seeded, kind, pointer, put
from tests.catalogue.legal import Legal, ruleset

NAMES = "docs/findings.md, Documents: a name is that of an entry of the packs"
INVENTED = ("vexmoor_duskborn", "chronoweaver", "zephyrblade_of_qo", "gloomwarden_pact", "starforged_xylo")


@lru_cache(maxsize=1)
def known() -> dict[str, frozenset[str]]:
    """Every name of an entry, and of which kinds it is."""
    found: dict[str, set[str]] = {}
    for entry in ruleset().rules.entries.values():
        found.setdefault(entry.name, set()).add(entry.kind)
    return {name: frozenset(kinds) for name, kinds in found.items()}


def references(legal: Legal) -> list[tuple[tuple[str | int, ...], str]]:
    """Where a document names an entry in a field or an element, and the name."""
    found: list[tuple[tuple[str | int, ...], str]] = [
        (("fields", key), legal.fields[key]) for key in ("species", "background") if legal.fields.get(key)
    ]
    for path, elements in legal.collections.items():
        rows = list(enumerate(elements)) if isinstance(elements, list) else list(elements.items())
        name = "class" if path == "levels" else "item" if path == "inventory" else "spell"
        found += [(("collections", path, key, name), each[name]) for key, each in rows if isinstance(each.get(name), str)]
    return found


def answers(legal: Legal) -> list[tuple[tuple[str | int, ...], str]]:
    """Where a document answers a choice of entries, and the answer."""
    return [
        (("choices", path, place), name)
        for path, question in legal.questions.items()
        if question.choice.entries
        for place, name in enumerate(legal.choices[path])
    ]


def _cause(keys: tuple[str | int, ...], code: str) -> str:
    if keys[0] != "choices":
        return code
    return f"choice.unknown/{str(keys[1]).rpartition('.')[2]}"


def _written(legal: Legal, random: Random) -> tuple[tuple[str | int, ...], str] | None:
    found = references(legal) if random.random() < 0.6 else answers(legal)
    return random.choice(found) if found else None


@kind(9, NAMES)
def invented_name(legal: Legal, random: Random) -> Seeded | None:
    found = _written(legal, random)
    if found is None:
        return None
    keys, name = found
    return Seeded(
        _cause(keys, "entry.unknown"), pointer(*keys), (put(*keys, value=random.choice(INVENTED)),), hides=frozenset({name})
    )


@kind(10, "docs/findings.md, Packs: what a document uses comes from a pack that it names")
def name_of_a_pack_that_is_not_loaded(_legal: Legal, random: Random) -> Seeded:
    pack, key, name = random.choice(
        [
            ("players_handbook_2024", "species", "aasimar"),
            ("players_handbook_2024", "background", "charlatan"),
            ("valda_spire", "species", "mousefolk_tinker"),
        ]
    )
    return Seeded(
        "pack.missing",
        pointer("packs", pack),
        (put("packs", pack, value="1.0.0"), put("fields", key, value=name)),
        hides=frozenset({_legal.fields.get(key, "")}),
    )


def misspelt(name: str, random: Random) -> str | None:
    """A name with one letter wrong, nearer to it than to any other name."""
    if len(name) < 5:
        return None
    for _attempt in range(5):
        at = random.randrange(1, len(name) - 1)
        drawn = random.choice(
            [name[:at] + name[at + 1 :], name[:at] + name[at] + name[at:], name[:at] + name[at + 1] + name[at] + name[at + 2 :]]
        )
        if drawn not in known() and get_close_matches(drawn, known(), 1, 0.7)[:1] == [name]:
            return drawn
    return None


@kind(11, NAMES)
def misspelt_name(legal: Legal, random: Random) -> Seeded | None:
    found = _written(legal, random)
    wrong = None if found is None else misspelt(found[1], random)
    if found is None or wrong is None:
        return None
    keys, name = found
    return Seeded(_cause(keys, "entry.unknown"), pointer(*keys), (put(*keys, value=wrong),), hides=frozenset({name}))


@kind(12, NAMES)
def name_of_another_kind(legal: Legal, random: Random) -> Seeded | None:
    found = _written(legal, random)
    if found is None:
        return None
    keys, name = found
    kinds = known().get(name, frozenset())
    others = [
        each for each in ("wizard", "elf", "fireball", "longsword", "alert", "sage", "stealth") if not known()[each] & kinds
    ]
    if keys[0] == "choices":
        entries = {entry.name for entry in legal.questions[str(keys[1])].choice.entries}
        others = [each for each in others if each not in entries]
    if not others:
        return None
    return Seeded(_cause(keys, "entry.kind"), pointer(*keys), (put(*keys, value=random.choice(others)),), hides=frozenset({name}))


@kind(13, "SRD 5.2.1, Character Creation: Step 1: Choose Class (a subclass belongs to its class)")
def subclass_of_another_class(legal: Legal, random: Random) -> Seeded | None:
    found = [path for path in legal.questions if path.endswith(".3.subclass")]
    if not found:
        return None
    path = random.choice(found)
    own = legal.choices[path][0]
    others = sorted(name for name, kinds in known().items() if "subclass" in kinds and name != own)
    return Seeded(
        "choice.where/subclass",
        pointer("choices", path, 0),
        (put("choices", path, 0, value=random.choice(others)),),
        hides=frozenset({own}),
    )


@kind(15, "docs/findings.md, Packs: the version that a document was made with")
def pack_of_another_version(_legal: Legal, random: Random) -> Seeded:
    pack, version = random.choice([("core_2024", "0.9.0"), ("srd_2024", "5.1.0"), ("srd_2024", "9.0.0")])
    return Seeded("pack.version", pointer("packs", pack), (put("packs", pack, value=version),))
