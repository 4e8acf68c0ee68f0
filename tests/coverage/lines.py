"""Lines of packs by the way that leads to them: `srd-2024/feats.brew > feat alert > set initiative`.

The first step is the file; each further one begins a line, at some depth below the one before. A way leads to one line.
"""

from dataclasses import dataclass
from pathlib import Path

PACKS = Path(__file__).parents[2] / "packs"


class Astray(ValueError):
    """A way that leads to no line, or to several."""


@dataclass(frozen=True)
class Line:
    """A line of a file, from 0, and the first line after all that stands below it."""

    file: str
    number: int
    end: int


def line_at(way: str, packs: Path = PACKS) -> Line:
    """Follow a way; raises Astray."""
    file, *steps = (step.strip() for step in way.split(" > "))
    path = packs / file
    if not path.is_file() or not steps:
        raise Astray(f"{way}: write FILE > LINE > LINE, with a file below packs/")
    texts = path.read_text(encoding="utf-8").splitlines()
    places = [(-1, len(texts))]
    for step in steps:
        places = list(dict.fromkeys(found for place in places for found in _below(texts, place, step)))
        if not places:
            raise Astray(f"{way}: no line begins with `{step}` there")
    if len(places) > 1:
        raise Astray(f"{way}: that are lines {', '.join(str(number + 1) for number, _ in places)}; write more of it")
    return Line(file, *places[0])


def _below(texts: list[str], place: tuple[int, int], step: str) -> list[tuple[int, int]]:
    """Give the lines below a place that begin with a step; those that are exactly that, if there are any."""
    inside = range(place[0] + 1, place[1])
    top = place[0] < 0
    found = [n for n in inside if texts[n].strip().startswith(step) and not (top and texts[n].startswith(" "))]
    exact = [n for n in found if texts[n].strip() == step]
    return [(n, block_end(texts, n)) for n in exact or found]


def block_end(texts: list[str], number: int) -> int:
    """Give the first line after a line and all that is indented below it."""
    depth = _depth(texts[number])
    end = number + 1
    while end < len(texts) and (not texts[end].strip() or _depth(texts[end]) > depth):
        end += 1
    return end


def _depth(text: str) -> int:
    return len(text) - len(text.lstrip())


def without(texts: list[str], line: Line) -> str:
    """Give the text of a file without a line and all below it."""
    return "\n".join([*texts[: line.number], *texts[line.end :]]) + "\n"
