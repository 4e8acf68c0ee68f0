"""What an option is and what it would change, before it is taken."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rulecore.cli.differences import differences, shown
from rulecore.cli.taking import put
from rulecore.cli.wrapping import folded
from rulecore.derive.asking import OpenList
from rulecore.derive.options import CHOICE, Offered, OpenChoice
from rulecore.errors import Refused
from rulecore.model.entry import Entry

if TYPE_CHECKING:
    from rulecore.character import Character
    from rulecore.model.shape import Option

MOST_LINES = 12


def preview(hero: Character, choice: OpenChoice | OpenList, option: Offered, width: int) -> Iterator[Any]:
    """Give the lines of what `rulecore show` says of an option, and of what it would change on the sheet."""
    from rich.text import Text

    from rulecore.cli.show import page

    content = _content(hero, choice, option.id)
    if content is None:
        yield Text(option.label, style="bold cyan")
    elif isinstance(content, Entry):
        yield from page(content, hero.ruleset.rules, width)
    else:
        yield from _option_page(content, width)
    why_not = choice.why_not(option.id) if isinstance(choice, OpenList) else option.why_not
    if why_not:
        yield Text(f"It cannot be taken now: {why_not}", style="yellow")
    lines = _consequences(hero, choice, option.id)
    yield from (Text(line, style="" if line.startswith(" ") else "bold") for line in lines[:MOST_LINES])
    if len(lines) > MOST_LINES:
        yield Text(f"and {len(lines) - MOST_LINES} lines more", style="dim")


def _content(hero: Character, choice: OpenChoice | OpenList, name: str) -> Entry | Option | None:
    """Give the entry that an option stands for, or the option itself where content writes it out."""
    derivation = hero.derivation
    if isinstance(choice, OpenList):
        return choice.entries.get(name)
    if choice.form == CHOICE:
        asked = next(question.choice for _owner, question in derivation.structure.questions if question.path == choice.id)
        written: list[Entry | Option] = [*asked.options, *asked.entries]
        return next((each for each in written if each.name == name), None)
    entity = derivation.structure.entity
    fields = entity.fields
    if choice.reference:
        record = derivation.rules.records[entity.collections[choice.id].shape]
        fields = {each.name: each for each in record.block.fields}
    kind = getattr(fields[choice.reference or choice.id].type, "kind", None)
    return None if kind is None else hero.ruleset.entry(kind, name)


def _option_page(option: Option, width: int) -> Iterator[Any]:
    from rich.text import Text

    from rulecore.cli.wording import block_lines

    yield Text(option.label, style="bold cyan")
    if option.text:
        yield Text("\n".join(folded(option.text, width)))
    yield from (Text("  " + line) for line in block_lines(option.shape.block))
    if option.citation:
        yield Text(option.citation, style="dim")


def _consequences(hero: Character, choice: OpenChoice | OpenList, name: str) -> list[str]:
    """Say what taking an option would change, old → new, and what it would ask."""
    imagined = hero.fork()
    try:
        if isinstance(choice, OpenChoice) and choice.form == CHOICE:
            imagined.choose(choice.id, [*choice.picked, name][-choice.count :])
        else:
            put(imagined, choice, name)
    except Refused as refusal:
        return [finding.message for finding in refusal.findings]
    told = differences(shown(hero.derivation), shown(imagined.derivation))
    known = {each.id for each in hero.options()}
    asks = [each.label for each in imagined.options() if each.id not in known]
    lines = told or ["It changes nothing that the sheet shows."]
    return [*lines, f"It asks: {'; '.join(asks)}"] if asks else lines
