"""One judgement: a document with claims under its rules, all that is wrong with it. Pure: the same data, the same findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from rulecore.character.patch import copied, difference, found_at
from rulecore.dataclass import replace
from rulecore.derive.derivation import Derivation
from rulecore.derive.findings import bounded
from rulecore.derive.tracing import read_by
from rulecore.finding import Finding, Safety, Severity
from rulecore.model.document import adding, read_document, replacing, wrong_type
from rulecore.model.strict import escape
from rulecore.names import nearest
from rulecore.validation.claims import CLAIMS, claim_faults
from rulecore.validation.level import Level, level_of
from rulecore.validation.unfinished import unfinished

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rulecore.derive.alike import Near
    from rulecore.ruleset import Ruleset

Fingerprint = tuple[str, str, str]

_INSIDE = ("/fields/", "/collections/", "/choices/", "/rulings/", f"/{CLAIMS}/")
_DIFFERING = frozenset({"claim.open", "claim.impossible"})
"""How far off a claim is says nothing of which one it is."""

_NEAR = 3
"""How many steps from a law something may be, to be what the law is about rather than what has led to it."""

_GRAVE = (Level.LEGALITY, Level.CLAIMS)


def fingerprint(finding: Finding) -> Fingerprint:
    """Give what tells a finding from all others of its document, whatever its words."""
    cause = finding.cause.replace(finding.code, "claim.differs", 1) if finding.code in _DIFFERING else finding.cause
    return cause, finding.pointer or "", str(finding.found)


class Judgement:
    """A document with its claims, what follows from it, and all that is wrong with it."""

    def __init__(
        self,
        rules: Ruleset,
        data: Mapping[str, Any],
        near: Near | None = None,
        derivation: Derivation | None = None,
        *,
        brief: bool = False,
    ) -> None:
        """Derive a document, unless that is done; `near` is a derivation of one like it, with the pointers of the difference.

        A `brief` one tells its findings apart, and does not explain them.
        """
        self._brief = brief
        self.rules, self.data = rules, data
        self.waived: list[Finding] = []
        self._envelope: list[Finding] = []
        working = self._derivable()
        self.derivation: Derivation = derivation or rules.derive(read_document(working), near)

    def after(self, data: Mapping[str, Any]) -> Judgement:
        """Judge other data that differ in little; what is the same in both is shared."""
        pointers = {str(each["path"]) for each in difference(self.data, data)}
        if all(f"{each}/".startswith((f"/{CLAIMS}/", "/notes/")) for each in pointers):
            return Judgement(self.rules, data, derivation=self.derivation, brief=True)
        if any(not each.startswith(_INSIDE) for each in pointers):
            return Judgement(self.rules, data, brief=True)
        inside = [each for each in pointers if not each.startswith(f"/{CLAIMS}/")]
        return Judgement(self.rules, data, near=(self.derivation, inside), brief=True)

    def _derivable(self) -> dict[str, Any]:
        """Give the document without its claims; what it is about is taken as the usual where it does not say so soundly."""
        # Documents of derivations are kept: what is handed in stays the caller's, to change as they like.
        working: dict[str, Any] = copied({key: value for key, value in self.data.items() if key != CLAIMS})
        kind = working.get("kind")
        if not isinstance(kind, str) or kind not in self.rules.entities:
            working["kind"] = usual = self.rules.usual
            self._envelope.append(_no_kind(self.data, usual, list(self.rules.entities)))
        return working

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Give all findings: those of the envelope, of the document under its rules, and of its claims."""
        own = map(self._placed, self.derivation.findings)
        found = [*self._envelope, *own, *unfinished(self.derivation), *self._claims()]
        return tuple(self._waived(each) for each in found if not self._is_waiver(each))

    @cached_property
    def fingerprints(self) -> frozenset[Fingerprint]:
        """Give what tells its errors and warnings apart."""
        return frozenset(fingerprint(each) for each in self.findings if each.severity is not Severity.NOTE)

    @cached_property
    def all_fingerprints(self) -> frozenset[Fingerprint]:
        """Give what tells all its findings apart."""
        return frozenset(map(fingerprint, self.findings))

    @cached_property
    def errors(self) -> frozenset[Fingerprint]:
        """Give what tells its errors apart."""
        return frozenset(fingerprint(each) for each in self.findings if each.severity is Severity.ERROR)

    def _claims(self) -> Iterator[Finding]:
        claims = self.data.get(CLAIMS, {})
        if isinstance(claims, Mapping):
            yield from bounded(claim_faults(self.derivation, claims, told=not self._brief))
        else:
            yield wrong_type(f"/{CLAIMS}", "object", claims, "document.part")

    def _placed(self, finding: Finding) -> Finding:
        """Give a finding a pointer: that of what a law reads, where it is about no single thing.

        While somebody edits, an answer that nothing asks is kept for later; in what is handed in as finished it is suspicious.
        """
        if finding.code == "choice.parked":
            return replace(finding, severity=Severity.WARNING)
        if finding.pointer is not None or level_of(finding) is not Level.LEGALITY:
            return finding
        return replace(finding, pointer=_common(self._read(finding)))

    def _read(self, finding: Finding) -> list[str]:
        """Give where the document has what a law reads: what is the asker's own, else the nearest, else what is chosen."""
        layers = [[place for place in places if place and has(self.data, place)] for places in read_by(self.derivation, finding)]
        own = tuple(f"/{part}/{escape(str(finding.found))}." for part in ("fields", "collections", "choices"))
        mine = [place for layer in layers[:_NEAR] for place in layer if finding.found and place.startswith(own)]
        nearest_ones = next(filter(None, layers), [])
        if mine or not all(place.startswith("/fields/") for place in nearest_ones):
            return mine or nearest_ones
        chosen = [place for layer in layers[: _NEAR + 1] for place in layer if place.startswith("/choices/")]
        return chosen[-1:] or nearest_ones

    # ---- waivers of what is no law of a single thing

    def _waived(self, finding: Finding) -> Finding:
        reason = self._reasons.get(finding.pointer or "")
        if reason is None or level_of(finding) not in _GRAVE or finding.severity is Severity.NOTE:
            return finding
        self.waived.append(finding)
        return replace(finding, severity=Severity.NOTE, message=f"{finding.message} (waived: {reason})", fixes=())

    def _is_waiver(self, finding: Finding) -> bool:
        return finding.code == "waiver.unused" and str(finding.found) in self._reasons

    @cached_property
    def _reasons(self) -> dict[str, str]:
        waivers = self.data.get("waivers")
        found = waivers.items() if isinstance(waivers, Mapping) else ()
        return {key: reason for key, reason in found if key.startswith("/") and isinstance(reason, str)}


def _no_kind(data: Mapping[str, Any], usual: str, known: list[str]) -> Finding:
    written = data.get("kind")
    if "kind" not in data:
        fix = adding(data, "/kind", usual, Safety.LIKELY)
        return Finding("document.kind", "a document says what it is about", pointer="/kind", expected=known, fixes=(fix,))
    near = nearest(written, known) if isinstance(written, str) else None
    fix = replacing("/kind", written, near or usual, Safety.LIKELY)
    message = f"there is no entity {written!r}; it is judged as {usual}"
    return Finding("document.kind_unknown", message, pointer="/kind", expected=known, found=written, nearest=near, fixes=(fix,))


def has(data: Any, pointer: str) -> bool:
    """Tell whether there is something at a JSON pointer."""
    return found_at(data, pointer) is not None


def _common(places: list[str]) -> str:
    """Give the pointer of what holds all of some places."""
    shared = places[0].split("/") if places else [""]
    for place in places[1:]:
        segments = place.split("/")
        length = next((at for at, (one, other) in enumerate(zip(shared, segments, strict=False)) if one != other), None)
        shared = shared[: min(len(shared), len(segments)) if length is None else length]
    return "/".join(shared)
