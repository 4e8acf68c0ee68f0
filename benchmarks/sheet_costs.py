"""What edits of a whole sheet cost: rulecore on the standard rules, beside a hand-written twin and a full derivation.

`python -m benchmarks.sheet_costs [ROUNDS]` runs everything and prints the tables.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from benchmarks.contestants.sheets import EngineSheets, PublicSheets, TwinSheets
from benchmarks.harness import InProcess, Race, Spread, race
from benchmarks.report import microseconds, table, times
from benchmarks.sheet_checks import check_sheets
from benchmarks.sheet_edits import MANY_LIMIT, SAME_WITH_MANY, SAME_WITH_NONE, SHEET_EDITS, SheetEdit
from benchmarks.sheet_fields import FieldEdits, measure_fields
from benchmarks.sheet_whole import Memory, Whole, measure_memory, measure_whole
from benchmarks.sheets import bare_document, counts, full_document, standard_rules

ROUNDS = 21
# Of a full derivation: half of the edits, all but one in a hundred, the worst.
FIELD_LIMITS = {50: 1 / 40, 99: 1 / 5, 100: 1 / 2.5}
FORK_LIMIT, BUILD_LIMIT, EXPLAIN_LIMIT = 0.3, 4, 1 / 20
SAME_COST = 1.1
_TWIN, _PUBLIC, _ENGINE = TwinSheets.title, PublicSheets.title, EngineSheets.title


def sheet_tables(rounds: int = ROUNDS) -> str:
    """Compare, run the race and write all tables of the whole sheet."""
    absent = check_sheets(SHEET_EDITS)
    result = race([InProcess(each()) for each in (TwinSheets, PublicSheets, EngineSheets)], SHEET_EDITS, rounds)
    parts = [
        _counted(),
        _edits(result),
        _limits(result, measure_fields(), measure_whole(rounds), measure_memory()),
        "".join(f"- Not made by the engine, because {reason}: {'; '.join(titles)}.\n" for reason, titles in absent.items()),
        f"Rounds: {rounds}.\n",
    ]
    return "\n".join(part for part in parts if part)


def _counted() -> str:
    sheets = {
        "bare": bare_document(),
        "the sheet": full_document(),
        "without weapons": full_document(SAME_WITH_NONE.weapons),
        "with 40 weapons": full_document(SAME_WITH_MANY.weapons),
    }
    return "".join(f"- {title}: {counts(standard_rules().character(document))}\n" for title, document in sheets.items())


def _edits(result: Race) -> str:
    return table(
        ["time of an edit, multiples of the twin (quartiles)", "the twin", "`character.edit`", "the engine's edit"],
        (
            [
                edit.title,
                f"{microseconds(result.cost(_TWIN, edit))} µs",
                *(_cost(result, title, edit) for title in (_PUBLIC, _ENGINE)),
            ]
            for edit in SHEET_EDITS
        ),
    )


def _cost(result: Race, title: str, edit: SheetEdit) -> str:
    if not result.has(title, edit):
        return "-"
    return f"{microseconds(result.cost(title, edit))} µs, {times(result.ratio(title, _TWIN, edit))}"


def _limits(result: Race, fields: FieldEdits, whole: Whole, memory: list[Memory]) -> str:
    rows = [*_edit_limits(result), *_field_limits(fields), *_whole_limits(whole), *_memory_limits(memory)]
    left_out = f"Left out, as no other value is legal: {', '.join(fields.left_out) or 'none'}."
    told = f"{len(fields.parts)} fields edited, rounds: {fields.rounds}. {left_out}"
    return f"{table(['limit', 'who', 'found (quartiles)', 'at most', ''], rows)}\n{told}\n"


def _edit_limits(result: Race) -> Iterator[list[str]]:
    for edit in SHEET_EDITS:
        if edit.limit is not None:
            who = _judged(result, edit)
            yield _row(f"{edit.title}, to the twin", who, result.ratio(who, _TWIN, edit), edit.limit)
    who = _judged(result, SAME_WITH_MANY)
    ratio = result.ratio_of_edits(who, SAME_WITH_MANY, SAME_WITH_NONE)
    yield _row("the modifier stays, 40 weapons to none", who, ratio, MANY_LIMIT)


def _judged(result: Race, edit: SheetEdit) -> str:
    """Give whose edit a limit is for: the engine's, or that of the public API where only that can make the edit."""
    return _ENGINE if result.has(_ENGINE, edit) else _PUBLIC


def _field_limits(fields: FieldEdits) -> Iterator[list[str]]:
    for percent, limit in FIELD_LIMITS.items():
        found, name = fields.at(percent)
        title = {50: "p50", 99: "p99", 100: f"the worst, `{name}`"}[percent]
        yield _judgement(f"any edit, of a full derivation: {title}", _PUBLIC, _fraction(found), found <= limit, _fraction(limit))


def _whole_limits(whole: Whole) -> Iterator[list[str]]:
    title = f"of a full derivation ({whole.full.median / 1e6:,.3g} ms)"
    yield _row(f"a fork, {title}", "`character.fork`", whole.fork, FORK_LIMIT)
    yield _row(f"a new character, {title}", "`rules.character`", whole.built, BUILD_LIMIT)
    read = f"of a derivation by the interpreter, every value read ({whole.read.median / 1e6:,.3g} ms)"
    yield _row(f"an explanation, {read}", "`character.explain`", whole.explain, EXPLAIN_LIMIT)
    yield _row("an edit after an explanation, to one without", _PUBLIC, whole.explained_edit, SAME_COST)
    again = f"a level of another class, every value read after it, {read}"
    yield [again, _PUBLIC, _fraction(whole.restructured.median), "-", ""]


def _memory_limits(memory: list[Memory]) -> Iterator[list[str]]:
    for each in memory:
        found = f"{each.size:,.0f} bytes, {each.size / each.counts.fields:,.1f} a field"
        title = f"memory, {each.title}: {each.counts}"
        if each.limit is None:
            yield [title, "`rules.character`", found, "-", ""]
        else:
            yield _judgement(title, "`rules.character`", found, each.size <= each.limit, f"{each.limit:,.0f} bytes")


def _row(title: str, who: str, found: Spread, limit: float) -> list[str]:
    if limit < 1 / 2:
        return _judgement(title, who, _fraction(found.median), found.median <= limit, _fraction(limit))
    return _judgement(title, who, times(found), found.median <= limit, f"{limit:g}")


def _judgement(title: str, who: str, found: str, kept: bool, limit: str) -> list[str]:  # noqa: FBT001 - a column
    return [title, who, found, limit, "ok" if kept else "**over**"]


def _fraction(part: float) -> str:
    """Write a part of something: `1/40`, or as a number where it is much of it."""
    return f"1/{1 / part:.3g}" if part < 1 / 2 else f"{part:.2f}"


if __name__ == "__main__":
    print(sheet_tables(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS))
