"""Requirements: judged last, and never a deactivation. An entry is judged on the sheet as it would be without itself."""

from __future__ import annotations

from collections.abc import Iterator

from rulecore.derive.compute import Computation
from rulecore.derive.instance import Form, Instance, Law
from rulecore.finding import Finding, Severity
from rulecore.formula.scalar import Scope, evaluate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rulecore.derive.derivation import Derivation


def broken_laws(derivation: Derivation) -> Iterator[Finding]:
    """Give a finding for each requirement that does not hold, a note where the document waives it."""
    for instance in derivation.structure.instances:
        without: Computation | None = None
        for law in instance.laws:
            world: Computation = derivation.computation
            if not world.acts(instance, of_entry=law.of_entry):
                continue
            if law.of_entry:
                world = without = without or sheet_without(derivation, instance)
            if not evaluate(law.requirement.condition, Scope(world, instance)):
                yield _broken(derivation, instance, law)


def sheet_without(derivation: Derivation, instance: Instance) -> Computation:
    """Give the values as they are without the effects of an instance and of what its own text brings."""
    inside = [each for each in own_text(derivation, instance) if each.effects]
    if not inside:
        return derivation.computation
    return Computation(derivation.structure, derivation.contributions, inside, contents=derivation.contents)


def own_text(derivation: Derivation, instance: Instance) -> list[Instance]:
    """Give an instance with its parts, elements, options and nested entries; other entries chosen through it stand alone."""
    found = {instance: None}
    for each in derivation.structure.instances:
        if each.owner in found and (each.form is not Form.ENTRY or _is_nested(each, instance)):
            found[each] = None
    return list(found)


def _is_nested(each: Instance, instance: Instance) -> bool:
    return each.entry is not None and each.entry.outer in instance.shapes


def _broken(derivation: Derivation, instance: Instance, law: Law) -> Finding:
    from rulecore.derive.explain import name_of

    requirement = law.requirement
    place = f"{name_of(derivation.computation, instance)} ({instance.path}): " if instance.path else ""
    subject = _subject(instance, law)
    reason = derivation.document.waivers.get(instance.path)
    if isinstance(reason, str):
        return Finding(
            "requires.waived",
            f"{place}{requirement.message} (waived: {reason})",
            Severity.NOTE,
            span=requirement.span,
            pointer=instance.origin or None,
            citation=requirement.citation,
            subject=subject,
        )
    return Finding(
        "requires.failed",
        f"{place}{requirement.message}",
        span=requirement.span,
        pointer=instance.origin or None,
        found=instance.path or None,
        citation=requirement.citation,
        subject=subject,
    )


def _subject(instance: Instance, law: Law) -> str:
    """Name a law by the sort of what asks it, and the words in which packs say it."""
    sort = instance.entry.kind if instance.entry is not None else instance.shape.rpartition(" ")[2]
    words = "".join(sign if sign.isalnum() else " " for sign in law.requirement.message.casefold())
    return f"{sort}.{'_'.join(words.split())}"
