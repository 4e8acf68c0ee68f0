"""Fixtures for tests of apps that read or make documents; pytest finds them by itself where rulecore is installed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from rulecore.ruleset import Ruleset
    from rulecore.validation import Report


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that names the packs."""
    parser.addini(
        "rulecore_packs", "ids or folders of the packs that rulecore's fixtures load; none for those beside it", type="args"
    )


@pytest.fixture(scope="session")
def rulecore_rules(pytestconfig: pytest.Config) -> Ruleset:
    """Give the ruleset of the packs that `rulecore_packs` names in the configuration of pytest."""
    from rulecore.ruleset import load_ruleset

    return load_ruleset(*pytestconfig.getini("rulecore_packs"))


@pytest.fixture(scope="session")
def rulecore_validate(rulecore_rules: Ruleset) -> Callable[..., Report]:
    """Give a function that judges a document, a recipe or a sheet, in any form that `rulecore.validation.validate` takes."""
    from rulecore.validation import validate

    def judged(data: Any, **options: Any) -> Report:
        return validate(data, rulecore_rules, **options)

    return judged


@pytest.fixture(scope="session")
def assert_legal(rulecore_validate: Callable[..., Report]) -> Callable[..., Report]:
    """Give a function that raises where something has an error, and says all of them; else it gives the report."""

    def asserted(data: Any, **options: Any) -> Report:
        __tracebackhide__ = True
        report = rulecore_validate(data, **options)
        if not report.ok:
            raise AssertionError(report.to_markdown())
        return report

    return asserted


@pytest.fixture(scope="session")
def assert_faulty(rulecore_validate: Callable[..., Report]) -> Callable[..., Report]:
    """Give a function that raises unless something has a finding of this code, at this place if one is named."""

    def asserted(data: Any, code: str, pointer: str | None = None, **options: Any) -> Report:
        __tracebackhide__ = True
        report = rulecore_validate(data, **options)
        found = [(each.code, each.pointer) for each in report.findings]
        if not any(code == each and pointer in {None, place} for each, place in found):
            raise AssertionError(f"{code} at {pointer or 'any place'} is not among {found}")
        return report

    return asserted
