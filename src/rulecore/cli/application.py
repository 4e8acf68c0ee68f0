"""The command line as a whole: the commands, and the groups that other distributions add to it."""

from __future__ import annotations

import sys
from importlib import metadata
from typing import Annotated, Any

import typer

from rulecore.version import VERSION

GROUP = "rulecore.commands"

HELP = """Make complete, explained sheets from documents, by rules that stand in packs.

Data goes to stdout, findings to stderr. Exit code 0: good; 1: errors were found (the data is printed all the same);
2: asked for wrongly; 3: a fault of rulecore.
"""


def application() -> Any:
    """Build the command with all its groups."""
    from rulecore.cli import level_up, new, packs, rules, sheet, show, validate

    root = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None)
    root.callback(help=HELP, invoke_without_command=False)(without_command)
    for group in (sheet, validate, new, level_up, show, rules, packs):
        group.register(root)
    for entry_point in metadata.entry_points(group=GROUP):
        root.add_typer(entry_point.load(), name=entry_point.name)
    return typer.main.get_command(root)


def without_command(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.", is_eager=True)] = False,
) -> None:
    """Do what an option without a command asks for."""
    if version:
        sys.stdout.write(f"rulecore {VERSION}\n")
        raise typer.Exit
