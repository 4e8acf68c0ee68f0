"""How a field is made of its formula and its effects. Everything about how effects combine lives in this file.

    formula and base (the best that applies) → add up to (ascending cap), then uncapped → multiply → at least → at most → set

The order in which effects are written, loaded or gained never counts. The terms are complete: folding them gives the value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from rulecore.dataclass import dataclass
from rulecore.derive.collect import Contribution
from rulecore.formula import types as t
from rulecore.formula.dice import Dice, times
from rulecore.formula.functions import plus
from rulecore.formula.values import fit, number, rank, whole
from rulecore.model.effect import Operation
from rulecore.model.entry import Entry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

FORMULA = "formula"
FLOOR = "floor"
LOW = "low"
HIGH = "high"

_NUMBERS = (t.IntType, t.NumberType, t.DiceType)
_AS_THEY_ARE: dict[type, frozenset[type]] = {
    t.IntType: frozenset({int}),
    t.DiceType: frozenset({int, Dice}),
    t.BoolType: frozenset({bool}),
    t.TextType: frozenset({str}),
    t.EnumType: frozenset({str}),
    t.RefType: frozenset({Entry, type(None)}),
}
"""Values of these classes are of the type already; most values are."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What one contribution puts forward: its operation and values, worked out. No contribution: the field's own formula."""

    operation: str
    value: Any
    cap: Any = None
    stack: str | None = None
    by: Contribution | None = None
    turn: Any = 0


@dataclass(frozen=True, slots=True)
class Lost:
    """An offer that does not count, and why."""

    offer: Offer
    reason: str


class Combined:
    """The value of a field: the terms that made it, in order, and what was offered in vain.

    Most fields are what their formula gives; that this is their only term is written down when somebody asks for it.
    """

    __slots__ = ("_terms", "disagreeing", "lost", "type", "value")

    def __init__(self, of: t.Type, value: Any, terms: list[Offer] | None = None) -> None:
        """Start with what the formula gives, or with the terms that are given."""
        self.type, self.value, self._terms = of, value, terms
        self.lost: Sequence[Lost] = ()
        self.disagreeing: Sequence[Offer] = ()

    @property
    def terms(self) -> list[Offer]:
        """Give what made the value, in order."""
        if self._terms is None:
            self._terms = [Offer(FORMULA, self.value)]
        return self._terms

    @property
    def clamped(self) -> Offer | None:
        """Give the bound that changed the value last, or none."""
        return self._terms[-1] if self._terms and self._terms[-1].operation in {LOW, HIGH} else None

    def count(self, term: Offer, value: Any) -> None:
        """Let a term count: the value becomes another."""
        self.terms.append(term)
        self.value = value

    def lose(self, term: Offer, reason: str) -> None:
        """Put a term aside."""
        self.lost = [*self.lost, Lost(term, reason)]


def combine(of: t.Type, formula: Any, offers: Sequence[Offer], low: Any = None, high: Any = None) -> Combined:
    """Give the value of a field of a type from what its formula gives and what is offered, within bounds."""
    if not offers and formula.__class__ in _AS_THEY_ARE.get(of.__class__, ()):
        result = Combined(of, formula)
        _clamp(result, low, high)
        return result
    started = _as_started(formula, of)
    if offers:
        result = Combined(of, None, [])
        _offered(result, Offer(FORMULA, started), offers)
    else:
        result = Combined(of, started)
    _finish(result, low, high)
    return result


def _offered(result: Combined, started: Offer, offers: Sequence[Offer]) -> None:
    by_operation: dict[str, list[Offer]] = {}
    for offer in sorted(offers, key=_place):
        by_operation.setdefault(offer.operation, []).append(_typed(offer, result.type))
    _best(result, [started, *by_operation.get(Operation.BASE, [])])
    for operation, step in _ORDER:
        if operation in by_operation:
            step(result, by_operation[operation])


def _place(offer: Offer) -> tuple[Any, ...]:
    return () if offer.by is None else offer.by.place


def _is_number(of: t.Type) -> bool:
    return isinstance(of, _NUMBERS)


def _as_started(value: Any, of: t.Type) -> Any:
    # Fractions are kept until the end: a value is floored once, when it is stored.
    if _is_number(of):
        return 0 if value is None else value if isinstance(value, int | Dice) else whole(value)
    return fit(value, of)


def _typed(offer: Offer, of: t.Type) -> Offer:
    value = offer.value if offer.operation == Operation.MULTIPLY else _as_started(offer.value, of)
    return Offer(offer.operation, value, None if offer.cap is None else number(offer.cap), offer.stack, offer.by, offer.turn)


# ---- the steps, in their order


def _best(result: Combined, alternatives: list[Offer]) -> None:
    """Take the highest alternative; of equal ones the formula, then the first by place."""
    best = max(alternatives, key=lambda offer: rank(offer.value, result.type))
    for offer in alternatives:
        if offer is best:
            result.count(offer, offer.value)
        else:
            result.lose(offer, "another alternative is at least as good")


def _add(result: Combined, offers: list[Offer]) -> None:
    """Add up: of one stack the best alone; capped ones by rising cap (of one turn), then the others."""
    kept = list(_stacked(result, offers))
    if isinstance(result.type, t.SetType):
        for offer in kept:
            result.count(offer, result.value | offer.value)
        return
    for offer in sorted((each for each in kept if each.cap is not None), key=lambda each: (each.turn, each.cap)):
        reached = _capped(result.value, offer)
        if reached == result.value and offer.value:
            result.lose(offer, f"it adds nothing beyond {offer.cap}")
        else:
            result.count(offer, reached)
    for offer in kept:
        if offer.cap is None:
            result.count(offer, plus(result.value, offer.value))


def _stacked(result: Combined, offers: list[Offer]) -> Iterator[Offer]:
    best: dict[str, Offer] = {}
    for offer in offers:
        if offer.stack is not None:
            known = best.get(offer.stack)
            better = known is None or rank(offer.value, result.type) > rank(known.value, result.type)
            best[offer.stack] = offer if better or known is None else known
    for offer in offers:
        if offer.stack is None or best[offer.stack] is offer:
            yield offer
        else:
            result.lose(offer, f"of {offer.stack} the best counts alone")


def _capped(value: Any, offer: Offer) -> Any:
    reached = plus(value, offer.value)
    if number(reached) <= offer.cap:
        return max(value, reached, key=number)
    return max(value, offer.cap, key=number)


def _multiply(result: Combined, offers: list[Offer]) -> None:
    """Multiply by each factor; dice take whole factors alone."""
    for offer in offers:
        factor = number(offer.value)
        if not isinstance(result.value, Dice):
            result.count(offer, result.value * factor)
        elif factor.denominator == 1:
            result.count(offer, times(result.value, int(factor)))
        else:
            result.lose(offer, "dice are multiplied by whole numbers alone")


def _at_least(result: Combined, offers: list[Offer]) -> None:
    """Raise to the highest lower bound."""
    _bounded(result, offers, lambda new, old: new > old)


def _at_most(result: Combined, offers: list[Offer]) -> None:
    """Lower to the lowest upper bound."""
    _bounded(result, offers, lambda new, old: new < old)


def _bounded(result: Combined, offers: list[Offer], beats: Callable[[Any, Any], bool]) -> None:
    best: Offer | None = None
    for offer in offers:
        held = result.value if best is None else best.value
        if beats(rank(offer.value, result.type), rank(held, result.type)):
            best = offer
    for offer in offers:
        if offer is best:
            result.count(offer, offer.value)
        else:
            result.lose(offer, "the value is within this bound already")


def _set(result: Combined, offers: list[Offer]) -> None:
    """Set what all agree on; where they disagree, the value stays without them."""
    if not offers:
        return
    if all(offer.value == offers[0].value for offer in offers):
        for offer in offers:
            result.count(offer, offer.value)
        return
    result.disagreeing = offers
    for offer in offers:
        result.lose(offer, "others set another value, so none is set")


_ORDER: tuple[tuple[Operation, Callable[[Combined, list[Offer]], None]], ...] = (
    (Operation.ADD, _add),
    (Operation.MULTIPLY, _multiply),
    (Operation.AT_LEAST, _at_least),
    (Operation.AT_MOST, _at_most),
    (Operation.SET, _set),
)
"""The one order, after the best of formula and base."""


def _finish(result: Combined, low: Any, high: Any) -> None:
    """Fit the value to its type and its bounds; each step that changes it is a term."""
    fitted = fit(result.value, result.type)
    if fitted is not result.value:
        if fitted != result.value:
            result.terms.append(Offer(FLOOR, fitted))
        result.value = fitted
    _clamp(result, low, high)


def _clamp(result: Combined, low: Any, high: Any) -> None:
    if low is not None and number(result.value) < number(low):
        bound = fit(low, result.type)
        result.count(Offer(LOW, bound), bound)
    elif high is not None and number(result.value) > number(high):
        bound = fit(high, result.type)
        result.count(Offer(HIGH, bound), bound)
