"""What a made-up character has bought and is making."""

from typing import Any

from tests.oracle.book import ARMOR, GEAR_USES, GOODS, PRICES
from tests.oracle.draft import Draft


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


def _animal(d: Draft) -> dict[str, Any]:
    element: dict[str, Any] = {"animal": d.choose.one([*GOODS["mounts"]]), "quantity": d.choose.number(1, 3)}
    if d.choose.chance(50):
        element["barding"] = d.choose.one([name for name, facts in ARMOR.items() if facts["category"] != "shield"])
    return element
