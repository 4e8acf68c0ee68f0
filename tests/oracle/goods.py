"""What money buys and hands make (Equipment, "Mounts and Vehicles", "Lifestyle Expenses", "Crafting Nonmagical Items")."""

import math

from tests.oracle.book import ARMOR, GEAR_USES, GOODS, PRICES, SPELLS, TOOL_USES, plain, whole
from tests.oracle.paper import Paper

COPPER = 100
A_DAY = 10
PULLS = 5
# "Brewing Potions of Healing"; "Spell Scroll Costs"
IN_ONE_DAY = ("potion_of_healing", "spell_scroll_cantrip", "spell_scroll_level_1")
SCROLLS = IN_ONE_DAY[1:]
# "Coin Values", in copper pieces
COINS = {"copper_piece": 1, "silver_piece": 10, "electrum_piece": 50, "gold_piece": 100, "platinum_piece": 1000}


def fill(p: Paper) -> None:
    """A lifestyle, animals with barding, things in the making."""
    lifestyle = p.value("lifestyle", None)
    p.out["living_costs"] = whole(GOODS["lifestyles"][plain(lifestyle)] / COPPER) if lifestyle else 0
    for key, element in p.collection("animals").items():
        _animal(p, f"animals.{key}", element)
    for key, element in p.collection("projects").items():
        _project(p, f"projects.{key}", element)
    for key, element in p.collection("coins").items():
        p.out[f"coins.{key}.in_gold"] = whole(int(str(element["pieces"])) * COINS[plain(str(element["coin"]))] / COPPER)
    for key, element in p.collection("scrolls").items():
        _scroll(p, f"scrolls.{key}", element)
    p.out["components_at_hand"] = any(i.name == "component_pouch" and i.element.get("quantity", 1) > 0 for i in p.items)


def _animal(p: Paper, line: str, element: dict[str, object]) -> None:
    quantity = int(str(element.get("quantity", 1)))
    carries = quantity * GOODS["mounts"][plain(str(element["animal"]))]["carrying_capacity"]
    p.out |= {f"{line}.carries_weight": carries, f"{line}.pulls_weight": PULLS * carries}
    barding = plain(str(element["barding"])) if element.get("barding") else None
    p.out[f"{line}.barding_weight"] = 2 * quantity * ARMOR[barding]["weight"] if barding else 0
    p.out[f"{line}.barding_cost"] = whole(4 * quantity * PRICES[barding] / COPPER) if barding else 0


def _project(p: Paper, line: str, element: dict[str, object]) -> None:
    """Materials are half the price, days a tenth of it in GP, rounded up, shared by all makers."""
    name = plain(str(element["item"]))
    pieces, _, price = GEAR_USES["ammunition"].get(name) or (1, None, PRICES.get(name))
    days = (1 if name in IN_ONE_DAY else math.ceil(price / COPPER / A_DAY)) / int(str(element.get("crafters", 1)))
    p.out |= {f"{line}.pieces": pieces, f"{line}.purchase_cost": whole(price / COPPER), f"{line}.days": whole(days)}
    p.out[f"{line}.materials"] = whole(price // 2 / COPPER)
    p.out[f"{line}.days_left"] = whole(max(0, days - int(str(element.get("days_done", 0)))))
    trained = any(name in TOOL_USES[tool]["crafts"] for tool in p.tools)
    p.out[f"{line}.able"] = trained or (name in SCROLLS and "arcana" in p.skills)


def _scroll(p: Paper, line: str, element: dict[str, object]) -> None:
    """Days and cost by the level of the spell; Arcana or Calligrapher's Supplies."""
    days, price = GOODS["scribing"][str(SPELLS[plain(str(element["spell"]))]["level"])]
    p.out |= {f"{line}.days": days, f"{line}.materials": whole(price / COPPER)}
    p.out[f"{line}.days_left"] = max(0, days - int(str(element.get("days_done", 0))))
    p.out[f"{line}.able"] = "arcana" in p.skills or "calligraphers_supplies" in p.tools
