"""Going through a formula and everything inside it."""

from __future__ import annotations

from collections.abc import Iterator

from rulecore.formula.ast import Formula


def parts(formula: Formula) -> Iterator[Formula]:
    """Give the formulas directly inside one."""
    for name in formula.__match_args__:
        yield from _formulas(getattr(formula, name))


def every_part(formula: Formula) -> Iterator[Formula]:
    """Give a formula and every formula inside it, outermost first."""
    yield formula
    for part in parts(formula):
        yield from every_part(part)


def _formulas(value: object) -> Iterator[Formula]:
    if isinstance(value, Formula):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _formulas(item)
