"""Names: how they are written, and which known one is nearest to a misspelt one."""

from collections.abc import Iterable


def candidates(name: str, known: Iterable[str]) -> list[str]:
    """Give the known names that are about as long as `name` and share its beginning or its end."""
    margin = max(2, len(name) // 3)
    alike = (name[:1], name[-2:])
    return [each for each in known if abs(len(each) - len(name)) <= margin and (each[:1] == alike[0] or each[-2:] == alike[1])]


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Give the known name that is most like `name`, or none where nothing is alike."""
    from difflib import get_close_matches

    found = get_close_matches(name, candidates(name, known), n=1, cutoff=0.6)
    return found[0] if found else None


def label_of(name: str) -> str:
    """Make a heading of a name: `line_left` becomes `Line left`."""
    return name.replace("_", " ").strip().capitalize()
