"""The `rulecore` command: data on stdout, findings on stderr, and an exit code that says how it went."""

from __future__ import annotations

from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and give its exit code: 0 good, 1 errors found, 2 misuse, 3 our fault."""
    from rulecore.cli.outcome import run

    return run(arguments)
