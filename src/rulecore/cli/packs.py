"""`rulecore pack`: check the text of packs, and write it in the one form."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rulecore.cli.console import Format, counted, has_errors, show_findings, summary, write_json, write_lines
from rulecore.cli.outcome import ERRORS_FOUND, GOOD

if TYPE_CHECKING:
    from rulecore.packs.load import Loaded

Folders = Annotated[list[Path], typer.Argument(help="A pack folder, a folder of packs, or one file with a `pack` line.")]
AsFormat = Annotated[Format, typer.Option("--format", help="Text for people or JSON for programs.")]


def register(root: typer.Typer) -> None:
    """Add the group to the command line."""
    group = typer.Typer(help="Check and format packs.", no_args_is_help=True, rich_markup_mode=None)
    group.command("check")(check)
    root.add_typer(group, name="pack")


def check(paths: Folders, output: AsFormat = Format.TEXT) -> int:
    """Say all that is wrong with packs, each fault with its line, and run their examples.

    \b
    rulecore pack check my-pack                 every fault, with the line and what to write instead
    rulecore pack check my-pack their-pack      two packs together
    rulecore pack check my-pack --format json   for an editor or a build
    """
    from rulecore.packs.load import load

    loaded = load(*paths)
    findings = sorted(loaded.findings, key=lambda finding: (finding.span is None, finding.span, finding.code))
    if output is Format.JSON:
        write_json(_report(loaded))
    else:
        show_findings(findings)
        write_lines([_counts(loaded)])
    return ERRORS_FOUND if has_errors(findings) else GOOD


def _counts(loaded: Loaded) -> str:
    packs = ", ".join(f"{pack.name} {pack.version}" for pack in loaded.rules.packs)
    files = counted(len(loaded.sources), "file")
    kept = f"{counted(len(loaded.rules.kinds), 'kind')}, {len(loaded.rules.entries)} entries"
    return f"{packs}: {files}, {kept}; {summary(loaded.findings)}"


def _report(loaded: Loaded) -> dict[str, object]:
    return {
        "packs": {pack.name: pack.version for pack in loaded.rules.packs},
        "hash": loaded.rules.hash,
        "files": len(loaded.sources),
        "entries": len(loaded.rules.entries),
        "findings": [finding.to_json() for finding in loaded.findings],
    }
