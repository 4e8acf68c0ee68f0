"""Which tests might miss a line of a pack: those nearest to it first, so that the test that is found is one about it."""

from pathlib import Path

GOLDEN = Path(__file__).parents[1] / "golden"
FACTS = sorted(
    path.relative_to(GOLDEN.parent).as_posix()
    for pattern in ("packs/test_facts*.py", "packs/test_gear.py", "packs/test_starting_*.py", "play/test_standard*.py")
    for path in GOLDEN.parent.glob(pattern)
)
OTHERS = [
    "conformance/test_conformance.py::test_engine_agrees",
    "packs/test_bundled.py::test_every_example_of_a_pack_comes_true",
    "golden/test_golden.py::test_the_sheet_is_that",
    "oracle/test_agreement.py::test_the_examples",
]


def tests_for(way: str) -> list[list[str]]:
    """Give tests in the order in which to run them, those of one list together: sheets of that class, facts, all the rest."""
    stem = Path(way.partition(" > ")[0]).stem
    sheets = sorted(path.stem for path in GOLDEN.glob(f"*{stem}*.md"))
    near = [f"golden/test_golden.py::test_the_sheet_is_that[{name}]" for name in sheets]
    return [near, FACTS, OTHERS] if near else [FACTS, OTHERS]
