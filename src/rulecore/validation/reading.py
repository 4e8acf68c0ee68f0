"""The first level of judging: what a text, a file or a value holds that is JSON, and what is wrong with how it is written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from os import PathLike

from rulecore.dataclass import dataclass
from rulecore.errors import DocumentError
from rulecore.finding import Finding
from rulecore.model.strict import DEEPEST, LARGEST_NUMBER, LARGEST_TEXT, LONGEST_KEY, MOST_FINDINGS, is_sound, read_text
from rulecore.validation.faults import LONGEST_EXCERPT, Faults
from rulecore.validation.lenient import Lenient
from rulecore.validation.sanitized import sanitized
from rulecore.validation.scalars import HOLE, scalar
from rulecore.validation.tokens import Brackets

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MOST_CANDIDATES = 10_000
"""So many values of one text are compared; what stands behind them is prose."""


@dataclass(frozen=True, slots=True)
class Read:
    """What a text holds: its JSON value, what is wrong with how it is written, and the words around it.

    `value` is none where nothing could be read; `text` is what stands around the JSON, or all of it where it has none.
    """

    value: Any
    findings: tuple[Finding, ...]
    text: str = ""
    found: bool = True


class _NotStrict(ValueError):
    """Stops the strict reader at what only the tolerant one can tell."""


_HALF_CHARACTER = re.compile(r"\\u[dD]")
_FIRST = re.compile(r"[ \t\n\r]*+(?=[{\[])")
_OPENER = re.compile(
    r"\{(?=\s*+(?:[}\"'“„\u2018«/#]|[\w$\-]++\s*+(?:[:=]|\Z)|\Z))"
    r"|(?<![^\s])\[(?=\s*+(?:[{\[\"“„«]|(?:-?[0-9][0-9.]*+|true|false|null)\s*+,))"
)
"""A bracket that may open JSON in the middle of words: one of an object, or one of an array that stands apart."""
_FENCED = re.compile(r"^[ \t]*+(?:```++|~~~++)[^\n]*+\n\s*+(?=[{\[])", re.MULTILINE)
_FENCE_LINE = re.compile(r"(?:```++|~~~++)[^\n`~]*+")
_REMAINS = re.compile(r"\s*+(?P<sign>[,;\]}])[\s,;\]}]*+")


def read(given: Mapping[Any, Any] | list[Any] | str | bytes | PathLike[str]) -> Read:
    """Read anything that may hold a JSON value; what is wrong with it is told and is no exception."""
    if not isinstance(given, str | bytes | PathLike):
        return _read_value(given)
    try:
        text = read_text(given)  # type: ignore[arg-type] # any path will do
    except DocumentError as error:
        return Read(None, error.findings, found=False)
    text = text.removeprefix("\ufeff")
    if len(text) > LARGEST_TEXT:
        finding = Finding("document.length", f"a document has at most {LARGEST_TEXT} characters", found=len(text))
        return Read(None, (finding,), found=False)
    try:
        return Read(_strict(text), ())
    except (ValueError, RecursionError):
        return _tolerant(text)


def _read_value(given: Any) -> Read:
    if is_sound(given):
        return Read(json.loads(json.dumps(given)), ())
    value, findings = sanitized(given)
    return Read(value, findings, found=value is not None)


def _strict(text: str) -> Any:
    value = json.loads(text, object_pairs_hook=_members, parse_constant=_refuse)
    if not _is_plain(value, 1):
        raise _NotStrict
    if not text.isascii():
        text.encode()
    if _HALF_CHARACTER.search(text):
        json.dumps(value, ensure_ascii=False).encode()
    return value


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) != len(pairs):
        raise _NotStrict
    return values


def _refuse(_word: str) -> Any:
    raise _NotStrict


def _is_plain(value: Any, depth: int) -> bool:
    kind = value.__class__
    if kind is str:
        return True
    if kind is int or kind is float:
        return bool(abs(value) <= LARGEST_NUMBER)
    if kind is dict:
        for key, each in value.items():
            if len(key) > LONGEST_KEY or depth >= DEEPEST or not (each.__class__ is str or _is_plain(each, depth + 1)):
                return False
    elif kind is list:
        for each in value:
            if depth >= DEEPEST or not (each.__class__ is str or _is_plain(each, depth + 1)):
                return False
    return True


# ---- texts that are not JSON alone


@dataclass(frozen=True, slots=True)
class _Candidate:
    """One value that stands in a text, from its first bracket to its last."""

    start: int
    end: int
    value: Any
    faults: Faults

    @property
    def rank(self) -> tuple[bool, int]:
        """Objects before arrays, then the longest."""
        return isinstance(self.value, dict), self.end - self.start


def _tolerant(text: str) -> Read:
    brackets = Brackets(text)
    chosen: _Candidate | None = None
    others: list[int] = []
    around: list[tuple[int, int]] = []
    start, end = _opener(text, 0), 0
    while start >= 0 and len(around) < MOST_CANDIDATES:
        faults = Faults(text)
        reader = Lenient(text, start, faults, brackets)
        around.append((end, start))
        candidate = _Candidate(start, reader.at, reader.value, faults)
        worse = candidate if chosen is not None and candidate.rank <= chosen.rank else chosen
        if worse is not None and len(others) <= MOST_FINDINGS:
            others.append(worse.start)
        chosen = chosen if worse is candidate else candidate
        start, end = _opener(text, reader.at), reader.at
    around.append((end, len(text)))
    return _without_json(text) if chosen is None else _with_json(text, chosen, others, around)


def _opener(text: str, end: int) -> int:
    """Give the next bracket that may open JSON: at the start of the text, behind a fence, or in the middle of words."""
    first = (_FIRST.match(text) or _FENCED.search(text)) if end == 0 else None
    if first is not None:
        return first.end()
    match = _OPENER.search(text, end)
    return -1 if match is None else match.start()


def _without_json(text: str) -> Read:
    if not text.strip():
        finding = Finding("document.empty", "there is nothing in the text", pointer="", expected="object")
        return Read(None, (finding,), text, found=False)
    value, code = scalar(text.strip())
    if value is HOLE and code is not None:
        faults = Faults(text)
        faults.add(code, "", 0, len(text))
        return Read(None, faults.findings(None), text, found=False)
    try:
        value, findings = sanitized(json.loads(text))
    except (ValueError, RecursionError):
        return Read(None, tuple(_no_json(text)), text, found=False)
    return Read(value, findings)


def _no_json(text: str) -> Iterator[Finding]:
    # A square bracket stands in many a text that never was to be JSON.
    at = text.find("{")
    if at >= 0:
        message = f"{Faults(text).place(at)}: a key is expected behind this bracket, and no JSON begins here"
        yield Finding("document.syntax", message, pointer="", expected="object", found="{")


def _with_json(text: str, chosen: _Candidate, others: list[int], around: list[tuple[int, int]]) -> Read:
    faults = chosen.faults
    for other in others:
        faults.add("document.several", "", other)
    around = [_past_brackets(text, chosen.end, end, faults) if start == chosen.end else (start, end) for start, end in around]
    outside = "\n".join(text[start:end] for start, end in around)
    at = next((_first_sign(text, start, end) for start, end in around if not text[start:end].isspace() and start < end), 0)
    if _FENCE_LINE.search(outside):
        faults.add("document.fence", "", at)
    prose = _FENCE_LINE.sub("", outside).strip()
    if prose:
        faults.add("document.prose", "", at, found=f"{prose[: LONGEST_EXCERPT - 1]}…" if len(prose) > LONGEST_EXCERPT else prose)
    return Read(chosen.value, faults.findings(chosen.value), prose)


def _past_brackets(text: str, start: int, end: int, faults: Faults) -> tuple[int, int]:
    """Tell what is closed or divided behind the last bracket, and give what remains."""
    remains = _REMAINS.match(text, start, end)
    if remains is None:
        return start, end
    at = remains.start("sign")
    faults.add({",": "document.comma", ";": "document.semicolon"}.get(text[at], "document.bracket"), "", at)
    return remains.end(), end


def _first_sign(text: str, start: int, end: int) -> int:
    return start + len(text[start:end]) - len(text[start:end].lstrip())
