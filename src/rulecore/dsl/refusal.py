"""A line that the grammar refuses: its tokens up to the one refused, and the finding that is made of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rulecore.dsl.faults import Faults
from rulecore.dsl.grammar import parser
from rulecore.dsl.scan import shortened
from rulecore.dsl.terminals import expected_phrases

if TYPE_CHECKING:
    from lark import Token

LONGEST_TRIED = 2_000


@dataclass(frozen=True, slots=True)
class Refusal:
    """A line, its tokens up to the one refused (none of it: the end of the line), and what could have stood for each."""

    text: str
    tokens: list[Token]
    accepted: list[frozenset[str]]

    @property
    def found(self) -> Token:
        """The token that is refused."""
        return self.tokens[-1]

    @property
    def at_end(self) -> bool:
        """Whether it is the end of the line that is refused."""
        return self.found.type in {"_NL", "$END"}

    @property
    def before(self) -> str | None:
        """The text of the token before the refused one."""
        return str(self.tokens[-2]) if len(self.tokens) > 1 else None

    def replaced(self, index: int, by: str) -> str:
        """Give the line with another text for a token."""
        token = self.tokens[index]
        return self.text[: token.start_pos] + by + self.text[token.end_pos :]

    def inserted(self, what: str, *, close: bool = False) -> str:
        """Give the line with something put in before the refused token; `close` to the token before."""
        end = self._end_of_line() if self.at_end else self.found.start_pos or 0
        front, back = self.text[:end], self.text[end:]
        front = front.rstrip() if close or front.strip() == "" else front.rstrip() + " "
        return (front + what + (" " + back.lstrip() if back.strip() else "")).rstrip()

    def removed(self, index: int = -1) -> str:
        """Give the line without a token."""
        token = self.tokens[index]
        front, back = self.text[: token.start_pos].rstrip(), self.text[token.end_pos :].lstrip()
        return (front + ("" if front.endswith((".", "(", "[")) or not front else " ") + back).rstrip()

    def _end_of_line(self) -> int:
        last = self.tokens[-2] if len(self.tokens) > 1 else None
        return (last.end_pos or 0) if last is not None else 0


def refuse(text: str) -> Refusal:
    """Read a line that the grammar refuses, up to the token that it refuses."""
    from lark.exceptions import UnexpectedCharacters, UnexpectedInput
    from lark.lexer import Token

    reading: Any = parser().parse_interactive(text + "\n")
    state = reading
    tokens: list[Token] = []
    accepted: list[frozenset[str]] = []
    refused: Token | None = Token("$END", "", len(text), 1, len(text) + 1, 1, len(text) + 1, len(text))
    try:
        for token in reading.lexer_thread.lex(reading.parser_state):
            state = reading.copy()
            tokens.append(token)
            accepted.append(frozenset(state.accepts()) if len(text) <= LONGEST_TRIED else frozenset())
            reading.feed_token(token)
            state = reading
    except UnexpectedCharacters as error:
        at = int(error.pos_in_stream)  # type: ignore[call-overload]
        refused = Token("STRANGE", text[at : at + 1], at, error.line, error.column, error.line, error.column + 1, at + 1)
    except UnexpectedInput as error:
        refused = getattr(error, "token", None)
    if refused is not None and not (tokens and tokens[-1] is refused):
        tokens.append(refused)
        accepted.append(frozenset())
    return Refusal(text, tokens, [*accepted[:-1], frozenset(state.accepts())])


class Report:
    """Turns a refusal into a finding."""

    def __init__(self, refusal: Refusal, line: int, faults: Faults) -> None:
        self.refusal = refusal
        self._line = line
        self._faults = faults

    def add(
        self,
        code: str,
        message: str,
        *,
        at: int = -1,
        better: str | None = None,
        near: str | None = None,
        length: int = 0,
    ) -> bool:
        """Add the finding, at a token, with the corrected line as its hint."""
        refusal = self.refusal
        token = refusal.tokens[at]
        line, column, own = token.line or 1, token.column or 1, len(str(token).partition("\n")[0].rstrip())
        if at == -1 and refusal.at_end and len(refusal.tokens) > 1:
            last = refusal.tokens[-2]
            line, column, own = last.end_line or 1, last.end_column or 1, 1
        hint = None
        if better is not None:
            hint = f"write `{shortened(better.strip(), 160)}`"
        found = "the end of the line" if at == -1 and refusal.at_end else str(token)
        return self._faults.add(
            code,
            self._line + line - 1,
            column,
            length or own,
            message,
            hint=hint,
            expected=expected_phrases(refusal.accepted[at]),
            found=shortened(found),
            nearest=near,
        )
