"""From typed formulas back to text, as Brew writes them: what an explanation shows."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from rulecore.formula import ast as f
from rulecore.formula.dice import Dice

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# How tightly each form binds: the text of a part that binds less than its place is put in parentheses.
_LOOSE, _OR, _AND, _NOT, _COMPARE, _SUM, _PRODUCT, _SIGN, _TIGHT = range(9)


def format_formula(formula: f.Formula) -> str:
    """Write a formula as Brew text."""
    return _at(formula, _LOOSE)


def format_value(value: Any) -> str:
    """Write a value for people: names of entries, dice, words; none as `none`."""
    match value:
        case None:
            return "none"
        case bool():
            return str(value).lower()
        case str():
            return value
        case Fraction():
            return _fraction(value)
        case int() | Dice():
            return str(value)
        case frozenset():
            ordered = sorted(value, key=lambda member: (getattr(member, "order", 0), str(member)))
            return ", ".join(map(format_value, ordered)) or "nothing"
        case tuple() | list():
            return "[" + ", ".join(map(format_value, value)) + "]"
    return str(getattr(value, "name", None) or getattr(value, "path", value))


def _fraction(value: Fraction) -> str:
    decimal = f"{float(value):.6g}"
    return decimal if Fraction(decimal) == value else f"{value.numerator}/{value.denominator}"


def _at(formula: f.Formula, least: int) -> str:
    binds, text = _WRITERS[type(formula)](formula)
    return text if binds >= least else f"({text})"


def _constant(e: f.Constant) -> tuple[int, str]:
    text = f'"{e.value}"' if isinstance(e.value, str) and str(e.type) == "text" else format_value(e.value)
    return _TIGHT if not text.startswith("-") else _SIGN, text


def _read(e: f.Read) -> tuple[int, str]:
    if isinstance(e.of, f.This | f.Outer | f.Entity):
        return _TIGHT, e.name
    return _TIGHT, f"{_at(e.of, _TIGHT)}.{e.name}"


def _property(e: f.Property) -> tuple[int, str]:
    of = e.of.of if isinstance(e.of, f.EntryOf) and not isinstance(e.of.of, f.This) else e.of
    return _TIGHT, f"{_at(of, _TIGHT)}.{e.name}"


def _entry_of(e: f.EntryOf) -> tuple[int, str]:
    return _TIGHT, "it" if isinstance(e.of, f.This) else _at(e.of, _TIGHT)


def _if(e: f.If) -> tuple[int, str]:
    return _LOOSE, f"if {_at(e.condition, _OR)} then {_at(e.then, _OR)} else {_at(e.otherwise, _OR)}"


def _infix(word: str, binds: int) -> Callable[[Any], tuple[int, str]]:
    return lambda e: (binds, f"{_at(e.left, binds)} {word} {_at(e.right, binds)}")


def _arithmetic(e: f.Arithmetic) -> tuple[int, str]:
    binds = _SUM if e.operator in "+-" else _PRODUCT
    right = binds if e.operator in "+*" else binds + 1
    return binds, f"{_at(e.left, binds)} {e.operator} {_at(e.right, right)}"


def _call(e: f.Call) -> tuple[int, str]:
    if e.function == "dice" and all(isinstance(each, f.Constant) for each in e.arguments):
        count, sides = e.arguments
        return _TIGHT, f"{_at(count, _TIGHT)}d{_at(sides, _TIGHT)}"
    inner = ", ".join(_at(each, _LOOSE) for each in e.arguments)
    return _TIGHT, f"[{inner}]" if e.function in {"list", "set"} else f"{e.function}({inner})"


def _steps(e: f.Steps) -> tuple[int, str]:
    pairs = ", ".join(f"{_at(key, _OR)} -> {_at(value, _OR)}" for key, value in e.pairs)
    return _TIGHT, f"step({_at(e.subject, _OR)}: {pairs})"


def _comprehension(e: f.Comprehension) -> tuple[int, str]:
    where = "" if e.where is None else f" where {_at(e.where, _LOOSE)}"
    return _TIGHT, f"{e.function}({_at(e.body, _LOOSE)} for {e.variable} in {_at(e.collection, _TIGHT)}{where})"


def _is(e: f.Is) -> tuple[int, str]:
    # All that inherit are listed as well; the shortest name is the one that most likely was written.
    name = min((each.removeprefix("record ") for each in e.names), key=lambda each: (len(each), each), default="nothing")
    return _COMPARE, f"{_at(e.operand, _SUM)} is {name}"


_WRITERS: dict[type, Callable[[Any], tuple[int, str]]] = {
    f.Constant: _constant,
    f.Variable: lambda e: (_TIGHT, e.name),
    f.This: lambda _e: (_TIGHT, "this"),
    f.Outer: lambda e: (_TIGHT, e.shape.rpartition(".")[2].rpartition(" ")[2]),
    f.Self: lambda _e: (_TIGHT, "self"),
    f.Entity: lambda e: (_TIGHT, str(e.type).rpartition(" ")[2]),
    f.RulingValue: lambda e: (_TIGHT, e.name),
    f.Gained: lambda _e: (_TIGHT, "gained"),
    f.Position: lambda _e: (_TIGHT, "position"),
    f.EntryOf: _entry_of,
    f.Container: lambda e: (_TIGHT, f"{_at(e.of, _TIGHT)}.{e.shape.rpartition(' ')[2]}"),
    f.Read: _read,
    f.Property: _property,
    f.Everything: lambda e: (_TIGHT, f"every {e.name.removeprefix('record ')}"),
    f.If: _if,
    f.Or: _infix("or", _OR),
    f.And: _infix("and", _AND),
    f.Not: lambda e: (_NOT, f"not {_at(e.operand, _NOT)}"),
    f.Compare: lambda e: (_COMPARE, f"{_at(e.left, _SUM)} {e.operator} {_at(e.right, _SUM)}"),
    f.Has: lambda e: (_COMPARE, f"{_at(e.left, _SUM)} has {_at(e.right, _SUM)}"),
    f.Is: _is,
    f.Arithmetic: _arithmetic,
    f.Negative: lambda e: (_SIGN, f"-{_at(e.operand, _TIGHT)}"),
    f.Call: _call,
    f.Lookup: lambda e: (_TIGHT, f"{e.table}({_at(e.argument, _LOOSE)})"),
    f.Steps: _steps,
    f.Comprehension: _comprehension,
}
