"""Each seeded fault makes oracle and engine differ on one of a fixed set of documents."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

import rulecore
from rulecore.derive import derive
from rulecore.model.rules import Rules
from tests.oracle import agreement
from tests.oracle.seeded import PATCHES, faults, rules_with

FAULTS = faults()
DOCUMENTS = json.loads((Path(__file__).parent / "fault_documents.json").read_text(encoding="utf-8"))
AT_LEAST = 60
# In CI every fault of the combination and every second of those in packs; all of them in the deep profile.
IN_PACKS = [fault for fault in FAULTS if "file" in fault]
IN_CI = [*IN_PACKS[::2], *(fault for fault in FAULTS if "combine" in fault)]


@pytest.fixture(scope="module")
def sound() -> Rules:
    return rulecore.load_ruleset().rules


def _differences(names: list[str], rules: Rules) -> Iterator[tuple[str, object, object]]:
    for name in names:
        document = DOCUMENTS[name]
        yield from agreement.unequal(agreement.expected(document), derive(document, rules))


@pytest.mark.parametrize("fault", IN_CI if settings().derandomize else FAULTS, ids=lambda fault: fault["name"])
def test_the_fault_is_caught(fault, sound):
    with rules_with(fault, sound) as rules:
        assert next(_differences(fault["documents"], rules), None), "the fault survives"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_without_a_fault_the_documents_agree(name, sound):
    assert next(_differences([name], sound), None) is None


def test_there_are_enough_of_them():
    assert len(IN_CI) >= AT_LEAST
    assert len({fault["name"] for fault in FAULTS}) == len(FAULTS)
    assert {fault["combine"] for fault in FAULTS if "combine" in fault} == set(PATCHES)
    assert {name for fault in FAULTS for name in fault["documents"]} == set(DOCUMENTS)
