"""Ability scores: base, increases with their caps, items that set a score, items that add to it."""

from tests.oracle import content_feats
from tests.oracle.book import ABILITIES, BACKGROUNDS, BOOKS_READ, FEATS, modifier
from tests.oracle.levels import level_order
from tests.oracle.paper import Feat, Increase, Paper

# The scores that a form replaces; Intelligence, Wisdom and Charisma are kept.
BODY = ("strength", "dexterity", "constitution")


def fill(p: Paper) -> None:
    """Work out the six scores and modifiers."""
    increases = gained(p)
    if not p.ruling("increases_in_order_gained"):
        increases = sorted(increases, key=lambda increase: increase.cap)
    for ability in ABILITIES:
        p.natural[ability] = natural(p.value(f"{ability}.base", 10), [i for i in increases if i.ability == ability])
        _with_items(p, ability)


def natural(base: int, increases: list[Increase]) -> int:
    """Each increase stops at its own cap and never lowers a score (rules 12 to 16)."""
    score = base
    for increase in increases:
        score = capped(score, increase.by, increase.cap)
    return score


def capped(score: int, by: int, cap: int) -> int:
    """A score after an increase "to a maximum of" the cap."""
    return max(score, min(score + by, cap))


def _with_items(p: Paper, ability: str) -> None:
    """Amulet of Health and its like set a score; Ioun Stones add 2 up to 20 (rules 17 and 18)."""
    floor = max((gift[ability] for gift in p.forces("score") if ability in gift), default=0)
    adders = [gift[ability] for gift in p.forces("add") if ability in gift]
    score = p.natural[ability]
    if p.ruling("score_floor_first"):
        score = max(score, floor)
    before = score
    for by in adders:
        score = capped(score, by, 20)
    p.out[f"{ability}.with_items"] = score
    p.own_score[ability] = max(score, floor)
    p.score[ability] = p.own_score[ability]
    if p.form and ability in BODY:
        p.score[ability] = min(30, max(p.form["abilities"][ability][0], floor) + score - before)
    p.mod[ability] = modifier(p.score[ability])
    p.out[f"{ability}.natural"] = p.natural[ability]
    p.out[f"{ability}.floor"] = floor
    p.out[f"{ability}.item_bonus"] = p.out[f"{ability}.with_items"] - before
    p.out[f"{ability}.score"] = p.score[ability]
    p.out[f"{ability}.own_score"] = p.own_score[ability]
    p.out[f"{ability}.prerequisite_score"] = p.own_score[ability] if p.ruling("prerequisites_count_items") else p.natural[ability]
    p.out[f"{ability}.modifier"] = p.mod[ability]


def gained(p: Paper) -> list[Increase]:
    """All increases in the order in which they were gained: origin, levels, then books read."""
    increases = _background(p)
    reached: dict[str, int] = {}
    for name in level_order(p):
        reached[name] = reached.get(name, 0) + 1
        for feat in content_feats.at_level(p, name, reached[name]):
            increases.extend(_feat(p, feat))
        if reached[name] == 20:
            increases.extend(_capstone(name))
    for effect in p.collection("effects").values():
        book = BOOKS_READ.get(str(effect.get("effect")).split(":")[-1].split(".")[-1])
        if book:
            increases.append(Increase(book["ability"], book["by"], book["cap"]))
    return increases


def _background(p: Paper) -> list[Increase]:
    """Character Origins, "Ability Scores": +2 and +1, or +1 three times, none above 20."""
    name = p.name_in("background")
    if name not in BACKGROUNDS:
        return []
    three = BACKGROUNDS[name]["abilities"]
    way = p.pick(f"{name}.increase", ("two_and_one", "one_each"))
    if way == "one_each":
        return [Increase(ability, 1, 20) for ability in three]
    if way is None:
        return []
    two = p.pick(f"{name}.increase.two_and_one.two", three)
    one = p.pick(f"{name}.increase.two_and_one.one", [a for a in three if a != two])
    return [Increase(ability, by, 20) for ability, by in ((two, 2), (one, 1)) if ability]


def _feat(p: Paper, feat: Feat) -> list[Increase]:
    """Feats: Ability Score Improvement, Grappler (cap 20), Epic Boons (cap 30)."""
    if feat.name == "ability_score_improvement":
        return _improvement(p, f"{feat.path}.increase")
    facts = FEATS[feat.name]
    raised = p.pick(f"{feat.path}.raised", facts["raises"]) if facts["raises"] else None
    return [Increase(raised, 1, facts["cap"])] if raised else []


def _improvement(p: Paper, choice: str) -> list[Increase]:
    way = p.pick(choice, ("two_points", "one_each"))
    count, by = (1, 2) if way == "two_points" else (2, 1)
    return [Increase(ability, by, 20) for ability in p.picks(f"{choice}.{way}.raised", count, ABILITIES)] if way else []


def _capstone(class_name: str) -> list[Increase]:
    """Barbarian 20 Primal Champion, Monk 20 Body and Mind: +4 to a maximum of 25."""
    both = {"barbarian": ("strength", "constitution"), "monk": ("dexterity", "wisdom")}.get(class_name, ())
    return [Increase(ability, 4, 25) for ability in both]
