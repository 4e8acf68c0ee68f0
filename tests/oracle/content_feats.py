"""The feats of the character, each with the place where it was gained (Feats; Character Origins)."""

from tests.oracle.book import BACKGROUNDS, CLASSES, FEATS
from tests.oracle.content_classes import fighting_style_choices, invocations, resource
from tests.oracle.levels import level_order
from tests.oracle.paper import Feat, Paper


def fill(p: Paper) -> None:
    """List the feats in the order of origin, levels, styles, invocations."""
    p.feats = [*_origin(p), *(f for f in _levels(p)), *_styles(p), *_lessons(p)]


def has(p: Paper, name: str) -> bool:
    """A feat counts once, however often it stands on the sheet."""
    return any(feat.name == name for feat in p.feats)


def numbers(p: Paper) -> None:
    """What two Epic Boons say in numbers: Improve Fate, Overwhelming Strike."""
    for feat in p.feats:
        if feat.name == "boon_of_fate":
            resource(p, f"{feat.path}.improve_fate", 1)
            p.out[f"{feat.path}.improve_fate.die"] = "2d4"
        if feat.name == "boon_of_irresistible_offense":
            raised = p.pick(f"{feat.path}.raised", FEATS[feat.name]["raises"])
            p.out[f"{feat.path}.overwhelming_strike"] = p.score[raised] if raised else 0


def _origin(p: Paper) -> list[Feat]:
    feats = []
    background = p.name_in("background")
    if background in BACKGROUNDS:
        name = BACKGROUNDS[background]["feat"]
        feats.append(Feat(name, f"{background}.{name}"))
    if p.name_in("species") == "human":
        feats.extend(_chosen(p, "human.feat"))
    return feats


def _chosen(p: Paper, choice: str) -> list[Feat]:
    name = p.pick(choice, FEATS)
    return [Feat(name, f"{choice}.{name}")] if name else []


def at_level(p: Paper, class_name: str, level: int) -> list[Feat]:
    """What Ability Score Improvement or Epic Boon gives at a class level."""
    if level in CLASSES[class_name]["improvements"]:
        return _chosen(p, f"{class_name}.{level}.improvement")
    if level == CLASSES[class_name]["boon"]:
        return _chosen(p, f"{class_name}.{level}.boon")
    return []


def _levels(p: Paper) -> list[Feat]:
    feats: list[Feat] = []
    reached: dict[str, int] = {}
    for name in level_order(p):
        reached[name] = reached.get(name, 0) + 1
        feats.extend(at_level(p, name, reached[name]))
    return feats


def _styles(p: Paper) -> list[Feat]:
    return [feat for choice in fighting_style_choices(p) for feat in _chosen(p, choice)]


def _lessons(p: Paper) -> list[Feat]:
    """Lessons of the First Ones: an Origin feat, under whatever name its choice has."""
    feats: list[Feat] = []
    for invocation in invocations(p):
        start = f"warlock.invocations.{invocation}."
        if not invocation.startswith("lessons_of_the_first_ones"):
            continue
        for choice in p.document.get("choices", {}):
            if choice.startswith(start) and "." not in choice[len(start) :]:
                feats.extend(f for f in _chosen(p, choice) if FEATS[f.name]["category"] == "origin")
    return feats
