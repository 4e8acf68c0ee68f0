"""What a sheet shows, still without a width: panels of pairs and tables, evaluated from the layout that packs give."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rulecore.cli.cells import Cell, cell, label_of_instance, words
from rulecore.derive.instance import Form, Instance
from rulecore.formula import ast as f
from rulecore.formula import types as t
from rulecore.formula.scalar import Scope, evaluate
from rulecore.formula.traverse import every_part
from rulecore.formula.values import entry_of, many
from rulecore.model.entry import Entry
from rulecore.model.rules import Column, Line, Panel

if TYPE_CHECKING:
    from rulecore.derive import Derivation


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and its value."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under headings; the first column is the row's own name."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class PanelView:
    """A headed group of lines."""

    label: str
    lines: tuple[tuple[Pair, ...] | Table, ...] = field(default=())


def panels(derivation: Derivation, layout: tuple[Panel, ...]) -> Iterator[PanelView]:
    """Give the panels of a layout that have something to show."""
    for panel in layout:
        shown = (_line(derivation, line) for line in panel.lines)
        lines = tuple(line for line in shown if line is not None)
        if lines:
            yield PanelView(panel.label, lines)


def _line(derivation: Derivation, line: Line) -> tuple[Pair, ...] | Table | None:
    scope = Scope(derivation.computation, derivation.structure.entity)
    if line.rows is None:
        cells = [_cell(column, scope) for column in line.columns]
        return pairs([column.label for column in line.columns], cells) or None
    found = many(evaluate(line.rows, scope))
    kept = [it for it in found if line.where is None or evaluate(line.where, scope.bind("it", it))]
    return _table(derivation, line.columns, kept, scope) if kept else None


def _cell(column: Column, scope: Scope) -> Cell:
    return cell(evaluate(column.value, scope), column.value.type, signed=_is_added(column.value, scope))


def _is_added(formula: f.Formula, scope: Scope) -> bool:
    """Tell whether a shown field of dice is one whose own formula reads no dice: then it is what is added to some."""
    if not isinstance(formula, f.Read) or not isinstance(formula.type, t.DiceType):
        return False
    of = evaluate(formula.of, scope)
    instance = scope.world.standing(of) if isinstance(of, Entry) else of
    shown = instance.fields.get(formula.name) if isinstance(instance, Instance) else None
    if shown is None or shown.formula is None:
        return False
    read = list(every_part(shown.formula))
    return any(isinstance(each, f.Read) for each in read) and not any(isinstance(each.type, t.DiceType) for each in read)


# ---- pairs


def pairs(labels: list[str], cells: list[Cell]) -> tuple[Pair, ...]:
    """Join labels and values; a label that is empty or in lower case continues the value before it."""
    made: list[Pair] = []
    for label, each in zip(labels, cells, strict=True):
        if not _continues(label):
            made.append(Pair(label, "" if _unsaid(each) else each.text))
        elif not made:
            made.append(Pair("", each.text))
        elif made[-1].text and not each.empty:
            made[-1] = Pair(made[-1].label, _continued(made[-1].text, label, each))
    return tuple(pair for pair in made if pair.text)


def _unsaid(each: Cell) -> bool:
    """Tell whether a cell with a label of its own is left out; a plain no is said."""
    return each.empty and len(each.text) != 1


def of_whole(part: str, whole: str) -> str:
    """Write a part and the whole, with one unit where both have the same."""
    unit = whole.partition(" ")[2]
    return f"{part.removesuffix(' ' + unit) if unit else part}/{whole}"


def _continues(label: str) -> bool:
    return not label or label[0].islower()


def _continued(text: str, label: str, each: Cell) -> str:
    if label == "of":
        return "" if text == each.text == "0" else of_whole(text, each.text)
    return " ".join(part for part in (text, label, each.text) if part)


# ---- tables


def _table(derivation: Derivation, columns: tuple[Column, ...], instances: list[Any], scope: Scope) -> Table:
    rows = []
    for it in instances:
        inner = scope.bind("it", it)
        rows.append([_cell(column, inner) for column in columns])
    names = [Cell(name) for name in _names(derivation, instances)]
    labels = [column.label for column in columns]
    if _first_column_names(columns, instances):
        names, labels, rows = [row[0] for row in rows], labels[1:], [row[1:] for row in rows]
        heading = columns[0].label
    else:
        heading = ""
    return tidy(heading, names, labels, rows)


def tidy(heading: str, names: list[Cell], labels: list[str], rows: list[list[Cell]]) -> Table:
    """Make a table: continued columns joined with those before them, columns that say nothing left out."""
    kept: list[str] = []
    joined: list[list[Cell]] = [[] for _row in rows]
    for place, label in enumerate(labels):
        column = [row[place] for row in rows]
        if all(each.empty for each in column):
            continue
        if label == "of" and kept:
            for row, each in zip(joined, column, strict=True):
                row[-1] = Cell(of_whole(row[-1].text, each.text), right=True)
            continue
        kept.append(label)
        for row, each in zip(joined, column, strict=True):
            row.append(Cell("", empty=True) if each.empty and len(each.text) > 1 else each)
    return Table((heading, *kept), tuple((name, *row) for name, row in zip(names, joined, strict=True)))


def _first_column_names(columns: tuple[Column, ...], instances: list[Any]) -> bool:
    """Tell whether rows are named by their first column: elements whose own name is an id, and which show what they hold."""
    elements = all(isinstance(each, Instance) and each.form is Form.ELEMENT for each in instances)
    return elements and bool(columns) and isinstance(columns[0].value.type, t.RefType)


def _names(derivation: Derivation, instances: list[Any]) -> list[str]:
    """Give the rows' own names; where they are all alike, those of what they belong to."""
    names = [_name(derivation, each) for each in instances]
    if len(set(names)) == len(names):
        return names
    owners = [_owner(derivation, each) for each in instances]
    if len(set(names)) > 1:
        doubled = {name for name in names if names.count(name) > 1}
        return [f"{owner}: {name}" if name in doubled and owner else name for name, owner in zip(names, owners, strict=True)]
    return [owner or name for name, owner in zip(names, owners, strict=True)]


def _name(derivation: Derivation, instance: Any) -> str:
    """Give the label of a row; an element is called after what it holds."""
    if isinstance(instance, Entry):
        return instance.label
    if instance.form is Form.ELEMENT:
        held = (name for name, each in instance.fields.items() if isinstance(each.type, t.RefType))
        first = next(held, None)
        value = None if first is None else derivation.computation.value(instance, first)
        return words(value) or label_of_instance(instance)
    return label_of_instance(instance)


def _owner(derivation: Derivation, instance: Any) -> str:
    """Give the label of the nearest thing around an instance that has an entry."""
    if isinstance(instance, Entry) or entry_of(instance) is not None:
        return ""
    above = instance.owner
    while above is not None and above.entry is None:
        above = above.owner
    return "" if above is None or above is derivation.structure.entity else label_of_instance(above)
