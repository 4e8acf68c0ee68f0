"""`rulecore level-up`: one element more in an ordered collection, all that this opens, and what has changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rulecore.cli.console import write_lines
from rulecore.cli.given import Answers, Given, Picks, Values, apply_ready, apply_values, given
from rulecore.cli.opening import Packs, open_rules, taught
from rulecore.cli.outcome import ERRORS_FOUND
from rulecore.errors import Refused

if TYPE_CHECKING:
    from rulecore.character import Character

Target = Annotated[Path, typer.Argument(metavar="FILE", help="The document, which is written back.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would change, and write nothing.")]


def register(root: typer.Typer) -> None:
    """Add the command."""
    root.command("level-up", help=taught(level_up))(level_up)


def level_up(
    file: Target,
    *,
    pick: Picks = [],  # noqa: B006 - typer copies it
    values: Values = [],  # noqa: B006
    answers: Answers = None,
    dry_run: DryRun = False,
    pack: Packs = [],  # noqa: B006
) -> int:
    """Add one element to the ordered collection of a document, answer what this opens, and print what has changed.

    rulecore level-up hero.json                         ask which, and all that it opens
    rulecore level-up hero.json --pick ID=NAME          ID is that of the collection, or of a choice that opens
    rulecore level-up hero.json --pick "ID=NAME x3"     three at once
    rulecore level-up hero.json --dry-run               write nothing

    What was open before stays open. `quit` and the end of the input stop with exit code 1, and FILE is left as it was.
    """
    from rulecore.cli.closing import closing
    from rulecore.cli.dialogue import Dialogue, Stopped
    from rulecore.cli.differences import differences, shown
    from rulecore.cli.interview import Interview
    from rulecore.cli.known import refuse_unknown
    from rulecore.cli.saving import content, put
    from rulecore.cli.taking import lists

    text = content(file)
    beforehand = given(pick, answers)
    hero = open_rules(pack).character(text)
    refuse_unknown(hero.ruleset.rules, {key: names for key, names in beforehand.picks.items() if key not in beforehand.spare})
    before = shown(hero.derivation)
    missing = {each.id: each.missing for each in hero.options()} | {each.id: each.missing for each in lists(hero)}
    growing = frozenset([_growing(hero, beforehand)])
    apply_values(hero, values)
    apply_ready(hero, beforehand.values)
    interview = Interview(hero, beforehand, Dialogue(), growing=growing, once=True, missing=missing)
    try:
        interview.run()
    except Stopped:
        interview.dialogue.tell(f"stopped, and {file} is as it was", "yellow")
        return ERRORS_FOUND
    code = closing(interview)
    write_lines(differences(before, shown(hero.derivation)) or ["nothing on the sheet is different"])
    if not dry_run:
        if content(file) != text:
            raise Refused(f"{file} has changed meanwhile, and is left as it is")
        put(file, hero.document)
    write_lines([f"{file} {'would be' if dry_run else 'is'} written"])
    return code


def _growing(hero: Character, beforehand: Given) -> str:
    """Give the ordered collection to add to: the one that is picked for, or the first that has room."""
    from rulecore.derive.options import ELEMENT

    found = [each.id for each in hero.options() if each.form == ELEMENT]
    if not found:
        raise Refused("nothing can be added: no ordered collection of this document has room")
    return next((each for each in found if beforehand.picks.get(each)), found[0])
