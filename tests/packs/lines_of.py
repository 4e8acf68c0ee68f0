"""The lines of packs as a tree: under which heading of the book each stands, and from which level on it is in force."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from rulecore.dsl import ast
from rulecore.dsl.parse import parse, read_source
from rulecore.dsl.write import head
from rulecore.source import SourceFile

SRD = Path(__file__).parents[2] / "packs" / "srd-2024"
CORE = SRD.parent / "core-2024"
LABEL = re.compile(r'"([^"]*)"')
CARDS = {"action", "bonus_action", "reaction", "card"}
OCCASIONS = {"on", "event", *CARDS}
CHANGE = re.compile(r"change (?:every )?(?P<target>[\w.]+?)(?:\.spent)?(?: where .+)? (?P<value>(?:to|by) .+?)(?: when .+)?$")


@dataclass(frozen=True)
class Line:
    """One line in the one form, and what stands below it.

    `level` is the greatest number of an `at` around it, 1 without; `headings` those that the nearest `cite` names, of an
    entry alone none; `option` is the option in which it stands, `occasion` the event, hook or card,
    and `card` the word of the card.
    """

    text: str
    level: int
    headings: tuple[str, ...]
    option: str
    occasion: str
    card: str
    below: tuple[Line, ...]

    @property
    def word(self) -> str:
        return self.text.split(" ", 1)[0]

    @property
    def name(self) -> str:
        """What the line declares: `rage` of `resource rage "Rage"`."""
        return self.text.split(" ", 2)[1]

    @property
    def label(self) -> str:
        """The first words in quotes, none where there are none."""
        found = LABEL.search(self.text)
        return found[1] if found else ""

    def all(self) -> Iterator[Line]:
        """The line and all below it, in the order of the text."""
        yield self
        for line in self.below:
            yield from line.all()

    def written(self) -> str:
        """The line and all below it as one text."""
        return "\n".join(line.text for line in self.all())


@cache
def entries() -> dict[str, Line]:
    """The lines of each entry of the pack, by `kind.name`, with all below them; what core adds to a character as `character`."""
    found: dict[str, Line] = {}
    for path in sorted(SRD.rglob("*.brew")):
        for statement in _statements(path):
            if isinstance(statement, ast.OpenLine):
                line = _line(statement, Line("", 1, (), "", "", "", ()))
                found[f"{line.word}.{line.name}"] = line
    [extended] = [each for each in _statements(CORE / "events.brew") if isinstance(each, ast.Patch)]
    return found | {"character": _line(extended, Line("", 1, (), "", "", "", ()))}


def _statements(path: Path) -> tuple[ast.Statement, ...]:
    source = read_source(path)
    assert isinstance(source, SourceFile), source
    return parse(source)[0].statements


def _line(statement: ast.Statement, above: Line) -> Line:
    body: tuple[ast.Statement, ...] = getattr(statement, "body", ())
    cited = [each.text for each in body if isinstance(each, ast.Cite)]
    text = head(statement)
    line = replace(above, text=text, headings=_headings(cited[0]) if cited else above.headings)
    if isinstance(statement, ast.At):
        line = replace(line, level=max(above.level, statement.numbers[0]))
    if isinstance(statement, ast.Option):
        line = replace(line, option=statement.name)
    if line.word in OCCASIONS:
        line = replace(line, occasion=line.name, card=line.word if line.word in CARDS else line.card)
    return replace(line, below=tuple(_line(each, line) for each in body if not isinstance(each, ast.Cite)))


def _headings(citation: str) -> tuple[str, ...]:
    """`SRD 5.2.1, Classes: Monk, Deflect Attacks; Deflect Energy` names two; the subclass around them is left out."""
    parts = citation.split(", ")
    return tuple(parts[-1].split("; ")) if len(parts) > 2 else ()


def regained(lines: Iterable[Line], pool: str, level: int) -> dict[str, str]:
    """What comes back of a pool, by the event, hook or card that gives it: all, a number, or the formula as it is written.

    This reads the lines; what plays events may take its place.
    """
    found: dict[str, str] = {}
    for line in lines:
        if line.level > level:
            continue
        if line.word == "resource" and line.name == pool:
            found |= dict(_own(each.text) for each in line.below if each.word in {"refill", "regain"})
        back = given_by(line)
        if back is not None and back[0] == pool:
            found[line.occasion] = back[1]
    return found


def given_by(line: Line) -> tuple[str, str] | None:
    """The pool and how much of it a `change` gives back, none where it gives nothing back."""
    change = CHANGE.fullmatch(line.text)
    if change is None or not change["value"].startswith(("to ", "by -")):
        return None
    return change["target"].rpartition(".")[2], _amount(change["value"])


def _own(text: str) -> tuple[str, str]:
    """`regain 1 on short_rest` in the pool itself."""
    amount, _, rest = text.removeprefix("regain ").partition(" on ")
    return rest.split(" ")[0], "all" if amount == "refill" else amount


def _amount(value: str) -> str:
    """`by -lowest(spent, 4)` gives 4 back, `by -1` gives 1."""
    if value == "to 0":
        return "all"
    capped = re.fullmatch(r"by -lowest\([\w.]+, (.+)\)", value)
    return capped[1] if capped else value.removeprefix("by -")


def begun(lines: Iterable[Line]) -> list[Line]:
    """The lines of the lasting effects that some lines begin."""
    names = [found[1] for line in lines if (found := re.match(r"(?:begin|insert) (\w+)(?: into effects)?$", line.text))]
    return [below for name in names for below in entries()[f"lasting_effect.{name}"].all()]


WORDS = {"an hour": "1 hour", "one": "1", "two": "2", "three": "3", "five": "5", "ten": "10", "thirty": "30"}


def plain(text: str) -> str:
    """A text in small letters with numbers as digits and feet as `ft`, so that the facts can be looked for in it."""
    small = re.sub(r"[- ](?:foot|feet)\b", " ft", text.lower())
    return re.sub(rf"\b({'|'.join(WORDS)})\b", lambda found: WORDS[found[1]], small)
