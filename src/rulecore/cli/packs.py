"""`rulecore pack`: check the text of packs, write it in the one form, and make one file of packs to ship."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rulecore.cli.console import Format, counted, has_errors, show_findings, summary, write_json, write_lines
from rulecore.cli.opening import AsFormat, read_text, taught
from rulecore.cli.outcome import ERRORS_FOUND, GOOD
from rulecore.errors import PackError
from rulecore.finding import Finding
from rulecore.source import excerpt

if TYPE_CHECKING:
    from rulecore.packs.load import Loaded

Folders = Annotated[
    list[str],
    typer.Argument(metavar="PATH...", help="Pack folders, folders of packs, files with a `pack` line, or ids of packs."),
]
Texts = Annotated[list[Path], typer.Argument(metavar="PATH...", help="Text files, or folders of them.")]
Packs = Annotated[
    list[str] | None,
    typer.Argument(metavar="PACK...", help="Packs by id or folder, with all that they use; without any the standard ones."),
]
Target = Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The file to write; it ends in .rulecore.")]
OnlyCheck = Annotated[bool, typer.Option("--check", help="Change nothing; exit with 1 if something would change.")]


def register(root: typer.Typer) -> None:
    """Add the group to the command line."""
    group = typer.Typer(help="Check, format and compile packs.", no_args_is_help=True, rich_markup_mode=None)
    group.command("check", help=taught(check))(check)
    group.command("fmt", help=taught(fmt))(fmt)
    group.command("compile", help=taught(compile_packs))(compile_packs)
    root.add_typer(group, name="pack")


def check(paths: Folders, output: AsFormat = Format.TEXT) -> int:
    """Say all that is wrong with packs, each fault with its line, and run their examples.

    rulecore pack check my-pack                 every fault, with the line and what to write instead
    rulecore pack check my-pack their-pack      two packs together
    rulecore pack check my-pack --format json   for an editor or a build
    """
    from rulecore.packs.load import load

    loaded = load(*paths)
    findings = [*loaded.findings, *_failed_examples(loaded)]
    findings.sort(key=lambda finding: (finding.span is None, str(finding.span and finding.span.file), finding.span, finding.code))
    if output is Format.JSON:
        write_json(_report(loaded, findings))
    else:
        show_findings(findings)
        write_lines([_counts(loaded, findings)])
    return ERRORS_FOUND if has_errors(findings) else GOOD


def _failed_examples(loaded: Loaded) -> list[Finding]:
    from rulecore.cli.examples import failures

    return [_quoted(finding, loaded) for finding in failures(loaded.examples, loaded.rules)]


def _quoted(finding: Finding, loaded: Loaded) -> Finding:
    source = loaded.sources.get(finding.span.file) if finding.span is not None else None
    return finding if source is None or finding.span is None else replace(finding, excerpt=excerpt(source, finding.span))


def _counts(loaded: Loaded, findings: list[Finding]) -> str:
    packs = ", ".join(f"{pack.name} {pack.version}" for pack in loaded.rules.packs)
    parts = [
        counted(len(loaded.sources), "file"),
        f"{len(loaded.rules.entries)} entries",
        counted(len(loaded.examples), "example"),
    ]
    return f"{packs}: {', '.join(parts)}; {summary(findings)}"


def _report(loaded: Loaded, findings: list[Finding]) -> dict[str, Any]:
    return {
        "packs": {pack.name: pack.version for pack in loaded.rules.packs},
        "hash": loaded.rules.hash,
        "files": len(loaded.sources),
        "entries": len(loaded.rules.entries),
        "examples": len(loaded.examples),
        "findings": [finding.to_json() for finding in findings],
    }


def fmt(paths: Texts, only_check: OnlyCheck = False) -> int:
    """Write pack files in the one form: two spaces for each indentation, one between words; comments stay where they are.

    rulecore pack fmt my-pack                   every file of a folder
    rulecore pack fmt my-pack --check           only say which files would change
    """
    from rulecore.dsl.format import format_source
    from rulecore.packs.registry import files_of

    missing = [path for path in paths if not path.exists()]
    if missing:
        raise PackError(
            "nothing was changed", [Finding("file.missing", f"there is no {path}", found=str(path)) for path in missing]
        )
    changed = []
    for path in (each for given in paths for each in (files_of(given) if given.is_dir() else [given])):
        text = read_text(path)
        formatted = format_source(text, str(path))
        if formatted != text:
            changed.append(path)
            if not only_check:
                path.write_text(formatted, encoding="utf-8", newline="")
    word = "would change" if only_check else "changed"
    write_lines([*(f"{word}: {path}" for path in changed), f"{counted(len(changed), 'file')} {word}"])
    return ERRORS_FOUND if changed and only_check else GOOD


def compile_packs(output: Target, packs: Packs = None) -> int:
    """Make one file of packs, which loads at once, to ship with a program.

    It is read by the version of rulecore and of Python that wrote it, and by no other. Packs with errors are not compiled.

    rulecore pack compile -o standard.rulecore          the standard packs
    rulecore pack compile my-pack -o mine.rulecore      a pack with all that it uses
    rulecore sheet hero.json --pack mine.rulecore       the file takes the place of packs
    """
    from rulecore.packs.compiled import SUFFIX
    from rulecore.packs.load import load
    from rulecore.packs.shipped import write_shipped

    if output.suffix != SUFFIX:
        raise typer.BadParameter(f"a compiled ruleset ends in {SUFFIX}: {output.with_suffix(SUFFIX)}")
    loaded = load(*packs or (), portable=True)
    show_findings(loaded.findings)
    if has_errors(loaded.findings):
        return ERRORS_FOUND
    write_shipped(output, loaded.rules)
    write_lines([f"{output}: {_counts(loaded, list(loaded.findings))}"])
    return GOOD
