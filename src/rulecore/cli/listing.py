"""A list with room on the screen, page by page, since hundreds may be on offer: each is judged when it is shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rulecore.cli.questions import columns, numbered_lines
from rulecore.cli.wrapping import folded, printable
from rulecore.derive.asking import OpenList
from rulecore.derive.options import Offered
from rulecore.formula.scalar import evaluate

if TYPE_CHECKING:
    from rich.text import Text

    from rulecore.model.entry import Entry

PAGE = 45
"""How many are shown at a time."""
ORDERS = "In lists: /PART (search by a part of the name), more (the next page), drop NAME; an empty line when done."


class Listing:
    """What a list offers, numbered, and how far it has been shown."""

    def __init__(self, choice: OpenList) -> None:
        """Put it in order: by the first number that is shown of each, then by name."""
        self.question = choice
        told = {entry: _told(choice, entry) for entry in choice.entries.values()}
        ordered = sorted(told, key=lambda entry: (told[entry][0], entry.label))
        self.options = [Offered(entry.name, entry.label) for entry in ordered]
        self._details = {entry.name: told[entry][1] for entry in ordered}
        self._shown = 0

    def heading(self, width: int) -> Iterator[Text]:
        """Give the lines that say how far the list is."""
        from rich.text import Text

        choice = self.question
        told = f": {choice.held} of {choice.most}" if choice.most or choice.held else ""
        yield Text.assemble((choice.label, "bold cyan"), told, (f"  {choice.id}", "dim"))
        if choice.picked:
            labels = ", ".join(choice.label_of(name) for name in choice.picked)
            yield Text("  " + "\n".join(folded(f"there: {printable(labels)}", width - 2, "  ")), style="dim")

    def page(self, width: int) -> Iterator[Any]:
        """Give the next page, from the start again after the last one; what may not be taken now is left out."""
        from rich.text import Text

        start = self._shown if self._shown < len(self.options) else 0
        lines = []
        for number, option in enumerate(self.options[start:], start + 1):
            self._shown = number
            if self.question.why_not(option.id) is None:
                lines.append(self._line(number, option))
                if len(lines) == PAGE:
                    break
        yield from (Text(f"  {line}") for line in columns(lines, width - 2))
        if not lines:
            yield Text("  nothing more may be taken now", style="dim")
        elif self._shown < len(self.options):
            yield Text(f"  and up to {len(self.options) - self._shown} more: more", style="dim")

    def found(self, part: str, width: int) -> Iterator[Any]:
        """Give what has a text in its name or in what is told of it."""
        texts = [f"{option.label}{self._details[option.id]}" for option in self.options]
        return numbered_lines(self.options, texts, part, width)

    def _line(self, number: int, option: Offered) -> str:
        column = len(str(len(self.options)))
        return f"{number:>{column}} {printable(option.label)}{self._details[option.id]}"


def _told(choice: OpenList, entry: Entry) -> tuple[tuple[int, ...], str]:
    """Give what is shown of a candidate: the first number, to order by, and all of it in words."""
    from rulecore.cli.cells import cell
    from rulecore.cli.view import pairs

    scope = choice.scope(entry)
    values = [evaluate(column.value, scope) for column in choice.asked.shown]
    cells = [cell(value, column.value.type) for value, column in zip(values, choice.asked.shown, strict=True)]
    words = [f"{each.label} {each.text}".strip() for each in pairs([column.label for column in choice.asked.shown], cells)]
    first = values[0] if values and isinstance(values[0], int) else 0
    return (int(first),), f" ({printable(', '.join(words))})" if words else ""
