"""Where a text stands: files and spans, and the excerpt with a caret that every message shows."""

from functools import lru_cache
from os import PathLike

from rulecore.dataclass import dataclass

LARGEST_FILE = 2_000_000


@lru_cache(maxsize=16)
def _lines(text: str) -> list[str]:
    return text.splitlines()


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One text file of a pack: the name shown to people, and its text."""

    name: str
    text: str

    def line(self, number: int) -> str:
        """Give line `number`, counted from 1; empty beyond the end."""
        lines = _lines(self.text)
        return lines[number - 1] if 0 < number <= len(lines) else ""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of one line of one file; lines and columns count from 1."""

    file: str
    line: int
    column: int
    length: int = 1

    def __str__(self) -> str:
        """Show the place as editors and compilers write it."""
        return f"{self.file}:{self.line}:{self.column}"


NOWHERE = Span("", 0, 0, 0)


def read_content(path: PathLike[str] | str) -> bytes:
    """Read a file; of one that is too long, a byte more than it may have."""
    with open(path, "rb") as file:  # noqa: PTH123 - a start needs no pathlib
        return file.read(LARGEST_FILE + 1)


def excerpt(source: SourceFile, span: Span) -> str:
    """Show the line of a span with carets under the stretch."""
    number = f"{span.line:>4} | "
    line = source.line(span.line).replace("\t", " ")
    carets = " " * (span.column - 1) + "^" * max(1, min(span.length, len(line) - span.column + 2))
    return f"{number}{line}\n{' ' * len(number)}{carets}"
