"""`rulecore new`: a document made in the terminal, from a blank to where nothing is open."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rulecore.cli.console import write_json, write_lines
from rulecore.cli.given import Answers, Picks, Values, apply_ready, apply_values, given
from rulecore.cli.opening import KindOption, Packs, open_rules, taught
from rulecore.cli.outcome import ERRORS_FOUND
from rulecore.errors import Refused

Target = Annotated[Path | None, typer.Argument(metavar="FILE", help="The file to write; without one, or with `-`, stdout.")]
Name = Annotated[str | None, typer.Option("--name", metavar="TEXT", help="What the document is called.")]
Replace = Annotated[bool, typer.Option("--replace", help="Replace FILE if it is there.")]


def register(root: typer.Typer) -> None:
    """Add the command."""
    root.command("new", help=taught(new))(new)


def new(
    file: Target = None,
    *,
    name: Name = None,
    pick: Picks = [],  # noqa: B006 - typer copies it
    values: Values = [],  # noqa: B006
    answers: Answers = None,
    replace: Replace = False,
    kind: KindOption = None,
    pack: Packs = [],  # noqa: B006
) -> int:
    """Make a document by answering what the packs ask, until nothing is open.

    rulecore new hero.json                              ask everything
    rulecore new hero.json --pick ID=NAME               answer some of it beforehand
    rulecore new hero.json --pick "ID=NAME x3"          add three elements to an ordered collection
    rulecore new hero.json --set ID=NUMBER              set an editable field, which is not asked then
    rulecore new --answers answers.json > hero.json     no question, where the file answers all choices

    Questions go to stderr, and answers come from stdin, a line each. `quit` and the end of the input stop with exit code 1,
    and nothing is written. A document that cannot be written to FILE goes to stdout.
    """
    from rulecore.cli.closing import closing
    from rulecore.cli.dialogue import Dialogue, Stopped
    from rulecore.cli.interview import Interview
    from rulecore.cli.known import refuse_unknown
    from rulecore.cli.saving import put, refuse_to_replace
    from rulecore.derive.options import ELEMENT

    target = None if file is None or str(file) == "-" else file
    if target is not None:
        refuse_to_replace(target, replace=replace)
    beforehand = given(pick, answers)
    rules = open_rules(pack)
    hero = rules.character() if kind is None else rules.new(kind)
    refuse_unknown(rules.rules, {key: names for key, names in beforehand.picks.items() if key not in beforehand.spare})
    if name is not None:
        hero.edit({"name": name})
    apply_values(hero, values)
    apply_ready(hero, beforehand.values)
    growing = frozenset(each.id for each in hero.options() if each.form == ELEMENT)
    interview = Interview(hero, beforehand, Dialogue(), growing=growing, fields=answers is None)
    try:
        interview.run()
    except Stopped:
        interview.dialogue.tell("stopped, and nothing is written", "yellow")
        return ERRORS_FOUND
    code = closing(interview)
    if target is None:
        write_json(hero.document)
        return code
    try:
        refuse_to_replace(target, replace=replace)
        put(target, hero.document)
    except Refused:
        # What somebody has typed at length must not be lost.
        write_json(hero.document)
        raise
    write_lines([f"{target} is written"])
    return code
