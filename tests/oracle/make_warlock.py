"""Eldritch Invocations with their prerequisites, Mystic Arcanum (Classes, Warlock)."""

from __future__ import annotations

import json
from pathlib import Path

from tests.oracle import make_feats
from tests.oracle.book import SPELLS, WEAPONS
from tests.oracle.draft import Draft

LEVELS: dict[str, int] = json.loads(
    (Path(__file__).parent.parent / "facts" / "invocations.json").read_text(encoding="utf-8"),
)["invocations"]
NEEDS = {
    "devouring_blade": "thirsting_blade",
    "eldritch_smite": "pact_of_the_blade",
    "gift_of_the_protectors": "pact_of_the_tome",
    "investment_of_the_chain_master": "pact_of_the_chain",
    "lifedrinker": "pact_of_the_blade",
    "thirsting_blade": "pact_of_the_blade",
}
# For which cantrips: those that deal damage; at a range of 10 feet or more; with an attack roll.
CANTRIPS = {
    "agonizing_blast": ("chill_touch", "eldritch_blast", "poison_spray"),
    "eldritch_spear": ("eldritch_blast", "poison_spray"),
    "repelling_blast": ("chill_touch", "eldritch_blast", "poison_spray"),
}
ARCANA = {11: 6, 13: 7, 15: 8, 17: 9}


def fill(d: Draft) -> None:
    """As many invocations as the table gives, one by one."""
    if not d.of("warlock"):
        return
    for _ in range(d.row("warlock")["eldritch_invocations"]):
        offered = [name for name in LEVELS if _open(d, name)]
        if not offered:
            break
        # The pacts open most of the others, so they come more often.
        pacts = [name for name in offered if name.startswith("pact_of")]
        _take(d, d.choose.one(pacts if pacts and d.choose.chance(35) else offered))
    d.pick("warlock.invocations", *_names(d))
    for level, spell_level in ARCANA.items():
        if d.of("warlock") >= level:
            d.pick(f"warlock.{level}.arcanum", d.choose.one(make_feats.spells("warlock", spell_level)))


def _names(d: Draft) -> list[str]:
    return [name.partition("#")[0] for name in d.invocations]


def _open(d: Draft, name: str) -> bool:
    have = _names(d)
    if d.of("warlock") < LEVELS[name] or (name in NEEDS and NEEDS[name] not in have):
        return False
    if name == "lessons_of_the_first_ones":
        return bool(_lessons(d))
    if name in CANTRIPS:
        return bool(_cantrips(d, name))
    if name == "pact_of_the_blade" and not _blades(d):
        return False
    return name not in have


def _lessons(d: Draft) -> list[str]:
    """Another Origin feat each time."""
    return [name for name in make_feats.allowed(d, "origin") if name not in _answers(d, "lessons_of_the_first_ones", "lesson")]


def _cantrips(d: Draft, name: str) -> list[str]:
    """A known Warlock cantrip that fits, another each time."""
    known = {element["spell"] for element in d.collections.get("warlock.pact_magic.cantrips", {}).values()}
    return [cantrip for cantrip in CANTRIPS[name] if cantrip in known and cantrip not in _answers(d, name, "cantrip")]


def _answers(d: Draft, name: str, choice: str) -> set[str]:
    own = [each for each in d.invocations if each.partition("#")[0] == name]
    return {answer for each in own for answer in d.choices.get(f"warlock.invocations.{each}.{choice}", [])}


def _blades(d: Draft) -> list[str]:
    """A conjured Melee weapon, or a magic one: for a document, a Melee weapon that is carried."""
    items = d.collections.get("inventory", {})
    return [key for key, each in items.items() if each["item"] in WEAPONS and WEAPONS[each["item"]]["kind"] == "melee"]


def _take(d: Draft, name: str) -> None:
    times = _names(d).count(name)
    path = f"warlock.invocations.{name}" + (f"#{times + 1}" if times else "")
    if name == "lessons_of_the_first_ones":
        _lesson(d, path)
    elif name in CANTRIPS:
        d.pick(f"{path}.cantrip", d.choose.one(_cantrips(d, name)))
    elif name == "pact_of_the_blade":
        d.pick(f"{path}.blade", f"inventory.{d.choose.one(_blades(d))}")
    elif name == "pact_of_the_tome":
        _tome(d, path)
    d.invocations.append(path.removeprefix("warlock.invocations."))


def _lesson(d: Draft, path: str) -> None:
    name = d.choose.one(_lessons(d))
    d.pick(f"{path}.lesson", name)
    d.feats.add(name)
    if name == "magic_initiate":
        make_feats.magic_initiate(d, f"{path}.lesson.{name}")
    if name == "skilled":
        d.skilled.append(f"{path}.lesson.{name}")


def _tome(d: Draft, path: str) -> None:
    """Three cantrips and two rituals of any list, none that is there already; the Warlock's own list is left alone."""
    rituals = [name for name, s in SPELLS.items() if s["ritual"] and s["level"] == 1 and "warlock" not in s["lists"]]
    cantrips = [name for name, s in SPELLS.items() if s["level"] == 0 and "warlock" not in s["lists"]]
    d.pick(f"{path}.cantrips", *d.choose.some(cantrips, 3))
    d.pick(f"{path}.rituals", *d.choose.some([name for name in rituals if name != "find_familiar"], 2))
