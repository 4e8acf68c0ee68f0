"""From text to tree: a file is read, looked through, parsed as a whole, and line by line where that is refused."""

from __future__ import annotations

from pathlib import Path

from rulecore.dsl import ast
from rulecore.dsl.build_lines import Builder
from rulecore.dsl.faults import Faults
from rulecore.dsl.grammar import try_parse
from rulecore.dsl.recover import recover, too_deep, warn_of_empty_blocks
from rulecore.dsl.scan import LONGEST_LINE, MOST_LINES, UNREADABLE, scan
from rulecore.finding import Finding
from rulecore.source import LARGEST_FILE, SourceFile, Span, read_content

_CONTROL = frozenset(
    [
        *range(9),
        *range(11, 32),
        *range(127, 160),
        0x2028,
        0x2029,
        0xFEFF,
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
        *range(0xD800, 0xE000),
    ]
)
_CONTROL_SIGNS = dict.fromkeys(_CONTROL, UNREADABLE)


def read_source(path: Path | str, content: bytes | None = None) -> SourceFile | Finding:
    """Read a file of a pack as text, or say why it cannot be read; `content` is what was read of it already."""
    name = str(path)
    place = Span(name, 1, 1)
    if content is None:
        try:
            if not Path(path).is_file():
                Path(path).stat()
                return Finding("syntax.unreadable", "this is not a file", span=place)
            content = read_content(path)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            return Finding("syntax.unreadable", f"the file cannot be read: {reason}", span=place)
    if len(content) > LARGEST_FILE:
        return _too_large(name)
    try:
        return SourceFile(name, content.decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line, column = before.count(b"\n") + 1, len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        return Finding(
            "syntax.encoding",
            f"the file is not UTF-8: byte {content[error.start]:#04x} stands where a character belongs",
            span=Span(name, line, column),
            hint="store the file as UTF-8",
        )


def parse(source: SourceFile) -> tuple[ast.File, tuple[Finding, ...]]:
    """Parse a file; of one with faults, give all of them, and the lines that have none."""
    nothing = ast.File(source.name, ())
    if len(source.text) > LARGEST_FILE:
        return nothing, (_too_large(source.name),)
    written = source.text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}").replace("\r\n", "\n")
    text = written.translate(_CONTROL_SIGNS)
    shown = SourceFile(source.name, text)
    faults = Faults(shown)
    if _too_long(text, faults):
        return nothing, faults.all()
    first = scan(text, faults)
    if text == written and not faults and not too_deep(text, first):
        tree = try_parse(text)
        if tree is not None:
            file = Builder(source.name, text.split("\n"), faults).file(tree)
            warn_of_empty_blocks(file, faults)
            return file, faults.all()
    faults = Faults(shown)
    _find_control_signs(written, faults)
    return recover(source.name, text, faults), faults.all()


def _too_large(name: str) -> Finding:
    return Finding(
        "syntax.too_large",
        f"the file is larger than {LARGEST_FILE // 1_000_000} MB",
        span=Span(name, 1, 1),
        hint="divide it: a pack may have many files",
    )


def _too_long(text: str, faults: Faults) -> bool:
    """Tell whether a text has too many lines, or lines without end."""
    lines = text.split("\n")
    if len(lines) > MOST_LINES:
        faults.add(
            "syntax.too_long",
            MOST_LINES + 1,
            1,
            1,
            f"the file has {len(lines)} lines, more than {MOST_LINES}",
            hint="divide it: a pack may have many files",
        )
        return True
    for number, line in enumerate(lines, 1):
        if len(line) > LONGEST_LINE:
            faults.add(
                "syntax.line_too_long", number, 1, 1, f"the line has {len(line)} signs, more than {LONGEST_LINE}", quoted=False
            )
    return bool(faults)


def _find_control_signs(text: str, faults: Faults) -> None:
    """Find signs that no text has, or that make it look other than it is: the first of each line."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.isascii() and line.isprintable():
            continue
        for column, sign in enumerate(line, 1):
            if ord(sign) in _CONTROL:
                faults.add(
                    "syntax.control", number, column, 1, f"the sign U+{ord(sign):04X} cannot stand in a text", hint="remove it"
                )
                break
