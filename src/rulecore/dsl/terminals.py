"""The grammar's terminals in words for people."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from rulecore.dsl.grammar import parser

VALUES = frozenset(
    {
        "NUMBER",
        "DICE",
        "STRING",
        "TRUE",
        "FALSE",
        "NONE",
        "LSQB",
        "LPAR",
        "NAME",
        "MINUS",
        "NOT",
        "IF",
    }
)
OPERATORS = frozenset({"PLUS", "MINUS", "MULOP", "CMP", "EQ", "AND", "OR", "HAS", "IS"})
_PREPOSITIONS = frozenset(
    {
        "ON",
        "IN",
        "TO",
        "OF",
        "FROM",
        "WITH",
        "AGAINST",
        "BY",
        "FOR",
        "UNTIL",
        "USING",
        "PER",
        "LIKE",
        "WITHIN",
    }
)
_TYPES = frozenset({"INT", "BOOL", "REF", "MAP", "NAME"})
_STATEMENTS = frozenset({"ADD", "FIELD", "CHOOSE", "KEY", "NAME"})
_NOUNS = {
    "NAME": "a name",
    "NUMBER": "a number",
    "STRING": "a quoted text",
    "LONG_STRING": "a long text",
    "DICE": "dice",
    "VERSION": "a version, as `1.2.0`",
    "KEY": "a name with a colon",
    "_NL": "the end of the line",
    "CMP": "a comparison",
    "MULOP": "`*` or `/`",
}
_SILENT = frozenset({"_INDENT", "_DEDENT", "$END", "WS_INLINE", "COMMENT"})
_MOST_NAMED = 6

# What may be missing: its code, its name, the terminals that can start it, and a stand-in to try the rest of the line with.
PLACEHOLDERS: tuple[tuple[str, str, frozenset[str], str], ...] = (
    ("type", "a type", _TYPES, "bool"),
    ("value", "a value", frozenset({"NUMBER", "NAME", "TRUE"}), "1"),
    ("number", "a number", frozenset({"NUMBER"}), "1"),
    ("version", "a version, as `1.2.0`,", frozenset({"VERSION"}), "1.0.0"),
    ("name", "a name", frozenset({"NAME"}), "x"),
    ("text", "a quoted text", frozenset({"STRING"}), '"…"'),
)


@cache
def _fixed() -> dict[str, str]:
    """Give the terminals that are written in one way alone."""
    from lark.lexer import PatternStr

    return {terminal.name: terminal.pattern.value for terminal in parser().terminals if isinstance(terminal.pattern, PatternStr)}


def word_of(terminal: str) -> str | None:
    """Give the word of Brew that a terminal stands for, or none where it is a sign or not fixed."""
    text = _fixed().get(terminal, "")
    return text if text.isalpha() else None


def expected_phrases(terminals: Iterable[str]) -> list[str]:
    """Say what may stand at a place, from the most telling to the least."""
    left = set(terminals) - _SILENT
    phrases: list[str] = []
    for group, phrase, least in (
        (left, "a statement", _STATEMENTS),
        (_TYPES | {"NUMBER", "DICE", "TEXT", "ONE", "SET", "LIST", "SEQUENCE"}, "a type", _TYPES),
        (VALUES, "a value", frozenset({"NUMBER", "NAME", "TRUE"})),
        (_PREPOSITIONS, "a preposition", frozenset({"ON", "WITHIN", "PER"})),
    ):
        if least <= left:
            phrases.append(phrase)
            left -= group
    operators = ["an operator"] if left >= OPERATORS else []
    if phrases or left - OPERATORS - {"_NL", "DOT", "LPAR"}:
        left -= {"DOT", "LPAR"} | (OPERATORS - {"EQ"} if "EQ" in left and not OPERATORS - {"EQ"} <= left else OPERATORS)
    signs = [
        _NOUNS.get(terminal) or f"`{_fixed().get(terminal, terminal)}`"
        for terminal in sorted(left, key=lambda t: (t == "_NL", t))
    ]
    return phrases + signs + operators


def listed(phrases: list[str]) -> str:
    """Join phrases as people do, leaving out what would be too many."""
    shown = phrases if len(phrases) <= _MOST_NAMED else [*phrases[:_MOST_NAMED], "…"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} or {shown[-1]}"
