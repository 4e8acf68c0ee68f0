"""A small game of its own, in which what happens can be told at a glance: bakers bake, sell and rest."""

from __future__ import annotations

from pathlib import Path
from typing import Any

PACK = """pack bakehouse 1.0.0 "Bakehouse"
kind grain "Grain"
grain rye "Rye"
grain spelt "Spelt"
grain wheat "Wheat"
kind mood "Mood"
mood cross "Cross"
  on market
    change coins by 1
  on sneeze
    raise tidied()
mood merry "Merry"
  editable field songs "Songs": int 0..9 = 0
  on market as day
    change songs by day.visitors
mood sleepy "Sleepy"
  on market when awake
    change loaves by 100
kind trade "Trade"
trade miller "Miller"
  crate sacks "Sacks"
    room: 2 + rank
    on night
      change taken to 0
  at rank 2, 3
    crate spare "Spare sacks"
      room: at_level
  handle grind "Grind"
    cost: sacks
    requires sacks.left >= 1, "no sack is left"
    change sacks.taken by 1
    change flour by roll(2d4)
  at rank 2
    event overtime "Overtime" (hours: int 1..4, helper: baker)
      requires not tired, "too tired"
      change coins by hours
      raise helper.paid(hours)
      raise tired_out() when hours >= 3
  at rank 3
    on market
      change coins by 5
record crate "Crate"
  field room "Room": int 0..99 = 1
  editable field taken "Taken": int 0..room = 0
  field left "Left": int 0..99 = highest(0, room - taken)
record handle "Handle" on read
  field cost "Cost": ref crate
entity baker "Baker"
  editable field name "Name": text = ""
  editable field flour "Flour": int 0..store = 5
  field store "Store": int 0..50 = 10 + 5 * rank
  editable field loaves "Loaves": int 0..1000 = 0
  editable field coins "Coins": int 0..1000 = 0
  editable field tired "Tired": bool = false
  editable field awake "Awake": bool = false
  editable field rank "Rank": int 0..5 = 1
  editable field trade "Trade": ref trade
  editable field favourite "Favourite": ref grain
  editable field stocked "Grain in stock": set of grain
  activate trade
  record feeling "Feeling"
    editable field mood "Mood": ref mood
    editable field depth "Depth": int 1..9 = 1
    activate mood
  editable field feelings "Feelings": list of feeling max 3
  record sale "Sale"
    editable field grain "Grain": ref grain
    editable field price "Price": int 0..99 = 1
  editable field ledger "Ledger": sequence of sale max 4
  each grain
    editable field scoops "Scoops": int 0..9 = 4
  event bake "Bake" (amount: int 1..20, grain: ref grain = rye)
    requires flour >= amount, "not enough flour"
    let before = loaves
    change flour by -amount
    change loaves to before + amount
    change grain.scoops by -1 when amount >= 2
    raise proved(before) when amount >= 10
  event proved "Proved" (before: int)
    change coins to 10 * loaves + before
  event swap "Swap"
    change flour to loaves
    change loaves to flour
  event quarrel "Quarrel" (left: int, right: int)
    change coins to left
    change coins to right
  event top_up "Top up"
    change flour to 3
    change flour by 2
    change flour by 1
  event market "Market day" (visitors: int 0..9 = 2)
    change coins by visitors
  event night "Night falls"
    change tired to false
    change every grain.scoops where it != rye by 1
  event tired_out "Tired out"
    change tired to true
  event paid "Paid" (amount: int)
    change coins by amount
  event sneeze "Sneeze"
    change loaves by -1
    raise swept(1)
    raise swept(2)
  event swept "Swept" (turn: int)
    change coins to 10 * coins + turn
    raise dusted() when turn = 1
  event dusted "Dusted"
    change coins to 10 * coins + 7
  event tidied "Tidied"
    change coins to 10 * coins + 9
  event feels "Feels" (mood: ref mood, depth: int 1..9 = 2)
    insert mood into feelings with depth = depth
  event calms "Calms down" (mood: ref mood)
    remove mood from feelings
  event sells "Sells" (grain: ref grain)
    insert grain into ledger with price = 3
  event forgets "Forgets" (grain: ref grain)
    remove grain from ledger
  event stocks "Stocks" (grain: ref grain, gone: ref grain)
    insert grain into stocked
    remove gone from stocked
  event gambles "Gambles"
    requires coins >= 1, "nothing to gamble with"
    let thrown = roll(1d6)
    change coins by thrown
    change loaves by thrown
  event counts "Counts" (grains: list of grain)
    change every grain.scoops by -count(g for g in grains where g = it)
  event cheers "Cheers" (whom: baker, mood: ref mood)
    insert mood into whom.feelings with depth = 3
    remove cross from whom.feelings
    raise whom.paid(2)
  event doomed "Doomed"
    change loaves to 7
    raise refused()
  event refused "Refused"
    requires coins >= 900, "never enough"
"""


def write(folder: Path, more: str = "") -> Path:
    """Write the pack into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "bakehouse.brew").write_text(PACK + more, encoding="utf-8")
    return folder


def document(**fields: Any) -> dict[str, Any]:
    """Give a document with some fields."""
    return {"kind": "baker", "fields": fields}
