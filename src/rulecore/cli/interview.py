"""Asks all that a document leaves open, one question after another, until nothing is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rulecore.cli.given import Given, apply_ready, apply_values, split_names
from rulecore.cli.questions import Unfit, fitting, may_be_taken, on_offer, question_lines
from rulecore.derive.options import CHOICE, ELEMENT, Offered, OpenChoice
from rulecore.errors import FieldError, Refused

if TYPE_CHECKING:
    from rulecore.character import Character
    from rulecore.cli.dialogue import Dialogue

ORDERS = "Answer by number or name, several parted by commas. ? NUMBER tells more, back, skip, set ID=VALUE, quit."


@dataclass(frozen=True)
class Before:
    """How things stood before an answer, for `back`."""

    transactions: int
    given: Given
    skipped: frozenset[str]
    growing: frozenset[str]


class Interview:
    """A character, what is given beforehand, and a dialogue for the rest.

    `growing` are the ordered collections that are asked for one more element; `once` stops that after one answer.
    `missing` says how many answers a choice may go on missing: as many as it did before all this. `hint` is told with the first
    question.
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
        hint: str = "",
    ) -> None:
        """Ask nothing yet."""
        self.hero, self.given, self.dialogue = hero, given, dialogue
        self.growing, self.once, self.missing = growing - set(given.picks), once, missing or {}
        self.skipped: frozenset[str] = frozenset()
        self._history: list[Before] = []
        self._last = ""
        self._hint = f"{ORDERS}\n{hint}".strip()

    def run(self) -> None:
        """Answer by what is given, ask for the rest; Stopped where the person has had enough."""
        while True:
            self._use_values()
            choice = self._next()
            if choice is None:
                return
            if self.given.picks.get(choice.id):
                self._use_picks(choice)
            else:
                self._ask(choice)

    def left_open(self) -> list[OpenChoice]:
        """Give what is open still, apart from collections that have room for more."""
        return [each for each in self.hero.options() if each.form != ELEMENT]

    # ---- what comes next

    def _next(self) -> OpenChoice | None:
        """Give the next question, the last one first if it is open still; a collection grows on when all else is settled."""
        later = None
        for choice in sorted(self.hero.options(), key=lambda each: each.id != self._last):
            if self._is_settled(choice):
                continue
            if choice.form == ELEMENT and choice.picked:
                later = later or choice
            elif choice.legal or self.given.picks.get(choice.id):
                return choice
        return later if later is not None and (later.legal or self.given.picks.get(later.id)) else None

    def _is_settled(self, choice: OpenChoice) -> bool:
        if self.given.picks.get(choice.id):
            return False
        if choice.form == ELEMENT:
            return choice.id not in self.growing
        return choice.id in self.skipped or choice.missing <= self.missing.get(choice.id, 0)

    # ---- what is given

    def _use_values(self) -> None:
        try:
            apply_ready(self.hero, self.given.values)
        except Refused as refusal:
            self.dialogue.tell(_reasons(refusal), "yellow")

    def _use_picks(self, choice: OpenChoice) -> None:
        """Answer by what is given; what does not fit is told, and asked."""
        names = self.given.picks[choice.id]
        number = 1 if choice.form == ELEMENT else choice.missing
        taken, self.given.picks[choice.id] = names[:number], names[number:]
        try:
            options = on_offer(choice)
            self._take(choice, [fitting(name, options) for name in taken])
        except Unfit as unfit:
            self.dialogue.tell(f"{choice.label} ({choice.id}): {unfit}", "yellow")
            self._grow_on(choice)
            del self.given.picks[choice.id]

    def _grow_on(self, choice: OpenChoice) -> None:
        if choice.form == ELEMENT:
            self.growing |= {choice.id}

    # ---- what is asked

    def _ask(self, choice: OpenChoice) -> None:
        """Ask until there is an answer, or something else has changed what is asked."""
        options = on_offer(choice)
        self.dialogue.tell()
        for line in question_lines(choice, options, self.dialogue.width):
            self.dialogue.tell(line)
        if self._hint:
            self.dialogue.tell(self._hint, "dim")
            self._hint = ""
        while True:
            text = self.dialogue.read()
            word, _space, rest = text.partition(" ")
            order = self._orders().get("?" if text.startswith("?") else word.casefold())
            try:
                if order is None:
                    self._answer(choice, options, text)
                elif not order(choice, options, text[1:] if text.startswith("?") else rest):
                    continue
            except Unfit as unfit:
                self.dialogue.tell(str(unfit), "yellow")
                continue
            return

    def _answer(self, choice: OpenChoice, options: Sequence[Offered], text: str) -> None:
        picked = _several(text, options)
        if not picked:
            raise Unfit(f"a number from 1 to {len(options)} or a name is expected; `skip` leaves it open")
        if choice.form != ELEMENT and len(picked) > choice.missing:
            raise Unfit(f"{len(picked)} are too many: {choice.missing} to choose")
        self._remember()
        first, rest = (picked[:1], picked[1:]) if choice.form == ELEMENT else (picked, [])
        try:
            self._take(choice, first)
        except Unfit:
            self._history.pop()
            raise
        if choice.form == ELEMENT:
            # Each is settled before the next one comes.
            self.given.picks[choice.id] = [option.id for option in rest]
            if self.once:
                self.growing -= {choice.id}

    def _take(self, choice: OpenChoice, picked: Sequence[Offered]) -> None:
        """Take options one after another, each judged after those before; Unfit says why not, and then none is."""
        self._last = choice.id
        start = len(self.hero.log)
        try:
            for option in picked:
                now = next((each for each in self.hero.options() if each.id == choice.id), choice)
                may_be_taken(now, option)
                self.hero.choose(now.id, [*now.picked, option.id] if now.form == CHOICE else [option.id])
        except (Unfit, Refused) as error:
            self._undo_to(start)
            raise Unfit(_reasons(error) if isinstance(error, Refused) else str(error)) from error
        self.dialogue.tell(f"{choice.label}: {', '.join(option.label for option in picked)}", "green")

    # ---- orders: each tells whether to go on to the next question

    def _orders(self) -> dict[str, Callable[[OpenChoice, Sequence[Offered], str], bool]]:
        return {"?": self._tell_more, "back": self._back, "skip": self._skip, "set": self._set, "quit": self._quit}

    def _tell_more(self, choice: OpenChoice, options: Sequence[Offered], text: str) -> bool:
        from rulecore.cli.preview import preview

        if not text.strip():
            self.dialogue.tell(ORDERS, "dim")
            return False
        for line in preview(self.hero, choice, fitting(text.strip(), options), self.dialogue.width):
            self.dialogue.tell(line)
        return False

    def _back(self, _choice: OpenChoice, _options: Sequence[Offered], _text: str) -> bool:
        if not self._history:
            raise Unfit("there is no answer to take back")
        before = self._history.pop()
        self._undo_to(before.transactions)
        self.given, self.skipped, self.growing = before.given, before.skipped, before.growing
        return True

    def _skip(self, choice: OpenChoice, _options: Sequence[Offered], _text: str) -> bool:
        self._remember()
        self.skipped, self.growing = self.skipped | {choice.id}, self.growing - {choice.id}
        return True

    def _set(self, _choice: OpenChoice, _options: Sequence[Offered], text: str) -> bool:
        self._remember()
        try:
            apply_values(self.hero, [text])
        except (Refused, FieldError) as error:
            self._history.pop()
            raise Unfit(_reasons(error)) from error
        return True

    def _quit(self, _choice: OpenChoice, _options: Sequence[Offered], _text: str) -> bool:
        from rulecore.cli.dialogue import Stopped

        raise Stopped

    # ---- to and fro

    def _remember(self) -> None:
        self._history.append(Before(len(self.hero.log), self.given.copy(), self.skipped, self.growing))

    def _undo_to(self, transactions: int) -> None:
        while len(self.hero.log) > transactions:
            self.hero.undo()


def _several(text: str, options: Sequence[Offered]) -> list[Offered]:
    """Give the options that an answer means; a name may have a comma in it."""
    try:
        return [fitting(text, options)] if text else []
    except Unfit:
        names = split_names(text)
        if names in ([], [text]):
            raise
    return [fitting(name, options) for name in names]


def _reasons(error: Refused | FieldError) -> str:
    """Give the reasons of a refusal in a line."""
    told = [each.message + (f"; did you mean `{each.nearest}`?" if each.nearest else "") for each in error.findings]
    return "; ".join(told) or error.message
