"""From facts to a document with claims: what is placed, then what is filled, then what is solved, then what is left."""

from __future__ import annotations

from collections.abc import Iterator

from rulecore.finding import Finding, Fix, Safety, Severity
from rulecore.formula import types as t
from rulecore.model.shape import Mode
from rulecore.model.strict import escape
from rulecore.names import nearest
from rulecore.validation.importing.draft import Draft
from rulecore.validation.importing.facts import Fact, Facts
from rulecore.validation.importing.filling import MOST_ROUNDS, Filling, use
from rulecore.validation.importing.instances import said_of_instances
from rulecore.validation.importing.lexicon import Lexicon
from rulecore.validation.importing.mentions import Mention, Mentioning
from rulecore.validation.importing.placing import Placing
from rulecore.validation.importing.reading import Reading, Said
from rulecore.validation.importing.solving import Solving, signs_of_use
from rulecore.validation.importing.values import truth
from rulecore.validation.importing.wants import Want
from rulecore.validation.importing.words import identifier, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rulecore.ruleset import Ruleset

MOST_NAMED = 12
_LONGEST_COUNTED = 10
CLAIMS = "claims"


class Making:
    """Makes one document of the facts of a source."""

    def __init__(self, facts: Facts, rules: Ruleset, lexicon: Lexicon) -> None:
        """Read what the facts say and name."""
        self.facts, self.lexicon = facts, lexicon
        reading, mentioning = Reading(lexicon), Mentioning(lexicon)
        self.reading = reading
        found = (reading.said(fact) for fact in facts.facts)
        self.said = [each for each in found if each is not None and each.value is not None]
        self.mentions = mentioning.all(facts)
        self.draft = Draft(rules, lexicon.kind)
        self.claims: dict[str, Any] = {}

    @property
    def says_anything(self) -> bool:
        """Tell whether anything is about an entity: a number, or an entry where one is expected."""
        numbers = any(not isinstance(each.field.type, t.TextType) for each in self.said)
        return numbers or any(each.entries and each.context.kinds for each in self.mentions)

    def make(self) -> None:
        """Make the document."""
        self._named()
        placing = Placing(self.draft, self.lexicon, self.mentions)
        placing.all(self._length())
        self._write()
        self._spoken_of()
        wants = list(self._wants())
        filling, solving = Filling(self.draft, self.lexicon, self.mentions, wants), Solving(self.draft, wants)
        for _ in range(MOST_ROUNDS):
            solving.bases()
            if not filling.round() and not filling.lookahead():
                break
        self._leftovers()
        for collection, things in placing.things().items():
            shape = self.draft.derivation.structure.entity.collections[collection].shape.removeprefix("record ")
            solving.in_use([(collection, name) for name in things], signs_of_use(self.lexicon, shape))
        solving.bases()
        self._claim(wants, placing)

    def _named(self) -> None:
        name = next((each for each in self.said if each.path == "name" and isinstance(each.value, str)), None)
        if name is not None:
            self.draft.data["name"] = name.value
            self.draft.places["/name"] = name.fact.pointer
            name.fact.used = True

    def _length(self) -> int | None:
        """Give how long the sequence is that the entity is made of, where that is written on its own."""
        names = {words(each.label) for each in self.lexicon.blank.structure.entity.collections.values() if each.ordered}
        return next((each.value for each in self.said if words(each.path) in names and isinstance(each.value, int)), None)

    # ---- fields

    def _write(self) -> None:
        """Write what a person sets."""
        for each in self.said:
            field = self.draft.field(each.path)
            if field is not None and field.mode is Mode.EDITABLE and each.path != "name":
                if each.path not in self.draft.data["fields"]:
                    self.draft.set(each.path, each.value, each.fact.pointer)
                each.fact.used = True

    def _spoken_of(self) -> None:
        """Note which mentions are no more than the names of fields that are written about."""
        said = {id(each.fact) for each in self.said if each.entry is not None}
        about = {(id(each.fact.place), each.entry) for each in self.said}
        for mention in self.mentions:
            is_listed = any(fact.is_listed for fact in mention.facts)
            is_spoken_of = not is_listed and any((id(mention.place), entry) in about for entry in mention.entries)
            if is_spoken_of or any(id(fact) in said for fact in mention.facts):
                use(mention)

    def _wants(self) -> Iterator[Want]:
        seen: set[str] = set()
        for each in self.said:
            if each.field.mode is Mode.EDITABLE or each.path in seen:
                each.fact.used = True
                continue
            each.fact.used = True
            if not _is_no(each):
                seen.add(each.path)
                yield Want(each.path, each.value, each.fact.pointer, each.field, each.entry, each.ending)
        for mention in self.mentions:
            yield from self._of_mention(mention, seen)

    def _of_mention(self, mention: Mention, seen: set[str]) -> Iterator[Want]:
        """Give what a mention wants whose surroundings name a field of its entry: the number behind it, or that this is set."""
        if mention.used or mention.context.name not in self.lexicon.signs or mention.value is not None:
            return
        signed = mention.piece.signed
        for entry in mention.entries:
            named = None
            if entry.kind in self.lexicon.tails:
                named = self.reading.ending(entry, [mention.context.name], True if signed is None else signed)
            if named is None or (signed is None and not named.is_sign):
                continue
            path = f"{entry.name}.{named.path}"
            value = (
                signed if signed is not None else named.field.type.words[-1] if isinstance(named.field.type, t.EnumType) else True
            )
            if path not in seen:
                seen.add(path)
                yield Want(path, value, mention.pointer, named.field, entry, named.path, mention)
            use(mention)
            return

    # ---- what is left

    def _leftovers(self) -> None:
        """Put what was named for a list and is on offer in none where it was meant to be, so that judging tells of it."""
        structure = self.draft.derivation.structure
        gained = {name for each in structure.entity.collections.values() if each.ordered for name in self._gained(each.name)}
        lists = [(instance, each) for instance in structure.instances if instance.path for each in instance.collections.values()]
        lists = sorted(
            (pair for pair in lists if not pair[1].ordered), key=lambda pair: pair[0].path.partition(".")[0] not in gained
        )
        for mention in self.mentions:
            if mention.used or not mention.context.exact or not mention.is_name:
                continue
            wanted = self.lexicon.lists.get(mention.context.name, set())
            kinds = self.lexicon.kinds.get(mention.context.name, set())
            for instance, each in lists:
                name, kind = next(self.lexicon.references(each.shape), ("", ""))
                entry, is_gained = mention.of({kind}), instance.path.partition(".")[0] in gained
                is_meant = each.name in wanted or (kind in kinds and not wanted)
                if kind in mention.context.kinds and is_meant and (is_gained or entry is None):
                    written = identifier(mention.written) if entry is None else entry.name
                    self.draft.insert(instance.join(each.name), {name: written}, mention.pointer)
                    use(mention)
                    break

    def _gained(self, sequence: str) -> set[str]:
        """Give what is named in a sequence of the document."""
        return {name for each in self.draft.data["collections"].get(sequence, ()) for name in each.values()}

    def _claim(self, wants: list[Want], placing: Placing) -> None:
        """Say what was claimed of derived fields that there are."""
        claimed = [(each.path, each.value, each.pointer) for each in wants]
        claimed += [
            (each.path, each.value, each.fact.pointer) for each in said_of_instances(self.facts, self.lexicon, self.draft)
        ]
        claimed += placing.claims
        for path, value, pointer in claimed:
            field = self.draft.field(path)
            if field is not None and field.mode is not Mode.EDITABLE:
                self.claims.setdefault(path, value)
                self.draft.places.setdefault(f"/{CLAIMS}/{escape(path)}", pointer)

    # ---- what is told

    def findings(self) -> Iterator[Finding]:
        """Tell what was named and found no place, and what was not understood."""
        unused = [each for each in self.mentions if each.entries and not each.used and each.context.exact]
        if unused:
            pointers = list(dict.fromkeys(each.pointer for each in unused))
            names = ", ".join(dict.fromkeys(each.written for each in unused[:MOST_NAMED]))
            message = f"{len(unused)} that the packs know are named and have no place in the document: {names}"
            yield Finding(
                "import.unused", message, Severity.NOTE, pointer=pointers[0], expected=pointers[:MOST_NAMED], found=names
            )
        yield from self._unknown()
        unread = [fact for fact in self._counted() if not fact.used]
        if unread or self.facts.left_out:
            pointers = [fact.pointer for fact in unread[:MOST_NAMED]]
            count = len(unread) + self.facts.left_out
            message = f"{count} values say nothing that the packs have words for"
            pointer = pointers[0] if pointers else ""
            yield Finding("import.unread", message, Severity.NOTE, pointer=pointer, expected=pointers, found=str(count))

    def _unknown(self) -> Iterator[Finding]:
        """Tell of each name that stands where a name of something is expected, and that nobody knows."""
        numbers = {id(each.fact) for each in self.said}
        for each in self.mentions:
            is_expected = each.context.exact and each.context.kinds and each.is_name
            if each.entries or each.used or not is_expected or any(id(fact) in numbers for fact in each.facts):
                continue
            use(each)
            kinds = sorted(each.context.kinds)
            known = [entry.name for entry in self.draft.rules.rules.entries.values() if not entry.kinds.isdisjoint(kinds)]
            yield Finding(
                "import.unknown",
                f"there is no {' or '.join(kinds)} {each.written!r}; it is left out",
                pointer=each.pointer,
                expected=kinds,
                found=each.written,
                nearest=nearest(identifier(each.written), known),
                fixes=(Fix("leave it out", Safety.LIKELY),),
            )

    def certainty(self) -> float:
        """Give the share of what was written that was understood."""
        counted = self._counted()
        understood = sum(fact.used for fact in counted)
        return understood / max(1, len(counted) + self.facts.left_out)

    def _counted(self) -> list[Fact]:
        """Give all values but those in prose, which nobody expects to be understood."""
        return [fact for fact in self.facts.facts if fact.used or len(fact.text.split()) <= _LONGEST_COUNTED]


def _is_no(each: Said) -> bool:
    if isinstance(each.field.type, t.EnumType):
        return bool(each.value == each.field.type.words[0]) and truth(each.fact.value) is False
    return each.value is False
