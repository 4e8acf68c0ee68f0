"""The faults of a text: each with its code, its line and column, and what reading has made of it, and never too many."""

from __future__ import annotations

from collections.abc import Sequence

from rulecore.dataclass import dataclass, replace
from rulecore.finding import Finding, Fix, Safety, Severity
from rulecore.model.strict import LONGEST_KEY, MOST_FINDINGS, escape, unescape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LONGEST_EXCERPT = 60
MOST_OF_A_CODE = 50
"""A text in which every quotation mark is wrong has room for its other faults."""


@dataclass(frozen=True, slots=True)
class Cause:
    """What a code says: the sentence, what reading has taken the text as (none where it has left something out), how sure."""

    message: str
    taken: str | None = None
    severity: Severity = Severity.ERROR
    safety: Safety = Safety.CERTAIN


CAUSES: dict[str, Cause] = {
    "document.bracket": Cause("another bracket is expected, or none", "the bracket that is expected"),
    "document.comma": Cause("a comma divides no two values here", "no comma"),
    "document.comment": Cause("JSON has no comments", "no part of the data", Severity.WARNING),
    "document.constant": Cause(
        "a number is expected: JSON has no such constant; the value is left out, and what follows takes its place"
    ),
    "document.control": Cause("a control sign is written with a backslash in a text, and stands nowhere else", "the sign"),
    "document.depth": Cause("values are nested too deep; this one is left out, and what follows takes its place"),
    "document.escape": Cause('after a backslash stands one of " \\ / b f n r t u', "the signs as they stand"),
    "document.fence": Cause("JSON alone is expected, without a fence around it", "what stands inside", Severity.WARNING),
    "document.inner_quotes": Cause(
        "a quotation mark inside a text stands after a backslash", "a part of it", safety=Safety.LIKELY
    ),
    "document.key_length": Cause(f"a key has at most {LONGEST_KEY} characters; it is left out with its value"),
    "document.keys": Cause("a key is text; it is left out with its value"),
    "document.literal": Cause("true, false or null is expected", "the word of JSON"),
    "document.missing_colon": Cause("a `:` is expected between a key and its value", "a colon"),
    "document.missing_comma": Cause("a `,` is expected between two values", "a comma"),
    "document.missing_key": Cause("a key is expected before a value of an object; the value is left out"),
    "document.missing_value": Cause("a value is expected behind the key; the key is left out"),
    "document.number": Cause("the number is beyond all measure; it is left out, and what follows takes its place"),
    "document.numeral": Cause("JSON writes numbers in another way", "the number"),
    "document.prose": Cause("JSON alone is expected, without words around it", "no part of the data", Severity.WARNING),
    "document.quotes": Cause('a text stands between two "', "text"),
    "document.semicolon": Cause("a `,` is expected here and no `;`", "a comma"),
    "document.several": Cause("one JSON value is expected; this other one is left out"),
    "document.sign": Cause("this can stand nowhere in JSON, and is left out"),
    "document.surrogate": Cause("this text holds a part of a character, which no file can keep", "the sign for an unknown one"),
    "document.truncated": Cause("the text ends inside a value", "what was complete", safety=Safety.LIKELY),
    "document.unclosed": Cause("a text ends with a quotation mark on its line", "ended with the line", safety=Safety.LIKELY),
    "document.unquoted": Cause('a text stands between two "', "text"),
    "document.value": Cause("JSON has no value of this type; it is left out, and what follows takes its place"),
}
"""Every cause that needs no other words; the one of two keys that are alike is told where they are compared."""


class Faults:
    """Collects the faults of one text; `findings` gives them in the order of the text."""

    __slots__ = ("_at", "_found", "_kept", "_line", "_text", "count")

    def __init__(self, text: str = "") -> None:
        self.count = 0
        self._found: list[tuple[int, Finding]] = []
        self._kept: dict[str, int] = {}
        self._text = text
        self._at, self._line = 0, 1

    def is_full(self, code: str) -> bool:
        """Tell whether a further fault of a code would be counted and not kept; then it is counted."""
        if len(self._found) < MOST_FINDINGS and self._kept.get(code, 0) < MOST_OF_A_CODE:
            return False
        self.count += 1
        return True

    def add(self, code: str, pointer: str, at: int | None = None, end: int | None = None, *, found: Any = None) -> None:
        """Keep a fault of a cause that CAUSES has, at a place of the text where it is one of a text."""
        cause = CAUSES[code]
        fixes = (Fix(f"taken as {cause.taken}", cause.safety),) if cause.taken is not None else ()
        self.put(Finding(code, cause.message, cause.severity, pointer=pointer, found=found, fixes=fixes), at, end)

    def put(self, finding: Finding, at: int | None = None, end: int | None = None) -> None:
        """Keep a fault with its line and column, and what stands there."""
        if self.is_full(finding.code):
            return
        self.count += 1
        self._kept[finding.code] = self._kept.get(finding.code, 0) + 1
        if at is not None:
            found = self._excerpt(at, at + 1 if end is None else end) if finding.found is None else finding.found
            finding = replace(finding, found=found or None)
        self._found.append((-1 if at is None else at, finding))

    def place(self, at: int) -> str:
        """Name the line and the column of a place, which is not before the one that was asked last."""
        self._line += self._text.count("\n", self._at, at)
        self._at = at
        return f"line {self._line}, column {at - self._text.rfind(chr(10), 0, at)}"

    def _excerpt(self, start: int, end: int) -> str:
        shown = self._text[start : min(end, start + LONGEST_EXCERPT)].encode(errors="replace").decode()
        return f"{shown[: LONGEST_EXCERPT - 1]}…" if end - start > LONGEST_EXCERPT else shown

    def findings(self, value: Any) -> tuple[Finding, ...]:
        """Give what was found of a value as it has come out, each at a place that is there, and a note where there was more."""
        found = sorted(self._found, key=lambda each: each[0])
        told = tuple(_settled(self._placed(finding, at), value) for at, finding in found)
        left_out = self.count - len(told)
        more = Finding("findings.more", f"there are {left_out} faults of the text more, left out", Severity.NOTE)
        return (*told, more) if left_out else told

    def _placed(self, finding: Finding, at: int) -> Finding:
        return finding if at < 0 else replace(finding, message=f"{self.place(at)}: {finding.message}")


def pointer_of(keys: Sequence[str | int]) -> str:
    """Give the JSON pointer of a row of keys and places."""
    return "".join(f"/{escape(key) if isinstance(key, str) else key}" for key in keys)


def _settled(finding: Finding, value: Any) -> Finding:
    """Move a finding to the nearest place that is there; a fix whose value is not there any more goes."""
    there: list[str] = []
    for segment in (finding.pointer or "").split("/")[1:]:
        key = unescape(segment)
        if isinstance(value, dict) and key in value:
            value = value[key]
        elif isinstance(value, list) and int(segment) < len(value):
            value = value[int(segment)]
        else:
            break
        there.append(segment)
    pointer = "".join(f"/{segment}" for segment in there)
    fixes = tuple(
        fix for fix in finding.fixes if not fix.patch or (pointer == finding.pointer and fix.patch[0]["value"] is value)
    )
    return replace(finding, pointer=pointer, fixes=fixes)
