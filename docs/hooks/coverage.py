"""Pages made of `tests/coverage/rules.csv`: what the packs make of each rule of the book, counted and line by line."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.structure.files import File, Files

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

TABLE = Path(__file__).parents[2] / "tests" / "coverage" / "rules.csv"
ASKED = {"sheet", "resource", "choice"}
HELD = {"executable", "untried"}
STATUS = {
    "executable": "a line computes, limits, offers or spends it, and the test named fails without that line",
    "untried": "a line computes, limits, offers or spends it, and no test is named yet that fails without that line",
    "text": "a line tells it to the table, for no rule works it out",
    "play": "it happens at the table alone: no sheet, resource or choice of the character's own is touched",
    "missing": "not there yet",
    "none": "nothing to do",
}
HEAD = """# The rules of the book

Each rule of the SRD 5.2.1 about characters that has a number, a proficiency, a resource, a choice or an action in it has a row
in a table that was made from the text of the book alone. For each row the table says which line of a pack holds it and which
test fails when that line is deleted: `python -m tests.coverage.deletion` deletes them all, one at a time, and CI 200 of them.

"""
Row = Mapping[str, str]


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages to those that are written by hand."""
    for name, text in pages().items():
        files.append(File.generated(config, f"coverage/{name}.md", content=text))
    return files


def pages() -> dict[str, str]:
    """Give each page with its text: one for each part of the book, and one that counts."""
    rows = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
    areas = {name: list(found) for name, found in groupby(rows, lambda row: row["id"].partition(".")[0])}
    return {"index": index(areas, rows), **{name: page(name, found) for name, found in areas.items()}}


def index(areas: Mapping[str, list[Row]], rows: list[Row]) -> str:
    """Give the page that counts, and names what touches a sheet, a resource or a choice and is held by no line."""
    counted = [[f"[{name.title()}]({name}.md)", *counts(found)] for name, found in areas.items()]
    left = [row for row in rows if row["touches"] in ASKED and row["status"] not in HELD]
    return "\n".join(
        [
            HEAD,
            *table(
                [
                    "part",
                    "rules",
                    "of a sheet, resource or choice",
                    "held by a line",
                    "%",
                    "executable",
                    "untried",
                    "text",
                    "play",
                    "missing",
                ],
                counted,
            ),
            *(f"- **{name}**: {meaning}." for name, meaning in STATUS.items()),
            "\n## What no line holds\n",
            "Of the rules that touch a sheet, a resource or a choice, with the reason.\n",
            *table(["rule", "says", "is", "reason"], [[row["id"], row["rule"], row["status"], row["reason"]] for row in left]),
        ]
    )


def counts(rows: Iterable[Row]) -> list[str]:
    """Give the numbers of one part."""
    every = list(rows)
    asked = [row for row in every if row["touches"] in ASKED]
    done = sum(row["status"] in HELD for row in asked)
    sorts = [sum(row["status"] == status for row in every) for status in ("executable", "untried", "text", "play", "missing")]
    return [*map(str, (len(every), len(asked), done)), f"{100 * done / max(1, len(asked)):.1f}", *map(str, sorts)]


def page(name: str, rows: Iterable[Row]) -> str:
    """Give the table of one part."""
    heads = ["rule", "says", "stands in", "is", "line", "test"]
    cells = [[row["id"], row["rule"], row["section"], row["status"], code(row["line"]), code(row["test"])] for row in rows]
    return "\n".join([f"# {name.title()}\n", *table(heads, cells)])


def code(text: str) -> str:
    """Give a text as code, nothing as nothing."""
    return f"`{text}`" if text else ""


def table(heads: list[str], rows: Iterable[list[str]]) -> list[str]:
    """Give the lines of a table in Markdown."""
    lines = [heads, ["---"] * len(heads), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    return [*(f"| {' | '.join(line)} |" for line in lines), ""]
