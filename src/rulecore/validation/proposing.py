"""What could repair a finding, each a patch that is still to be tried: by its code, and by what stands at its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice

from rulecore.character.patch import found_at
from rulecore.dataclass import replace
from rulecore.derive.options import OpenChoice, entity_options, entries_for, options
from rulecore.errors import FieldError
from rulecore.finding import Finding, Fix, Safety
from rulecore.formula import types as t
from rulecore.model.document import removing, replacing
from rulecore.model.strict import escape
from rulecore.names import nearest
from rulecore.validation.coercion import Meant, as_elements, meant
from rulecore.validation.judge import Judgement
from rulecore.validation.lawful import lawful

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LONGEST_WRITTEN = 1_000
"""How many elements a list may have that a patch writes out."""

MOST_OFFERED = 12
"""How many legal answers are listed for one finding."""


class Proposing:
    """Proposes repairs for the findings of one judgement, the likeliest first."""

    def __init__(self, judgement: Judgement) -> None:
        """Look at the data and at what follows from them."""
        self.judgement = judgement
        self.data, self.derivation = judgement.data, judgement.derivation
        self._questions: dict[str, OpenChoice] | None = None

    def fixes(self, finding: Finding) -> Iterator[Fix]:
        """Propose repairs of a finding: those that it has, and others for its code."""
        yield from finding.fixes
        if finding.pointer is not None:
            yield from _OF_CODE.get(finding.code, _nothing)(self, finding)

    def stored(self, pointer: str) -> Any:
        """Give what stands at a pointer, none where nothing does."""
        found = found_at(self.data, pointer)
        return None if found is None else found[0]

    # ---- names

    def question(self, pointer: str) -> OpenChoice | None:
        """Give the choice whose answers stand at a pointer."""
        if self._questions is None:
            self._questions = {f"/choices/{escape(each.id)}": each for each in options(self.derivation, decided=True)}
        return self._questions.get("/".join(pointer.split("/")[:3]))

    def labels(self, pointer: str) -> Mapping[str, str]:
        """Give what could be written at a pointer: names on offer with their labels."""
        question = self.question(pointer) if pointer.startswith("/choices/") else None
        if question is not None:
            return {each.id: each.label for each in question.offered() if each.legal}
        try:
            instance, field = self.derivation.field(self.derivation.document.path(pointer))
        except FieldError:
            return {}
        if isinstance(field.type, t.EnumType):
            return {word: word for word in field.type.words}
        return {entry.name: entry.label for entry in entries_for(self.derivation, instance, field)}

    def named(self, finding: Finding) -> Iterator[Fix]:
        """Propose the name that was written another way, the nearest, and then what is on offer; or nothing at all."""
        pointer = finding.pointer or ""
        written, labels = self.stored(pointer), self.labels(pointer)
        plain = meant(written) if isinstance(written, str) else None
        alike = [name for name, label in labels.items() if plain in {meant(name), meant(label)}]
        if len(alike) == 1:
            yield replacing(pointer, written, alike[0], Safety.CERTAIN)
        if finding.nearest is not None and finding.nearest in labels:
            yield replacing(pointer, written, finding.nearest, Safety.LIKELY)
        others = [name for name in labels if name not in {written, finding.nearest}]
        for name in islice(others, MOST_OFFERED):
            yield replacing(pointer, written, name, Safety.CHOICE, f"write {name}")
        yield removing(pointer, written, Safety.CHOICE)

    def renamed(self, finding: Finding) -> Iterator[Fix]:
        """Propose the nearest key where there is none of this name; or to leave it out."""
        pointer = finding.pointer or ""
        written, holder = self.stored(pointer), pointer.rpartition("/")[0]
        target = f"{holder}/{escape(finding.nearest)}" if finding.nearest else None
        if target is not None and found_at(self.data, target) is None:
            test = {"op": "test", "path": pointer, "value": written}
            yield Fix(f"call it {finding.nearest}", Safety.LIKELY, (test, {"op": "move", "from": pointer, "path": target}))
        if isinstance(written, str) and holder in {"", "/fields"} and " " in written:
            yield self._noted(pointer, written)
        yield removing(pointer, written, Safety.LIKELY if target is None else Safety.CHOICE)

    def _noted(self, pointer: str, written: str) -> Fix:
        """Propose the place where remarks are welcome."""
        before = self.data.get("notes")
        notes = f"{before}\n{written}" if isinstance(before, str) and before else written
        patch = ({"op": "test", "path": pointer, "value": written}, {"op": "remove", "path": pointer})
        return Fix("keep it among the notes", Safety.LIKELY, (*patch, {"op": "add", "path": "/notes", "value": notes}))

    def claimed(self, finding: Finding) -> Iterator[Fix]:
        """Propose the nearest field for a claim about one that is not there; or to leave the claim out."""
        return self.renamed(replace(finding, nearest=nearest(str(finding.found), self.derivation.paths())))

    # ---- values and shapes

    def coerced(self, finding: Finding) -> Iterator[Fix]:
        """Propose the value that was written as another type; or to leave it out."""
        pointer = finding.pointer or ""
        written = self.stored(pointer)
        guess = Meant.of(written, str(finding.expected))
        if guess is not None:
            yield replacing(pointer, written, guess.value, guess.safety)
        yield removing(pointer, written, Safety.LIKELY if guess is None else Safety.CHOICE)

    def reshaped(self, finding: Finding) -> Iterator[Fix]:
        """Propose a list as an object by ids, or the other way round."""
        pointer = finding.pointer or ""
        written = self.stored(pointer)
        elements = as_elements(written, ordered=finding.expected == "array")
        if elements is not None:
            yield replacing(pointer, written, elements, Safety.CERTAIN, "write it in the shape that this list has")
        yield removing(pointer, written, Safety.CHOICE)

    def shortened(self, finding: Finding) -> Iterator[Fix]:
        """Propose to leave out what is too much at the end of a list."""
        pointer = finding.pointer or ""
        written = self.stored(pointer)
        if not isinstance(written, list | dict) or len(written) > LONGEST_WRITTEN:
            return
        if isinstance(written, list) and isinstance(finding.expected, int):
            yield replacing(pointer, written, written[: finding.expected], Safety.CHOICE, f"keep the first {finding.expected}")
        elif isinstance(written, dict) and isinstance(finding.expected, int):
            kept = dict(islice(written.items(), finding.expected))
            yield replacing(pointer, written, kept, Safety.CHOICE, f"keep the first {finding.expected}")

    # ---- answers

    def completed(self, finding: Finding) -> Iterator[Fix]:
        """Propose answers where some are missing: the only ones, or each that is on offer in turn."""
        pointer, question = finding.pointer or "", self.question(finding.pointer or "")
        if question is None:
            return
        picked = list(question.picked)
        lawful_ones = (each.id for each in question.offered(judged=True) if each.legal and each.id not in picked)
        offered = list(islice(lawful_ones, MOST_OFFERED + question.missing))
        only = len(offered) == question.missing
        for place in range(1 if only else min(len(offered), MOST_OFFERED)):
            chosen = [*offered[place:], *offered[:place]][: question.missing]
            title = f"choose {', '.join(chosen)}"
            yield self._answered(pointer, [*picked, *chosen], Safety.CERTAIN if only else Safety.CHOICE, title)

    def _answered(self, pointer: str, names: list[str], safety: Safety, title: str) -> Fix:
        stored = found_at(self.data, pointer)
        if stored is not None:
            return replacing(pointer, stored[0], names, safety, title)
        test = {"op": "test", "path": "/kind", "value": self.data.get("kind")}
        home = [] if isinstance(self.data.get("choices"), Mapping) else [{"op": "add", "path": "/choices", "value": {}}]
        return Fix(title, safety, (test, *home, {"op": "add", "path": pointer, "value": names}))

    def begun(self, finding: Finding) -> Iterator[Fix]:
        """Propose an entry where there is none: of a reference, or in the first element of a sequence."""
        pointer = finding.pointer or ""
        open_ones = {each.id: each for each in entity_options(self.derivation)}
        question = open_ones.get(finding.subject or "")
        test = {"op": "test", "path": "/kind", "value": self.data.get("kind")}
        part = pointer.split("/")[1]
        home = [] if isinstance(self.data.get(part), Mapping) else [{"op": "add", "path": f"/{part}", "value": {}}]
        for name in islice(question.candidates if question is not None else (), MOST_OFFERED):
            value = [{question.reference: name}] if question is not None and question.reference else name
            yield Fix(f"choose {name}", Safety.CHOICE, (test, *home, {"op": "add", "path": pointer, "value": value}))

    def lessened(self, finding: Finding) -> Iterator[Fix]:
        """Propose to leave out what is chosen too often or too much, from the last to the first."""
        pointer = finding.pointer or ""
        written, wanted = self.stored(pointer), (finding.expected or {}).get("count")
        if not isinstance(written, list) or not isinstance(wanted, int):
            return
        if len(written) - wanted == 1:
            for place in range(len(written) - 1, max(-1, len(written) - 1 - MOST_OFFERED), -1):
                rest = [*written[:place], *written[place + 1 :]]
                yield replacing(pointer, written, rest, Safety.CHOICE, f"leave out {written[place]}")
        else:
            yield replacing(pointer, written, written[:wanted], Safety.CHOICE, f"keep the first {wanted}")
            yield replacing(pointer, written, written[len(written) - wanted :], Safety.CHOICE, f"keep the last {wanted}")

    def once(self, finding: Finding) -> Iterator[Fix]:
        """Propose another answer for one that stands twice, or to leave the second out."""
        pointer = finding.pointer or ""
        written = self.stored(pointer)
        if not isinstance(written, list) or finding.found not in written:
            return
        place = len(written) - 1 - written[::-1].index(finding.found)
        for name in islice((name for name in self.labels(pointer) if name not in written), MOST_OFFERED):
            other = [*written[:place], name, *written[place + 1 :]]
            yield replacing(pointer, written, other, Safety.CHOICE, f"choose {name} in place of the second {finding.found}")
        rest = [*written[:place], *written[place + 1 :]]
        yield replacing(pointer, written, rest, Safety.CHOICE, f"leave out the second {finding.found}")

    def dropped(self, finding: Finding) -> Iterator[Fix]:
        """Propose to leave it out, as the one right answer."""
        yield removing(finding.pointer or "", self.stored(finding.pointer or ""), Safety.CERTAIN)

    def forgotten(self, finding: Finding) -> Iterator[Fix]:
        """Propose to leave out what does nothing."""
        yield removing(finding.pointer or "", self.stored(finding.pointer or ""), Safety.CHOICE)

    def lawful(self, finding: Finding) -> Iterator[Fix]:
        """Propose to change what a broken law reads, the nearest first."""
        return lawful(self, finding)

    def updated(self, finding: Finding) -> Iterator[Fix]:
        """Propose the version that is loaded."""
        if finding.expected is not None:
            yield replacing(finding.pointer or "", finding.found, finding.expected, Safety.LIKELY)


def _nothing(_proposing: Proposing, _finding: Finding) -> Iterator[Fix]:
    return iter(())


_OF_CODE: dict[str, Callable[[Proposing, Finding], Iterator[Fix]]] = {
    "choice.missing": Proposing.completed,
    "choice.parked": Proposing.forgotten,
    "choice.preset": Proposing.dropped,
    "choice.repeated": Proposing.once,
    "choice.too_many": Proposing.lessened,
    "choice.type": Proposing.coerced,
    "choice.unasked": Proposing.renamed,
    "choice.unknown": Proposing.named,
    "choice.where": Proposing.named,
    "claim.unknown": Proposing.claimed,
    "collection.maximum": Proposing.shortened,
    "collection.parked": Proposing.forgotten,
    "collection.shape": Proposing.reshaped,
    "collection.unknown": Proposing.renamed,
    "document.key": Proposing.renamed,
    "document.packs": Proposing.coerced,
    "document.part": Proposing.coerced,
    "document.waivers": Proposing.coerced,
    "element.id": Proposing.forgotten,
    "element.type": Proposing.coerced,
    "entry.kind": Proposing.named,
    "entry.unknown": Proposing.named,
    "field.parked": Proposing.forgotten,
    "field.unknown": Proposing.renamed,
    "input.unknown": Proposing.renamed,
    "collection.empty": Proposing.begun,
    "reference.missing": Proposing.begun,
    "pack.missing": Proposing.renamed,
    "pack.version": Proposing.updated,
    "requires.failed": Proposing.lawful,
    "ruling.unknown": Proposing.renamed,
    "value.fraction": Proposing.coerced,
    "value.instance": Proposing.named,
    "value.type": Proposing.coerced,
    "value.where": Proposing.named,
    "value.word": Proposing.named,
    "waiver.unused": Proposing.renamed,
}
