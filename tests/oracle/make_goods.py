"""What a made-up character has bought and is making."""

from collections.abc import Iterator
from typing import Any

from tests.oracle.book import ARMOR, GEAR_USES, GOODS, PRICES
from tests.oracle.draft import Draft
from tests.oracle.goods import COINS


def fill(d: Draft) -> None:
    """A way of life, animals, things in the making."""
    if d.choose.chance(30):
        d.fields["lifestyle"] = d.choose.one([*GOODS["lifestyles"]])
    if d.choose.chance(20):
        d.put("animals", "a", _animal(d))
    made = [*PRICES, *GEAR_USES["ammunition"]]
    for name in d.choose.some(made, d.choose.one([0, 0, 0, 1, 3])):
        crafters, done = d.choose.one([1, 1, 2, 4]), d.choose.one([0, 0, 1, 6])
        d.put("projects", "p", {"item": name, "crafters": crafters, "days_done": done})
    for name in d.choose.some([*COINS], d.choose.one([0, 0, 1, 2])):
        d.put("coins", "c", {"coin": name, "pieces": d.choose.number(0, 400)})
    prepared = {each["spell"] for name, each in _prepared(d)}
    for name in d.choose.some(sorted(prepared), min(len(prepared), d.choose.one([0, 0, 1]))):
        d.put("scrolls", "s", {"spell": name, "days_done": d.choose.one([0, 1, 4])})


def _prepared(d: Draft) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, elements in d.collections.items():
        if name.endswith(".prepared"):
            yield from ((name, each) for each in elements.values())


def _animal(d: Draft) -> dict[str, Any]:
    element: dict[str, Any] = {"animal": d.choose.one([*GOODS["mounts"]]), "quantity": d.choose.number(1, 3)}
    if d.choose.chance(50):
        element["barding"] = d.choose.one([name for name, facts in ARMOR.items() if facts["category"] != "shield"])
    return element
