"""Which tests might miss a line of a pack: those nearest to it first, so that the test that is found is one about it."""

import re
from pathlib import Path

from tests.coverage.lines import PACKS

TESTS = Path(__file__).parents[1]


def _found(*patterns: str) -> list[str]:
    return sorted(path.relative_to(TESTS.parent).as_posix() for pattern in patterns for path in TESTS.glob(pattern))


FACTS = _found("packs/test_facts*.py", "packs/test_gear.py", "packs/test_starting_*.py")
PLAYED = _found(
    "packs/test_use.py",
    "play/test_actions_*.py",
    "play/test_standard.py",
    "play/test_rest_*.py",
    "play/test_hazards.py",
    "play/test_features_*.py",
    "play/test_rules_*.py",
)
TABLES = ["tests/packs/test_facts.py", "tests/packs/test_bundled.py::test_every_example_of_a_pack_comes_true"]
SHEETS = ["tests/golden/test_golden.py::test_the_sheet_is_that", "tests/oracle/test_agreement.py::test_the_examples"]
RECORDS = ["tests/conformance/test_conformance.py::test_engine_agrees"]


def tests_for(way: str) -> list[list[str]]:
    """Give what to tell pytest, time after time: sheets of that class and facts about that entry, or records of single rules."""
    file, *_ = way.split(" > ")
    sheets = sorted(path.stem for path in (TESTS / "golden").glob(f"*{Path(file).stem}*.md"))
    near = [f"tests/golden/test_golden.py::test_the_sheet_is_that[{sheet}]" for sheet in sheets]
    about = ["-k", " or ".join(_names(way, of_file=bool(sheets))), *FACTS]
    if sheets:
        return [near, about, PLAYED]
    return [about, TABLES, PLAYED, SHEETS, RECORDS] if file.startswith("srd") else [SHEETS, TABLES, PLAYED, RECORDS]


def _names(way: str, *, of_file: bool) -> list[str]:
    """Give names by which tests may ask for a line: its entry and options; of a class its file and subclasses, too."""
    file, entry, *steps = way.split(" > ")
    options = [step.split()[1] for step in steps if step.startswith("option ")]
    subclasses = re.findall(r"^subclass (\w+)", (PACKS / file).read_text(encoding="utf-8"), re.MULTILINE)
    own = {Path(file).stem, *subclasses} if of_file else set()
    return sorted({entry.split()[1].partition("_")[0], *options, *own})
