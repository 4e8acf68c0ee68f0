"""What fills open choices and lists: what was named and is on offer, matched so that as much as can be finds a place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rulecore.dataclass import dataclass
from rulecore.dataclass import field as given
from rulecore.derive.asking import OpenList, asked
from rulecore.derive.derivation import Derivation
from rulecore.derive.options import CHOICE, OpenChoice, options
from rulecore.formula import types as t
from rulecore.model.entry import Entry
from rulecore.validation.importing.draft import Draft
from rulecore.validation.importing.lexicon import Lexicon
from rulecore.validation.importing.mentions import Mention
from rulecore.validation.importing.wants import Want, total
from rulecore.validation.importing.words import Words, words

MOST_ROUNDS = 20
MOST_OPTIONS = 6
_FEW = 1


@dataclass(eq=False, slots=True)
class Slot:
    """Something open: its id, how many places are left, what is on offer, and the words by which it is known."""

    id: str
    room: int
    offers: frozenset[str]
    names: frozenset[Words]
    is_list: bool
    reference: str = ""
    kind: str = ""
    takers: list[tuple[Seeker, str]] = given(default_factory=list)


@dataclass(eq=False, slots=True)
class Seeker:
    """A mention or a wanted value that looks for a place; `slots` are those that would take it, with what it is there."""

    mention: Mention | None
    want: Want | None = None
    slots: list[tuple[Slot, str]] = given(default_factory=list)

    @property
    def pointer(self) -> str:
        """Give where it was written."""
        return self.want.pointer if self.want is not None else self.mention.pointer if self.mention is not None else ""


class Filling:
    """Fills what is open, round by round, since answers open further questions."""

    def __init__(self, draft: Draft, lexicon: Lexicon, mentions: Sequence[Mention], wants: Sequence[Want]) -> None:
        """Fill a draft with what was named and what was wanted."""
        self.draft, self.lexicon, self.mentions, self.wants = draft, lexicon, mentions, wants
        self._serving: set[tuple[str, str]] = set()
        self._missing: set[tuple[str, str]] = set()
        self._looked: set[tuple[str, int]] = set()
        self._tried: set[tuple[str, str, int]] = set()

    def round(self) -> bool:
        """Fill what can be filled now, and tell whether anything was."""
        derivation = self.draft.derivation
        self._missing.clear()
        self._settle(derivation)
        slots = list(self._open(derivation))
        seekers = [each for each in self._seekers(slots, derivation) if each.slots]
        _match(seekers, slots)
        wanted = [(slot, taker) for slot in slots for taker in slot.takers]
        before = {id(seeker): seeker.want.distance(derivation) for _slot, (seeker, _name) in wanted if seeker.want is not None}
        for slot in slots:
            self._fill(slot)
        return self._keep(wanted, before)

    # ---- what is open

    def lookahead(self) -> bool:
        """Decide the first question whose one answer makes room for what is left, or brings what is wanted nearer, most."""
        derivation = self.draft.derivation
        for choice in options(derivation):
            key = choice.id, len(choice.picked)
            if choice.form == CHOICE and key not in self._looked and choice.count == 1 and self._has_options(choice):
                self._looked.add(key)
                best = self._best(choice)
                if best is not None:
                    self.draft.choose(choice.id, [(best, None)])
                    return True
        return False

    def _has_options(self, choice: OpenChoice) -> bool:
        found = choice.candidates
        return 0 < len(found) <= MOST_OPTIONS

    def _best(self, choice: OpenChoice) -> str | None:
        waiting = [each for each in self.mentions if not each.used and each.entries]
        scored = []
        now = -total(self.wants, self.draft.derivation)
        for name in choice.candidates:
            self.draft.choose(choice.id, [(name, None)])
            opened = list(self._open(self.draft.derivation, f"{choice.id}.{name}."))
            room = sum(any(self._name_in(each, slot) for slot in opened) for each in waiting) if opened else 0
            scored.append((room - total(self.wants, self.draft.derivation), name))
            self.draft.withdraw(choice.id, [name])
        scored.sort(reverse=True)
        is_sure = scored[0][0] > now and (len(scored) == 1 or scored[0][0] > scored[1][0])
        return scored[0][1] if is_sure else None

    def _open(self, derivation: Derivation, below: str = "") -> Iterator[Slot]:
        for choice in options(derivation):
            if choice.form == CHOICE and choice.id.startswith(below):
                yield self._choice(choice)
        for each in asked(derivation):
            if isinstance(each, OpenList) and each.missing > 0 and each.id.startswith(below):
                names = frozenset({words(each.id.rpartition(".")[2]), words(each.label)})
                offers = frozenset(each.entries) - set(each.picked)
                yield Slot(each.id, each.missing, offers, names, is_list=True, reference=each.reference)

    def _choice(self, choice: OpenChoice) -> Slot:
        names = {words(choice.id.rpartition(".")[2]), words(choice.label), words(choice.label.rpartition(", ")[2])}
        return Slot(choice.id, choice.missing, frozenset(choice.candidates), frozenset(names), is_list=False)

    # ---- what has its place already

    def _settle(self, derivation: Derivation) -> None:
        """Note which mentions the sheet fulfils by now."""
        held: dict[Entry, set[str]] = {}
        for (holder, name), elements in derivation.structure.elements.items():
            for element in elements:
                for field in element.fields.values():
                    if isinstance(field.type, t.RefType):
                        value = derivation.computation.value(element, field.name)
                        if isinstance(value, Entry):
                            held.setdefault(value, set()).add(name)
            del holder
        lists = {name for _holder, name in derivation.structure.elements}
        for mention in self.mentions:
            if not mention.used and self._is_settled(mention, held, lists, derivation):
                use(mention)

    def _is_settled(self, mention: Mention, held: dict[Entry, set[str]], lists: set[str], derivation: Derivation) -> bool:
        wanted = self.lexicon.lists.get(mention.context.name, set()) & lists
        entity = derivation.structure.entity
        name = mention.context.name
        is_plain = not name or name in self.lexicon.kinds or name in self.lexicon.lists
        for entry in mention.entries:
            if entry in held and is_plain:
                return not wanted or not wanted.isdisjoint(held[entry])
            if entry in derivation.structure.running and not wanted and is_plain:
                return True
            for field in entity.fields.values():
                if isinstance(field.type, t.SetType) and field.type.kind in entry.kinds:
                    names = {words(field.name), words(field.label), *self.lexicon.alias(field.name)}
                    if name in names:
                        return entry in derivation.computation.value(entity, field.name)
        return False

    # ---- who looks for a place

    def _seekers(self, slots: list[Slot], derivation: Derivation) -> Iterator[Seeker]:
        taken: set[Entry] = set()
        for want in self.wants:
            if want.entry is not None and want.entry not in taken and want.distance(derivation) > 0:
                seeker = Seeker(want.mention, want)
                name = want.entry.name
                seeker.slots = [
                    (slot, name)
                    for slot in slots
                    if not slot.is_list
                    and name in slot.offers
                    and (slot.id, name, id(want)) not in self._tried
                    and self._does_serve(slot, want, derivation)
                ]
                if seeker.slots:
                    taken.add(want.entry)
                yield seeker
        wanted = {id(want.mention) for want in self.wants if want.mention is not None}
        for mention in self.mentions:
            if id(mention) not in wanted:
                yield Seeker(mention, None, list(self._for_mention(mention, slots)))

    def _for_mention(self, mention: Mention, slots: list[Slot]) -> Iterator[tuple[Slot, str]]:
        lists = self.lexicon.lists.get(mention.context.name, set())
        named = [slot for slot in slots if slot.is_list and slot.id.rpartition(".")[2] in lists]
        offered = [slot for slot in named if any(entry.name in slot.offers for entry in mention.entries)]
        for slot in slots:
            name = self._name_in(mention, slot)
            if name is None or (slot.id, name, id(mention)) in self._tried:
                continue
            if slot.is_list and offered and slot not in offered:
                continue
            yield slot, name

    def _name_in(self, mention: Mention, slot: Slot) -> str | None:
        """Give the name under which something open would take a mention, none where it would not."""
        is_named = mention.context.name in slot.names
        if not mention.used:
            for entry in mention.entries:
                if entry.name in slot.offers and (is_named or self._is_fitting(mention, slot)):
                    return entry.name
        if slot.is_list or not mention.facts:
            return None
        own = {words(mention.written), words(mention.piece.text)}
        for name in slot.offers if len(slot.offers) < 40 else ():
            written = words(name)
            if written in own and not self.lexicon.of(written) and (len(written) > _FEW or is_named):
                return name
        return None

    def _is_fitting(self, mention: Mention, slot: Slot) -> bool:
        """Tell whether a mention may go where it is not called to: nothing says what it is, or its kind is what is said."""
        kinds = mention.context.kinds
        known = self.lexicon.kinds.get(mention.context.name, set())
        return not kinds or bool(known) or (slot.is_list or mention.context.name in self.lexicon.lists) or mention.context.own

    def _does_serve(self, slot: Slot, want: Want, derivation: Derivation) -> bool:
        """Tell whether an answer to a choice brings a wanted value nearer; it is tried once for each sort of value."""
        key, own = (slot.id, want.ending or want.path), (slot.id, want.path)
        if key in self._serving or own in self._missing or want.entry is None:
            return key in self._serving
        before = want.distance(derivation)
        self.draft.choose(slot.id, [(want.entry.name, None)])
        if want.distance(self.draft.derivation) < before:
            self._serving.add(key)
        else:
            self._missing.add(own)
        self.draft.withdraw(slot.id, [want.entry.name])
        return key in self._serving

    # ---- filling

    def _fill(self, slot: Slot) -> None:
        if slot.is_list:
            for seeker, name in slot.takers:
                self.draft.insert(slot.id, {slot.reference: name}, seeker.pointer)
        elif slot.takers:
            self.draft.choose(slot.id, [(name, seeker.pointer) for seeker, name in slot.takers])

    def _keep(self, wanted: list[tuple[Slot, tuple[Seeker, str]]], before: dict[int, float]) -> bool:
        """Take back what brought no wanted value nearer, and tell whether anything is left."""
        derivation, kept = self.draft.derivation, False
        lost: list[tuple[Slot, str]] = []
        for slot, (seeker, name) in wanted:
            self._tried.add((slot.id, name, id(seeker.want or seeker.mention)))
            if seeker.want is not None and seeker.want.distance(derivation) >= before[id(seeker)]:
                lost.append((slot, name))
                continue
            kept = True
            if seeker.mention is not None and not self._goes_on(seeker.mention, slot, derivation):
                use(seeker.mention)
        for slot, name in lost:
            self.draft.withdraw(slot.id, [name])
        return kept

    def _goes_on(self, mention: Mention, slot: Slot, derivation: Derivation) -> bool:
        """Tell whether a mention is for another list than that which has it now, and which it had to be in first."""
        wanted = self.lexicon.lists.get(mention.context.name, set())
        lists = {name for _holder, name in derivation.structure.elements}
        return not wanted.isdisjoint(lists) and slot.id.rpartition(".")[2] not in wanted


def use(mention: Mention) -> None:
    """Note that a mention and the facts in which it stands are understood."""
    mention.used = True
    for fact in mention.facts:
        fact.used = True


def _match(seekers: Iterable[Seeker], slots: list[Slot]) -> None:
    """Give as many seekers a place as can be, those that few places take first; choices before lists."""
    asked_by = {id(slot): 0 for slot in slots}
    ordered = sorted(seekers, key=lambda each: len(each.slots))
    for seeker in ordered:
        for slot, _name in seeker.slots:
            asked_by[id(slot)] += 1
    for seeker in ordered:
        seeker.slots.sort(key=lambda each: (each[0].is_list, asked_by[id(each[0])] - each[0].room))
        _place(seeker, set())


def _place(seeker: Seeker, seen: set[int]) -> bool:
    for slot, name in seeker.slots:
        if id(slot) in seen or any(name == other for _taker, other in slot.takers):
            continue
        if len(slot.takers) < slot.room:
            slot.takers.append((seeker, name))
            return True
        seen.add(id(slot))
        for taken in list(slot.takers):
            slot.takers.remove(taken)
            if _place(taken[0], seen):
                slot.takers.append((seeker, name))
                return True
            slot.takers.append(taken)
    return False
