"""`rulecore validate`: what is wrong with a document, a recipe or a sheet, and its repair; one file, or a line of JSON each."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rulecore.cli.console import show_notes, write_json, write_lines
from rulecore.cli.opening import Packs, open_rules, taught
from rulecore.cli.outcome import ERRORS_FOUND, GOOD
from rulecore.errors import FieldError
from rulecore.finding import Safety

if TYPE_CHECKING:
    from rulecore.validation import Report


class Output(StrEnum):
    """What a report is written as."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    MARKDOWN = "markdown"
    LLM = "llm"


def register(root: typer.Typer) -> None:
    """Add the command."""
    root.command("validate", help=taught(validate))(validate)


def validate(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A document, recipe or sheet in any shape; `-` for stdin.")],
    *,
    fix: Annotated[
        Safety | None, typer.Option("--fix", help="Make the repairs that are at least as sure, and print what comes of it.")
    ] = None,
    output: Annotated[Output, typer.Option("--format", help="How the report is written.")] = Output.TEXT,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="FILE has one document a line; the report has one line for each.")
    ] = False,
    jobs: Annotated[
        int | None, typer.Option("--jobs", min=1, help="How many processes judge lines; all cores by default.")
    ] = None,
    tokens: Annotated[int, typer.Option("--max-tokens", min=50, help="How long `--format llm` may be.")] = 1200,
    pack: Packs = [],  # noqa: B006 - typer copies it
) -> int:
    """Say what is wrong with what a person or a model has written, where and why, and how it is repaired.

    rulecore validate hero.json                              for people
    rulecore validate hero.json --fix certain > fixed.json   make the repairs that have one right answer
    rulecore validate hero.json --format llm                 what a model needs to repair it
    rulecore validate sheets.jsonl --jsonl > reports.jsonl   thousands, on all cores

    Exit code 1: there are errors.
    """
    if jsonl:
        from rulecore.cli.many import validate_lines

        return validate_lines(_lines(file), pack, fix, jobs)
    from rulecore.validation import validate as judged

    rules = open_rules(pack)
    report = judged(sys.stdin.buffer.read() if file == "-" else _path(file), rules)
    if fix is None:
        _write(report, output, tokens, file)
        return GOOD if report.ok else ERRORS_FOUND
    fixed = report.fixed(fix)
    if output is Output.TEXT:
        write_json(fixed.data)
        show_notes(fixed.findings)
    else:
        _write(fixed, output, tokens, file)
    return GOOD if fixed.ok else ERRORS_FOUND


def _path(file: str) -> Path:
    path = Path(file)
    if not path.is_file():
        raise FieldError(f"there is no file {file!r}")
    return path


def _lines(file: str) -> list[bytes]:
    content = sys.stdin.buffer.read() if file == "-" else _path(file).read_bytes()
    return [line for line in content.splitlines() if line.strip()]


def _write(report: Report, output: Output, tokens: int, file: str) -> None:
    match output:
        case Output.JSON:
            write_json(report.to_json())
        case Output.SARIF:
            write_json(report.to_sarif(file))
        case Output.MARKDOWN:
            write_lines([report.to_markdown().rstrip()])
        case Output.LLM:
            write_lines([report.to_llm(tokens)])
        case Output.TEXT:
            from rulecore.cli.verdict import write_verdict

            write_verdict(report)
