"""`rules.csv`: a row for each rule of the book, with the line of a pack that says it and the test that misses that line."""

import csv
import io
from pathlib import Path

TABLE = Path(__file__).with_name("rules.csv")
COLUMNS = ("id", "section", "rule", "kind", "touches", "status", "line", "test", "reason")


def read(path: Path = TABLE) -> list[dict[str, str]]:
    """Give all rows."""
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def write(rows: list[dict[str, str]], path: Path = TABLE) -> None:
    """Write all rows."""
    text = io.StringIO()
    table = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")
