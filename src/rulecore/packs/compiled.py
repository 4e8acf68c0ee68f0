"""A compiled ruleset as bytes: a first line that says who wrote it and what it must hold, then the content.

The content is marshalled: whoever writes it can bring the reader down, so it is read from our own private folder, or from a
file that its user names, and only when the first line is right. It holds values and objects of known classes, and no code.
"""

from __future__ import annotations

import marshal
import sys

# What `importlib.util` offers under the same name; to import all of it takes a start longer than to read a ruleset.
from _imp import source_hash

from rulecore.model.rules import Rules
from rulecore.packs.decode import decode
from rulecore.version import VERSION

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rulecore.packs.stored import Content

SUFFIX = ".rulecore"
_SIGN = b"rulecore-ruleset-2"
# In this version of the format, equal contents are equal bytes.
_MARSHAL = 2
_HASHED_FOR = 0
_PYTHON = sys.implementation.cache_tag


class NoRuleset(ValueError):
    """Bytes that are no compiled ruleset at all."""


class OtherMaker(ValueError):
    """A compiled ruleset of another version of rulecore or Python; `maker` says which."""

    def __init__(self, maker: str) -> None:
        """Keep who wrote it."""
        super().__init__(maker)
        self.maker = maker


class Damaged(ValueError):
    """A compiled ruleset that is not as it was written."""


def maker() -> str:
    """Say who can read what we write: this version of rulecore under this Python."""
    return f"rulecore-{VERSION} {_PYTHON}-{sys.byteorder}"


def pack_up(rules: Rules, name: str) -> bytes:
    """Give a ruleset as bytes, under a name; raises Uncompilable for what rules do not consist of."""
    from rulecore.packs.encode import encode

    content = _dump(encode(rules, _dump))
    return _first_line(name, content) + content


def unpack(given: bytes, name: str) -> Rules:
    """Give the ruleset that was packed up under a name; raises NoRuleset, OtherMaker or Damaged."""
    end = given.find(b"\n") + 1
    sign, _, rest = given[:end].partition(b" ")
    if sign != _SIGN:
        raise NoRuleset
    written_by = rest.rpartition(b" ")[0].rpartition(b" ")[0].decode("ascii", "replace")
    if written_by != maker():
        raise OtherMaker(written_by)
    content = given[end:]
    if given[:end] != _first_line(name, content):
        raise Damaged
    try:
        loaded: Content = marshal.loads(content)
        rules = decode(loaded, marshal.loads)
    except Exception as error:
        raise Damaged from error
    if not isinstance(rules, Rules):
        raise Damaged
    return rules


def _dump(value: Any) -> bytes:
    return marshal.dumps(value, _MARSHAL)


def _first_line(name: str, content: bytes) -> bytes:
    return _SIGN + f" {maker()} {name} {source_hash(_HASHED_FOR, content).hex()}\n".encode()
