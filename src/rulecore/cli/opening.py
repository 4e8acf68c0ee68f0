"""From the words of a command line to a ruleset and a sheet."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from inspect import getdoc
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rulecore.cli.console import Format, counted
from rulecore.errors import DocumentError, FieldError
from rulecore.finding import Finding, Severity

if TYPE_CHECKING:
    from rulecore.character import Character
    from rulecore.ruleset import Ruleset

File = Annotated[
    str, typer.Argument(metavar="FILE", help="A document, `-` for stdin, or KIND.NAME for an entry that has a sheet of its own.")
]
Packs = Annotated[
    list[str],
    typer.Option("--pack", metavar="NAME", help="A pack by id or folder, as often as needed; without it the standard ones."),
]
AsFormat = Annotated[Format, typer.Option("--format", help="Text for people or JSON for programs.")]
KindOption = Annotated[str | None, typer.Option("--kind", metavar="ENTITY", help="What the document is about.")]


def taught(command: Callable[..., int]) -> str:
    """Give the help of a command: its docstring, with the paragraphs that are examples kept line by line."""
    paragraphs = (getdoc(command) or "").split("\n\n")
    return "\n\n".join(f"\b\n{each}" if "rulecore " in each.partition("\n")[0] else each for each in paragraphs)


def open_rules(packs: Sequence[str]) -> Ruleset:
    """Load the packs asked for, and say in a line if they have errors."""
    from rulecore.ruleset import load_ruleset

    rules = load_ruleset(*packs)
    errors = sum(finding.severity is Severity.ERROR for finding in rules.findings)
    if errors:
        folders = " ".join(pack.path for pack in rules.packs)
        sys.stderr.write(f"rulecore: the packs have {counted(errors, 'error')}: rulecore pack check {folders}\n")
    return rules


def open_sheet(file: str, packs: Sequence[str]) -> Character:
    """Derive what FILE names: a document, or an entry of the packs."""
    if file == "-":
        text = sys.stdin.buffer.read()
        return open_rules(packs).character(text)
    path = Path(file)
    if path.is_file():
        return open_rules(packs).character(path)
    rules = open_rules(packs)
    kind, dot, name = file.partition(".")
    if dot and kind in rules.kinds:
        return rules.entity(kind, name)
    raise FieldError(f"there is no file {file!r}, and no entry of that name")


def read_text(path: Path) -> str:
    """Read a text file, or say why not."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        finding = Finding("file.unreadable", f"this cannot be read: {error}", pointer=str(path))
        raise DocumentError("a file cannot be read", [finding]) from error
