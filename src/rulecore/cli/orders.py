"""What may be typed at any question in place of an answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from rulecore.cli.fields import Filling
from rulecore.cli.given import apply_values
from rulecore.cli.listing import ORDERS as OF_LISTS
from rulecore.cli.listing import Listing
from rulecore.cli.questions import Unfit, fitting
from rulecore.cli.taking import drop, reasons
from rulecore.errors import FieldError, Refused

if TYPE_CHECKING:
    from rulecore.cli.interview import Interview, Screen

ORDERS = """Answer by number or by name, or the beginning of one; several with commas between them.
Also: ? NUMBER (what it is and would change), back, skip, set ID=VALUE, change LIST, /PART (search), quit."""


class Orders:
    """The orders of one question; each tells whether the question is over."""

    def __init__(self, interview: Interview) -> None:
        """Follow them in an interview."""
        self.interview = interview
        self.dialogue = interview.dialogue

    def hint(self, screen: Screen) -> None:
        """Say once what may be typed, and once more what may be typed at lists."""
        hints = self.interview.hints
        if ORDERS not in hints:
            self.dialogue.tell(ORDERS, "dim")
        if isinstance(screen, Listing) and OF_LISTS not in hints:
            self.dialogue.tell(OF_LISTS, "dim")
        hints |= {ORDERS, *([OF_LISTS] if isinstance(screen, Listing) else [])}

    def follow(self, screen: Screen, text: str) -> bool | None:
        """Do what is ordered; none where a text is no order."""
        sign, rest = (text[:1], text[1:]) if text[:1] in {"?", "/"} else text.partition(" ")[::2]
        order = self._orders(screen).get(sign.casefold())
        return None if order is None else order(screen, rest.strip())

    def _orders(self, screen: Screen) -> dict[str, Callable[[Screen, str], bool]]:
        anywhere = {"?": self._tell_more, "/": self._search, "back": self._back, "skip": self._skip, "quit": self._quit}
        lists = {"more": self._more, "drop": self._drop} if isinstance(screen, Listing) else {}
        return {**anywhere, "set": self._set, "change": self._change, **lists}

    def _tell_more(self, screen: Screen, text: str) -> bool:
        from rulecore.cli.preview import preview

        if not text or isinstance(screen, Filling):
            self.dialogue.tell(ORDERS + (f"\n{OF_LISTS}" if isinstance(screen, Listing) else ""), "dim")
            return False
        for line in preview(self.interview.hero, screen.question, fitting(text, screen.options), self.dialogue.width):
            self.dialogue.tell(line)
        return False

    def _search(self, screen: Screen, text: str) -> bool:
        if isinstance(screen, Filling):
            raise Unfit("there is nothing to search in here")
        for line in screen.found(text, self.dialogue.width):
            self.dialogue.tell(line)
        return False

    def _more(self, screen: Screen, _text: str) -> bool:
        if isinstance(screen, Listing):
            for line in screen.page(self.dialogue.width):
                self.dialogue.tell(line)
        return False

    def _drop(self, screen: Screen, text: str) -> bool:
        if not isinstance(screen, Listing):
            return False
        self.interview.remember()
        try:
            gone = drop(self.interview.hero, screen.question, text)
        except (Unfit, Refused) as error:
            self.interview.answered.pop()
            raise Unfit(reasons(error) if isinstance(error, Refused) else str(error)) from error
        self.dialogue.tell(f"{screen.question.label}: without {', '.join(gone)}", "green")
        self.interview.reopen(screen.question.id)
        return True

    def _back(self, screen: Screen, _text: str) -> bool:
        if isinstance(screen, Filling) and screen.begun:
            return True
        self.interview.back()
        return True

    def _skip(self, screen: Screen, _text: str) -> bool:
        self.interview.leave(screen.question)
        return True

    def _set(self, _screen: Screen, text: str) -> bool:
        self.interview.remember()
        try:
            apply_values(self.interview.hero, [text])
        except (Refused, FieldError) as error:
            self.interview.answered.pop()
            raise Unfit(reasons(error)) from error
        return True

    def _change(self, _screen: Screen, text: str) -> bool:
        found = self.interview.find_list(text)
        self.interview.remember()
        self.interview.reopen(found.id)
        return True

    def _quit(self, _screen: Screen, _text: str) -> bool:
        from rulecore.cli.dialogue import Stopped

        raise Stopped
