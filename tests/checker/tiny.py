"""A tiny game of two packs, for tests of the checker: people fly kites in a wind."""

from __future__ import annotations

from pathlib import Path

KITES = """# People fly kites in a wind.
pack kites 1.2.0 "Kites"
  license: "MIT"
kind unit "Unit"
unit m "metres"
kind tag "Tag"
tag loud "Loud"
tag shiny "Shiny"
kind trait "Trait"
trait arm "Arm"
trait eye "Eye"
trait nerve "Nerve"
kind kite "Kite"
  property span "Span": int 1..20 m = 3
  property tags "Tags": set of tag
  property needs "Needs": ref trait = arm
  property wind "Wind": one of light | any_wind | storm = any_wind
kind tail "Tail" is kite
  property knots: int 0..99 = 0
kind club "Club"
  property founded: int 1800..2100
kind feat "Feat"
  property repeatable: bool = false
  requires it.repeatable or instances(it) <= 1, "only once"
kind state "State"
kite diamond "Diamond"
  span: 4
  tags: shiny
kite box "Box" like diamond
  tags: loud, shiny
  needs: nerve
  wind: storm
tail ribbon "Ribbon"
  knots: 12
ruling gusts_add "Gusts add to pull": bool = true
  text "Whether gusts are added before the cap."
table pull_by by span: 1 -> 2, 5 -> 4, 10 -> 8
event rest "Rest" (hours: int 1..24)
  change tired to 0 when hours >= 8
phrase steadies (which: ref trait) by (amount: int)
  add amount to which.steady
phrase strengthens (which: ref trait)
  add 1 to which.score up to 12
"""
PEOPLE = """record throw "Throw"
  field trait: ref trait
  field bonus "Bonus": int -20..60 = trait.steady + 1
  field helped: bool = false
record flown "Flown kite"
  editable field kite: ref kite
  editable field up: bool = false
  field pull "Pull": int 0..60 = pull_by(kite.span)
  field launch: throw
    trait: kite.needs
  activate kite
entity being "Being"
  each trait
    editable field base "Base": int 1..10 = 5
    field score "Score": int 0..20 = base
    field steady "Steady": int -20..40 = score / 2
    field check "Check": throw
      trait: it
entity flyer "Flyer" is being
  editable field name: text = ""
  editable field tired: int 0..10 = 0
  editable field club: ref club
  editable field seasons: int 0..30 = 1
  structural field veteran: bool = seasons >= 5
  editable field kites: list of flown max 12
  editable field states: set of state
  field reach "Reach": int 0..200 m = 10 + sum(k.kite.span for k in kites where k.up)
  field luck "Luck": dice = 1d6
  field rank: one of novice | able | master = novice
  field badges: set of tag
  field strongest: int 0..60 = highest(k.pull for k in kites)
  choose start "First feats": 2 of any feat
  activate club
  activate states
layout flyer
  panel "Main"
    show reach, luck, strongest "Strongest pull"
    rows every trait show it.score, it.check.bonus
    rows kites where it.up show it.kite "Kite", it.pull
"""
CLUBS = """club wind_hands "Wind hands"
  founded: 1921
  add 2 to reach when seasons >= 3
  add 1d4 to luck
  steadies arm by 2 when tired < 5
  at seasons 2, 4
    choose training "Training": 1 of options
      option grip "Grip"
        strengthens arm
      option gaze "Gaze"
        add 1 to eye.score
  while veteran
    set rank to at least able
    add shiny to badges
  while reach > 20
    add 1 to nerve.score
feat twin_lines "Twin lines"
  requires seasons >= 1, "a season first"
  add 1 to every flown.pull where it.up
  choose favourite "Favourite": 1 of diamond, box
feat long_arm "Long arm"
  repeatable: true
  multiply reach by 2 when active(twin_lines)
feat storm_proof "Storm proof"
  set every throw.helped to true when gusts_add
  base strongest "By nerve" = nerve.score
state drenched "Drenched"
  set reach to at most 5
  on rest
    change tired by 1
"""
GUSTS = """pack gusts 0.3.0 "Gusts"
  uses kites ">=1.0,<2"
kite parafoil "Parafoil"
  span: 9
  wind: storm
club sky_society "Sky society"
  founded: 1988
  activate twin_lines with favourite = box
  throw salute "Salute"
    trait: nerve
renamed kite.foil to kite.parafoil since 0.2.0
extend entity.flyer
  field gust_bonus "Gust bonus": int 0..10 = if states has drenched then 0 else 1
  add gust_bonus to reach
override state.drenched
  because "the society rewrote its rules"
  set reach to at most 6
"""
FILES = {"kites/a.brew": KITES, "kites/b.brew": PEOPLE, "kites/c.brew": CLUBS, "gusts/d.brew": GUSTS}


def write(folder: Path, files: dict[str, str]) -> Path:
    """Write the files of packs into a folder, and give it."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
