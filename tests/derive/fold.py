"""Works out a value from the terms of its explanation alone; shares no code with the engine."""

from fractions import Fraction
from typing import Any


def average(value: Any) -> Any:
    terms = getattr(value, "terms", None)
    return value if terms is None else value.constant + sum(Fraction(n * (sides + 1), 2) for sides, n in terms)


def parts_of(value: Any) -> tuple[dict[int, int], Any]:
    return (dict(value.terms), value.constant) if hasattr(value, "terms") else ({}, value)


def added(left: Any, right: Any) -> Any:
    if isinstance(left, frozenset):
        return left | right
    (dice, number), (more, extra) = parts_of(left), parts_of(right)
    if not dice and not more:
        return number + extra
    joined = {sides: dice.get(sides, 0) + more.get(sides, 0) for sides in {*dice, *more}}
    kept = tuple(sorted((sides, count) for sides, count in joined.items() if count))
    return type(left if dice else right)(kept, number + extra) if kept else number + extra


def fold(terms: Any) -> Any:
    value: Any = None
    for term in terms:
        match term.operation:
            case "add" if term.cap is not None:
                raised = added(value, term.value)
                value = max(value, raised if average(raised) <= term.cap else term.cap, key=average)
            case "add":
                value = added(value, term.value)
            case "multiply":
                value = (
                    value * term.value
                    if not hasattr(value, "terms")
                    else type(value)(
                        tuple((sides, count * int(term.value)) for sides, count in value.terms if term.value),
                        value.constant * int(term.value),
                    )
                )
            case _:
                value = term.value
    return value
