"""Every python and console block of README.md and docs/ runs and gives the output that it shows."""

import shutil
from pathlib import Path

import pytest

from tests.docs.blocks import Block, agrees, blocks, run_page

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
# What the pages may read; they work on copies.
FOLDERS = ["examples", "packs"]


@pytest.mark.parametrize("page", PAGES, ids=[page.relative_to(ROOT).as_posix() for page in PAGES])
def test_the_blocks_of_a_page_run(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for name in FOLDERS:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    run_page(page, tmp_path)


def test_blocks_are_found_with_their_lines():
    page = "# Title\n\n```python\nx = 1\n```\n\n1. step\n\n    ```console\n    $ rulecore fields\n    ```\n"
    assert blocks(page) == [Block("python", "x = 1\n", 4), Block("console", "$ rulecore fields\n", 10)]


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("```python\nx = 1\n```\n```python\nassert x == 2\n```", AssertionError),
        ("```python\nimport\n```", SyntaxError),
        ("```python\n>>> 1 + 1\n3\n```", AssertionError),
        ("```console\nno command\n```", AssertionError),
        ("```console\n$ ls\n```", AssertionError),
        ("```console\n$ rulecore no_such_command\n```", AssertionError),
        ("```console\n$ rulecore --help\nnot what it prints\n```", AssertionError),
    ],
)
def test_a_wrong_page_fails(text: str, error: type[Exception], tmp_path: Path):
    page = tmp_path / "page.md"
    page.write_text(text)
    with pytest.raises(error):
        run_page(page, tmp_path)


def test_a_right_page_passes(tmp_path: Path):
    page = tmp_path / "page.md"
    page.write_text(
        "```python\nx = 1\n```\n```python\n>>> x + 1\n2\n```\n```bash\nls\n```\n"
        "```console\n$ rulecore --help\n...\n$ rulecore --help\n```\n"
    )
    run_page(page, tmp_path)


@pytest.mark.parametrize(
    ("actual", "expected", "agreed"),
    [
        ("a  \nb\n", "a\nb\n", True),
        ("a\nb\n", "a\n", False),
        ("a\nb\nc\nd\n", "a\n...\nd\n", True),
        ("a\nb\nc\n", "...\nd\n", False),
        ("a\nd\n", "a\n...\n", True),
    ],
)
def test_three_dots_stand_for_any_lines(actual: str, expected: str, agreed: bool):
    assert agrees(actual, expected) is agreed
