"""Nothing is timed before everybody agrees: each sheet after each timed edit, beside the document derived anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from benchmarks.contestants.contestant import Absent
from benchmarks.contestants.sheets import EngineSheets, PublicSheets, TwinSheets
from benchmarks.harness import Disagreement
from benchmarks.sheet_edits import SheetEdit
from benchmarks.sheets import sheet_values, standard_rules
from rulecore import Change

_MISSING = "(nothing)"
_MOST_NAMED = 10


def check_sheets(edits: Iterable[SheetEdit]) -> list[str]:
    """Compare all contestants on each value that will be timed; tell which edits the engine cannot make, and why."""
    absent = []
    for edit in edits:
        check_twin(edit)
        try:
            check_engine(edit)
        except Absent as reason:
            absent.append(f"{edit.title}: {reason}")
    return absent


def check_twin(edit: SheetEdit) -> None:
    """Compare the public API with full derivations in all fields, and the twin in all that it holds and all that changes."""
    twins, public = TwinSheets(), PublicSheets()
    ask, make = twins.editor(edit.name), public.editor(edit.name)
    hero, twin = public.heroes[edit.name], twins.twins[edit.name]
    for value in (*edit.values, *edit.values):
        change = make(value)
        ask(value)
        right = sheet_values(standard_rules().character(hero.document))
        _agree("the public API", edit, right, sheet_values(hero))
        assert isinstance(change, Change)
        found = twin.values()
        _agree("the twin", edit, {name: right.get(name, _MISSING) for name in found}, found)
        lost = [name for name in moved(change, right) if name not in found]
        if lost:
            raise Disagreement(f"the twin, {edit.title}: it does not hold {', '.join(lost[:_MOST_NAMED])}")


def moved(change: Change, values: Mapping[str, Any]) -> list[str]:
    """Give the fields that a change has moved or made."""
    made = tuple(f"{path}." for path in change.created)
    return [*change.changed, *(name for name in values if made and name.startswith(made))]


def check_engine(edit: SheetEdit) -> None:
    """Compare every slot of the engine after an edit with that of a full derivation."""
    engines, public = EngineSheets(), PublicSheets()
    ask, make = engines.editor(edit.name), public.editor(edit.name)
    engine, hero = engines.engines[edit.name], public.heroes[edit.name]
    for value in edit.values:
        make(value)
        ask(value)
        fresh: Any = standard_rules().character(hero.document)
        names = sheet_values(fresh)
        _agree("the engine's edit", edit, _slots(fresh.engine, names), _slots(engine, names))


def _slots(engine: Any, names: Iterable[str]) -> dict[str, Any]:
    slots = {name: engine.slot(name) for name in names}
    return {name: str(engine.values[slot]) for name, slot in slots.items() if slot is not None}


def _agree(who: str, edit: SheetEdit, right: Mapping[str, Any], found: Mapping[str, Any]) -> None:
    wrong = [name for name in {**right, **found} if right.get(name, _MISSING) != found.get(name, _MISSING)]
    if wrong:
        told = "; ".join(
            f"{name} {found.get(name, _MISSING)!r}, not {right.get(name, _MISSING)!r}" for name in wrong[:_MOST_NAMED]
        )
        raise Disagreement(f"{who}, {edit.title}: {told}")
