"""Which tests might miss a line of a pack: those nearest to it first, so that the test that is found is one about it."""

from pathlib import Path

TESTS = Path(__file__).parents[1]
PATTERNS = ("packs/test_facts*.py", "packs/test_gear.py", "packs/test_starting_*.py", "play/test_*.py")
FACTS = sorted(path.relative_to(TESTS).as_posix() for pattern in PATTERNS for path in TESTS.glob(pattern))
OTHERS = [
    "conformance/test_conformance.py::test_engine_agrees",
    "packs/test_bundled.py::test_every_example_of_a_pack_comes_true",
    "golden/test_golden.py::test_the_sheet_is_that",
    "oracle/test_agreement.py::test_the_examples",
]


def tests_for(way: str) -> list[list[str]]:
    """Give what to tell pytest, time after time: sheets of that class and facts about that entry, or records of single rules."""
    file, entry = way.split(" > ")[:2]
    stem, name = Path(file).stem, entry.split()[1]
    sheets = sorted(path.stem for path in (TESTS / "golden").glob(f"*{stem}*.md"))
    near = [f"tests/golden/test_golden.py::test_the_sheet_is_that[{sheet}]" for sheet in sheets]
    facts = [f"tests/{test}" for test in FACTS]
    others = [f"tests/{test}" for test in OTHERS]
    about = ["-k", f"{stem} or {name.partition('_')[0]}", *facts]
    if sheets:
        return [near, about]
    return [about, others] if file.startswith("srd") else [others, facts]
