"""Loads packs for test_packs: reads one folder a line, loads it in a process of its own with limits, and prints what came of it.

The process that reads has imported everything already, so that a load costs a fork and no start of Python.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import signal
import sys
import time
from pathlib import Path
from typing import Any

from rulecore.dsl.grammar import parser
from rulecore.errors import PackError
from rulecore.finding import Finding
from rulecore.packs.hooks import plugins
from rulecore.packs.load import load

MEMORY = 512 * 1024 * 1024
PROCESSOR_SECONDS = 5
LONGEST_WAIT = 60


def main() -> None:
    """Answer each line of standard input with a line of JSON."""
    parser()
    plugins(())
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_limited(Path(line.rstrip("\n")))) + "\n")
        sys.stdout.flush()


def _limited(folder: Path) -> dict[str, Any]:
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        _answer(folder, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        signal.signal(signal.SIGALRM, lambda *_: os.kill(child, signal.SIGKILL))
        signal.alarm(LONGEST_WAIT)
        answer = pipe.read()
        _, status, usage = os.wait4(child, 0)
        signal.alarm(0)
    found: dict[str, Any] = json.loads(answer) if answer else {"error": _end(status)}
    return found | {"seconds": usage.ru_utime + usage.ru_stime}


def _end(status: int) -> str:
    if os.WIFSIGNALED(status):
        return f"ended by {signal.Signals(os.WTERMSIG(status)).name}"
    return f"ended with {os.WEXITSTATUS(status)}"


def _answer(folder: Path, writing: int) -> None:
    """Load in the child, and end it."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    try:
        answer = _loaded(folder)
    except BaseException as error:  # noqa: BLE001 - whatever is raised is what the test wants to know
        answer = {"error": f"{type(error).__name__}: {error}"[:500]}
    with contextlib.suppress(BaseException):
        _write(writing, json.dumps(answer).encode())
    os._exit(0)


def _write(writing: int, content: bytes) -> None:
    with os.fdopen(writing, "wb") as pipe:
        pipe.write(content)


def _loaded(folder: Path) -> dict[str, Any]:
    began = time.process_time()
    try:
        loaded = load(folder)
    except PackError as error:
        return {"raised": [finding.code for finding in error.findings], "shown": str(error)}
    return {
        "findings": [_plain(finding, folder) for finding in loaded.findings],
        "load_seconds": time.process_time() - began,
        "shown": "\n".join(map(str, loaded.findings[:20]))[:10_000],
    }


def _plain(finding: Finding, folder: Path) -> dict[str, Any]:
    span = finding.span
    related = [f"{Path(place.file).relative_to(folder)}:{place.line}" for _what, place in finding.related if place.file]
    return {
        "code": finding.code,
        "file": str(Path(span.file).relative_to(folder)) if span is not None else None,
        "line": span.line if span is not None else None,
        "severity": str(finding.severity),
        "related": related,
    }


if __name__ == "__main__":
    main()
