"""The parser of the grammar: built once, kept on disk as plain JSON, built again when anything it depends on changes."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from rulecore.bundled import bundled
from rulecore.dsl.private_folder import cache_folder, keep_newest, read_file, warn_rebuilt, write_file

if TYPE_CHECKING:
    from pathlib import Path

    from lark import Lark

GLUED = "GLUED"
_FORMAT = "1"
_MOST_KEPT = 4


@cache
def grammar_text() -> str:
    """Give the grammar as written."""
    return (bundled("grammars") / "brew.lark").read_text(encoding="utf-8")


@cache
def grammar_hash() -> str:
    """Give what the grammar's text is known by."""
    return hashlib.sha256(grammar_text().encode()).hexdigest()


@cache
def parser() -> Lark:
    """Give the parser of a file: from the disk where it is there and sound, else built."""
    import lark

    key = hashlib.sha256(f"{_FORMAT} {lark.__version__} {grammar_hash()}".encode()).hexdigest()
    folder = cache_folder("grammar")
    if folder is None:
        return build()
    path = folder / f"{key}.json"
    stored = _stored(path, key)
    if stored is not None:
        return stored
    built = build()
    write_file(path, _sealed(built, key))
    keep_newest(folder, _MOST_KEPT)
    return built


def try_parse(text: str) -> Any:
    """Parse a text, or one line of it; none where the grammar refuses it."""
    from lark.exceptions import LarkError

    try:
        return parser().parse(text + "\n")
    except (LarkError, AssertionError):
        return None


def build() -> Lark:
    """Build the parser from the grammar: LALR(1), and strict where the library that compares terminals is there."""
    from lark import Lark

    return Lark(
        grammar_text(),
        start="file",
        parser="lalr",
        strict=find_spec("interegular") is not None,
        postlex=_indenter(),
        propagate_positions=True,
        maybe_placeholders=True,
    )


@cache
def _indenter() -> Any:
    from lark.indenter import Indenter

    class Indents(Indenter):
        NL_type = "_NL"
        OPEN_PAREN_types = ["LPAR", "LSQB"]  # noqa: RUF012 - as lark declares it
        CLOSE_PAREN_types = ["RPAR", "RSQB"]  # noqa: RUF012
        INDENT_type = "_INDENT"
        DEDENT_type = "_DEDENT"
        tab_len = 2

        def process(self, stream: Any) -> Any:
            # An indenter counts while it reads: one for each text, so that threads do not share the count.
            return Indenter.process(Indents(), _apart(stream))  # type: ignore[no-untyped-call]

    return Indents()


def _apart(stream: Any) -> Any:
    """Mark words that stick together: where only `is` may stand, lark reads `isle` as `is` and `le`."""
    end, word = None, False
    for token in stream:
        if word and token.start_pos == end and (token[0].isalnum() or token[0] == "_"):
            token.type = GLUED
        end, word = token.end_pos, token.isidentifier()
        yield token


def _sealed(built: Lark, key: str) -> bytes:
    from lark.grammar import Rule
    from lark.lexer import TerminalDef

    content, memo = built.memo_serialize([TerminalDef, Rule])
    content["options"] = {**content["options"], "postlex": None, "lexer_callbacks": {}, "_plugins": {}, "strict": False}
    text = json.dumps({"content": content, "memo": memo}, separators=(",", ":"))
    return seal(key, text.encode()) + b"\n" + text.encode()


def seal(key: str, content: bytes) -> bytes:
    """Give the first line of a file of the cache: what it is, and what its content must be."""
    return f"{key} {hashlib.sha256(content).hexdigest()}".encode()


def _stored(path: Path, key: str) -> Lark | None:
    from lark import Lark

    found = read_file(path)
    if found is None:
        return None
    first, _, text = found.partition(b"\n")
    if first != seal(key, text):
        warn_rebuilt(path, "is damaged")
        return None
    try:
        tables = json.loads(text, object_hook=_whole_keys)
        loaded: Lark = Lark._load_from_dict(tables["content"], tables["memo"], postlex=_indenter())  # type: ignore[no-untyped-call]  # noqa: SLF001
    except Exception:  # noqa: BLE001 - whatever is wrong with the file, the grammar is still there
        warn_rebuilt(path, "is damaged")
        return None
    return loaded


def _whole_keys(table: dict[str, Any]) -> dict[Any, Any]:
    """JSON has only texts as keys; the tables of the parser have whole numbers."""
    return {int(key): value for key, value in table.items()} if all(map(str.isdigit, table)) else table
