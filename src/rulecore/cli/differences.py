"""What differs between two sheets, in the words of the printed sheet: old → new, panel by panel."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from rulecore.cli.console import fits

if TYPE_CHECKING:
    from rulecore.cli.view import Pair, Table
    from rulecore.derive import Derivation

Place = tuple[str, str, str]
"""Where a printed sheet shows something: its panel, its row (none for a pair), its label."""
Shown = Mapping[Place, str]


def shown(derivation: Derivation) -> Shown:
    """Give all that a printed sheet shows, by its place."""
    from rulecore.cli.generic import generic_panels
    from rulecore.cli.view import panels

    layout = derivation.rules.layouts.get(derivation.document.kind)
    found: dict[Place, str] = {}
    for panel in generic_panels(derivation) if layout is None else panels(derivation, layout):
        for line in panel.lines:
            for row, label, text in _pairs(line) if isinstance(line, tuple) else _cells(line):
                found[_free(found, (panel.label, row, label))] = text
    return found


def _pairs(line: tuple[Pair, ...]) -> Iterator[Place]:
    return (("", pair.label, pair.text) for pair in line)


def _cells(table: Table) -> Iterator[Place]:
    """Give the cells of a table that say something; one without a heading belongs to that before it."""
    for name, *cells in table.rows:
        joined: dict[str, list[str]] = {}
        heading = ""
        for label, each in zip(table.headings[1:], cells, strict=True):
            heading = label or heading
            joined.setdefault(heading, []).extend([each.text] if each.text else [])
        yield from ((name.text, label, " ".join(texts)) for label, texts in joined.items())


def _free(found: Shown, place: Place) -> Place:
    """Give a place that nothing has yet: of rows that are called alike the second is another than the first."""
    panel, row, label = place
    number = 1
    while place in found:
        number += 1
        place = (panel, f"{row} ({number})".strip(), label)
    return place


def differences(before: Shown, after: Shown) -> list[str]:
    """Give what differs, a line for each pair or row, under the headings of the panels."""
    rows: dict[str, dict[str, list[str]]] = {}
    rows_before = {(panel, row) for panel, row, _label in before}
    rows_after = {(panel, row) for panel, row, _label in after}
    for place in {**after, **before}:
        panel, row, label = place
        old, new = before.get(place, ""), after.get(place, "")
        if old != new:
            sign = "" if not row else "+" if (panel, row) not in rows_before else "-" if (panel, row) not in rows_after else ""
            told = f"{label} {new or old}".strip() if sign else _told(label, old, new)
            rows.setdefault(panel, {}).setdefault(f"{sign} {row}".strip() if row else f"\0{label}", []).append(told)
    return [line for panel, found in rows.items() for line in (panel, *(f"  {_row(row, told)}" for row, told in found.items()))]


def _row(row: str, told: list[str]) -> str:
    text = ", ".join(told)
    if row.startswith("\0"):
        return text
    return f"{row}: {text}" if text else row


def _told(label: str, old: str, new: str) -> str:
    to = "→" if fits("→") else "->"
    return f"{label} {old or 'nothing'} {to} {new or 'nothing'}".strip()
