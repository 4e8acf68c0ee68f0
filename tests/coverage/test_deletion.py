"""What the table calls executable is missed when it is deleted: a sample here, all with `python -m tests.coverage.deletion`."""

from random import Random

import pytest

from tests.coverage.deletion import Case, cases, verdicts
from tests.coverage.lines import Astray, line_at, without

SAMPLE = 200
PARTS = 10
FEATS = "srd-2024/feats.brew"


def sample() -> list[Case]:
    """The same lines in every run, and others once the table changes."""
    known = cases()
    return Random(len(known)).sample(known, min(SAMPLE, len(known)))  # noqa: S311 - a test, no secret


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_a_line_that_is_deleted_is_missed_by_its_test(part: int):
    wanted = sample()[part::PARTS]
    found = list(verdicts(wanted))
    assert [verdict.case for verdict in found] == wanted
    assert [verdict for verdict in found if verdict.failed != verdict.case.test] == []


def test_a_test_that_asks_for_something_else_does_not_fail():
    """Else every deletion would be noticed, whatever the test looks at."""
    line = f"{FEATS} > feat alert"
    sheets = [f"golden/test_golden.py::test_the_sheet_is_that[{name}]" for name in ("warlock_20", "nobody")]
    found = [verdict.failed for verdict in verdicts(Case(line, sheet) for sheet in sheets)]
    assert found[0] == ""
    assert found[1].startswith("no test")


def test_a_way_leads_to_one_line(tmp_path):
    text = "kind kite\nkite red\n  text\n    one\n  use a\nkite blue\n  use a\n  use ab\n"
    (tmp_path / "kites.brew").write_text(text, encoding="utf-8")
    texts = text.splitlines()

    def left(way: str) -> str:
        return without(texts, line_at(way, tmp_path))

    assert left("kites.brew > kite red > text") == text.replace("  text\n    one\n", "")
    assert left("kites.brew > kite red > use") == text.replace("  use a\nkite blue", "kite blue")
    assert left("kites.brew > kite blue > use a") == text.replace("  use a\n  use ab", "  use ab")
    for astray in (
        "kites.brew > kite",
        "kites.brew > kite red > one > more",
        "other.brew > kite red",
        "kites.brew",
        "kites.brew > use a",
    ):
        with pytest.raises(Astray):
            line_at(astray, tmp_path)
