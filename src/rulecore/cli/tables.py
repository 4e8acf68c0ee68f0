"""Tables as lines of text: columns aligned, headings wrapped, and what does not fit told in fewer columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.text import Text

from rulecore.cli.cells import DASH, TICK, Cell
from rulecore.cli.view import Table
from rulecore.cli.wrapping import folded

BETWEEN_COLUMNS = 2
BETWEEN_HALVES = 3
NARROWEST = 6
LONGEST_WORD = 14
ROWS_TO_SPLIT = 9

LABEL = "dim"
VALUE = "bold"

_FLAGS = frozenset({TICK, DASH, "yes", "-"})


def needed_width(table: Table) -> int:
    """Give the width at which a table needs no second line for a row; one that is wide even without its flags needs all."""
    return _width(_widths(table))


def table_lines(table: Table, width: int) -> Iterator[Text]:
    """Give the lines of a table, none wider than `width`."""
    needed = needed_width(table)
    if len(table.rows) >= ROWS_TO_SPLIT and 2 * needed + BETWEEN_HALVES <= width:
        yield from _split(table, needed, width)
        return
    left_out: list[str] = []
    if needed > width:
        table = _with_flags_joined(table)
        while _width(_least_widths(table)) > width and len(table.headings) > 2:
            table = _without(table, _last_plain(table), left_out)
    widths = _shrunk(table, width)
    yield from _head(table, widths)
    for row in table.rows:
        yield from _row(table, row, widths)
    if left_out:
        yield Text(f"more columns: {', '.join(reversed(left_out))}"[:width], style=LABEL)


# ---- widths


def _widths(table: Table) -> list[int]:
    """Give each column the width of its widest cell, and of the longest word of its heading."""
    return [
        max(_longest_word(heading), max((cell_len(row[place].text) for row in table.rows), default=0))
        for place, heading in enumerate(table.headings)
    ]


def _least_widths(table: Table) -> list[int]:
    """Give each column the width of its longest word, up to a limit."""
    words = [max((_longest_word(row[place].text) for row in table.rows), default=0) for place in range(len(table.headings))]
    headed = [max(_longest_word(heading), least) for heading, least in zip(table.headings, words, strict=True)]
    return [min(each, LONGEST_WORD) for each in headed]


def _longest_word(text: str) -> int:
    return max((cell_len(word) for word in text.split()), default=0)


def _width(widths: Sequence[int]) -> int:
    return sum(widths) + BETWEEN_COLUMNS * (len(widths) - 1)


def _shrunk(table: Table, width: int) -> list[int]:
    """Take from the widest columns until a row fits, first no further than their longest words."""
    widths = _widths(table)
    for least in (_least_widths(table), [NARROWEST] * len(widths)):
        while _width(widths) > width:
            spare = [each - low for each, low in zip(widths, least, strict=True)]
            if max(spare) <= 0:
                break
            widths[max(range(len(widths)), key=lambda place: (spare[place] > 0, widths[place]))] -= 1
    return widths


# ---- fewer columns


def _with_flags_joined(table: Table) -> Table:
    """Say the columns of ticks in one, by their headings."""
    columns = range(1, len(table.headings))
    flags = [place for place in columns if all(row[place].text in _FLAGS for row in table.rows)]
    if len(flags) < 2:
        return table
    kept = [place for place in range(len(table.headings)) if place not in flags]
    rows = []
    for row in table.rows:
        said = [table.headings[place].lower() for place in flags if not row[place].empty]
        rows.append((*(row[place] for place in kept), Cell(", ".join(said), empty=not said)))
    return Table((*(table.headings[place] for place in kept), ""), tuple(rows))


def _last_plain(table: Table) -> int:
    """Give the last column that has a heading; the first stays in any case."""
    return next((place for place in range(len(table.headings) - 1, 0, -1) if table.headings[place]), len(table.headings) - 1)


def _without(table: Table, place: int, left_out: list[str]) -> Table:
    left_out.append(table.headings[place])
    rows = tuple((*row[:place], *row[place + 1 :]) for row in table.rows)
    return Table((*table.headings[:place], *table.headings[place + 1 :]), rows)


# ---- lines


def _split(table: Table, needed: int, width: int) -> Iterator[Text]:
    """Set a long narrow table in two halves beside each other."""
    middle = (len(table.rows) + 1) // 2
    start = max(needed + BETWEEN_HALVES, (width + BETWEEN_HALVES) // 2)
    widths = _widths(table)
    left, right = (
        [*_head(table, widths), *(line for row in rows for line in _row(table, row, widths))]
        for rows in (table.rows[:middle], table.rows[middle:])
    )
    for place, line in enumerate(left):
        beside = right[place] if place < len(right) else Text()
        yield Text.assemble(line, " " * (start - line.cell_len), beside)


def _is_right(table: Table, place: int) -> bool:
    """Tell whether a column holds numbers alone, and so stands at the right."""
    cells = [row[place] for row in table.rows]
    return any(each.right for each in cells) and all(each.right or not each.text for each in cells)


def _head(table: Table, widths: Sequence[int]) -> Iterator[Text]:
    if not any(table.headings[1:]):
        return
    wrapped = [folded(heading, max(width, 1)) for heading, width in zip(table.headings, widths, strict=True)]
    deepest = max(len(each) for each in wrapped)
    for place in range(deepest):
        line = []
        for number, (each, width) in enumerate(zip(wrapped, widths, strict=True)):
            at = place - (deepest - len(each))
            line.append(_fitted(each[at] if at >= 0 else "", width, right=_is_right(table, number)))
        yield Text((" " * BETWEEN_COLUMNS).join(line).rstrip(), style=LABEL)


def _row(table: Table, row: tuple[Cell, ...], widths: Sequence[int]) -> Iterator[Text]:
    wrapped = [
        folded(each.text, max(width, 1)) if cell_len(each.text) > width else [each.text]
        for each, width in zip(row, widths, strict=True)
    ]
    for place in range(max(len(each) for each in wrapped)):
        line = Text()
        for number, (each, width) in enumerate(zip(wrapped, widths, strict=True)):
            right = _is_right(table, number)
            line.append(" " * BETWEEN_COLUMNS if number else "")
            line.append(_fitted(each[place] if place < len(each) else "", width, right=right), style=VALUE if right else "")
        line.rstrip()
        yield line


def _fitted(text: str, width: int, *, right: bool) -> str:
    blank = " " * max(0, width - cell_len(text))
    return blank + text if right else text + blank
