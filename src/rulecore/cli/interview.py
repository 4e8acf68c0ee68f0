"""Asks all that a document leaves open, one question after another, until nothing is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from rulecore.cli.fields import Filling
from rulecore.cli.given import Given, apply_ready
from rulecore.cli.listing import Listing
from rulecore.cli.questions import Posed, Unfit, fitting, on_offer, several
from rulecore.cli.taking import lists, reasons, take, undo_to
from rulecore.derive.asking import OpenFields, OpenList, asked
from rulecore.derive.options import ELEMENT, OpenChoice
from rulecore.errors import Refused

if TYPE_CHECKING:
    from rulecore.character import Character
    from rulecore.cli.dialogue import Dialogue

Question: TypeAlias = "OpenChoice | OpenList | OpenFields"
Screen: TypeAlias = "Posed | Listing | Filling"


@dataclass(frozen=True)
class State:
    """What has been settled without being answered, and what is still to come: all that `back` must bring back.

    `growing` are the ordered collections that are asked for one more element; `reopened` is a list that was asked for by name.
    """

    given: Given
    skipped: frozenset[str]
    growing: frozenset[str]
    missing: Mapping[str, int]
    reopened: str


class Interview:
    """A character, what is given beforehand, and a dialogue for the rest.

    `once` stops a collection that grows after one answer. `missing` says how many answers a choice or list may go on missing: as
    many as it did before all this. With `fields`, those are asked for that packs name.
    """

    def __init__(
        self,
        hero: Character,
        given: Given,
        dialogue: Dialogue,
        *,
        growing: frozenset[str],
        once: bool = False,
        missing: Mapping[str, int] | None = None,
        fields: bool = False,
    ) -> None:
        """Ask nothing yet."""
        self.hero, self.given, self.dialogue = hero, given, dialogue
        self.growing, self.once, self.missing, self.fields = growing - set(given.picks), once, missing or {}, fields
        self.skipped: frozenset[str] = frozenset()
        self.reopened = ""
        self.answered: list[tuple[int, State]] = []
        self._last = ""
        self._asked = ""
        self.hints: set[str] = set()

    def run(self) -> None:
        """Answer by what is given, ask for the rest; Stopped where the person has had enough."""
        while True:
            self._use_values()
            question = self._next()
            if question is None:
                return
            if self.given.picks.get(question.id):
                self._use_picks(question)
            else:
                self._ask(question)

    def left_open(self) -> list[OpenChoice]:
        """Give what is open still, apart from collections that have room for more."""
        return [each for each in self.hero.options() if each.form != ELEMENT]

    # ---- what comes next

    def _next(self) -> Question | None:
        """Give the next question, the last one first if it is open still; a collection grows on when all else is settled."""
        later = None
        for question in self._in_order():
            if self._is_settled(question):
                continue
            if isinstance(question, OpenChoice) and question.form == ELEMENT and question.picked:
                later = later or question
            elif self._can_be_answered(question):
                return question
        return later if later is not None and self._can_be_answered(later) else None

    def _in_order(self) -> list[Question]:
        """Give what packs put in order, then all other choices, then the lists: what fits in there follows from the choices."""
        found = asked(self.hero.derivation)
        places = {each.id: place for place, each in enumerate(found)}
        choices: list[Question] = [*self.hero.options()]
        known = {each.id for each in choices}
        wanted = {each.id for each in found if self.fields or self.given.picks.get(each.id)} - known
        fields = [each for each in found if isinstance(each, OpenFields) and each.settings and each.id in wanted]
        own = [each for each in found if isinstance(each, OpenList)]
        ordered = sorted([*fields, *choices], key=lambda each: places.get(each.id, len(places)))
        return sorted([*ordered, *own], key=lambda each: (each.id != self.reopened, each.id != self._last))

    def _is_settled(self, question: Question) -> bool:
        waits = isinstance(question, OpenList) and not question.missing
        if (self.given.picks.get(question.id) and not waits) or question.id == self.reopened:
            return False
        if isinstance(question, OpenFields):
            set_already = {*self.hero.document.get("fields", {}), *(["name"] if self.hero.document.get("name") else [])}
            return question.id in self.skipped or any(each.path in set_already for each in question.settings)
        if isinstance(question, OpenChoice) and question.form == ELEMENT:
            return question.id not in self.growing
        return question.id in self.skipped or question.missing <= self.missing.get(question.id, 0)

    def _can_be_answered(self, question: Question) -> bool:
        if self.given.picks.get(question.id) or question.id == self.reopened:
            return True
        if isinstance(question, OpenList):
            return any(question.why_not(name) is None for name in question.entries)
        return isinstance(question, OpenFields) or bool(question.legal)

    # ---- what is given

    def _use_values(self) -> None:
        try:
            apply_ready(self.hero, self.given.values)
        except Refused as refusal:
            self.dialogue.tell(reasons(refusal), "yellow")

    def _use_picks(self, question: Question) -> None:
        """Answer by what is given; what does not fit is told, and asked."""
        self._asked = ""
        names = self.given.picks[question.id]
        element = isinstance(question, OpenChoice) and question.form == ELEMENT
        number = 1 if element or isinstance(question, OpenFields) else max(1, question.missing)
        taken, self.given.picks[question.id] = names[:number], names[number:]
        try:
            if isinstance(question, OpenFields):
                self._fill(Filling(self.hero, question), ", ".join(taken + self.given.picks.pop(question.id)))
            else:
                screen = self._posed(question)
                self._take(question, [fitting(name, screen.options).id for name in taken], screen)
        except Unfit as unfit:
            self.dialogue.tell(f"{question.label} ({question.id}): {unfit}", "yellow")
            if element:
                self.growing |= {question.id}
            self.given.picks.pop(question.id, None)

    # ---- what is asked

    def _screen(self, question: Question) -> Screen:
        if isinstance(question, OpenFields):
            return Filling(self.hero, question)
        return self._posed(question)

    def _posed(self, question: OpenChoice | OpenList) -> Posed | Listing:
        return Listing(question) if isinstance(question, OpenList) else Posed(question, on_offer(question))

    def _ask(self, question: Question) -> None:
        """Ask until there is an answer, or something else has changed what is asked."""
        from rulecore.cli.orders import Orders

        screen = self._screen(question)
        tell, width = self.dialogue.tell, self.dialogue.width
        tell()
        for line in screen.heading(width):
            tell(line)
        if isinstance(screen, Listing) and question.id != self._asked:
            for line in screen.page(width):
                tell(line)
        orders = Orders(self)
        orders.hint(screen)
        self._asked = question.id
        while True:
            self._prompt(screen)
            text = self.dialogue.read()
            try:
                over = orders.follow(screen, text)
                if over is None:
                    over = self._answer(screen, text)
            except Unfit as unfit:
                tell(str(unfit), "yellow")
                continue
            if over:
                return

    def _prompt(self, screen: Screen) -> None:
        if isinstance(screen, Filling) and (prompt := screen.prompt()):
            self.dialogue.tell(prompt)

    def _answer(self, screen: Screen, text: str) -> bool:
        """Take an answer, and tell whether the question is over."""
        if isinstance(screen, Filling):
            return self._fill(screen, text)
        question = screen.question
        growing = isinstance(question, OpenChoice) and question.form == ELEMENT
        if not text and (isinstance(question, OpenList) or (growing and question.picked)):
            self.leave(question)
            return True
        picked = several(text, screen.options)
        if not picked:
            raise Unfit(f"a number from 1 to {len(screen.options)} or a name is expected; `skip` leaves it open")
        if not growing and len(picked) > question.missing:
            if isinstance(question, OpenList) and not question.missing:
                raise Unfit("there is no room: drop NAME makes some")
            room = f"there is room for {question.missing}" if isinstance(question, OpenList) else f"{question.missing} to choose"
            raise Unfit(f"{len(picked)} are too many: {room}")
        self.remember()
        first, rest = (picked[:1], picked[1:]) if growing else (picked, [])
        try:
            self._take(question, [each.id for each in first], screen)
        except Unfit:
            self.answered.pop()
            raise
        if growing:
            # Each is settled before the next one comes.
            self.given.picks[question.id] = [option.id for option in rest]
            if self.once:
                self.growing -= {question.id}
        return True

    def _fill(self, screen: Filling, text: str) -> bool:
        if not text:
            self.leave(screen.question)
            return True
        self.remember()
        try:
            told = screen.answer(text)
        except Unfit:
            self.answered.pop()
            raise
        if not screen.done:
            self.answered.pop()
            return False
        self.skipped |= {screen.question.id}
        self.dialogue.tell(told, "green")
        return True

    def _take(self, question: OpenChoice | OpenList, names: list[str], screen: Posed | Listing) -> None:
        self._last = question.id
        labels = {option.id: option.label for option in screen.options}
        take(self.hero, question, [option for name in names for option in screen.options if option.id == name])
        self.dialogue.tell(f"{question.label}: {', '.join(labels[name] for name in names)}", "green")

    # ---- to and fro

    def remember(self) -> None:
        """Keep how things stand, for `back`."""
        self.answered.append(
            (len(self.hero.log), State(self.given.copy(), self.skipped, self.growing, self.missing, self.reopened))
        )

    def leave(self, question: Question) -> None:
        """Ask a question no more; a list is asked about again when it has more room."""
        self.remember()
        if isinstance(question, OpenList):
            self.missing = {**self.missing, question.id: question.missing}
        else:
            self.skipped |= {question.id}
        self.growing -= {question.id}
        self.reopened = "" if self.reopened == question.id else self.reopened

    def reopen(self, name: str) -> None:
        """Ask about a list anew, with room or without."""
        self.reopened = name
        self._asked = ""

    def back(self) -> None:
        """Take the last answer back."""
        if not self.answered:
            raise Unfit("there is no answer to take back")
        transactions, before = self.answered.pop()
        undo_to(self.hero, transactions)
        self.given, self.skipped, self.growing = before.given, before.skipped, before.growing
        self.missing, self.reopened = before.missing, before.reopened

    def find_list(self, text: str) -> OpenList:
        """Give the list that an id or a part of a label means."""
        found = lists(self.hero)
        wanted = text.casefold()
        fit = [each for each in found if each.id == text] or [each for each in found if wanted in each.label.casefold()]
        if len(fit) != 1 or not wanted:
            names = ", ".join(f"{each.label} ({each.id})" for each in fit or found)
            raise Unfit(f"change which list? {names or 'there is none to change'}")
        return fit[0]
