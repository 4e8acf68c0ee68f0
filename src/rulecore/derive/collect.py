"""Who changes what: every effect of everything active, with the fields at which it aims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from rulecore.dataclass import dataclass, field
from rulecore.derive.instance import Instance
from rulecore.derive.structure import Structure
from rulecore.formula import ast as f
from rulecore.formula import types as t
from rulecore.formula.scalar import Scope, evaluate
from rulecore.formula.values import many
from rulecore.model.effect import Effect
from rulecore.model.entry import Entry
from rulecore.model.shape import Mode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rulecore.derive.compute import Computation
    from rulecore.derive.judging import Judging

_AIM = "aim"
Aim = tuple[Instance, int, str]
"""One effect of an owner, by its place among those of the owner."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """One effect of one owner on one instance; `it` is the target as the effect names it."""

    effect: Effect
    owner: Instance
    target: Instance
    it: Any
    of_entry: bool = False

    @property
    def place(self) -> tuple[Any, ...]:
        """Give the order in which contributions are shown; their sum does not depend on it."""
        return (self.owner.path, self.effect.span, str(self.effect.operation), self.target.path)


@dataclass(slots=True)
class Contributions:
    """All contributions, by what they aim at.

    `single` are those of effects that name instances, by what they aim at, and `aimed` are the same by their effects; `sweeping`
    effects, by field, aim at all records of a sort; `floating` ones at what derived values name, so they are asked each time.
    """

    single: dict[tuple[Instance, str], tuple[Contribution, ...]] = field(default_factory=dict)
    aimed: dict[Aim, list[Contribution]] = field(default_factory=dict)
    sweeping: dict[str, tuple[tuple[str, Aim], ...]] = field(default_factory=dict)
    floating: dict[str, list[tuple[Instance, Effect, bool]]] = field(default_factory=dict)

    def add(self, aim: Aim, several: list[Contribution]) -> None:
        """Add what an effect contributes to what it names."""
        self.aimed[aim] = several
        for each in several:
            key = each.target, each.effect.field
            self.single[key] = (*self.single.get(key, ()), each)

    def without(self, gone: AbstractSet[Instance], stirred: AbstractSet[Any]) -> tuple[Contributions, set[Instance]]:
        """Give these without those of instances that are no more, and without those that were called in question.

        What aims at something that is no more was called in question with it. Whose contributions are missing now, of those that
        are still there, comes with them.
        """
        # Where floating effects aim is not known: to ask all of them again is no dearer than to find out which to ask.
        sweeping = {name: tuple(each for each in several if each[1][0] not in gone) for name, several in self.sweeping.items()}
        other = Contributions(self.single.copy(), self.aimed.copy(), {name: kept for name, kept in sweeping.items() if kept})
        lost = {aim for aim in self.aimed if aim[0] in gone} | (self.aimed.keys() & stirred)
        for aim in lost:
            other._drop(aim)
        missing = {owner for several in self.floating.values() for owner, _effect, _of_entry in several}
        return other, (missing | {aim[0] for aim in lost}) - gone

    def _drop(self, aim: Aim) -> None:
        for each in self.aimed.pop(aim):
            key = each.target, each.effect.field
            kept = tuple(other for other in self.single.pop(key) if other is not each)
            if kept:
                self.single[key] = kept

    def may_aim_at(self, instance: Instance, name: str) -> bool:
        """Tell whether any contribution may aim at a field."""
        return (instance, name) in self.single or name in self.sweeping or name in self.floating

    def settled(self, instance: Instance, name: str) -> tuple[Contribution, ...]:
        """Give the contributions to a field but for those of floating effects."""
        found = self.single.get((instance, name), ())
        if name not in self.sweeping:
            return found
        aims = (aim for shape, aim in self.sweeping[name] if shape in instance.shapes)
        both = ((owner, owner.effects[number]) for owner, number, _aim in aims)
        return (*found, *(Contribution(effect, owner, instance, instance, of_entry) for owner, (effect, of_entry) in both))

    def to(self, world: Computation, instance: Instance, name: str) -> list[Contribution]:
        """Give the contributions to a field."""
        found = self.settled(instance, name)
        if name in self.floating:
            found = (*found, *self._floated(world, instance, name))
        return sorted(found, key=lambda each: each.place) if len(found) > 1 else list(found)

    def _floated(self, world: Computation, instance: Instance, name: str) -> Iterator[Contribution]:
        for owner, effect, of_entry in self.floating.get(name, ()):
            if may_aim(effect.of.type, instance):
                aimed = targets(world, owner, effect, of_entry=of_entry)
                yield from (each for each in aimed if each.target is instance)


def may_aim(of: t.Type, instance: Instance) -> bool:
    """Tell whether what has a type may be an instance or stand for it."""
    match of:
        case t.RefType() | t.SetType():
            return instance.entry is not None and of.kind in instance.entry.kinds
        case t.InstanceType() | t.InstancesType():
            return of.shape in instance.shapes
    return False


def targets(world: Computation, owner: Instance, effect: Effect, *, of_entry: bool) -> list[Contribution]:
    """Give what an effect of an owner aims at now: instances that have the field, for entries what stands for them."""
    found = []
    for it in many(evaluate(effect.of, Scope(world, owner))):
        target = world.standing(it) if isinstance(it, Entry) else it
        if isinstance(target, Instance) and effect.field in target.fields:
            found.append(Contribution(effect, owner, target, it, of_entry))
    return found


def collect(structure: Structure, world: Judging) -> Contributions:
    """Give the contributions of everything active; `world` is the structure without any effect."""
    contributions = Contributions()
    collect_more(contributions, structure.instances, world)
    return contributions


def collect_more(contributions: Contributions, owners: Iterable[Instance], world: Judging) -> None:
    """Add the contributions of all effects of some owners of which it is not known yet at what they aim."""
    aims = (aim for owner in owners for aim in aims_of(owner))
    for aim in world.asking([each for each in aims if each not in contributions.aimed]):
        owner, number, _aim = aim
        effect, of_entry = owner.effects[number]
        if isinstance(effect.of, f.Everything) and effect.of.by == "record":
            contributions.aimed[aim] = []
            contributions.sweeping[effect.field] = (*contributions.sweeping.get(effect.field, ()), (effect.of.name, aim))
            continue
        world.reads = []
        aimed = targets(world, owner, effect, of_entry=of_entry)
        reads, world.reads = world.reads, None
        if any(_moves(instance, name) for instance, name, _value in reads):
            contributions.floating.setdefault(effect.field, []).append((owner, effect, of_entry))
        else:
            contributions.add(aim, aimed)


def aims_of(owner: Instance) -> list[Aim]:
    """Give what is asked, for each effect of an owner, when it is found out at what it aims."""
    return [(owner, number, _AIM) for number in range(len(owner.effects))]


def _moves(instance: Instance, name: str) -> bool:
    """Tell whether a field may change when effects count: a derived one, or one whose default may read such."""
    found = instance.fields.get(name)
    if found is None or found.mode is Mode.STRUCTURAL:
        return False
    return found.mode is Mode.DERIVED or not (found.formula is None or isinstance(found.formula, f.Constant))
