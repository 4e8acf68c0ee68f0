"""Golden sheets as data: the document and the rows of a file of Markdown."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
_NUMBER = re.compile(r"-?\d+")
_DICE = re.compile(r"\d+d\d+( ?[+-] ?(\d+d\d+|\d+))*")


@dataclass(frozen=True)
class Row:
    """One field of a sheet: its value, how it comes about, and which heading of the book says so."""

    field: str
    value: Any
    how: str
    source: str

    @property
    def is_worked(self) -> bool:
        """Whether the value is a whole number or dice, so that an equation leads to it."""
        return type(self.value) is int or is_dice(self.value)


@dataclass(frozen=True)
class Golden:
    name: str
    document: dict[str, Any]
    rows: tuple[Row, ...]

    @property
    def classes(self) -> set[str]:
        return {level["class"] for level in self.document["collections"]["levels"]}


def goldens() -> list[Golden]:
    return [read(path) for path in sorted(HERE.glob("*.md")) if path.name != "README.md"]


def read(path: Path) -> Golden:
    text = path.read_text(encoding="utf-8")
    blocks = re.findall(r"^```json\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 1, f"{path.name}: one block of JSON is the document"
    sheet, _, _names = text.partition("\n## Names")
    lines = [line for line in sheet.splitlines() if line.startswith("| `")]
    return Golden(path.stem, json.loads(blocks[0]), tuple(map(row_of, lines)))


def row_of(line: str) -> Row:
    field, value, how, source = (cell.strip() for cell in line.strip().strip("|").split("|"))
    return Row(field.strip("`"), value_of(value), how, source)


def value_of(text: str) -> Any:
    """A value as the sheet has it: dice without blanks; several names stay one text."""
    text = text.strip("`")
    if text in {"yes", "no"}:
        return text == "yes"
    if _NUMBER.fullmatch(text):
        return int(text)
    if re.fullmatch(r"\d+\.\d+", text):
        return float(text)
    return text.replace(" ", "") if _DICE.fullmatch(text) else text


def is_dice(value: Any) -> bool:
    return isinstance(value, str) and _DICE.fullmatch(value) is not None


def as_text(value: Any) -> Any:
    """What the engine gives, as a row has it: names without kinds, sets in alphabetical order."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return ", ".join(sorted(value)) if isinstance(value, list) else value


def in_order(value: Any) -> Any:
    """What a row says, with several names in alphabetical order."""
    if not isinstance(value, str) or is_dice(value):
        return value
    return ", ".join(sorted(name.strip(" `") for name in value.split(",")))
