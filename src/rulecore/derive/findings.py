"""What is wrong with a document under its rules: everything at once, each fault with the place where it can be mended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rulecore.dataclass import replace
from rulecore.derive.activate import holds
from rulecore.derive.asked import asked_faults
from rulecore.derive.combine import Combined, Offer
from rulecore.derive.instance import Instance
from rulecore.derive.laws import broken_laws
from rulecore.derive.written import written_faults
from rulecore.finding import Finding, Severity
from rulecore.model.shape import Field, Mode
from rulecore.model.strict import MOST_FINDINGS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rulecore.derive.derivation import Derivation

LONGEST_SHOWN = 600


def find(derivation: Derivation) -> Iterator[Finding]:
    """Give all findings: the document's own, then its content's, then what the rules say of it."""
    parts = (
        derivation.document.findings,
        derivation.structure.findings,
        written_faults(derivation),
        asked_faults(derivation),
        unstable(derivation),
        _values(derivation),
        broken_laws(derivation),
    )
    for part in parts:
        # what exists stands in the order in which it came, which the same document may have come to by several ways
        yield from sorted(bounded(part), key=_place)


def _place(finding: Finding) -> tuple[bool, str, str, str, str]:
    return finding.code == "findings.more", finding.pointer or "", finding.code, str(finding.found), finding.message


def bounded(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Give the first findings of a sort, each of a length that a person can read, and say where there are more."""
    for place, finding in enumerate(findings):
        if place == MOST_FINDINGS:
            yield Finding("findings.more", f"there are more findings than {MOST_FINDINGS} of this sort, left out", Severity.NOTE)
            return
        yield replace(finding, message=shortened(finding.message), found=shortened(finding.found))


def shortened(value: Any) -> Any:
    """Give a text as it is, or its beginning and its end where it is very long."""
    if not isinstance(value, str) or len(value) <= LONGEST_SHOWN:
        return value
    return f"{value[: LONGEST_SHOWN // 2]} … {value[-LONGEST_SHOWN // 2 :]}"


def unstable(derivation: Derivation) -> Iterator[Finding]:
    """Give a finding for each gate that was opened and holds no more."""
    for each in derivation.structure.opened:
        if not holds(each, derivation.computation):
            yield Finding(
                "activation.unstable",
                f"what {each.owner.path or 'the document'} brings removes its own condition",
                pointer=each.owner.origin or None,
            )


def _values(derivation: Derivation) -> Iterator[Finding]:
    for instance in derivation.structure.instances:
        if instance.on_read:
            continue
        for name, field in instance.fields.items():
            combined = derivation.computation.combined(instance, name)
            if combined.disagreeing:
                yield _disagreement(instance.join(name), combined.disagreeing)
            bound = combined.clamped
            if bound is not None and field.mode is not Mode.EDITABLE:
                yield _clamped(instance, field, combined, bound)


def _clamped(instance: Instance, field: Field, combined: Combined, bound: Offer) -> Finding:
    from rulecore.formula.format import format_value

    path = instance.join(field.name)
    return Finding(
        "range.derived",
        f"`{path}` came out beyond its range and is shown as {format_value(combined.value)}",
        Severity.WARNING,
        span=field.span,
        expected={bound.operation: format_value(bound.value)},
        citation=field.citation,
    )


def _disagreement(path: str, offers: Sequence[Offer]) -> Finding:
    from rulecore.formula.format import format_value

    named = [offer for offer in offers if offer.by is not None]
    values = " and ".join(format_value(offer.value) for offer in named)
    related = tuple((f"sets {format_value(offer.value)}", offer.by.effect.span) for offer in named if offer.by is not None)
    return Finding(
        "set.disagree",
        f"`{path}` is set to {values}; it keeps the value without them",
        Severity.WARNING,
        found=values,
        related=related,
    )
