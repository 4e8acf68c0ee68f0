"""Tables in Markdown, and the page of the documentation that holds them."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.contestants.contestant import Absent
from benchmarks.contestants.node import node_version
from benchmarks.harness import Spread

_PROCESSORS = Path("/proc/cpuinfo")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table; all columns but the first hold numbers."""
    lines = [head, ["---", *["--:"] * (len(head) - 1)], *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def microseconds(cost: Spread) -> str:
    """Write a time, with three digits that count."""
    value = cost.median / 1000
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def times(ratio: Spread) -> str:
    """Write a ratio with its quartiles."""
    digits = 0 if ratio.median >= 100 else 1 if ratio.median >= 10 else 2
    return f"{ratio.median:,.{digits}f} ({ratio.lower:,.{digits}f}-{ratio.upper:,.{digits}f})"


def machine() -> str:
    """Say on what the numbers were measured: processor, versions and day, nothing that tells whose machine it was."""
    try:
        node = f", node {node_version().removeprefix('v')}"
    except Absent:
        node = ""
    day = datetime.now(UTC).date().isoformat()
    return f"{_processor()}, {platform.system()}, Python {platform.python_version()}{node}, {day}"


def _processor() -> str:
    if _PROCESSORS.exists():
        for line in _PROCESSORS.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def put(page: Path, section: str, text: str) -> None:
    """Replace what stands between the two markers of a section."""
    start, end = f"<!-- {section} -->\n", f"<!-- end of {section} -->\n"
    before, marker, rest = page.read_text(encoding="utf-8").partition(start)
    _old, closing, after = rest.partition(end)
    if not marker or not closing:
        raise ValueError(f"{page.name} has no section {section!r}")
    page.write_text(before + start + text + end + after, encoding="utf-8")
