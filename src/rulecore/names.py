"""Names: how they are written, and which known one is nearest to a misspelt one."""

import re
from collections.abc import Iterable
from difflib import get_close_matches

NAME = re.compile(r"[a-z_][a-z0-9_]*\Z")


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Give the known name that is most like `name`, or none where nothing is alike."""
    margin = max(2, len(name) // 3)
    near = [each for each in known if abs(len(each) - len(name)) <= margin and (each[:1] == name[:1] or each[-2:] == name[-2:])]
    found = get_close_matches(name, near, n=1, cutoff=0.6)
    return found[0] if found else None


def label_of(name: str) -> str:
    """Make a heading of a name: `line_left` becomes `Line left`."""
    return name.replace("_", " ").strip().capitalize()
