"""How a run ends: what each exception means to the person at the keyboard, and the exit code that a program reads."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from typing import Any

from rulecore.errors import DocumentError, RulecoreError
from rulecore.version import VERSION

GOOD = 0
ERRORS_FOUND = 1
MISUSE = 2
OUR_FAULT = 3
INTERRUPTED = 130

_DEEPEST_REPORT = -6


def run(arguments: Sequence[str] | None) -> int:
    """Run the command line and give the exit code; nothing but a finished report leaves by another way."""
    _set_up_streams()
    try:
        code = _invoke(list(sys.argv[1:] if arguments is None else arguments))
        sys.stdout.flush()
    except BrokenPipeError:
        return _closed_pipe()
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


def _invoke(arguments: list[str]) -> int:
    from rulecore.cli.application import application

    command = application()
    try:
        with command.make_context("rulecore", arguments) as context:
            result: Any = command.invoke(context)
    except (BrokenPipeError, KeyboardInterrupt):
        raise
    except RulecoreError as error:
        return _failed(error)
    except Exception as error:  # noqa: BLE001 - the last place where a fault can become a report
        return _ended(error)
    return result if isinstance(result, int) else GOOD


def _failed(error: RulecoreError) -> int:
    """Show what rulecore has refused: a document that cannot be read is a finding, all else was asked for wrongly."""
    from rulecore.cli.console import show_findings

    if not error.findings:
        sys.stderr.write(f"rulecore: {error}\n")
    show_findings(error.findings)
    return ERRORS_FOUND if isinstance(error, DocumentError) else MISUSE


def _ended(error: Exception) -> int:
    """Tell a wrong use of the command, which the parser raises, from a fault of ours."""
    code = getattr(error, "exit_code", None)
    if not isinstance(code, int):
        return _our_fault(error)
    message = getattr(error, "format_message", None)
    if message is None:
        return code
    text = str(message())
    if text.startswith("Usage:"):
        sys.stderr.write(text + "\n")
    elif text:
        context = getattr(error, "ctx", None)
        path = "rulecore" if context is None else context.command_path
        sys.stderr.write(f"rulecore: {text}\nTry `{path} --help` for examples.\n")
    return MISUSE


def _our_fault(error: Exception) -> int:
    places = traceback.extract_tb(error.__traceback__)[_DEEPEST_REPORT:]
    where = "\n".join(f"  {place.filename}:{place.lineno} in {place.name}" for place in places)
    sys.stderr.write(
        "rulecore: this is a fault of rulecore, not of yours. Nothing was changed.\n"
        "Please report it, with these lines, the command and the file it read:\n\n"
        f"  {type(error).__name__}: {error}\n{where}\n"
        f"  rulecore {VERSION}, Python {sys.version.split()[0]}, {sys.platform}\n"
    )
    return OUR_FAULT


def _set_up_streams() -> None:
    """See to it that no character and no terminal can break the output."""
    for stream, errors in ((sys.stdout, "replace"), (sys.stderr, "backslashreplace")):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors=errors)


def _closed_pipe() -> int:
    """Whoever read the output has seen enough: leave quietly."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            os.dup2(nowhere, stream.fileno())
        except (OSError, ValueError):
            continue
    return GOOD
