"""`rulecore sheet` and `rulecore explain`: the whole sheet of a document, and why a number is what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from rulecore.cli.console import Format, console, has_errors, show_notes, write_json, write_lines
from rulecore.cli.opening import AsFormat, File, Packs, open_sheet, taught
from rulecore.cli.outcome import ERRORS_FOUND, GOOD

if TYPE_CHECKING:
    from rulecore.character import Character
    from rulecore.derive.explanation import Explanation


def register(root: typer.Typer) -> None:
    """Add the commands."""
    root.command("sheet", help=taught(sheet))(sheet)
    root.command("explain", help=taught(explain))(explain)


def sheet(file: File, pack: Packs = [], output: AsFormat = Format.TEXT) -> int:  # noqa: B006 - typer copies it
    """Print everything that follows from a document.

    rulecore sheet hero.json                        for people, as wide as the terminal
    rulecore sheet hero.json --format json          every value, for programs
    rulecore sheet - < hero.json                    from a pipe
    rulecore sheet hero.json --pack my-pack         with a pack of your own
    COLUMNS=120 rulecore sheet hero.json > out.txt  at a width of your choice
    """
    hero = open_sheet(file, pack)
    if output is Format.JSON:
        write_json(hero.sheet().to_json())
    else:
        _print_sheet(hero)
    show_notes(hero.findings)
    return ERRORS_FOUND if has_errors(hero.findings) else GOOD


def _print_sheet(hero: Character) -> None:
    from rulecore.cli.generic import generic_panels
    from rulecore.cli.grid import grid
    from rulecore.cli.view import panels

    derivation = hero.derivation
    layout = derivation.rules.layouts.get(derivation.document.kind)
    target = console()
    shown = list(generic_panels(derivation) if layout is None else panels(derivation, layout))
    for line in grid(shown, target.width) if shown else ():
        target.print(line, soft_wrap=True)


def explain(
    file: File,
    field: Annotated[str, typer.Argument(metavar="FIELD", help="The dotted id of a field; `rulecore fields` lists them.")],
    pack: Packs = [],  # noqa: B006 - typer copies it
    output: AsFormat = Format.TEXT,
    deep: Annotated[bool, typer.Option("--deep", help="Go on into everything that the value reads.")] = False,
) -> int:
    """Say why a field has its value: what counts, what lost, what does not count now, and by which rule.

    rulecore explain hero.json FIELD                one field
    rulecore explain hero.json FIELD --deep         down to what the document says
    rulecore explain hero.json FIELD --format json  for programs
    """
    hero = open_sheet(file, pack)
    explanation = hero.explain(field)
    if output is Format.JSON:
        write_json(explanation.tree() if deep else explanation.to_json())
    else:
        write_lines(_deep(explanation, 0, {field}) if deep else [str(explanation)])
    return ERRORS_FOUND if has_errors(hero.findings) else GOOD


def _deep(explanation: Explanation, depth: int, told: set[str]) -> list[str]:
    """Give an explanation and, indented, those of what it reads; each field once."""
    lines = ["    " * depth + line for line in str(explanation).splitlines()]
    for read in explanation.reads:
        inner = None if read.path in told else explanation.explain(read.path)
        if inner is not None:
            told.add(read.path)
            lines += _deep(inner, depth + 1, told)
    return lines
