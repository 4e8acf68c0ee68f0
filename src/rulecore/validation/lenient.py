"""Reads what is JSON or nearly, without recursion: every fault is told at its place, what it has spoilt mended or left out."""

from __future__ import annotations

from rulecore.model.strict import DEEPEST, LONGEST_KEY
from rulecore.validation import tokens
from rulecore.validation.duplicates import tell_duplicates
from rulecore.validation.faults import Faults, pointer_of
from rulecore.validation.scalars import HOLE, PLAIN, decoded, is_whole, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

START, NEXT, COLON, VALUE, AFTER = range(5)
"""What is expected inside a bracket: anything that can be first, anything but its end, a colon, a value, a comma."""

MOST_TRIES = 200
"""So often it is tried out where a text may have lost its last quotation mark."""


class _Frame:
    """An object or an array that is open: what is in it, and what is expected next."""

    __slots__ = ("firsts", "is_list", "key", "state", "values")

    def __init__(self, *, is_list: bool) -> None:
        self.values: Any = [] if is_list else {}
        self.is_list = is_list
        self.key: str | None = None
        self.state = START
        self.firsts: dict[str, tuple[Any, int]] = {}


class Lenient:
    """Reads one value of a text from its first bracket on; `value` is what has come out, `at` is where it ends."""

    def __init__(self, text: str, start: int, faults: Faults, brackets: tokens.Brackets) -> None:
        self.text, self.at, self.faults, self.brackets = text, start, faults, brackets
        self.frames: list[_Frame] = []
        self.value: Any = None
        self.tries = MOST_TRIES
        self.key_at = self.comma_at = start
        self._read()

    def _read(self) -> None:
        text, match = self.text, tokens.TOKEN.match
        reads = {
            "string": self._string, "unclosed": self._unclosed, "comma": self._comma, "colon": self._colon, "open": self._open,
            "close": self._close, "word": self._word, "equals": self._colon, "semicolon": self._comma, "comment": self._comment,
            "fence": self._fence, "control": self._control, "sign": self._sign,
        }  # fmt: skip
        while True:
            token = match(text, self.at)
            sort = token.lastgroup if token is not None else None
            if token is None or sort is None:
                self._end(len(text))
                return
            self.at = token.end()
            reads[sort](token.start(sort), self.at)
            if not self.frames:
                return

    # ---- what is told

    def _fault(self, code: str, at: int, end: int | None = None, *, is_hole: bool = False) -> None:
        if self.faults.is_full(code):
            return
        frames = self.frames[:-1] if is_hole else self.frames
        keys: list[str | int] = []
        for frame in frames:
            place = len(frame.values) if frame.is_list else frame.key
            if place is None:
                break
            keys.append(place)
        self.faults.add(code, pointer_of(keys), at, end)

    def _faults(self, codes: dict[str, int | None], start: int, end: int) -> None:
        """Tell what is wrong with a text that starts with a quotation mark."""
        for code, at in codes.items():
            if at is None:
                self._fault(code, start, end)
            else:
                self._fault(code, start + 1 + at)

    def _comment(self, start: int, end: int) -> None:
        self._fault("document.comment", start, end)

    def _control(self, start: int, end: int) -> None:
        self._fault("document.control", start, end)

    def _sign(self, start: int, end: int) -> None:
        if end == len(self.text):
            # Here it may have been the beginning of anything.
            return
        self._fault("document.sign", start, end, is_hole=True)

    # ---- what stands between values

    def _comma(self, start: int, end: int) -> None:
        if self.text[start] == ";":
            self._fault("document.semicolon", start)
        frame = self.frames[-1]
        self.comma_at = start
        if frame.state == AFTER:
            frame.state = NEXT
        elif frame.state in {COLON, VALUE}:
            self._fault("document.missing_value", start, is_hole=True)
            frame.state = NEXT
        else:
            self._fault("document.comma", start, end, is_hole=True)

    def _colon(self, start: int, end: int) -> None:
        frame = self.frames[-1]
        if frame.state != COLON:
            self._sign(start, end)
            return
        if self.text[start] == "=":
            self._fault("document.missing_colon", start, end)
        frame.state = VALUE

    # ---- values

    def _arrive(self, at: int) -> bool:
        """Tell whether a value has a place here; the comma or the colon that should stand before it is told."""
        frame = self.frames[-1]
        state, frame.state = frame.state, AFTER
        if frame.is_list:
            if state == AFTER:
                self._fault("document.missing_comma", at)
        elif state == COLON:
            self._fault("document.missing_colon", at)
        elif state != VALUE:
            self._fault("document.missing_key", at, is_hole=True)
            return False
        return True

    def _attach(self, value: Any) -> None:
        frame = self.frames[-1]
        if frame.is_list:
            frame.values.append(value)
        elif frame.key is not None:
            if frame.key in frame.values:
                frame.firsts.setdefault(frame.key, (frame.values[frame.key], self.key_at))
            frame.values[frame.key] = value

    def _open(self, start: int, end: int) -> None:
        depth = len(self.frames)
        if depth == 1 and self._opens_again(start):
            self.brackets.passed += 1
            self._fault("document.bracket", start)
        elif depth and not self._arrive(start):
            self.at = tokens.skipped(self.text, start)
        elif depth + 1 >= DEEPEST and not (depth + 1 == DEEPEST and tokens.EMPTY.match(self.text, start)):
            self._fault("document.depth", start, end, is_hole=True)
            self.at = tokens.skipped(self.text, start)
        else:
            self.brackets.passed += 1
            self.frames.append(_Frame(is_list=self.text[start] == "["))

    def _opens_again(self, start: int) -> bool:
        """Tell whether the first bracket stands twice, as templates write it."""
        frame = self.frames[-1]
        return not frame.is_list and frame.state == START and bool(tokens.OPENS_AGAIN.match(self.text, start))

    def _word(self, start: int, end: int) -> None:
        frame = self.frames[-1]
        if not frame.is_list and frame.state not in {COLON, VALUE}:
            key = tokens.KEY.match(self.text, start)
            self._key(start, end if key is None else key.end(), None, {"document.unquoted": None})
            return
        value, code = scalar(self.text[start:end])
        following = tokens.NEXT_WORD.match(self.text, end) if value is not PLAIN else None
        if value is PLAIN or (following is not None and scalar(following[1])[0] is PLAIN):
            phrase = tokens.PHRASE.match(self.text, start)
            end = end if phrase is None else phrase.end()
            value, code = self.text[start:end], "document.unquoted"
        self.at = end
        if end == len(self.text) and not is_whole(self.text[start:end]):
            return
        if self._arrive(start):
            if code is not None:
                self._fault(code, start, end, is_hole=value is HOLE)
            if value is not HOLE:
                self._attach(value)

    def _string(self, start: int, end: int) -> None:
        frame, text = self.frames[-1], self.text
        is_value = frame.is_list or frame.state in {COLON, VALUE}
        if is_value and not frame.is_list and tokens.LEADS_ON.match(text, end):
            # It is the next key: the one before has no value.
            self._fault("document.missing_value", start, is_hole=True)
            frame.state, is_value = NEXT, False
        content_end, mended = end - 1, None
        if is_value and self.tries and text[start] == '"' and not tokens.ENDS_STRING.match(text, end):
            self.tries -= 1
            content_end, end, mended = tokens.mended(text, start, end)
            self.at = end
        content, codes = decoded(text[start + 1 : content_end])
        if mended is not None:
            codes = {mended: None, **codes}
        elif text[start] != '"' or text[content_end] != '"':
            codes = {"document.quotes": None, **codes}
        if not is_value:
            self._key(start, end, content, codes)
        elif self._arrive(start):
            self._faults(codes, start, end)
            self._attach(content)

    def _unclosed(self, start: int, _end: int) -> None:
        frame = self.frames[-1]
        is_value = frame.is_list or frame.state in {COLON, VALUE}
        length = len(self.text)
        if self.text[start] == '"' and is_value and self.tries:
            self.tries -= 1
            content_end, end, code = tokens.mended(self.text, start, length)
            if code == "document.unclosed" and self._arrive(start):
                content, codes = decoded(self.text[start + 1 : content_end])
                self._faults({code: None, **codes}, start, end)
                self._attach(content)
                self.at = end
                return
        self._end(length)

    def _key(self, start: int, end: int, content: str | None, codes: dict[str, int | None]) -> None:
        frame, text = self.frames[-1], self.text
        self.at = end
        if frame.state == AFTER and not tokens.LEADS_ON.match(text, end):
            # At the end of the text it may have been a key.
            if end < len(text):
                self._sign(start, end)
            return
        key = text[start:end] if content is None else content
        is_new = frame.state == AFTER
        frame.key, frame.state, self.key_at = key if len(key) <= LONGEST_KEY else None, COLON, start
        if end == len(text):
            return
        if is_new:
            self._fault("document.missing_comma", start)
        if frame.key is None:
            self._fault("document.key_length", start, end, is_hole=True)
        self._faults(codes, start, end)

    # ---- ends

    def _close(self, start: int, _end: int) -> None:
        is_list = self.text[start] == "]"
        closes = self.frames[-1].is_list == is_list or self._settled(start, is_list=is_list)
        self.brackets.passed -= 1
        if closes:
            self._finish(start)

    def _settled(self, start: int, *, is_list: bool) -> bool:
        """Tell whether a bracket that is not the expected one closes anything; what it closes besides is closed."""
        self._fault("document.bracket", start, is_hole=True)
        missing = len(self.frames) + self.brackets.to_come(start)
        is_open = any(frame.is_list == is_list for frame in self.frames)
        if is_open and missing > 0:
            while self.frames[-1].is_list != is_list:
                self._finish(start)
        return is_open or missing >= 0

    def _finish(self, at: int) -> None:
        frame = self.frames[-1]
        if frame.state == NEXT:
            self._fault("document.comma", self.comma_at, is_hole=True)
        elif frame.state in {COLON, VALUE}:
            self._fault("document.missing_value", at, is_hole=True)
        self._leave()
        if not self.frames and not frame.is_list and tokens.MORE_MEMBERS.match(self.text, self.at):
            self.frames.append(frame)
            frame.state = AFTER
            self._fault("document.bracket", at, is_hole=True)

    def _leave(self) -> None:
        frame = self.frames[-1]
        self.frames.pop()
        if frame.firsts:
            keys = [len(each.values) if each.is_list else each.key or "" for each in self.frames]
            tell_duplicates(self.faults, keys, frame.values, frame.firsts)
        if self.frames:
            self._attach(frame.values)
        else:
            self.value = frame.values

    def _fence(self, start: int, _end: int) -> None:
        self._end(start)

    def _end(self, at: int) -> None:
        """Close all that is open where the text ends."""
        self.at = at
        self._fault("document.truncated", max(at - 1, 0), at, is_hole=True)
        while self.frames:
            self._leave()
