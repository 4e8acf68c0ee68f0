"""Which findings are roots and which follow from them, and the repairs of each root."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from rulecore.dataclass import dataclass, replace
from rulecore.derive.derivation import Derivation
from rulecore.derive.instance import Instance
from rulecore.derive.stored import Fault, read_stored
from rulecore.derive.supposing import supposing
from rulecore.finding import Finding, Fix, Safety, Severity
from rulecore.model.strict import unescape
from rulecore.validation.judge import Fingerprint, Judgement, fingerprint
from rulecore.validation.level import Level, level_of
from rulecore.validation.proposing import Proposing
from rulecore.validation.trying import Tried, Trying

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rulecore.derive.compute import Computation

_SEVERITIES = list(Severity)
_MOST_SUPPOSED = 40
_NAMES = frozenset({"entry.unknown", "entry.kind", "choice.unknown", "value.instance", "value.word"})


@dataclass(frozen=True, slots=True)
class Root:
    """A finding with its repairs, and the findings that follow from it."""

    finding: Finding
    consequences: tuple[Finding, ...] = ()


class Analysis:
    """The findings of one judgement, sorted out. `before` are those of reading, which stand in front."""

    def __init__(self, judgement: Judgement, before: Iterable[Finding] = ()) -> None:
        """Start with the findings in the order of level and place."""
        self.judgement = judgement
        self.findings = sorted([*before, *judgement.findings], key=_place)
        grave = sum(each.severity is not Severity.NOTE and level_of(each) is not Level.CLAIMS for each in self.findings)
        self.proposing, self.trying = Proposing(judgement), Trying(judgement, grave)
        self._causes: dict[Fingerprint, Fingerprint] = {}

    def roots(self) -> tuple[Root, ...]:
        """Give the roots, the gravest first, each with what follows from it."""
        supposed = self._supposed()
        mended: dict[Fingerprint, Finding] = {}
        explained: dict[Fingerprint, frozenset[Fingerprint]] = {}
        for finding in self.findings:
            own = fingerprint(finding)
            if own in self._causes:
                continue
            tried = self._tried(finding)
            mended[own] = replace(finding, fixes=tuple(each.fix for each in tried))
            explained[own] = frozenset((*_explained(finding, tried), *self._named(finding), *supposed.get(own, ()))) - {own}
            for other in explained[own]:
                # Of two that explain each other the first is the root; else whichever explains the other.
                if other not in mended or own not in explained[other]:
                    self._causes.setdefault(other, own)
        roots = [self._root(finding) for own, finding in mended.items() if own not in self._causes]
        return tuple(sorted(roots, key=lambda root: _rank(root.finding, root.consequences)))

    def certain(self) -> Iterator[Fix]:
        """Give the repairs that have one right answer, each proven; what follows from what does not matter to them."""
        for finding in self.findings:
            proposed = (fix for fix in self.proposing.fixes(finding) if fix.safety is Safety.CERTAIN)
            if finding.severity is not Severity.NOTE:
                tried = self.trying.proven(finding, proposed)
                yield from (each.fix for each in tried[:1] if each.fix.safety is Safety.CERTAIN)

    def _tried(self, finding: Finding) -> tuple[Tried, ...]:
        if finding.severity is Severity.NOTE and not finding.fixes:
            return ()
        return self.trying.proven(finding, self.proposing.fixes(finding))

    def _root(self, finding: Finding) -> Root:
        own = fingerprint(finding)
        return Root(finding, tuple(each for each in self.findings if self._leads_to(fingerprint(each), own)))

    def _leads_to(self, reached: Fingerprint, root: Fingerprint) -> bool:
        passed = {reached}
        while reached in self._causes and self._causes[reached] not in passed:
            reached = self._causes[reached]
            passed.add(reached)
            if reached == root:
                return True
        return False

    # ---- what follows without any repair that would show it

    def _named(self, finding: Finding) -> Iterator[Fingerprint]:
        """Give what waits for something that is not there: answers by its name, and claims about what it would bring."""
        if finding.code == "pack.missing":
            yield from (fingerprint(each) for each in self.findings if _may_be_there(each))
        if finding.code not in {"entry.unknown", "entry.kind"} or finding.fixes:
            return
        for each in self.findings:
            waits = each.code in {"choice.unasked", "choice.parked", "field.unknown", "collection.unknown"}
            head = unescape((each.pointer or "").rpartition("/")[2]).partition(".")[0]
            if (waits and head == str(finding.found)) or level_of(each) is Level.CLAIMS:
                yield fingerprint(each)

    def _supposed(self) -> Mapping[Fingerprint, list[Fingerprint]]:
        """Give for each wrong claim the claims that would be right if it were."""
        wrong = [each for each in self.findings if each.code in {"claim.differs", "claim.impossible", "claim.open"}]
        if len(wrong) < 2:
            return {}
        derivation = self.judgement.derivation
        found: dict[Fingerprint, list[Fingerprint]] = {}
        for each in wrong[:_MOST_SUPPOSED]:
            path, value = _claimed(derivation, each)
            world = supposing(derivation, {path: value})
            others = [other for other in wrong if other is not each and _holds(world, derivation, other)]
            found[fingerprint(each)] = [fingerprint(other) for other in others]
        return found


def _explained(finding: Finding, tried: tuple[Tried, ...]) -> Iterable[Fingerprint]:
    """Give what goes away with a finding: by the likely repair, by the answer that explains most, or by whatever is written."""
    is_added = bool(tried) and bool(tried[0].fix.patch) and tried[0].fix.patch[-1]["op"] == "add"
    if tried and (tried[0].fix.safety is not Safety.CHOICE or finding.code == "choice.missing" or is_added):
        return tried[0].gone
    written = [each.gone for each in tried if each.fix.patch and each.fix.patch[-1]["op"] == "replace"]
    return frozenset.intersection(*written) if written and finding.code in _NAMES else frozenset()


def _may_be_there(finding: Finding) -> bool:
    """Tell whether an entry is not known and is no error: it may be one of a pack that is not loaded."""
    return finding.code == "entry.unknown" and finding.severity is Severity.WARNING


def _claimed(derivation: Derivation, finding: Finding) -> tuple[tuple[Instance, str], Any]:
    path = unescape((finding.pointer or "").rpartition("/")[2])
    instance, field = derivation.field(path)
    return (instance, field.name), read_stored(finding.found, field.type, derivation.structure)


def _holds(world: Computation, derivation: Derivation, finding: Finding) -> bool:
    (instance, name), value = _claimed(derivation, finding)
    return not isinstance(value, Fault) and world.value(instance, name) == value


def _place(finding: Finding) -> tuple[Any, ...]:
    """Order findings by level and place; packs that are not there explain names that are not, and notes explain nothing."""
    is_of_pack = finding.code.startswith("pack.")
    gravity = (finding.severity is Severity.NOTE, level_of(finding), not is_of_pack, _SEVERITIES.index(finding.severity))
    return *gravity, finding.pointer or "", finding.cause


def _rank(finding: Finding, consequences: tuple[Finding, ...]) -> tuple[Any, ...]:
    """Order roots: a root is as grave as the gravest of what follows from it, and then it goes by level."""
    gravest = min(_SEVERITIES.index(each.severity) for each in (finding, *consequences))
    return gravest, *_place(finding)
