"""Fenced code blocks of Markdown pages, and how they run."""

import doctest
import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Sheets in the docs are shown as a terminal of this width prints them.
COLUMNS = "100"
TIMEOUT = 120

FENCE = re.compile(
    r"^(?P<indent> *)```(?P<language>\w+)?[^\n]*\n(?P<text>.*?)^(?P=indent)```",
    re.MULTILINE | re.DOTALL,
)
COMMAND = re.compile(r"^\$ (?P<command>(?:[^\n]*\\\n)*[^\n]*)\n(?P<output>(?:(?!\$ )[^\n]*(?:\n|\Z))*)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block: what it is written in, its text, and the line of the page where the text begins."""

    language: str
    text: str
    line: int


def blocks(page: str) -> list[Block]:
    """Find the fenced blocks of a page, unindented."""
    return [
        Block(
            match["language"] or "",
            re.sub(rf"^{match['indent']}", "", match["text"], flags=re.MULTILINE),
            page.count("\n", 0, match.start("text")) + 1,
        )
        for match in FENCE.finditer(page)
    ]


def run_page(page: Path, folder: Path) -> None:
    """Run the python and console blocks of a page in order, inside a folder; the python blocks share their names."""
    names: dict[str, Any] = {"__name__": page.stem}
    for block in blocks(page.read_text(encoding="utf-8")):
        if block.language == "python":
            run_python(block, page, names)
        elif block.language == "console":
            run_console(block, page, folder)


def run_python(block: Block, page: Path, names: dict[str, Any]) -> None:
    """Execute a block; one that shows a session (`>>>`) must also give the results shown."""
    if block.text.lstrip().startswith(">>>"):
        check_session(block, page, names)
    else:
        text = "\n" * (block.line - 1) + block.text
        exec(compile(text, str(page), "exec"), names)


def check_session(block: Block, page: Path, names: dict[str, Any]) -> None:
    session = doctest.DocTestParser().get_doctest(block.text, names, page.name, str(page), block.line - 1)
    report: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    runner.run(session, out=report.append, clear_globs=False)
    names.update(session.globs)
    assert runner.failures == 0, "".join(report)


def run_console(block: Block, page: Path, folder: Path) -> None:
    """Run each `$` line that calls the command; where output is shown, it must be what comes out."""
    commands = list(COMMAND.finditer(block.text))
    assert commands, f"{page.name}:{block.line}: a console block without a `$` line"
    for command in commands:
        check_command(command["command"], command["output"], f"{page.name}:{block.line}", folder)


def check_command(command: str, expected: str, place: str, folder: Path) -> None:
    program, *arguments = shlex.split(command.replace("\\\n", " "), comments=True)
    assert program in {"rulecore", "./run"}, f"{place}: {program} does not run here; use ```bash for what is not tested"
    finished = call_rulecore(arguments, folder)
    # Exit code 1 means findings, but Python also gives it to a program that breaks off.
    sound = finished.returncode in {0, 1} and "Traceback (most recent call last)" not in finished.stdout
    assert sound, f"{place}: $ {command}\nexit code {finished.returncode}\n{finished.stdout}"
    if expected.strip():
        assert agrees(finished.stdout, expected), f"{place}: $ {command}\n{finished.stdout}\nis shown as\n{expected}"


def call_rulecore(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-c", "import sys; from rulecore.cli import main; sys.exit(main())"]
    environment = {**os.environ, "COLUMNS": COLUMNS, "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [*program, *arguments],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=TIMEOUT,
        check=False,
    )


def agrees(actual: str, expected: str) -> bool:
    """Compare line by line without trailing spaces; a line `...` in what is expected stands for any lines."""
    pieces = [re.escape(line.rstrip()) for line in expected.strip("\n").splitlines()]
    pattern = "\n".join(r"(?:.*\n)*?.*" if piece == re.escape("...") else piece for piece in pieces)
    shown = "\n".join(line.rstrip() for line in actual.strip("\n").splitlines())
    return re.fullmatch(pattern, shown) is not None
