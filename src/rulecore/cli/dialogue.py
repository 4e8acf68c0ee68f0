"""A dialogue on stdin and stderr, so that stdout has nothing but data; it needs no terminal."""

from __future__ import annotations

import sys
from typing import Any

from rulecore.cli.console import console

PROMPT = "> "


class Stopped(Exception):
    """The person has had enough, or the input has come to its end."""


class Dialogue:
    """Tells lines and reads lines."""

    def __init__(self) -> None:
        """Use the streams as they are now."""
        self._target = console(errors=True)
        self.width = self._target.width
        reconfigure = getattr(sys.stdin, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")

    def tell(self, line: Any = "", style: str = "") -> None:
        """Write a line."""
        self._target.print(line, style=style or None, soft_wrap=True)

    def read(self) -> str:
        """Read a line; Stopped where there is none."""
        from rulecore.cli.wrapping import printable

        self._target.print(PROMPT, style="bold", end="", soft_wrap=True)
        sys.stderr.flush()
        # Who starts a program can close its input, and then there is no stream at all.
        line = "" if sys.stdin is None else sys.stdin.readline()
        if not line:
            self.tell()
            raise Stopped
        text = printable(line)
        if not sys.stdin.isatty():
            # What comes from a pipe is seen by nobody else.
            self.tell(text)
        return text
