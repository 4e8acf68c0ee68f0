"""Every function does what its row says."""

import pytest

from rulecore.formula.functions import FUNCTIONS

CASES = [
    pytest.param(name, arguments, result, id=f"{name}{arguments}")
    for name, row in FUNCTIONS.items()
    for arguments, result in row.examples
]


@pytest.mark.parametrize(("name", "arguments", "result"), CASES)
def test_an_example_of_the_table_holds(name, arguments, result):
    row = FUNCTIONS[name]
    assert row.body(arguments, row.result) == result


def test_only_what_asks_the_sheet_has_no_body():
    assert {name for name, row in FUNCTIONS.items() if row.asks_the_sheet} == {"active", "instances", "roll"}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_is_told_in_a_sentence_and_shown(name):
    row = FUNCTIONS[name]
    assert row.sentence.endswith(".")
    assert row.examples or row.asks_the_sheet
