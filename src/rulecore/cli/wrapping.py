"""Text that people wrote, made safe for a terminal and broken into lines by the room that its characters take."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len, chop_cells

UNPRINTABLE = "\N{REPLACEMENT CHARACTER}"


def printable(text: str) -> str:
    """Give a text in one line, without anything that would command a terminal."""
    return "".join(each if each.isprintable() else UNPRINTABLE for each in " ".join(text.split()))


def folded(text: str, width: int, indent: str = "") -> list[str]:
    """Break a text into lines no wider than `width`; all but the first start with `indent`."""
    lines, line = [], ""
    for word in _words(text, max(1, width - len(indent))):
        joined = f"{line} {word}" if line.strip() else line + word
        if line.strip() and cell_len(joined) > width:
            lines.append(line)
            line = indent + word
        else:
            line = joined
    return [*lines, line]


def _words(text: str, width: int) -> Iterator[str]:
    for word in text.split():
        yield from chop_cells(word, width) if cell_len(word) > width else [word]
