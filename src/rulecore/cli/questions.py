"""One question on the screen: what is on offer, and which option an answer means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from rulecore.cli.given import split_names
from rulecore.cli.wrapping import printable
from rulecore.derive.asking import OpenList
from rulecore.derive.options import ELEMENT, Offered, OpenChoice
from rulecore.names import nearest

if TYPE_CHECKING:
    from rich.text import Text

BETWEEN_COLUMNS = 3
LONGEST_LIST = 9
MOST_NAMED = 6


class Unfit(Exception):
    """An answer that cannot be taken; the text says what was expected."""


def on_offer(choice: OpenChoice) -> list[Offered]:
    """Give the options in the order in which they are shown: of a sequence, the one that was added last comes first."""
    last = choice.picked[-1] if choice.form == ELEMENT and choice.picked else None
    return sorted(choice.options, key=lambda option: option.id != last)


class Posed:
    """A choice on the screen: what is asked, what may be taken, and what may not and why."""

    def __init__(self, question: OpenChoice, options: Sequence[Offered]) -> None:
        """Show the options in the order in which they are given."""
        self.question, self.options = question, options

    def heading(self, width: int) -> Iterator[Text]:
        """Give the lines of the question."""
        from rich.text import Text

        choice, options = self.question, self.options
        yield Text.assemble((choice.label, "bold cyan"), f": {_wanted(choice, options)}", (f"  {choice.id}", "dim"))
        column = len(str(len(options)))
        numbered = [(f"{number:>{column}}", option) for number, option in enumerate(options, 1)]
        legal = [f"{number} {_name(option, options)}" for number, option in numbered if option.legal]
        yield from (Text(f"  {line}") for line in columns(legal, width - BETWEEN_COLUMNS))
        reasons: dict[str, list[str]] = {}
        for number, option in numbered:
            # What the question names as chosen needs no reason.
            if option.why_not is not None and option.id not in choice.picked:
                reasons.setdefault(option.why_not, []).append(f"{number.strip()} {_name(option, options)}")
        for reason, names in reasons.items():
            yield Text(f"  (not now: {', '.join(names)}: {printable(reason)})", style="dim")

    def found(self, part: str, width: int) -> Iterator[Text]:
        """Give the options that have a text in their names."""
        return numbered_lines(self.options, [option.label for option in self.options], part, width)


def _wanted(choice: OpenChoice, options: Sequence[Offered]) -> str:
    if choice.form == ELEMENT:
        return f"one more, {len(choice.picked)} so far; an empty line when that is all" if choice.picked else "one to add"
    more = " more" if choice.picked else ""
    labels = {option.id: option.label for option in options}
    chosen = ", ".join(labels.get(name.partition("#")[0], name) for name in choice.picked)
    return f"choose {choice.missing}{more}{f', beside {chosen}' if chosen else ''}"


def _name(option: Offered, options: Sequence[Offered]) -> str:
    alike = sum(each.label == option.label for each in options) > 1
    return printable(f"{option.label} [{option.id}]" if alike or not option.label else option.label)


def columns(texts: Sequence[str], width: int) -> list[str]:
    """Set a long list in columns, to be read downwards."""
    if len(texts) <= LONGEST_LIST:
        return list(texts)
    from rich.cells import cell_len

    lengths = [cell_len(text) for text in texts]
    for number in range(min(len(texts), max(1, width // BETWEEN_COLUMNS)), 0, -1):
        rows = -(-len(texts) // number)
        each = [max(lengths[start : start + rows]) + BETWEEN_COLUMNS for start in range(0, len(texts), rows)]
        if sum(each) - BETWEEN_COLUMNS <= width or number == 1:
            break
    padded = [text + " " * (each[place // rows] - lengths[place]) for place, text in enumerate(texts)]
    return ["".join(padded[row::rows]).rstrip() for row in range(rows)]


def fitting(text: str, options: Sequence[Offered]) -> Offered:
    """Give the option that a number, an id, a label or the beginning of one means; Unfit says what is nearest."""
    if text.isdecimal() and 0 < int(text[:9]) <= len(options):
        return options[int(text[:9]) - 1]
    wanted = plain(text)
    for alike in (str.__eq__, str.startswith):
        found = [option for option in options if wanted and any(alike(name, wanted) for name in _names(option))]
        if len(found) == 1:
            return found[0]
        if found:
            labels = ", ".join(option.label for option in found[:MOST_NAMED])
            raise Unfit(f"{text!r} may be {labels}{' ...' if len(found) > MOST_NAMED else ''}")
    names: dict[str, Any] = {name: option for option in options for name in _names(option)}
    near = nearest(wanted, names)
    hint = f"; did you mean {names[near].label}?" if near else ""
    raise Unfit(f"{text!r} is none of these: a number from 1 to {len(options)} or a name is expected{hint}")


def several(text: str, options: Sequence[Offered]) -> list[Offered]:
    """Give the options that an answer means; a name may have a comma in it."""
    try:
        return [fitting(text, options)] if text else []
    except Unfit:
        names = text.split() if text.replace(" ", "").isdecimal() else split_names(text)
        if names in ([], [text]):
            raise
    return [fitting(name, options) for name in names]


def numbered_lines(options: Sequence[Offered], texts: Sequence[str], part: str, width: int) -> Iterator[Text]:
    """Give the options in whose text a part stands, with their numbers; Unfit says that there is none."""
    from rich.text import Text

    wanted, column = plain(part), len(str(len(options)))
    numbered = enumerate(texts, 1)
    found = [f"{number:>{column}} {printable(text)}" for number, text in numbered if wanted in plain(text)]
    if not found or not wanted:
        raise Unfit(f"nothing on offer has {part!r} in it")
    return (Text(f"  {line}") for line in columns(found, width - BETWEEN_COLUMNS))


def may_be_taken(choice: OpenChoice | OpenList, option: Offered) -> None:
    """Raise Unfit where an option may not be taken as things are."""
    if isinstance(choice, OpenList):
        why_not = choice.why_not(option.id)
        if why_not is not None:
            raise Unfit(f"{option.label} cannot be taken: {why_not}")
        return
    offered = next((each for each in choice.options if each.id == option.id), None)
    if offered is None:
        raise Unfit(f"{option.label} is not on offer any more")
    if not offered.legal:
        raise Unfit(f"{option.label} cannot be taken: {offered.why_not}")


def _names(option: Offered) -> tuple[str, ...]:
    return plain(option.id), plain(option.label)


def plain(name: str) -> str:
    """Give a name as it is compared: without capitals and underscores."""
    return " ".join(name.replace("_", " ").casefold().split())
