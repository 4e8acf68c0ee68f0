"""A sheet for an entity whose packs give no layout: its fields, its families, its collections, and what entries bring."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from rulecore.cli.cells import Cell, cell, label_of_instance
from rulecore.cli.view import PanelView, pairs, tidy
from rulecore.derive.instance import Form, Instance

if TYPE_CHECKING:
    from rulecore.derive import Derivation

MOST_COLUMNS = 8


def generic_panels(derivation: Derivation) -> Iterator[PanelView]:
    """Give panels for everything that has a value."""
    structure = derivation.structure
    own = pairs(*_fields(derivation, structure.entity))
    if own:
        yield PanelView(structure.entity.label, (own,))
    kinds: dict[str, list[Instance]] = {}
    for entry, instance in structure.families.items():
        kinds.setdefault(entry.kind, []).append(instance)
    for kind, members in kinds.items():
        yield from _tabled(derivation, structure.rules.kinds[kind].label, members)
    for name, collection in structure.entity.collections.items():
        yield from _tabled(derivation, collection.label, structure.elements[structure.entity, name])
    active = [each for each in structure.instances if each.form in {Form.ENTRY, Form.PART} and each.fields and not each.on_read]
    for instance in active:
        if instance.owner is not None and instance.owner.form is not Form.FAMILY and not instance.has_element_above():
            shown = pairs(*_fields(derivation, instance))
            if shown:
                yield PanelView(label_of_instance(instance), (shown,))


def _fields(derivation: Derivation, instance: Instance) -> tuple[list[str], list[Cell]]:
    value = derivation.computation.value
    fields = instance.fields.values()
    return [field.label for field in fields], [cell(value(instance, field.name), field.type) for field in fields]


def _tabled(derivation: Derivation, label: str, instances: Iterable[Instance]) -> Iterator[PanelView]:
    shown = [(each, dict(_with_parts(derivation, each, ""))) for each in instances if not each.on_read]
    labels = list(dict.fromkeys(name for _each, cells in shown for name in cells))
    nothing = Cell("", empty=True)
    rows = [[cells.get(name, nothing) for name in labels] for _each, cells in shown]
    telling = [place for place in range(len(labels)) if not all(row[place].empty for row in rows)][:MOST_COLUMNS]
    if telling:
        names = [Cell(label_of_instance(each)) for each, _cells in shown]
        table = tidy("", names, [labels[place] for place in telling], [[row[place] for place in telling] for row in rows])
        yield PanelView(label, (table,))


def _with_parts(derivation: Derivation, instance: Instance, before: str) -> Iterator[tuple[str, Cell]]:
    for label, shown in zip(*_fields(derivation, instance), strict=True):
        yield (f"{before} {label.lower()}" if before else label), shown
    for part in instance.parts.values():
        yield from _with_parts(derivation, part, f"{before} {part.label}".strip())
