"""Panels as lines of text of a given width: pairs flow, tables keep their columns, both wrap where they must."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.text import Text

from rulecore.cli.tables import LABEL, NARROWEST, VALUE, needed_width, table_lines
from rulecore.cli.view import Pair, PanelView, Table
from rulecore.cli.wrapping import folded

BETWEEN_PAIRS = 3
LONGEST_FLOWING = 30


def panel_lines(panel: PanelView, width: int) -> list[Text]:
    """Give the lines of a panel, none wider than `width`."""
    return [line for each in panel.lines for line in _lines(each, width)]


def narrowest(panel: PanelView) -> int:
    """Give the width below which a panel's tables would have to wrap."""
    return max((needed_width(each) for each in panel.lines if isinstance(each, Table) and not flows(each)), default=0)


def _lines(block: tuple[Pair, ...] | Table, width: int) -> Iterator[Text]:
    if isinstance(block, tuple):
        return _flowing(block, width)
    return _flowing(_as_pairs(block), width) if flows(block) else table_lines(block, width)


# ---- pairs


def flows(table: Table) -> bool:
    """Tell whether a table of one value a row reads as well in running lines."""
    if len(table.headings) != len(("name", "value")):
        return False
    return all(len(name.text) + len(value.text) <= LONGEST_FLOWING for name, value in table.rows)


def _as_pairs(table: Table) -> tuple[Pair, ...]:
    return tuple(Pair(name.text, value.text) for name, value in table.rows)


def _flowing(pairs: Iterable[Pair], width: int) -> Iterator[Text]:
    line = Text()
    for pair in pairs:
        piece = _pair(pair)
        if line and line.cell_len + BETWEEN_PAIRS + piece.cell_len > width:
            yield line
            line = Text()
        if piece.cell_len > width:
            *rows_before, line = _wrapped_pair(pair, width)
            yield from rows_before
            continue
        line = Text.assemble(line, " " * BETWEEN_PAIRS, piece) if line else piece
    if line:
        yield line


def _pair(pair: Pair) -> Text:
    return Text.assemble((pair.label + " " if pair.label else "", LABEL), (pair.text, VALUE))


def _wrapped_pair(pair: Pair, width: int) -> list[Text]:
    label = pair.label + " " if pair.label else ""
    rows = folded(label + pair.text, max(width, NARROWEST), "  ")
    first = Text.assemble((rows[0][: len(label)], LABEL), (rows[0][len(label) :], VALUE))
    return [first, *(Text(row, style=VALUE) for row in rows[1:])]
