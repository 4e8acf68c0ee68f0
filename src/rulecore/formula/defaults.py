"""What a value of each type is where nothing says otherwise."""

from __future__ import annotations

from rulecore.formula import types as t

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def default_of(of: t.Type) -> Any:
    """Give the default of a type: zero, false, empty, the first word, or none."""
    match of:
        case t.IntType() | t.NumberType() | t.DiceType():
            return 0
        case t.BoolType():
            return False
        case t.TextType():
            return ""
        case t.EnumType():
            return of.words[0]
        case t.SetType():
            return frozenset()
        case t.InstancesType() | t.ListType():
            return ()
        case t.MapType():
            return {}
        case _:
            return None
