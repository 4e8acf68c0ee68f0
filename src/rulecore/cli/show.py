"""`rulecore show`: an entry, with what it does in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from rulecore.cli.cells import cell, words
from rulecore.cli.console import Format, console, write_json
from rulecore.cli.opening import AsFormat, Packs, open_rules, taught
from rulecore.cli.outcome import GOOD
from rulecore.cli.wording import block_lines
from rulecore.cli.wrapping import folded
from rulecore.errors import FieldError
from rulecore.model.entry import Entry
from rulecore.model.rules import Rules
from rulecore.model.sheet import json_of
from rulecore.names import nearest
from rulecore.source import NOWHERE

Name = Annotated[
    str,
    typer.Argument(metavar="KIND.NAME", help="An entry, such as `rulecore show KIND.NAME`; a bare NAME if it is the only one."),
]


def register(root: typer.Typer) -> None:
    """Add the command."""
    root.command("show", help=taught(show))(show)


def show(name: Name, pack: Packs = [], output: AsFormat = Format.TEXT) -> int:  # noqa: B006 - typer copies it
    """Print an entry: its properties, what it does, its citation, and the line of its pack.

    rulecore show KIND.NAME                 an entry
    rulecore show NAME                      when only one is called so
    rulecore show KIND.NAME --format json   for programs
    """
    rules = open_rules(pack).rules
    entry = _found(name, rules)
    if output is Format.JSON:
        write_json(_record(entry))
        return GOOD
    target = console()
    for line in page(entry, rules, target.width):
        target.print(line, soft_wrap=True)
    return GOOD


def _found(name: str, rules: Rules) -> Entry:
    short = name.rpartition(":")[2]
    if short in rules.entries:
        return rules.entries[short]
    called = [entry for entry in rules.entries.values() if entry.name == short]
    if len(called) == 1:
        return called[0]
    if called:
        raise FieldError(f"several entries are called `{short}`: {', '.join(entry.id for entry in called)}")
    near = nearest(short, rules.entries) or nearest(short, [entry.name for entry in rules.entries.values()])
    raise FieldError(f"there is no entry `{name}`" + (f"; did you mean `{near}`?" if near else ""), near)


def _properties(entry: Entry, rules: Rules) -> Iterator[tuple[str, str, Any]]:
    """Give the label, the text and the value of each property that an entry has of its own."""
    declared = rules.kinds[entry.kind].properties
    for name, value in entry.properties.items():
        of = declared.get(name)
        text = words(value) if of is None else cell(value, of.type).text
        if text:
            yield (name if of is None else of.label), text, value


def page(entry: Entry, rules: Rules, width: int) -> Iterator[Any]:
    """Give the lines that show an entry."""
    from rich.text import Text

    yield Text.assemble((entry.label, "bold cyan"), (f"  {rules.kinds[entry.kind].label}  {entry.id}", "dim"))
    if entry.text:
        yield Text("\n".join(folded(entry.text, width)))
    properties = list(_properties(entry, rules))
    column = max((len(label) for label, _text, _value in properties), default=0)
    for label, text, _value in properties:
        yield Text.assemble((f"  {label:<{column}}  ", "dim"), (text, "bold"))
    for line in _acts(entry):
        depth = len(line) - len(line.lstrip()) + 2
        yield from (Text(" " * depth + part) for part in folded(line.strip(), width - depth, " " * 4))
    if entry.citation:
        yield Text(entry.citation, style="dim")
    yield Text(_declared(entry), style="dim")


def _acts(entry: Entry) -> list[str]:
    return [] if entry.shape is None else list(block_lines(entry.shape.block))


def _declared(entry: Entry) -> str:
    place = "" if entry.span == NOWHERE else f", {entry.span.file}:{entry.span.line}"
    return f"{entry.pack}{place}"


def _record(entry: Entry) -> dict[str, Any]:
    record = {
        "id": entry.id,
        "kind": entry.kind,
        "name": entry.name,
        "label": entry.label,
        "pack": entry.pack,
        "kinds": sorted(entry.kinds),
        "text": entry.text,
        "citation": entry.citation,
        "properties": {name: json_of(value) for name, value in entry.properties.items()},
        "acts": _acts(entry),
        "place": None if entry.span == NOWHERE else str(entry.span),
    }
    return {key: value for key, value in record.items() if value is not None}
