"""Each choice of each golden sheet is unmade, made differently and made again, alone: nothing of what was before is left."""

from typing import Any

import pytest

import rulecore as rc
from tests.golden.golden import Golden, goldens


@pytest.fixture(scope="module")
def ruleset() -> rc.Ruleset:
    return rc.load_ruleset()


def sheet(hero: rc.Character) -> Any:
    return hero.sheet().to_json()


def with_answer(document: dict[str, Any], choice: str, names: list[str] | None) -> dict[str, Any]:
    """The document with another answer to a choice, or none."""
    others = {name: answer for name, answer in document["choices"].items() if name != choice}
    return document | {"choices": others if names is None else {**others, choice: names}}


def differently(hero: rc.Character, choice: str, picked: list[str]) -> list[str] | None:
    """The answer with its last name replaced by another one that may be given, none where there is none."""
    asked = next((each for each in hero.options(decided=True) if each.id == choice), None)
    others = [] if asked is None else [name for name in asked.candidates if name not in picked]
    return [*picked[:-1], others[0]] if others else None


@pytest.mark.parametrize("golden", goldens(), ids=lambda golden: golden.name)
def test_each_choice_alone(golden: Golden, ruleset: rc.Ruleset, monkeypatch: pytest.MonkeyPatch):
    # Every sheet is compared with a derived one here, so that nobody else need do that.
    monkeypatch.delenv("RULECORE_VERIFY_EDITS", raising=False)
    hero = ruleset.character(golden.document)
    first = sheet(hero)
    tried = 0
    for choice, picked in golden.document["choices"].items():
        other = differently(hero, choice, picked)
        hero.edit([rc.Remove(choice)])
        assert sheet(hero) == sheet(ruleset.character(with_answer(golden.document, choice, None))), choice
        if other is not None:
            tried += 1
            hero.choose(choice, other)
            assert sheet(hero) == sheet(ruleset.character(with_answer(golden.document, choice, other))), (choice, other)
        hero.choose(choice, picked)
        assert sheet(hero) == first, choice
    assert tried >= len(golden.document["choices"]) // 2
