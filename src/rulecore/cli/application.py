"""The command line as a whole: the commands, and the groups that other distributions add to it."""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import Any

GROUP = "rulecore.commands"

HELP = """Make complete, explained sheets from documents, by rules that stand in packs.

Data goes to stdout, findings to stderr. Exit code 0: good; 1: errors were found (the data is printed all the same);
2: asked for wrongly; 3: a fault of rulecore.
"""


def application() -> Any:
    """Build the command with all its groups."""
    import typer

    from rulecore.cli import packs, rules, sheet, show

    root = typer.Typer(
        help=HELP, add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None
    )
    root.callback()(_version)
    for group in (sheet, show, rules, packs):
        group.register(root)
    for entry_point in entry_points(group=GROUP):
        root.add_typer(entry_point.load(), name=entry_point.name)
    return typer.main.get_command(root)


def _version() -> None:
    pass
