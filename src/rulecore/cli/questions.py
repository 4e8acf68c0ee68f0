"""One question on the screen: what is on offer, and which option an answer means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from rulecore.cli.wrapping import printable
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


def question_lines(choice: OpenChoice, options: Sequence[Offered], width: int) -> Iterator[Text]:
    """Give the lines of a question: what is asked, what may be taken, and what may not and why."""
    from rich.text import Text

    yield Text.assemble((choice.label, "bold cyan"), f": {_wanted(choice, options)}", (f"  {choice.id}", "dim"))
    column = len(str(len(options)))
    numbered = [(f"{number:>{column}}", option) for number, option in enumerate(options, 1)]
    legal = [f"{number} {_name(option, options)}" for number, option in numbered if option.legal]
    yield from (Text(f"  {line}") for line in columns(legal, width - BETWEEN_COLUMNS))
    for number, option in numbered:
        if not option.legal:
            yield Text(f"  {number} ({_name(option, options)}: not now, {printable(option.why_not or '')})", style="dim")


def _wanted(choice: OpenChoice, options: Sequence[Offered]) -> str:
    if choice.form == ELEMENT:
        return f"one more, {len(choice.picked)} so far" if choice.picked else "one to add"
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

    each = max(map(cell_len, texts)) + BETWEEN_COLUMNS
    rows = -(-len(texts) // max(1, width // each))
    padded = [text + " " * (each - cell_len(text)) for text in texts]
    return ["".join(padded[row::rows]).rstrip() for row in range(rows)]


def fitting(text: str, options: Sequence[Offered]) -> Offered:
    """Give the option that a number, an id, a label or the beginning of one means; Unfit says what is nearest."""
    if text.isdecimal() and 0 < int(text[:9]) <= len(options):
        return options[int(text[:9]) - 1]
    wanted = _plain(text)
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


def may_be_taken(choice: OpenChoice, option: Offered) -> None:
    """Raise Unfit where an option may not be taken as things are."""
    offered = next((each for each in choice.options if each.id == option.id), None)
    if offered is None:
        raise Unfit(f"{option.label} is not on offer any more")
    if not offered.legal:
        raise Unfit(f"{option.label} cannot be taken: {offered.why_not}")


def _names(option: Offered) -> tuple[str, ...]:
    return _plain(option.id), _plain(option.label)


def _plain(name: str) -> str:
    return " ".join(name.replace("_", " ").casefold().split())
