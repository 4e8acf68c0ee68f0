"""Who edits whole sheets: the public API, the engine below it, and the hand-written twin. Each edit has a sheet of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from benchmarks.contestants import sheet_twin as twin
from benchmarks.contestants.contestant import Absent, Editor
from benchmarks.contestants.sheet_twin_build import Builder, twin_values
from benchmarks.contestants.sheet_twin_levels import add_level, remove_level
from benchmarks.sheet_edits import SHEET_EDITS, THING, SheetEdit
from benchmarks.sheets import sheet_values, standard_rules
from rulecore import Add, Character

POUNDS_OF_THING = 10


def edit_named(title: str) -> SheetEdit:
    """Give the edit with a title."""
    return next(edit for edit in SHEET_EDITS if edit.title == title)


class PublicSheets:
    """`character.edit(...)` on the whole sheet."""

    title = "rulecore, `character.edit`"

    def __init__(self) -> None:
        """Start without a sheet; `heroes` are made when they are edited."""
        self.heroes: dict[str, Character] = {}

    def editor(self, name: str) -> Editor:
        """Give the function that makes one edit."""
        asked = edit_named(name)
        hero = self.heroes[name] = standard_rules().character(asked.document())
        edit, path = hero.edit, asked.path
        if asked.structural:
            return lambda value: edit([value])
        return lambda value: edit({path: value})

    def values(self) -> list[Any]:
        """Give nothing: sheets are compared field by field, in `sheet_checks`."""
        return []


class EngineSheets:
    """`engine.set(slot, value)` on the whole sheet, for edits that leave the structure as it is."""

    title = "rulecore, the engine's edit"

    def __init__(self) -> None:
        """Start without a sheet."""
        self.engines: dict[str, Any] = {}

    def editor(self, name: str) -> Editor:
        """Give the function that sets one slot, to what the slot holds after each edit of the public API."""
        asked = edit_named(name)
        if asked.structural:
            raise Absent("the edit changes the structure")
        hero: Any = standard_rules().character(asked.document())
        if getattr(hero, "engine", None) is None:
            raise Absent("this version of rulecore has no engine object")
        slot = hero.engine.slot(asked.path)
        if slot is None:
            raise Absent("the edit changes the structure")
        held = {}
        for value in asked.values:
            hero.edit({asked.path: value})
            held[value] = hero.engine.values[hero.engine.slot(asked.path)]
        engine = self.engines[name] = hero.engine
        make, slot = engine.set, engine.slot(asked.path)
        if all(value is kept for value, kept in held.items()):
            return lambda value: make(slot, value)
        return lambda value: make(slot, held[value])

    def values(self) -> list[Any]:
        """Give nothing, as above."""
        return []


class Twin:
    """One hand-written sheet, with its fields by id."""

    def __init__(self, hero: Character) -> None:
        """Take the values of a sheet as it is now."""
        built = Builder(sheet_values(hero))
        self.sheet, self.places = built.sheet, built.places

    def values(self) -> dict[str, Any]:
        """Give all fields that it holds."""
        return twin_values(self.sheet, self.places)

    def setter(self, edit: SheetEdit) -> Editor:
        """Give the hand-written function for an edit, for this sheet."""
        sheet, path = self.sheet, edit.path
        name = path.split(".")[1] if "." in path else ""
        setters: dict[str, Callable[[], Editor]] = {
            "strength.base": lambda: lambda value: twin.set_strength(sheet, value),
            "effects.bless.effect": lambda: lambda value: twin.set_bless(sheet, value),
            "fighter.second_wind.spent": lambda: _of(twin.set_spent, sheet.second_wind),
            "inventory.cloak_of_protection.equipped": lambda: _on(twin.set_cloak, sheet, sheet.items[name]),
            "levels": lambda: lambda value: add_level(sheet) if type(value) is Add else remove_level(sheet),
            "inventory": lambda: _carrying(sheet, edit.first.id),
        }
        if path in setters:
            return setters[path]()
        attack = sheet.weapons[name]
        if path.endswith(".two_hands"):
            return _of(twin.set_two_hands, attack)
        return _on(twin.set_enchantment if path.endswith(".enchantment") else twin.set_wanted, sheet, attack)


def _of(setter: Callable[[Any, Any], None], item: Any) -> Editor:
    return lambda value: setter(item, value)


def _on(setter: Callable[[Any, Any, Any], None], sheet: Any, item: Any) -> Editor:
    return lambda value: setter(sheet, item, value)


def _carrying(sheet: Any, name: str) -> Editor:
    item, quantity, add, remove = THING["item"], THING["quantity"], twin.add_item, twin.remove_item

    def edit(value: Any) -> None:
        if type(value) is Add:
            add(sheet, name, item, POUNDS_OF_THING, quantity)
        else:
            remove(sheet, name)

    return edit


class TwinSheets:
    """The hand-written twin."""

    title = "hand-written, only what is affected"

    def __init__(self) -> None:
        """Start without a sheet."""
        self.twins: dict[str, Twin] = {}

    def editor(self, name: str) -> Editor:
        """Give the hand-written function for an edit, for a sheet of its own."""
        edit = edit_named(name)
        made = self.twins[name] = Twin(standard_rules().character(edit.document()))
        return made.setter(edit)

    def values(self) -> list[Any]:
        """Give nothing, as above."""
        return []
