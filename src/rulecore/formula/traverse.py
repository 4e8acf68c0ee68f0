"""Going through a formula and everything inside it."""

from __future__ import annotations

from collections.abc import Iterator

from rulecore.formula.ast import Formula

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def parts(formula: Formula) -> Iterator[Formula]:
    """Give the formulas directly inside one."""
    for name in formula.__match_args__:
        yield from _formulas(getattr(formula, name))


def every_part(formula: Formula) -> Iterator[Formula]:
    """Give a formula and every formula inside it, outermost first."""
    yield formula
    for part in parts(formula):
        yield from every_part(part)


def rebuilt(formula: Formula) -> Formula:
    """Give an equal formula that shares no formula with it."""
    return type(formula)(*(_rebuilt(getattr(formula, name)) for name in formula.__match_args__))


def _rebuilt(value: Any) -> Any:
    if isinstance(value, Formula):
        return rebuilt(value)
    return tuple(map(_rebuilt, value)) if type(value) is tuple else value


def _formulas(value: object) -> Iterator[Formula]:
    if isinstance(value, Formula):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _formulas(item)
