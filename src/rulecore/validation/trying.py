"""Repairs are tried before they are offered: what is listed takes its finding away, and adds no error where that can be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice

from rulecore.character.patch import applied
from rulecore.dataclass import dataclass, replace
from rulecore.errors import RulecoreError
from rulecore.finding import Finding, Fix, Safety
from rulecore.validation.claims import CLAIMS
from rulecore.validation.judge import Fingerprint, Judgement, fingerprint
from rulecore.validation.proposing import MOST_OFFERED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MOST_TRIED = 240
"""How many repairs are tried for one report, in even shares for its findings."""

MOST_FOR_ONE, LEAST_FOR_ONE = 90, 6
ORDINARY = 800
"""How many values an ordinary document has at most: of a larger one, each try costs more, and fewer are made."""

_ORDER = list(Safety)


@dataclass(frozen=True, slots=True)
class Tried:
    """A repair with what it leads to: the findings that go with it, how many come, and whether any of these is an error."""

    fix: Fix
    gone: frozenset[Fingerprint] = frozenset()
    added: int = 0
    is_harmful: bool = False

    @property
    def changes(self) -> int:
        """Count what it changes."""
        return sum(operation["op"] != "test" for operation in self.fix.patch)


class Trying:
    """Tries repairs on the data of one judgement; what each leads to is judged anew."""

    def __init__(self, judgement: Judgement, findings: int) -> None:
        """Have tried nothing yet, for so many findings."""
        self.judgement = judgement
        most = max(LEAST_FOR_ONE, MOST_TRIED * ORDINARY // max(ORDINARY, _values(judgement.data)))
        self.share = max(LEAST_FOR_ONE, min(MOST_FOR_ONE, most // max(1, findings)))
        # When none is left, repairs of the other findings come after some are mended.
        self.left = most

    def proven(self, finding: Finding, proposed: Iterable[Fix]) -> tuple[Tried, ...]:
        """Give the repairs that work, the surest first, then those that explain most and change least."""
        working: list[Tried] = []
        harmful: list[Tried] = []
        for fix in islice(_distinct(proposed), self.share):
            if _enough(working, fix):
                break
            found = self._try(finding, fix)
            if found is not None:
                (harmful if found.is_harmful else working).append(found)
        # What a fault has hidden comes out with its repair: where nothing else works, such a repair is one of several.
        rest = [replace(each, fix=replace(each.fix, safety=Safety.CHOICE)) for each in harmful]
        ranked = sorted(working or rest, key=_rank)
        certain = [each for each in ranked if each.fix.safety is Safety.CERTAIN]
        return tuple(certain or ranked)

    def _try(self, finding: Finding, fix: Fix) -> Tried | None:
        """Give what a repair leads to; none if the finding stays."""
        before = self.judgement
        if not fix.patch or _is_claim(fix):
            return Tried(fix)
        if self.left <= 0:
            return None
        self.left -= 1
        after = following(before, fix)
        if after is None or fingerprint(finding) in after.all_fingerprints:
            return None
        gone = before.all_fingerprints - after.all_fingerprints - {fingerprint(finding)}
        added = after.fingerprints - before.fingerprints
        if after.errors - before.fingerprints:
            return Tried(fix, added=len(added), is_harmful=True)
        if added and fix.safety is Safety.CERTAIN:
            return Tried(replace(fix, safety=Safety.LIKELY), gone, len(added))
        return Tried(fix, gone, len(added))


def _is_claim(fix: Fix) -> bool:
    """Tell whether a repair does no more than to write what has come out: nothing hangs on a claim."""
    return fix.safety is Safety.CERTAIN and fix.patch[-1]["op"] == "replace" and fix.patch[-1]["path"].startswith(f"/{CLAIMS}/")


def _rank(tried: Tried) -> tuple[int, int, int, int]:
    return _ORDER.index(tried.fix.safety), -len(tried.gone), tried.changes, tried.added


def _values(data: Any) -> int:
    """Count the values of JSON."""
    count, reached = 0, [data]
    while reached:
        value = reached.pop()
        count += 1
        reached.extend(value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ())
    return count


def following(judgement: Judgement, fix: Fix) -> Judgement | None:
    """Judge what a repair leads to; none where its patch does not fit the data."""
    try:
        return judgement.after(applied(judgement.data, fix.patch))
    except RulecoreError:
        return None


def _distinct(proposed: Iterable[Fix]) -> Iterable[Fix]:
    seen: list[tuple[object, ...]] = []
    for fix in proposed:
        if fix.patch not in seen or not fix.patch:
            seen.append(fix.patch)
            yield fix


def _enough(working: list[Tried], fix: Fix) -> bool:
    """Tell whether no more need be tried: enough work, or something works that changes less."""
    if len(working) > MOST_OFFERED:
        return True
    changes = sum(operation["op"] != "test" for operation in fix.patch)
    return changes > 1 and any(each.changes < changes for each in working)
